package output

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// clearStale takes apart what killed runs left beside or in the target. The
// lock is ours, so nobody is at work there. What cannot be deleted without
// losing something stays, and is returned.
func (w *writing) clearStale() (left []string, err error) {
	for _, parent := range []string{filepath.Dir(w.dir), w.dir} {
		entries, err := os.ReadDir(parent)
		if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrPermission) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("look for unfinished builds: %w", err)
		}
		for _, e := range entries {
			if !e.IsDir() || !strings.HasPrefix(e.Name(), stageNames(w.dir)) {
				continue
			}
			stay, err := w.clearStage(filepath.Join(parent, e.Name()))
			if err != nil {
				return nil, fmt.Errorf("clear away an unfinished build: %w", err)
			}
			left = append(left, stay...)
		}
	}
	return left, nil
}

func (w *writing) clearStage(dir string) (left []string, err error) {
	if _, err := os.Lstat(filepath.Join(dir, draftName)); err == nil {
		return nil, discardDraft(w.disk, dir)
	}
	old := filepath.Join(dir, treeName)
	if _, err := os.Lstat(old); err == nil {
		if left, err = w.retire(old, nil); err != nil || len(left) > 0 {
			return left, err
		}
	}
	return nil, removeEmpty(w.disk, dir)
}

// retire takes apart a tree that has been swapped out of the target. It
// deletes what we wrote and what has another name in the target. Whatever else
// it finds was put there after we looked, and moves to the target, unless
// something stands there already; then it stays where it is and is returned.
//
// seen is the tree as it was when it was looked at, or nil when that was a
// process that is gone.
func (w *writing) retire(old string, seen *tree) (left []string, err error) {
	gone, err := manifestOf(old)
	if err != nil {
		return nil, err
	}
	now, err := manifestOf(w.dir)
	if err != nil {
		return nil, err
	}
	var walk func(dir string) error
	walk = func(dir string) error {
		entries, err := os.ReadDir(filepath.Join(old, filepath.FromSlash(dir)))
		if err != nil {
			return err
		}
		for _, e := range entries {
			path := e.Name()
			if dir != "" {
				path = dir + "/" + e.Name()
			}
			if path == manifestName {
				continue // last: until then it tells what may be deleted
			}
			name := filepath.Join(old, filepath.FromSlash(path))
			if e.IsDir() {
				if err := walk(path); err != nil {
					return err
				}
				if err := removeEmpty(w.disk, name); err != nil {
					return err
				}
				continue
			}
			stays, err := w.retireFile(name, path, gone, now, seen)
			if err != nil {
				return err
			}
			if stays {
				left = append(left, filepath.Join(filepath.Dir(w.shown), filepath.Base(filepath.Dir(old)), treeName, filepath.FromSlash(path)))
			}
		}
		return nil
	}
	if err := walk(""); err != nil {
		return left, err
	}
	if len(left) > 0 {
		return left, nil
	}
	if err := w.disk.Remove(filepath.Join(old, manifestName)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	return nil, removeEmpty(w.disk, old)
}

func (w *writing) retireFile(name, path string, gone, now manifest, seen *tree) (stays bool, err error) {
	info, err := os.Lstat(name)
	if err != nil {
		return false, err
	}
	twin := filepath.Join(w.dir, filepath.FromSlash(path))
	there, err := os.Lstat(twin)
	if err != nil && !errors.Is(err, fs.ErrNotExist) && !isNotDir(err) {
		return false, err
	}
	standsIn := err == nil
	switch {
	case standsIn && sameFile(name, info, twin, there):
		return false, w.disk.Remove(name)
	case seen != nil && seen.entries[path] != nil && os.SameFile(info, seen.entries[path]) && standsIn && !now.lists(path):
		// We gave it a second name in the target, and its owner has
		// replaced that since: the newer one stays.
		return false, w.disk.Remove(name)
	case gone.lists(path) && now.lists(path):
		return false, w.disk.Remove(name) // drawn anew
	case gone.lists(path) && info.Mode().IsRegular():
		s, err := hashFile(name)
		if err != nil {
			return false, err
		}
		if gone.wrote(path, s) {
			return false, w.disk.Remove(name)
		}
	}
	if standsIn && (seen == nil || seen.entries[path] == nil || now.lists(path)) {
		return true, nil
	}
	if err := w.mkTarget(filepath.Dir(path)); err != nil {
		return false, err
	}
	return false, w.disk.Rename(name, twin)
}

// mkTarget makes the folder at path in the target, and those above it.
func (w *writing) mkTarget(path string) error {
	name := filepath.Join(w.dir, filepath.FromSlash(path))
	if _, err := os.Stat(name); err == nil {
		return nil
	}
	if path != "." {
		if err := w.mkTarget(filepath.Dir(path)); err != nil {
			return err
		}
	}
	return w.disk.Mkdir(name, 0)
}

// sameFile reports whether two names are of one file, or two links lead to one place.
func sameFile(a string, ai fs.FileInfo, b string, bi fs.FileInfo) bool {
	if ai.Mode().Type() == fs.ModeSymlink && bi.Mode().Type() == fs.ModeSymlink {
		to, err1 := os.Readlink(a)
		also, err2 := os.Readlink(b)
		return err1 == nil && err2 == nil && to == also
	}
	return os.SameFile(ai, bi)
}

// manifestOf is readManifest for a folder that may have none.
func manifestOf(dir string) (manifest, error) {
	m, err := readManifest(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return manifest{}, nil
	}
	return m, err
}

// removeEmpty removes a folder that holds nothing, and leaves any other.
func removeEmpty(disk FS, dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) > 0 {
		return err
	}
	return disk.Remove(dir)
}
