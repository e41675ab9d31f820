package sheet

import (
	"slices"

	"debrief/generator/page"
)

// A draft is what a size and a number of columns come to.
type draft struct {
	size, leading float64
	columns       int
	gutter, width float64 // between columns, of a column
	head          []piece // across the paper: the line on top, the cards on top
	body          []piece
	starts        []int // where the columns begin
	foot          []piece
	note          []piece // of what is missing
	room          float64 // for the columns
	cost          float64
	ok            bool
}

// draft sets what was chosen, as far as it is to be measured, and no further
// than it is clear that it does not fit: then it is only good for its room.
func (v *solver) draft(chosen []int, size, leading float64, columns int) draft {
	d := v.blankDraft(size, leading, columns)
	if !v.assemble(&d, chosen, nil, true) {
		return d
	}
	if d.room = v.roomOf(d); d.room < 0 {
		return d
	}
	d.starts, d.cost, d.ok = v.divided(d.body, columns, d.room)
	return d
}

// inked sets a draft once more, to be drawn.
func (v *solver) inked(chosen []int, d draft) draft {
	drawn := v.blankDraft(d.size, d.leading, d.columns)
	defer v.drop(d)
	v.assemble(&drawn, chosen, &v.well, false)
	d.head, d.body = drawn.head[:len(d.head)], drawn.body[:len(d.body)] // of a broken draft, what is on the paper
	d.foot, d.note = drawn.foot[:len(d.foot)], drawn.note
	return d
}

// blankDraft is a draft with nothing in it yet, in the room of one that was of
// no use.
func (v *solver) blankDraft(size, leading float64, columns int) draft {
	width, _ := v.paper.Inner()
	d := draft{size: size, leading: leading, columns: columns, gutter: 5.5 * mm}
	d.width = (width - d.gutter*float64(columns-1)) / float64(columns)
	if n := len(v.spare); n > 0 {
		d.head, d.body, d.foot = v.spare[n-1].head[:0], v.spare[n-1].body[:0], v.spare[n-1].foot[:0]
		v.spare = v.spare[:n-1]
	}
	return d
}

// drop says that a draft is of no use any more.
func (v *solver) drop(d draft) {
	if cap(d.body) > 0 {
		v.spare = append(v.spare, d)
	}
}

// assemble sets all that is to be divided into columns and what stands around
// it. With giveUp it stops, and reports false, when the cards that are set are
// already more than there is room for.
func (v *solver) assemble(d *draft, chosen []int, well *inkwell, giveUp bool) bool {
	width, _ := v.paper.Inner()
	across := setter{d.size, d.leading, width, &v.reader, well}
	column := setter{d.size, d.leading, d.width, &v.reader, well}
	d.head = v.top(d.head, across)
	set, high := 0, 0.0 // how much of the body was counted, and its height
	for i := range v.sheet.Cards {
		switch place := v.sheet.Cards[i].Place; {
		case place == page.OnTop:
			d.head = v.pieces(d.head, i, chosen[i], across)
		case v.off[i]:
		case place == page.AtBottom:
			d.foot = v.pieces(d.foot, i, chosen[i], across)
		default:
			d.body = v.pieces(d.body, i, chosen[i], column)
		}
		high += sum(d.body[set:])
		if set = len(d.body); giveUp && high > v.most(*d) {
			return false
		}
	}
	d.note = v.note(chosen, across)
	return true
}

// most is a height that no body has which fits below the head as it is: a gap
// falls away at the top of each column, and no gap is wider than one between
// cards. A point is added, for sums of fractions differ by the order they are
// taken in.
func (v *solver) most(d draft) float64 {
	return float64(d.columns)*(v.height()-sum(d.head)+cardGap(d.size)) + 1
}

// roomOf is how high the columns may be.
func (v *solver) roomOf(d draft) float64 {
	room := v.height() - sum(d.head) - sum(d.foot) - sum(d.note)
	if len(d.body) > 0 && len(d.head) > 0 {
		room -= d.body[0].gap
	}
	return room
}

// pieces sets a card at its level behind other pieces, and measures it once
// for each size and width.
func (v *solver) pieces(out []piece, card, to int, s setter) []piece {
	if to >= len(v.levels[card]) {
		return out
	}
	l, from := &v.levels[card][to], len(out)
	known, ok := l.known(s.size, s.width)
	if !ok || s.well != nil {
		out = s.card(out, &v.sheet.Cards[card], card, l.entries(&v.reader))
		if s.well == nil {
			l.set = append(l.set, setting{s.size, s.width, v.keep(out[from:])})
		}
		return out
	}
	out = append(out, known...)
	for i := from; i < len(out); i++ {
		if p := &out[i]; p.em > 0 {
			p.height = p.em * s.leading
		}
	}
	return out
}

// top is the line above everything: whose handbook this is, and for what.
func (v *solver) top(head []piece, s setter) []piece {
	if v.sheet.Title == "" && v.sheet.Subtitle == "" {
		return head
	}
	size := s.fine()
	p := s.blank()
	p.card, p.height = noCard, size*1.18+2
	if s.well != nil {
		spans := []page.Span{{Text: v.sheet.Title, Bold: true}}
		if v.sheet.Subtitle != "" {
			spans = append(spans, page.Span{Text: " · " + v.sheet.Subtitle})
		}
		t := s.read.newText(spans)
		for _, l := range s.lines(t, units(s.width, size), 1) {
			ink := s.well.ink(p)
			ink.lines = append(ink.lines, s.line(l, 0, rise(size, 1.18), size, t.rtl))
		}
		s.rule(p, Rule{0, size*1.18 + 1.5, s.width, size*1.18 + 1.5, 0.8})
	}
	return append(head, p)
}

func (v *solver) height() float64 { _, h := v.paper.Inner(); return h }

// above keeps the pieces that end above a height.
func above(pieces []piece, height float64) []piece {
	at := tops(nil, pieces)
	for len(pieces) > 0 && at[len(pieces)] > height {
		pieces = pieces[:len(pieces)-1]
	}
	return pieces
}

// packed starts the next column where one is full; what is left after the
// last has no place.
func packed(pieces []piece, columns int, most float64) []int {
	starts, from := []int{0}, 0
	at := tops(nil, pieces)
	for i := range pieces {
		if at[i+1]-at[from]-pieces[from].gap > most {
			starts, from = append(starts, i), i
		}
	}
	for len(starts) < columns {
		starts = append(starts, len(pieces))
	}
	return slices.Clip(starts)
}

// filled is the share of the height that a draft uses.
func (v *solver) filled(d draft) float64 {
	height := v.height()
	longest := 0.0
	for k := range d.starts {
		part := d.column(k)
		if len(part) > 0 {
			longest = max(longest, sum(part)-part[0].gap)
		}
	}
	return (height - d.room + longest) / height
}

func (d draft) column(k int) []piece {
	to := len(d.body)
	if k+1 < len(d.starts) {
		to = d.starts[k+1]
	}
	return d.body[d.starts[k]:to]
}
