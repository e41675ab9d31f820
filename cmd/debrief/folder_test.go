package main

import (
	"maps"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"debrief/generator"
)

// TestLinksMadeWhileSomebodyLooks holds that a build which is told where to
// look follows symbolic links no more than one that looks everywhere.
func TestLinksMadeWhileSomebodyLooks(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, fstest.MapFS{"a.md": {Data: []byte("# A\n")}, "real/r.md": {Data: []byte("# R\n")}}); err != nil {
		t.Fatal(err)
	}
	notes, err := openFolder(dir, "content")
	if err != nil {
		t.Fatal(err)
	}
	defer notes.Close()
	told := &generator.Builder{Content: notes.files()}
	if _, err := told.Build(t.Context()); err != nil {
		t.Fatal(err)
	}
	outside := filepath.Join(t.TempDir(), "secret.md")
	if err := os.WriteFile(outside, []byte("# Secret\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for link, to := range map[string]string{"link.md": "a.md", "linked": "real", "out.md": outside, "out": filepath.Dir(outside), "nowhere.md": "gone.md"} {
		if err := os.Symlink(to, filepath.Join(dir, link)); err != nil {
			t.Skip(err)
		}
	}
	told.Touched([]string{"link.md", "linked", "out.md", "out", "nowhere.md"})
	got, err := told.Build(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want, err := (&generator.Builder{Content: notes.files()}).Build(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if !maps.Equal(got.NotesByFile(), want.NotesByFile()) || got.Notes != 2 {
		t.Errorf("pages are %v, want %v", got.NotesByFile(), want.NotesByFile())
	}
}
