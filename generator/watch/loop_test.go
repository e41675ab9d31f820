package watch

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/fsnotify/fsnotify"
)

// The stories in this file run on a clock of their own: time passes only
// while everybody waits. Folders are real, events are what the story says.

// A narrator is a notifier that tells what the test makes it tell.
type narrator struct {
	events chan fsnotify.Event
	errs   chan error
	room   int // for so many folders

	mu   sync.Mutex
	dirs map[string]bool
}

func (n *narrator) Add(dir string) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	if len(n.dirs) >= n.room && !n.dirs[dir] {
		return fmt.Errorf("add %s: %w", dir, syscall.ENOSPC)
	}
	n.dirs[dir] = true
	return nil
}

func (n *narrator) Remove(dir string) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	delete(n.dirs, dir)
	return nil
}

// watched returns the folders that are watched once everybody waits.
func (n *narrator) watched() []string {
	synctest.Wait()
	n.mu.Lock()
	defer n.mu.Unlock()
	return slices.Sorted(maps.Keys(n.dirs))
}

func (n *narrator) Events() <-chan fsnotify.Event { return n.events }
func (n *narrator) Errors() <-chan error          { return n.errs }
func (n *narrator) Close() error                  { return nil }

// story tells what happens to a watcher of root. Without room, or with
// o.Poll, there are no events.
func story(t *testing.T, root string, room int, o Options, tell func(t *testing.T, w *Watcher, n *narrator)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		n := &narrator{events: make(chan fsnotify.Event), errs: make(chan error), room: room, dirs: map[string]bool{}}
		o.Roots = []string{root}
		w, err := newWatcher(o)
		must(t, err)
		if o.Poll > 0 {
			w.fallBack(o.Poll, "as asked")
			w.start(nil)
		} else {
			w.start(n)
		}
		defer w.Close()
		tell(t, w, n)
	})
}

// expect waits for a change and returns how long that took.
func expect(t *testing.T, w *Watcher, hints ...string) time.Duration {
	t.Helper()
	began := time.Now()
	select {
	case got := <-w.Changes():
		if !slices.Equal(got.Hints, hints) {
			t.Errorf("hints = %q, want %q", got.Hints, hints)
		}
	case <-time.After(time.Hour):
		t.Errorf("no change, want %q", hints)
	}
	return time.Since(began)
}

func expectNone(t *testing.T, w *Watcher) {
	t.Helper()
	select {
	case got := <-w.Changes():
		t.Errorf("a change %q, want none", got.Hints)
	case <-time.After(time.Minute):
	}
}

func TestASaveIsToldAfterTheQuietTime(t *testing.T) {
	root := t.TempDir()
	note := filepath.Join(root, "note.md")
	put(t, note, "1")
	story(t, root, 9, Options{}, func(t *testing.T, w *Watcher, n *narrator) {
		put(t, note, "22")
		n.events <- fsnotify.Event{Name: note, Op: fsnotify.Write}
		time.Sleep(5 * time.Millisecond)
		n.events <- fsnotify.Event{Name: note, Op: fsnotify.Write}
		if took := expect(t, w, note); took != 8*time.Millisecond {
			t.Errorf("told %v after the last event, want 8ms", took)
		}
		expectNone(t, w) // the walks behind the events know of it
	})
}

func TestALostEventIsFoundByTheWalk(t *testing.T) {
	root := t.TempDir()
	note, gone := filepath.Join(root, "note.md"), filepath.Join(root, "gone.md")
	put(t, note, "1")
	put(t, gone, "1")
	story(t, root, 9, Options{}, func(t *testing.T, w *Watcher, n *narrator) {
		put(t, note, "22")
		must(t, os.Remove(gone))
		put(t, filepath.Join(root, "new.md"), "1")
		if took := expect(t, w, gone, filepath.Join(root, "new.md"), note); took > safetyPoll+longestQuiet {
			t.Errorf("found after %v, want about %v", took, safetyPoll)
		}
		expectNone(t, w)
	})
}

