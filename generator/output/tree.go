package output

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
)

// A tree is what lies in a folder, found without following any link.
type tree struct {
	dir      string
	exists   bool
	entries  map[string]fs.FileInfo // by slash path; without the manifest and stages
	paths    []string               // of entries, sorted: folders before what they hold
	manifest manifest               // of the previous build; empty when there is none
	listing  []byte                 // the manifest's bytes as they are on disk
}

// readTree looks at dir. A folder that does not exist is an empty tree.
func readTree(dir string) (*tree, error) {
	t := &tree{dir: dir, entries: map[string]fs.FileInfo{}}
	if _, err := os.Lstat(dir); errors.Is(err, fs.ErrNotExist) {
		return t, nil
	}
	t.exists = true
	var err error
	if t.manifest, err = readManifest(dir); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("read %s: %w", manifestName, err)
	}
	err = filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || name == dir {
			return err
		}
		rel, err := filepath.Rel(dir, name)
		if err != nil {
			return err
		}
		path := filepath.ToSlash(rel)
		if strings.HasPrefix(path, stagePrefix) && d.IsDir() {
			return fs.SkipDir
		}
		if path == manifestName {
			t.listing, err = os.ReadFile(name)
			return err
		}
		info, err := d.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil // gone since the folder was listed
		}
		if err != nil {
			return err
		}
		t.entries[path] = info
		t.paths = append(t.paths, path)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("look at what is in the output folder: %w", err)
	}
	slices.Sort(t.paths)
	return t, nil
}

// name returns the path on disk of an entry.
func (t *tree) name(path string) string { return filepath.Join(t.dir, filepath.FromSlash(path)) }

// ours reports whether the file at path is, byte for byte, what we wrote there.
func (t *tree) ours(path string) (bool, error) {
	info, ok := t.entries[path]
	if !ok || !info.Mode().IsRegular() || !t.manifest.lists(path) {
		return false, nil
	}
	s, err := hashFile(t.name(path))
	if err != nil {
		return false, err
	}
	return t.manifest.wrote(path, s), nil
}

// readBuffers are for comparing files.
var readBuffers = sync.Pool{New: func() any {
	buf := make([]byte, 64<<10)
	return &buf
}}

// holds reports whether the file at path has exactly these bytes.
func (t *tree) holds(path string, data []byte) (bool, error) {
	info, ok := t.entries[path]
	if !ok || !info.Mode().IsRegular() || info.Size() != int64(len(data)) {
		return false, nil
	}
	f, err := os.Open(t.name(path))
	if err != nil {
		return false, err
	}
	defer f.Close()
	pooled := readBuffers.Get().(*[]byte)
	defer readBuffers.Put(pooled)
	buf := *pooled
	for {
		n, err := f.Read(buf)
		if n > len(data) || !bytes.Equal(buf[:n], data[:n]) {
			return false, nil
		}
		data = data[n:]
		if err == io.EOF {
			return len(data) == 0, nil
		}
		if err != nil {
			return false, err
		}
	}
}

func hashFile(name string) (sum, error) {
	f, err := os.Open(name)
	if err != nil {
		return sum{}, err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return sum{}, err
	}
	return sum(h.Sum(nil)), nil
}
