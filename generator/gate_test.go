package generator

import (
	"context"
	"strings"
	"testing"
	"testing/fstest"

	"debrief/generator/handbook"
	"debrief/generator/note"
	"debrief/generator/output"
)

func file(path, content string) output.File {
	return output.File{Path: path, Draw: func() ([]byte, error) { return []byte(content), nil }}
}

func TestLeaks(t *testing.T) {
	settings := handbook.Settings{
		CoverNames: map[string]string{"Contoso Ltd": "a retailer", "Meta": "a network", "Müller & Söhne": "a bank"},
		Redact:     []string{`INC-\d+`, "Project Falcon", ""},
	}
	terms, err := forbidden(settings)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, path, content string
		want                string // form of the leak, "" for none
	}{
		{"plain", "a.html", "<p>At Contoso Ltd I was on call.</p>", "as written"},
		{"in another case", "a.html", "<p>CONTOSO LTD</p>", "as written"},
		{"in an attribute", "a.html", `<img src="x.png" alt="Contoso Ltd">`, "as written"},
		{"in a comment", "a.html", "<!-- contoso ltd -->", "as written"},
		{"as entities", "a.html", "<p>&#67;ontoso&nbsp;Ltd</p>", "as written"},
		{"an ampersand", "a.html", "<p>M&uuml;ller &amp; S&#246;hne</p>", "as written"},
		{"split by tags", "a.html", "<p>Con<b>toso</b> Ltd</p>", "as text"},
		{"split by a line", "a.html", "<p>Contoso\n   Ltd</p>", "as written"},
		{"split by soft hyphens", "a.html", "<p>Con\u00adtoso Ltd</p>", "as written"},
		{"decomposed", "a.html", "<p>Mu\u0308ller & So\u0308hne</p>", "as written"},
		{"full width", "a.html", "<p>Ｃontoso Ltd</p>", "as written"},
		{"in an SVG", "a.svg", "<svg><title>Contoso Ltd</title></svg>", "as written"},
		{"in a script", "search.js", `var notes = ["Contoso Ltd"]`, "as written"},
		{"in the address", "notes/contoso-ltd-2024.html", "<p>x</p>", "in its name"},
		{"a pattern", "a.html", "<p>see inc-4711</p>", "as written"},
		{"a phrase", "a.html", "<p>Project <i>Falcon</i></p>", "as written"},
		{"the phrase in the address", "assets/project-falcon.png", "png", "in its name"},
		{"a short name", "a.html", "<p>Then I joined Meta.</p>", "as written"},
		{"a short name inside a word", "a.html", `<html><head><meta name="x" content="metadata"></head><p>metal</p></html>`, ""},
		{"nothing", "a.html", "<p>a retailer, INC-, falcon</p>", ""},
		{"the theme's own style", "debrief/site.css", "/* Meta */", ""},
	} {
		leaks, err := leaksOf(file(c.path, c.content), terms)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if len(leaks) > 0 {
			got = leaks[0].Form
		}
		if len(leaks) > 1 || got != c.want {
			t.Errorf("%s: leaks %v, want one %q", c.name, leaks, c.want)
		}
		for _, l := range leaks {
			if said := strings.ToLower(strings.TrimPrefix(l.String(), l.File)); strings.Contains(said, "contoso") || strings.Contains(said, "falcon") || strings.Contains(said, "4711") {
				t.Errorf("%s: %q says what must not be said", c.name, l)
			}
		}
	}
}

func TestABrokenPatternLetsNothingOut(t *testing.T) {
	if _, err := forbidden(handbook.Settings{Redact: []string{"(open"}}); err == nil {
		t.Error("a redact pattern that cannot be read was passed over")
	}
}

func TestGateOfABuild(t *testing.T) {
	content := fstest.MapFS{
		"debrief.yaml": {Data: []byte("cover_names: {Contoso: a retailer}\nredact: [\"INC-\\\\d+\"]\n")},
		"open.md":      {Data: []byte("---\nvisibility: public\n---\n# An outage\n\nTicket INC-12 at Contoso.\n")},
		"hidden.md":    {Data: []byte("# Contoso INC-13\n")},
	}
	for profile, want := range map[note.Visibility]int{note.Private: 0, note.Shared: 2, note.Public: 2} {
		theme := fstest.MapFS{"assets/own.css": {Data: []byte("/* INC-12, Contoso */")}} // what the model does not see
		r, err := (&Builder{Content: content, Profile: profile, Theme: theme}).Build(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		leaks, err := r.Leaks(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		files := make(map[string]int)
		for _, l := range leaks {
			files[l.File]++
		}
		if files["debrief/own.css"] != want {
			t.Errorf("%s build: %d leaks in the theme (%v), want %d", profile, files["debrief/own.css"], leaks, want)
		}
		if files["hidden.html"] != 0 {
			t.Errorf("%s build: the hidden note is in the site", profile)
		}
	}
}
