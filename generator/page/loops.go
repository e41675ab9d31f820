package page

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"debrief/generator/diag"
	"debrief/generator/handbook"
	"debrief/generator/measure"
	"debrief/generator/note"
)

// A LoopCard is one loop with how ready its rounds are.
type LoopCard struct {
	Name   string // of the loop, "" when the rounds name none
	Rounds []RoundCard
	Length string // of all rounds together
	Ready  int    // rounds that need nothing more
	Open   int    // rounds still to come
}

// A RoundCard is one round and what it still lacks.
type RoundCard struct {
	Round       Link
	Short       string // "R1"
	Type        string // as a reader calls it
	Interviewer string // by role
	When        When
	Length      string
	Asked       []AskedPrinciple
	Stories     []Link
	Readiness   Readiness
	Missing     []string // in words, worst first
	at          time.Time
}

// An AskedPrinciple is a principle that a round asks and the story there
// that shows it.
type AskedPrinciple struct {
	Principle Link
	Story     *Link // assigned to the round, or nil
	Spare     *Link // the strongest that could be told instead, when there is none
}

// Readiness is how far a round is prepared. It is a word before it is a
// colour: templates print it and use it as a class.
type Readiness string

// The readinesses, best first; done and cancelled need nothing.
const (
	Ready       Readiness = "ready"
	NearlyReady Readiness = "nearly ready"
	NotReady    Readiness = "not ready"
	Done        Readiness = "done"
	Cancelled   Readiness = "cancelled"
)

// Class is the readiness as one word, for style sheets.
func (r Readiness) Class() string { return strings.ReplaceAll(string(r), " ", "-") }

// loops returns the loops of the handbook: those with rounds to come first,
// then by their first date, the later first, then by name.
func loops(s *Site) []LoopCard {
	var names []string
	byName := make(map[string][]*note.Note)
	for _, r := range s.Book.OfKind("round") {
		f, _ := note.Of[*note.Round](r)
		if _, ok := byName[f.Loop]; !ok {
			names = append(names, f.Loop)
		}
		byName[f.Loop] = append(byName[f.Loop], r)
	}
	var out []LoopCard
	for _, name := range names {
		out = append(out, loopCard(s, name, byName[name]))
	}
	first := func(l LoopCard) time.Time { return l.Rounds[0].at }
	slices.SortStableFunc(out, func(a, b LoopCard) int {
		return cmp.Or(cmp.Compare(min(b.Open, 1), min(a.Open, 1)), first(b).Compare(first(a)), cmp.Compare(a.Name, b.Name))
	})
	return out
}

func loopCard(s *Site, name string, rounds []*note.Note) LoopCard {
	l := LoopCard{Name: name}
	var total time.Duration
	for i, r := range rounds {
		f, _ := note.Of[*note.Round](r)
		total += f.Duration.D
		card := roundCard(s, r, i)
		switch card.Readiness {
		case Ready:
			l.Ready++
			l.Open++
		case NearlyReady, NotReady:
			l.Open++
		}
		l.Rounds = append(l.Rounds, card)
	}
	if total > 0 {
		l.Length = measure.FormatDuration(total)
	}
	return l
}

// activeRounds are the rounds of the loops that still have one to come, or
// all when no loop has: what is over needs no covering.
func activeRounds(s *Site) []*note.Note {
	all := s.Book.OfKind("round")
	open := make(map[string]bool)
	for _, r := range all {
		if f, _ := note.Of[*note.Round](r); f.Status != "done" && f.Status != "cancelled" {
			open[f.Loop] = true
		}
	}
	if len(open) == 0 {
		return all
	}
	var out []*note.Note
	for _, r := range all {
		if f, _ := note.Of[*note.Round](r); open[f.Loop] && f.Status != "cancelled" {
			out = append(out, r)
		}
	}
	return out
}

func roundCard(s *Site, r *note.Note, i int) RoundCard {
	f, _ := note.Of[*note.Round](r)
	c := RoundCard{
		Round: s.LinkTo(r), Short: roundShort(r, i), Type: s.roundType(f), Interviewer: cmp.Or(f.InterviewerRole, f.Interviewer),
		When: whenOf(r), at: f.ScheduledAt.T, Stories: s.LinksTo(s.Book.StoriesIn(r)),
	}
	if f.Duration.Set {
		c.Length = measure.FormatDuration(f.Duration.D)
	}
	for _, p := range s.Book.PrinciplesOf(r) {
		c.Asked = append(c.Asked, askedPrinciple(s, r, p))
	}
	switch f.Status {
	case "done":
		c.Readiness = Done
		return c
	case "cancelled":
		c.Readiness = Cancelled
		return c
	}
	c.Missing = missingIn(s, r, f, c)
	switch {
	case len(c.Missing) == 0:
		c.Readiness = Ready
	case len(c.Missing) == 1 && len(c.Stories) > 0:
		c.Readiness = NearlyReady
	default:
		c.Readiness = NotReady
	}
	return c
}

func askedPrinciple(s *Site, r *note.Note, p *handbook.Principle) AskedPrinciple {
	a := AskedPrinciple{Principle: s.principleLink(p)}
	showing := s.Book.StoriesShowing(p)
	if told := both(s.Book.StoriesIn(r), showing); len(told) > 0 {
		l := s.LinkTo(told[0])
		a.Story = &l
	} else if len(showing) > 0 {
		l := s.LinkTo(showing[0])
		a.Spare = &l
	}
	return a
}

// missingIn says in words what a round still lacks.
func missingIn(s *Site, r *note.Note, f *note.Round, c RoundCard) []string {
	var out []string
	say := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	if f.TellsStories() {
		switch len(c.Stories) {
		case 0:
			say("no story is assigned")
		case 1:
			say("only one story is assigned; interviewers commonly ask for a second")
		}
	}
	for _, a := range c.Asked {
		switch {
		case a.Story != nil:
		case a.Spare != nil:
			say("no story here shows %s; “%s” would", a.Principle.Text, a.Spare.Text)
		default:
			say("no story shows %s", a.Principle.Text)
		}
	}
	if len(c.Asked) == 0 && (f.Type == "behavioral" || f.Type == "bar_raiser") {
		say("which principles it asks is not written down")
	}
	if f.Type == "incident_simulation" && len(s.Book.PlaybooksIn(r)) == 0 {
		say("no playbook to think along")
	}
	unanswered := 0
	for _, q := range s.Book.QuestionsIn(r) {
		if !s.Book.Answered(q) {
			unanswered++
		}
	}
	if unanswered > 0 {
		say("%s without an answer", plural(unanswered, "question", "questions"))
	}
	if bad := s.faultsOf(s.Book.StoriesIn(r)); bad > 0 {
		say("%s in its stories", plural(bad, "finding", "findings"))
	}
	return out
}

// faultsOf counts the warnings and errors in notes.
func (s *Site) faultsOf(notes []*note.Note) int {
	count := 0
	for _, n := range notes {
		for _, f := range s.FindingsOf(n) {
			if f.Severity >= diag.Warning {
				count++
			}
		}
	}
	return count
}

// roundShort is a round's name in a narrow column.
func roundShort(r *note.Note, i int) string {
	if f, _ := note.Of[*note.Round](r); f.Order > 0 {
		return fmt.Sprintf("R%d", f.Order)
	}
	return fmt.Sprintf("R%d", i+1)
}
