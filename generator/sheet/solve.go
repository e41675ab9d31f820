package sheet

import (
	"slices"
	"sync"

	"debrief/generator/page"
)

// Solve lays a sheet out on one side of paper. rtl is whether the handbook is
// written from right to left. The same sheet gets the same layout.
//
// Cards give way in the order of steps until everything fits in type of the
// least good size: that of easy reading as long as only fillers have to give
// way, then as much smaller as the others need, and only when the smallest is
// too large do they give way too. What gave way comes back where it fits after
// all. Then the type grows as far as it goes.
func Solve(s *page.Sheet, paper Paper, rtl bool) *Layout {
	v := newSolver(s, paper, rtl)
	defer v.end()
	way := steps(s.Cards, v.levels)
	chosen := make([]int, len(s.Cards))
	var taken []step
	size := goodBody
giving:
	for !v.fits(chosen, size) {
		switch {
		case len(way) > 0 && (size == SmallBody || way[0].cost < page.Filler+25):
			chosen[way[0].card] = way[0].to
			taken, way = append(taken, way[0]), way[1:]
		case size > SmallBody:
			size -= sizeStep
		default:
			break giving
		}
	}
	v.restore(chosen, taken, size)
	l := v.largest(chosen, size)
	if len(l.Missing) > 0 && l.Used < full {
		v.restore(chosen, taken, SmallBody)
		v.rescue(chosen, taken)
		l = v.largest(chosen, SmallBody)
	}
	return l
}

// full is the share of the height from which on a sheet counts as full.
const full = 0.88

// restore takes steps back, the last ones first, where there is room for it.
func (v *solver) restore(chosen []int, taken []step, size float64) {
	for i := len(taken) - 1; i >= 0; i-- {
		t := taken[i]
		if chosen[t.card] != t.to {
			continue
		}
		if chosen[t.card] = t.from; !v.fits(chosen, size) {
			chosen[t.card] = t.to
		}
	}
}

// rescue shows more of cards that gave way than was meant to be shown of them,
// the last ones first.
func (v *solver) rescue(chosen []int, taken []step) {
	for i := len(taken) - 1; i >= 0; i-- {
		card := taken[i].card
		least := chosen[card]
		for chosen[card] = 0; chosen[card] < least && !v.fits(chosen, SmallBody); {
			chosen[card]++
		}
	}
}

type solver struct {
	sheet  *page.Sheet
	paper  Paper
	rtl    bool
	levels [][]level
	off    map[int]bool // cards that do not fit even at their least
	noted  []int        // what was chosen when the note was last asked for; nil when that does not hold
	missed string       // what it said
	*scratch
}

// A scratch is what a sheet is measured with. Nothing of it is in a layout, so
// the next sheet may have it: the texts that were read, and the room.
type scratch struct {
	reader reader
	well   inkwell
	ways   []level   // of all cards
	pieces []piece   // of all settings
	spare  []draft   // of no use but for their room
	tops   []float64 // of what is divided
	breaks []int
}

var scratches = sync.Pool{New: func() any { return &scratch{reader: newReader()} }}

// keep copies pieces to where they stay until the end.
func (s *scratch) keep(pieces []piece) []piece {
	from := len(s.pieces)
	s.pieces = append(s.pieces, pieces...)
	return slices.Clip(s.pieces[from:])
}

// end gives the scratch back, unless the sheet was a rarely long one.
func (v *solver) end() {
	s := v.scratch
	v.scratch = nil
	if cap(s.reader.letters) > mostKept || cap(s.pieces) > mostKept {
		return
	}
	clear(s.ways)
	s.ways, s.pieces = s.ways[:0], s.pieces[:0]
	s.well.empty()
	if len(s.reader.letters) > mostKept/2 {
		s.reader.forget()
	}
	scratches.Put(s)
}

// mostKept is how many letters or pieces are kept room for.
const mostKept = 1 << 16

