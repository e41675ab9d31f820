package output

import (
	"context"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The tests below speak of folders as maps from path to text. A folder that
// holds nothing ends in "/", a symbolic link reads "→target".
type folder map[string]string

// lay makes the folder on disk.
func lay(t *testing.T, dir string, files folder) {
	t.Helper()
	for _, path := range slices.Sorted(maps.Keys(files)) {
		name := filepath.Join(dir, filepath.FromSlash(path))
		if strings.HasSuffix(path, "/") {
			must(t, os.MkdirAll(name, 0o755))
			continue
		}
		must(t, os.MkdirAll(filepath.Dir(name), 0o755))
		if to, ok := strings.CutPrefix(files[path], "→"); ok {
			must(t, os.Symlink(to, name))
			continue
		}
		must(t, os.WriteFile(name, []byte(files[path]), 0o644))
	}
}

// look reads the folder back, without the manifest.
func look(t *testing.T, dir string) folder {
	t.Helper()
	files := folder{}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || name == dir {
			return err
		}
		rel, _ := filepath.Rel(dir, name)
		path := filepath.ToSlash(rel)
		switch {
		case path == manifestName:
		case d.IsDir():
			if entries, err := os.ReadDir(name); err != nil || len(entries) == 0 {
				files[path+"/"] = ""
				return err
			}
		case d.Type() == fs.ModeSymlink:
			to, err := os.Readlink(name)
			files[path] = "→" + to
			return err
		default:
			b, err := os.ReadFile(name)
			files[path] = string(b)
			return err
		}
		return nil
	})
	must(t, err)
	return files
}

func sameFolder(t *testing.T, what, dir string, want folder) {
	t.Helper()
	if got := look(t, dir); !maps.Equal(got, want) {
		t.Errorf("%s:\n got %s\nwant %s", what, got, want)
	}
}

func (f folder) String() string {
	var b strings.Builder
	for _, path := range slices.Sorted(maps.Keys(f)) {
		fmt.Fprintf(&b, "%s=%q ", path, f[path])
	}
	return b.String()
}

// alone reports what lies beside the site: nothing ever should.
func alone(t *testing.T, what, dir string) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(dir))
	must(t, err)
	for _, e := range entries {
		if e.Name() != filepath.Base(dir) && e.Name() != "locks" {
			t.Errorf("%s: %s is left beside the site", what, e.Name())
		}
	}
}

// options keeps lock files out of the user's cache.
func options(dir string) Options {
	return Options{Locks: filepath.Join(filepath.Dir(dir), "locks"), FS: quick{}}
}

func write(t *testing.T, dir string, files Files) Report {
	t.Helper()
	r, err := Write(context.Background(), dir, files, options(dir))
	must(t, err)
	alone(t, "after a write", dir)
	return r
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// scratch is t.TempDir in memory, where the system has a folder for that: the
// stories that write a site a hundred times are not about the disk.
func scratch(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("/dev/shm", "debrief-test-")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}
