package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"debrief/generator"
	"debrief/generator/diag"
	"debrief/generator/handbook"
	"debrief/generator/note"
	"debrief/generator/output"
	"debrief/generator/page"
	"debrief/generator/render"
	"debrief/generator/sheet"
	"debrief/generator/sheet/pdf"
)

type printFlags struct {
	profile, paper, output string
	explain                bool
}

func (a *app) printCommand() *cobra.Command {
	var f printFlags
	c := &cobra.Command{
		Use:  "print [NOTE]",
		Args: arguments(0, 1),
		RunE: func(c *cobra.Command, args []string) error {
			return a.printSheet(c.Context(), strings.Join(args, ""), f)
		},
	}
	c.Flags().StringVar(&f.profile, "profile", "private", "")
	c.Flags().StringVar(&f.paper, "paper", "", "")
	c.Flags().StringVarP(&f.output, "output", "o", "", "")
	c.Flags().BoolVar(&f.explain, "explain", false, "")
	complete(c, "profile", "private", "shared", "public")
	complete(c, "paper", sheet.A4.Name, sheet.Letter.Name)
	return c
}

func (a *app) printSheet(ctx context.Context, name string, f printFlags) error {
	if f.paper != "" {
		if err := oneOf("paper", f.paper, sheet.A4.Name, sheet.Letter.Name); err != nil {
			return err
		}
	}
	s, err := a.site(siteFlags{profile: f.profile}, defaultOut)
	if err != nil {
		return err
	}
	defer s.Close()
	defer collectLess(forOnce)()
	r, err := s.Build(ctx)
	if err != nil {
		return fmt.Errorf("read the handbook: %w", err)
	}
	about, err := s.onPaper(r, name)
	if err != nil {
		return err
	}
	cards, title := r.Site.CheatSheet, "Cheat sheet"
	if about != nil && about.Kind.Name == "round" {
		cards, title = r.Site.RunSheet, "Run-sheet"
	}
	wanted := cards(about).Sheet
	settings := r.Site.Book.Settings
	if f.paper == "" {
		f.paper = settings.Paper
	}
	layout := sheet.Solve(&wanted, sheet.PaperNamed(f.paper), render.Direction(settings.Language) == "rtl")
	if f.explain {
		a.explainSheet(&wanted, layout)
		return nil
	}
	if f.output == "" {
		f.output = "cheat-sheet.pdf"
		if name != "" {
			f.output = about.ID + ".pdf"
		}
	}
	shown := output.File{Path: filepath.Base(f.output), Draw: func() ([]byte, error) {
		return []byte(wanted.Title + "\n" + wanted.Subtitle + "\n" + layout.Text()), nil
	}}
	if leaks, err := r.LeaksIn(ctx, output.Files{shown}); err != nil {
		return failure{exitLeak, err}
	} else if len(leaks) > 0 {
		for _, line := range leakLines(leaks) {
			fmt.Fprintln(a.err, line)
		}
		return failure{exitLeak, fmt.Errorf("nothing written: %s", forbidden(leaks))}
	}
	if about != nil {
		title += ": " + about.Title
	}
	file, err := a.pdf(ctx, layout, pdf.About{Title: title, Language: settings.Language})
	if err != nil {
		return err
	}
	if f.output == "-" {
		_, err := a.out.Write(file)
		return err
	}
	if err := writePDF(f.output, file); err != nil {
		return err
	}
	if said := layout.Said(); said != "" {
		a.say("%s", said)
	}
	a.hint(r.Notes, s.notes.dir)
	a.say("printed %s in %s pt type on %s %s %s", cmpTitle(about), sizeText(layout.Size), paperName(layout.Paper), arrow(), f.output)
	return nil
}

// onPaper finds what a sheet shall be of: the newest incident, or the incident
// or the round that name means by its path, its id or its title, or the
// incident that the story of that name is about.
func (s *site) onPaper(r *generator.Result, name string) (*note.Note, error) {
	book := r.Site.Book
	if name == "" {
		return book.Newest(), nil
	}
	found := noteCalled(book, name)
	if found == nil {
		if p, err := s.notes.note(name); err == nil {
			found = book.At(p)
			if found == nil && book.Profile > note.Private {
				return nil, misused("%s is not part of a %s build", name, book.Profile)
			}
		}
	}
	if found == nil {
		var known []string
		for _, n := range slices.Concat(book.OfKind("incident"), book.OfKind("round")) {
			known = append(known, n.ID)
		}
		if near := diag.Near(name, known); near != "" {
			return nil, misused("there is no incident and no round %s; did you mean %s?", name, near)
		}
		if len(known) == 0 {
			return nil, misused("there is no incident and no round %s, nor any other", name)
		}
		return nil, misused("there is no incident and no round %s; there are %s", name, some(known, 5))
	}
	if found.Kind.Name == "incident" || found.Kind.Name == "round" {
		return found, nil
	}
	if about := book.IncidentOf(found); about != nil {
		return about, nil
	}
	return nil, misused("%s is a %s; a sheet is of an incident, of a story on one, or of a round", found.Path, found.Kind.Name)
}

