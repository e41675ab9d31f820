package sheet

import (
	"cmp"
	"fmt"
	"slices"

	"debrief/generator/page"
)

// A level is one way to show a card, the fullest first.
type level struct {
	shown, of int  // blocks of the card, as Change.What says; of is 0 for an alternate
	poor      bool // broken off where nobody meant it to: only for a sheet that is empty without it

	kept  []page.Block // what it is made of
	more  int          // with a line that says how many more there are; 0 has none
	lines int          // of each block at most; 0 is any number
	first int          // only so many of all this; 0 is all

	made []page.Block // nil until they are looked at: most levels never are
	read []entry      // these with their texts; nil until they are set
	set  []setting    // what they came to so far
}

// A setting is what a level comes to in one size on one width: all that the
// pieces depend on, but for the leading.
type setting struct {
	size, width float64
	pieces      []piece
}

// blocks are what the level shows.
func (l *level) blocks() []page.Block {
	if l.made != nil {
		return l.made
	}
	l.made = l.kept
	if l.more > 0 {
		more := fmt.Sprintf("… and %d more", l.more)
		l.made = append(slices.Clip(l.made), page.Block{Kind: page.Paragraph, Fine: true, Text: []page.Span{{Text: more}}})
	}
	if l.lines > 0 {
		l.made = slices.Clone(l.made)
		for i := range l.made {
			if b := &l.made[i]; b.Lines == 0 || b.Lines > l.lines {
				b.Lines = l.lines
			}
		}
	}
	if l.first > 0 {
		l.made = whole(l.made, l.first)
	}
	return l.made
}

// what is how much of the card the level shows, as Change.What.
func (l *level) what() string {
	if l.of == 0 {
		return ""
	}
	return fmt.Sprintf("%d of %d", l.shown, l.of)
}

// entries are what the level shows, with its texts.
func (l *level) entries(r *reader) []entry {
	if l.read == nil {
		l.read = r.entries(l.blocks())
	}
	return l.read
}

// known are the pieces of a setting that was measured before.
func (l *level) known(size, width float64) (pieces []piece, ok bool) {
	for i := range l.set {
		if s := &l.set[i]; s.size == size && s.width == width {
			return s.pieces, true
		}
	}
	return nil, false
}

// levels appends the ways to show a card to others: in full, cut from the end
// as far as it may be, by its alternates, in the end each block of it cut off
// after a few lines, and of those the first.
func levels(out []level, c *page.Card) []level {
	if len(c.Full) == 0 {
		return out
	}
	filler := c.Priority < page.Filler && !c.Must
	more := func(kept []page.Block, of int) level {
		return level{shown: len(kept), of: of, kept: kept, more: of - len(kept)}
	}
	full := level{kept: c.Full}
	if c.More > 0 {
		full = more(c.Full, len(c.Full)+c.More)
	}
	out = append(out, full)
	cut := func(blocks []page.Block, to int, poor bool) {
		for n := len(blocks); n > to; {
			n = max(to, min(n-1, n*85/100))
			l := more(whole(blocks, n), len(blocks)+c.More)
			l.poor = poor
			out = append(out, l)
		}
	}
	capped := func(l level, lines int, poor bool) {
		l.lines, l.poor = lines, poor
		out = append(out, l)
	}
	if c.Short != nil {
		for _, lines := range []int{12, 6, 4} {
			capped(full, lines, true)
		}
		cut(c.Full, max(c.Keep, len(c.Short), 1), true)
		out = append(out, level{kept: c.Short})
	}
	switch {
	case c.Keep <= 0:
	case c.Short != nil:
		cut(c.Short, c.Keep, false)
	default:
		cut(c.Full, c.Keep, false)
	}
	if len(c.Least) > 0 {
		out = append(out, level{kept: c.Least})
	}
	least := out[len(out)-1]
	for _, lines := range []int{12, 8, 6, 4, 3, 2, 1} {
		capped(least, lines, filler && lines < 4)
	}
	least = out[len(out)-1]
	all := len(least.kept)
	if least.more > 0 {
		all++
	}
	for n := all * 2 / 3; n > 0; n = n * 2 / 3 {
		l := least
		l.shown, l.of, l.first, l.poor = n, len(c.Full), n, filler
		out = append(out, l)
	}
	return out
}

// whole returns the first n blocks, without headings that nothing follows and
// without those that the next is tied to; one at least.
func whole(blocks []page.Block, n int) []page.Block {
	for n > 1 && (blocks[n-1].Kind == page.Subhead || n < len(blocks) && blocks[n].Tied) {
		n--
	}
	return blocks[:n]
}

// A step gives way: a card goes to its next level, or off the sheet.
type step struct {
	card, from, to int // levels; as many as there are is none
	cost           int
}

// steps is the order in which cards give way: the least important first, and
// a card is shortened before another of about the same weight is left out.
func steps(cards []page.Card, all [][]level) []step {
	var out []step
	for i := range cards {
		c, n := &cards[i], len(all[i])
		from := 0
		for to := 1; to < n; to++ {
			if !all[i][to].poor {
				out = append(out, step{i, from, to, c.Priority + 20*to/max(n-1, 1)})
				from = to
			}
		}
		if !c.Must {
			out = append(out, step{i, from, n, c.Priority + 25})
		}
	}
	slices.SortStableFunc(out, func(a, b step) int { return cmp.Compare(a.cost, b.cost) })
	return out
}
