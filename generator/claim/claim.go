// Package claim is the ledger: every figure of the handbook with its home,
// its unit and how it was derived.
//
// A fact is a front-matter field or follows from fields. Nothing here guesses:
// a fact whose inputs are missing does not exist.
package claim

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"debrief/generator/diag"
	"debrief/generator/handbook"
	"debrief/generator/measure"
	"debrief/generator/note"
	"debrief/generator/workers"
)

// A Fact is a quantity with a home.
type Fact struct {
	ID         string // note id and key: "checkout-prime-day.time_to_mitigate"
	Key        string // within its note
	Note       *note.Note
	Label      string            // as a reader calls it
	Unit       string            // duration, percent, points, money, burn rate, or the metric's own
	Value      string            // in front-matter form: "38m"
	Text       string            // as printed: "38 min"
	Quantity   *measure.Quantity // the value to hold figures against; nil for a verdict
	Formula    string            // how it follows from fields; "" when it is a field itself
	Confidence string            // measured, estimated or recalled
	Pos        diag.Pos
}

// Shown is the text with a tilde when the figure is not measured.
func (f Fact) Shown() string {
	if f.Confidence == "estimated" || f.Confidence == "recalled" {
		return "~" + f.Text
	}
	return f.Text
}

// Source says where the fact comes from, in one line.
func (f Fact) Source() string { return f.Note.Title + ": " + f.Origin() }

// Origin is its source within its note: the formula, or the field.
func (f Fact) Origin() string {
	from := cmp.Or(f.Formula, f.Key)
	if f.Confidence != "" && f.Confidence != "measured" {
		from += " (" + f.Confidence + ")"
	}
	return from
}

// A Ledger is every fact of a handbook.
type Ledger struct {
	Faults diag.List // of ours: notes whose figures could not be read

	book   *handbook.Handbook
	facts  [][]Fact                     // by the notes' numbers
	said   []judged                     // likewise
	byID   func() map[string]*note.Note // of notes with facts; the first by path
	all    func() []Fact
	claims func() []Claim
}

// judged are the claims of a note while it stood on an incident.
type judged struct {
	home   *note.Note // nil when it names none
	claims []Claim
}

// A Memory keeps the ledger of the last handbook. Facts follow from the note
// alone, claims from it and the incident that it is about: while those stay the
// same, neither is worked out again. The zero Memory knows nothing.
type Memory struct{ last *Ledger }

// Build derives the facts of all notes and holds the figures of their prose
// against them.
func Build(book *handbook.Handbook, memory *Memory) *Ledger {
	l := &Ledger{book: book, facts: make([][]Fact, len(book.Notes)), said: make([]judged, len(book.Notes))}
	l.all = sync.OnceValue(func() []Fact { return slices.Concat(l.facts...) })
	l.claims = sync.OnceValue(func() (all []Claim) {
		for i := range l.said {
			all = append(all, l.said[i].claims...)
		}
		return all
	})
	l.byID = sync.OnceValue(func() map[string]*note.Note {
		by := make(map[string]*note.Note)
		for i, n := range book.Notes {
			if len(l.facts[i]) > 0 && by[n.ID] == nil {
				by[n.ID] = n
			}
		}
		return by
	})
	incidents := book.Incidents()
	last := memory.numbers(book)
	l.each(func(i int) bool {
		if last[i] < 0 {
			return false
		}
		l.facts[i] = memory.last.facts[last[i]]
		return true
	}, func(i int, faults *diag.List) {
		l.facts[i] = factsOf(book.Notes[i], faults)
		roughly(l.facts[i], book.Coarse())
	})
	l.each(func(i int) bool {
		n := book.Notes[i]
		if !n.Kind.Claims {
			return true
		}
		l.said[i].home = n
		if n.Kind.Name == "story" {
			l.said[i].home = incidents[i]
		}
		if last[i] < 0 || memory.last.said[last[i]].home != l.said[i].home {
			return false
		}
		l.said[i] = memory.last.said[last[i]]
		return true
	}, func(i int, faults *diag.List) {
		l.said[i].claims = l.claimsOf(book.Notes[i], l.said[i].home, faults)
	})
	if len(l.Faults) == 0 { // to be said again, not remembered
		memory.last = l
	} else {
		memory.last = nil
	}
	return l
}

