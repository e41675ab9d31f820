package generator_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"debrief/generator"
	"debrief/generator/diag"
	"debrief/generator/note"
)

// TestNotesAreRemembered holds that a note is parsed again when its text or
// what its meaning depends on has changed, and only then.
func TestNotesAreRemembered(t *testing.T) {
	content := folder(map[string]string{
		"debrief.yaml":   "time_zone: America/Los_Angeles\n",
		"incidents/a.md": "---\nvisibility: public\nstarted_at: 2024-01-01 10:00\n---\n# A\n\n> [!private] Mine\n> Secret.\n",
		"b.md":           "# B\n",
	})
	b := &generator.Builder{Content: content}
	notes := func() map[string]*note.Note {
		r, err := b.Build(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		out := make(map[string]*note.Note)
		for _, n := range r.Site.Book.Notes {
			out[n.Path] = n
		}
		return out
	}
	first, again := notes(), notes()
	for path, n := range first {
		if again[path] != n {
			t.Errorf("%s is parsed again although nothing changed", path)
		}
	}
	content["debrief.yaml"] = &fstest.MapFile{Data: []byte("time_zone: Europe/Berlin\n")}
	moved, _ := note.Of[*note.Incident](notes()["incidents/a.md"])
	if zone, _ := moved.StartedAt.T.Zone(); zone != "CET" {
		t.Errorf("after time_zone changed, the incident's times are still in %s", zone)
	}
	b.Profile = note.Public
	if n := notes()["incidents/a.md"]; len(n.Body.Callouts) > 0 {
		t.Error("after the profile changed, the private part is still there")
	}
}

// TestAMendedFileIsSilent holds that what was found in a file's bytes goes
// with them, even if the text is still the same.
func TestAMendedFileIsSilent(t *testing.T) {
	content := fstest.MapFS{"a.md": {Data: []byte("caf\xe9\n")}}
	b := &generator.Builder{Content: content}
	for k, want := range []int{1, 0} {
		r, err := b.Build(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		if len(r.Findings) != want {
			t.Errorf("build %d finds %v", k+1, r.Findings)
		}
		content["a.md"] = &fstest.MapFile{Data: []byte("café\n")}
	}
}

type panicFS struct{ fs.FS }

func (panicFS) Open(string) (fs.File, error) { panic("out of luck") }

// TestAFaultOfOursIsAnError holds that a build which fails by a mistake of
// debrief's own ends with an error and not the process: a preview goes on.
func TestAFaultOfOursIsAnError(t *testing.T) {
	r, err := (&generator.Builder{Content: panicFS{}}).Build(context.Background())
	if r != nil || err == nil || !strings.Contains(err.Error(), "out of luck") || !strings.Contains(err.Error(), "line ") {
		t.Errorf("the build gives %v, %v", r, err)
	}
}

// TestPagesForOthersHoldNoFindings holds that what was found, in hidden notes
// too, is nowhere within reach of a theme that draws for others.
func TestPagesForOthersHoldNoFindings(t *testing.T) {
	content := folder(map[string]string{
		"a.md":      "---\nvisibility: public\nstory: x\n---\n# A\n\n[[gone]]\n",
		"hidden.md": "---\nstarted_at: never\nkind: incident\n---\n# H\n",
	})
	for profile, want := range map[note.Visibility]bool{note.Private: true, note.Shared: false, note.Public: false} {
		r, err := (&generator.Builder{Content: content, Profile: profile}).Build(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		if got := len(r.Site.Findings) > 0; got != want {
			t.Errorf("a %s build's pages hold %v", profile, r.Site.Findings)
		}
		if len(r.Findings) == 0 {
			t.Errorf("a %s build tells its author nothing", profile)
		}
	}
}

// TestAHiddenPrincipleIsNoMistake holds that a story which names a principle
// of the author's own may be built for others while that note is private.
func TestAHiddenPrincipleIsNoMistake(t *testing.T) {
	content := folder(map[string]string{
		"stories/a.md":        "---\nvisibility: public\nprinciples: [be-kind]\nlength: 15s\n---\n# A\n\n## Situation\n\nx\n\n## Task\n\nx\n\n## Action\n\nx\n\n## Result\n\n38 min\n",
		"principles/kind.md":  "---\nid: be-kind\n---\n# Be kind\n",
		"principles/again.md": "---\nid: be-kinder\n---\n# Be kinder\n",
	})
	r, err := (&generator.Builder{Content: content, Profile: note.Public}).Build(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range r.Findings {
		if f.Rule == "bad-reference" {
			t.Errorf("a public build finds %v", f)
		}
	}
}

// TestAThemeThatIsNotThere holds that a misspelt theme is said.
func TestAThemeThatIsNotThere(t *testing.T) {
	r, err := (&generator.Builder{Content: folder(map[string]string{"debrief.yaml": "theme: mien\n", "a.md": "# A\n"})}).Build(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Findings) != 1 || r.Findings[0].Severity != diag.Error || !strings.Contains(r.Findings[0].Message, `"mien"`) {
		t.Errorf("found %v", r.Findings)
	}
}

// countFS counts the bytes that are read of pictures.
type countFS struct {
	fstest.MapFS
	read *int
}

type countFile struct {
	fs.File
	read *int
}

func (f countFile) Read(p []byte) (int, error) {
	n, err := f.File.Read(p)
	*f.read += n
	return n, err
}

func (c countFS) Open(name string) (fs.File, error) {
	f, err := c.MapFS.Open(name)
	if err == nil && strings.HasSuffix(name, ".png") {
		return countFile{f, c.read}, nil
	}
	return f, err
}

func (c countFS) ReadFile(name string) ([]byte, error) {
	data, err := c.MapFS.ReadFile(name)
	if strings.HasSuffix(name, ".png") {
		*c.read += len(data)
	}
	return data, err
}

// TestPicturesAreNotReadToBuild holds that a build whose pages nobody looks at
// reads no picture, and a page that shows one only the beginning of it.
func TestPicturesAreNotReadToBuild(t *testing.T) {
	png, err := base64.StdEncoding.DecodeString("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
	if err != nil {
		t.Fatal(err)
	}
	read := 0
	content := countFS{folder(map[string]string{"a.md": "# A\n\n![x](x.png)\n"}), &read}
	content.MapFS["x.png"] = &fstest.MapFile{Data: append(png, make([]byte, 1<<20)...)}
	r, err := (&generator.Builder{Content: content}).Build(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if read > 0 {
		t.Errorf("the build has read %d bytes of a picture", read)
	}
	f, _ := r.Files.Get("a.html")
	html, err := f.Bytes()
	if err != nil || !bytes.Contains(html, []byte(`width="1" height="1"`)) {
		t.Errorf("the page does not reserve the picture's place: %v", err)
	}
	if read > 128<<10 {
		t.Errorf("drawing the page has read %d bytes of a picture", read)
	}
}
