package main

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"debrief/docs"
	"debrief/generator/diag"
)

type checkFlags struct {
	format       string
	json, strict bool
	today        string
	baseline     string
	update       bool
}

func (a *app) checkCommand() *cobra.Command {
	var f checkFlags
	c := &cobra.Command{
		Use:  "check [PATH…]",
		RunE: func(c *cobra.Command, paths []string) error { return a.check(c.Context(), f, paths) },
	}
	c.Flags().StringVar(&f.format, "format", "", "")
	c.Flags().BoolVar(&f.json, "json", false, "")
	c.Flags().BoolVar(&f.strict, "strict", false, "")
	c.Flags().StringVar(&f.today, "today", "", "")
	c.Flags().StringVar(&f.baseline, "baseline", "", "")
	c.Flags().BoolVar(&f.update, "update", false, "")
	complete(c, "format", "human", "json", "github", "sarif")
	return c
}

func (a *app) check(ctx context.Context, f checkFlags, paths []string) error {
	format, err := a.format(f)
	if err != nil {
		return err
	}
	today, err := day(f.today)
	if err != nil {
		return err
	}
	if f.update && f.baseline == "" {
		return misused("--update writes a baseline; name its file with --baseline FILE")
	}
	defer collectLess(forOnce)()
	start := time.Now()
	s, err := a.site(siteFlags{profile: "private"}, defaultOut)
	if err != nil {
		return err
	}
	defer s.Close()
	var only []string
	for _, p := range paths {
		in, err := s.notes.note(p)
		if err != nil {
			return err
		}
		only = append(only, in)
	}
	s.Today = today
	done := a.progress("checking…")
	r, err := s.Build(ctx)
	done()
	if err != nil {
		return fmt.Errorf("read the handbook: %w", err)
	}
	found := below(r.Findings, only)
	if found, err = a.held(found, f); err != nil {
		return err
	}
	report := diag.Report{Version: built().Version, Findings: found, Notes: r.Notes, Pages: r.Pages(), Prefix: s.notes.repositoryPrefix(), Summary: docs.Summary}
	switch format {
	case "json":
		err = diag.WriteJSON(a.out, report)
	case "github":
		err = diag.WriteGitHub(a.out, report)
	case "sarif":
		err = diag.WriteSARIF(a.out, report)
	default:
		err = a.print(a.out, found, r.Source, s.notes.prefix())
	}
	if err != nil {
		return err
	}
	said := counts(found.Count(), true)
	if said == "" {
		said = "nothing to say"
	}
	a.say("checked %s in %s: %s", plural(r.Notes, "note"), took(time.Since(start)), said)
	a.hint(r.Notes, s.notes.dir)
	if found.Fails(f.strict) {
		return failure{exitFindings, nil}
	}
	return nil
}

// day reads --today; without it, it is today.
func day(text string) (time.Time, error) {
	if text == "" {
		y, m, d := time.Now().Date()
		return time.Date(y, m, d, 0, 0, 0, 0, time.UTC), nil
	}
	today, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return time.Time{}, misused("--today is a day like 2026-11-25, not %q", text)
	}
	return today, nil
}

// held holds findings against the baseline, or writes them to it.
func (a *app) held(found diag.List, f checkFlags) (diag.List, error) {
	switch {
	case f.baseline == "":
		return found, nil
	case f.update:
		if err := writeBaseline(f.baseline, newBaseline(found)); err != nil {
			return nil, err
		}
		a.say("wrote %s to %s", plural(len(found), "finding"), f.baseline)
		return nil, nil
	}
	b, err := readBaseline(f.baseline)
	if err != nil {
		return nil, err
	}
	rest, left := b.without(found)
	if left > 0 {
		a.say("%s of the baseline no longer come; --update takes them out", plural(left, "finding"))
	}
	return rest, nil
}

// format is how findings are written: as asked, else as the place wants it.
func (a *app) format(f checkFlags) (string, error) {
	switch {
	case f.json && f.format != "" && f.format != "json":
		return "", misused("--json and --format %s ask for two formats; choose one", f.format)
	case f.json:
		return "json", nil
	case f.format != "":
		return f.format, oneOf("format", f.format, "human", "json", "github", "sarif")
	case os.Getenv("GITHUB_ACTIONS") == "true" && !a.out.terminal:
		return "github", nil
	}
	return "human", nil
}

// below keeps the findings in the named notes and folders; none named keeps all.
func below(found diag.List, only []string) diag.List {
	if len(only) == 0 {
		return found
	}
	var kept diag.List
	for _, f := range found {
		if slices.ContainsFunc(only, func(p string) bool { return p == "." || f.Path == p || strings.HasPrefix(f.Path, p+"/") }) {
			kept = append(kept, f)
		}
	}
	return kept
}
