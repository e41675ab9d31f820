package sheet

import (
	"cmp"
	"fmt"
	"slices"

	"debrief/generator/page"
)

// A level is one way to show a card, the fullest first.
type level struct {
	blocks []page.Block
	what   string // as Change.What
	poor   bool   // of a filler: half sentences, only for a sheet that is empty without them
}

// levels lists the ways to show a card: in full, cut from the end as far as
// it may be, by its alternates, in the end each block of it cut off after a
// few lines, and of those the first.
func levels(c *page.Card) []level {
	var out []level
	add := func(blocks []page.Block) {
		if len(blocks) == 0 {
			return
		}
		out = append(out, level{blocks: blocks})
		if c.Keep <= 0 {
			return
		}
		for n := len(blocks); n > c.Keep; {
			n = max(c.Keep, min(n-1, n*85/100))
			kept := trimSubheads(blocks[:n])
			out = append(out, level{
				blocks: append(slices.Clone(kept), page.Block{Kind: page.Paragraph, Fine: true, Text: []page.Span{{Text: fmt.Sprintf("… and %d more", len(blocks)-len(kept))}}}),
				what:   fmt.Sprintf("%d of %d", len(kept), len(blocks)),
			})
		}
	}
	if c.Short == nil {
		add(c.Full)
	} else {
		out = append(out, level{blocks: c.Full})
		add(c.Short)
	}
	add(c.Least)
	if len(out) > 0 {
		least := out[len(out)-1]
		filler := c.Priority < page.Filler && !c.Must
		for _, lines := range []int{12, 8, 6, 4, 3, 2, 1} {
			short := slices.Clone(least.blocks)
			for i := range short {
				short[i].Lines = lines
			}
			out = append(out, level{short, least.what, filler && lines < 4})
		}
		least = out[len(out)-1]
		for n := len(least.blocks) * 2 / 3; n > 0; n = n * 2 / 3 {
			out = append(out, level{trimSubheads(least.blocks[:n]), fmt.Sprintf("%d of %d", n, len(c.Full)), filler})
		}
	}
	return out
}

// trimSubheads takes headings away that nothing follows.
func trimSubheads(blocks []page.Block) []page.Block {
	for len(blocks) > 1 && blocks[len(blocks)-1].Kind == page.Subhead {
		blocks = blocks[:len(blocks)-1]
	}
	return blocks
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
