package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"debrief/generator"
	"debrief/generator/diag"
	"debrief/generator/output"
	"debrief/generator/preview"
	"debrief/generator/watch"
)

// live is one run of serve: the loop between the notes and the browser.
type live struct {
	*app
	site    *site
	server  *preview.Server
	watcher *watch.Watcher
	follow  bool       // pages go to the note just saved
	broken  chan error // pages that could not be drawn

	settler settler
	opening string    // the address to open when there is something to see
	built   bool      // at least once
	dropped int       // builds in a row that a newer change has overtaken
	found   diag.List // of the site shown
	checked output.Files
	failed  string // what was last said to be wrong
	mode    string // how changes were last said to be noticed
}

func (l *live) run(ctx context.Context) {
	change := watch.Change{}
	for ctx.Err() == nil {
		ready, later, marks := l.settler.settle(ctx, change)
		if newer, ok := l.build(ctx, ready, marks); ok {
			change = both(change, newer)
			continue
		}
		if len(later.Hints) > 0 {
			change = later
			continue
		}
		l.sayMode()
		waiting := true
		for waiting {
			select {
			case change = <-l.watcher.Changes():
				waiting = false
			case err := <-l.broken:
				l.complain(err)
			case <-ctx.Done():
				return
			}
		}
	}
}

// mostDropped is how many builds in a row give way to newer changes. Then one
// is finished all the same: something that writes without end must not keep
// everything else from being seen.
const mostDropped = 4

// build builds and shows what comes of it. When something changes meanwhile
// it lets go of the build and returns the change; so it does when files were
// saved while it read them.
func (l *live) build(ctx context.Context, change watch.Change, marks map[string]mark) (newer watch.Change, ok bool) {
	start := time.Now()
	building, drop := context.WithCancel(ctx)
	defer drop()
	type outcome struct {
		*generator.Result
		err error
	}
	done := make(chan outcome, 1)
	go func() {
		r, err := l.once(building, change)
		done <- outcome{r, err}
	}()
	changes := l.watcher.Changes()
	if l.dropped >= mostDropped {
		changes = nil
	}
	select {
	case newer = <-changes:
		drop()
		<-done // a builder is for one build at a time
		l.dropped++
		return newer, true
	case o := <-done:
		if l.dropped < mostDropped && !stand(marks) {
			l.dropped++
			return change, true
		}
		l.dropped = 0
		switch {
		case ctx.Err() != nil:
		case o.err != nil:
			l.fail(o.err)
		default:
			l.show(o.Result, time.Since(start), change)
		}
	}
	return watch.Change{}, false
}

// once builds what may be shown.
func (l *live) once(ctx context.Context, change watch.Change) (*generator.Result, error) {
	if !l.built { // all that the first one allocates is kept, so collecting finds little
		defer collectLess(400)()
	}
	l.site.Touched(l.site.inNotes(change))
	if err := l.site.refresh(); err != nil {
		return nil, err
	}
	r, err := l.site.Build(ctx)
	if err != nil {
		return nil, fmt.Errorf("build the handbook: %w", err)
	}
	if !r.Files.SamePaths(l.checked) {
		if err := r.Files.Check(); err != nil { // a build would not write these
			return nil, fmt.Errorf("build the handbook: %w", err)
		}
	}
	l.checked = r.Files
	leaks, err := r.Leaks(ctx)
	if err != nil {
		return nil, err
	}
	if len(leaks) > 0 {
		return nil, fmt.Errorf("not shown: %s\n%s", forbidden(leaks), strings.Join(leakLines(leaks), "\n"))
	}
	return r, nil
}

// fail says what is wrong, once, here and in the browser.
func (l *live) fail(err error) {
	l.server.Fail(err)
	if err.Error() != l.failed {
		l.failed = err.Error()
		l.complain(err)
	}
	l.openOnce()
}

func (l *live) show(r *generator.Result, in time.Duration, change watch.Change) {
	if l.follow && l.built {
		l.server.Follow(l.site.saved(change, r.NotesByFile()))
	}
	l.server.Show(r.Files, r.Findings, r.NoteAt)
	found := aboveInfo(r.Findings)
	if l.built {
		l.sayRebuilt(r, in, change, found)
	} else {
		l.sayBuilt(r, in, found)
	}
	l.built, l.found, l.failed = true, found, ""
	l.openOnce()
	l.site.keep()
}

