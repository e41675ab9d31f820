package chart

import (
	"html/template"
	"math"
	"strconv"
	"strings"
)

// A canvas collects the elements of one drawing. Across, places are shares of
// the width; down, they are pixels.
type canvas struct {
	id      string // of the drawing; those of its parts begin with it
	b       strings.Builder
	unknown bool // something is hatched
}

// pct writes a share of the width.
func pct(share float64) string { return decimal(share*100) + "%" }

// decimal writes a number with at most two decimals.
func decimal(f float64) string {
	s := strconv.FormatFloat(math.Round(f*100)/100, 'f', -1, 64)
	if s == "-0" {
		return "0"
	}
	return s
}

// origin are the attributes that are 0 where they are not given.
var origin = map[string]bool{"x": true, "y": true, "x1": true, "x2": true, "y1": true, "y2": true}

// open begins an element with pairs of attribute and value; what is empty is
// left out, and so is a place at the origin.
func (c *canvas) open(name string, attributes ...string) { c.element(name, ">", attributes) }

// empty writes an element without content.
func (c *canvas) empty(name string, attributes ...string) { c.element(name, "/>", attributes) }

func (c *canvas) element(name, close string, attributes []string) {
	c.b.WriteString("<" + name)
	for i := 0; i+1 < len(attributes); i += 2 {
		if v := attributes[i+1]; v != "" && !(origin[attributes[i]] && (v == "0" || v == "0%")) {
			c.b.WriteString(" " + attributes[i] + `="` + template.HTMLEscapeString(attributes[i+1]) + `"`)
		}
	}
	c.b.WriteString(close)
}

// rect draws a bar from one share of the width over another.
func (c *canvas) rect(class string, x, w, y, h float64, more ...string) {
	c.empty("rect", append([]string{"class", class, "x", pct(x), "width", pct(w), "y", decimal(y), "height", decimal(h)}, more...)...)
}

// down draws a vertical line.
func (c *canvas) down(class string, x, from, to float64) {
	c.empty("line", "class", class, "x1", pct(x), "x2", pct(x), "y1", decimal(from), "y2", decimal(to))
}

// across draws a horizontal line.
func (c *canvas) across(class string, from, to, y float64) {
	c.empty("line", "class", class, "x1", pct(from), "x2", pct(to), "y1", decimal(y), "y2", decimal(y))
}

// text writes one line; y is its base line. dx is how many pixels it begins
// beside its place.
func (c *canvas) text(class string, x, dx, y float64, a anchor, s string) {
	anchors := [...]string{"", "end", "middle"}
	shift := ""
	if dx != 0 {
		shift = decimal(dx)
	}
	c.open("text", "class", class, "x", pct(x), "dx", shift, "y", decimal(y), "text-anchor", anchors[a])
	if rightToLeft(s) {
		s = "\u2068" + s + "\u2069" // its own direction inside, the chart's outside
	}
	c.b.WriteString(template.HTMLEscapeString(s) + "</text>")
}

// labels draws placed labels with their poles. Rows are counted from y, which
// is where the axis is, downwards or upwards.
func (c *canvas) labels(labels []label, from, y float64, up bool) {
	for _, l := range labels {
		foot := y + float64(l.row+len(l.lines))*lineStep - Descent + 2
		if up {
			foot = y - float64(l.row+len(l.lines))*lineStep + 2
		}
		pole := l.class
		if pole == "soft" {
			pole = "" // what is soft is its words: each line is
		}
		c.down(pole, l.at, from, foot)
	}
	for _, l := range labels {
		top := y + float64(l.row)*lineStep
		if up {
			top = y - float64(l.row+len(l.lines))*lineStep
		}
		dx := float64(0)
		switch l.anchor {
		case start:
			dx = flag
		case end:
			dx = -flag
		}
		for i, line := range l.lines {
			class := l.class
			if l.bold && i == 0 {
				class = strings.TrimSpace(class + " b")
			}
			c.text(class, l.at, dx, top+float64(i)*lineStep+Ascent+1, l.anchor, line)
		}
	}
}

// hatched is the fill of what is not known.
func (c *canvas) hatched() string {
	c.unknown = true
	return "url(#" + c.id + ".hatch)"
}

// drawn closes a drawing of a width, in pixels or as a share, and of so many
// pixels of height. What a screen reader says of it is its title and, from
// beside it, its summary.
func (c *canvas) drawn(width string, height float64, d Drawing) *Drawing {
	d.SummaryID = c.id + ".summary"
	var out canvas
	// Places are counted from the left, also on a page read from the right.
	out.open("svg", "width", width, "height", decimal(height), "role", "img", "direction", "ltr",
		"aria-labelledby", c.id+".title", "aria-describedby", d.SummaryID, "aria-details", d.Twin)
	out.open("title", "id", c.id+".title")
	out.b.WriteString(template.HTMLEscapeString(d.Title) + "</title>\n")
	if c.unknown {
		out.b.WriteString(`<defs><pattern id="` + template.HTMLEscapeString(c.id) + `.hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="hatch" d="M0 0V6"/></pattern></defs>`)
	}
	d.SVG = template.HTML(out.b.String() + c.b.String() + "</svg>")
	return &d
}
