package cache

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"
)

func key(s string) Key { return sha256.Sum256([]byte(s)) }

func open(t testing.TB, dir string) *Cache {
	t.Helper()
	c, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

// holds checks what a cache has under the key of a name.
func holds(t testing.TB, c *Cache, name, want string) {
	t.Helper()
	if got := string(c.Get(key(name))); got != want {
		t.Errorf("%s is %.40q, want %.40q", name, got, want)
	}
}

func TestKeptBetweenRuns(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a", "b")
	c := open(t, dir)
	for i := range 1000 {
		c.Put(key(fmt.Sprint(i)), fmt.Append(nil, "value ", i))
	}
	c.Put(key("7"), []byte("seven"))
	holds(t, c, "7", "seven")
	holds(t, c, "none", "")
	if err := c.Save(); err != nil {
		t.Fatal(err)
	}
	again := open(t, dir)
	for i := range 1000 {
		if i != 7 {
			holds(t, again, fmt.Sprint(i), fmt.Sprint("value ", i))
		}
	}
	holds(t, again, "7", "seven")
	holds(t, again, "none", "")

	// What is known already is not written again, what is new is.
	was := files(t, dir)
	if err := again.Save(); err != nil || !sameFiles(was, files(t, dir)) {
		t.Errorf("saved without news: %v", err)
	}
	again.Put(key("new"), []byte("new"))
	if err := again.Save(); err != nil || sameFiles(was, files(t, dir)) {
		t.Errorf("news was not saved: %v", err)
	}
	holds(t, open(t, dir), "new", "new")
	holds(t, open(t, dir), "8", "value 8")
}

func TestWithoutFolder(t *testing.T) {
	var none *Cache
	none.Put(key("a"), []byte("a"))
	holds(t, none, "a", "")
	c := New()
	c.Put(key("a"), []byte("a"))
	holds(t, c, "a", "a")
	for _, c := range []*Cache{none, c} {
		if err := c.Save(); err != nil {
			t.Error(err)
		}
		c.Close()
	}
}

// TestOnlyTheUser holds that nobody else can read or write what is kept, and
// that a folder of others is not used.
func TestOnlyTheUser(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("modes are those of Unix")
	}
	dir := filepath.Join(t.TempDir(), "cache")
	c := open(t, dir)
	c.Put(key("a"), []byte("a"))
	if err := c.Save(); err != nil {
		t.Fatal(err)
	}
	for path, f := range files(t, dir) {
		if f.mode.Perm() != 0o600 && !f.mode.IsDir() || f.mode.IsDir() && f.mode.Perm() != 0o700 {
			t.Errorf("%s has the mode %v", path, f.mode)
		}
	}
	for _, mode := range []fs.FileMode{0o750, 0o702, 0o777} {
		if err := os.Chmod(dir, mode); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(dir); err == nil || !strings.Contains(err.Error(), "not the user's alone") {
			t.Errorf("a folder with the mode %v: %v", mode, err)
		}
	}
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(file); err == nil {
		t.Error("a file was opened as a folder")
	}
}

