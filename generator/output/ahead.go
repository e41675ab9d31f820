package output

import (
	"errors"
	"sync"
	"sync/atomic"
)

// How much is written before a flush begins: while pages are drawn, and once
// there are none left and the files made of them are to come, which are few
// and take their time.
const (
	flushEvery = 64 << 20
	flushLast  = 8 << 20
)

// An ahead brings a site to disk while the rest of it is drawn, so that little
// is left to wait for before the swap.
type ahead struct {
	flush   func() error
	written atomic.Int64 // since a flush began
	flushes sync.WaitGroup

	mu      sync.Mutex
	running bool
	err     error // of all flushes; the disk tells of a failure only once
}

// wrote counts, and begins a flush when that is much.
func (a *ahead) wrote(bytes int) {
	if a.written.Add(int64(bytes)) >= flushEvery {
		a.begin()
	}
}

// last begins a flush unless little was written.
func (a *ahead) last() {
	if a.written.Load() >= flushLast {
		a.begin()
	}
}

// begin flushes, one at a time.
func (a *ahead) begin() {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.running {
		return
	}
	a.running = true
	a.written.Store(0)
	a.flushes.Go(func() {
		err := a.flush()
		if unsupported(err) {
			err = nil // what is not on disk then is what Sync brings there
		}
		a.mu.Lock()
		defer a.mu.Unlock()
		a.running, a.err = false, errors.Join(a.err, err)
	})
}

// wait returns when nothing is being flushed.
func (a *ahead) wait() error {
	a.flushes.Wait()
	return a.err
}
