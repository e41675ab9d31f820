package handbook

import (
	"cmp"
	"slices"
	"unicode"
	"unicode/utf8"

	"debrief/generator/note"
)

// Order sorts notes into reading order: by weight, those without one last;
// then rounds by their order, incidents, offers and follow-ups with the newest
// first, and all others by title.
func Order(notes []*note.Note) { slices.SortStableFunc(notes, compareNotes) }

func compareNotes(a, b *note.Note) int {
	if a.HasWeight != b.HasWeight {
		if a.HasWeight {
			return -1
		}
		return 1
	}
	if c := cmp.Or(cmp.Compare(a.Weight, b.Weight), cmp.Compare(sequel(a), sequel(b))); c != 0 {
		return c
	}
	switch a.Kind.Name {
	case "round":
		ra, _ := note.Of[*note.Round](a)
		rb, _ := note.Of[*note.Round](b)
		return cmp.Or(cmp.Compare(ra.Order, rb.Order), ra.ScheduledAt.T.Compare(rb.ScheduledAt.T),
			cmp.Compare(a.Title, b.Title), cmp.Compare(a.Path, b.Path))
	case "incident", "offer", "followup":
		if c := Day(b).Compare(Day(a)); c != 0 {
			return c
		}
	}
	return cmp.Or(compareLower(a.Title, b.Title), cmp.Compare(a.Path, b.Path))
}

// sequel is the place of kinds with an order of their own among others, in a
// list that holds several.
func sequel(n *note.Note) int {
	switch n.Kind.Name {
	case "round":
		return 0
	case "incident":
		return 1
	case "offer":
		return 2
	case "followup":
		return 3
	}
	return 4
}

// compareLower compares two texts in lower case without writing them down.
func compareLower(a, b string) int {
	for a != "" && b != "" {
		ra, sizeA := utf8.DecodeRuneInString(a)
		rb, sizeB := utf8.DecodeRuneInString(b)
		if c := cmp.Compare(unicode.ToLower(ra), unicode.ToLower(rb)); c != 0 {
			return c
		}
		a, b = a[sizeA:], b[sizeB:]
	}
	return cmp.Compare(len(a), len(b))
}
