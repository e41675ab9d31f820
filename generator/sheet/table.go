package sheet

// rows sets the rows of a table, a piece a line.
func (s setter) rows(pieces []piece, blocks []entry) []piece {
	cells := 0
	for _, b := range blocks {
		cells = max(cells, len(b.cells))
	}
	if cells == 0 {
		return pieces
	}
	natural := make([]float64, cells)
	for _, b := range blocks {
		size := s.sizeOf(b)
		for j, t := range b.cells {
			natural[j] = max(natural[j], points(t.width, size))
		}
	}
	gutter := s.size * 0.7
	widths := shared(natural, s.width-gutter*float64(cells-1))
	for _, b := range blocks {
		pieces = s.row(pieces, b, widths, gutter)
	}
	return pieces
}

// row sets one row: the lines of all its cells beside each other.
func (s setter) row(pieces []piece, b entry, widths []float64, gutter float64) []piece {
	size, rtl, high := s.sizeOf(b), false, 0
	for j, t := range b.cells {
		rtl, high = rtl || t.rtl, max(high, t.count(units(widths[j], size)+1, b.Lines))
	}
	if high == 0 {
		return pieces
	}
	from := len(pieces)
	for range high {
		p := s.blank()
		p.height, p.em = size*s.leading, size
		pieces = append(pieces, p)
	}
	row := pieces[from:]
	tied(row)
	row[0].gap = s.size * 0.14
	if s.well != nil {
		x := 0.0
		for j, t := range b.cells {
			for k, l := range s.lines(t, units(widths[j], size)+1, b.Lines) {
				ink := s.well.ink(row[k])
				ink.lines = append(ink.lines, s.line(l, x, rise(size, s.leading), size, rtl))
			}
			x += widths[j] + gutter
		}
	}
	return pieces
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
