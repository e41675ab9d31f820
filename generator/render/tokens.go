package render

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"debrief/generator/diag"
	"debrief/generator/handbook"
	"debrief/generator/source"
)

var (
	rootRule = regexp.MustCompile(`(?:^|[}/])\s*:root\s*\{[^{}]*\}`)
	property = regexp.MustCompile(`--([\w-]+):`)
)

// WithTokens returns the theme with some of its tokens set anew. They take
// effect where the theme's own stand, so that paper and readers who ask for
// more contrast still get what the theme gives them. A token that the theme
// does not have is a finding.
func (t *Theme) WithTokens(tokens []handbook.Token) (*Theme, diag.List) {
	if len(tokens) == 0 {
		return t, nil
	}
	var css []byte
	if sheet := t.assets[styleSheet]; sheet != nil {
		css = sheet()
	}
	at := rootRule.FindIndex(css)
	var known []string
	if at != nil {
		for _, m := range property.FindAllSubmatch(css[at[0]:at[1]], -1) {
			known = append(known, string(m[1]))
		}
	}
	var found diag.List
	var rule strings.Builder
	for _, token := range tokens {
		if !slices.Contains(known, token.Name) {
			f := diag.At("bad-value", diag.Error, source.SettingsFile, token.Pos, token.Len, "tokens: the theme has no token %q", token.Name)
			switch near := diag.Near(token.Name, known); {
			case near != "":
				f = f.Hint("did you mean %q?", near)
			case len(known) > 0:
				f = f.Hint("it has %s", strings.Join(known, ", "))
			default:
				f = f.Hint("it has none: no `:root { … }` of its style sheets sets a property")
			}
			found = append(found, f)
			continue
		}
		fmt.Fprintf(&rule, "--%s:%s;", token.Name, token.Value)
	}
	if rule.Len() == 0 {
		return t, found
	}
	u := *t
	u.assets = maps.Clone(t.assets)
	own := slices.Concat(css[:at[1]], []byte(":root{"+rule.String()+"}"), css[at[1]:])
	u.assets[styleSheet] = func() []byte { return own }
	return &u, found
}
