package page

import (
	"fmt"
	"slices"
	"strings"

	"debrief/generator/note"
)

// CheatSheet is the data of cheat-sheet.html: what fits on one side of paper
// and is worth having in the hand.
type CheatSheet struct {
	Title    string // of the handbook
	Target   string
	Incident *SheetIncident // the newest, or nil
	Rounds   []SheetRound   // to come
	Probes   []SheetProbe
	Signals  []SignalPair
	Judgment string
}

// A SheetIncident is the newest incident in stamps and figures.
type SheetIncident struct {
	Incident Link
	When     When
	Severity string
	Role     string
	Zone     string // of the stamps
	Stamps   []Stamp
	Figures  []Figure // three
	Verdicts []Mark
	Path     string // the way taken through the decision tree, in words
	RACI     []RACILine
}

// A Stamp is one instant of an incident, to the second.
type Stamp struct {
	Name  string // "mitigated"
	Day   string // when it is not the first stamp's: "11 February"
	Clock string // "10:40:00"
	Since string // from the start: "T+38:00"
	ISO   string
}

// A RACILine is one letter of the incident's RACI.
type RACILine struct {
	Letter string // A, R, C, I
	Word   string // accountable …
	Who    string // "me (detect, declare, mitigate); platform-lead (review, fix)"
}

// A SheetRound is one round: what is asked, and what is told.
type SheetRound struct {
	Round Link
	Short string
	When  When
	Rows  []AskedPrinciple
	Spare []Link // stories of the round that none of its principles calls for
}

// A SheetProbe is a follow-up question with its answer.
type SheetProbe struct {
	Question, Answer string
	From             Link
}

const (
	sheetProbes  = 2
	sheetSignals = 4
	probeLength  = 330 // characters of an answer
)

func cheatSheetData(s *Site) any {
	if !s.Book.Prepares() {
		return nil
	}
	c := &CheatSheet{Title: s.Book.Settings.Title, Target: target(s.Book.Settings.Target)}
	newest := s.Book.Newest()
	var sources []*note.Note // of probes and of the judgment, the best first
	if newest != nil {
		c.Incident = sheetIncident(s, newest)
		sources = append([]*note.Note{newest}, s.Book.StoriesOn(newest)...)
	}
	for i, r := range activeRounds(s) {
		if card := sheetRound(s, r, i); card != nil {
			c.Rounds = append(c.Rounds, *card)
		}
	}
	if c.Incident == nil && len(c.Rounds) == 0 {
		return nil
	}
	for _, n := range sources {
		for _, call := range n.Body.Callouts {
			switch {
			case call.Type == "probe" && len(c.Probes) < sheetProbes && strings.TrimSpace(call.Text) != "":
				c.Probes = append(c.Probes, SheetProbe{call.Title, shorten(call.Text, probeLength), s.LinkTo(n)})
			case call.Type == "judgment" && c.Judgment == "":
				c.Judgment = judgment(call.Title, call.Text)
			}
		}
	}
	c.Signals = s.signals()
	return c
}

// judgment joins a callout's title and text: the title is the line, unless
// the author gave none.
func judgment(title, text string) string {
	text = shorten(text, 200)
	if strings.EqualFold(title, "judgment") || strings.EqualFold(title, "judgement") || title == "" {
		return text
	}
	if text == "" {
		return title
	}
	return strings.TrimRight(title, ".") + ". " + text
}

