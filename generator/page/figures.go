package page

import (
	"cmp"
	"slices"

	"debrief/generator/claim"
	"debrief/generator/note"
)

// Figures is the data of figures.html: every figure of the ledger by the note
// it lives in.
type Figures struct {
	Groups []FigureGroup // incidents, the newest first, then stories, then offers
	Count  int
	Kinds  []FigureCount // how sure they are: measured, estimated, recalled
}

// A FigureGroup is the figures of one note.
type FigureGroup struct {
	ID   string // of its heading
	Name string // to put before a key in another note: {{name.key}}
	Note Link
	Kind string
	When When
	Rows []FigureRow
}

// A FigureRow is one figure.
type FigureRow struct {
	Figure
	Key   string // to quote it by: {{key}}
	Field bool   // it stands in the note itself; else it follows by the formula
}

// A FigureCount is how many figures are of one confidence.
type FigureCount struct {
	Confidence string
	Count      int
}

// Contents are the notes that have figures.
func (f *Figures) Contents() []Section {
	var out []Section
	for _, g := range f.Groups {
		out = append(out, Section{g.ID, g.Note.Text, 2})
	}
	return out
}

func figuresData(s *Site) any {
	if len(s.Ledger.Facts) == 0 {
		return nil
	}
	f := &Figures{Count: len(s.Ledger.Facts)}
	byConfidence := make(map[string]int)
	var homes []*note.Note
	for _, fact := range s.Ledger.Facts {
		byConfidence[fact.Confidence]++
		if len(homes) == 0 || homes[len(homes)-1] != fact.Note {
			homes = append(homes, fact.Note)
		}
	}
	slices.SortStableFunc(homes, func(a, b *note.Note) int {
		return cmp.Or(cmp.Compare(slices.Index(note.Kinds, a.Kind), slices.Index(note.Kinds, b.Kind)), whenOrder(b, a))
	})
	for _, n := range homes {
		g := FigureGroup{ID: partID(note.Slug(n.Path)), Name: n.ID, Note: s.LinkTo(n), Kind: n.Kind.One, When: whenOf(n)}
		for _, fact := range s.Ledger.Of(n) {
			g.Rows = append(g.Rows, figureRow(s, fact))
		}
		f.Groups = append(f.Groups, g)
	}
	for _, c := range note.Confidences {
		if byConfidence[c] > 0 {
			f.Kinds = append(f.Kinds, FigureCount{c, byConfidence[c]})
		}
	}
	return f
}

func figureRow(s *Site, fact claim.Fact) FigureRow {
	return FigureRow{Figure: s.figureOf(fact), Key: fact.Key, Field: fact.Formula == ""}
}

// FiguresID is the id of the list of all figures on a note's own page.
const FiguresID = "part.figures"

// HasFigures reports whether a note's page lists its figures.
func (s *Site) HasFigures(n *note.Note) bool {
	return (n.Kind.Name == "incident" || n.Kind.Name == "story") && len(s.Ledger.Of(n)) > 0
}
