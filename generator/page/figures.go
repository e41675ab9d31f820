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
	Said   Agreement     // of all notes
	Across []Term        // times over several incidents: median and range
	Wrong  []WrongClaim  // figures in prose that differ from their fact; private builds only
}

// An Agreement is how the figures in prose stand to the facts.
type Agreement struct {
	Backed, Contradicted, Floating int
}

// Any reports whether there is a figure in prose at all.
func (a Agreement) Any() bool { return a.Backed+a.Contradicted+a.Floating > 0 }

// A WrongClaim is a figure in prose that differs from the fact it is about.
type WrongClaim struct {
	Note     Link
	Text     string // as typed
	Sentence string
	Line     int
	Fact     Figure
}

// agreement counts how the figures of claims stand; others are not told what
// contradicts.
func (s *Site) agreement(claims []claim.Claim) Agreement {
	var a Agreement
	for _, c := range claims {
		switch c.Status {
		case claim.Backed:
			a.Backed++
		case claim.Contradicted:
			a.Contradicted++
		default:
			a.Floating++
		}
	}
	if s.Book.Profile > note.Private {
		a.Floating, a.Contradicted = a.Floating+a.Contradicted, 0
	}
	return a
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
	Said  []Link // the notes whose prose says it
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
	if len(f.Across) > 0 {
		out = append(out, Section{partID("across"), "Over several incidents", 2})
	}
	if len(f.Wrong) > 0 {
		out = append(out, Section{partID("differ"), "Said otherwise", 2})
	}
	for _, g := range f.Groups {
		out = append(out, Section{g.ID, g.Note.Text, 2})
	}
	return out
}

func hasFigures(s *Site) bool { return s.Ledger.HasFacts() }

func figuresData(s *Site) any {
	f := &Figures{Count: len(s.Ledger.Facts()), Said: s.agreement(s.Ledger.Claims())}
	said := f.claims(s)
	for _, a := range s.Ledger.Across() {
		f.Across = append(f.Across, Term{Name: a.Label, Text: a.String()})
	}
	byConfidence := make(map[string]int)
	var homes []*note.Note
	for _, fact := range s.Ledger.Facts() {
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
			row := figureRow(s, fact)
			row.Said = said[factKey{fact.Note, fact.Key}]
			g.Rows = append(g.Rows, row)
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

// A factKey tells facts apart.
type factKey struct {
	home *note.Note
	key  string
}

// claims turns the claims around: which notes say a fact. On the way it lists
// those that say it wrong.
func (f *Figures) claims(s *Site) map[factKey][]Link {
	said := make(map[factKey][]Link)
	for _, c := range s.Ledger.Claims() {
		if c.Fact == nil {
			continue
		}
		if c.Status == claim.Contradicted {
			if s.Book.Profile == note.Private {
				f.Wrong = append(f.Wrong, WrongClaim{s.LinkTo(c.Note), c.Text, c.Sentence, c.Pos.Line, s.figureOf(*c.Fact)})
			}
			continue
		}
		key := factKey{c.Fact.Note, c.Fact.Key}
		if l := s.LinkTo(c.Note); !slices.Contains(said[key], l) {
			said[key] = append(said[key], l)
		}
	}
	return said
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
