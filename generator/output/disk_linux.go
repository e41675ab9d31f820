package output

import (
	"os"

	"golang.org/x/sys/unix"
)

// canExchange says whether exchange is worth trying.
const canExchange = true

// exchange swaps two folders of one file system atomically.
func exchange(a, b string) error {
	err := unix.Renameat2(unix.AT_FDCWD, a, unix.AT_FDCWD, b, unix.RENAME_EXCHANGE)
	if err != nil {
		return &os.LinkError{Op: "exchange", Old: a, New: b, Err: err}
	}
	return nil
}

// manyFiles is where one syncfs becomes cheaper than an fsync each: fsync was
// measured at 0.25 ms a file, syncfs at 20 ms for a thousand. For few files
// fsync is kinder, as it does not wait for what other programs have written.
const manyFiles = 64

func syncAll(names []string) error {
	if len(names) < manyFiles {
		return syncEach(names)
	}
	return flush(names[0])
}

// flush waits for a whole file system.
func flush(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := unix.Syncfs(int(f.Fd())); err != nil {
		return &os.PathError{Op: "syncfs", Path: name, Err: err}
	}
	return nil
}

func syncFlag(string) int { return os.O_RDONLY }

func mayWrite(dir string) error {
	if err := unix.Access(dir, unix.W_OK|unix.X_OK); err != nil {
		return &os.PathError{Op: "write to", Path: dir, Err: err}
	}
	return nil
}
