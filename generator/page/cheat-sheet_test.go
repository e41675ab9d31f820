package page

import (
	"slices"
	"strings"
	"testing"

	"debrief/generator/note"
)

func TestWishes(t *testing.T) {
	for _, c := range []struct {
		name     string
		own, all note.SheetWish
		want     string // pinned ones with a plus
	}{
		{"none", note.SheetWish{}, note.SheetWish{}, "incident raci rounds"},
		{"hidden for all", note.SheetWish{}, note.SheetWish{Hide: []string{"raci"}}, "incident rounds"},
		{"what is hidden for all an incident may pin", note.SheetWish{Pin: []string{"raci"}}, note.SheetWish{Hide: []string{"raci"}}, "incident raci+ rounds"},
		{"what an incident hides is not pinned for all", note.SheetWish{Hide: []string{"raci"}}, note.SheetWish{Pin: []string{"raci", "rounds"}}, "incident rounds+"},
		{"hidden and pinned at once is hidden", note.SheetWish{Pin: []string{"raci"}, Hide: []string{"raci"}}, note.SheetWish{}, "incident rounds"},
		{"the incident's order comes first", note.SheetWish{Order: []string{"rounds"}}, note.SheetWish{Order: []string{"raci"}}, "rounds incident raci"},
	} {
		cards := []Card{{Name: "incident", Must: true, Priority: 200}, {Name: "raci"}, {Name: "rounds"}}
		var got []string
		for _, card := range wished(cards, []note.SheetWish{c.own, c.all}) {
			name := card.Name
			if card.Must && card.Priority == 190 {
				name += "+"
			}
			got = append(got, name)
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s: %q, want %q", c.name, s, c.want)
		}
	}
}

func TestRACILines(t *testing.T) {
	rows := []note.RACI{
		{Activity: "detect", R: []string{"me"}, A: []string{"me"}}, {Activity: "mitigate", R: []string{"me", "cache"}, A: []string{"lead"}},
	}
	var got []string
	for _, b := range raciLines(rows) {
		got = append(got, b.Label+" "+PlainText(b.Text))
	}
	if want := []string{"A me (detect); lead (mitigate)", "R me (all); cache (mitigate)"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
