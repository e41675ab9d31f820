package sheet

import (
	"debrief/generator/page"
)

// A tie says what a column's end before a piece would tear apart.
type tie int

const (
	between tie = iota // cards
	within             // a card
	inside             // a paragraph
	never              // stays with what stands before it
)

// A piece is what no column's end divides: a line, a row, a strip. Its places
// count from its own upper left corner.
type piece struct {
	gap    float64 // to the piece before it; none at the head of a column
	height float64
	tie    tie
	loose  bool // its gap may widen
	card   int  // or noCard
	lines  []setLine
	rules  []Rule
}

// noCard is the card of what stands on the sheet beside the cards.
const noCard = -1

// A setLine is a line whose letters are not put together yet: most settings
// are only measured.
type setLine struct {
	x, y, size float64
	rtl        bool
	letters    []letter
}

// at is the line at its place, for a piece whose corner lies at x and y.
func (l setLine) at(x, y float64) Line {
	return Line{X: l.x + x, Y: l.y + y, Width: points(widthOf(l.letters), l.size), RTL: l.rtl, Size: l.size, Runs: runs(l.letters, l.size)}
}

// A setter sets cards in type of one size on one width.
type setter struct {
	size, leading, width float64
	read                 reader
}

func (s setter) fine() float64    { return max(Smallest, s.size*0.88) }
func (s setter) cardGap() float64 { return s.size * 1.05 }

// rise is how far the base line lies below a line's top.
func rise(size, leading float64) float64 { return size * (0.93 + (leading-1.18)/2) }

// card sets one alternate of a card.
func (s setter) card(c *page.Card, index int, blocks []page.Block) []piece {
	out := make([]piece, 0, 2*len(blocks)+1)
	if c.Title != "" {
		out = append(out, s.title(c))
	}
	labels := s.labels(blocks)
	for i := 0; i < len(blocks); i++ {
		var more []piece
		first := i
		switch b := blocks[i]; b.Kind {
		case page.Row:
			for i+1 < len(blocks) && blocks[i+1].Kind == page.Row {
				i++
			}
			more = s.rows(blocks[first : i+1])
		case page.Item:
			more = s.item(b, labels)
		case page.Strip:
			more = []piece{s.strip(b)}
		case page.Headline:
			more = []piece{s.headline(b)}
		default:
			more = s.paragraph(b)
		}
		if len(more) == 0 {
			continue
		}
		if first > 0 {
			more[0].loose = true
			if blocks[first].Tied {
				more[0].tie, more[0].loose = never, false
			}
			switch blocks[first-1].Kind {
			case page.Subhead:
				if blocks[first].Kind != page.Subhead {
					more[0].tie, more[0].loose = never, false
				}
			case page.Headline:
				more[0].gap = s.size * 0.55
			}
		}
		if blocks[first].Kind == page.Row {
			for i := range more[1:] {
				more[i+1].loose = more[i+1].gap > 0
			}
		}
		out = append(out, more...)
	}
	if len(out) == 0 {
		return nil
	}
	out[0].gap, out[0].tie = s.cardGap(), between
	if len(out) > 1 && c.Title != "" {
		out[1].tie = never
	}
	if len(out) > 4 { // neither one line before a column's end nor one after it
		if c.Title != "" {
			out[2].tie = never
		}
		out[len(out)-1].tie = never
	}
	for i := range out {
		out[i].card = index
	}
	return out
}

// title is a card's heading with the rule below it; across the paper it is
// the name of the sheet and larger.
func (s setter) title(c *page.Card) piece {
	size, weight := s.size*1.08, 0.8
	if c.Place != page.InColumn {
		size, weight = s.size*1.5, 0
	}
	ls := s.read.short(page.Span{Text: c.Title, Bold: true})
	lines := capped(broken(ls, units(s.width, size)), 2, units(s.width, size))
	var p piece
	for _, l := range lines {
		p.lines = append(p.lines, s.line(l, 0, p.height+rise(size, 1.18), size, rightToLeft(ls)))
		p.height += size * 1.18
	}
	if weight > 0 {
		p.height += 1.2
		p.rules = []Rule{{0, p.height, s.width, p.height, weight}}
		p.height += s.size * 0.22
	}
	return p
}

// line is one line that begins at x from the side where its writing begins.
func (s setter) line(ls []letter, x, y, size float64, rtl bool) setLine {
	if rtl {
		x = s.width - x
	}
	return setLine{x, y, size, rtl, ls}
}

// text sets spans from x on, a piece a line.
func (s setter) text(b page.Block, x float64) []piece {
	size := s.size
	if b.Fine {
		size = s.fine()
	}
	ls := s.read.letters(b.Text)
	width := units(s.width-x, size)
	lines := capped(s.read.broken(b.Text, width), b.Lines, width)
	rtl := rightToLeft(ls)
	out := make([]piece, len(lines))
	set := make([]setLine, len(lines))
	for i, l := range lines {
		set[i] = s.line(l, x, rise(size, s.leading), size, rtl)
		out[i] = piece{height: size * s.leading, lines: set[i : i+1 : i+1]}
	}
	tied(out)
	return out
}

// tied ties the lines of a paragraph, so that neither its first nor its last
// stands alone.
func tied(lines []piece) {
	for i := range lines {
		switch {
		case i == 0:
			lines[i].tie = within
		case i == 1 || i == len(lines)-1:
			lines[i].tie = never
		default:
			lines[i].tie = inside
		}
	}
}

func (s setter) paragraph(b page.Block) []piece {
	gap := s.size * 0.25
	if b.Kind == page.Subhead {
		gap = s.size * 0.5
	}
	out := s.text(b, 0)
	if b.Kind == page.Subhead {
		for i := 1; i < len(out); i++ {
			out[i].tie = never
		}
	}
	if len(out) > 0 {
		out[0].gap = gap
	}
	return out
}

const bullet = "•"

func (s setter) labelOf(b page.Block) []letter {
	if b.Label == "" {
		return s.read.short(page.Span{Text: bullet})
	}
	return s.read.short(page.Span{Text: b.Label, Bold: true})
}

// labels is how far the items of a card are indented: by the widest label.
func (s setter) labels(blocks []page.Block) float64 {
	wide := 0.0
	for _, b := range blocks {
		if b.Kind == page.Item {
			wide = max(wide, points(widthOf(s.labelOf(b)), s.size)+s.size*0.4)
		}
	}
	return min(wide, s.width*0.3)
}

func (s setter) item(b page.Block, indent float64) []piece {
	out := s.text(b, indent)
	if len(out) == 0 {
		return nil
	}
	label := broken(s.labelOf(b), units(indent, s.size))[0]
	rtl := out[0].lines[0].rtl
	out[0].lines = append([]setLine{s.line(label, 0, out[0].lines[0].y, s.size, rtl)}, out[0].lines...)
	out[0].gap = s.size * 0.16
	return out
}

func (s setter) sizeOf(b page.Block) float64 {
	if b.Fine {
		return s.fine()
	}
	return s.size
}
