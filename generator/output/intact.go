package output

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"debrief/generator/workers"
)

// A Stamp names a written site: the digest of its manifest, and so of every
// file that debrief wrote.
type Stamp [sha256.Size]byte

func (m manifest) stamp() Stamp { return sha256.Sum256(m.encode()) }

// Intact reads the whole site in dir and returns its stamp. It fails when a
// file of it is missing or not, byte for byte, what was written; when another
// build is at it; and when one that was killed has left something behind.
func Intact(ctx context.Context, dir string, o Options) (Stamp, error) {
	real, err := locate(dir)
	if err != nil {
		return Stamp{}, err
	}
	o.Wait = false
	release, err := lock(ctx, dir, real, o)
	if err != nil {
		return Stamp{}, err
	}
	defer release()
	for _, parent := range []string{filepath.Dir(real), real} {
		entries, err := os.ReadDir(parent)
		if err != nil && !errors.Is(err, fs.ErrPermission) {
			return Stamp{}, err
		}
		for _, e := range entries {
			if strings.HasPrefix(e.Name(), stageNames(real)) {
				return Stamp{}, fmt.Errorf("%s was left by a build that was killed", e.Name())
			}
		}
	}
	m, err := readManifest(real)
	if err != nil {
		return Stamp{}, err
	}
	if len(m.pending) > 0 {
		return Stamp{}, errors.New("a write in place was killed")
	}
	paths := make([]string, 0, len(m.files))
	for path := range m.files {
		paths = append(paths, path)
	}
	err = workers.Each(ctx, o.Workers, len(paths), func(i int) error {
		name := filepath.Join(real, filepath.FromSlash(paths[i]))
		info, err := os.Lstat(name)
		if err != nil {
			return err
		}
		if !info.Mode().IsRegular() {
			return fmt.Errorf("%s is no plain file", paths[i])
		}
		s, err := hashFile(name)
		if err == nil && !m.wrote(paths[i], s) {
			err = fmt.Errorf("%s has been changed", paths[i])
		}
		return err
	})
	return m.stamp(), err
}
