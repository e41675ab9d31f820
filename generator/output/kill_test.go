//go:build unix

package output

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// TestMain is also the process that gets killed: with a folder in the
// environment it writes the old and the new site there in turn, for ever.
func TestMain(m *testing.M) {
	dir := os.Getenv("DEBRIEF_TEST_WRITE_FOREVER")
	if dir == "" {
		os.Exit(m.Run())
	}
	o := options(dir)
	o.FS = &faulty{FS: quick{}, fails: func(int) bool {
		os.Stdout.Write([]byte{'.'}) // a step begins
		return false
	}}
	for {
		for _, files := range []Files{oldSite, newSite} {
			if _, err := Write(context.Background(), dir, files, o); err != nil {
				fmt.Fprintln(os.Stderr, err)
				os.Exit(1)
			}
		}
	}
}

// A build that is killed at any moment leaves the old site or the new one, and
// the next build clears away what it left.
func TestKilledAtAnyMoment(t *testing.T) {
	if testing.Short() {
		t.Skip("starts twenty processes")
	}
	moments := rand.New(rand.NewPCG(1, 2))
	seen := map[string]int{}
	for range 20 {
		dir := filepath.Join(scratch(t), "site")
		write(t, dir, oldSite)
		lay(t, dir, foreign)

		self, err := os.Executable()
		must(t, err)
		child := exec.Command(self)
		child.Env = append(os.Environ(), "DEBRIEF_TEST_WRITE_FOREVER="+dir)
		child.Stderr = os.Stderr
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
