package note

// A SheetWish is what an author wants of a cheat sheet: cards that must stay,
// cards that must not be there, and which come first. It stands under `sheet`
// in debrief.yaml for all sheets, and in an incident for its own.
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
