package claim

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"debrief/generator/diag"
	"debrief/generator/measure"
	"debrief/generator/note"
	"debrief/generator/prose"
)

// A Claim is a figure that an author says in running text.
type Claim struct {
	Note     *note.Note
	Text     string // as typed: "40 minutes"
	Sentence string // around it
	Pos      diag.Pos
	Len      int // code points
	Quantity measure.Quantity
	Status   Status
	Fact     *Fact  // that backs or contradicts it; nil when it floats
	About    *Fact  // that the words around it name; nil for none
	By       string // what backs it when no fact does: "timeline, 10:26:00"
	Weighty  bool   // it stands in a headline or a result, where it will be quoted from
}

// A Status says how a claim stands to the facts.
type Status string

// The statuses. A claim that is neither backed nor contradicted floats: there
// is nothing to hold it against, and nothing is guessed.
const (
	Backed       Status = "backed"
	Contradicted Status = "contradicted"
	Floating     Status = "floating"
)

// claimsOf are the figures of a note that stands on an incident, itself or
// another, in the order of its text.
func (l *Ledger) claimsOf(n, home *note.Note, faults *diag.List) []Claim {
	defer diag.Catch(faults, n.Path, "the figures in the text of this note cannot be read")
	scope := l.scopeOf(n, home)
	if scope == nil {
		return nil
	}
	var out []Claim
	if f, ok := note.Of[*note.Story](n); ok && f.Headline != "" {
		out = append(out, readHeadline(n, f.Headline, scope)...)
	}
	result, task := sectionOf(n, "Result"), sectionOf(n, "Task")
	table := tableReader{}
	for i := range n.Body.Passages {
		p := &n.Body.Passages[i]
		out = append(out, readPassage(n, p, spot{
			row:     p.Kind == prose.Row,
			header:  table.headerOf(p),
			task:    task >= 0 && p.Section == task,
			weighty: result >= 0 && p.Section == result,
		}, scope)...)
	}
	slices.SortStableFunc(out, func(a, b Claim) int {
		return cmp.Or(cmp.Compare(a.Pos.Line, b.Pos.Line), cmp.Compare(a.Pos.Column, b.Pos.Column))
	})
	return out
}

// Said returns the claims of a note, in the order of its text.
func (l *Ledger) Said(n *note.Note) []Claim {
	if i := l.book.Number(n); i >= 0 {
		return l.said[i].claims
	}
	return nil
}

// At returns the claim of a note that begins at a place.
func (l *Ledger) At(n *note.Note, pos diag.Pos) (Claim, bool) {
	said := l.Said(n)
	i, ok := slices.BinarySearchFunc(said, pos, func(c Claim, p diag.Pos) int {
		return cmp.Or(cmp.Compare(c.Pos.Line, p.Line), cmp.Compare(c.Pos.Column, p.Column))
	})
	if !ok {
		return Claim{}, false
	}
	return said[i], true
}

// maxRow is how many figures a row of a table may have for them to be held
// against facts: a row with more is data, and each entry is read with the row
// around it.
const maxRow = 50

// readPassage reads the figures of one block of text.
func readPassage(n *note.Note, p *prose.Passage, w spot, scope *scope) []Claim {
	switch {
	case p.Quoted, p.Callout == "bad": // somebody else's words
		return nil
	case len(p.Figures) == 0, w.row && len(p.Figures) > maxRow:
		return nil
	}
	return read(n, p.Text, p.Figures, p.Pos, w, scope)
}

// readHeadline reads the figures of a story's headline in front matter.
func readHeadline(n *note.Note, headline string, scope *scope) []Claim {
	pos, width := n.Front.Span("headline")
	if width > utf8.RuneCountInString(headline) {
		pos.Column++ // a quotation mark
	}
	place := func(at int) diag.Pos {
		return diag.Pos{Line: pos.Line, Column: pos.Column + utf8.RuneCountInString(headline[:at])}
	}
	return read(n, headline, measure.Scan(headline), place, spot{weighty: true}, scope)
}

// read judges the figures found in a text, of which place says where each byte
// was typed.
func read(n *note.Note, text string, found []measure.Found, place func(at int) diag.Pos, w spot, scope *scope) []Claim {
	out := make([]Claim, 0, len(found))
	w.text = prose.FoldCase(text)
	spots := spotsOf(text, found, w)
	for i, f := range found {
		w := spots[i]
		sentence := text
		if !w.entry {
			sentence = text[w.sentence[0]:w.sentence[1]]
		}
		c := Claim{
			Note: n, Text: text[f.From:f.To], Sentence: strings.TrimSpace(sentence),
			Pos: place(f.From), Len: utf8.RuneCountInString(text[f.From:f.To]), Quantity: f.Quantity, Weighty: w.weighty,
		}
		scope.judge(&c, w)
		out = append(out, c)
	}
	return out
}

// spotsOf says for each figure of a text where it stands among the others.
func spotsOf(text string, found []measure.Found, w spot) []spot {
	sentences := prose.Sentences(text)
	out := make([]spot, len(found))
	s := 0
	for i, f := range found {
		for s < len(sentences)-1 && sentences[s+1][0] <= f.From {
			s++
		}
		w.at, w.end = f.From, f.To
		w.sentence, w.before = [2]int{0, len(text)}, 0
		if s < len(sentences) && sentences[s][0] <= f.From {
			w.sentence, w.before = sentences[s], sentences[max(0, s-1)][0]
			w.sentence[1] = max(w.sentence[1], f.To) // a figure that the end of a sentence tears
		}
		w.from, w.to, w.role, w.many, w.partner = w.sentence[0], w.sentence[1], anyRole, false, nil
		if i > 0 && found[i-1].To > w.from {
			w.from, w.role = found[i-1].To, out[i-1].role
		}
		if i+1 < len(found) {
			w.to = min(w.to, found[i+1].From)
		}
		if w.row {
			out[i] = entryOf(w, f.Kind)
			continue
		}
		w.role = roleOf(f.Quantity, w)
		w.deadline = f.Kind == measure.Duration && isDeadline(w)
		if i > 0 && out[i-1].role == fromRole && w.role == toRole && found[i-1].Kind == f.Kind {
			w.partner, out[i-1].partner = &found[i-1].Quantity, &found[i].Quantity
		}
		for k := i - 1; k >= 0 && found[k].From >= w.sentence[0]; k-- {
			if w.role != anyRole && out[k].role == w.role && found[k].Kind == f.Kind {
				w.many, out[k].many = true, true
				break // that one knows of those before it
			}
		}
		out[i] = w
	}
	return out
}

// sectionOf is the section of a part of a story, −1 when it has none.
func sectionOf(n *note.Note, name string) int {
	for _, part := range note.Parts(n) {
		if part.Name == name {
			return part.Section
		}
	}
	return -1
}
