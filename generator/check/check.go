// Package check holds the handbook to its rules: what is missing for each
// round, and what two notes, or a note and its own figures, say against each
// other.
//
// What one note alone can get wrong is found where it is read, and a link that
// leads nowhere where it is followed; here all those names stand in one table
// with the rules that need the whole handbook. How findings look is diag's.
package check

import (
	"slices"

	"debrief/generator/claim"
	"debrief/generator/diag"
	"debrief/generator/handbook"
	"debrief/generator/note"
	"debrief/generator/workers"
)

// All returns what the rules find in a handbook. memory is what an earlier call
// has left; it may be new.
func All(book *handbook.Handbook, ledger *claim.Ledger, memory *Memory) diag.List {
	by := make([]diag.List, len(rules))
	if memory.picked == nil {
		memory.picked = make([]picked, len(rules))
	}
	workers.All(len(rules), func(i int) {
		if r := rules[i]; !r.whole || seesAll(book) {
			by[i] = r.run(book, ledger, &memory.picked[i])
		}
	})
	return slices.Concat(append(by, ledger.Faults, memory.look(book, ledger), talk(book, ledger, memory))...)
}

// run looks for what a rule finds in the whole handbook.
func (r *Rule) run(book *handbook.Handbook, ledger *claim.Ledger, before *picked) (found diag.List) {
	defer diag.Catch(&found, "", "the rule "+r.Name+" cannot be held against the notes")
	switch {
	case r.find != nil:
		return r.find(book, ledger)
	case r.picks != nil:
		return before.say(r.picks(book), r.of)
	}
	return nil
}

// look runs the rules that look at one note.
func look(n *note.Note, book *handbook.Handbook, ledger *claim.Ledger) (found diag.List) {
	defer diag.Catch(&found, n.Path, "the rules cannot be held against this note")
	for _, r := range rules {
		if r.looks != nil {
			found = append(found, r.looks(n, book, ledger)...)
		}
	}
	return found
}

// seesAll reports whether what is missing can be told at all: the handbook
// prepares for something, and no note is hidden. In a shared or public build
// the counts are low, and saying so would say that there is more.
func seesAll(book *handbook.Handbook) bool {
	return book.Prepares() && book.Profile == note.Private
}

// incidents is a look at incidents only.
func incidents(look func(n *note.Note, i *note.Incident, report func(diag.Finding))) looker {
	return func(n *note.Note, _ *handbook.Handbook, _ *claim.Ledger) diag.List {
		var found diag.List
		if i, ok := note.Of[*note.Incident](n); ok {
			look(n, i, func(f diag.Finding) { found = append(found, f) })
		}
		return found
	}
}

// at spells a front-matter path: at("dora", 0, "metric").
func at(path ...any) []any { return path }