func noteCalled(book *handbook.Handbook, name string) *note.Note {
	for _, n := range slices.Concat(book.OfKind("incident"), book.OfKind("round"), book.OfKind("story")) {
		if n.ID == name || strings.EqualFold(n.Title, name) || n.Path == name || n.Path == name+".md" {
			return n
		}
	}
	return nil
}

// pdf writes a layout with our own fonts, or through a browser when they lack
// its letters.
func (a *app) pdf(ctx context.Context, l *sheet.Layout, about pdf.About) ([]byte, error) {
	foreign := l.Foreign()
	if len(foreign) == 0 {
		return pdf.Write(l, about), nil
	}
	some := string(foreign[:min(len(foreign), 8)])
	file, err := printByBrowser(ctx, pdf.Page(l, about))
	if errors.Is(err, errNoBrowser) {
		return nil, fmt.Errorf("the built-in fonts lack letters of this sheet (%s), and there is no Chromium to print it; install one, or open the site's cheat-sheet.html in a browser and print that", some)
	}
	if err != nil {
		return nil, fmt.Errorf("the built-in fonts lack letters of this sheet (%s), and Chromium could not print it: %w", some, err)
	}
	a.say("printed by Chromium, since the built-in fonts lack some letters (%s)", some)
	return file, nil
}

// writePDF puts a file in its place as a whole. What stands there already
// must be a PDF: nobody wants notes replaced by a slip of the keyboard.
func writePDF(name string, file []byte) error {
	old, err := os.ReadFile(name)
	switch {
	case err == nil && len(old) > 0 && !bytes.HasPrefix(old, []byte("%PDF-")):
		return misused("%s is there and is no PDF; it stays as it is", name)
	case err == nil && bytes.Equal(old, file):
		return nil
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("write the sheet: %w", err)
	}
	temp, err := os.CreateTemp(filepath.Dir(name), ".debrief-*.pdf")
	if err != nil {
		return fmt.Errorf("write the sheet: %w", err)
	}
	defer os.Remove(temp.Name()) // gone already when all went well
	_, err = temp.Write(file)
	err = errors.Join(err, temp.Chmod(0o644), temp.Close())
	if err == nil {
		err = os.Rename(temp.Name(), name)
	}
	if err != nil {
		return fmt.Errorf("write the sheet: %w", err)
	}
	return nil
}

// explainSheet lists every card with the rule that put it there.
func (a *app) explainSheet(s *page.Sheet, l *sheet.Layout) {
	wide := 0
	for _, c := range s.Cards {
		wide = max(wide, len(c.Name))
	}
	for i := range s.Cards {
		c := &s.Cards[i]
		state := "in full"
		if at := slices.IndexFunc(l.Missing, func(m sheet.Change) bool { return m.Card == c }); at >= 0 {
			switch m := l.Missing[at]; {
			case m.Gone:
				state = "left out, no room"
			case m.What != "":
				state = m.What
			default:
				state = "shortened"
			}
		}
		fmt.Fprintf(a.out, "%s  %s (priority %d)\n%*s  %s\n", a.out.paint(bold, fmt.Sprintf("%-*s", wide, c.Name)), state, c.Priority, wide, "", c.Why)
	}
	fmt.Fprintf(a.out, "%s, %s pt type, %s, %.0f%% of the height used\n", paperName(l.Paper), sizeText(l.Size), plural(l.Columns, "column"), l.Used*100)
}

func cmpTitle(n *note.Note) string {
	if n == nil {
		return "the cheat sheet"
	}
	return "“" + n.Title + "”"
}

func paperName(p sheet.Paper) string {
	if p.Name == sheet.Letter.Name {
		return "Letter"
	}
	return "A4"
}

func sizeText(pt float64) string {
	return strings.TrimSuffix(strings.TrimRight(fmt.Sprintf("%.2f", pt), "0"), ".")
}
