package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"debrief/generator"
	"debrief/generator/cache"
	"debrief/generator/diag"
	"debrief/generator/handbook"
	"debrief/generator/note"
	"debrief/generator/source"
)

// siteFlags are the flags of the commands that build a site.
type siteFlags struct {
	profile string
	theme   string
	baseURL string
}

func (s *siteFlags) add(c *cobra.Command) {
	c.Flags().StringVar(&s.profile, "profile", "private", "")
	c.Flags().StringVar(&s.theme, "theme", "", "")
	c.MarkFlagDirname("theme")
	complete(c, "profile", "private", "shared", "public")
}

// A site is what a command builds: the folder of the notes, the theme over
// the default one, and the builder between them.
type site struct {
	*generator.Builder
	app   *app
	cache *cache.Cache
	notes *folder
	theme *folder // nil for the default theme alone
}

// Close ends the work, and keeps what it found out for the next run.
func (s *site) Close() {
	s.keep()
	s.cache.Close()
	s.notes.Close()
	if s.theme != nil {
		s.theme.Close()
	}
}

// keep writes what is new to the cache. Without one the next run only takes
// longer, so that it cannot is no failure.
func (s *site) keep() {
	if err := s.cache.Save(); err != nil {
		s.app.detail("%v", err)
	}
}

// cache opens the cache that is kept between runs, else one that is not.
func (a *app) cache() *cache.Cache {
	if a.noCache {
		return cache.New()
	}
	dir, err := os.UserCacheDir()
	if err == nil {
		var kept *cache.Cache
		if kept, err = cache.Open(filepath.Join(dir, "debrief", "code")); err == nil {
			return kept
		}
	}
	a.detail("nothing is kept for the next run: %v", err)
	return cache.New()
}

// site opens what the flags name. out is the output folder: when it lies among
// the notes it is not read.
func (a *app) site(f siteFlags, out string) (*site, error) {
	if err := oneOf("profile", f.profile, "private", "shared", "public"); err != nil {
		return nil, err
	}
	if err := checkBaseURL(f.baseURL); err != nil {
		return nil, err
	}
	notes, err := a.open()
	if err != nil {
		return nil, err
	}
	s := &site{app: a, notes: notes}
	if err = a.checkSettings(notes, f.profile); err == nil {
		s.Builder, err = a.builder(s, f, out)
	}
	if err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

// checkSettings looks for settings that stand beside the notes instead of among
// them. Nobody reads these; in a build for others that is a refusal, since what
// they forbid to show would be shown.
func (a *app) checkSettings(notes *folder, profile string) error {
	if _, err := fs.Stat(notes.files(), source.SettingsFile); err == nil {
		return nil
	}
	beside := filepath.Join(notes.dir, "..", source.SettingsFile)
	if info, err := os.Stat(beside); err != nil || info.IsDir() {
		return nil
	}
	err := misused("nothing in %s counts: settings lie among the notes; move it into %s", beside, notes.dir)
	if profile == "private" {
		a.say("%v", err)
		return nil
	}
	return err
}

func (a *app) builder(s *site, f siteFlags, out string) (*generator.Builder, error) {
	output, err := s.notes.inside(out)
	if err != nil {
		return nil, err
	}
	var theme fs.FS
	if f.theme != "" {
		if s.theme, err = openFolder(f.theme, "theme"); err != nil {
			return nil, err
		}
		theme = s.theme.files()
	}
	profile, _ := note.ParseVisibility(f.profile)
	s.cache = a.cache()
	return &generator.Builder{Content: s.notes.files(), Output: output, Profile: profile, Theme: theme, BaseURL: f.baseURL, Cache: s.cache}, nil
}

// again returns a builder that remembers nothing.
func (s *site) again() *generator.Builder {
	return &generator.Builder{Content: s.Content, Output: s.Output, Profile: s.Profile, Theme: s.Theme, BaseURL: s.BaseURL}
}

func checkBaseURL(s string) error {
	if s != "" && !handbook.IsBaseURL(s) {
		return misused("--base-url is a whole address like https://example.com/handbook/, not %q", s)
	}
	return nil
}

// print shows findings to people. prefix stands before every path, so that a
// click leads to the file.
func (a *app) print(to *stream, found diag.List, source func(path string) []byte, prefix string) error {
	if a.quiet { // what a script could not do without
		found = failing(found)
	}
	return diag.Print(to, found, diag.PrintOptions{Source: source, Prefix: prefix, Color: to.color, Width: to.width})
}

func failing(found diag.List) diag.List {
	var kept diag.List
	for _, f := range found {
		if f.Severity == diag.Error {
			kept = append(kept, f)
		}
	}
	return kept
}

// aboveInfo keeps errors and warnings; infos are left to `debrief check`.
func aboveInfo(found diag.List) diag.List {
	var kept diag.List
	for _, f := range found {
		if f.Severity > diag.Info {
			kept = append(kept, f)
		}
	}
	return kept
}

// say tells how it went, unless it is to be quiet.
func (a *app) say(format string, args ...any) {
	if !a.quiet {
		fmt.Fprintf(a.err, format+"\n", visibleArgs(args)...)
	}
}

// visibleArgs are the arguments of a message with what came from notes and names of
// files made harmless to a terminal.
func visibleArgs(args []any) []any {
	out := slices.Clone(args)
	for i, arg := range out {
		switch arg := arg.(type) {
		case string:
			out[i] = diag.Visible(arg)
		case error:
			out[i] = visibleLines(arg.Error())
		}
	}
	return out
}

// visibleLines is diag.Visible for a message of several lines.
func visibleLines(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = diag.Visible(line)
	}
	return strings.Join(lines, "\n")
}

// complain says what went wrong.
func (a *app) complain(err error) {
	fmt.Fprintf(a.err, "%s %s\n", a.err.paint(red, "debrief:"), visibleLines(err.Error()))
}

// detail is said only when asked for more.
func (a *app) detail(format string, args ...any) {
	if a.verbose {
		a.say(format, args...)
	}
}

// hint says what to do where there are no notes.
func (a *app) hint(notes int, dir string) {
	if notes == 0 {
		a.say("no notes in %s yet: `debrief new story TITLE` begins one, `debrief init --demo DIR` shows a filled handbook", dir)
	}
}

// sayUnsearchable tells that search is missing, and how to come by it.
func (a *app) sayUnsearchable(searchable bool) {
	if !searchable {
		a.say("search is left out: its script is not part of this debrief; `make` in debrief's sources adds it (and needs npm)")
	}
}

// counts is the part of a summary that says how many findings there are, like
// "1 error, 3 warnings"; "" for none. Infos are left to `debrief check`.
func counts(c diag.Counts, infos bool) string {
	var parts []string
	add := func(n int, one string) {
		if n > 0 {
			parts = append(parts, plural(n, one))
		}
	}
	add(c.Error, "error")
	add(c.Warning, "warning")
	if infos {
		add(c.Info, "info")
	}
	return strings.Join(parts, ", ")
}

func plural(n int, one string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %ss", n, one)
}

// took is a length of time as people want to know it.
func took(d time.Duration) string {
	if d < time.Second {
		return fmt.Sprintf("%d ms", max(d.Milliseconds(), 1))
	}
	return fmt.Sprintf("%.1f s", d.Seconds())
}
