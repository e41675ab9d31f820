// Package watch says that something in a folder may have changed.
//
// It says "look again", never "this is what happened": the file system's events
// are hints, which can be late, doubled, dropped or wrong, and a slow walk over
// the folders stands behind them, so that no change is missed for good. What a
// change means, and whether there is one at all, is for the reader to find out
// by reading; so is which paths are of no interest (Options.Ignore).
//
// Where there are no events to be had (network file systems, an exhausted
// limit of the system) the walk alone does the work, and Mode says so.
package watch

import (
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// Options say what to watch, and how.
type Options struct {
	// Roots are the folders to watch, with all below them. They must exist
	// when watching begins; when one vanishes later, its return is noticed.
	Roots []string
	// Ignore tells which paths are of no interest; nil: none. It must be safe
	// to call from several goroutines. A path is Roots[i] joined with what lies
	// below it; nothing below an ignored folder is looked at.
	Ignore func(path string, isDir bool) bool
	// Poll is the time between two walks when there are to be no events; 0 for
	// events.
	Poll time.Duration
	// Quiet is for how long nothing must happen before a change is told, 0 for
	// 8 ms. It stretches under a burst; after 500 ms a change is told anyway.
	Quiet time.Duration
}

// A Change says that it is time to look again.
type Change struct {
	// Hints are the paths that are known to have been touched, sorted, each
	// below a root as the options spell it. A folder stands for all below it.
	// None means: look everywhere.
	Hints []string
}

const (
	defaultQuiet = 8 * time.Millisecond
	longestQuiet = 500 * time.Millisecond
	fallbackPoll = time.Second            // when events turn out not to work
	shortestPoll = 100 * time.Millisecond // less was seen to burn a core
	safetyPoll   = 2 * time.Second        // behind the events
	rootPoll     = 250 * time.Millisecond // while a root is missing
	maxHints     = 1000                   // with more, looking everywhere is cheaper
)

// A Watcher watches folders until it is closed.
type Watcher struct {
	roots   []string
	ignore  func(path string, isDir bool) bool
	quiet   time.Duration
	safety  time.Duration // between two walks behind the events
	changes chan Change
	stop    chan struct{}
	stopped chan struct{}
	closing sync.Once

	mu     sync.Mutex
	poll   time.Duration // 0 while events are at work
	reason string        // why not
}

// New starts to watch. An error means that a root cannot be read; that events
// are not to be had is no error.
func New(o Options) (*Watcher, error) {
	w, err := newWatcher(o)
	if err != nil {
		return nil, err
	}
	var notices notifier
	switch fs := networkFileSystem(w.roots); {
	case o.Poll > 0:
		w.fallBack(o.Poll, "as asked")
	case fs != "":
		w.fallBack(fallbackPoll, fs+" tells nothing of changes made elsewhere")
	default:
		if notices, err = newNotifier(); err != nil {
			notices = nil
			w.fallBack(fallbackPoll, explain(err))
		}
	}
	w.start(notices)
	return w, nil
}

// newWatcher is New before anything runs.
func newWatcher(o Options) (*Watcher, error) {
	w := &Watcher{
		ignore:  o.Ignore,
		quiet:   o.Quiet,
		safety:  safetyPoll,
		changes: make(chan Change),
		stop:    make(chan struct{}),
		stopped: make(chan struct{}),
	}
	if w.ignore == nil {
		w.ignore = func(string, bool) bool { return false }
	}
	if w.quiet <= 0 {
		w.quiet = defaultQuiet
	}
	for _, root := range o.Roots {
		info, err := os.Stat(root)
		if err != nil {
			return nil, fmt.Errorf("watch %s: %w", root, err)
		}
		if !info.IsDir() {
			return nil, fmt.Errorf("watch %s: not a folder", root)
		}
		w.roots = append(w.roots, filepath.Clean(root))
	}
	return w, nil
}

// start begins to watch: when it returns, no later change is missed.
func (w *Watcher) start(notices notifier) {
	l := newLoop(w, notices)
	l.begin()
	go func() {
		defer close(w.stopped)
		l.run()
	}()
}

// Changes delivers changes. While nobody receives they are gathered into one.
// The channel is never closed.
func (w *Watcher) Changes() <-chan Change { return w.changes }

// Mode says how changes are noticed: "events", or "polling every 1s (why)".
// It may change when the system runs out of what events need.
func (w *Watcher) Mode() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.poll == 0 {
		return "events"
	}
	return fmt.Sprintf("polling every %v (%s)", w.poll, w.reason)
}

// Close stops watching and returns when nothing of it runs any more.
func (w *Watcher) Close() error {
	w.closing.Do(func() { close(w.stop) })
	<-w.stopped
	return nil
}

// fallBack makes the walk alone responsible from now on.
func (w *Watcher) fallBack(every time.Duration, reason string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.poll, w.reason = max(every, shortestPoll), reason
}

func (w *Watcher) polling() (time.Duration, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.poll, w.poll > 0
}
