package sheet

import "debrief/generator/page"

// rows sets the rows of a table, a piece a line.
func (s setter) rows(blocks []page.Block) []piece {
	cells := 0
	for _, b := range blocks {
		cells = max(cells, len(b.Cells))
	}
	if cells == 0 {
		return nil
	}
	natural := make([]float64, cells)
	for _, b := range blocks {
		size := s.sizeOf(b)
		for j, c := range b.Cells {
			natural[j] = max(natural[j], points(widthOf(s.read.letters(c)), size))
		}
	}
	gutter := s.size * 0.7
	widths := shared(natural, s.width-gutter*float64(cells-1))
	var out []piece
	for _, b := range blocks {
		size := s.sizeOf(b)
		rtl := false
		for _, c := range b.Cells {
			rtl = rtl || rightToLeft(s.read.letters(c))
		}
		var row []piece // its lines, those of all cells beside each other
		x := 0.0
		for j, c := range b.Cells {
			width := units(widths[j], size) + 1
			for k, l := range capped(s.read.broken(c, width), b.Lines, width) {
				if k == len(row) {
					row = append(row, piece{height: size * s.leading})
				}
				row[k].lines = append(row[k].lines, s.line(l, x, rise(size, s.leading), size, rtl))
			}
			x += widths[j] + gutter
		}
		tied(row)
		if len(row) > 0 {
			row[0].gap = s.size * 0.14
		}
		out = append(out, row...)
	}
	return out
}

// shared divides a width among columns: what is narrow gets what it needs,
// the rest is shared by need, and the last takes what is left.
func shared(natural []float64, width float64) []float64 {
	out := make([]float64, len(natural))
	left, need := width, 0.0
	open := make([]bool, len(natural))
	for j, n := range natural {
		open[j], need = true, need+n
	}
	if need <= width {
		copy(out, natural)
		out[len(out)-1] += width - need
		return out
	}
	for again := true; again; {
		again = false
		count := 0
		for j := range natural {
			if open[j] {
				count++
			}
		}
		for j, n := range natural {
			if open[j] && n <= left/float64(count) {
				out[j], open[j], again = n, false, true
				left -= n
				need -= n
				count--
			}
		}
	}
	count := 0.0
	for j := range natural {
		if open[j] {
			count++
		}
	}
	for j, n := range natural {
		if open[j] { // no column so narrow that words stand upright
			out[j] = left*0.4/count + left*0.6*n/need
		}
	}
	return out
}
