package watch

import (
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/fsnotify/fsnotify"
)

// A loop is the one goroutine that watches. Only the walk runs beside it, so
// that a large folder does not keep an event waiting.
type loop struct {
	w       *Watcher
	notices notifier // nil when polling
	seen    snapshot // as last told, or about to be
	roots   []os.FileInfo
	watched map[string]bool

	burst   burst
	pending *Change // told as soon as somebody listens

	walking bool
	walked  chan walk
	next    *time.Timer // the next walk
	calm    *time.Timer // the end of the burst
}

// A walk is what was seen, which folders the roots were, and how long it took.
type walk struct {
	seen  snapshot
	roots []os.FileInfo
	took  time.Duration
}

func newLoop(w *Watcher, notices notifier) *loop {
	return &loop{
		w: w, notices: notices,
		watched: map[string]bool{},
		burst:   burst{quiet: w.quiet},
		walked:  make(chan walk, 1),
	}
}

// begin asks for events first and looks second: what changes in between is
// seen at least once.
func (l *loop) begin() {
	for _, root := range l.w.roots {
		l.watchBelow(root)
	}
	first := l.look()
	l.seen, l.roots = first.seen, first.roots
	l.watchNew(first.seen)
	l.calm = time.NewTimer(0)
	l.calm.Stop()
	l.next = time.NewTimer(l.untilNext(first.took))
}

func (l *loop) run() {
	defer func() {
		l.calm.Stop()
		l.next.Stop()
		l.closeNotices()
		if l.walking {
			<-l.walked
		}
	}()
	for {
		var events <-chan fsnotify.Event
		var errs <-chan error
		if l.notices != nil {
			events, errs = l.notices.Events(), l.notices.Errors()
		}
		var changes chan<- Change
		var change Change
		if l.pending != nil {
			changes, change = l.w.changes, *l.pending
		}
		select {
		case <-l.w.stop:
			return
		case e, ok := <-events:
			if !ok {
				l.giveUp("the system stopped telling of changes")
				continue
			}
			l.event(e)
		case err := <-errs:
			// Above all: the queue ran over and events are lost.
			if err != nil && exhausted(err) {
				l.giveUp(explain(err))
			}
			l.touch("")
			l.walkNow()
		case <-l.calm.C:
			l.tell()
		case <-l.next.C:
			l.walkNow()
		case walk := <-l.walked:
			l.compare(walk)
		case changes <- change:
			l.pending = nil
		}
	}
}

// event takes an event for a hint.
func (l *loop) event(e fsnotify.Event) {
	if e.Name == "" {
		return
	}
	path := filepath.Clean(e.Name)
	wasDir := l.watched[path]
	info, err := os.Lstat(path)
	isDir := err == nil && info.IsDir()
	if l.ignored(path, isDir || wasDir) {
		return
	}
	if wasDir && e.Has(fsnotify.Rename|fsnotify.Remove) {
		// The events of a folder follow it to its new place, under the old
		// name: let go of it, and of all below, before it turns up there.
		l.unwatchBelow(path)
		l.touch(path)
		if l.isRoot(path) {
			l.walkNow() // and from then on often, until it is back
		}
		if !isDir {
			return
		}
	}
	if isDir && (e.Has(fsnotify.Create) || !l.watched[path]) {
		l.watchBelow(path)
		l.touch(path)
		return
	}
	if e.Op == fsnotify.Chmod && err == nil && l.seen[path] == markOf(info) {
		return // not even the time has changed: an index or a virus scanner
	}
	if isDir {
		return // what happened in it is told of what it holds
	}
	l.touch(path)
}

// ignored reports whether path, or a folder it lies in, is of no interest.
func (l *loop) ignored(path string, isDir bool) bool {
	for ; !l.isRoot(path); path, isDir = filepath.Dir(path), true {
		if l.w.ignore(path, isDir) || filepath.Dir(path) == path {
			return true // what lies in no root is nobody's business either
		}
	}
	return false
}

func (l *loop) isRoot(path string) bool {
	return slices.Contains(l.w.roots, path)
}

func (l *loop) touch(path string) {
	l.burst.add(path, time.Now())
	l.calm.Reset(time.Until(l.burst.due()))
}

