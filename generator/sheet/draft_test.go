package sheet

import (
	"testing"

	"pgregory.net/rapid"
)

// TestMeasuredAsDrawn holds what lets most drafts go without letters: a sheet
// is as high, piece by piece, whether it is measured, known from before in
// another leading, or drawn.
func TestMeasuredAsDrawn(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawnSheet(t)
		v := newSolver(s, A4, false)
		chosen := make([]int, len(s.Cards))
		for i := range chosen {
			chosen[i] = rapid.IntRange(0, len(v.levels[i])).Draw(t, "level")
		}
		size, columns := rapid.Float64Range(SmallBody, largeBody).Draw(t, "size"), rapid.IntRange(1, 3).Draw(t, "columns")
		v.draft(chosen, size, 1.4, columns, nil)
		again := v.draft(chosen, size, leading, columns, nil)
		drawn := v.inked(chosen, again)
		fresh := newSolver(s, A4, false).draft(chosen, size, leading, columns, nil)
		for name, parts := range map[string][3][]piece{
			"head": {fresh.head, again.head, drawn.head}, "body": {fresh.body, again.body, drawn.body},
			"foot": {fresh.foot, again.foot, drawn.foot}, "note": {fresh.note, again.note, drawn.note},
		} {
			for i, how := range []string{"known before", "drawn"} {
				if len(parts[i+1]) != len(parts[0]) {
					t.Fatalf("%s: %d pieces measured, %d %s", name, len(parts[0]), len(parts[i+1]), how)
				}
				for k, p := range parts[i+1] {
					if how == "drawn" && p.ink == 0 {
						t.Errorf("%s: piece %d is not drawn", name, k)
					}
					if p.ink = 0; p != parts[0][k] {
						t.Errorf("%s: piece %d is measured as %v, %s as %v", name, k, parts[0][k], how, p)
					}
				}
			}
		}
	})
}
