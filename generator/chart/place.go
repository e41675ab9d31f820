package chart

import (
	"math"
	"slices"
)

// The width that stands for all wide pages when labels are placed.
//
// The edge of a label lies at a share of the chart's width and a fixed number
// of pixels from there: a linear function of the width. So is the distance of
// two labels. What is positive at the narrowest and at this width is positive
// at each width between them.
const wide = 8000

// Between a label and its place, and between two labels of a row.
const (
	flag = 4
	gap  = 8
)

type anchor int

const (
	start  anchor = iota // the text begins at its place
	end                  // it ends there
	middle               // it stands over it
)

// A label is lines of text that belong to a place on the x axis.
type label struct {
	at    float64 // its place, a share of the chart's width
	lines []string
	class string // of its text and its pole
	bold  bool   // its first line

	anchor anchor
	row    int // its first row, counted away from the axis; each line takes one
}

// size is the width of the longest line.
func (l label) size() float64 {
	w := 0.0
	for i, line := range l.lines {
		w = max(w, Width(line, l.bold && i == 0))
	}
	return w
}

// extent is where the label stands in a chart so many pixels wide.
func (l label) extent(chart float64) (from, to float64) {
	x, w := l.at*chart, l.size()
	switch l.anchor {
	case end:
		return x - flag - w, x
	case middle:
		return x - w/2, x + w/2
	}
	return x, x + flag + w
}

// room is how wide a label may be, for an anchor, in the narrowest chart.
func (l label) room(a anchor) float64 {
	switch x := l.at * Narrow; a {
	case start:
		return Narrow - x - flag
	case end:
		return x - flag
	default:
		return 2 * min(x, Narrow-x)
	}
}

// fits reports whether the label, anchored so, stays inside the chart.
func (l label) fits(a anchor) bool { return l.size() <= l.room(a)+1e-9 }

// apart reports whether two labels stand side by side at every width, the
// same one always on the left.
func apart(a, b label) bool {
	side := 0.0
	for _, w := range []float64{Narrow, wide} {
		fromA, toA := a.extent(w)
		fromB, toB := b.extent(w)
		switch {
		case toA+gap <= fromB+1e-9 && side >= 0:
			side = 1
		case toB+gap <= fromA+1e-9 && side <= 0:
			side = -1
		default:
			return false
		}
	}
	return true
}

// clear reports whether the pole of p, which goes from the axis to its label,
// passes b at every width.
func clear(p, b label) bool {
	if b.row+len(b.lines) <= p.row {
		pole := label{at: p.at, anchor: middle}
		pole.lines = nil
		side := 0.0
		for _, w := range []float64{Narrow, wide} {
			from, to := b.extent(w)
			x := p.at * w
			switch {
			case x <= from+1e-9 && side <= 0:
				side = -1
			case x >= to-1e-9 && side >= 0:
				side = 1
			default:
				return false
			}
		}
	}
	return true
}

// free reports whether l may stand where it is beside those placed already.
func free(l label, placed []label, poles bool) bool {
	for _, p := range placed {
		share := l.row < p.row+len(p.lines) && p.row < l.row+len(l.lines)
		if share && !apart(l, p) {
			return false
		}
		if poles && (!clear(l, p) || !clear(p, l)) {
			return false
		}
	}
	return true
}

// place gives every label a row and an anchor so that none covers another or
// leaves the chart, in few rows, and says how many. Labels stand beside poles
// from the axis; a pole crosses another label only where nothing else is left
// to do. A label too long for any place is shortened.
func place(labels []label) (rows int) {
	for i := range labels {
		labels[i].cut()
	}
	// Going from the right, labels that begin at their pole hang like steps and
	// cross nothing; going from the left, those that end at it. Near the edges
	// the one or the other has no room, so a few ways are tried.
	byPlace := func(a, b label) int {
		switch {
		case a.at < b.at:
			return -1
		case a.at > b.at:
			return 1
		}
		return 0
	}
	order := make([]int, len(labels))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return byPlace(labels[i], labels[j]) })
	fromRight := slices.Clone(order)
	slices.Reverse(fromRight)
	half := 0
	for half < len(order) && labels[order[half]].at <= .5 {
		half++
	}
	inward := slices.Clone(order[:half])
	slices.Reverse(inward)
	inward = append(inward, order[half:]...)

	var best []label
	cost := math.MaxInt
	for _, try := range []struct {
		order []int
		first func(label) anchor
	}{
		{fromRight, func(label) anchor { return start }},
		{order, func(label) anchor { return end }},
		{order, func(label) anchor { return start }},
		{inward, func(l label) anchor {
			if l.at <= .5 {
				return start
			}
			return end
		}},
	} {
		done, c := tryPlace(labels, try.order, try.first)
		if c < cost {
			best, cost = done, c
		}
	}
	copy(labels, best)
	for _, l := range labels {
		rows = max(rows, l.row+len(l.lines))
	}
	return rows
}

// cut shortens the lines of a label that fits nowhere.
func (l *label) cut() {
	most := max(l.room(start), l.room(end))
	if l.size() <= most {
		return
	}
	l.lines = slices.Clone(l.lines)
	for i, line := range l.lines {
		l.lines[i] = shorten(line, l.bold && i == 0, most)
	}
}

// tryPlace places the labels in an order. The cost counts how far labels are
// from the axis, more each row, and most each pole that crosses a label.
func tryPlace(labels []label, order []int, first func(label) anchor) (done []label, cost int) {
	done = slices.Clone(labels)
	var placed []label
	deepest := 0
	for _, i := range order {
		l := done[i]
		found := false
		for _, poles := range []bool{true, false} {
			for l.row = 0; l.row <= deepest && !found; l.row++ {
				for _, a := range []anchor{first(l), 1 - first(l)} {
					if l.anchor = a; l.fits(a) && free(l, placed, poles) {
						found = true
						break
					}
				}
				if found {
					break
				}
			}
			if found {
				if !poles {
					cost += 10000
				}
				break
			}
		}
		cost += l.row
		deepest = max(deepest, l.row+len(l.lines))
		done[i] = l
		placed = append(placed, l)
	}
	return done, cost + 10*deepest
}
