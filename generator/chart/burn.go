package chart

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"debrief/generator/measure"
)

// A Span is a stretch of time with one error ratio.
type Span struct {
	From, To time.Time
	Ratio    string  // "12%"
	Rate     float64 // the ratio as a multiple of what the budget bears
	Row      int     // of the twin
}

// A Hole is a stretch of an incident that no span covers.
type Hole struct {
	From, To time.Time
	Row      int // of the twin
}

// A Burn is what an incident did to its error budget, over time.
type Burn struct {
	ID, Twin string
	Spans    []Span
	Holes    []Hole
	Resolved time.Time // zero when not known
	Residual float64   // the rate at that time; 0 when it is not known
	Spent    float64   // of the budget, in percent
	Summary  string
}

// Holes are the stretches from one instant to another that spans leave open.
func Holes(spans []Span, from, to time.Time) (out []Hole) {
	sorted := slices.Clone(spans)
	slices.SortStableFunc(sorted, func(a, b Span) int { return a.From.Compare(b.From) })
	for _, s := range sorted {
		if s.From.After(from) && to.After(from) {
			until := s.From
			if until.After(to) {
				until = to
			}
			out = append(out, Hole{From: from, To: until})
		}
		if s.To.After(from) {
			from = s.To
		}
	}
	if to.After(from) {
		out = append(out, Hole{From: from, To: to})
	}
	return out
}

// thresholds are the burn rates that alerts are set at (Google SRE Workbook,
// chapter 5), and the one at which a budget lasts as long as its window.
var thresholds = []struct {
	rate float64
	says string
}{{14.4, "14.4× page"}, {6, "6× page"}, {3, "3× ticket"}, {1, "1× sustainable"}}

// perNat is how many pixels the scale gives to a growth by the factor e. The
// thresholds 3 and 6 are the nearest: their lines of text just clear.
const perNat = 29.0

// height is where a rate stands above nothing. The scale is the logarithm of
// the rate plus one: straight near zero, so that no errors are on the scale
// too, and 20 is still to be seen beside 1,000.
func height(rate float64) float64 { return math.Round(math.Log1p(max(0, rate)) * perNat) }

// Draw draws the rate as steps; nil without spans.
func (b Burn) Draw() *Drawing {
	if len(b.Spans) == 0 {
		return nil
	}
	peak := 1.0
	scale := even{b.Spans[0].From, b.Spans[0].To}
	stretch := func(from, to time.Time) {
		if from.Before(scale.from) {
			scale.from = from
		}
		if to.After(scale.to) {
			scale.to = to
		}
	}
	for _, s := range b.Spans {
		peak = max(peak, s.Rate)
		stretch(s.From, s.To)
	}
	for _, h := range b.Holes {
		stretch(h.From, h.To)
	}
	if !b.Resolved.IsZero() {
		stretch(b.Resolved, b.Resolved)
	}
	c := &canvas{id: b.ID}

	var above, below []label
	for _, i := range b.said() {
		s := b.Spans[i]
		above = append(above, label{at: (scale.at(s.From) + scale.at(s.To)) / 2, lines: []string{measure.FormatNumber(s.Rate, 1) + "×", s.Ratio + " failing"}, bold: true})
	}
	ticks, step := scale.ticks(4)
	for _, x := range ticks {
		below = append(below, label{at: scale.at(x), lines: []string{tickText(x, step)}, class: "soft"})
	}
	for _, h := range b.Holes {
		below = append(below, label{at: (scale.at(h.From) + scale.at(h.To)) / 2, lines: []string{"no data"}, class: "warn"})
	}
	if b.Residual > 1 && !b.Resolved.IsZero() {
		below = append(below, label{at: scale.at(b.Resolved), lines: []string{"resolved at " + measure.FormatNumber(b.Residual, 1) + "×"}, class: "missed"})
	}
	const head = lineStep // for the words of a threshold at the very top
	top := float64(place(above)*lineStep) + head
	foot := top + height(peak) + 2
	up := func(rate float64) float64 { return foot - height(rate) }
	bar := foot + 4 + float64(place(below)*lineStep) + 6

	for _, s := range b.Spans {
		c.rect("burnt", scale.at(s.From), scale.at(s.To)-scale.at(s.From), up(s.Rate), foot-up(s.Rate),
			"data-twin", strconv.Itoa(s.Row)+"|"+s.Ratio+"|"+measure.FormatNumber(s.Rate, 1)+"×")
	}
	c.across("axis", 0, 1, foot)
	for _, h := range b.Holes {
		c.across("unknown", scale.at(h.From), scale.at(h.To), foot-height(1)/2)
		c.rect("", scale.at(h.From), scale.at(h.To)-scale.at(h.From), top, foot-top, "fill", c.hatched(), "data-twin", strconv.Itoa(h.Row)+"|no data")
	}
	for _, t := range thresholds {
		if t.rate <= peak {
			c.across("limit", 0, 1, up(t.rate))
		}
	}
	for _, s := range b.Spans {
		c.across("step", scale.at(s.From), scale.at(s.To), up(s.Rate))
	}
	c.b.WriteString("\n")
	for k, i := range b.said() {
		c.labels(above[k:k+1], up(b.Spans[i].Rate), top-head, true)
	}
	shift := b.clearSide(peak, scale)
	for _, t := range thresholds {
		if t.rate <= peak {
			c.text("soft", 1, 0, up(t.rate)+shift, end, t.says)
		}
	}
	c.labels(below, foot, foot+4, false)
	h := b.budget(c, bar)
	return c.drawn("100%", h, Drawing{Kind: "burn", Title: "Burn rate", Summary: b.summary(), Twin: b.Twin})
}

