package output

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"

	"debrief/generator/workers"
)

// Options say how a site is written. The zero value is right for most.
type Options struct {
	Content string // the folder of the notes, which the output must not be or hold
	Workers int    // files drawn at a time; 0: one a processor
	Wait    bool   // wait for another build of the same folder, until ctx ends, instead of failing
	Locks   string // where lock files lie; "": the user's cache folder
	FS      FS     // changes the disk; nil: the machine's
}

// A Report says what a write did.
type Report struct {
	Written   int // new or changed files of the site
	Unchanged int // files that were there already, byte for byte
	Removed   int // files of the previous build that are no longer part of the site

	// Kept is what was left alone because debrief did not write it or somebody
	// changed it since: slash paths, a whole foreign folder as "folder/". Where
	// the site has a file of the same path, the site's is not written.
	Kept []string
	// Replaced is the pages that somebody had changed by hand and that the
	// site still has: they were written anew, the change is gone.
	Replaced []string
	// Stamp names the site as it now lies there; see Intact.
	Stamp Stamp
}

// Write brings the site to the folder dir. Afterwards dir holds the files, and
// whatever was in it that debrief did not write; files of the previous build
// that are no longer part of the site are gone. When any file cannot be drawn
// or anything else fails before the swap, dir is as it was. A folder that holds
// the site already is not touched at all.
//
// Errors: *TargetError for a folder that must not be written to, *BusyError
// when another build is at it, ctx's error, an error of drawing, or one of the
// file system. A failure to clear away the old site, after the new one is in
// place, is reported too; the next write clears it. The report counts only when
// there is no error.
func Write(ctx context.Context, dir string, files Files, o Options) (Report, error) {
	if err := files.Check(); err != nil {
		return Report{}, err
	}
	if err := CheckTarget(dir, o.Content); err != nil {
		return Report{}, err
	}
	real, err := locate(dir)
	if err != nil {
		return Report{}, err
	}
	release, err := lock(ctx, dir, real, o)
	if err != nil {
		return Report{}, err
	}
	defer release()
	if err := CheckTarget(dir, o.Content); err != nil { // what the build we waited for left
		return Report{}, err
	}
	if o.FS == nil {
		o.FS = realDisk{}
	}
	w := &writing{ctx: ctx, disk: o.FS, shown: dir, dir: real, files: files, workers: o.Workers}
	return w.run()
}

// writing is one call of Write.
type writing struct {
	ctx        context.Context
	disk       FS
	shown, dir string // the target as given, and where it really is
	files      Files
	workers    int

	old     *tree
	kept    []string // entries of old that are not ours, sorted
	empty   []string // folders of old that hold nothing and are not ours
	removed []string // files of ours that are no longer part of the site

	fates   []fate // of files
	sums    []sum
	parents []string // folders made above the target

	staging sync.Mutex // held while stage is made
	stage   *stage     // nil until something differs
	inside  bool       // the stage lies in the target and cannot be swapped with it
	ahead   ahead      // of the stage
}

// fate is what happens to one file of the site.
type fate uint8

const (
	unchanged fate = iota // on disk already
	written               // in the stage
	blocked               // a foreign file stands there and stays
)

func (w *writing) run() (report Report, err error) {
	left, err := w.clearStale()
	if err != nil {
		return Report{}, err
	}
	if w.old, err = readTree(w.dir); err != nil {
		return Report{}, err
	}
	if err := w.sort(); err != nil {
		return Report{}, err
	}
	if err := w.draw(); err != nil {
		return Report{}, errors.Join(err, w.undo())
	}
	report = w.report()
	report.Kept = append(report.Kept, left...)

	next := w.manifest()
	report.Stamp = next.stamp()
	if w.stage == nil && len(w.removed) == 0 && string(next.encode()) == string(w.old.listing) {
		return report, nil
	}
	if err := w.needStage(); err != nil {
		return Report{}, errors.Join(err, w.undo())
	}
	left, err = w.swap(next)
	if unsupported(err) {
		left, err = nil, w.inPlace(next)
	}
	report.Kept = append(report.Kept, left...)
	return report, err
}

// sort tells what is ours in the old tree from what is not, and refuses when
// something foreign stands where the site cannot do without the place.
func (w *writing) sort() error {
	ourDirs := map[string]bool{}
	for _, files := range []map[string]sum{w.old.manifest.files, w.old.manifest.pending} {
		for path := range files {
			for dir := range ancestors(path) {
				ourDirs[dir] = true
			}
		}
	}
	full := map[string]bool{}
	for _, path := range w.old.paths {
		for dir := range ancestors(path) {
			full[dir] = true
		}
	}
	for _, path := range w.old.paths {
		if err := w.ctx.Err(); err != nil {
			return err
		}
		if w.old.entries[path].IsDir() {
			if !full[path] && !ourDirs[path] {
				w.empty = append(w.empty, path)
			}
			continue
		}
		if _, wanted := w.files.Get(path); wanted {
			continue // draw decides
		}
		ours, err := w.old.ours(path)
		if err != nil {
			return fmt.Errorf("read the previous site: %w", err)
		}
		if ours {
			w.removed = append(w.removed, path)
		} else {
			w.kept = append(w.kept, path)
		}
	}

	needed := map[string]bool{}
	for _, f := range w.files {
		for dir := range ancestors(f.Path) {
			needed[dir] = true
		}
	}
	for _, path := range slices.Concat(w.kept, w.empty) {
		if needed[path] && !w.old.entries[path].IsDir() {
			return &TargetError{w.shown, fmt.Sprintf("holds %q, which debrief did not write, where the site needs a folder; move it away", path)}
		}
		for at := path; at != ""; at = up(at) {
			if _, wanted := w.files.Get(at); wanted {
				return &TargetError{w.shown, fmt.Sprintf("holds %q, which debrief did not write, where the site needs the file %q; move it away", path, at)}
			}
		}
	}
	return nil
}

