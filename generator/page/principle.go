package page

import (
	"debrief/generator/handbook"
	"debrief/generator/note"
)

// A Principle is the data of principle.html: what is asked under one
// principle, and what there is to answer with.
type Principle struct {
	Summary   string
	Since     string
	Gap       string // what is missing, in words; "" when two stories show it
	Stories   []Told // strongest first
	Questions []Asking
	Rounds    []Link
	Asks      []string
	LooksFor  []string
	Traps     []string
	Author    *note.Note // the author's own text, or nil
	Contents  []Section
}

// An Asking is a question with what answers it.
type Asking struct {
	Link
	AnsweredBy []Link
	HasText    bool // the question's own note holds an answer
}

// principleData gathers the page of a principle.
func principleData(s *Site, p *handbook.Principle) any {
	d := &Principle{
		Summary: p.Summary, Since: p.Since, Asks: p.Asks, LooksFor: p.LooksFor, Traps: p.Traps, Author: p.Note,
		Stories: s.AllTold(s.Book.StoriesShowing(p)), Rounds: s.LinksTo(s.Book.About(p, "round")),
	}
	for _, q := range s.Book.About(p, "question") {
		d.Questions = append(d.Questions, s.asking(q))
	}
	d.Gap = principleGap(len(d.Stories), len(d.Rounds))
	d.Contents = d.contents()
	return d
}

func (s *Site) asking(q *note.Note) Asking {
	return Asking{Link: s.LinkTo(q), AnsweredBy: s.LinksTo(s.Book.StoriesAnswering(q)), HasText: q.Body.Says}
}

// principleGap says what is missing: two stories are the least that lets one
// choose, and a round that asks for a principle without one is the worst gap.
func principleGap(stories, rounds int) string {
	asked := ""
	if rounds > 0 {
		asked = ", and " + plural(rounds, "round asks", "rounds ask") + " for it"
	}
	switch stories {
	case 0:
		return "No story shows this principle yet" + asked + "."
	case 1:
		return "One story shows this principle" + asked + "; a second would let you choose."
	}
	return ""
}

func (d *Principle) contents() []Section {
	out := []Section{{partID("stories"), "Stories", 2}}
	if len(d.Questions) > 0 {
		out = append(out, Section{partID("questions"), "Questions", 2})
	}
	if len(d.Asks) > 0 {
		out = append(out, Section{partID("asks"), "How it is asked", 2})
	}
	if len(d.LooksFor) > 0 {
		out = append(out, Section{partID("looks-for"), "What they listen for", 2})
	}
	if len(d.Traps) > 0 {
		out = append(out, Section{partID("traps"), "Traps", 2})
	}
	if d.Author != nil {
		out = append(out, headings(d.Author)...)
	}
	return out
}
