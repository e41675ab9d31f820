package check_test

import (
	"slices"
	"testing"
	"testing/fstest"

	"debrief/generator/check"
	"debrief/generator/diag"
	"debrief/generator/note"
)

// left returns the rules of a note's findings, in order.
func left(found diag.List, path string) []string {
	var rules []string
	for _, f := range found {
		if f.Path == path {
			rules = append(rules, f.Rule)
		}
	}
	return rules
}

func TestWhatAuthorsSilence(t *testing.T) {
	for _, c := range []struct {
		name, path, text string
		want             []string
	}{
		{"nothing", "a.md", "[x](gone.md)\n\n[y](lost.md)\n", []string{"broken-link", "broken-link"}},
		{"a rule in the note", "a.md", "---\nlint_ignore: [broken-link]\n---\n[x](gone.md)\n\n[y](lost.md)\n", nil},
		{"another rule in the note", "a.md", "---\nlint_ignore: broken-anchor\n---\n[x](gone.md)\n", []string{"broken-link"}},
		{"a rule on its line", "a.md", "[x](gone.md) <!-- debrief-ignore broken-link: moves next week -->\n\n[y](lost.md)\n", []string{"broken-link"}},
		{"a rule on the next line", "a.md", "<!-- debrief-ignore broken-link -->\n\n[x](gone.md)\n\n[y](lost.md)\n", []string{"broken-link"}},
		{"two rules on a line", "a.md", "<!-- debrief-ignore broken-link, bad-url: an old note -->\n[x](gone.md) [y](file:///y)\n", nil},
		{"a loud error in the note", "a.md", "---\nlint_ignore: [bad-front-matter]\ntitle: {a: b}\n---\n", []string{"bad-front-matter"}},
		{"a warning of a loud rule", "a.md", "---\nlint_ignore: [bad-front-matter]\ntags: [a]\ntag: b\n---\n", nil},
		{"what a page finds", "faq.md", "---\nlint_ignore: [generated-page-replaced]\n---\n# Mine\n", nil},
	} {
		content := fstest.MapFS{
			c.path:           {Data: []byte(c.text)},
			"questions/q.md": {Data: []byte("# Why?\n\nBecause.\n")}, // so that there is a generated FAQ
		}
		if got := left(findings(t, content, note.Private), c.path); !slices.Equal(got, c.want) {
			t.Errorf("%s: found %v, want %v", c.name, got, c.want)
		}
	}
}

// TestHiddenNotesStaySilent holds that what is silenced in a note is so in a
// build that does not show it.
func TestHiddenNotesStaySilent(t *testing.T) {
	content := fstest.MapFS{"stories/a.md": {Data: []byte("---\nlint_ignore: [missing-section]\nprinciples: [ownership]\n---\n# A\n")}}
	if got := findings(t, content, note.Public); len(got) > 0 {
		t.Errorf("found %v", left(got, "stories/a.md"))
	}
}

func TestSilenceKeepsTheOrder(t *testing.T) {
	n, _ := note.Parse("a.md", []byte("---\nlint_ignore: [two]\n---\n"), note.Options{})
	found := diag.List{{Rule: "three", Path: "a.md"}, {Rule: "two", Path: "a.md"}, {Rule: "one", Path: "a.md"}, {Rule: "two", Path: "b.md"}}
	var got []string
	for _, f := range check.Silence(found, []*note.Note{n}) {
		got = append(got, f.Rule+" "+f.Path)
	}
	if want := []string{"three a.md", "one a.md", "two b.md"}; !slices.Equal(got, want) {
		t.Errorf("left %v, want %v", got, want)
	}
	if found[1].Rule != "two" {
		t.Error("the list that was handed in has changed")
	}
}