// tell hands the burst on, and remembers what is being told, so that the walk
// does not tell it again.
func (l *loop) tell() {
	hints := l.burst.take()
	for _, path := range hints {
		l.remember(path)
	}
	switch {
	case l.pending == nil:
		l.pending = &Change{Hints: hints}
	case len(hints) == 0 || len(l.pending.Hints) == 0:
		l.pending.Hints = nil
	default:
		both := burst{}
		for _, path := range append(hints, l.pending.Hints...) {
			both.add(path, time.Time{})
		}
		l.pending.Hints = both.take()
	}
}

func (l *loop) remember(path string) {
	l.seen.forget(path)
	info, err := os.Lstat(path)
	if err != nil {
		return
	}
	if l.isRoot(path) {
		l.seen.take(path, l.w.ignore)
		return
	}
	l.seen[path] = markOf(info)
	if info.IsDir() {
		l.seen.walk(path, l.w.ignore)
	}
}

// walkNow looks at everything, unless that is under way.
func (l *loop) walkNow() {
	if l.walking {
		return
	}
	l.walking = true
	go func() { l.walked <- l.look() }()
}

func (l *loop) look() walk {
	began := time.Now()
	walk := walk{seen: snapshot{}, roots: make([]os.FileInfo, len(l.w.roots))}
	for i, root := range l.w.roots {
		walk.roots[i], _ = os.Stat(root)
		walk.seen.take(root, l.w.ignore)
	}
	walk.took = time.Since(began)
	return walk
}

// compare looks for what the events did not tell.
func (l *loop) compare(walk walk) {
	l.walking = false
	for i, root := range l.w.roots {
		// Another folder under the old name tells of nothing until asked to.
		if was, is := l.roots[i], walk.roots[i]; was != nil && is != nil && !os.SameFile(was, is) {
			l.unwatchBelow(root)
		}
	}
	l.watchNew(walk.seen)
	for _, path := range l.seen.diff(walk.seen) {
		if !l.burst.open || !l.burst.hints[path] {
			l.touch(path)
		}
	}
	l.seen, l.roots = walk.seen, walk.roots
	l.next.Reset(l.untilNext(walk.took))
}

// untilNext is how long to wait before the next walk: walking takes a
// fiftieth of the time at most, however large the folders are.
func (l *loop) untilNext(took time.Duration) time.Duration {
	wait := l.w.safety
	if poll, polling := l.w.polling(); polling {
		wait = poll
	}
	for _, root := range l.w.roots {
		if _, ok := l.seen[root]; !ok {
			wait = min(wait, rootPoll)
		}
	}
	return max(wait, 50*took)
}

// watchNew asks for the events of folders that are not watched yet, and lets
// go of those that are gone.
func (l *loop) watchNew(seen snapshot) {
	if l.notices == nil {
		return
	}
	for dir := range l.watched {
		if _, ok := seen[dir]; !ok {
			l.notices.Remove(dir)
			delete(l.watched, dir)
		}
	}
	for path, mark := range seen {
		if mark == folderMark && !l.watched[path] && !l.watch(path) {
			return
		}
	}
}

// watchBelow asks for the events of dir and all folders in it. A folder is
// watched before it is read, so that nothing put into it goes unseen.
func (l *loop) watchBelow(dir string) {
	if l.notices == nil || !l.watch(dir) {
		return
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return
	}
	for _, e := range entries {
		if path := filepath.Join(dir, e.Name()); e.IsDir() && !l.w.ignore(path, true) {
			l.watchBelow(path)
		}
	}
}

// watch reports whether there still are events at all.
func (l *loop) watch(dir string) bool {
	if l.notices == nil {
		return false
	}
	err := l.notices.Add(dir)
	if err == nil {
		l.watched[dir] = true
	} else if exhausted(err) {
		l.giveUp(explain(err))
	}
	return l.notices != nil
}

func (l *loop) unwatchBelow(dir string) {
	for path := range l.watched {
		if path == dir || below(path, dir) {
			if l.notices != nil {
				l.notices.Remove(path)
			}
			delete(l.watched, path)
		}
	}
}

// giveUp goes over to polling.
func (l *loop) giveUp(reason string) {
	l.closeNotices()
	l.w.fallBack(fallbackPoll, reason)
	l.watched = map[string]bool{}
	if l.next != nil {
		l.walkNow()
	}
}

func (l *loop) closeNotices() {
	if l.notices != nil {
		l.notices.Close()
		l.notices = nil
	}
}
