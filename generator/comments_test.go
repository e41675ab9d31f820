package generator_test

import (
	"bytes"
	"testing"
	"testing/fstest"

	"debrief/generator"
)

// TestCommentsAreNowhere holds that a comment is in no file of a site, wherever
// an author may have put it.
func TestCommentsAreNowhere(t *testing.T) {
	const sign = "zqhush"
	for _, comment := range []string{"%% " + sign + " %%", "<!-- " + sign + " -->"} {
		notes := fstest.MapFS{
			"debrief.yaml": {Data: []byte("title: Handbook\n")},
			"incidents/down.md": {Data: []byte("---\ntitle: \"Down " + comment + "\"\ndescription: \"It was " + comment + " down\"\ntags: [\"tag " + comment + "\"]\naliases: [\"gone " + comment + "\"]\n" +
				"started_at: 2024-01-01T10:00:00Z\nmitigated_at: T+38m\nresolved_at: T+90m\ndetected_by: \"alert " + comment + "\"\n" +
				"timeline:\n  - {at: T+0m, phase: signal, event: \"Errors rise " + comment + " fast\", actor: \"alert " + comment + "\"}\n" +
				"metrics:\n  - {name: errors, label: \"Errors " + comment + "\", unit: \"%\", before: 12, after: 2}\n" +
				"decision_tree:\n  start: a\n  nodes:\n    a: {ask: \"High " + comment + " load?\", yes: b}\n    b: {end: \"Done " + comment + "\"}\n---\n\n" +
				"Text " + comment + " text, [[down|words " + comment + "]], [link](https://example.com \"title " + comment + "\"), <abbr title=\"SLO " + comment + "\">SLO</abbr>.\n\n" +
				"![picture " + comment + "](map.png \"title " + comment + "\")\n\n<a href=\"https://example.com\" title=\"to " + comment + "\">there</a> <img src=\"map.png\" alt=\"map " + comment + "\">\n\n" +
				"> [!probe] Why [[down|so " + comment + "]]?\n> Because " + comment + " so.\n\n- [ ] Item " + comment + " [[down|x " + comment + "]]\n\n| a | b |\n| - | - |\n| c " + comment + " | d |\n\n" +
				"```go title=\"main.go " + comment + "\"\nx := 1\n```\n\n```timeline\n- {at: T+5m, phase: action, event: \"Done " + comment + "\"}\n```\n\nLater\n\n" + comment + "\n\n# Part " + comment + "\n\nEnd[^1].\n\n[^1]: Note " + comment + "\n")},
			"map.png": {Data: []byte("no picture")},
		}
		_, site := build(t, &generator.Builder{Content: notes})
		for file, data := range site {
			if at := bytes.Index(data, []byte(sign)); at >= 0 {
				t.Errorf("%s holds %q: … %s …", file, comment, data[max(0, at-60):min(len(data), at+30)])
			}
		}
	}
}
