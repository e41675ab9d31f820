package watch

import (
	"slices"
	"time"
)

// A burst gathers hints until it is quiet. It tells no time by itself.
type burst struct {
	quiet      time.Duration
	open       bool
	first      time.Time
	last       time.Time
	hints      map[string]bool
	everywhere bool
}

// add notes that something happened at path, or somewhere when path is "".
func (b *burst) add(path string, now time.Time) {
	if !b.open {
		*b = burst{quiet: b.quiet, open: true, first: now, hints: map[string]bool{}}
	}
	b.last = now
	if path == "" || len(b.hints) >= maxHints {
		b.everywhere = true
	} else {
		b.hints[path] = true
	}
}

// due is when the burst is over, unless more happens. A single save, which
// touches a file or three, is told after the quiet time. The more paths are
// touched, the longer the wait for the next, so that a checkout of a thousand
// files becomes few changes, but never longer than longestQuiet in all.
func (b *burst) due() time.Time {
	wait := b.quiet
	for n := 4; n <= len(b.hints) && wait < 8*b.quiet; n *= 2 {
		wait *= 2
	}
	due := b.last.Add(wait)
	if last := b.first.Add(longestQuiet); due.After(last) {
		due = last
	}
	return due
}

// take ends the burst and returns its hints, nil for everywhere.
func (b *burst) take() []string {
	b.open = false
	if b.everywhere {
		return nil
	}
	hints := make([]string, 0, len(b.hints))
	for path := range b.hints {
		hints = append(hints, path)
	}
	slices.Sort(hints)
	return hints
}