func (l *live) sayBuilt(r *generator.Result, in time.Duration, found diag.List) {
	counted := counts(found.Count(), false)
	if counted != "" {
		counted = " (" + counted + "; `debrief check` lists them)"
	}
	l.say("built %s from %s in %s%s", plural(r.Pages(), "page"), plural(r.Notes, "note"), took(in), counted)
	l.sayUnsearchable(r.Searchable())
	l.hint(r.Notes, l.site.notes.dir)
}

// mostShown is how many new findings are printed after one change.
const mostShown = 5

// sayRebuilt says in a line what changed, and prints what is newly wrong.
func (l *live) sayRebuilt(r *generator.Result, in time.Duration, change watch.Change, found diag.List) {
	appeared, cleared := without(found, l.found), without(l.found, found)
	var parts []string
	if counted := counts(found.Count(), false); counted != "" {
		parts = append(parts, counted)
	} else if len(cleared) > 0 {
		parts = append(parts, "no errors or warnings")
	}
	if n := len(appeared); n > 0 {
		parts = append(parts, fmt.Sprintf("%d new", n))
	}
	if n := len(cleared); n > 0 {
		parts = append(parts, fmt.Sprintf("%d cleared", n))
	}
	said := ""
	if len(parts) > 0 {
		said = " (" + strings.Join(parts, ", ") + ")"
	}
	l.say("rebuilt in %s: %s%s", took(in), l.site.changed(change), said)
	l.print(l.err, appeared[:min(len(appeared), mostShown)], r.Source, l.site.notes.prefix())
	if more := len(appeared) - mostShown; more > 0 {
		l.say("and %d more: `debrief check` lists them", more)
	}
}

// without returns the findings that others lacks. Lines do not count: they
// move when something is written above them.
func without(found, others diag.List) diag.List {
	type what struct{ rule, path, message string }
	left := make(map[what]int)
	for _, f := range others {
		left[what{f.Rule, f.Path, f.Message}]++
	}
	var kept diag.List
	for _, f := range found {
		if w := (what{f.Rule, f.Path, f.Message}); left[w] > 0 {
			left[w]--
		} else {
			kept = append(kept, f)
		}
	}
	return kept
}

// inNotes are the paths of a change that lie in the folder of notes, as it
// names them; nil when it may be about all of them.
func (s *site) inNotes(c watch.Change) []string {
	if len(c.Hints) == 0 {
		return nil
	}
	touched := []string{}
	for _, hint := range c.Hints {
		rel, err := filepath.Rel(s.notes.dir, hint)
		switch {
		case err != nil || !filepath.IsLocal(rel): // the theme's
		case rel == ".":
			return nil
		default:
			touched = append(touched, filepath.ToSlash(rel))
		}
	}
	return touched
}

// changed names what a change is about. What is gone again is named only when
// nothing else is: many editors write beside a file and rename.
func (s *site) changed(c watch.Change) string {
	hints := slices.DeleteFunc(slices.Clone(c.Hints), func(path string) bool {
		_, err := os.Lstat(path)
		return err != nil
	})
	if len(hints) == 0 {
		hints = c.Hints
	}
	var names []string
	for _, path := range hints {
		if path == s.notes.dir {
			return "everything"
		}
		if rel, err := filepath.Rel(s.notes.dir, path); err == nil && filepath.IsLocal(rel) {
			path = rel
		}
		names = append(names, filepath.ToSlash(path))
	}
	if len(names) == 0 {
		return "everything"
	}
	return some(names, 3)
}

// saved is the page of the only note that a change is about; "" when there are
// more or none. notes are by page.
func (s *site) saved(c watch.Change, notes map[string]string) (page string) {
	touched := s.inNotes(c)
	for file, note := range notes {
		if slices.Contains(touched, note) {
			if page != "" {
				return ""
			}
			page = file
		}
	}
	return page
}

// both is one change for two; without hints it is about everything.
func both(a, b watch.Change) watch.Change {
	if len(a.Hints) == 0 || len(b.Hints) == 0 {
		return watch.Change{}
	}
	hints := slices.Concat(a.Hints, b.Hints)
	slices.Sort(hints)
	return watch.Change{Hints: slices.Compact(hints)}
}

// sayMode says how changes are noticed when it is not the usual way.
func (l *live) sayMode() {
	mode := l.watcher.Mode()
	if mode != l.mode && mode != "events" {
		l.say("changes are noticed by %s", mode)
	}
	l.mode = mode
}

// undrawn is called by the server, from any goroutine.
func (l *live) undrawn(err error) {
	select {
	case l.broken <- err:
	default: // a broken partial breaks every page; some of them tell enough
	}
}
