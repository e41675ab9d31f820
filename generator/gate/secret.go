package gate

import (
	"encoding/base64"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"debrief/generator/cover"
)

// A secret is a kind of text that no page may ever show, whoever wrote the
// settings: a key or token that opens something.
type secret struct {
	name  string
	sign  string                  // each begins with it
	rest  *regexp.Regexp          // what follows
	word  bool                    // it begins where a word does
	opens func(group string) bool // whether it is one, by what the group of rest holds; nil for yes
}

// marked is a secret that can be told by the mark that its issuer gave it.
func marked(name, sign, rest string) secret {
	return secret{name: name, sign: sign, rest: regexp.MustCompile(`^` + rest), word: true}
}

var secrets = []secret{
	{name: "a private key", sign: "-----BEGIN ", rest: regexp.MustCompile(`^(?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----`)},
	marked("a private key of age", "AGE-SECRET-KEY-1", `[A-Z0-9]{50,}`),
	marked("a key of AWS", "AKIA", `[A-Z0-9]{16}\b`),
	marked("a key of AWS", "ASIA", `[A-Z0-9]{16}\b`),
	awsSecret("aws_secret_access_key"),
	awsSecret("AWS_SECRET_ACCESS_KEY"),
	awsSecret("ecretAccessKey"),
	marked("a token of GitHub", "ghp_", `[A-Za-z0-9]{36,}`),
	marked("a token of GitHub", "gho_", `[A-Za-z0-9]{36,}`),
	marked("a token of GitHub", "ghu_", `[A-Za-z0-9]{36,}`),
	marked("a token of GitHub", "ghs_", `[A-Za-z0-9]{36,}`),
	marked("a token of GitHub", "ghr_", `[A-Za-z0-9]{36,}`),
	marked("a token of GitHub", "github_pat_", `[A-Za-z0-9_]{40,}`),
	marked("a token of GitLab", "glpat-", `[A-Za-z0-9_-]{20,}`),
	marked("a token of Slack", "xox", `[abeoprs]-[A-Za-z0-9-]{10,}`),
	marked("a hook of Slack", "hooks.slack.com", `/services/T[A-Za-z0-9]+/B[A-Za-z0-9]+/[A-Za-z0-9]{16,}`),
	marked("a key of Google", "AIza", `[A-Za-z0-9_-]{35}`),
	marked("a key of Google", "GOCSPX-", `[A-Za-z0-9_-]{20,}`),
	marked("a key of Azure", "AccountKey=", `[A-Za-z0-9+/]{60,}={0,2}`),
	marked("a key of Stripe", "sk_live_", `[A-Za-z0-9]{20,}`),
	marked("a key of Stripe", "rk_live_", `[A-Za-z0-9]{20,}`),
	marked("a key of SendGrid", "SG.", `[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{30,}`),
	marked("a token of DigitalOcean", "dop_v1_", `[a-f0-9]{60,}`),
	marked("a token of DigitalOcean", "doo_v1_", `[a-f0-9]{60,}`),
	marked("a token of DigitalOcean", "dor_v1_", `[a-f0-9]{60,}`),
	marked("a token of Docker", "dckr_pat_", `[A-Za-z0-9_-]{20,}`),
	marked("a token of Databricks", "dapi", `[a-f0-9]{32}`),
	marked("a token of Grafana", "glsa_", `[A-Za-z0-9_]{30,}`),
	marked("a key of New Relic", "NRAK-", `[A-Z0-9]{27}`),
	marked("a token of Vault", "hvs.", `[A-Za-z0-9_-]{20,}`),
	marked("a token of Hugging Face", "hf_", `[A-Za-z0-9]{30,}`),
	marked("a token of npm", "npm_", `[A-Za-z0-9]{36}`),
	marked("a token of PyPI", "pypi-", `AgE[A-Za-z0-9_-]{50,}`),
	marked("a key of a model", "sk-", `(?:[A-Za-z0-9]{32,}|(?:ant|proj|svcacct|or)-[A-Za-z0-9_-]{20,})`),
	marked("a web token", "eyJ", `[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}`),
	{"a password in an address", "://", regexp.MustCompile(`^[^\s/:@"'<>]*:([^\s/@"'<>]+)@[\pL\pN\[$]`), false, isPassword},
	{"a password in a header", "uthorization", regexp.MustCompile(`^["']?\s*[:=]\s*["']?[Bb]asic\s+([A-Za-z0-9+/]{4,}={0,2})`), false, isPair},
	{"a token in a header", "uthorization", regexp.MustCompile(`^["']?\s*[:=]\s*["']?(?:[Bb]earer|[Tt]oken)\s+([A-Za-z0-9._~+/-]{20,})`), false, hasDigit},
}

// awsSecret is the secret half of a key of AWS, which is told by its name
// alone.
func awsSecret(name string) secret {
	return secret{name: "a key of AWS", sign: name, rest: regexp.MustCompile(`^["']?\s*[:=]\s*["']?[A-Za-z0-9/+]{40}`)}
}

var noPassword = regexp.MustCompile(`^(?:[$%{\[‹*•.…].*|[xX]{3,}|[A-Z_]+|redacted)$`)

// isPassword reports what is no variable, mask or word in its place, as
// documentation writes them.
func isPassword(s string) bool { return !noPassword.MatchString(s) }

// isPair reports a name and a password as a header carries them (RFC 7617).
func isPair(s string) bool {
	said, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(s, "="))
	return err == nil && printable(said) && strings.Contains(string(said), ":")
}

func hasDigit(s string) bool { return strings.ContainsFunc(s, unicode.IsDigit) }

// isExample reports a key that AWS made up for its documentation.
func isExample(s string) bool { return strings.HasSuffix(strings.TrimSuffix(s, "KEY"), "EXAMPLE") }

// in is the first of the secret's kind in a text, "" for none.
func (s secret) in(text string) string {
	for at := 0; ; {
		i := strings.Index(text[at:], s.sign)
		if i < 0 {
			return ""
		}
		from := at + i
		at = from + len(s.sign)
		if before, _ := utf8.DecodeLastRuneInString(text[:from]); s.word && (before == '_' || unicode.IsLetter(before) || unicode.IsDigit(before)) {
			continue
		}
		m := s.rest.FindStringSubmatch(text[at:])
		if m == nil || s.opens != nil && !s.opens(m[1]) {
			continue
		}
		if hit := s.sign + m[0]; !isExample(hit) {
			return hit
		}
	}
}

// secretsIn is which secrets a text shows, once each.
func secretsIn(text string) []cover.Found {
	var found []cover.Found
	for _, s := range secrets {
		if hit := s.in(text); hit != "" {
			found = append(found, cover.Found{Text: hit, Entry: s.name})
		}
	}
	return found
}
