package output

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
)

// faulty is a disk that counts the steps and lets some of them fail.
type faulty struct {
	FS
	fails func(step int) bool

	mu    sync.Mutex
	steps int
	hit   bool
}

func (f *faulty) fault(op, name string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.steps++
	if !f.fails(f.steps) {
		return nil
	}
	f.hit = true
	return &os.PathError{Op: op, Path: name, Err: syscall.ENOSPC}
}

func (f *faulty) Mkdir(name string, perm fs.FileMode) error {
	if err := f.fault("mkdir", name); err != nil {
		return err
	}
	return f.FS.Mkdir(name, perm)
}

// A write that fails leaves half a file behind, as a full disk does.
func (f *faulty) Write(name string, data []byte) error {
	if err := f.fault("write", name); err != nil {
		f.FS.Write(name, data[:len(data)/2])
		return err
	}
	return f.FS.Write(name, data)
}

func (f *faulty) Link(old, name string) error {
	if err := f.fault("link", name); err != nil {
		return err
	}
	return f.FS.Link(old, name)
}

func (f *faulty) Symlink(to, name string) error {
	if err := f.fault("symlink", name); err != nil {
		return err
	}
	return f.FS.Symlink(to, name)
}

func (f *faulty) Rename(old, name string) error {
	if err := f.fault("rename", name); err != nil {
		return err
	}
	return f.FS.Rename(old, name)
}

func (f *faulty) Exchange(a, b string) error {
	if err := f.fault("exchange", b); err != nil {
		return err
	}
	return f.FS.Exchange(a, b)
}

func (f *faulty) Remove(name string) error {
	if err := f.fault("remove", name); err != nil {
		return err
	}
	return f.FS.Remove(name)
}

func (f *faulty) Sync(names []string) error {
	if err := f.fault("sync", names[0]); err != nil {
		return err
	}
	return f.FS.Sync(names)
}

// The old and the new site of the stories about accidents, and what its owner
// had put into the old one.
var (
	oldSite = site("index.html", "old", "a/same.html", "same", "a/x.html", "old", "gone/y.html", "old", "app.js", "old")
	newSite = site("index.html", "new", "a/same.html", "same", "a/x.html", "new", "b/z.html", "new", "app.js", "new")
	foreign = folder{".gitignore": "*", "a/mine.txt": "mine", "theirs/deep/x": "mine", "link": "→a/mine.txt", "gone/y.html.bak": "mine"}
)

func with(files Files, also folder) folder {
	all := maps.Clone(also)
	for _, f := range files {
		b, _ := f.Draw()
		all[f.Path] = string(b)
	}
	return all
}

// Let the k-th step fail, for every k until none is left: the site is always
// the old one or the new one, and the next build needs no help.
func TestEveryStepMayFail(t *testing.T) {
	kinds := []struct {
		name  string
		fails func(k int) func(step int) bool
		once  bool // the disk is well again after the k-th step
	}{
		{"one step", func(k int) func(int) bool { return func(step int) bool { return step == k } }, true},
		{"all steps from one on", func(k int) func(int) bool { return func(step int) bool { return step >= k } }, false},
	}
	for _, kind := range kinds {
		for _, first := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s/first build %v", kind.name, first), func(t *testing.T) {
				t.Parallel()
				failed, k := 0, 1
				for ; ; k++ {
					dir := filepath.Join(scratch(t), "site")
					before, after := folder{}, with(newSite, folder{})
					if !first {
						write(t, dir, oldSite)
						lay(t, dir, foreign)
						before, after = with(oldSite, foreign), with(newSite, foreign)
					}
					disk := &faulty{FS: quick{}, fails: kind.fails(k)}
					o := options(dir)
					o.FS, o.Workers = disk, 1
					_, err := Write(context.Background(), dir, newSite, o)
					if !disk.hit {
						must(t, err)
						break
					}
					failed++
					if !errors.Is(err, syscall.ENOSPC) {
						t.Errorf("step %d failed and Write = %v, want %v", k, err, syscall.ENOSPC)
					}
					var got folder
					if _, err := os.Stat(dir); err == nil {
						got = look(t, dir)
					}
					switch {
					case maps.Equal(got, before):
						if kind.once {
							alone(t, fmt.Sprintf("after step %d failed", k), dir)
						}
					case maps.Equal(got, after):
					default:
						t.Errorf("step %d failed and the site is neither old nor new:\n%s", k, got)
					}
					write(t, dir, newSite)
					sameFolder(t, fmt.Sprintf("after step %d failed, the next build", k), dir, after)
				}
				t.Logf("%d steps could fail", failed)
				if failed < 10 {
					t.Errorf("only %d steps could fail, want all of a write", failed)
				}
			})
		}
	}
}

// In a folder that cannot be swapped, every file is old or new, what is not
// ours is whole, and the next build completes the site.
func TestEveryStepMayFailInPlace(t *testing.T) {
	for _, crossing := range []bool{false, true} {
		t.Run(fmt.Sprintf("mount point %v", crossing), func(t *testing.T) {
			t.Parallel()
			k := 1
			for ; ; k++ {
				dir := filepath.Join(scratch(t), "site")
				write(t, dir, oldSite)
				lay(t, dir, foreign)
				var disk FS = noExchange{quick{}}
				if crossing {
					disk = mountPoint{quick{}, dir}
				}
				bad := &faulty{FS: disk, fails: func(step int) bool { return step >= k }}
				o := options(dir)
				o.FS, o.Workers = bad, 1
				_, err := Write(context.Background(), dir, newSite, o)
				if !bad.hit {
					must(t, err)
					break
				}
				if err == nil {
					t.Errorf("step %d failed and Write said nothing", k)
				}
				before, after := with(oldSite, foreign), with(newSite, foreign)
				got := look(t, dir)
				for path, text := range got {
					if strings.HasPrefix(path, stagePrefix) {
						continue // swept by the next build
					}
					if text != before[path] && text != after[path] {
						t.Errorf("step %d failed and %s is torn: %q", k, path, text)
					}
				}
				for path, text := range foreign {
					if got[path] != text {
						t.Errorf("step %d failed and %s = %q, want it untouched", k, path, got[path])
					}
				}
				o.FS = disk
				_, err = Write(context.Background(), dir, newSite, o)
				must(t, err)
				sameFolder(t, fmt.Sprintf("after step %d failed, the next build", k), dir, after)
				alone(t, "after the next build", dir)
			}
			t.Logf("%d steps could fail", k-1)
		})
	}
}
