package note

import (
	"strings"
	"testing"
)

// TestWhatIsFrontMatter holds that a note which begins with a rule or an
// underlined heading keeps its text, and that broken front matter is none of it.
func TestWhatIsFrontMatter(t *testing.T) {
	for src, body := range map[string]string{
		"---\ntitle: x\n---\nbody":                         "body",
		"---\n---\nbody":                                   "body",
		"---\n# a comment\na: b\n---\nbody":                "body",
		"---\n\n# A heading\n\n---\nmore":                  "---\n\n# A heading\n\n---\nmore",
		"---\n\n---\nbody":                                 "body",
		"---\n\ntitle: x\nlist:\n- a\n  b\n---\nbody":      "body",
		"---\n\"quoted key\": x\n---\nbody":                "body",
		"---\ntitle: x\nno key here\n---\nbody":            "body",
		"---\ndate: {{date}}\n---\nbody":                   "body",
		"---\nключ: x\n...\nbody":                          "body",
		"---\n{a: b}\n---\nbody":                           "body",
		"---\n\nA rule first.\n\n---\n\nmore":              "---\n\nA rule first.\n\n---\n\nmore",
		"---\n\nNote: a rule first.\n\nMore text.\n---\nx": "---\n\nNote: a rule first.\n\nMore text.\n---\nx",
		"---\nA heading\n---\nmore":                        "---\nA heading\n---\nmore",
		"---\n- a\n- b\n---\nmore":                         "---\n- a\n- b\n---\nmore",
		"---\n\n- a\n- b\n\n---\nmore":                     "---\n\n- a\n- b\n\n---\nmore",
		"---\n[link](x): y\n---\nmore":                     "---\n[link](x): y\n---\nmore",
		"---\n> quote\n---\nmore":                          "---\n> quote\n---\nmore",
		"---\nhttp://x.y\n---\nmore":                       "---\nhttp://x.y\n---\nmore",
		"----\ntitle: x\n----\nmore":                       "----\ntitle: x\n----\nmore",
		" ---\ntitle: x\n---\nmore":                        " ---\ntitle: x\n---\nmore",
		"---\ntitle: x\nnever closed":                      "---\ntitle: x\nnever closed",
	} {
		_, got, _, line, _ := split([]byte(src))
		if string(got) != body {
			t.Errorf("%q has the body %q, want %q", src, got, body)
		}
		if want := 1 + strings.Count(strings.TrimSuffix(src, body), "\n"); line != want {
			t.Errorf("%q: the body begins on line %d, want %d", src, line, want)
		}
	}
}
