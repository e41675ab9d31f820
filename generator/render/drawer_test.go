package render_test

import (
	"context"
	"io/fs"
	"os"
	"testing"
	"testing/fstest"

	"debrief/generator"
	"debrief/generator/note"
	"debrief/generator/prose/prosetest"
	"debrief/generator/render"
	"debrief/themes"
	"debrief/tools/corpus"

	"github.com/google/go-cmp/cmp"
)

// TestPagesAreDrawnQuickly holds every page of the example, of generated notes
// and of notes that mean harm: none is left to html/template, and all are as
// it draws them.
func TestPagesAreDrawnQuickly(t *testing.T) {
	generated, hostile := make(fstest.MapFS), make(fstest.MapFS)
	for name, text := range corpus.Notes(100) {
		generated[name] = &fstest.MapFile{Data: text}
	}
	for name, text := range prosetest.Handbook() {
		hostile[name] = &fstest.MapFile{Data: []byte(text)}
	}
	theme, err := render.Load(themes.Default(), themes.Client())
	if err != nil {
		t.Fatal(err)
	}
	example := os.DirFS("../../content")
	for _, c := range []struct {
		content fs.FS
		profile note.Visibility
	}{{example, note.Private}, {example, note.Public}, {generated, note.Private}, {hostile, note.Private}, {fstest.MapFS{}, note.Private}} {
		r, err := (&generator.Builder{Content: c.content, Profile: c.profile}).Build(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		if len(r.Site.Pages) == 0 {
			t.Fatal("there is nothing to draw")
		}
		for _, p := range r.Site.Pages {
			quick, slow, err := render.Drawn(theme, r.Site, p)
			switch {
			case err != nil:
				t.Errorf("%s: %v", p.File, err)
			case quick == nil:
				t.Errorf("%s is left to html/template", p.File)
			case string(quick) != string(slow):
				t.Errorf("%s: %s", p.File, cmp.Diff(string(slow), string(quick)))
			}
		}
	}
}
