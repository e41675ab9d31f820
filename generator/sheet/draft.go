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

// draft sets what was chosen, as far as it is to be measured. Its body is
// written to the room of body.
func (v *solver) draft(chosen []int, size, leading float64, columns int, body []piece) draft {
	d := v.assembled(chosen, size, leading, columns, body, nil)
	d.room = v.height() - sum(d.head) - sum(d.foot) - sum(d.note)
	if len(d.body) > 0 && len(d.head) > 0 {
		d.room -= d.body[0].gap
	}
	if d.room < 0 {
		return d
	}
	d.starts, d.cost, d.ok = divided(d.body, columns, d.room)
	return d
}

// inked sets a draft once more, to be drawn.
func (v *solver) inked(chosen []int, d draft) draft {
	drawn := v.assembled(chosen, d.size, d.leading, d.columns, nil, &v.well)
	d.head, d.body = drawn.head[:len(d.head)], drawn.body[:len(d.body)] // of a broken draft, what is on the paper
	d.foot, d.note = drawn.foot[:len(d.foot)], drawn.note
	return d
}

// assembled is a draft before its body is divided into columns.
func (v *solver) assembled(chosen []int, size, leading float64, columns int, body []piece, well *inkwell) draft {
	width, _ := v.paper.Inner()
	d := draft{size: size, leading: leading, columns: columns, gutter: 5.5 * mm, body: body}
	d.width = (width - d.gutter*float64(columns-1)) / float64(columns)
	across, column := setter{size, leading, width, &v.reader, well}, setter{size, leading, d.width, &v.reader, well}
	d.head = v.top(across)
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
	}
	d.note = v.note(chosen, across)
	return d
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
func (v *solver) top(s setter) []piece {
	if v.sheet.Title == "" && v.sheet.Subtitle == "" {
		return nil
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
	return []piece{p}
}

// takeSpare is room for the body of a draft that may be kept.
func (v *solver) takeSpare() []piece {
	room := v.spare
	v.spare = nil
	return room
}

// drop says that a draft is of no use any more.
func (v *solver) drop(d draft) {
	if cap(d.body) > cap(v.spare) {
		v.spare = d.body[:0]
	}
}

func (v *solver) height() float64 { _, h := v.paper.Inner(); return h }

// above keeps the pieces that end above a height.
func above(pieces []piece, height float64) []piece {
	at := tops(pieces)
	for len(pieces) > 0 && at[len(pieces)] > height {
		pieces = pieces[:len(pieces)-1]
	}
	return pieces
}

// packed starts the next column where one is full; what is left after the
// last has no place.
func packed(pieces []piece, columns int, most float64) []int {
	starts, from := []int{0}, 0
	at := tops(pieces)
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
