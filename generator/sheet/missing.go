package sheet

import (
	"slices"
	"strings"

	"debrief/generator/page"
)

// note is the small line that says what is missing.
func (v *solver) note(chosen []int, s setter) []piece {
	text := v.missing(chosen)
	if text == "" {
		return nil
	}
	p := s.blank()
	p.card, p.gap = noCard, s.size*0.8
	p.height = s.cell(p, s.read.short(page.Span{Text: text}), Area{Width: s.width}, Smallest, false)
	return []piece{p}
}

// missing is what the note says of the cards that are not there in full. It is
// kept, for drafts that follow each other mostly choose the same.
func (v *solver) missing(chosen []int) string {
	if v.noted == nil || !slices.Equal(v.noted, chosen) {
		v.noted, v.missed = append(v.noted[:0], chosen...), said(v.changes(chosen))
	}
	return v.missed
}

func (v *solver) changes(chosen []int) []Change {
	var out []Change
	for i, to := range chosen {
		switch {
		case v.off[i]:
			out = append(out, Change{Card: &v.sheet.Cards[i], Gone: v.sheet.Cards[i].Place != page.OnTop})
		case len(v.levels[i]) == 0, to == 0 && v.levels[i][0].of == 0:
		case to >= len(v.levels[i]):
			out = append(out, Change{Card: &v.sheet.Cards[i], Gone: true})
		default:
			out = append(out, Change{Card: &v.sheet.Cards[i], What: v.levels[i][to].what()})
		}
	}
	return out
}

// said names what is missing in one line; "" when nothing is.
func said(missing []Change) string {
	var gone, short []string
	for _, c := range missing {
		name := c.Name()
		if c.What != "" {
			name += " (" + c.What + ")"
		}
		if c.Gone {
			gone = append(gone, name)
		} else {
			short = append(short, name)
		}
	}
	var parts []string
	if len(gone) > 0 {
		parts = append(parts, "Left out: "+strings.Join(gone, ", ")+".")
	}
	if len(short) > 0 {
		parts = append(parts, "Shortened: "+strings.Join(short, ", ")+".")
	}
	return strings.Join(parts, " ")
}