func TestAFolderWithoutEventsIsWatchedAfterTheWalk(t *testing.T) {
	root := t.TempDir()
	deep := filepath.Join(root, "a", "b")
	story(t, root, 9, Options{}, func(t *testing.T, w *Watcher, n *narrator) {
		must(t, os.MkdirAll(deep, 0o755))
		expect(t, w, filepath.Join(root, "a"), deep)
		if !slices.Contains(n.watched(), deep) {
			t.Errorf("watched: %q, want %s among them", n.watched(), deep)
		}
		must(t, os.RemoveAll(filepath.Join(root, "a")))
		expect(t, w, filepath.Join(root, "a"), deep)
		if got := n.watched(); !slices.Equal(got, []string{root}) {
			t.Errorf("watched: %q, want the root alone", got)
		}
	})
}

func TestOverflowMeansLookEverywhere(t *testing.T) {
	story(t, t.TempDir(), 9, Options{}, func(t *testing.T, w *Watcher, n *narrator) {
		n.errs <- fsnotify.ErrEventOverflow
		expect(t, w)
		if w.Mode() != "events" {
			t.Errorf("mode = %q after an overflow, want events", w.Mode())
		}
		expectNone(t, w)
	})
}

func TestLimitsOfTheSystemLeadToPolling(t *testing.T) {
	root := t.TempDir()
	for _, dir := range []string{"a", "b", "c"} {
		must(t, os.Mkdir(filepath.Join(root, dir), 0o755))
	}
	want := "polling every 1s (the system's limit of watched folders is reached; on Linux it is fs.inotify.max_user_watches)"
	story(t, root, 2, Options{}, func(t *testing.T, w *Watcher, n *narrator) {
		if w.Mode() != want {
			t.Errorf("mode = %q, want %q", w.Mode(), want)
		}
		note := filepath.Join(root, "c", "note.md")
		put(t, note, "1")
		if took := expect(t, w, note); took > fallbackPoll+longestQuiet {
			t.Errorf("found after %v, want about %v", took, fallbackPoll)
		}
		must(t, os.Remove(note))
		expect(t, w, note)
	})
	// The same when the limit is met later.
	story(t, root, 4, Options{}, func(t *testing.T, w *Watcher, n *narrator) {
		if w.Mode() != "events" {
			t.Errorf("mode = %q, want events", w.Mode())
		}
		late := filepath.Join(root, "late")
		must(t, os.Mkdir(late, 0o755))
		n.events <- fsnotify.Event{Name: late, Op: fsnotify.Create}
		expect(t, w, late)
		if w.Mode() != want {
			t.Errorf("mode = %q, want %q", w.Mode(), want)
		}
		put(t, filepath.Join(late, "note.md"), "1")
		expect(t, w, filepath.Join(late, "note.md"))
	})
}

func TestPolling(t *testing.T) {
	root := t.TempDir()
	story(t, root, 0, Options{Poll: 3 * time.Second}, func(t *testing.T, w *Watcher, _ *narrator) {
		if want := "polling every 3s (as asked)"; w.Mode() != want {
			t.Errorf("mode = %q, want %q", w.Mode(), want)
		}
		note := filepath.Join(root, "note.md")
		put(t, note, "1")
		if took := expect(t, w, note); took > 3*time.Second+longestQuiet {
			t.Errorf("found after %v, want about 3s", took)
		}
		expectNone(t, w)
	})
}

func TestChangesAreGatheredWhileNobodyListens(t *testing.T) {
	root := t.TempDir()
	a, b := filepath.Join(root, "a.md"), filepath.Join(root, "b.md")
	story(t, root, 9, Options{}, func(t *testing.T, w *Watcher, n *narrator) {
		for _, name := range []string{a, b, a} {
			put(t, name, "1")
			n.events <- fsnotify.Event{Name: name, Op: fsnotify.Write}
			time.Sleep(time.Second)
		}
		if took := expect(t, w, a, b); took != 0 {
			t.Errorf("told after %v, want at once", took)
		}
		expectNone(t, w)
	})
}