func sheetIncident(s *Site, n *note.Note) *SheetIncident {
	f, _ := note.Of[*note.Incident](n)
	d := &SheetIncident{
		Incident: s.LinkTo(n), When: whenOf(n), Severity: severity(f.Severity), Role: f.Role,
		Figures: s.headlineFigures(n, 3), Verdicts: marks(f), RACI: raciLines(f.RACI),
	}
	if f.DecisionTree != nil {
		d.Path = pathInWords(f.DecisionTree)
	}
	var before string
	for _, m := range f.Instants() {
		if !m.At.Set {
			continue
		}
		at := m.At.T
		if d.Zone == "" {
			d.Zone = offset(at)
		}
		stamp := Stamp{Name: m.Name, Clock: clock(at, true), ISO: at.Format("2006-01-02T15:04:05Z07:00")}
		if f.StartedAt.Set {
			stamp.Since = "T" + sinceStart(at.Sub(f.StartedAt.T))
		}
		if day := at.Format("2\u00a0Jan"); day != before {
			if before != "" || severalDays(f) {
				stamp.Day = day
			}
			before = day
		}
		d.Stamps = append(d.Stamps, stamp)
	}
	return d
}

// severalDays reports whether an incident's instants lie on different days.
func severalDays(f *note.Incident) bool {
	var first note.Moment
	for _, m := range f.Instants() {
		if !m.At.Set {
			continue
		}
		if first.At.Set && !sameDay(first.At.T, m.At.T) {
			return true
		}
		if !first.At.Set {
			first = m
		}
	}
	return false
}

// raciLines turns activities × letters into a line a letter, each person with
// the activities it holds for.
func raciLines(rows []note.RACI) []RACILine {
	var out []RACILine
	for _, l := range []struct {
		letter, word string
		of           func(note.RACI) []string
	}{
		{"A", "accountable", func(r note.RACI) []string { return r.A }},
		{"R", "responsible", func(r note.RACI) []string { return r.R }},
		{"C", "consulted", func(r note.RACI) []string { return r.C }},
		{"I", "informed", func(r note.RACI) []string { return r.I }},
	} {
		var order []string
		did := make(map[string][]string)
		for _, r := range rows {
			for _, who := range l.of(r) {
				if _, ok := did[who]; !ok {
					order = append(order, who)
				}
				did[who] = append(did[who], r.Activity)
			}
		}
		slices.SortStableFunc(order, func(a, b string) int { return len(did[b]) - len(did[a]) })
		var parts []string
		for _, who := range order {
			if len(did[who]) == len(rows) && len(rows) > 1 {
				parts = append(parts, who+" (all)")
			} else {
				parts = append(parts, fmt.Sprintf("%s (%s)", who, strings.Join(did[who], ", ")))
			}
		}
		if len(parts) > 0 {
			out = append(out, RACILine{l.letter, l.word, strings.Join(parts, "; ")})
		}
	}
	return out
}

func sheetRound(s *Site, r *note.Note, i int) *SheetRound {
	f, _ := note.Of[*note.Round](r)
	if f.Status == "done" {
		return nil
	}
	d := &SheetRound{Round: s.LinkTo(r), Short: roundShort(r, i), When: whenOf(r)}
	used := make(map[string]bool)
	for _, p := range s.Book.PrinciplesOf(r) {
		a := askedPrinciple(s, r, p)
		if a.Story != nil {
			used[a.Story.File] = true
		}
		d.Rows = append(d.Rows, a)
	}
	for _, story := range s.Book.StoriesIn(r) {
		if l := s.LinkTo(story); !used[l.File] {
			d.Spare = append(d.Spare, l)
		}
	}
	if len(d.Rows) == 0 && len(d.Spare) == 0 {
		return nil
	}
	return d
}

// sheetSignalPairs picks a few red signals, from different categories before
// two of one: the author's own first, since those are the ones they fell for.
func sheetSignalPairs(s *Site) []SignalPair {
	r, ok := redSignalsData(s).(*RedSignals)
	if !ok {
		return nil
	}
	var out []SignalPair
	for _, own := range []bool{true, false} {
		for depth := 0; depth < r.Count && len(out) < sheetSignals; depth++ {
			for _, g := range r.Groups {
				pairs := slices.DeleteFunc(slices.Clone(g.Pairs), func(p SignalPair) bool { return (p.Link != nil) != own })
				if depth < len(pairs) && len(out) < sheetSignals {
					out = append(out, pairs[depth])
				}
			}
		}
	}
	return out
}
