package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"runtime"
	"runtime/debug"
	"sync"
	"testing"
	"time"
)

// TestServeSoak edits for a while under two hundred open pages that come and
// go, and holds that nothing is left of them: no goroutine, no open file, no
// memory. DEBRIEF_SOAK=10m makes it a long one.
func TestServeSoak(t *testing.T) {
	lasting := 2 * time.Second
	if v := os.Getenv("DEBRIEF_SOAK"); v != "" {
		var err error
		if lasting, err = time.ParseDuration(v); err != nil {
			t.Fatal(err)
		}
	}
	dir := t.TempDir()
	for i := range 20 {
		put(t, dir, map[string]string{fmt.Sprintf("n%d.md", i): fmt.Sprintf("# Note %d\n\nSee [[n%d]].", i, (i+1)%20)})
	}
	s := startServe(t, dir)
	s.get("n0.html")
	http.DefaultClient.CloseIdleConnections()
	edits := 0
	edit := func() {
		edits++
		put(t, dir, map[string]string{"n0.md": fmt.Sprintf("# Note 0\n\nEdit %d, see [[n1]].", edits)})
		s.untilPage("n0.html", 200, fmt.Sprintf("Edit %d,", edits))
	}
	edit()
	before := usedNow(s)

	ctx, stop := context.WithTimeout(t.Context(), lasting)
	defer stop()
	var clients sync.WaitGroup
	for i := range 200 {
		clients.Go(func() {
			for ctx.Err() == nil {
				readStream(ctx, fmt.Sprintf("%s_debrief/events?page=/n%d.html", s.address, i%20), time.Duration(50+i*10)*time.Millisecond)
			}
		})
	}
	for ctx.Err() == nil {
		edit()
	}
	clients.Wait()
	s.until(fmt.Sprintf("as much as before (%v)", before), func() bool {
		now := usedNow(s)
		return now.goroutines <= before.goroutines && now.files <= before.files && now.heap <= before.heap+before.heap/4+4<<20
	})
	t.Logf("%d edits; before %v, after %v", edits, before, usedNow(s))
}

// readStream is a page that stays open for a while.
func readStream(ctx context.Context, address string, stay time.Duration) {
	ctx, leave := context.WithTimeout(ctx, stay)
	defer leave()
	r, err := http.NewRequestWithContext(ctx, "GET", address, nil)
	if err != nil {
		return
	}
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	answer, err := client.Do(r)
	if err != nil {
		return
	}
	defer answer.Body.Close()
	lines := bufio.NewScanner(answer.Body)
	for lines.Scan() {
	}
	io.Copy(io.Discard, answer.Body)
}

type used struct {
	goroutines, files int
	heap              uint64
}

func usedNow(s *served) used {
	s.t.Helper()
	http.DefaultClient.CloseIdleConnections()
	debug.FreeOSMemory()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	open, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		s.t.Skip("this system does not list open files")
	}
	return used{runtime.NumGoroutine(), len(open), m.HeapAlloc}
}
