package sheet

import (
	"slices"
	"strings"

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
	v := &solver{sheet: s, paper: paper, rtl: rtl, set: make(map[setKey][]piece), read: newReader(), notes: make(map[noteKey][]piece)}
	for i := range s.Cards {
		v.levels = append(v.levels, levels(&s.Cards[i]))
	}
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
	set    map[setKey][]piece
	read   reader
	off    map[int]bool // cards that do not fit even at their least
	spare  []piece      // room for the body of the next draft: the one before was of no use
	notes  map[noteKey][]piece
}

type setKey struct {
	card, level int
	size, width float64
	leading     float64
}

// noteKey is what the line of what is missing depends on.
type noteKey struct {
	text string
	size float64
}

// pieces sets a card at its level, once for each size and width.
func (v *solver) pieces(card, to int, s setter) []piece {
	key := setKey{card, to, s.size, s.width, s.leading}
	out, ok := v.set[key]
	if !ok {
		if to < len(v.levels[card]) {
			out = s.card(&v.sheet.Cards[card], card, v.levels[card][to].blocks)
		}
		v.set[key] = out
	}
	return out
}

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

const leading = 1.22

func (v *solver) fits(chosen []int, size float64) bool {
	for _, columns := range []int{2, 3, 1} {
		if !v.suits(columns, size) {
			continue
		}
		d := v.draft(chosen, size, leading, columns, v.takeSpare())
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

// draft sets what was chosen. Its body is written to the room of body, which
// whoever wants to keep the draft leaves nil.
func (v *solver) draft(chosen []int, size, leading float64, columns int, body []piece) draft {
	width, height := v.paper.Inner()
	d := draft{size: size, leading: leading, columns: columns, gutter: 5.5 * mm}
	d.width = (width - d.gutter*float64(columns-1)) / float64(columns)
	across, column := setter{size, leading, width, v.read}, setter{size, leading, d.width, v.read}
	d.head = v.top(across)
	d.body = body
	for i := range v.sheet.Cards {
		switch place := v.sheet.Cards[i].Place; {
		case place == page.OnTop:
			d.head = append(d.head, v.pieces(i, chosen[i], across)...)
		case v.off[i]:
		case place == page.AtBottom:
			d.foot = append(d.foot, v.pieces(i, chosen[i], across)...)
		default:
			d.body = append(d.body, v.pieces(i, chosen[i], column)...)
		}
	}
	d.note = v.note(chosen, across)
	at := tops(d.head)
	foot, note := tops(d.foot), tops(d.note)
	d.room = height - at[len(at)-1] - foot[len(foot)-1] - note[len(note)-1]
	if len(d.body) > 0 && len(d.head) > 0 {
		d.room -= d.body[0].gap
	}
	if d.room < 0 {
		return d
	}
	d.starts, d.cost, d.ok = divided(d.body, columns, d.room)
	return d
}

// top is the line above everything: whose handbook this is, and for what.
func (v *solver) top(s setter) []piece {
	if v.sheet.Title == "" && v.sheet.Subtitle == "" {
		return nil
	}
	size := s.fine()
	spans := []page.Span{{Text: v.sheet.Title, Bold: true}}
	if v.sheet.Subtitle != "" {
		spans = append(spans, page.Span{Text: " · " + v.sheet.Subtitle})
	}
	ls := letters(spans)
	lines := capped(broken(ls, units(s.width, size)), 1, units(s.width, size))
	p := piece{card: noCard, height: size*1.18 + 2, rules: []Rule{{0, size*1.18 + 1.5, s.width, size*1.18 + 1.5, 0.8}}}
	for _, l := range lines {
		p.lines = append(p.lines, s.line(l, 0, rise(size, 1.18), size, rightToLeft(ls)))
	}
	return []piece{p}
}

// note is the small line that says what is missing.
func (v *solver) note(chosen []int, s setter) []piece {
	text := said(v.changes(chosen))
	if text == "" {
		return nil
	}
	key := noteKey{text, s.size}
	if set, ok := v.notes[key]; ok {
		return set
	}
	ls := letters([]page.Span{{Text: text}})
	width := units(s.width, Smallest)
	p := piece{card: noCard, gap: s.size * 0.8}
	for _, l := range capped(broken(ls, width), 2, width) {
		p.lines = append(p.lines, s.line(l, 0, p.height+rise(Smallest, 1.18), Smallest, false))
		p.height += Smallest * 1.18
	}
	v.notes[key] = []piece{p}
	return v.notes[key]
}

func (v *solver) changes(chosen []int) []Change {
	var out []Change
	for i, to := range chosen {
		switch {
		case v.off[i]:
			out = append(out, Change{Card: &v.sheet.Cards[i], Gone: v.sheet.Cards[i].Place != page.OnTop})
		case len(v.levels[i]) == 0, to == 0 && v.levels[i][0].what == "":
		case to >= len(v.levels[i]):
			out = append(out, Change{Card: &v.sheet.Cards[i], Gone: true})
		default:
			out = append(out, Change{Card: &v.sheet.Cards[i], What: v.levels[i][to].what})
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
	v.off = make(map[int]bool)
	for {
		d := v.draft(chosen, size, leading, 2, nil)
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
				v.off[p.card] = true
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
		d := v.draft(chosen, size, leading, columns, v.takeSpare())
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

// airy sets the lines as far apart as there is room for.
func (v *solver) airy(chosen []int, best draft) draft {
	for more := 1.42; more > leading; more -= 0.02 {
		d := v.draft(chosen, best.size, more, best.columns, v.takeSpare())
		if d.ok && d.cost <= max(best.cost, 1-even) {
			return d
		}
		v.drop(d)
	}
	return best
}

func (v *solver) height() float64 { _, h := v.paper.Inner(); return h }

func sum(pieces []piece) float64 { at := tops(pieces); return at[len(at)-1] }

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
