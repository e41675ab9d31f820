package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"debrief/generator"
	"debrief/generator/output"
	"debrief/generator/publish"
)

type publishFlags struct {
	theme, baseURL     string
	to, branch, remote string
	dryRun, yes        bool
	strict             bool
}

func (a *app) publishCommand() *cobra.Command {
	var f publishFlags
	c := &cobra.Command{
		Use:  "publish",
		Args: arguments(0, 0),
		RunE: func(c *cobra.Command, _ []string) error {
			if f.to != "" && (c.Flags().Changed("branch") || f.remote != "") {
				return misused("--to publishes into a folder; it goes with neither --branch nor --remote")
			}
			err := a.publish(c.Context(), f)
			if refusal := (publish.Refusal{}); errors.As(err, &refusal) {
				return failure{exitUsage, fmt.Errorf("nothing published: %w", err)}
			}
			return err
		},
	}
	c.Flags().StringVar(&f.to, "to", "", "")
	c.Flags().StringVar(&f.branch, "branch", publish.DefaultBranch, "")
	c.Flags().StringVar(&f.remote, "remote", "", "")
	c.Flags().BoolVarP(&f.dryRun, "dry-run", "n", false, "")
	c.Flags().BoolVarP(&f.yes, "yes", "y", false, "")
	c.Flags().StringVar(&f.theme, "theme", "", "")
	c.Flags().StringVar(&f.baseURL, "base-url", "", "")
	c.Flags().BoolVar(&f.strict, "strict", false, "")
	c.MarkFlagDirname("to")
	c.MarkFlagDirname("theme")
	return c
}

// A place is where a site is published to.
type place interface {
	// before is what a site takes the place of there.
	before(site output.Files) (map[string][]byte, error)
	// foreign reports whether that is somebody else's.
	foreign() bool
	// signature is what else goes out with a site: who has published it.
	signature(ctx context.Context) (output.Files, error)
	// put brings a site there, or nothing at all. It reports whether that
	// changed anything.
	put(ctx context.Context, files output.Files, pages int) (changed bool, err error)
	String() string
	Close()
}

func (a *app) publish(ctx context.Context, f publishFlags) error {
	out := f.to
	if out == "" {
		out = defaultOut
	}
	s, err := a.site(siteFlags{profile: "public", theme: f.theme, baseURL: f.baseURL}, out)
	if err != nil {
		return err
	}
	defer s.Close()
	r, err := a.public(ctx, s, f.strict)
	if err != nil {
		return err
	}
	files, now, err := drawn(r.Files)
	if err != nil {
		return err
	}
	if err := a.gate(ctx, r, files); err != nil {
		return err
	}
	to, err := a.place(ctx, s, f)
	if err != nil {
		return err
	}
	defer to.Close()
	if err := a.gateSignature(ctx, r, to); err != nil {
		return err
	}
	before, err := to.before(files)
	if err != nil {
		return err
	}
	brought := r.Brought()
	e := publish.Compare(before, now, func(path string) bool {
		file, _ := files.Get(path)
		return brought(file)
	})
	a.showExposure(e, len(before), r.Pages(), to)
	if f.dryRun {
		a.say("nothing published: --dry-run only looks")
		return nil
	}
	if (e.Widens() || to.foreign()) && !f.yes {
		if said, err := a.ask(ctx, "Publish this? Anybody can read it, and copies stay. [y/N] "); err != nil || !said {
			return err
		}
	}
	changed, err := to.put(ctx, files, r.Pages())
	if err != nil {
		return err
	}
	if !changed {
		a.say("%s holds this site already", to)
		return nil
	}
	a.say("published %s %s %s", plural(r.Pages(), "page"), arrow(), to)
	return nil
}

