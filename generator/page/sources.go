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

// ListsSources reports whether a note's page has such a list.
func (s *Site) ListsSources(n *note.Note) bool {
	return n.Kind.Name == "incident" || n.Kind.Name == "story"
}

func (s *Site) stands(n *note.Note) []Stand {
	var out []Stand
	for _, f := range s.Sources(n) {
		out = append(out, Stand{f.Shown(), f.Source()})
	}
	return out
}
