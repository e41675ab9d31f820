package note

import (
	"fmt"
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
	w.Unknown(known, func(key string, i int, what, hint string) {
		report(n.Find("bad-value", diag.Warning, at("sheet", key, i), "%s", what).Hint("%s", hint))
	})
}

// Unknown calls say for every name that no card has, with the key it stands
// under, what is wrong and the way out.
func (w SheetWish) Unknown(cards []string, say func(key string, i int, what, hint string)) {
	for _, l := range []struct {
		key   string
		names []string
	}{{"pin", w.Pin}, {"hide", w.Hide}, {"order", w.Order}} {
		for i, name := range l.names {
			if slices.Contains(cards, name) {
				continue
			}
			hint := "known are " + list(cards)
			if near := diag.Near(name, cards); near != "" {
				hint = fmt.Sprintf("did you mean %q?", near)
			}
			say(l.key, i, fmt.Sprintf("the sheet has no card %q", name), hint)
		}
	}
}