// public builds what everybody may see.
func (a *app) public(ctx context.Context, s *site, strict bool) (*generator.Result, error) {
	defer collectLess(forOnce)()
	done := a.progress("building…")
	defer done()
	r, err := s.Build(ctx)
	if err != nil {
		return nil, fmt.Errorf("build the handbook: %w", err)
	}
	done()
	if err := a.found(r.Findings, r.Source, s, strict, "nothing published"); err != nil {
		return nil, err
	}
	if len(r.Site.Book.Notes) == 0 {
		return nil, misused("nothing published: none of the %s says `visibility: public`", plural(r.Notes, "note"))
	}
	return r, nil
}

// Who publishes, under the keys of git's settings.
const (
	userName  = "user.name"
	userEmail = "user.email"
)

// gateSignature keeps what must not be shown out of the history of a branch,
// from where nothing is ever taken back.
func (a *app) gateSignature(ctx context.Context, r *generator.Result, to place) error {
	files, err := to.signature(ctx)
	if err != nil {
		return err
	}
	leaks, err := r.LeaksIn(ctx, files)
	if err != nil || len(leaks) == 0 {
		return err
	}
	l := leaks[0]
	what, value := "name", "NAME"
	if l.File == userEmail {
		what, value = "e-mail", "ADDRESS"
	}
	return failure{exitLeak, fmt.Errorf("nothing published: your %s would show %s to everybody (%s); `git config %s %s` sets another", what, l.Masked, l.Entry, l.File, value)}
}

// drawn draws every file of a site once, so that what is read, compared and
// published are the same bytes, and adds what keeps GitHub Pages from leaving
// some of them out.
func drawn(site output.Files) (output.Files, map[string][]byte, error) {
	now := make(map[string][]byte, len(site)+1)
	files := make(output.Files, 0, len(site)+1)
	add := func(path string, data []byte) {
		now[path] = data
		files = append(files, output.File{Path: path, Draw: func() ([]byte, error) { return data, nil }})
	}
	for _, f := range site {
		data, err := f.Bytes()
		if err != nil {
			return nil, nil, err
		}
		add(f.Path, data)
	}
	add(".nojekyll", nil)
	files.Sort()
	return files, now, files.Check()
}

func (a *app) place(ctx context.Context, s *site, f publishFlags) (place, error) {
	if f.to != "" {
		if err := output.CheckTarget(f.to, s.notes.dir); err != nil {
			return nil, err
		}
		return &folderPlace{a, f.to, s.notes.dir}, nil
	}
	b, err := publish.Look(ctx, s.notes.dir, publish.Options{Remote: f.remote, Branch: f.branch})
	if err != nil {
		return nil, err
	}
	return &branchPlace{b, a}, nil
}

// A folderPlace is a folder that the user takes elsewhere.
type folderPlace struct {
	a            *app
	dir, content string
}

func (p *folderPlace) String() string { return p.dir }
func (p *folderPlace) Close()         {}
func (p *folderPlace) foreign() bool  { return false } // what is not debrief's stays there

func (p *folderPlace) signature(context.Context) (output.Files, error) { return nil, nil }

func (p *folderPlace) before(site output.Files) (map[string][]byte, error) {
	files := make(map[string][]byte)
	err := filepath.WalkDir(p.dir, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && d.Name() == ".git":
			return fs.SkipDir
		case !d.Type().IsRegular():
			return nil
		}
		rel, err := filepath.Rel(p.dir, name)
		if err == nil {
			files[filepath.ToSlash(rel)], err = os.ReadFile(name)
		}
		return err
	})
	if isMissing(err) {
		return nil, nil
	}
	old, _ := site.Supersedes(files) // nothing of a folder without a manifest
	return old, err
}

func (p *folderPlace) put(ctx context.Context, files output.Files, _ int) (bool, error) {
	report, err := output.Write(ctx, p.dir, files, output.Options{Content: p.content})
	p.a.tell(report)
	return report.Written+report.Removed > 0, err
}

// A branchPlace is a branch of the repository that the notes lie in.
type branchPlace struct {
	*publish.Branch
	a *app
}

func (p *branchPlace) foreign() bool { return p.Exists && !p.Ours }

