package output

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
)

// inPlace brings the site to a target that cannot be swapped, file by file,
// each with one rename. A reader may meet old and new pages side by side for a
// moment, but never half a page; what pages need goes first, index.html last.
// The manifest lists old and new hashes while this goes on, so that after a
// crash the next build knows all of it for ours.
func (w *writing) inPlace(next manifest) error {
	if err := w.moveInside(); err != nil {
		return errors.Join(fmt.Errorf("write the site: %w", err), w.undo())
	}
	if err := w.disk.Sync(w.stagedFiles()); err != nil {
		return errors.Join(fmt.Errorf("write the site: %w", err), w.undo())
	}
	settled, err := w.settled()
	if err == nil {
		err = w.putManifest(manifest{files: settled, pending: next.files})
	}
	if err != nil {
		return errors.Join(fmt.Errorf("write the site: %w", err), w.undo())
	}
	if err := w.replace(next); err != nil {
		return errors.Join(fmt.Errorf("the site is only partly written, build again: %w", err), w.stage.discard())
	}
	return w.stage.discard()
}

func (w *writing) replace(next manifest) error {
	paths := w.writtenPaths()
	inTheWay := func(path string) bool { // a file where a folder comes, or the other way round
		return slices.ContainsFunc(paths, func(p string) bool {
			return strings.HasPrefix(p, path+"/") || strings.HasPrefix(path, p+"/")
		})
	}
	later := slices.Clone(w.removed)
	if w.changesShape() {
		for _, path := range w.removed {
			if inTheWay(path) {
				if err := w.disk.Remove(w.old.name(path)); err != nil {
					return err
				}
				later = slices.DeleteFunc(later, func(p string) bool { return p == path })
			}
		}
		if err := w.removeEmptyDirs(); err != nil {
			return err
		}
	}
	touched := map[string]bool{w.dir: true}
	for _, path := range paths {
		if err := w.mkTarget(filepath.Dir(path)); err != nil {
			return err
		}
		name := w.old.name(path)
		if _, known := w.old.entries[path]; !known {
			if _, err := os.Lstat(name); err == nil {
				return fmt.Errorf("%s has appeared while the site was being written", path)
			}
		}
		if err := w.disk.Rename(filepath.Join(w.stage.tree, filepath.FromSlash(path)), name); err != nil {
			return err
		}
		touched[filepath.Dir(name)] = true
	}
	for _, path := range later {
		if err := w.disk.Remove(w.old.name(path)); err != nil {
			return err
		}
	}
	if err := w.removeEmptyDirs(); err != nil {
		return err
	}
	if err := w.disk.Sync(slices.Sorted(maps.Keys(touched))); err != nil {
		return err
	}
	return w.putManifest(next)
}

// changesShape reports whether a name changes from file to folder or back.
func (w *writing) changesShape() bool {
	for _, path := range w.writtenPaths() {
		if info := w.old.entries[path]; info != nil && info.IsDir() {
			return true
		}
		for dir := range ancestors(path) {
			if info := w.old.entries[dir]; info != nil && !info.IsDir() {
				return true
			}
		}
	}
	return false
}

// writtenPaths returns what was drawn into the stage, in the order in which it
// may appear: what pages need, then pages, the front page last.
func (w *writing) writtenPaths() []string {
	var paths []string
	for i, f := range w.files {
		if w.fates[i] == written {
			paths = append(paths, f.Path)
		}
	}
	rank := func(path string) int {
		switch {
		case path == "index.html":
			return 2
		case strings.HasSuffix(path, ".html"):
			return 1
		}
		return 0
	}
	slices.SortStableFunc(paths, func(a, b string) int { return rank(a) - rank(b) })
	return paths
}

// settled returns what of ours is in the target now. It is the old manifest,
// except after a write in place that was cut short.
func (w *writing) settled() (map[string]sum, error) {
	if len(w.old.manifest.pending) == 0 {
		return w.old.manifest.files, nil
	}
	files := map[string]sum{}
	for _, path := range w.old.paths {
		ours, err := w.old.ours(path)
		if err != nil {
			return nil, err
		}
		if ours {
			if files[path], err = hashFile(w.old.name(path)); err != nil {
				return nil, err
			}
		}
	}
	return files, nil
}

func (w *writing) putManifest(m manifest) error {
	name := filepath.Join(w.stage.dir, manifestName)
	if err := w.disk.Write(name, m.encode()); err != nil {
		return err
	}
	if err := w.disk.Sync([]string{name}); err != nil {
		return err
	}
	if err := w.disk.Rename(name, filepath.Join(w.dir, manifestName)); err != nil {
		return err
	}
	return w.disk.Sync([]string{w.dir})
}

// removeEmptyDirs removes the folders of the old site that hold nothing any
// more, except those that were empty before and are not ours.
func (w *writing) removeEmptyDirs() error {
	for _, path := range slices.Backward(w.old.paths) {
		if !w.old.entries[path].IsDir() || slices.Contains(w.empty, path) {
			continue
		}
		err := removeEmpty(w.disk, w.old.name(path))
		if err != nil && !errors.Is(err, fs.ErrNotExist) && !isNotDir(err) { // a page may be there by now
			return err
		}
	}
	return nil
}

// moveInside moves what was drawn to a stage in the target: a target that is a
// mount point takes no files from beside it.
func (w *writing) moveInside() error {
	if w.inside {
		return nil
	}
	beside := w.stage
	s, err := newStage(w.disk, w.dir, w.old)
	if err != nil {
		return err
	}
	w.stage, w.inside = s, true
	for i, f := range w.files {
		if w.fates[i] != written {
			continue
		}
		from := filepath.Join(beside.tree, filepath.FromSlash(f.Path))
		to, err := s.name(f.Path)
		if err == nil {
			err = w.disk.Rename(from, to)
		}
		if errors.Is(err, syscall.EXDEV) {
			var data []byte
			if data, err = os.ReadFile(from); err == nil {
				err = w.disk.Write(to, data)
			}
		}
		if err != nil {
			return errors.Join(err, beside.discard())
		}
	}
	return beside.discard()
}

func isNotDir(err error) bool { return errors.Is(err, syscall.ENOTDIR) }
