package main

import (
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"debrief/generator"
	"debrief/generator/claim"
	"debrief/generator/diag"
)

func (a *app) figuresCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:  "figures",
		Args: arguments(0, 0),
		RunE: func(c *cobra.Command, _ []string) error { return a.figures(c.Context(), asJSON) },
	}
	c.Flags().BoolVar(&asJSON, "json", false, "")
	return c
}

// A figure is a fact as programs read it.
type figure struct {
	ID         string `json:"id"`
	Label      string `json:"label"`
	Value      string `json:"value"`
	Unit       string `json:"unit"`
	Text       string `json:"text"`
	Formula    string `json:"formula,omitempty"` // none: a field of the note itself
	Confidence string `json:"confidence"`
	Path       string `json:"path"` // relative to the content root
	Line       int    `json:"line"`
}

// A said is a claim as programs read it.
type said struct {
	Path   string `json:"path"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
	Text   string `json:"text"`
	Status string `json:"status"`         // backed, contradicted or floating
	Fact   string `json:"fact,omitempty"` // the id of the fact that backs or contradicts it
	By     string `json:"by,omitempty"`   // what backs it when no fact does
}

func (a *app) figures(ctx context.Context, asJSON bool) error {
	s, r, err := a.read(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	facts := r.Site.Ledger.Facts()
	if asJSON {
		list := make([]figure, len(facts))
		for i, f := range facts {
			list[i] = figure{f.ID, f.Label, f.Value, f.Unit, f.Text, f.Formula, f.Confidence, f.Note.Path, f.Pos.Line}
		}
		claims := make([]said, len(r.Site.Ledger.Claims()))
		for i, c := range r.Site.Ledger.Claims() {
			claims[i] = said{c.Note.Path, c.Pos.Line, c.Pos.Column, c.Text, string(c.Status), "", c.By}
			if c.Fact != nil {
				claims[i].Fact = c.Fact.ID
			}
		}
		return writeJSON(a.out, struct {
			Schema int      `json:"schema"`
			Facts  []figure `json:"facts"`
			Claims []said   `json:"claims"`
		}{1, list, claims})
	}
	a.table(facts, s.notes.prefix())
	a.tellClaims(r.Site.Ledger.Claims(), s.notes.prefix())
	if len(facts) == 0 {
		a.say("no figures yet: they follow from the times and metrics of incidents and the terms of offers")
	}
	return nil
}

// tellClaims says how the figures in prose stand: those that differ one by
// one, the floating ones too when asked for more.
func (a *app) tellClaims(claims []claim.Claim, prefix string) {
	counted := make(map[claim.Status]int)
	for _, c := range claims {
		counted[c.Status]++
		place := fmt.Sprintf("%s%s:%d:%d", prefix, c.Note.Path, c.Pos.Line, c.Pos.Column)
		switch {
		case c.Status == claim.Contradicted:
			a.say("%s: says %s; %s is %s", place, c.Text, c.Fact.ID, c.Fact.Text)
		case c.Status == claim.Floating:
			a.detail("%s: %s stands on nothing known", place, c.Text)
		}
	}
	if len(claims) > 0 {
		a.say("said in prose: %d backed, %d contradicted, %d floating", counted[claim.Backed], counted[claim.Contradicted], counted[claim.Floating])
	}
}

// read builds the whole handbook to ask it something.
func (a *app) read(ctx context.Context) (*site, *generator.Result, error) {
	s, err := a.site(siteFlags{profile: "private"}, defaultOut)
	if err != nil {
		return nil, nil, err
	}
	defer collectLess(forOnce)()
	r, err := s.Build(ctx)
	if err != nil {
		s.Close()
		return nil, nil, fmt.Errorf("read the handbook: %w", err)
	}
	return s, r, nil
}

// table prints facts note by note: key, value, how it follows. On a terminal
// what does not fit is cut.
func (a *app) table(facts []claim.Fact, prefix string) {
	wide := 0
	for _, f := range facts {
		wide = max(wide, utf8.RuneCountInString(f.Key))
	}
	wide = min(wide, 34)
	valueWide := 0
	for _, f := range facts {
		valueWide = max(valueWide, utf8.RuneCountInString(f.Shown()))
	}
	valueWide = min(valueWide, 22)
	for i, f := range facts {
		if i == 0 || facts[i-1].Note != f.Note {
			if i > 0 {
				fmt.Fprintln(a.out)
			}
			fmt.Fprintf(a.out, "%s  %s\n", a.out.paint(bold, f.Note.ID), a.out.paint(dim, prefix+f.Note.Path))
		}
		row := fmt.Sprintf("  %-*s  %-*s  %s", wide, f.Key, valueWide, f.Shown(), f.Formula)
		fmt.Fprintln(a.out, cutTo(strings.TrimRight(row, " "), a.out.width))
	}
}

// cutTo cuts a line to a width; 0 cuts nothing. What could act on a terminal is
// made visible.
func cutTo(line string, width int) string {
	line = diag.Visible(line)
	if width <= 0 || utf8.RuneCountInString(line) <= width {
		return line
	}
	return string([]rune(line)[:max(width-1, 0)]) + "…"
}
