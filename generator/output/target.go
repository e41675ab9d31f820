package output

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

// A TargetError says that a folder must not be written to, and why. Nothing
// has been touched. It is the user's choice of folder that is wrong, not the
// machine.
type TargetError struct {
	Dir    string // as given
	Reason string // what is wrong and the way out, to be read after the folder's name
}

func (e *TargetError) Error() string { return fmt.Sprintf("output folder %s %s", e.Dir, e.Reason) }

// CheckTarget refuses folders in which a build could do harm, before anything
// is built: one that equals or holds the notes (content, may be ""), the root
// of a disk, the home folder, a file, and a folder with something in it that
// debrief did not write. A folder below the notes is fine, and so is one that
// holds nothing but files with a leading dot, such as a .gitignore.
//
// The error is a *TargetError, or says what could not be read.
func CheckTarget(dir, content string) error {
	real, err := locate(dir)
	if err != nil {
		return err
	}
	refuse := func(reason string) error { return &TargetError{Dir: dir, Reason: reason} }
	if filepath.Dir(real) == real {
		return refuse("is the root of the disk; choose a folder of its own for the site")
	}
	if content != "" {
		notes, err := locate(content)
		if err != nil {
			return err
		}
		switch depth := depthBelow(notes, real); {
		case depth == 0:
			return refuse("is the folder of the notes; choose another for the site")
		case depth > 0:
			return refuse("holds the folder of the notes; choose another for the site")
		}
	}
	if home, err := os.UserHomeDir(); err == nil {
		if home, err = locate(home); err == nil {
			switch depth := depthBelow(home, real); {
			case depth == 0:
				return refuse("is your home folder; choose a folder of its own for the site")
			case depth > 0:
				return refuse("holds your home folder; choose a folder of its own for the site")
			}
		}
	}

	info, err := os.Stat(real)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("look at the output folder: %w", err)
	}
	if !info.IsDir() {
		return refuse("is not a folder; remove it or choose another")
	}
	switch _, err := readManifest(real); {
	case err == nil:
		return nil
	case !errors.Is(err, fs.ErrNotExist):
		return refuse(fmt.Sprintf("has a %s that cannot be understood (%v); restore that file, or empty the folder yourself", manifestName, err))
	}
	entries, err := os.ReadDir(real)
	if err != nil {
		return fmt.Errorf("look at the output folder: %w", err)
	}
	for _, e := range entries {
		if !countsAsNothing(e) {
			return refuse(fmt.Sprintf("holds %q, which debrief did not write; choose another folder, or empty it yourself", e.Name()))
		}
	}
	return nil
}

// countsAsNothing reports whether a folder with only such entries is as good
// as empty. They survive the build.
func countsAsNothing(e fs.DirEntry) bool {
	if strings.HasPrefix(e.Name(), stagePrefix) {
		return true // left behind by a killed run in a folder that cannot be swapped
	}
	return strings.HasPrefix(e.Name(), ".") && e.Type().IsRegular() && !strings.EqualFold(e.Name(), ".git")
}

// locate returns the absolute path behind dir, all symbolic links of the part
// that exists resolved.
func locate(dir string) (string, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return "", fmt.Errorf("find %s: %w", dir, err)
	}
	rest := ""
	for p := abs; ; p = filepath.Dir(p) {
		real, err := filepath.EvalSymlinks(p)
		switch {
		case err == nil:
			if info, err := os.Stat(real); rest != "" && err == nil && !info.IsDir() {
				return "", &TargetError{Dir: dir, Reason: fmt.Sprintf("would lie in %s, which is not a folder", filepath.Base(p))}
			}
			return filepath.Join(real, rest), nil
		case !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, syscall.ENOTDIR):
			return "", fmt.Errorf("find %s: %w", dir, err)
		}
		if _, err := os.Lstat(p); err == nil {
			return "", &TargetError{Dir: dir, Reason: "is a symbolic link that leads nowhere; remove it or choose another folder"}
		}
		if filepath.Dir(p) == p {
			return "", fmt.Errorf("find %s: %w", dir, err)
		}
		rest = filepath.Join(filepath.Base(p), rest)
	}
}

// depthBelow returns how many steps path lies below dir, 0 when it is dir, and
// -1 when it is not there. Folders are compared by identity as well as by
// name: case-blind file systems and bind mounts spell one folder in two ways.
func depthBelow(path, dir string) int {
	want, _ := os.Stat(dir)
	for depth := 0; ; depth++ {
		if path == dir {
			return depth
		}
		if want != nil {
			if info, err := os.Stat(path); err == nil && os.SameFile(info, want) {
				return depth
			}
		}
		up := filepath.Dir(path)
		if up == path {
			return -1
		}
		path = up
	}
}
