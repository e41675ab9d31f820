//go:build !linux && !darwin

package output

import (
	"errors"
	"os"
)

// canExchange says whether exchange is worth trying.
const canExchange = false

// exchange is a promise these systems do not make; the site is written in place.
func exchange(a, b string) error {
	return &os.LinkError{Op: "exchange", Old: a, New: b, Err: errors.ErrUnsupported}
}

// syncAll leaves folders out: they cannot be opened for writing, and Windows
// flushes only what is.
func syncAll(names []string) error {
	files := names[:0:0]
	for _, name := range names {
		if info, err := os.Lstat(name); err == nil && info.Mode().IsRegular() {
			files = append(files, name)
		}
	}
	return syncEach(files)
}

// flush does nothing: here no call brings a whole file system to disk.
func flush(string) error { return nil }

func syncFlag(string) int { return os.O_RDWR }

func mayWrite(string) error { return nil } // the first write will tell
