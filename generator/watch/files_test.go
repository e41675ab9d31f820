package watch

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// The stories in this file have the system's own events. The walk behind them
// is switched off, so that it is the events that work.

// watching starts a watcher that nothing but events can wake.
func watching(t *testing.T, root string) *Watcher {
	t.Helper()
	w, err := newWatcher(Options{Roots: []string{root}, Ignore: editorDroppings})
	must(t, err)
	w.safety = time.Hour
	notices, err := newNotifier()
	if err != nil {
		t.Skipf("no events here: %v", err)
	}
	w.start(notices)
	t.Cleanup(func() { w.Close() })
	return w
}

func editorDroppings(path string, _ bool) bool {
	name := filepath.Base(path)
	return strings.HasPrefix(name, ".") || strings.HasSuffix(name, "~") || name == "4913" || strings.Contains(name, "___jb_")
}

// until takes changes until all the paths have been hinted at, or something
// above them.
func until(t *testing.T, w *Watcher, paths ...string) {
	t.Helper()
	deadline := time.After(30 * time.Second)
	missing := slices.Clone(paths)
	for len(missing) > 0 {
		select {
		case change := <-w.Changes():
			if len(change.Hints) == 0 {
				return
			}
			missing = slices.DeleteFunc(missing, func(path string) bool {
				return slices.ContainsFunc(change.Hints, func(hint string) bool { return hint == path || below(path, hint) })
			})
			for _, hint := range change.Hints {
				if editorDroppings(hint, false) {
					t.Errorf("told of %s, which is to be ignored", hint)
				}
			}
		case <-deadline:
			t.Fatalf("nothing told of %q", missing)
		}
	}
}

// How editors save, in system calls.
func TestEditors(t *testing.T) {
	saves := map[string]func(t *testing.T, note string){
		"in place": func(t *testing.T, note string) { put(t, note, "new") },
		"truncate, then write": func(t *testing.T, note string) {
			f, err := os.OpenFile(note, os.O_WRONLY|os.O_TRUNC, 0)
			must(t, err)
			_, err = f.WriteString("new")
			must(t, err)
			must(t, f.Close())
		},
		"vim": func(t *testing.T, note string) {
			dir := filepath.Dir(note)
			put(t, filepath.Join(dir, ".note.md.swp"), "swap")
			put(t, filepath.Join(dir, "4913"), "")
			must(t, os.Remove(filepath.Join(dir, "4913")))
			must(t, os.Rename(note, note+"~"))
			put(t, note, "new")
			must(t, os.Remove(note+"~"))
			must(t, os.Remove(filepath.Join(dir, ".note.md.swp")))
		},
		"emacs": func(t *testing.T, note string) {
			lock := filepath.Join(filepath.Dir(note), ".#note.md")
			must(t, os.Symlink("kim@host.1:2", lock))
			must(t, os.Link(note, note+"~"))
			put(t, note, "new")
			must(t, os.Remove(lock))
		},
		"JetBrains": func(t *testing.T, note string) {
			put(t, note+"___jb_tmp___", "new")
			must(t, os.Rename(note, note+"___jb_old___"))
			must(t, os.Rename(note+"___jb_tmp___", note))
			must(t, os.Remove(note+"___jb_old___"))
		},
		"rename over": func(t *testing.T, note string) {
			temp := filepath.Join(filepath.Dir(note), ".note.md.tmp")
			put(t, temp, "new")
			must(t, os.Rename(temp, note))
		},
	}
	for name, save := range saves {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			root := t.TempDir()
			note := filepath.Join(root, "note.md")
			put(t, note, "old")
			w := watching(t, root)
			for range 3 {
				save(t, note)
				until(t, w, note)
				os.Remove(note + "~")
			}
		})
	}
}

