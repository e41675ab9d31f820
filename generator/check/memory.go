package check

import (
	"reflect"

	"debrief/generator/claim"
	"debrief/generator/diag"
	"debrief/generator/handbook"
	"debrief/generator/note"
	"debrief/generator/workers"
)

// A Memory keeps what the rules that look at one note, or read its words, have
// found, from one build to the next. Such a finding depends on the note, on the
// incident that it stands on, and on a few things that all notes share; while
// those stay, nobody looks again. The zero Memory knows nothing.
type Memory struct {
	looked kept
	heard  kept
	picked []picked // by rule

	shared  shared // by those that read words
	lexicon *lexicon
}

// picked is what a rule said of the notes that it picked last.
type picked map[*note.Note]diag.Finding

// say says of each note what a rule finds, as before where it was picked before.
func (p *picked) say(notes []*note.Note, of func(*note.Note) diag.Finding) diag.List {
	found := make(diag.List, len(notes))
	now := make(picked, len(notes))
	for i, n := range notes {
		f, known := (*p)[n]
		if !known {
			f = of(n)
		}
		found[i], now[n] = f, f
	}
	*p = now // notes that are gone are forgotten
	return found
}

// kept is what was found in the notes of the last handbook, by number.
type kept struct {
	book *handbook.Handbook
	in   []inNote
}

// inNote is what was found in a note while it stood on an incident.
type inNote struct {
	incident *note.Note
	found    diag.List
}

// each gathers what is found in each note. Only where it must it looks, at
// several notes at a time.
func (k *kept) each(book *handbook.Handbook, look func(n *note.Note) diag.List) (all diag.List) {
	now := make([]inNote, len(book.Notes))
	incidents := book.Incidents()
	var anew []int
	for i, n := range book.Notes {
		incident, before := incidents[i], -1
		if k.book != nil {
			before = k.book.NumberFrom(i, n)
		}
		if before >= 0 && k.in[before].incident == incident {
			now[i] = k.in[before]
		} else {
			now[i].incident = incident
			anew = append(anew, i)
		}
	}
	workers.All(len(anew), func(at int) {
		i := anew[at]
		now[i].found = look(book.Notes[i])
	})
	many := 0
	for i := range now {
		many += len(now[i].found)
	}
	all = make(diag.List, 0, many)
	for i := range now {
		all = append(all, now[i].found...)
	}
	k.book, k.in = book, now // notes that are gone are forgotten
	return all
}

// look returns what the rules that look at one note find in a handbook.
func (m *Memory) look(book *handbook.Handbook, ledger *claim.Ledger) diag.List {
	return m.looked.each(book, func(n *note.Note) diag.List { return look(n, book, ledger) })
}

// shared is what all notes are read under.
type shared struct {
	words     handbook.Words
	signals   []handbook.RedSignal
	pace      int // words a minute
	incidents int // what is said of a mean depends on how many there are
	profile   note.Visibility
}

// hear returns what the rules that read words find in the notes of a handbook.
func (m *Memory) hear(book *handbook.Handbook, ledger *claim.Ledger) diag.List {
	now := shared{book.Pack.Words, book.Pack.RedSignals, book.Settings.WordsPerMinute, len(book.OfKind("incident")), book.Profile}
	if m.lexicon == nil || !reflect.DeepEqual(now, m.shared) {
		m.shared, m.lexicon, m.heard = now, wordsOf(book.Pack), kept{}
	}
	return m.heard.each(book, func(n *note.Note) diag.List { return listen(book, ledger, n, m.lexicon) })
}

// listen runs the rules that read words over one note.
func listen(book *handbook.Handbook, ledger *claim.Ledger, n *note.Note, words *lexicon) (found diag.List) {
	defer diag.Catch(&found, n.Path, "the words of this note cannot be read")
	t := tell(book, n, words)
	if t == nil {
		return nil
	}
	defer t.forget()
	for _, r := range rules {
		if r.says != nil {
			r.says(t, ledger)
		}
	}
	return t.found
}
