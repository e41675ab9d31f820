//go:build unix

package output

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"maps"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
)

// TestMain is also the process that gets killed: with a folder in the
// environment it writes the old and the new site there in turn, for ever or
// as often as it is told.
func TestMain(m *testing.M) {
	dir := os.Getenv("DEBRIEF_TEST_WRITE")
	if dir == "" {
		os.Exit(m.Run())
	}
	times, err := strconv.Atoi(os.Getenv("DEBRIEF_TEST_TIMES"))
	if err != nil {
		times = math.MaxInt
	}
	o := options(dir)
	o.Wait = true
	o.FS = &faulty{FS: quick{}, fails: func(int) bool {
		os.Stdout.Write([]byte{'.'}) // a step begins
		return false
	}}
	for range times {
		for _, files := range []Files{oldSite, newSite} {
			if _, err := Write(context.Background(), dir, files, o); err != nil {
				fmt.Fprintln(os.Stderr, err)
				os.Exit(1)
			}
		}
	}
}

// writer is that process.
func writer(t *testing.T, dir, times string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	must(t, err)
	child := exec.Command(self)
	child.Env = append(os.Environ(), "DEBRIEF_TEST_WRITE="+dir, "DEBRIEF_TEST_TIMES="+times)
	child.Stderr = os.Stderr
	return child
}

// A build that is killed at any moment leaves the old site or the new one, and
// the next build clears away what it left. KILLS=1000 kills more often.
func TestKilledAtAnyMoment(t *testing.T) {
	if testing.Short() {
		t.Skip("starts two hundred processes")
	}
	moments := rand.New(rand.NewPCG(1, 2))
	seen := map[string]int{}
	kills := 200
	if n, err := strconv.Atoi(os.Getenv("KILLS")); err == nil {
		kills = n
	}
	for range kills {
		dir := filepath.Join(scratch(t), "site")
		write(t, dir, oldSite)
		lay(t, dir, foreign)

		child := writer(t, dir, "")
		out, err := child.StdoutPipe()
		must(t, err)
		must(t, child.Start())
		if _, err := io.CopyN(io.Discard, bufio.NewReaderSize(out, 16), int64(moments.IntN(100))); err != nil {
			t.Errorf("the writing process ended by itself: %v", err)
		}
		must(t, child.Process.Kill())
		io.Copy(io.Discard, out)
		child.Wait()

		switch got := look(t, dir); {
		case maps.Equal(got, with(oldSite, foreign)):
			seen["old"]++
		case maps.Equal(got, with(newSite, foreign)):
			seen["new"]++
		default:
			t.Errorf("after a kill the site is neither old nor new:\n%s", got)
		}
		last := site("index.html", "last", "a/same.html", "same")
		write(t, dir, last)
		sameFolder(t, "the next build", dir, with(last, foreign))
	}
	t.Logf("sites found after a kill: %v", seen)
}

// Four processes build one folder again and again while readers read it: every
// page read is whole, each build is one, and nothing of the owner's is lost.
func TestBuildersAndReadersAtOnce(t *testing.T) {
	if testing.Short() {
		t.Skip("starts four processes")
	}
	dir := filepath.Join(scratch(t), "site")
	write(t, dir, oldSite)
	lay(t, dir, foreign)
	before, after := with(oldSite, foreign), with(newSite, foreign)
	var reads atomic.Int64
	done := make(chan struct{})
	var readers sync.WaitGroup
	for range 2 {
		readers.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				for _, path := range []string{"index.html", "a/x.html", "a/same.html", "a/mine.txt"} {
					text, err := os.ReadFile(filepath.Join(dir, path))
					if err != nil { // the old folder was taken apart while the name was looked up
						text, err = os.ReadFile(filepath.Join(dir, path))
					}
					if reads.Add(1); err != nil || string(text) != before[path] && string(text) != after[path] {
						t.Errorf("a reader found %s = %q, %v", path, text, err)
						return
					}
				}
			}
		})
	}
	var writers sync.WaitGroup
	for range 4 {
		writers.Go(func() {
			if err := writer(t, dir, "10").Run(); err != nil {
				t.Errorf("a build: %v", err)
			}
		})
	}
	writers.Wait()
	close(done)
	readers.Wait()
	t.Logf("%d pages read during 80 builds", reads.Load())
	sameFolder(t, "after all builds", dir, after)
	alone(t, "after all builds", dir)
}