func TestNewFoldersAreWatchedAtOnce(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	w := watching(t, root)
	for i := range 20 {
		deep := filepath.Join(root, fmt.Sprint("a", i), "b", "c")
		must(t, os.MkdirAll(deep, 0o755))
		put(t, filepath.Join(deep, "at-once.md"), "1")
		until(t, w, filepath.Join(deep, "at-once.md"))
		put(t, filepath.Join(deep, "later.md"), "1")
		until(t, w, filepath.Join(deep, "later.md"))
	}
}

func TestFoldersThatMove(t *testing.T) {
	t.Parallel()
	parent := t.TempDir()
	root := filepath.Join(parent, "content")
	path := func(names ...string) string { return filepath.Join(root, filepath.Join(names...)) }
	must(t, os.MkdirAll(path("a", "sub"), 0o755))
	put(t, path("a", "sub", "note.md"), "1")
	w := watching(t, root)

	must(t, os.Rename(path("a"), path("b")))
	until(t, w, path("a"), path("b"))
	put(t, path("b", "sub", "note.md"), "2")
	until(t, w, path("b", "sub", "note.md"))

	outside := filepath.Join(parent, "outside")
	must(t, os.Rename(path("b"), outside))
	until(t, w, path("b"))
	put(t, filepath.Join(outside, "sub", "note.md"), "3") // nobody's business now
	must(t, os.Rename(outside, path("c")))
	until(t, w, path("c"))
	put(t, path("c", "sub", "note.md"), "4")
	until(t, w, path("c", "sub", "note.md"))

	must(t, os.RemoveAll(path("c")))
	until(t, w, path("c"))
	must(t, os.MkdirAll(path("c", "sub"), 0o755))
	put(t, path("c", "sub", "note.md"), "5")
	until(t, w, path("c", "sub", "note.md"))
	put(t, path("c", "sub", "note.md"), "6")
	until(t, w, path("c", "sub", "note.md"))
}

func TestARealRootThatVanishes(t *testing.T) {
	t.Parallel()
	root := filepath.Join(t.TempDir(), "content")
	note := filepath.Join(root, "note.md")
	must(t, os.Mkdir(root, 0o755))
	put(t, note, "1")
	w := watching(t, root)
	for range 3 {
		must(t, os.Rename(root, root+".away"))
		until(t, w, root)
		must(t, os.Rename(root+".away", root))
		until(t, w, root)
		put(t, note, "2")
		until(t, w, note)
	}
}

// A checkout touches hundreds of files; it must not become hundreds of builds.
func TestACheckoutIsFewChanges(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	w := watching(t, root)
	var last string
	for i := range 1000 {
		last = filepath.Join(root, fmt.Sprintf("%04d.md", i))
		put(t, last, "1")
	}
	changes := 0
	for seen := false; !seen; changes++ {
		select {
		case change := <-w.Changes():
			seen = len(change.Hints) == 0 || slices.Contains(change.Hints, last)
		case <-time.After(30 * time.Second):
			t.Fatal("nothing told of the last file")
		}
	}
	// Three on a quiet machine; a slow one may pause between files. What
	// exactly is gathered is TestBurst's story.
	if changes > 50 {
		t.Errorf("a checkout of 1000 files became %d changes, want a few", changes)
	}
}

func TestLinkedRoot(t *testing.T) {
	t.Parallel()
	parent := t.TempDir()
	must(t, os.MkdirAll(filepath.Join(parent, "real", "sub"), 0o755))
	root := filepath.Join(parent, "link")
	if err := os.Symlink("real", root); err != nil {
		t.Skip(err)
	}
	w := watching(t, root)
	put(t, filepath.Join(parent, "real", "sub", "note.md"), "1")
	until(t, w, filepath.Join(root, "sub", "note.md"))
}

func TestCloseLeavesNothingRunning(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	for range 150 { // more than the system has watching programs to give
		w, err := New(Options{Roots: []string{root}})
		must(t, err)
		if strings.Contains(w.Mode(), "limit") {
			t.Fatalf("mode = %q: closed watchers hold on to what they had", w.Mode())
		}
		must(t, w.Close())
		must(t, w.Close())
	}
}
