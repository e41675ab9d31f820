package generator_test

import (
	"html"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"debrief/generator"
	"debrief/generator/note"
	"debrief/generator/render"
	"debrief/generator/render/search"
	"debrief/themes"
)

// bundled skips a test of the search where debrief was built without its
// script; in CI `make test` has bundled it.
func bundled(t testing.TB) {
	t.Helper()
	if _, err := fs.Stat(themes.Client(), "assets/search.js"); err == nil {
		return
	}
	if os.Getenv("CI") != "" {
		t.Fatal("the search is not bundled: this test must run in CI; `make test` bundles it")
	}
	t.Skip("the search is not bundled; `make test` does it")
}

// searched is all that the search of a site can show or find, by file.
func searched(site map[string][]byte) map[string]string {
	said := make(map[string]string)
	for file, data := range site {
		if text, ok := search.Strings(data); ok {
			said[file] = strings.Join(text, "\n")
		}
	}
	return said
}

// TestSearchFindsNothingHidden builds for others: no word of a hidden note, of
// a private block or of a comment is in any file of the search, and what is
// shown is.
func TestSearchFindsNothingHidden(t *testing.T) {
	bundled(t)
	_, site := build(t, &generator.Builder{Profile: note.Public, Content: fstest.MapFS{
		"open.md":   {Data: []byte("---\nvisibility: public\n---\n# Open zebra\n\nSee [[secret]].\n\n> [!private]\n> okapi\n\n%% tapir %%\n")},
		"secret.md": {Data: []byte("---\naliases: [gnu]\ntags: [lemur]\n---\n# Hidden quokka\n\nwombat\n")},
	}})
	said := searched(site)
	if len(said) < 2 {
		t.Fatalf("%d files of the search", len(said))
	}
	all := strings.ToLower(strings.Join([]string{said["debrief/search-index.js"], said["debrief/search-texts-0.js"]}, "\n"))
	if !strings.Contains(all, "zebra") {
		t.Error("the search lacks what is shown")
	}
	for _, hidden := range []string{"okapi", "tapir", "quokka", "wombat", "gnu", "lemur"} {
		if strings.Contains(all, hidden) {
			t.Errorf("the search holds %q", hidden)
		}
	}
}

// TestGateReadsTheSearch holds that what must not be shown cannot be searched
// for either: said once where a page holds it, and also where only the search
// puts the words side by side. The index's own numbers are no reason to refuse.
func TestGateReadsTheSearch(t *testing.T) {
	bundled(t)
	token := "ghp_" + strings.Repeat("x1", 18)
	parted := fstest.MapFS{"templates/page.html": {Data: []byte(`{{define "main"}}<p>Project <button>and</button> Falcon</p>{{end}}`)}}
	for _, c := range []struct {
		text, want string
		theme      fs.FS
	}{
		{"We called it Project Falcon.", "", nil}, // it is taken out
		{"We opened it with " + token + ".", "open.html ", nil},
		{"We called it nothing.", "", nil},
		{"We called it nothing.", "debrief/search-texts-0.js ", parted},
	} {
		r, _ := build(t, &generator.Builder{Profile: note.Public, Theme: c.theme, Content: fstest.MapFS{
			"debrief.yaml": {Data: []byte("redact: [\"project falcon\", '\\b1[,\\]]']\n")},
			"open.md":      {Data: []byte("---\nvisibility: public\n---\n# Open\n\n" + c.text + "\n")},
		}})
		leaks, err := r.Leaks(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		files := ""
		for _, l := range leaks {
			files += l.File + " "
		}
		if files != c.want {
			t.Errorf("with %q the gate stops at %q, want %q", c.text, files, c.want)
		}
	}
}

// TestSearchWithoutItsScript draws as a bare clone does: no page offers the
// search, and no file of it is written.
func TestSearchWithoutItsScript(t *testing.T) {
	theme, err := render.Load(themes.Default())
	if err != nil {
		t.Fatal(err)
	}
	r, _ := build(t, &generator.Builder{Content: example()})
	for _, f := range render.Pages(theme, r.Site, func(string) (w, h int) { return 0, 0 }) {
		data, err := f.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(f.Path, "debrief/search-") {
			t.Errorf("%s is written, and nothing reads it", f.Path)
		}
		if strings.HasSuffix(f.Path, ".html") && strings.Contains(string(data), "data-search") {
			t.Errorf("%s offers a search", f.Path)
		}
	}
}

// TestHitsLand holds that every heading the search can lead to is on its page.
func TestHitsLand(t *testing.T) {
	bundled(t)
	r, site := build(t, &generator.Builder{Content: example()})
	parts := 0
	for _, p := range r.Site.Pages {
		for _, part := range search.Read(site[p.File]) {
			if part.ID != "" && strings.Count(string(site[p.File]), ` id="`+html.EscapeString(part.ID)+`"`) != 1 {
				t.Errorf("%s has no heading %s", p.File, part.ID)
			}
			if part.ID != "" && part.Heading == "" {
				t.Errorf("%s: the heading %s has no words", p.File, part.ID)
			}
			parts++
		}
	}
	if parts < 300 {
		t.Errorf("the example has %d parts to find", parts)
	}
}
