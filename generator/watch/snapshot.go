package watch

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// A mark is how one looks at a file from outside to see whether it changed.
type mark struct {
	size  int64
	mtime int64 // ns
	mode  fs.FileMode
}

// A snapshot is all files and folders below the roots, by path. Folders have
// a mark that never changes: what matters of them is what they hold.
type snapshot map[string]mark

var folderMark = mark{mode: fs.ModeDir}

func markOf(info fs.FileInfo) mark {
	if info.IsDir() {
		return folderMark
	}
	return mark{info.Size(), info.ModTime().UnixNano(), info.Mode()}
}

// take walks over root. A root may be a symbolic link; links below it are not
// followed. What cannot be read is left out: it is as good as gone.
func (s snapshot) take(root string, ignore func(string, bool) bool) {
	if info, err := os.Stat(root); err != nil || !info.IsDir() {
		return
	}
	s[root] = folderMark
	s.walk(root, ignore)
}

func (s snapshot) walk(dir string, ignore func(string, bool) bool) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return
	}
	for _, e := range entries {
		path := filepath.Join(dir, e.Name())
		if ignore(path, e.IsDir()) {
			continue
		}
		info, err := e.Info()
		if err != nil {
			continue
		}
		s[path] = markOf(info)
		if info.IsDir() {
			s.walk(path, ignore)
		}
	}
}

// diff returns the paths that differ between two snapshots, in no order.
func (s snapshot) diff(next snapshot) (paths []string) {
	for path, was := range s {
		if now, ok := next[path]; !ok || now != was {
			paths = append(paths, path)
		}
	}
	for path := range next {
		if _, ok := s[path]; !ok {
			paths = append(paths, path)
		}
	}
	return paths
}

// forget drops path and all below it.
func (s snapshot) forget(path string) {
	was, ok := s[path]
	delete(s, path)
	if !ok || was != folderMark {
		return
	}
	for p := range s {
		if below(p, path) {
			delete(s, p)
		}
	}
}

// below reports whether path lies somewhere in dir.
func below(path, dir string) bool {
	rest, ok := strings.CutPrefix(path, dir)
	return ok && rest != "" && (rest[0] == filepath.Separator || dir[len(dir)-1] == filepath.Separator)
}
