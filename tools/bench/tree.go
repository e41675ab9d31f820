package main

import (
	"crypto/sha256"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// A tree is the files of a site by path, each with the hash of its bytes.
type tree struct {
	files map[string][sha256.Size]byte
	bytes int64
}

func readTree(dir string) (tree, error) {
	t := tree{files: make(map[string][sha256.Size]byte)}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		defer f.Close()
		h := sha256.New()
		n, err := io.Copy(h, f)
		t.bytes += n
		t.files[relative(dir, name)] = [sha256.Size]byte(h.Sum(nil))
		return err
	})
	return t, err
}

// same holds that two folders have the same files with the same bytes.
func same(one, other string) error {
	a, err := readTree(one)
	if err != nil {
		return err
	}
	b, err := readTree(other)
	if err != nil {
		return err
	}
	for path, sum := range a.files {
		if b.files[path] != sum {
			return fmt.Errorf("%s differs between %s and %s", path, one, other)
		}
	}
	if len(a.files) != len(b.files) {
		return fmt.Errorf("%s has %d files, %s %d", one, len(a.files), other, len(b.files))
	}
	return nil
}