// clearSide is where the thresholds' words stand, seen from their lines: above,
// or below when more steps would run through them there.
func (b Burn) clearSide(peak float64, scale even) float64 {
	struck := func(from, to float64) (n int) { // in pixels above the line
		for _, t := range thresholds {
			for _, s := range b.Spans {
				if d := height(s.Rate) - height(t.rate); t.rate <= peak && scale.at(s.To) > .6 && d > from && d < to {
					n++
				}
			}
		}
		return n
	}
	if struck(1, 13) > struck(-14, -1) {
		return Ascent + 1
	}
	return -2
}

// most is how many spans get a label; all stand in the twin.
const most = 6

// said are the spans that get a label: the peak, the last, then the longest.
func (b Burn) said() []int {
	order := make([]int, len(b.Spans))
	peak := 0
	for i, s := range b.Spans {
		order[i] = i
		if s.Rate > b.Spans[peak].Rate {
			peak = i
		}
	}
	if len(order) <= most {
		return order
	}
	rank := func(i int) time.Duration {
		if i == peak || i == len(b.Spans)-1 {
			return math.MaxInt64
		}
		return b.Spans[i].To.Sub(b.Spans[i].From)
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(rank(j), rank(i)) })
	order = order[:most]
	slices.Sort(order)
	return order
}

// budget draws what of the budget was spent; what is more than all of it goes
// on behind a line at 100%.
func (b Burn) budget(c *canvas, y float64) (height float64) {
	whole, spent := 1.0, b.Spent/100
	if spent > 1 {
		whole, spent = max(1/spent, .02), 1
	}
	c.rect("budget", 0, whole, y, 10)
	c.rect("spent", 0, spent, y, 10)
	said := []label{{at: min(spent, 1), lines: []string{"budget spent: " + measure.FormatNumber(b.Spent, 2) + "%"}, class: "spent"}}
	if whole < 1 {
		c.down("full", whole, y-3, y+13)
		said = append(said, label{at: whole, lines: []string{"100%"}, class: "soft"})
	}
	rows := place(said)
	c.labels(said, y+10, y+12, false)
	return y + 12 + float64(rows)*lineStep + 2
}

func (b Burn) summary() string {
	parts := []string{b.Summary}
	if b.Residual > 1 {
		parts = append(parts, "When it was called resolved, the budget still burned "+measure.FormatNumber(b.Residual, 1)+" times as fast as it lasts.")
	}
	if n := len(b.Holes); n == 1 {
		parts = append(parts, "For one stretch there is no data.")
	} else if n > 1 {
		parts = append(parts, fmt.Sprintf("For %d stretches there is no data.", n))
	}
	parts = append(parts, "Height is the burn rate on a logarithmic scale.")
	return strings.Join(parts, " ")
}
