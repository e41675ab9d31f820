package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"debrief/docs"
	"debrief/generator"
	"debrief/generator/claim"
	"debrief/generator/diag"
	"debrief/generator/note"
	"debrief/generator/source"
)

func (a *app) explainCommand() *cobra.Command {
	return &cobra.Command{
		Use:  "explain [RULE|FIGURE]",
		Args: arguments(0, -1),
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return docs.Rules(), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				a.listRules()
				return nil
			}
			return a.explain(c.Context(), strings.Join(args, " ")) // so that 38 min needs no quotes
		},
	}
}

// listRules says in a line each what debrief looks for.
func (a *app) listRules() {
	wide := 0
	for _, rule := range docs.Rules() {
		wide = max(wide, len(rule))
	}
	for _, rule := range docs.Rules() {
		row := fmt.Sprintf("%-*s  %s", wide, rule, docs.Summary(rule))
		fmt.Fprintln(a.out, cutTo(strings.TrimRight(row, " "), a.out.width))
	}
}

func (a *app) explain(ctx context.Context, what string) error {
	what = strings.Trim(what, "[]{} ") // as findings and notes write it
	if page, ok := docs.Rule(what); ok {
		return a.explainRule(ctx, what, page)
	}
	s, r, err := a.readIfAny(ctx)
	if err != nil {
		return err
	}
	if s == nil {
		return unexplained(what, nil)
	}
	defer s.Close()
	facts := meant(what, r.Site.Ledger.Facts())
	if len(facts) == 0 {
		return unexplained(what, r.Site.Ledger.Facts())
	}
	for i, f := range facts {
		if i > 0 {
			fmt.Fprintln(a.out)
		}
		a.explainFact(f, r.Site.Ledger, s.notes.prefix())
	}
	return nil
}

// explainRule prints a rule's page, and where the handbook at hand breaks it.
func (a *app) explainRule(ctx context.Context, rule, page string) error {
	fmt.Fprintln(a.out, strings.TrimRight(page, "\n"))
	s, r, err := a.readIfAny(ctx)
	if err != nil || s == nil {
		return err
	}
	defer s.Close()
	var found diag.List
	for _, f := range r.Findings {
		if f.Rule == rule {
			found = append(found, f)
		}
	}
	fmt.Fprintln(a.out)
	if len(found) == 0 {
		fmt.Fprintf(a.out, "In this handbook: nothing (%s read)\n", plural(r.Notes, "note"))
		return nil
	}
	fmt.Fprintf(a.out, "In this handbook: %s\n\n", plural(len(found), "place"))
	const most = 20
	if err := diag.Print(a.out, found[:min(len(found), most)], diag.PrintOptions{Source: r.Source, Prefix: s.notes.prefix(), Color: a.out.color, Width: a.out.width}); err != nil {
		return err
	}
	if len(found) > most {
		fmt.Fprintf(a.out, "and %d more: `debrief check` lists them\n", len(found)-most)
	}
	return nil
}

// readIfAny builds the handbook of the current folder when there is one: a
// question about a rule may be asked from anywhere, and must not read a whole
// home folder.
func (a *app) readIfAny(ctx context.Context) (*site, *generator.Result, error) {
	f, err := a.open()
	var misuse failure
	if a.content == "" && errors.As(err, &misuse) {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	if a.content == "" && f.dir == "." && !isHandbook(f.files()) {
		return nil, nil, nil
	}
	return a.read(ctx)
}

// isHandbook reports a folder that says so at its top: by settings, by a
// folder of a kind, or by a note.
func isHandbook(dir fs.FS) bool {
	entries, err := fs.ReadDir(dir, ".")
	if err != nil {
		return false
	}
	return slices.ContainsFunc(entries, func(e fs.DirEntry) bool {
		if e.IsDir() {
			return slices.ContainsFunc(note.Kinds, func(k *note.Kind) bool { return k.Dir != "" && k.Dir == e.Name() })
		}
		return e.Name() == source.SettingsFile || path.Ext(e.Name()) == ".md"
	})
}

// meant returns the facts that what names: by id, by key, or by what is shown.
func meant(what string, facts []claim.Fact) []claim.Fact {
	text := bare(what)
	for _, is := range []func(claim.Fact) bool{
		func(f claim.Fact) bool { return f.ID == what },
		func(f claim.Fact) bool { return f.Key == what },
		func(f claim.Fact) bool { return bare(f.Text) == text || bare(f.Value) == text },
		func(f claim.Fact) bool { return strings.EqualFold(f.Label, what) },
	} {
		var found []claim.Fact
		for _, f := range facts {
			if is(f) {
				found = append(found, f)
			}
		}
		if len(found) > 0 {
			return found
		}
	}
	return nil
}

// bare is a figure without what one leaves out when typing it; the signs that
// a keyboard lacks are those that it has.
func bare(s string) string {
	s = strings.NewReplacer("−", "-", "×", "x").Replace(strings.ToLower(s))
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '~' || r == ',' {
			return -1
		}
		return r
	}, s)
}

