package check

import (
	"reflect"

	"debrief/generator/claim"
	"debrief/generator/diag"
	"debrief/generator/handbook"
	"debrief/generator/note"
)

// A Memory keeps what the rules that read words have found in each note, from
// one build to the next. Such a finding depends on the note, on the incident it
// stands on, and on a few things that all notes share; while those stay, the
// words are not read again. The zero Memory knows nothing.
type Memory struct {
	shared  shared
	lexicon *lexicon
	heard   map[*note.Note]heard
}

// shared is what all notes are read under.
type shared struct {
	words     handbook.Words
	signals   []handbook.RedSignal
	pace      int // words a minute
	incidents int // what is said of a mean depends on how many there are
	profile   note.Visibility
}

// heard is what was found in a note while it stood on an incident.
type heard struct {
	incident *note.Note
	found    diag.List
}

// hear returns what the rules that read words find in the notes of a handbook.
func (m *Memory) hear(book *handbook.Handbook, ledger *claim.Ledger) diag.List {
	now := shared{book.Pack.Words, book.Pack.RedSignals, book.Settings.WordsPerMinute, len(book.OfKind("incident")), book.Profile}
	if m.lexicon == nil || !reflect.DeepEqual(now, m.shared) {
		*m = Memory{shared: now, lexicon: wordsOf(book.Pack)}
	}
	var all diag.List
	next := make(map[*note.Note]heard, len(book.Notes))
	for _, n := range book.Notes {
		incident := book.IncidentOf(n)
		h, ok := m.heard[n]
		if !ok || h.incident != incident {
			h = heard{incident, listen(book, ledger, n, m.lexicon)}
		}
		next[n] = h
		all = append(all, h.found...)
	}
	m.heard = next // notes that are gone are forgotten
	return all
}

// listen runs the rules that read words over one note.
func listen(book *handbook.Handbook, ledger *claim.Ledger, n *note.Note, words *lexicon) (found diag.List) {
	defer diag.Catch(&found, n.Path, "the words of this note cannot be read")
	t := tell(book, n, words)
	if t == nil {
		return nil
	}
	for _, r := range rules {
		if r.says != nil {
			r.says(t, ledger)
		}
	}
	return t.found
}
