package chart

import (
	"slices"
	"strconv"
	"strings"
)

// PayParts are the parts of a package in the order of their stack.
var PayParts = []string{"base", "sign-on", "shares", "bonus"}

// A PayBar is one year of one version of an offer.
type PayBar struct {
	Version   string
	Parts     []float64 // as PayParts
	Total     float64
	Says      string  // the total in words
	Low, High float64 // totals under the assumptions; both 0 when no share price is given
	Row       int     // of the twin
}

// A PayYear is one year in each version.
type PayYear struct {
	Name string
	Bars []PayBar
}

// Pay is an offer by year, its versions one below the other.
type Pay struct {
	ID, Title, Summary string
	Assumed            string // what the ends of the whiskers assume; "" without whiskers
	Years              []PayYear
	Table              Table
}

// Draw draws the years as stacked bars at the flat share price, all on one
// scale from zero; nil when there is nothing to draw. The parts differ by
// pattern, and a whisker, not a colour, says what is assumed.
func (p Pay) Draw() *Drawing {
	top, words := 0.0, 0.0
	for _, y := range p.Years {
		for _, b := range y.Bars {
			top = max(top, b.Total, b.High)
			words = max(words, Width(b.words(), false))
		}
	}
	if top <= 0 {
		return nil
	}
	c := &canvas{id: p.ID}
	c.b.WriteString("\n")
	down := p.legend(c)
	room := 1 - (min(words, longest)+2*flag)/Narrow
	for _, year := range p.Years {
		down += 6
		c.text("b", 0, 0, down+Ascent+1, start, shorten(year.Name, true, Narrow))
		down += lineStep + 1
		for _, b := range year.Bars {
			b.draw(c, down, room/top)
			down += barStep
		}
	}
	twin := p.ID + ".table"
	return c.drawn("100%", down+4, Drawing{Kind: "pay", Title: p.Title, Summary: p.Summary, Twin: twin, Table: &p.Table})
}

func (b PayBar) words() string { return strings.TrimSpace(b.Says + " " + b.Version) }

func (b PayBar) draw(c *canvas, y, scale float64) {
	at, said := 0.0, strconv.Itoa(b.Row)+"|"+b.Says
	for i, v := range b.Parts {
		if v <= 0 {
			continue
		}
		b.part(c, i, at*scale, v*scale, y+3, said)
		at, said = at+v, ""
	}
	end := at * scale
	if b.High > 0 {
		middle := y + 3 + barHigh/2
		c.across("whisker", b.Low*scale, b.High*scale, middle)
		c.down("whisker", b.Low*scale, middle-4, middle+4)
		c.down("whisker", b.High*scale, middle-4, middle+4)
		end = max(end, b.High*scale)
	}
	c.text("", end, flag+2, y+barHigh+2, start, shorten(b.words(), false, longest))
}

// part draws one part of a stack, or its sample in the legend.
func (b PayBar) part(c *canvas, part int, x, w, y float64, twin string) {
	fill := ""
	if part == 1 {
		fill = c.hatched()
	}
	c.rect("pay-"+PayParts[part], x, w, y, barHigh, "fill", fill, "data-twin", twin)
}

// legend names the parts that occur, two in a row, and the whisker.
func (p Pay) legend(c *canvas) (height float64) {
	occurs := func(part int) bool {
		return slices.ContainsFunc(p.Years, func(y PayYear) bool {
			return slices.ContainsFunc(y.Bars, func(b PayBar) bool { return b.Parts[part] > 0 })
		})
	}
	shown := 0
	for i, name := range PayParts {
		if !occurs(i) {
			continue
		}
		x, y := float64(shown%2)/2, float64(shown/2)*lineStep
		PayBar{}.part(c, i, x, .06, y+3, "")
		c.text("soft", x+.06, flag+2, y+Ascent+1, start, name)
		shown++
	}
	height = float64((shown+1)/2) * lineStep
	if p.Assumed != "" {
		y := height + 3 + barHigh/2
		c.across("whisker", 0, .06, y)
		c.down("whisker", 0, y-4, y+4)
		c.down("whisker", .06, y-4, y+4)
		for _, line := range wrap(p.Assumed, Narrow*.94-2*flag) {
			c.text("soft", .06, flag+2, height+Ascent+1, start, line)
			height += lineStep
		}
	}
	return height
}
