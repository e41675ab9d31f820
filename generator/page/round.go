package page

import (
	"cmp"
	"fmt"
	"strings"

	"debrief/generator/note"
)

// A Round is the data of round.html: all there is for one interview. What of it
// goes into the room is on its RunSheet.
type Round struct {
	RoundCard
	Particulars []Term
	Covers      []string  // what such a round commonly covers, by the pack
	Plan        []PlanRow // the pack's minutes; none when the author has planned them
	Clock       string    // the table of minutes for interview day: JSON, a list a row: its first cell, and the minute at which it ends
	Told        []Told    // stories assigned
	SpareTold   []Told    // that show a principle asked and are not assigned
	Playbooks   []Link
	Questions   []Asking
	Avoid       []SignalPair // red signals to avoid
	Followups   []Link
	Outcome     string
	NotesAfter  string
	Contents    []Section
}

// A PlanRow is a stretch of a round.
type PlanRow struct {
	From, To string // minutes from the start: "8", "23"
	Minutes  int
	What     string
}

// roundSpares is how many spare stories a run-sheet names.
const roundSpares = 4

func roundData(s *Site, n *note.Note, f *note.Round) *Round {
	d := &Round{
		RoundCard: roundCard(s, n, s.places()[n]), Told: s.AllTold(s.Book.StoriesIn(n)),
		SpareTold: s.AllTold(first(s.Book.SpareStories(n), roundSpares)), Playbooks: s.LinksTo(s.Book.PlaybooksIn(n)),
		Avoid: s.signalsToAvoid(n), Followups: s.LinksTo(s.Book.FollowupsOf(n)), Outcome: f.Outcome, NotesAfter: f.NotesAfter,
	}
	for _, q := range s.Book.QuestionsIn(n) {
		d.Questions = append(d.Questions, s.asking(q))
	}
	minutes := s.ownPlan(n).steps
	if usual := s.usualRound(f); usual >= 0 {
		r := s.Book.Pack.Loop.Rounds[usual]
		d.Covers = r.Covers
		if minutes == nil && !plansMinutes(n) {
			at := 0
			for _, step := range r.Plan {
				row := PlanRow{fmt.Sprint(at), fmt.Sprint(at + step.Minutes), step.Minutes, step.What}
				at += step.Minutes
				d.Plan = append(d.Plan, row)
				minutes = append(minutes, minuteStep{as: row.From + "–" + row.To, to: at})
			}
		}
	}
	d.Clock = forTheDay(minutes)
	d.Particulars = terms(
		Term{Name: "Type", Text: d.Type},
		Term{Name: "Length", Text: d.Length},
		Term{Name: "With", Text: withWhom(f)},
		Term{Name: "Loop", Text: f.Loop},
		Term{Name: "Status", Text: f.Status},
		Term{Name: "Outcome", Text: f.Outcome},
		Term{Name: "On paper", Links: s.sheetLinks(n, "its run-sheet")},
	)
	d.Particulars = append(d.Particulars, extras(n)...)
	d.Contents = d.contents(n)
	return d
}

func (d *Round) contents(n *note.Note) []Section {
	var out []Section
	part := func(there bool, id, text string) {
		if there {
			out = append(out, Section{partID(id), text, 2})
		}
	}
	part(len(d.Asked) > 0 || len(d.Told) > 0, "stories", "Principles and stories")
	part(len(d.Plan) > 0, "plan", "The minutes")
	out = append(out, headings(n)...)
	part(len(d.Questions) > 0, "questions", "Questions to expect")
	part(len(d.Playbooks) > 0, "playbooks", "Playbooks")
	part(len(d.Avoid) > 0, "avoid", "Say this instead")
	part(d.NotesAfter != "" || len(d.Followups) > 0, "after", "Afterwards")
	return out
}

// placesInLoops says where each round stands among those of its loop.
func placesInLoops(s *Site) map[*note.Note]int {
	out, next := make(map[*note.Note]int), make(map[string]int)
	for _, r := range s.Book.OfKind("round") {
		f, _ := note.Of[*note.Round](r)
		out[r] = next[f.Loop]
		next[f.Loop]++
	}
	return out
}

// usualRound finds the pack's round of that type: the one in the same place
// when there are several; −1 when the pack has none.
func (s *Site) usualRound(f *note.Round) int {
	found := -1
	for i, r := range s.Book.Pack.Loop.Rounds {
		if r.Type != f.Type {
			continue
		}
		if r.Order == f.Order {
			return i
		}
		if found < 0 {
			found = i
		}
	}
	return found
}

// plansMinutes reports whether the author's own text plans the round: a
// heading that speaks of minutes.
func plansMinutes(n *note.Note) bool {
	for _, h := range n.Body.Outline {
		if strings.Contains(strings.ToLower(h.Text), "minute") {
			return true
		}
	}
	return false
}

// signalsToAvoid are the red signals that the round's text links to; without
// any, a few from the whole list.
func (s *Site) signalsToAvoid(n *note.Note) []SignalPair {
	var out []SignalPair
	seen := make(map[*note.Note]bool)
	for _, t := range s.Book.Links(n) {
		if t.Note == nil || seen[t.Note] {
			continue
		}
		if f, ok := note.Of[*note.Signal](t.Note); ok {
			seen[t.Note] = true
			bad, good := f.Sides(t.Note)
			l := s.LinkTo(t.Note)
			out = append(out, SignalPair{ID: t.Note.ID, Bad: bad, Good: good, Why: f.Why, Link: &l})
		}
	}
	if len(out) == 0 {
		return first(s.signals(), sheetSignals)
	}
	return out
}

// roundType is what a reader calls the type of a round.
func (s *Site) roundType(f *note.Round) string {
	if f.Type == "" {
		return ""
	}
	return s.Book.Pack.RoundType(f.Type)
}

func withWhom(f *note.Round) string {
	if f.Interviewer != "" && f.InterviewerRole != "" {
		return f.Interviewer + ", " + f.InterviewerRole
	}
	return cmp.Or(f.Interviewer, f.InterviewerRole)
}
