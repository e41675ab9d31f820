package output

import (
	"errors"
	"io/fs"
	"os"
	"syscall"
)

// An FS changes a disk. It is the whole of what Write does to one, so that a
// test can let any single step fail. Names are absolute paths.
type FS interface {
	// Mkdir makes a folder with the given permissions; 0 leaves them to the umask.
	Mkdir(name string, perm fs.FileMode) error
	// Write makes a file that was not there. After an error part of it may be.
	Write(name string, data []byte) error
	// Link gives the file old a second name. A symbolic link is linked itself.
	Link(old, name string) error
	Symlink(to, name string) error
	Rename(old, name string) error
	// Exchange swaps two folders in one step, or fails with errors.ErrUnsupported.
	Exchange(a, b string) error
	// Remove deletes a file or an empty folder.
	Remove(name string) error
	// Sync returns when the files and folders, all on one file system, would
	// survive a power cut.
	Sync(names []string) error
	// Flush does what it can towards a Sync of all that was written to the file
	// system of a folder, which may be nothing.
	Flush(dir string) error
}

// realDisk is the FS of the machine.
type realDisk struct{}

func (realDisk) Mkdir(name string, perm fs.FileMode) error {
	if perm == 0 {
		return os.Mkdir(name, 0o777)
	}
	if err := os.Mkdir(name, perm.Perm()); err != nil {
		return err
	}
	return os.Chmod(name, perm) // past the umask, and with the set-group bit of shared folders
}

func (realDisk) Write(name string, data []byte) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Close())
}

func (realDisk) Link(old, name string) error   { return os.Link(old, name) }
func (realDisk) Symlink(to, name string) error { return os.Symlink(to, name) }
func (realDisk) Rename(old, name string) error { return os.Rename(old, name) }
func (realDisk) Exchange(a, b string) error    { return exchange(a, b) }
func (realDisk) Remove(name string) error      { return os.Remove(name) }
func (realDisk) Sync(names []string) error     { return syncAll(names) }
func (realDisk) Flush(dir string) error        { return flush(dir) }

// syncEach is fsync for every name.
func syncEach(names []string) error {
	for _, name := range names {
		f, err := os.OpenFile(name, syncFlag(name), 0)
		if err != nil {
			return err
		}
		err = f.Sync()
		f.Close()
		// Folders cannot be synced everywhere; where they cannot, renames
		// need no help.
		if err != nil && !errors.Is(err, syscall.EINVAL) && !errors.Is(err, errors.ErrUnsupported) {
			return err
		}
	}
	return nil
}

// writable says why nothing may be written in dir, if so.
func writable(dir string) error {
	info, err := os.Stat(dir)
	if err != nil {
		return err
	}
	// The owner's right counts for the administrator too, who could ignore it.
	if os.PathSeparator == '/' && info.Mode().Perm()&0o200 == 0 {
		return &os.PathError{Op: "write to", Path: dir, Err: fs.ErrPermission}
	}
	return mayWrite(dir)
}

// unsupported reports whether a link or an exchange failed because this file
// system, or this corner of it, has no such thing: a mount point, a FAT disk,
// a file of somebody else. Then there is another way; all other failures are
// failures.
func unsupported(err error) bool {
	for _, e := range []error{
		errors.ErrUnsupported, syscall.EXDEV, syscall.EPERM, syscall.EBUSY,
		syscall.EMLINK, syscall.EINVAL, syscall.ENOSYS,
	} {
		if errors.Is(err, e) {
			return true
		}
	}
	return false
}
