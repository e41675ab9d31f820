package page

import (
	"fmt"
	"slices"
	"strings"

	"debrief/generator/note"
)

// FAQ is the data of faq.html: the questions by type of round, with answers
// from the notes, else from the pack.
type FAQ struct {
	Groups     []FAQGroup
	Count      int
	Unanswered int // questions of the author's without an answer
	FromPack   int
}

// An FAQGroup is the questions of one type of round.
type FAQGroup struct {
	ID      string // of its heading
	Title   string
	Entries []FAQEntry
}

// An FAQEntry is one question with its answer.
type FAQEntry struct {
	ID         string
	Question   string
	Note       *note.Note // the author's, or nil
	Link       Link       // to it
	Whole      bool       // its text is short enough to stand here whole
	Lead       bool       // else: it begins with words before its first heading
	About      string     // else: its description
	Answer     string     // the pack's, when there is no note
	Answered   bool
	Principles []Link
	Stories    []Told
	Rounds     []Link // where it is expected
}

// Contents are the types of round.
func (f *FAQ) Contents() []Section {
	var out []Section
	for _, g := range f.Groups {
		out = append(out, Section{g.ID, g.Title, 2})
	}
	return out
}

// wholeLoop is the group of questions that belong to no type of round.
const wholeLoop = "The loop as a whole"

func hasFAQ(s *Site) bool {
	return s.Book.Prepares() && (len(s.Book.OfKind("question")) > 0 || len(s.Book.Pack.FAQ) > 0)
}

func faqData(s *Site) any {
	questions := s.Book.OfKind("question")
	rounds := roundsAsking(s)
	byType := make(map[string][]FAQEntry)
	taken := make(map[string]bool)
	f := &FAQ{}
	for _, q := range questions {
		e := faqEntry(s, q, rounds[q])
		taken[foldText(e.Question)], taken[foldText(q.Title)] = true, true
		for _, a := range q.Aliases {
			taken[foldText(a)] = true
		}
		if !e.Answered {
			f.Unanswered++
		}
		typ := questionRound(q, rounds[q])
		byType[typ] = append(byType[typ], e)
	}
	for _, p := range s.Book.Pack.FAQ {
		if taken[foldText(p.Question)] {
			continue // the author's own answer comes first
		}
		f.FromPack++
		byType[p.Round] = append(byType[p.Round], FAQEntry{Question: p.Question, Answer: p.Answer, Answered: true})
	}
	for _, typ := range typesInOrder(s, byType) {
		g := FAQGroup{Title: wholeLoop, Entries: byType[typ]}
		if typ != "" {
			g.Title = s.Book.Pack.RoundType(typ)
		}
		g.ID = partID(note.Slug(g.Title))
		for i := range g.Entries {
			f.Count++
			g.Entries[i].ID = partID("q-" + note.Slug(g.Entries[i].Question))
		}
		f.Groups = append(f.Groups, g)
	}
	f.uniqueIDs()
	return f
}

// uniqueIDs keeps the anchors apart when two questions have one wording.
func (f *FAQ) uniqueIDs() {
	seen := make(map[string]int)
	for g := range f.Groups {
		for i := range f.Groups[g].Entries {
			e := &f.Groups[g].Entries[i]
			seen[e.ID]++
			if n := seen[e.ID]; n > 1 {
				e.ID += fmt.Sprintf(".%d", n) // slugs hold no dot
			}
		}
	}
}

func faqEntry(s *Site, q *note.Note, rounds []*note.Note) FAQEntry {
	fields, _ := note.Of[*note.Question](q)
	e := FAQEntry{
		Question: fields.Wording(q), Note: q, Link: s.LinkTo(q), Answered: s.Book.Answered(q), About: s.standfirst(q),
		Principles: s.principleLinks(s.Book.PrinciplesOf(q)), Stories: s.AllTold(s.Book.StoriesAnswering(q)), Rounds: s.LinksTo(rounds),
	}
	from, to := q.Body.Intro()
	switch {
	case q.Body.Says && len(q.Body.Anchors) == 0:
		// Two notes with footnotes or anchors of their own cannot share a page.
		e.Whole = true
	case to > from && len(q.Body.Outline) > 0:
		// A footnote's list belongs to no section, so words that point at one
		// cannot stand alone.
		fnFrom, fnTo := q.Body.Footnotes()
		e.Lead = fnFrom == fnTo
	}
	return e
}

// roundsAsking turns the questions of each round around.
func roundsAsking(s *Site) map[*note.Note][]*note.Note {
	out := make(map[*note.Note][]*note.Note)
	for _, r := range s.Book.OfKind("round") {
		for _, q := range s.Book.QuestionsIn(r) {
			out[q] = append(out[q], r)
		}
	}
	return out
}

// questionRound is the type of round that a question belongs to: that of the
// round it names, else of the first that lists it, else by its own type.
func questionRound(q *note.Note, rounds []*note.Note) string {
	f, _ := note.Of[*note.Question](q)
	if f.FAQ.B && f.Type == "process" {
		return ""
	}
	for _, r := range rounds {
		if rf, _ := note.Of[*note.Round](r); rf.Type != "" {
			return rf.Type
		}
	}
	switch f.Type {
	case "behavioral", "behavioural":
		return "behavioral"
	case "design":
		return "system_design"
	}
	return ""
}

// typesInOrder are the types of round that have questions: the loop as a
// whole first, then as the author's rounds come, then as the pack's, then the
// others.
func typesInOrder(s *Site, byType map[string][]FAQEntry) []string {
	order := []string{""}
	add := func(typ string) {
		if !slices.Contains(order, typ) {
			order = append(order, typ)
		}
	}
	for _, r := range s.Book.OfKind("round") {
		f, _ := note.Of[*note.Round](r)
		add(f.Type)
	}
	for _, r := range s.Book.Pack.Loop.Rounds {
		add(r.Type)
	}
	for _, typ := range note.RoundTypes {
		add(typ)
	}
	var others []string
	for typ := range byType {
		if !slices.Contains(order, typ) {
			others = append(others, typ)
		}
	}
	slices.Sort(others)
	order = append(order, others...)
	return slices.DeleteFunc(order, func(typ string) bool { return len(byType[typ]) == 0 })
}

// foldText makes wordings comparable: lower case, single spaces, no mark at
// the end.
func foldText(s string) string {
	return strings.Trim(strings.Join(strings.Fields(strings.ToLower(s)), " "), " ?!.")
}
