package check

import (
	"slices"
	"strings"

	"debrief/generator/claim"
	"debrief/generator/diag"
	"debrief/generator/handbook"
	"debrief/generator/note"
)

// badValues finds values that only the whole handbook shows to be wrong.
func badValues(book *handbook.Handbook, ledger *claim.Ledger) diag.List {
	return append(unknownRoundTypes(book, ledger), manyPrinciples(book)...)
}

// unknownRoundTypes finds types of rounds that neither debrief nor the pack
// knows: a company has rounds of its own, and its pack names them.
func unknownRoundTypes(book *handbook.Handbook, _ *claim.Ledger) diag.List {
	known := slices.Clone(note.RoundTypes)
	for _, t := range book.Pack.RoundTypes {
		known = append(known, t.Key)
	}
	for _, r := range book.Pack.Loop.Rounds {
		known = append(known, r.Type)
	}
	slices.Sort(known)
	known = slices.Compact(known)
	var found diag.List
	for _, n := range book.OfKind("round") {
		f, _ := note.Of[*note.Round](n)
		if f.Type == "" || slices.Contains(known, f.Type) {
			continue
		}
		finding := n.Find("bad-value", diag.Warning, at("type"), "type: %q is not one of the known values", f.Type)
		near := diag.Near(f.Type, known)
		for _, t := range book.Pack.RoundTypes { // the word that pages show for it
			if strings.EqualFold(f.Type, t.Value) {
				near = t.Key
			}
		}
		if near != "" {
			found = append(found, finding.Hint("did you mean %q?", near))
		} else {
			found = append(found, finding.Hint("known are %s", strings.Join(known, ", ")))
		}
	}
	return found
}
