package sheet

import (
	"slices"
	"unicode"

	"debrief/generator/sheet/face"
)

// place gives every piece of a draft its place on the paper.
func (v *solver) place(chosen []int, d draft) *Layout {
	d = v.inked(chosen, d)
	defer v.drop(d)
	width, height := v.paper.Inner()
	l := &Layout{Paper: v.paper, RTL: v.rtl, Size: d.size, Leading: d.leading, Columns: d.columns, Balance: 1, Missing: v.changes(chosen)}
	areas := make([][]Area, len(v.sheet.Cards))
	l.Lines = make([]Line, 0, v.well.count(d.head, d.body, d.foot, d.note))
	put := func(pieces []piece, x, y, wide float64) float64 {
		for i, p := range pieces {
			if i > 0 {
				y += p.gap
			}
			ink := v.well.ink(p)
			for _, line := range ink.lines {
				l.Lines = append(l.Lines, line.at(x, y))
			}
			for _, r := range ink.rules {
				l.Rules = append(l.Rules, Rule{r.X1 + x, r.Y1 + y, r.X2 + x, r.Y2 + y, r.Weight})
			}
			if p.card != noCard {
				areas[p.card] = grown(areas[p.card], Area{x, y, wide, p.height})
			}
			y += p.height
		}
		return y
	}
	y := put(d.head, 0, 0, width)
	l.Used = y / height
	if len(d.body) > 0 {
		if len(d.head) > 0 {
			y += d.body[0].gap
		}
		target := d.room
		if v.filled(d) < 0.7 { // little text stays together
			target = 0
			for k := range d.starts {
				if part := d.column(k); len(part) > 0 {
					target = max(target, sum(part)-part[0].gap)
				}
			}
		}
		longest, shortest := 0.0, height
		for k := range d.starts {
			x := float64(k) * (d.width + d.gutter)
			if v.rtl {
				x = width - d.width - x
			}
			part := loosened(d.column(k), target, d.size)
			end := 0.0
			if len(part) > 0 {
				end = put(part, x, y, d.width) - y
			}
			longest, shortest = max(longest, end), min(shortest, end)
		}
		if longest > 0 {
			l.Balance = shortest / longest
		}
		for k := 1; k < d.columns && shortest > 0; k++ {
			x := float64(k)*(d.width+d.gutter) - d.gutter/2
			l.Rules = append(l.Rules, Rule{x, y, x, y + longest, 0.3})
		}
		y += longest
		l.Used = y / height
	}
	if len(d.foot) > 0 {
		y += d.foot[0].gap
		y = put(d.foot, 0, y, width)
		l.Used = y / height
	}
	if len(d.note) > 0 {
		put(d.note, 0, height-d.note[0].height, width)
	}
	for i := range v.sheet.Cards {
		c := &v.sheet.Cards[i]
		if to := chosen[i]; to < len(v.levels[i]) && len(areas[i]) > 0 {
			l.Boxes = append(l.Boxes, Box{Card: c, Title: c.Title, Blocks: v.levels[i][to].blocks(), Areas: areas[i]})
		}
	}
	return l
}

// grown adds a piece's area to those of its card: to the one it stands below,
// or as a new one in the next column.
func grown(areas []Area, a Area) []Area {
	if n := len(areas); n > 0 && areas[n-1].X == a.X && a.Y >= areas[n-1].Y {
		areas[n-1].Height = a.Y + a.Height - areas[n-1].Y
		return areas
	}
	return append(areas, a)
}

// Runes are the characters that the sheet has in a face, sorted, each once.
func (l *Layout) Runes(f face.Face) []rune {
	var out []rune
	for _, line := range l.Lines {
		for _, r := range line.Runs {
			if r.Face == f {
				out = append(out, []rune(r.Text)...)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Foreign are the letters, marks and digits that the faces lack: a sheet with
// them needs other fonts.
func (l *Layout) Foreign() []rune {
	var out []rune
	for _, f := range face.Faces {
		for _, r := range l.Runes(f) {
			if !f.Has(r) && (unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r)) {
				out = append(out, r)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