func newSolver(s *page.Sheet, paper Paper, rtl bool) *solver {
	v := &solver{sheet: s, paper: paper, rtl: rtl, scratch: scratches.Get().(*scratch), levels: make([][]level, 0, len(s.Cards))}
	for i := range s.Cards {
		from := len(v.ways)
		v.ways = levels(v.ways, &s.Cards[i])
		v.levels = append(v.levels, slices.Clip(v.ways[from:]))
	}
	return v
}

const leading = 1.22

func (v *solver) fits(chosen []int, size float64) bool {
	for _, columns := range []int{2, 3, 1} {
		if !v.suits(columns, size) {
			continue
		}
		d := v.draft(chosen, size, leading, columns)
		v.drop(d)
		if d.ok {
			return true
		}
	}
	return false
}

// suits keeps lines below some 100 characters.
func (v *solver) suits(columns int, size float64) bool {
	return columns > 1 || size >= 11
}

// largest lays out what was chosen in the largest type in which it fits with
// even columns, then with the widest lines.
func (v *solver) largest(chosen []int, least float64) *Layout {
	var uneven draft
	for size := largeBody; size >= SmallBody; size -= sizeStep {
		d := v.best(chosen, size)
		if d.ok && d.cost < 1 {
			return v.place(chosen, v.airy(chosen, d))
		}
		if size >= least && d.ok && (!uneven.ok || d.cost < uneven.cost) {
			uneven, d = d, uneven
		}
		v.drop(d)
	}
	if uneven.ok {
		return v.place(chosen, v.airy(chosen, uneven))
	}
	return v.place(chosen, v.broken(chosen, least))
}

// broken lays out what does not fit even at its least: paper this small, or
// nothing but cards that must stay. What would lie beyond the edge is left
// out, and its cards are named as missing.
func (v *solver) broken(chosen []int, size float64) draft {
	v.off, v.noted = make(map[int]bool), nil
	for {
		d := v.blankDraft(size, leading, 2)
		v.assemble(&d, chosen, nil, false)
		d.room = v.roomOf(d)
		var kept, off []piece
		if d.room < 0 {
			off = append(d.body, d.foot...)
			d.body, d.foot = nil, nil
			kept = above(d.head, v.height()-sum(d.note))
			off, d.head = append(off, d.head[len(kept):]...), kept
		}
		d.starts = packed(d.body, d.columns, max(d.room, 0))
		if len(d.starts) > d.columns {
			end := d.starts[d.columns]
			off, d.body, d.starts = append(off, d.body[end:]...), d.body[:end], d.starts[:d.columns]
		}
		// The line that names the missing may need the room of more.
		before := len(v.off)
		for _, p := range off {
			if p.card != noCard {
				v.off[int(p.card)], v.noted = true, nil
			}
		}
		if len(v.off) == before {
			return d
		}
	}
}

// best chooses the columns. Little text runs across the paper.
func (v *solver) best(chosen []int, size float64) (best draft) {
	for _, columns := range []int{2, 3, 1} {
		if !v.suits(columns, size) {
			continue
		}
		d := v.draft(chosen, size, leading, columns)
		switch {
		case !d.ok, columns == 1 && best.ok && best.cost < 1 && v.filled(best) > 0.6:
			v.drop(d)
			continue
		case columns == 1:
			d.cost = 0
		case columns == 3 && size > 10.5: // lines of less than 30 characters
			d.cost += 0.15
		case columns == 3:
			d.cost += 0.05
		}
		if !best.ok || d.cost < best.cost {
			best, d = d, best
		}
		v.drop(d)
	}
	return best
}

// airy sets the lines as far apart as there is room for.
func (v *solver) airy(chosen []int, best draft) draft {
	for more := 1.42; more > leading; more -= 0.02 {
		d := v.draft(chosen, best.size, more, best.columns)
		if d.ok && d.cost <= max(best.cost, 1-even) {
			return d
		}
		v.drop(d)
	}
	return best
}
