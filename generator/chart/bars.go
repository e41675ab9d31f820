package chart

import "strconv"

// A Bar is one value of a comparison.
type Bar struct {
	Value float64
	Says  string // "12% before"
	Old   bool   // drawn as an outline: what there was before
	Twin  string // what its row of the twin says: "12%"
	Row   int
}

// A Comparison is a few values of one kind on one scale that holds zero.
type Comparison struct {
	Name    string
	Bars    []Bar
	Line    *Bar   // a target or a threshold, drawn across the bars
	Verdict string // "▼ −10 points, −83.3%: better"
	Word    string // "better", "worse", ""
}

// Bars is a set of comparisons, one below the other, each on its own scale.
type Bars struct {
	ID, Twin    string
	Kind, Title string
	Comparisons []Comparison
	Summary     string
	Table       *Table
}

const (
	barHigh = 10.0
	barStep = 18.0
)

// Draw draws the comparisons; nil when there are none.
func (b Bars) Draw() *Drawing {
	if len(b.Comparisons) == 0 {
		return nil
	}
	c := &canvas{id: b.ID}
	y := 0.0
	for i, comparison := range b.Comparisons {
		if i > 0 {
			y += 14
		}
		y = comparison.draw(c, y)
	}
	return c.drawn("100%", y+2, Drawing{Kind: b.Kind, Title: b.Title, Summary: b.Summary, Twin: b.Twin, Table: b.Table})
}

// longest is how wide the words beside a bar may be: the rest is for bars.
const longest = .55 * Narrow

// draw draws one comparison from y down and returns where it ends.
func (k Comparison) draw(c *canvas, y float64) float64 {
	low, high, words := 0.0, 0.0, 0.0
	for _, b := range k.values() {
		low, high = min(low, b.Value), max(high, b.Value)
	}
	says := make([]string, len(k.Bars))
	for i, b := range k.Bars {
		says[i] = shorten(b.Says, false, longest)
		words = max(words, Width(says[i], false))
	}
	room := 1 - (words+2*flag)/Narrow // for bars, so that the longest has its words beside it
	at := func(v float64) float64 {
		if high == low {
			return 0
		}
		// Halves first: the difference of two huge values overflows.
		return room * (v/2 - low/2) / (high/2 - low/2)
	}
	for _, line := range wrap(k.Name, Narrow/bolder) {
		c.text("b", 0, 0, y+Ascent+1, start, line)
		y += lineStep
	}
	y += 2
	top := y
	for _, b := range k.Bars {
		from, to := min(at(b.Value), at(0)), max(at(b.Value), at(0))
		class, fill := "new", ""
		if b.Old {
			class, fill = "old", c.hatched()
		}
		c.rect(class, from, to-from, y+3, barHigh, "fill", fill, "data-twin", strconv.Itoa(b.Row)+"|"+b.Twin)
		y += barStep
	}
	c.down("cut", at(0), top, y)
	if k.Line != nil {
		l := []label{{at: at(k.Line.Value), lines: []string{k.Line.Says}, class: "goal"}}
		place(l)
		c.empty("rect", "class", "goal", "x", pct(at(k.Line.Value)), "width", "2", "y", decimal(top), "height", decimal(y-top), "data-twin", strconv.Itoa(k.Line.Row)+"|"+k.Line.Twin)
		c.labels(l, y, y, false)
	}
	for i, b := range k.Bars {
		c.text("", max(at(b.Value), at(0)), flag+2, top+float64(i)*barStep+barHigh+2, start, says[i])
	}
	if k.Line != nil {
		y += lineStep + 2
	}
	if k.Verdict != "" {
		class := "b"
		switch k.Word {
		case "better":
			class = "b met"
		case "worse":
			class = "b missed"
		}
		c.text(class, 0, 0, y+Ascent+1, start, shorten(k.Verdict, true, Narrow))
		y += lineStep
	}
	return y
}

// values are all that the scale must hold.
func (k Comparison) values() []Bar {
	if k.Line == nil {
		return k.Bars
	}
	return append([]Bar{*k.Line}, k.Bars...)
}

// Verdict says a change in words with its direction as a shape.
func Verdict(before, after float64, absolute, relative, word string) string {
	if after == before {
		return "= no change"
	}
	shape := "▼"
	if after > before {
		shape = "▲"
	}
	text := shape + " " + absolute
	if relative != "" {
		text += ", " + relative
	}
	if word != "" {
		text += ": " + word
	}
	return text
}
