package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"debrief/generator"
	"debrief/generator/diag"
	"debrief/generator/gate"
	"debrief/generator/note"
	"debrief/generator/output"
)

type buildFlags struct {
	siteFlags
	out            string
	strict, verify bool
}

func (a *app) buildCommand() *cobra.Command {
	var f buildFlags
	c := &cobra.Command{
		Use:  "build",
		Args: arguments(0, 0),
		RunE: func(c *cobra.Command, _ []string) error { return a.build(c.Context(), f) },
	}
	f.add(c)
	c.Flags().StringVarP(&f.out, "out", "d", defaultOut, "")
	c.Flags().StringVar(&f.baseURL, "base-url", "", "")
	c.Flags().BoolVar(&f.strict, "strict", false, "")
	c.Flags().BoolVar(&f.verify, "verify", false, "")
	c.MarkFlagDirname("out")
	return c
}

func (a *app) build(ctx context.Context, f buildFlags) error {
	defer collectLess(forOnce)()
	if f.out == "" {
		return misused("--out wants a folder, like --out %s", defaultOut)
	}
	start := time.Now()
	s, err := a.site(f.siteFlags, f.out)
	if err != nil {
		return err
	}
	defer s.Close()
	if err := output.CheckTarget(f.out, s.notes.dir); err != nil {
		return err
	}
	last := a.before(ctx, s, f)
	defer last.Close()
	if said, ok := last.same(ctx); ok {
		if err := a.found(said.Findings, s.Source, s, f.strict, "nothing written"); err != nil {
			return err
		}
		a.conclude(said, s, f.out, start)
		return nil
	}
	done := a.progress("building…")
	defer done()
	r, err := s.Build(ctx)
	if err != nil {
		return fmt.Errorf("build the handbook: %w", err)
	}
	done()
	if err := a.found(r.Findings, r.Source, s, f.strict, "nothing written"); err != nil {
		return err
	}
	if err := a.gate(ctx, r, r.Files); err != nil {
		return err
	}
	if f.verify {
		return a.verify(ctx, s, r, f.out)
	}
	done = a.progress("writing…")
	defer done()
	report, err := output.Write(ctx, f.out, r.Files, output.Options{Content: s.notes.dir})
	done()
	a.tell(report)
	if err != nil {
		return err
	}
	said := r.Summary()
	a.conclude(said, s, f.out, start)
	a.detail("%d files written, %d left as they were, %d removed", report.Written, report.Unchanged, report.Removed)
	if err := last.keep(ctx, said, report.Stamp); err != nil {
		a.detail("nothing is kept of this build: %v", err)
	}
	return nil
}

// found prints what a build found, and fails when that is too much: then
// refused is what came of it.
func (a *app) found(all diag.List, source func(path string) []byte, s *site, strict bool, refused string) error {
	shown, more := all, 0
	if !a.verbose {
		shown = aboveInfo(all)
	}
	if !a.verbose && !strict {
		shown, more = withFewWarnings(shown)
	}
	if err := a.print(a.err, shown, source, s.notes.prefix()); err != nil {
		return err
	}
	if more > 0 {
		a.say("and %s %s", plural(more, "more warning"), s.whereAll())
	}
	if strict && all.Fails(true) {
		a.say("%s: %s, and --strict allows none", refused, counts(all.Count(), false))
		return failure{exitFindings, nil}
	}
	return nil
}

// mostWarnings is how many a build lists: an old vault has thousands.
const mostWarnings = 40

// withFewWarnings leaves out warnings beyond the first, and no error.
func withFewWarnings(found diag.List) (shown diag.List, more int) {
	warnings := 0
	for _, f := range found {
		if f.Severity == diag.Warning {
			if warnings++; warnings > mostWarnings {
				more++
				continue
			}
		}
		shown = append(shown, f)
	}
	return shown, more
}

// whereAll says how to see what a build only counts.
func (s *site) whereAll() string {
	if s.Profile == note.Private {
		return "in `debrief check`"
	}
	return "with --verbose" // check reads notes as their author does
}

// conclude says what there is now.
func (a *app) conclude(said generator.Summary, s *site, out string, start time.Time) {
	counted := counts(said.Findings.Count(), false)
	if infos := said.Findings.Count().Info; infos > 0 && !a.verbose {
		if counted != "" {
			counted += ", "
		}
		counted += plural(infos, "info") + " " + s.whereAll()
	}
	if counted != "" {
		counted = " (" + counted + ")"
	}
	a.say("built %s from %s in %s %s %s%s", plural(said.Pages, "page"), plural(said.Notes, "note"), took(time.Since(start)), arrow(), out, counted)
	a.sayUnsearchable(said.Searchable)
	a.hint(said.Notes, s.notes.dir)
}

