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
	complete(c, "format", "human", "json", "github", "sarif")
	return c
}

func (a *app) check(ctx context.Context, f checkFlags, paths []string) error {
	format, err := a.format(f)
	if err != nil {
		return err
	}
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
	done := a.progress("checking…")
	r, err := s.Build(ctx)
	done()
	if err != nil {
		return fmt.Errorf("read the handbook: %w", err)
	}
	found := below(r.Findings, only)
	report := diag.Report{Version: built().Version, Findings: found, Notes: r.Notes, Pages: r.Pages(), Prefix: s.notes.repositoryPrefix(), Summary: docs.Summary}
	switch format {
	case "json":
		err = diag.WriteJSON(a.out, report)
	case "github":
		err = diag.WriteGitHub(a.out, report)
	case "sarif":
		err = diag.WriteSARIF(a.out, report)
	default:
		err = a.print(a.out, found, r, s.notes.prefix())
	}
	if err != nil {
		return err
	}
	said := counts(found.Count(), true)
	if said == "" {
		said = "nothing to say"
	}
	a.say("checked %s in %s: %s", plural(r.Notes, "note"), took(time.Since(start)), said)
	a.hint(r, s.notes.dir)
	if found.Fails(f.strict) {
		return failure{exitFindings, nil}
	}
	return nil
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
