package gate

import (
	"regexp"
	"strings"

	"debrief/generator/cover"
)

// secrets are what no page may ever show, whoever wrote the settings: keys and
// tokens that open something, by the marks their issuers gave them.
var secrets = []struct {
	name    string
	sign    string // stands in each, so that most texts need one look
	pattern *regexp.Regexp
}{
	{"a private key", "PRIVATE KEY", regexp.MustCompile(`-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----`)},
	{"a key of AWS", "AKIA", regexp.MustCompile(`\bAKIA[A-Z0-9]{16}\b`)},
	{"a key of AWS", "ASIA", regexp.MustCompile(`\bASIA[A-Z0-9]{16}\b`)},
	{"a token of GitHub", "ghp_", regexp.MustCompile(`\bghp_[A-Za-z0-9]{36,}`)},
	{"a token of GitHub", "gho_", regexp.MustCompile(`\bgho_[A-Za-z0-9]{36,}`)},
	{"a token of GitHub", "ghu_", regexp.MustCompile(`\bghu_[A-Za-z0-9]{36,}`)},
	{"a token of GitHub", "ghs_", regexp.MustCompile(`\bghs_[A-Za-z0-9]{36,}`)},
	{"a token of GitHub", "ghr_", regexp.MustCompile(`\bghr_[A-Za-z0-9]{36,}`)},
	{"a token of GitHub", "github_pat_", regexp.MustCompile(`\bgithub_pat_[A-Za-z0-9_]{40,}`)},
	{"a token of GitLab", "glpat-", regexp.MustCompile(`\bglpat-[A-Za-z0-9_-]{20,}`)},
	{"a token of Slack", "xox", regexp.MustCompile(`\bxox[abeoprs]-[A-Za-z0-9-]{10,}`)},
	{"a hook of Slack", "hooks.slack.com", regexp.MustCompile(`hooks\.slack\.com/services/T[A-Za-z0-9]+/B[A-Za-z0-9]+/[A-Za-z0-9]{16,}`)},
	{"a key of Google", "AIza", regexp.MustCompile(`\bAIza[A-Za-z0-9_-]{35}`)},
	{"a key of Azure", "AccountKey=", regexp.MustCompile(`AccountKey=[A-Za-z0-9+/]{60,}={0,2}`)},
	{"a key of Stripe", "k_live_", regexp.MustCompile(`\b[rs]k_live_[A-Za-z0-9]{20,}`)},
	{"a token of npm", "npm_", regexp.MustCompile(`\bnpm_[A-Za-z0-9]{36}`)},
	{"a token of PyPI", "pypi-", regexp.MustCompile(`\bpypi-AgE[A-Za-z0-9_-]{50,}`)},
	{"a key of a model", "sk-", regexp.MustCompile(`\bsk-(?:ant|proj|svcacct|or)-[A-Za-z0-9_-]{20,}`)},
	{"a web token", "eyJ", regexp.MustCompile(`\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}`)},
}

// secretsIn is which secrets a text shows, once each.
func secretsIn(text string) []cover.Found {
	var found []cover.Found
	for _, s := range secrets {
		if !strings.Contains(text, s.sign) {
			continue
		}
		for _, hit := range s.pattern.FindAllString(text, -1) {
			if !strings.HasSuffix(hit, "EXAMPLE") { // as AWS writes those in its documentation
				found = append(found, cover.Found{Text: hit, Entry: s.name})
				break
			}
		}
	}
	return found
}
