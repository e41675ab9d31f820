package main

import (
	"context"
	"io/fs"
	"os"
	"slices"
	"time"

	"debrief/generator/watch"
)

// Many programs save in steps: they empty the file and write it, or move it
// away and put another in its place. In between it must not be read.
const (
	settling    = 6 * time.Millisecond   // for so long a file must not have been written; less than the watcher's quiet time
	returning   = 30 * time.Millisecond  // within which a file that is gone may come back
	filling     = 100 * time.Millisecond // within which one that was emptied may be written
	mostPutOff  = 400 * time.Millisecond // then it is read as it is: a log is never finished
	lookEvery   = 2 * time.Millisecond
	mostWaiting = 40 * time.Millisecond // for some files, while others are ready
)

// A settler holds files back that are being saved.
type settler struct {
	since map[string]time.Time // when each was first found unfinished
	sizes map[string]int64     // of each when it was last finished
}

// settle waits until the files of a change are finished, for a while; those
// that are not yet come back as later. marks are the files that are ready as
// they were before anybody read them.
func (s *settler) settle(ctx context.Context, change watch.Change) (ready, later watch.Change, marks map[string]mark) {
	marks = make(map[string]mark)
	if len(change.Hints) == 0 {
		return change, watch.Change{}, marks
	}
	waiting := slices.Clone(change.Hints)
	for start := time.Now(); ; {
		now := time.Now()
		waiting = slices.DeleteFunc(waiting, func(path string) bool {
			m := markOf(path)
			if !s.finished(path, m, now) {
				return false
			}
			delete(s.since, path)
			s.sizes[path] = m.size
			marks[path] = m
			ready.Hints = append(ready.Hints, path)
			return true
		})
		if len(waiting) == 0 || now.Sub(start) > mostWaiting && len(ready.Hints) > 0 {
			slices.Sort(ready.Hints)
			return ready, watch.Change{Hints: waiting}, marks
		}
		select {
		case <-ctx.Done():
			return change, watch.Change{}, marks
		case <-time.After(lookEvery):
		}
	}
}

func (s *settler) finished(path string, m mark, now time.Time) bool {
	if s.since == nil {
		s.since, s.sizes = make(map[string]time.Time), make(map[string]int64)
	}
	first, seen := s.since[path]
	if !seen {
		first = now
		s.since[path] = now
	}
	switch waited := now.Sub(first); {
	case m.gone:
		return waited >= returning
	case m.dir || waited >= mostPutOff:
		return true
	default:
		age, enough := now.Sub(m.written), settling
		if m.size == 0 || m.size < s.sizes[path]*3/4 {
			enough = filling
		}
		return age < 0 || age >= enough // a clock that is ahead tells nothing
	}
}

// A mark is a file from outside.
type mark struct {
	gone, dir bool
	size      int64
	written   time.Time
}

func markOf(path string) mark {
	info, err := os.Lstat(path)
	if err != nil {
		return mark{gone: true}
	}
	if info.IsDir() {
		return mark{dir: true}
	}
	if info.Mode()&fs.ModeType != 0 {
		return mark{}
	}
	return mark{size: info.Size(), written: info.ModTime()}
}

// stand reports whether files are still as marked: then what was read of them
// was whole.
func stand(marks map[string]mark) bool {
	for path, m := range marks {
		if markOf(path) != m {
			return false
		}
	}
	return true
}