func up(path string) string {
	if i := strings.LastIndexByte(path, '/'); i >= 0 {
		return path[:i]
	}
	return ""
}

// draw draws every file once. What is on disk already is forgotten at once,
// what differs goes to the stage, so that no more files are in memory than
// there are workers.
func (w *writing) draw() error {
	w.fates = make([]fate, len(w.files))
	w.sums = make([]sum, len(w.files))
	order := w.files.drawing()
	last := slices.IndexFunc(order, func(i int) bool { return w.files[i].Last })
	w.ahead.flush = func() error { return w.disk.Flush(w.stage.tree) }
	err := workers.Each(w.ctx, w.workers, len(w.files), func(at int) error {
		if at == last {
			w.ahead.last()
		}
		i := order[at]
		return w.files[i].See(func(data []byte) error { return w.drawn(i, data) })
	})
	flushed := w.ahead.wait()
	if flushed != nil {
		flushed = fmt.Errorf("write the site: %w", flushed)
	}
	return errors.Join(err, flushed)
}

// drawn takes what a file of the site says.
func (w *writing) drawn(i int, data []byte) error {
	path := w.files[i].Path
	w.sums[i] = sha256.Sum256(data)
	same, err := w.old.holds(path, data)
	if err != nil {
		return fmt.Errorf("read the previous site: %w", err)
	}
	if same {
		return nil
	}
	// A folder here holds nothing that is not ours, or sort had refused.
	if info := w.old.entries[path]; info != nil && !info.IsDir() && !w.old.manifest.lists(path) {
		w.fates[i] = blocked
		return nil
	}
	w.fates[i] = written
	if err := w.needStage(); err != nil {
		return err
	}
	if err := w.stage.write(path, data); err != nil {
		return fmt.Errorf("write the site: %w", err)
	}
	w.ahead.wrote(len(data))
	return nil
}

func (w *writing) report() Report {
	r := Report{Removed: len(w.removed)}
	kept := slices.Clone(w.empty)
	for i, f := range w.files {
		switch w.fates[i] {
		case unchanged:
			r.Unchanged++
		case blocked:
			kept = append(kept, f.Path)
		case written:
			r.Written++
			if info := w.old.entries[f.Path]; info != nil && !info.IsDir() {
				if ours, err := w.old.ours(f.Path); err == nil && !ours {
					r.Replaced = append(r.Replaced, f.Path)
				}
			}
		}
	}
	ours := map[string]bool{}
	for _, f := range w.files {
		for dir := range ancestors(f.Path) {
			ours[dir] = true
		}
	}
	for _, path := range w.kept {
		for dir := range ancestors(path) {
			if !ours[dir] {
				path = dir + "/" // the highest folder that is all theirs
			}
		}
		kept = append(kept, path)
	}
	for i, path := range kept {
		if w.old.entries[path] != nil && w.old.entries[path].IsDir() {
			kept[i] = path + "/"
		}
	}
	slices.Sort(kept)
	r.Kept = slices.Compact(kept)
	return r
}

// manifest lists what is ours once the site is written.
func (w *writing) manifest() manifest {
	m := manifest{files: make(map[string]sum, len(w.files))}
	for i, f := range w.files {
		if w.fates[i] != blocked {
			m.files[f.Path] = w.sums[i]
		}
	}
	return m
}

// needStage makes the stage unless there is one: beside the target, where it
// can be swapped with it, else in the target.
func (w *writing) needStage() error {
	w.staging.Lock()
	defer w.staging.Unlock()
	if w.stage != nil {
		return nil
	}
	parent := filepath.Dir(w.dir)
	if w.old.exists {
		// The swap needs no right to write in the target. Whoever took that
		// right away meant it.
		if err := writable(w.dir); err != nil {
			return fmt.Errorf("write to the output folder: %w", err)
		}
	} else {
		if err := w.mkParents(parent); err != nil {
			return fmt.Errorf("make the output folder: %w", err)
		}
	}
	w.inside = w.old.exists && !canExchange
	if w.inside {
		parent = w.dir
	}
	s, err := newStage(w.disk, parent, w.old)
	if w.old.exists && !w.inside && (errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS)) {
		// A web server's folder is often the user's in one that is not.
		w.inside = true
		s, err = newStage(w.disk, w.dir, w.old)
	}
	if err != nil {
		return fmt.Errorf("write to the output folder: %w", err)
	}
	w.stage = s
	return nil
}

func (w *writing) mkParents(dir string) error {
	if _, err := os.Stat(dir); err == nil {
		return nil
	}
	if err := w.mkParents(filepath.Dir(dir)); err != nil {
		return err
	}
	if err := w.disk.Mkdir(dir, 0); errors.Is(err, fs.ErrExist) {
		return nil // made by somebody else at this moment
	} else if err != nil {
		return err
	}
	w.parents = append(w.parents, dir)
	return nil
}

// undo leaves nothing behind of a write that failed before the swap.
func (w *writing) undo() error {
	err := w.stage.discard()
	for _, dir := range slices.Backward(w.parents) {
		if w.disk.Remove(dir) != nil {
			break // somebody put something in: then it is theirs
		}
	}
	if err != nil {
		return fmt.Errorf("clear away the unfinished site: %w", err)
	}
	return nil
}
