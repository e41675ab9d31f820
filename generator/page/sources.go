package page

import (
	"cmp"
	"slices"

	"debrief/generator/claim"
	"debrief/generator/diag"
	"debrief/generator/note"
)

// A Stand is a fact that the text of a page stands on. On screen a figure says
// so itself when pointed at; on paper it carries a number, its place in this
// list.
type Stand struct {
	Text   string // "38 min"
	Source string // where it comes from, in one line
}

// Sources lists the facts that the text of n stands on, each once, in the
// order in which they are first said.
func (s *Site) Sources(n *note.Note) []claim.Fact {
	type mention struct {
		at   diag.Pos
		fact claim.Fact
	}
	var said []mention
	for _, figure := range n.Body.Figures {
		c, ok := s.Ledger.At(n, figure.Pos)
		if ok && c.Fact != nil && (c.Status == claim.Backed || s.Book.Profile == note.Private) {
			said = append(said, mention{figure.Pos, *c.Fact})
		}
	}
	for _, ref := range n.Body.Facts {
		if fact, _, ok := s.Ledger.Find(n, ref.Name); ok {
			said = append(said, mention{ref.Pos, fact})
		}
	}
	slices.SortStableFunc(said, func(a, b mention) int {
		return cmp.Or(cmp.Compare(a.at.Line, b.at.Line), cmp.Compare(a.at.Column, b.at.Column))
	})
	var out []claim.Fact
	for _, m := range said {
		if !slices.ContainsFunc(out, func(f claim.Fact) bool { return f.ID == m.fact.ID }) {
			out = append(out, m.fact)
		}
	}
	return out
}

// SourceNumbers are the numbers that facts have on the page of n, by their
// ids: on an incident's page their places in the list of all its figures, on a
// story's those in its list of sources.
func (s *Site) SourceNumbers(n *note.Note) map[string]int {
	var listed []claim.Fact
	switch n.Kind.Name {
	case "incident":
		listed = s.Ledger.Of(n)
	case "story":
		listed = s.Sources(n)
	}
	numbers := make(map[string]int, len(listed))
	for i, f := range listed {
		numbers[f.ID] = i + 1
	}
	return numbers
}

// SourceOn is the source of a fact as the text of n gives it: the note itself
// need not be named.
func SourceOn(n *note.Note, f *claim.Fact) string {
	if f.Note == n {
		return f.Origin()
	}
	return f.Source()
}

func (s *Site) stands(n *note.Note) []Stand {
	var out []Stand
	for _, f := range s.Sources(n) {
		out = append(out, Stand{f.Shown(), SourceOn(n, &f)})
	}
	return out
}
