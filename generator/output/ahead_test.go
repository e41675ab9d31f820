package output

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
)

// flushed is a disk that counts flushes, and may be unable to.
type flushed struct {
	quick
	times atomic.Int32
	err   error
}

func (f *flushed) Flush(string) error {
	f.times.Add(1)
	return f.err
}

// largeSite is of pages with so much on them, and a file made of these.
func largeSite(pages, size int) Files {
	var files Files
	text := []byte(strings.Repeat("x", size))
	for i := range pages {
		files = append(files, File{Path: "p" + string(rune('a'+i)) + ".html", Draw: func() ([]byte, error) { return text, nil }})
	}
	files = append(files, File{Path: "search.js", Last: true, Draw: func() ([]byte, error) { return []byte("all"), nil }})
	files.Sort()
	return files
}

// TestMuchIsFlushedAhead holds that a large site is on its way to the disk
// before its last files are drawn, and that the disk is left alone for a small
// one, or one that is there already.
func TestMuchIsFlushedAhead(t *testing.T) {
	for _, c := range []struct {
		pages, size int
		want        int32
	}{{9, 1 << 20, 1}, {9, 1 << 10, 0}, {3, flushEvery, 3}} {
		disk, dir := &flushed{}, t.TempDir()+"/site"
		files := largeSite(c.pages, c.size)
		o := Options{FS: disk, Workers: 1, Locks: t.TempDir()}
		if _, err := Write(context.Background(), dir, files, o); err != nil {
			t.Fatal(err)
		}
		// While one flush runs, no other begins.
		if got := disk.times.Load(); got > c.want || got < min(c.want, 1) {
			t.Errorf("%d pages of %d bytes: flushed %d times, want %d at most", c.pages, c.size, got, c.want)
		}
		before := disk.times.Load()
		if _, err := Write(context.Background(), dir, files, o); err != nil || disk.times.Load() != before {
			t.Errorf("written again: %v, flushed %d times more", err, disk.times.Load()-before)
		}
	}
}

// TestFlushMayBeUnknown holds that a file system without such a call is written
// as well.
func TestFlushMayBeUnknown(t *testing.T) {
	_, err := Write(context.Background(), t.TempDir()+"/site", largeSite(9, 1<<20), Options{FS: &flushed{err: syscall.ENOSYS}, Locks: t.TempDir()})
	if err != nil {
		t.Error(err)
	}
}

// TestFlushMayFail holds that what the disk says of a flush is said, and that
// nothing is left behind then.
func TestFlushMayFail(t *testing.T) {
	full, dir := errors.New("input/output error"), t.TempDir()
	_, err := Write(context.Background(), dir+"/site", largeSite(9, 1<<20), Options{FS: &flushed{err: full}, Locks: t.TempDir()})
	if !errors.Is(err, full) {
		t.Errorf("got %v", err)
	}
	sameFolder(t, "after a flush that failed", dir, folder{})
}