// TestSpoilt changes every byte of a pack in turn, cuts it off everywhere, and
// puts other things in its place: nothing of it is believed, and the next run
// has it whole again.
func TestSpoilt(t *testing.T) {
	dir := t.TempDir()
	os.Chmod(dir, 0o700)
	fill := func() *Cache {
		c := open(t, dir)
		c.Put(key("a"), []byte("one"))
		if err := c.Save(); err != nil {
			t.Fatal(err)
		}
		return c
	}
	fill()
	name := filepath.Join(dir, packName(int(key("a")[0])*packs>>8))
	good, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	write := func(data []byte) {
		if err := os.WriteFile(name, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for i := range good {
		bad := bytes.Clone(good)
		bad[i] ^= 0x20
		write(bad)
		holds(t, open(t, dir), "a", "")
		write(good[:i])
		holds(t, open(t, dir), "a", "")
	}
	fill()
	holds(t, open(t, dir), "a", "one")

	outside := filepath.Join(t.TempDir(), "outside")
	if err := os.WriteFile(outside, good, 0o600); err != nil {
		t.Fatal(err)
	}
	for what, put := range map[string]func() error{
		"a folder":                func() error { return os.Mkdir(name, 0o700) },
		"a link to another place": func() error { return os.Symlink(outside, name) },
		"something huge":          func() error { return os.WriteFile(name, make([]byte, 3*maxPack), 0o600) },
	} {
		os.RemoveAll(name)
		if err := put(); err != nil {
			t.Fatal(err)
		}
		holds(t, open(t, dir), "a", "")
		c := open(t, dir)
		c.Put(key("a"), []byte("one"))
		if err := c.Save(); what != "a folder" && err != nil {
			t.Errorf("saved over %s: %v", what, err)
		}
	}
	if now, err := os.ReadFile(outside); err != nil || !bytes.Equal(now, good) {
		t.Error("something outside of the folder was written to")
	}

	// Left over by a run that was killed.
	os.RemoveAll(name)
	if err := os.WriteFile(name+".new", []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	fill()
	holds(t, open(t, dir), "a", "one")
	if _, err := os.Lstat(name + ".new"); err == nil {
		t.Error("the half written file is still there")
	}
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	c := fill()
	os.RemoveAll(dir)
	c.Put(key("b"), []byte("b"))
	if err := c.Save(); err == nil || !strings.HasPrefix(err.Error(), "write the cache: ") {
		t.Errorf("saved to a folder that is gone: %v", err)
	}
	holds(t, c, "b", "b")
}

// TestBounded keeps more than there is room for: old things go, and files stay
// small.
func TestBounded(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "cache")
	value := bytes.Repeat([]byte{1}, 4000)
	for round := range 3 {
		c := open(t, dir)
		for i := range 3 * packs * maxPack / len(value) / 2 {
			c.Put(key(fmt.Sprint(round, i)), value)
		}
		c.Put(key("large"), make([]byte, maxKept+1))
		holds(t, c, "large", "")
		if err := c.Save(); err != nil {
			t.Fatal(err)
		}
	}
	total := int64(0)
	for path, f := range files(t, dir) {
		if !f.mode.IsDir() && f.size > maxPack {
			t.Errorf("%s is %d bytes", path, f.size)
		}
		total += f.size
	}
	if total < packs*maxPack/3 {
		t.Errorf("only %d bytes are kept of %d allowed", total, packs*maxPack)
	}
}

// TestLargestFits holds that a pack which has just made room takes what is as
// large as may be, and is within its limit then.
func TestLargestFits(t *testing.T) {
	for _, size := range []int{maxKept - perKept, maxKept - perKept + 1, maxKept} {
		c := New()
		p := c.pack(key("a"))
		p.entries[key("used")] = &entry{make([]byte, maxPack-maxKept-perKept), true}
		p.entries[key("unused")] = &entry{make([]byte, maxKept-perKept), false}
		p.size = maxPack
		p.mu.Unlock()
		c.Put(key("a"), make([]byte, size))
		if len(p.entries) != 2 || p.size > maxPack {
			t.Errorf("with %d bytes more: %d entries of %d bytes, at most %d", size, len(p.entries), p.size, maxPack)
		}
	}
}

// TestUsedIsKept holds that what a run uses outlives what it does not.
func TestUsedIsKept(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "cache")
	value := bytes.Repeat([]byte{1}, 1000)
	c := open(t, dir)
	for i := range packs * maxPack / len(value) / 3 {
		c.Put(key(fmt.Sprint("old", i)), value)
	}
	if err := c.Save(); err != nil {
		t.Fatal(err)
	}
	c = open(t, dir)
	for i := range 100 {
		c.Get(key(fmt.Sprint("old", i)))
	}
	for i := range packs * maxPack / len(value) * 4 / 5 {
		c.Put(key(fmt.Sprint("new", i)), value)
	}
	for i := range 100 {
		holds(t, c, fmt.Sprint("old", i), string(value))
	}
	gone := 0
	for i := range 1000 {
		if c.Get(key(fmt.Sprint("old", 1000+i))) == nil {
			gone++
		}
	}
	if gone < 900 {
		t.Errorf("only %d of 1000 unused values are gone", gone)
	}
}

// TestTogether runs several users of one cache, and of one folder.
func TestTogether(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "cache")
	shared := open(t, dir)
	var wg sync.WaitGroup
	for g := range 4 {
		own := open(t, dir)
		wg.Go(func() {
			for i := range 500 {
				name := fmt.Sprint(i)
				for _, c := range []*Cache{shared, own} {
					if got := c.Get(key(name)); got != nil && string(got) != name {
						t.Errorf("%s is %q", name, got)
					}
					c.Put(key(name), []byte(name))
				}
				if i%100 == g {
					// Others write the same files: one of them wins.
					own.Save()
					shared.Save()
				}
			}
		})
	}
	wg.Wait()
	c := open(t, dir)
	for i := range 500 {
		if got := c.Get(key(fmt.Sprint(i))); got != nil && string(got) != fmt.Sprint(i) {
			t.Errorf("%d is %q", i, got)
		}
	}
}

// TestPackRoundTrip holds that what a pack writes, it reads.
func TestPackRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := pack{entries: map[Key]*entry{}}
		for _, v := range rapid.SliceOf(rapid.SliceOfN(rapid.Byte(), 0, 300)).Draw(t, "values") {
			p.entries[sha256.Sum256(v)] = &entry{value: v}
		}
		var q pack
		q.take(p.bytes())
		if len(p.entries) != len(q.entries) || !bytes.Equal(p.bytes(), q.bytes()) {
			t.Fatalf("wrote %d entries, read %d", len(p.entries), len(q.entries))
		}
	})
}

// FuzzPack reads anything as a pack whose digest is right.
func FuzzPack(f *testing.F) {
	p := pack{entries: map[Key]*entry{key("a"): {value: []byte("one")}, key("b"): {value: nil}}}
	f.Add(p.bytes()[len(heading)+sha256.Size:])
	f.Add([]byte{})
	f.Add(append(make([]byte, len(Key{})), 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01))
	f.Fuzz(func(t *testing.T, rest []byte) {
		sum := sha256.Sum256(rest)
		var p pack
		p.take(append(append([]byte(heading), sum[:]...), rest...))
		n := 0
		for _, e := range p.entries {
			n += len(e.value) + perKept
		}
		if n != p.size || n > maxPack {
			t.Errorf("%d entries of %d bytes are counted as %d", len(p.entries), n, p.size)
		}
	})
}

type file struct {
	mode fs.FileMode
	size int64
	sum  Key
}

func files(t *testing.T, dir string) map[string]file {
	t.Helper()
	found := make(map[string]file)
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		f := file{mode: info.Mode()}
		if !d.IsDir() {
			data, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			f.size, f.sum = info.Size(), sha256.Sum256(data)
		}
		found[path] = f
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func sameFiles(a, b map[string]file) bool {
	if len(a) != len(b) {
		return false
	}
	for path, f := range a {
		if b[path] != f {
			return false
		}
	}
	return true
}
