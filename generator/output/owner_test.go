package output

import (
	"context"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"syscall"
	"testing"
)

// moment is a disk on which something happens right before the swap, and
// which may break down right after it.
type moment struct {
	quick
	before func()
	breaks bool
	broken *bool
}

func (m moment) Exchange(a, b string) error {
	m.before()
	err := m.quick.Exchange(a, b)
	*m.broken = m.breaks
	return err
}

func (m moment) Rename(old, name string) error {
	if *m.broken {
		return syscall.EIO
	}
	return m.quick.Rename(old, name)
}

func (m moment) Remove(name string) error {
	if *m.broken {
		return syscall.EIO
	}
	return m.quick.Remove(name)
}

// What the owner does while the site is being swapped is not lost, not even
// when the build is cut short right after.
func TestOwnerAtWorkDuringTheSwap(t *testing.T) {
	if !canExchange {
		t.Skip("no swap on this system")
	}
	for _, breaks := range []bool{false, true} {
		dir := filepath.Join(scratch(t), "site")
		write(t, dir, oldSite)
		lay(t, dir, folder{"mine.txt": "1", "saved.txt": "1"})
		o := options(dir)
		o.FS = moment{breaks: breaks, broken: new(bool), before: func() {
			lay(t, dir, folder{"late/new.txt": "late", "mine.txt": "2"})
			if !breaks {
				// An editor saves by rename: the name now means another file.
				lay(t, dir, folder{"saved.tmp": "2"})
				must(t, os.Rename(filepath.Join(dir, "saved.tmp"), filepath.Join(dir, "saved.txt")))
			}
		}}
		_, err := Write(context.Background(), dir, newSite, o)
		want := with(newSite, folder{"late/new.txt": "late", "mine.txt": "2", "saved.txt": "2"})
		if breaks {
			if err == nil {
				t.Error("a disk that broke down was not reported")
			}
			want["saved.txt"] = "1"
			write(t, dir, newSite)
		} else {
			must(t, err)
		}
		sameFolder(t, "the site", dir, want)
		alone(t, "the site", dir)
	}
}

// Random sites and random edits in the output: a page is what the site says,
// all else is what its owner says.
func TestRandomEditsInTheOutput(t *testing.T) {
	paths := []string{"a.html", "b.html", "d/x.html", "d/y.html", "e/f/z.html", "index.html", "robots.txt"}
	for name, disk := range map[string]func(dir string) FS{
		"swap":        func(string) FS { return quick{} },
		"in place":    func(string) FS { return noExchange{quick{}} },
		"mount point": func(dir string) FS { return mountPoint{quick{}, dir} },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			random := rand.New(rand.NewPCG(7, uint64(len(name))))
			dir := filepath.Join(scratch(t), "site")
			o := options(dir)
			o.FS = disk(dir)
			onDisk, ours := folder{}, folder{}
			for round := range 60 {
				for range random.IntN(3) {
					path := paths[random.IntN(len(paths))]
					if random.IntN(3) == 0 {
						os.Remove(filepath.Join(dir, path))
						delete(onDisk, path)
					} else if round > 0 {
						text := "by hand " + strconv.Itoa(random.IntN(3))
						lay(t, dir, folder{path: text})
						onDisk[path] = text
					}
				}
				pages := folder{}
				for _, path := range paths {
					if random.IntN(3) > 0 {
						pages[path] = "page " + strconv.Itoa(random.IntN(3))
					}
				}

				want, wrote := folder{}, folder{}
				for path, text := range onDisk {
					if was, known := ours[path]; !known || was != text {
						want[path] = text
					}
				}
				for path, text := range pages {
					_, known := ours[path]
					if now, exists := onDisk[path]; exists && !known && now != text {
						continue // its owner was there first
					}
					want[path], wrote[path] = text, text
				}

				var files Files
				for _, path := range slices.Sorted(maps.Keys(pages)) {
					files = append(files, page(path, pages[path]))
				}
				_, err := Write(context.Background(), dir, files, o)
				must(t, err)
				got := look(t, dir)
				maps.DeleteFunc(got, func(path, _ string) bool { return path[len(path)-1] == '/' })
				if !maps.Equal(got, want) {
					t.Fatalf("round %d:\n got %s\nwant %s", round, got, want)
				}
				alone(t, "after a round", dir)
				onDisk, ours = want, wrote
			}
		})
	}
}
