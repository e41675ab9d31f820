package output

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// inNamespace runs the test once more in a process that may mount file systems
// of its own, and reports whether this is that process. What it mounts is gone
// with it.
func inNamespace(t *testing.T) bool {
	t.Helper()
	if os.Getenv("DEBRIEF_TEST_NAMESPACE") != "" {
		return true
	}
	self, err := os.Executable()
	must(t, err)
	child := exec.Command(self, "-test.run=^"+t.Name()+"$", "-test.v")
	child.Env = append(os.Environ(), "DEBRIEF_TEST_NAMESPACE=1")
	child.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags:  syscall.CLONE_NEWUSER | syscall.CLONE_NEWNS,
		UidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}},
		GidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}},
	}
	out, err := child.CombinedOutput()
	var exit *exec.ExitError
	switch {
	case err != nil && !errors.As(err, &exit):
		t.Skip("this system lets nobody mount file systems of their own:", err)
	case err != nil:
		t.Errorf("%s", out)
	case strings.Contains(string(out), "--- SKIP"):
		t.Skipf("%s", out)
	default:
		t.Logf("%s", out)
	}
	return false
}

// mount puts a file system in memory at dir.
func mount(t *testing.T, dir, options string) {
	t.Helper()
	must(t, os.MkdirAll(dir, 0o755))
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, options); err != nil {
		t.Skip("this system lets nobody mount file systems of their own:", err)
	}
	t.Cleanup(func() { syscall.Unmount(dir, syscall.MNT_DETACH) })
}

// A disk of every size that is too small: the old site stays whole, the message
// says why, and once there is room the next build needs no help.
func TestFullDisk(t *testing.T) {
	if !inNamespace(t) {
		return
	}
	large := func(text string) Files {
		var files Files
		for i := range 20 {
			files = append(files, page(fmt.Sprintf("%02d/page.html", i), strings.Repeat(text, 3000)))
		}
		return append(files, page("index.html", text))
	}
	before, after := large("old"), large("new")
	for _, kind := range []struct {
		name, options string
		fill          func(dir string, k int) error // leaves room for k times something
		steps         int
	}{
		{"bytes", "size=1m", func(dir string, k int) error {
			return fillUp(filepath.Join(dir, "filler"), 12*k<<10)
		}, 30},
		{"inodes", "size=4m,nr_inodes=120", func(dir string, k int) error {
			must(t, os.Mkdir(filepath.Join(dir, "filler"), 0o755))
			var made []string
			for i := 0; ; i++ {
				name := filepath.Join(dir, "filler", fmt.Sprint(i))
				if err := os.WriteFile(name, nil, 0o644); errors.Is(err, syscall.ENOSPC) {
					break
				} else if err != nil {
					return err
				}
				made = append(made, name)
			}
			for _, name := range made[:min(3*k, len(made))] {
				if err := os.Remove(name); err != nil {
					return err
				}
			}
			return nil
		}, 30},
	} {
		refused, built := 0, 0
		for k := range kind.steps {
			top := t.TempDir()
			mount(t, top, kind.options)
			dir := filepath.Join(top, "site")
			o := Options{Locks: t.TempDir()}
			_, err := Write(context.Background(), dir, before, o)
			must(t, err)
			lay(t, dir, foreign)
			must(t, kind.fill(top, k))
			_, err = Write(context.Background(), dir, after, o)
			switch got := look(t, dir); {
			case err == nil && maps.Equal(got, with(after, foreign)):
				built++
			case errors.Is(err, syscall.ENOSPC) && maps.Equal(got, with(before, foreign)):
				refused++
				if !strings.Contains(err.Error(), "no space left on device") {
					t.Errorf("%s, step %d: %v", kind.name, k, err)
				}
				leftBeside(t, top)
			default:
				t.Errorf("%s, step %d: %v, and the site is neither old nor new: %v", kind.name, k, err, got)
			}
			must(t, os.RemoveAll(filepath.Join(top, "filler")))
			_, err = Write(context.Background(), dir, after, o)
			must(t, err)
			sameFolder(t, "once there is room", dir, with(after, foreign))
			leftBeside(t, top)
		}
		t.Logf("%s: refused %d times, built %d times", kind.name, refused, built)
		if refused < 5 || built < 5 {
			t.Errorf("%s: refused %d times and built %d times, want both", kind.name, refused, built)
		}
	}
}

// fillUp writes to a file until the disk is full, and takes room bytes back.
func fillUp(name string, room int) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer f.Close()
	size, block := 0, make([]byte, 4096)
	for {
		n, err := f.Write(block)
		size += n
		if errors.Is(err, syscall.ENOSPC) {
			return f.Truncate(int64(max(size-room, 0)))
		}
		if err != nil {
			return err
		}
	}
}

// leftBeside reports what a build left beside the site.
func leftBeside(t *testing.T, top string) {
	t.Helper()
	entries, err := os.ReadDir(top)
	must(t, err)
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), stagePrefix) {
			t.Errorf("%s is left beside the site", e.Name())
		}
	}
}

// A disk that may only be read, and a site that is a disk of its own.
func TestOtherFileSystems(t *testing.T) {
	if !inNamespace(t) {
		return
	}
	top := t.TempDir()
	mount(t, top, "size=4m")
	dir := filepath.Join(top, "site")
	o := Options{Locks: t.TempDir()}
	_, err := Write(context.Background(), dir, oldSite, o)
	must(t, err)
	lay(t, dir, foreign)
	if err := syscall.Mount("", top, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Skip("cannot be made read-only:", err)
	}
	if _, err = Write(context.Background(), dir, newSite, o); !errors.Is(err, syscall.EROFS) {
		t.Errorf("Write to a read-only disk = %v, want %v", err, syscall.EROFS)
	}
	if _, err = Write(context.Background(), dir, oldSite, o); err != nil {
		t.Errorf("Write of nothing new to a read-only disk = %v", err)
	}
	sameFolder(t, "the read-only site", dir, with(oldSite, foreign))
	leftBeside(t, top)

	top = t.TempDir()
	dir = filepath.Join(top, "site")
	mount(t, dir, "size=4m")
	for _, files := range []Files{oldSite, newSite, oldSite} {
		_, err = Write(context.Background(), dir, files, o)
		must(t, err)
		if len(look(t, dir)) == len(files) {
			lay(t, dir, foreign)
		}
		sameFolder(t, "a site that is a disk of its own", dir, with(files, foreign))
		leftBeside(t, top)
		leftBeside(t, dir)
	}
	_, err = Write(context.Background(), dir, Files{page("index.html", strings.Repeat("x", 8<<20))}, o)
	if !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("Write of more than fits = %v", err)
	}
	sameFolder(t, "after a build that did not fit", dir, with(oldSite, foreign))
	leftBeside(t, top)
	leftBeside(t, dir)
}