func TestARootThatVanishesAndComesBack(t *testing.T) {
	root := filepath.Join(t.TempDir(), "content")
	note := filepath.Join(root, "note.md")
	must(t, os.Mkdir(root, 0o755))
	put(t, note, "1")
	story(t, root, 9, Options{}, func(t *testing.T, w *Watcher, n *narrator) {
		must(t, os.RemoveAll(root))
		n.events <- fsnotify.Event{Name: root, Op: fsnotify.Remove}
		expect(t, w, root, note)
		if slices.Contains(n.watched(), root) {
			t.Error("a root that is gone is still watched")
		}
		must(t, os.Mkdir(root, 0o755))
		put(t, note, "1")
		if took := expect(t, w, root, note); took > rootPoll+longestQuiet {
			t.Errorf("back after %v, want about %v", took, rootPoll)
		}
		if !slices.Contains(n.watched(), root) {
			t.Error("a root that is back is not watched")
		}
	})
}

func TestAnotherFolderInTheRootsPlaceIsWatched(t *testing.T) {
	parent := t.TempDir()
	root := filepath.Join(parent, "content")
	must(t, os.Mkdir(root, 0o755))
	must(t, os.Mkdir(filepath.Join(parent, "other"), 0o755))
	put(t, filepath.Join(parent, "other", "note.md"), "1")
	story(t, root, 9, Options{}, func(t *testing.T, w *Watcher, n *narrator) {
		must(t, os.Rename(root, root+".old"))
		must(t, os.Rename(filepath.Join(parent, "other"), root))
		n.Remove(root) // the kernel's watch went with the folder
		expect(t, w, filepath.Join(root, "note.md"))
		if !slices.Contains(n.watched(), root) {
			t.Error("the new folder is not watched")
		}
	})
}

func TestIgnoredPathsAreNotTold(t *testing.T) {
	root := t.TempDir()
	must(t, os.MkdirAll(filepath.Join(root, "site", "deep"), 0o755))
	ignore := func(path string, isDir bool) bool {
		return isDir && filepath.Base(path) == "site" || filepath.Ext(path) == ".swp"
	}
	story(t, root, 9, Options{Ignore: ignore}, func(t *testing.T, w *Watcher, n *narrator) {
		if got := n.watched(); !slices.Equal(got, []string{root}) {
			t.Errorf("watched: %q, want the root alone", got)
		}
		for _, name := range []string{filepath.Join(root, "site", "index.html"), filepath.Join(root, ".note.swp")} {
			put(t, name, "1")
			n.events <- fsnotify.Event{Name: name, Op: fsnotify.Create}
		}
		// The site itself is swapped by every build.
		must(t, os.Rename(filepath.Join(root, "site"), filepath.Join(root, "old")))
		must(t, os.Rename(filepath.Join(root, "old"), filepath.Join(root, "site")))
		n.events <- fsnotify.Event{Name: filepath.Join(root, "site"), Op: fsnotify.Create}
		expectNone(t, w)
	})
}

func TestAnEventThatChangedNothing(t *testing.T) {
	root := t.TempDir()
	note := filepath.Join(root, "note.md")
	put(t, note, "1")
	story(t, root, 9, Options{}, func(t *testing.T, w *Watcher, n *narrator) {
		n.events <- fsnotify.Event{Name: note, Op: fsnotify.Chmod}
		n.events <- fsnotify.Event{}
		expectNone(t, w)
		must(t, os.Chmod(note, 0o600)) // a note that may be read now is news
		n.events <- fsnotify.Event{Name: note, Op: fsnotify.Chmod}
		expect(t, w, note)
	})
}

func TestRootsMustExist(t *testing.T) {
	dir := t.TempDir()
	put(t, filepath.Join(dir, "file"), "")
	for _, root := range []string{"nowhere", "file"} {
		if w, err := New(Options{Roots: []string{filepath.Join(dir, root)}}); err == nil {
			w.Close()
			t.Errorf("New(%q) = no error, want one", root)
		}
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func put(t *testing.T, name, text string) {
	t.Helper()
	must(t, os.WriteFile(name, []byte(text), 0o644))
}