func (p *branchPlace) before(site output.Files) (map[string][]byte, error) {
	if p.foreign() {
		p.a.say("what lies on %s was not published by debrief; this site would take its place, and its history stays", p)
	}
	return p.Replaced(site), nil
}

func (p *branchPlace) signature(ctx context.Context) (output.Files, error) {
	name, email, err := p.Committer(ctx)
	if err != nil {
		return nil, err
	}
	return output.Files{
		{Path: userEmail, Draw: func() ([]byte, error) { return []byte(email), nil }},
		{Path: userName, Draw: func() ([]byte, error) { return []byte(name), nil }},
	}, nil
}

func (p *branchPlace) put(ctx context.Context, files output.Files, pages int) (bool, error) {
	done := p.a.progress("pushing…")
	defer done()
	changed, err := p.Commit(ctx, files, "Publish "+plural(pages, "page"))
	p.a.tell(output.Report{Kept: p.Kept})
	if err != nil || !changed {
		return false, err
	}
	if err := p.Push(ctx); err != nil {
		return false, err
	}
	done()
	if address := publish.Address(p.URL); address != "" {
		p.a.say("it will stand at %s once Settings, Pages, Source says: Deploy from a branch, %s", address, p.Name)
	}
	return true, nil
}

// showExposure says what others will see that they do not see now.
func (a *app) showExposure(e *publish.Exposure, before, pages int, to place) {
	there := "nothing lies there yet"
	if before > 0 {
		there = plural(before, "file") + " there now"
	}
	fmt.Fprintf(a.out, "%s %s %s, %s\n", plural(pages, "page"), arrow(), to, there)
	if !e.Widens() {
		fmt.Fprintln(a.out, "nothing new to the world")
	} else {
		fmt.Fprintln(a.out, "new to the world:")
	}
	for _, kind := range []struct {
		one   string
		items []string
	}{
		{"page", titles(e.Pages)}, {"heading", e.Headings}, {"name", e.Names}, {"figure", e.Figures}, {"file", e.Files},
		{"changed page", titles(e.ChangedPages)}, {"changed file", e.ChangedFiles},
	} {
		if len(kind.items) > 0 {
			fmt.Fprintf(a.out, "  %-16s %s\n", plural(len(kind.items), kind.one), a.few(kind.items))
		}
	}
	if len(e.Gone) > 0 {
		fmt.Fprintf(a.out, "no more there: %s\n", a.few(e.Gone))
	}
}

func titles(pages []publish.Page) []string {
	var titles []string
	for _, p := range pages {
		titles = append(titles, p.Title)
	}
	return titles
}

// few names as many as anybody reads, or all of them when asked for more.
func (a *app) few(items []string) string {
	if a.verbose {
		return strings.Join(items, " · ")
	}
	const most = 8
	return strings.Join(items[:min(len(items), most)], " · ") + more(len(items)-most)
}

func more(n int) string {
	if n <= 0 {
		return ""
	}
	return fmt.Sprintf(" · and %d more (-v lists all)", n)
}

// ask asks a question to which only a yes is one. Where nobody answers, that
// is a mistake in how it was called.
func (a *app) ask(ctx context.Context, question string) (bool, error) {
	fmt.Fprint(a.err, question)
	type line struct {
		text string
		err  error
	}
	answered := make(chan line, 1)
	go func() { // a read cannot be interrupted, and Ctrl-C is an answer
		text, err := bufio.NewReader(a.stdin).ReadString('\n')
		answered <- line{text, err}
	}()
	var answer string
	var err error
	select {
	case <-ctx.Done():
		fmt.Fprintln(a.err)
		return false, ctx.Err()
	case l := <-answered:
		answer, err = l.text, l.err
	}
	if answer == "" && err != nil {
		fmt.Fprintln(a.err)
		return false, misused("nothing published: nobody answered; --yes publishes without asking")
	}
	switch strings.ToLower(strings.TrimSpace(answer)) {
	case "y", "yes":
		return true, nil
	}
	a.say("nothing published")
	return false, nil
}