// tell says what a write found in the output that is the user's.
func (a *app) tell(r output.Report) {
	for _, path := range r.Replaced {
		a.say("%s had been changed by hand; it is written anew", path)
	}
	for _, path := range r.Kept {
		a.detail("%s is not debrief's; it stays", path)
	}
}

// gate lets files of a build pass that show nothing they must not.
func (a *app) gate(ctx context.Context, r *generator.Result, files output.Files) error {
	leaks, err := r.LeaksIn(ctx, files)
	if err != nil {
		return failure{exitLeak, err}
	}
	if len(leaks) == 0 {
		return nil
	}
	for _, line := range leakLines(leaks) {
		fmt.Fprintln(a.err, line)
	}
	return failure{exitLeak, fmt.Errorf("nothing written: %s", forbidden(leaks))}
}

func forbidden(leaks []gate.Leak) string {
	return plural(len(leaks), "place") + " would show what others must not see"
}

// leakLines lists leaks, as far as anybody reads: one name in the navigation
// stands on every page.
func leakLines(leaks []gate.Leak) []string {
	const most = 20
	var lines []string
	for i, l := range leaks {
		if i == most {
			return append(lines, fmt.Sprintf("… and %s more", plural(len(leaks)-most, "place")))
		}
		lines = append(lines, diag.Visible(l.String()))
	}
	return lines
}

// verify builds once more from nothing and holds both builds and the disk
// against each other. It writes nothing.
func (a *app) verify(ctx context.Context, s *site, first *generator.Result, out string) error {
	second, err := s.again().Build(ctx)
	if err != nil {
		return fmt.Errorf("build the handbook again: %w", err)
	}
	var differences []string
	for _, f := range first.Files {
		g, ok := second.Files.Get(f.Path)
		if !ok {
			differences = append(differences, f.Path+": only in the first of two builds")
			continue
		}
		one, err := f.Bytes()
		if err != nil {
			return err
		}
		two, err := g.Bytes()
		if err != nil {
			return err
		}
		if !bytes.Equal(one, two) {
			differences = append(differences, f.Path+": two builds of the same notes differ")
		}
	}
	for _, g := range second.Files {
		if _, ok := first.Files.Get(g.Path); !ok {
			differences = append(differences, g.Path+": only in the second of two builds")
		}
	}
	onDisk, err := output.Compare(ctx, out, first.Files)
	if err != nil {
		return err
	}
	differences = append(differences, onDisk...)
	if len(differences) == 0 {
		a.say("verified: two builds are alike, and %s holds the same %s", out, plural(len(first.Files), "file"))
		return nil
	}
	for _, d := range differences {
		fmt.Fprintln(a.out, diag.Visible(d))
	}
	return failure{exitFindings, fmt.Errorf("%s is not what these notes build: %s", out, plural(len(differences), "difference"))}
}

// forOnce is for programs that build once. For a thousand notes 150 takes half
// the memory of 400, for 2 % more CPU; 100 takes 10 % more, and would save
// another fifth.
const forOnce = 150

// small is how much memory a build may take before anything is collected: a
// small handbook is done by then, and a large one passes it in any case.
const small = 64 << 20

// large is how much memory a build may take before the collector works as hard
// as it must, so that large handbooks do not swell.
const large = 1 << 30

// collectLess trades memory for speed while a build allocates much and drops
// it soon, until back is called: nothing is collected up to small, then by the
// percentage up to large. Who sets GOGC or GOMEMLIMIT has decided already. No
// two may overlap: what the second would set back is what the first has set.
func collectLess(percent int) (back func()) {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return func() {}
	}
	before, limit := debug.SetGCPercent(-1), debug.SetMemoryLimit(small)
	set := func(percent int, limit int64) {
		debug.SetGCPercent(percent)
		debug.SetMemoryLimit(limit)
	}
	var mu sync.Mutex
	over := false
	// What nobody holds is told of by the first collection. Of less than 16
	// bytes several share a place, and may be held.
	runtime.AddCleanup(new([16]byte), func(int) {
		mu.Lock()
		defer mu.Unlock()
		if !over {
			set(percent, large)
		}
	}, 0)
	return func() {
		mu.Lock()
		defer mu.Unlock()
		over = true
		set(before, limit)
	}
}

// progress shows a line on a terminal when work takes more than a second. The
// returned function takes it away; it may be called more than once.
func (a *app) progress(text string) (done func()) {
	if a.quiet || !a.err.terminal || os.Getenv("TERM") == "dumb" {
		return func() {}
	}
	stopped := make(chan struct{})
	finished := make(chan struct{})
	go func() {
		defer close(finished)
		select {
		case <-stopped:
		case <-time.After(time.Second):
			fmt.Fprint(a.err, text)
			<-stopped
			fmt.Fprint(a.err, "\r\x1b[K")
		}
	}()
	var once bool
	return func() {
		if !once {
			once = true
			close(stopped)
			<-finished
		}
	}
}
