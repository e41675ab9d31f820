package output

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"debrief/generator/workers"
)

// Compare tells in what the folder dir differs from the site: a line for every
// file that is missing, has other bytes, or should be gone. What debrief did
// not write is no difference. No lines mean that dir holds the site. Nothing is
// written.
func Compare(ctx context.Context, dir string, files Files) (differences []string, err error) {
	if err := files.Check(); err != nil {
		return nil, err
	}
	real, err := locate(dir)
	if err != nil {
		return nil, err
	}
	t, err := readTree(real)
	if err != nil {
		return nil, err
	}
	lines := make([]string, len(files), len(files)+1)
	err = workers.Each(ctx, 0, len(files), func(i int) error {
		f := files[i]
		data, err := f.Bytes()
		if err != nil {
			return err
		}
		same, err := t.holds(f.Path, data)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("read the site: %w", err)
		}
		switch info, exists := t.entries[f.Path]; {
		case same:
		case !exists:
			lines[i] = f.Path + ": missing"
		case !info.Mode().IsRegular():
			lines[i] = f.Path + ": not a plain file"
		default:
			lines[i] = fmt.Sprintf("%s: differs (%d bytes on disk, %d built)", f.Path, info.Size(), len(data))
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	for _, path := range t.paths {
		if _, wanted := files.Get(path); !wanted && t.manifest.lists(path) {
			lines = append(lines, path+": no longer part of the site")
		}
	}
	lines = slices.DeleteFunc(lines, func(s string) bool { return s == "" })
	slices.Sort(lines)
	return lines, nil
}