// each works something out of every note of which it is not remembered, of
// several at a time.
func (l *Ledger) each(remembered func(i int) bool, work func(i int, faults *diag.List)) {
	var anew []int
	for i := range l.book.Notes {
		if !remembered(i) {
			anew = append(anew, i)
		}
	}
	faults := make([]diag.List, len(anew))
	workers.All(len(anew), func(at int) { work(anew[at], &faults[at]) })
	l.Faults = append(l.Faults, slices.Concat(faults...)...)
}

// numbers are those that the notes had in the last handbook, −1 for new ones.
func (m *Memory) numbers(book *handbook.Handbook) []int {
	numbers := make([]int, len(book.Notes))
	for i, n := range book.Notes {
		numbers[i] = -1
		if m.last != nil {
			numbers[i] = m.last.book.NumberFrom(i, n)
		}
	}
	return numbers
}

// Facts are those of all notes: by note path, then in the order of their
// note's model.
func (l *Ledger) Facts() []Fact { return l.all() }

// HasFacts reports whether there is any.
func (l *Ledger) HasFacts() bool {
	return slices.ContainsFunc(l.facts, func(of []Fact) bool { return len(of) > 0 })
}

// Claims are the figures in the prose of all notes, by note path and place.
func (l *Ledger) Claims() []Claim { return l.claims() }

// factsOf are the facts whose home is n.
func factsOf(n *note.Note, faults *diag.List) []Fact {
	defer diag.Catch(faults, n.Path, "the figures of this note cannot be read")
	facts := modelled(n)
	for i := range facts {
		facts[i].Note, facts[i].ID = n, n.ID+"."+facts[i].Key
		if facts[i].Confidence == "" {
			facts[i].Confidence = "measured"
		}
	}
	return facts
}

// roughly tells figures in round numbers, where others shall not know them
// better. Whatever follows from them was worked out before.
func roughly(facts []Fact, c measure.Coarse) {
	for i := range facts {
		f := &facts[i]
		traffic := f.Key == "traffic.peak" && c.Counts // its unit may be anything
		if !traffic && (f.Quantity == nil || !c.Covers(*f.Quantity)) {
			continue
		}
		if round := measure.Roughly(f.Text); round != f.Text {
			f.Text, f.Value = round, measure.Roughly(f.Value)
			f.Formula = cmp.Or(f.Formula, f.Key) + ", told in round numbers"
			if f.Confidence == "measured" {
				f.Confidence = "estimated" // as far as a reader can know
			}
			if q := f.Quantity; q != nil {
				about := *q
				about.Value = measure.Round(q.Value)
				about.High = about.Value
				f.Quantity = &about
			}
		}
	}
}

// modelled are the facts that the model of a note's kind knows.
func modelled(n *note.Note) []Fact {
	switch f := n.Fields.(type) {
	case *note.Incident:
		return incidentFacts(n, f)
	case *note.Story:
		return metricFacts(n, f.Metrics)
	case *note.Offer:
		return offerFacts(n, f)
	}
	return nil
}

// Of returns the facts whose home is n.
func (l *Ledger) Of(n *note.Note) []Fact {
	if i := l.book.Number(n); i >= 0 {
		return l.facts[i]
	}
	return nil
}

// Fact returns a fact of n by key.
func (l *Ledger) Fact(n *note.Note, key string) (Fact, bool) {
	facts := l.Of(n)
	i := slices.IndexFunc(facts, func(f Fact) bool { return f.Key == key })
	if i < 0 {
		return Fact{}, false
	}
	return facts[i], true
}

// Find reads a {{reference}} written in from: a key of that note, of the
// incident it tells, or note-id.key for any other note. near is the nearest
// known name when there is none.
func (l *Ledger) Find(from *note.Note, name string) (f Fact, near string, ok bool) {
	homes := []*note.Note{from}
	if i := l.book.IncidentOf(from); i != nil {
		homes = append(homes, i)
	}
	key := name
	if id, rest, cut := strings.Cut(name, "."); cut {
		if n := l.byID()[id]; n != nil {
			homes, key = []*note.Note{n}, rest
		}
	}
	var known []string
	for _, n := range homes {
		if f, ok := l.Fact(n, key); ok {
			return f, "", true
		}
		for _, f := range l.Of(n) {
			known = append(known, f.Key)
		}
	}
	return Fact{}, diag.Near(key, known), false
}
