package output

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
)

// swap completes the tree in the stage and puts it in the target's place with
// one system call. An error for which unsupported holds means that this cannot
// be done here and nothing has been changed; after any other error before the
// exchange, nothing is left behind. What could not be cleared away afterwards
// without losing something is returned as left.
func (w *writing) swap(next manifest) (left []string, err error) {
	if w.inside {
		return nil, errors.ErrUnsupported
	}
	if err := w.fill(next); err != nil {
		if w.old.exists && unsupported(err) {
			return nil, err
		}
		return nil, errors.Join(fmt.Errorf("write the site: %w", err), w.undo())
	}
	if w.old.exists {
		err = w.disk.Exchange(w.stage.tree, w.dir)
	} else {
		err = w.disk.Rename(w.stage.tree, w.dir)
	}
	if err != nil {
		if w.old.exists && unsupported(err) {
			return nil, err
		}
		return nil, errors.Join(fmt.Errorf("put the new site in place: %w", err), w.undo())
	}

	// The new site is there. What follows cannot undo that.
	above := []string{filepath.Dir(w.dir)}
	for _, dir := range w.parents {
		above = append(above, filepath.Dir(dir))
	}
	err = w.disk.Sync(above)
	if w.old.exists {
		var rest error
		left, rest = w.retire(w.stage.tree, w.old)
		err = errors.Join(err, rest)
	}
	if len(left) == 0 {
		err = errors.Join(err, removeEmpty(w.disk, w.stage.dir))
	}
	if err != nil {
		err = fmt.Errorf("the new site is in place, but the old one could not be cleared away: %w", err)
	}
	return left, err
}

// fill adds to the stage what the draw did not put there: what is unchanged
// and what is not ours, under second names, and the manifest. When it returns,
// a power cut cannot touch the tree any more.
func (w *writing) fill(next manifest) error {
	s := w.stage
	for i, f := range w.files {
		if w.fates[i] == written {
			continue
		}
		if err := w.ctx.Err(); err != nil {
			return err
		}
		if err := s.keep(f.Path); err != nil {
			return err
		}
	}
	for _, path := range w.kept {
		if err := w.ctx.Err(); err != nil {
			return err
		}
		if err := s.keep(path); err != nil {
			return err
		}
	}
	for _, path := range w.empty {
		if err := s.mkdir(path); err != nil {
			return err
		}
	}
	if err := s.write(manifestName, next.encode()); err != nil {
		return err
	}
	if err := w.disk.Remove(filepath.Join(s.dir, draftName)); err != nil {
		return err
	}
	return w.disk.Sync(append(w.stagedFiles(), filepath.Join(s.tree, manifestName), s.dir))
}

// stagedFiles returns the names of all that was drawn into the stage, and of
// the folders there.
func (w *writing) stagedFiles() []string {
	names := []string{w.stage.tree}
	for dir := range w.stage.made {
		names = append(names, filepath.Join(w.stage.tree, filepath.FromSlash(dir)))
	}
	slices.Sort(names)
	for i, f := range w.files {
		if w.fates[i] == written {
			names = append(names, filepath.Join(w.stage.tree, filepath.FromSlash(f.Path)))
		}
	}
	return names
}
