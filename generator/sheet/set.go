package sheet

import (
	"debrief/generator/page"
)

// A setter sets cards in type of one size on one width. Most settings are only
// measured: their pieces have no ink.
type setter struct {
	size, leading, width float64
	read                 *reader
	well                 *inkwell // nil when it is only measured
}

func (s setter) fine() float64 { return max(Smallest, s.size*0.88) }

// cardGap is the gap between cards, the widest there is.
func cardGap(size float64) float64 { return size * 1.05 }

// rise is how far the base line lies below a line's top.
func rise(size, leading float64) float64 { return size * (0.93 + (leading-1.18)/2) }

// card sets one alternate of a card, behind other pieces.
func (s setter) card(pieces []piece, c *page.Card, index int, blocks []entry) []piece {
	top := len(pieces)
	if c.Title != "" {
		pieces = append(pieces, s.title(c))
	}
	labels := s.labels(blocks)
	for i := 0; i < len(blocks); i++ {
		first, from := i, len(pieces)
		switch b := blocks[i]; b.Kind {
		case page.Row:
			for i+1 < len(blocks) && blocks[i+1].Kind == page.Row {
				i++
			}
			pieces = s.rows(pieces, blocks[first:i+1])
		case page.Item:
			pieces = s.item(pieces, b, labels)
		case page.Strip:
			pieces = append(pieces, s.strip(b))
		case page.Headline:
			pieces = append(pieces, s.headline(b))
		default:
			pieces = s.paragraph(pieces, b)
		}
		if from == len(pieces) {
			continue
		}
		if first > 0 {
			s.follow(&pieces[from], blocks[first-1], blocks[first])
		}
		if blocks[first].Kind == page.Row {
			for i := from + 1; i < len(pieces); i++ {
				pieces[i].loose = pieces[i].gap > 0
			}
		}
	}
	if out := pieces[top:]; len(out) > 0 {
		s.together(out, c.Title != "")
		for i := range out {
			out[i].card = int32(index)
		}
	}
	return pieces
}

// follow ties the first piece of a block to the block before it, or not.
func (s setter) follow(p *piece, before, b entry) {
	p.loose = true
	if b.Tied {
		p.tie, p.loose = never, false
	}
	switch before.Kind {
	case page.Subhead:
		if b.Kind != page.Subhead {
			p.tie, p.loose = never, false
		}
	case page.Headline:
		p.gap = s.size * 0.55
	}
}

// together makes pieces one card.
func (s setter) together(pieces []piece, titled bool) {
	pieces[0].gap, pieces[0].tie = cardGap(s.size), between
	if len(pieces) > 1 && titled {
		pieces[1].tie = never
	}
	if len(pieces) > 4 { // neither one line before a column's end nor one after it
		if titled {
			pieces[2].tie = never
		}
		pieces[len(pieces)-1].tie = never
	}
}

// title is a card's heading with the rule below it; across the paper it is
// the name of the sheet and larger.
func (s setter) title(c *page.Card) piece {
	size, weight := s.size*1.08, 0.8
	if c.Place != page.InColumn {
		size, weight = s.size*1.5, 0
	}
	p := s.blank()
	t := s.read.short(page.Span{Text: c.Title, Bold: true})
	p.height = s.cell(p, t, Area{Width: s.width}, size, t.rtl)
	if weight > 0 {
		p.height += 1.2
		s.rule(p, Rule{0, p.height, s.width, p.height, weight})
		p.height += s.size * 0.22
	}
	return p
}

// blank is a piece without anything in it yet.
func (s setter) blank() piece {
	if s.well != nil {
		return piece{ink: s.well.blank()}
	}
	return piece{}
}

func (s setter) rule(p piece, r Rule) {
	if s.well != nil {
		ink := s.well.ink(p)
		ink.rules = append(ink.rules, r)
	}
}

// cell puts one or two lines of a text at a place in a piece, and returns
// where they end.
func (s setter) cell(p piece, t *text, at Area, size float64, rtl bool) (y float64) {
	y = at.Y
	width := units(at.Width, size)
	if s.well == nil {
		for range t.count(width, 2) {
			y += size * 1.18
		}
		return y
	}
	ink := s.well.ink(p)
	for _, l := range s.lines(t, width, 2) {
		ink.lines = append(ink.lines, s.line(l, at.X, y+rise(size, 1.18), size, rtl))
		y += size * 1.18
	}
	return y
}

// lines are the lines of a text, to be taken before any other's.
func (s setter) lines(t *text, width, most int) [][]letter {
	s.read.lines = t.capped(s.read.lines[:0], width, most)
	return s.read.lines
}

// line is one line that begins at x from the side where its writing begins.
func (s setter) line(ls []letter, x, y, size float64, rtl bool) setLine {
	if rtl {
		x = s.width - x
	}
	return setLine{x, y, size, rtl, ls}
}

// text sets spans from x on, a piece a line.
func (s setter) text(pieces []piece, b entry, x float64) []piece {
	size, from := s.sizeOf(b), len(pieces)
	t, width := b.text, units(s.width-x, size)
	for range t.count(width, b.Lines) {
		pieces = append(pieces, piece{height: size * s.leading, em: size})
	}
	out := pieces[from:]
	tied(out)
	if s.well != nil {
		for i, l := range s.lines(t, width, b.Lines) {
			out[i].ink = s.well.blank()
			s.well.ink(out[i]).lines = s.well.of(s.line(l, x, rise(size, s.leading), size, t.rtl))
		}
	}
	return pieces
}

func (s setter) paragraph(pieces []piece, b entry) []piece {
	gap := s.size * 0.25
	if b.Kind == page.Subhead {
		gap = s.size * 0.5
	}
	from := len(pieces)
	pieces = s.text(pieces, b, 0)
	out := pieces[from:]
	if b.Kind == page.Subhead {
		for i := 1; i < len(out); i++ {
			out[i].tie = never
		}
	}
	if len(out) > 0 {
		out[0].gap = gap
	}
	return pieces
}

// labels is how far the items of a card are indented: by the widest label.
func (s setter) labels(blocks []entry) float64 {
	wide := 0.0
	for _, b := range blocks {
		if b.Kind == page.Item {
			wide = max(wide, points(b.label.width, s.size)+s.size*0.4)
		}
	}
	return min(wide, s.width*0.3)
}

func (s setter) item(pieces []piece, b entry, indent float64) []piece {
	from := len(pieces)
	pieces = s.text(pieces, b, indent)
	if from == len(pieces) {
		return pieces
	}
	first := &pieces[from]
	first.gap = s.size * 0.16
	if s.well != nil {
		ink := s.well.ink(*first)
		said := ink.lines[0]
		for label := range b.label.lines(units(indent, s.size)) {
			ink.lines = s.well.of(s.line(label, 0, said.y, s.size, said.rtl), said)
			break
		}
	}
	return pieces
}

func (s setter) sizeOf(b entry) float64 {
	if b.Fine {
		return s.fine()
	}
	return s.size
}
