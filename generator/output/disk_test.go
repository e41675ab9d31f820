package output

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

// quick is the machine's disk without the wait for it. It still asks that
// what is to be synced is there.
type quick struct{ realDisk }

func (quick) Sync(names []string) error {
	for _, name := range names {
		if _, err := os.Lstat(name); err != nil {
			return err
		}
	}
	return nil
}

// noExchange is a disk that cannot swap two folders.
type noExchange struct{ FS }

func (noExchange) Exchange(a, b string) error {
	return &os.LinkError{Op: "exchange", Old: a, New: b, Err: syscall.EINVAL}
}

// mountPoint is a disk on which dir is a file system of its own.
type mountPoint struct {
	FS
	dir string
}

func (m mountPoint) crosses(a, b string) bool {
	below := func(name string) bool { return strings.HasPrefix(name, m.dir+string(filepath.Separator)) }
	return below(a) != below(b)
}

func (m mountPoint) Link(old, name string) error {
	if m.crosses(old, name) {
		return &os.LinkError{Op: "link", Old: old, New: name, Err: syscall.EXDEV}
	}
	return m.FS.Link(old, name)
}

func (m mountPoint) Rename(old, name string) error {
	if m.crosses(old, name) {
		return &os.LinkError{Op: "rename", Old: old, New: name, Err: syscall.EXDEV}
	}
	return m.FS.Rename(old, name)
}

func (m mountPoint) Exchange(a, b string) error {
	return &os.LinkError{Op: "exchange", Old: a, New: b, Err: syscall.EBUSY}
}
