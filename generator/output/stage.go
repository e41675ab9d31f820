package output

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

// stagePrefix begins the names of the folders in which a new site grows. The
// leading dot keeps them out of the notes and out of the watcher's sight.
const stagePrefix = ".debrief-stage-"

// draftName is a file in a stage that says: all in here is ours or has another
// name in the site, so the whole stage may be deleted. It goes right before the
// swap, for afterwards the stage holds the old site, with whatever its owner
// put into it.
const draftName = "draft"

// treeName is the folder in a stage that becomes the site.
const treeName = "tree"

// A stage is a folder on the file system of the site, in which the new site is
// made ready.
type stage struct {
	disk FS
	dir  string // holds the draft mark and the tree
	tree string // becomes the site
	old  *tree  // whose permissions folders inherit

	mu   sync.Mutex
	made map[string]bool // folders of the tree that exist, by slash path
}

// stageNames is how the names of all stages of a site begin.
func stageNames(site string) string {
	key := sha256.Sum256([]byte(fold(filepath.Base(site))))
	return stagePrefix + hex.EncodeToString(key[:4]) + "-"
}

// newStage makes a stage in the folder parent.
func newStage(disk FS, parent string, old *tree) (*stage, error) {
	name := fmt.Sprintf("%s%08x", stageNames(old.dir), rand.Uint32())
	s := &stage{disk: disk, dir: filepath.Join(parent, name), old: old, made: map[string]bool{}}
	s.tree = filepath.Join(s.dir, treeName)
	if err := disk.Mkdir(s.dir, 0o700); err != nil { // nobody else reads a half-made site
		return nil, err
	}
	err := disk.Write(filepath.Join(s.dir, draftName), nil)
	if err == nil {
		err = disk.Mkdir(s.tree, s.old.perm("."))
	}
	if err != nil {
		return nil, errors.Join(err, s.discard())
	}
	return s, nil
}

// perm returns the permissions of the old tree's folder at path, 0 if there
// was none. Its owner can always write, or the stage could not be filled.
func (t *tree) perm(path string) fs.FileMode {
	info, ok := t.entries[path]
	if path == "." {
		var err error
		info, err = os.Stat(t.dir)
		ok = err == nil
	}
	if !ok || !info.IsDir() {
		return 0
	}
	return info.Mode()&(fs.ModePerm|fs.ModeSetgid|fs.ModeSticky) | 0o700
}

// name returns where the file at path grows, and makes the folders above it.
func (s *stage) name(path string) (string, error) {
	if i := strings.LastIndexByte(path, '/'); i >= 0 {
		if err := s.mkdir(path[:i]); err != nil {
			return "", err
		}
	}
	return filepath.Join(s.tree, filepath.FromSlash(path)), nil
}

func (s *stage) mkdir(path string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.mkdirLocked(path)
}

func (s *stage) mkdirLocked(path string) error {
	if s.made[path] {
		return nil
	}
	if i := strings.LastIndexByte(path, '/'); i >= 0 {
		if err := s.mkdirLocked(path[:i]); err != nil {
			return err
		}
	}
	if err := s.disk.Mkdir(filepath.Join(s.tree, filepath.FromSlash(path)), s.old.perm(path)); err != nil {
		return err
	}
	s.made[path] = true
	return nil
}

func (s *stage) write(path string, data []byte) error {
	name, err := s.name(path)
	if err != nil {
		return err
	}
	return s.disk.Write(name, data)
}

// keep gives what lies at path in the old tree a second name in the new one.
// Nothing is copied, however large it is.
func (s *stage) keep(path string) error {
	name, err := s.name(path)
	if err != nil {
		return err
	}
	if s.old.entries[path].Mode().Type() == fs.ModeSymlink {
		to, err := os.Readlink(s.old.name(path))
		if err != nil {
			return err
		}
		return s.disk.Symlink(to, name)
	}
	return s.disk.Link(s.old.name(path), name)
}

// discard deletes a stage that has not become the site. The draft mark goes
// last, or comes back first: what a kill leaves of the tree must not be taken
// for an old site.
func (s *stage) discard() error {
	if s == nil {
		return nil
	}
	mark := filepath.Join(s.dir, draftName)
	if _, err := os.Lstat(mark); errors.Is(err, fs.ErrNotExist) {
		if err := s.disk.Write(mark, nil); err != nil {
			return err
		}
	}
	return discardDraft(s.disk, s.dir)
}

func discardDraft(disk FS, dir string) error {
	if err := removeAll(disk, filepath.Join(dir, treeName)); err != nil {
		return err
	}
	return removeAll(disk, dir)
}

// removeAll deletes a folder and all in it, following no links.
func removeAll(disk FS, dir string) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, e := range entries {
		name := filepath.Join(dir, e.Name())
		if e.IsDir() {
			err = removeAll(disk, name)
		} else {
			err = disk.Remove(name)
		}
		if err != nil {
			return err
		}
	}
	return disk.Remove(dir)
}
