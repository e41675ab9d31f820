package note

import (
	"slices"

	"debrief/generator/diag"
)

// A SheetWish is what an author wants of a sheet of paper: cards that must
// stay, cards that must not be there, and which come first. It stands under
// `sheet` in debrief.yaml for all sheets, in an incident for its cheat sheet,
// in a round for its run-sheet.
type SheetWish struct {
	Pin   []string `front:"pin"`
	Hide  []string `front:"hide"`
	Order []string `front:"order"`
}

// SheetCards are the cards of a cheat sheet, by the names that `sheet` knows,
// in the order they have when nobody says otherwise.
var SheetCards = []string{
	"incident", "decision", "raci", "rounds", "stories", "probes", "signals", "remember",
	"changes", "timeline", "more-probes", "follow-ups", "factors", "actions", "more-signals", "judgment",
}

// RunSheetCards are those of a run-sheet.
var RunSheetCards = []string{
	"round", "asked", "minutes", "told", "own", "questions", "probes", "signals", "playbooks", "more-probes", "reserve", "more-signals", "judgment",
}

// AllSheetCards are the cards of any sheet, each once.
func AllSheetCards() []string {
	all := slices.Clone(SheetCards)
	for _, name := range RunSheetCards {
		if !slices.Contains(all, name) {
			all = append(all, name)
		}
	}
	return all
}

// check reports the names of a note's wish that its sheet does not know.
func (w SheetWish) check(n *Note, report func(diag.Finding), known []string) {
	w.Each(func(key string, k int, name string) { choice(n, report, at("sheet", key, k), name, known...) })
}

// Each calls do for every name of a wish, with the key it stands under.
func (w SheetWish) Each(do func(key string, i int, name string)) {
	for _, l := range []struct {
		key   string
		names []string
	}{{"pin", w.Pin}, {"hide", w.Hide}, {"order", w.Order}} {
		for i, name := range l.names {
			do(l.key, i, name)
		}
	}
}