func unexplained(what string, facts []claim.Fact) error {
	known := docs.Rules()
	for _, f := range facts {
		known = append(known, f.Key, f.ID)
	}
	slices.Sort(known)
	if near := diag.Near(what, slices.Compact(known)); near != "" {
		return misused("nothing is called %q; did you mean %q?", what, near)
	}
	if facts == nil {
		return misused("no rule is called %q, and there are no figures here; `debrief explain` lists the rules", what)
	}
	return misused("no rule or figure is called %q; `debrief explain` lists the rules, `debrief figures` the figures", what)
}

// explainFact says all that is known of a figure.
func (a *app) explainFact(f claim.Fact, ledger *claim.Ledger, prefix string) {
	fmt.Fprintln(a.out, a.out.paint(bold, f.ID))
	row := func(name, value string) {
		if value != "" {
			fmt.Fprintf(a.out, "  %-10s  %s\n", name, diag.Visible(value))
		}
	}
	row("what", f.Label)
	row("value", f.Shown())
	row("formula", f.Formula)
	for i, in := range inputs(f, ledger) {
		name := ""
		if i == 0 {
			name = "inputs"
		}
		fmt.Fprintf(a.out, "  %-10s  %s\n", name, diag.Visible(in))
	}
	row("confidence", f.Confidence)
	place := prefix + f.Note.Path
	if f.Pos.Line > 0 {
		place += fmt.Sprintf(":%d", f.Pos.Line)
	}
	row("from", place)
}

var names = regexp.MustCompile(`[a-z][a-z_]*(?:\.[a-z_]+)*`)

// inputs are what a fact's formula stands on, each with its value: other facts
// of the same note, or fields as they are written.
func inputs(f claim.Fact, ledger *claim.Ledger) []string {
	type input struct{ name, value string }
	var found []input
	metric := strings.TrimSuffix(f.Key, path.Ext(f.Key))
	for _, name := range names.FindAllString(f.Formula, -1) {
		value := ""
		if g, ok := ledger.Fact(f.Note, name); ok {
			value = g.Shown()
		} else if g, ok := ledger.Fact(f.Note, metric+"."+name); ok && g.Key != f.Key {
			name, value = g.Key, g.Shown()
		} else {
			value = f.Note.Front.Text(name)
		}
		if in := (input{name, value}); value != "" && !slices.Contains(found, in) {
			found = append(found, in)
		}
	}
	for _, part := range []string{"before", "after"} { // "larger ÷ smaller" is said of these
		if g, ok := ledger.Fact(f.Note, metric+"."+part); ok && len(found) < 2 && f.Formula != "" && g.Key != f.Key {
			found = append(found, input{g.Key, g.Shown()})
		}
	}
	wide := 0
	for _, in := range found {
		wide = max(wide, utf8.RuneCountInString(in.name))
	}
	var lines []string
	for _, in := range found {
		lines = append(lines, fmt.Sprintf("%-*s  %s", wide, in.name, in.value))
	}
	return lines
}
