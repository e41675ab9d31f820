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
		measured := func(v *solver, leading float64) draft {
			d := v.blankDraft(size, leading, columns)
			v.assemble(&d, chosen, nil, false)
			return d
		}
		measured(v, 1.4)
		again := measured(v, leading)
		drawn := v.inked(chosen, again)
		fresh := measured(newSolver(s, A4, false), leading)
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

// TestGivingUpIsRight holds that no draft is given up that would fit if all of
// it were set.
func TestGivingUpIsRight(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := newSolver(drawnSheet(t), rapid.SampledFrom(papers).Draw(t, "paper"), false)
		chosen := make([]int, len(v.levels))
		for i := range chosen {
			chosen[i] = rapid.IntRange(0, len(v.levels[i])).Draw(t, "level")
		}
		for columns := 1; columns <= 3; columns++ {
			for size := SmallBody; size <= largeBody; size += sizeStep {
				whole := v.blankDraft(size, leading, columns)
				v.assemble(&whole, chosen, nil, false)
				room := v.roomOf(whole)
				_, _, fits := v.divided(whole.body, columns, room)
				if got, want := v.draft(chosen, size, leading, columns).ok, fits && room >= 0; got != want {
					t.Errorf("%d columns in %v pt fit: %v, set as a whole %v", columns, size, got, want)
				}
			}
		}
	})
}
