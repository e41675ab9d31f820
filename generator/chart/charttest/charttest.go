// Package charttest reads the charts of a drawn page as a reader with sharp
// eyes would: nothing may cover anything, nothing may be cut off, and a
// chart must say what its table says.
package charttest

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"debrief/generator/chart"
)

// Widths are those of a chart, in CSS pixels, that a page is read at.
var Widths = []float64{chart.Narrow, 288, 356, 720, 1100}

// Faults returns what is wrong with the charts of a page, and how many charts
// it has.
func Faults(page []byte) (faults []string, charts int) {
	doc, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		return []string{err.Error()}, 0
	}
	ids := make(map[string]*html.Node)
	var drawings []*html.Node
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if id := attr(n, "id"); id != "" {
			if ids[id] != nil {
				faults = append(faults, fmt.Sprintf("two elements have the id %q", id))
			}
			ids[id] = n
		}
		if n.Data == "svg" && attr(n, "role") == "img" {
			drawings = append(drawings, n)
		}
	}
	for _, svg := range drawings {
		name := attr(svg, "aria-labelledby")
		say := func(format string, args ...any) {
			faults = append(faults, name+": "+fmt.Sprintf(format, args...))
		}
		for _, key := range []string{"aria-labelledby", "aria-describedby"} {
			if n := ids[attr(svg, key)]; n == nil || Text(n) == "" {
				say("%s names nothing", key)
			}
		}
		widths := Widths
		if own := attr(svg, "width"); !strings.HasSuffix(own, "%") {
			widths = []float64{number(own, 0)} // it scrolls in its box
		}
		for _, w := range widths {
			measure(svg, w, say)
		}
		if n := ids[attr(svg, "aria-details")]; n == nil {
			say("its twin %q is not on the page", attr(svg, "aria-details"))
		} else {
			compare(svg, n, say)
			compareList(svg, n, say)
		}
	}
	return faults, len(drawings)
}

// A box is where something stands in a chart.
type box struct {
	what                     string
	left, right, top, bottom float64
}

// measure lays one chart out at a width.
func measure(svg *html.Node, w float64, say func(string, ...any)) {
	h := number(attr(svg, "height"), 0)
	var texts []box
	for n := range svg.Descendants() {
		if n.Type != html.ElementNode || within(n, "defs") {
			continue
		}
		place := func(key string) float64 { return number(attr(n, key), w) }
		var b box
		switch n.Data {
		case "text":
			b = textBox(n, w)
			for _, o := range texts {
				if b.left < o.right-.01 && o.left < b.right-.01 && b.top < o.bottom-.01 && o.top < b.bottom-.01 {
					say("at %v px %q covers %q", w, b.what, o.what)
				}
			}
			texts = append(texts, b)
		case "rect":
			b = box{left: place("x") + moved(attr(n, "transform")), top: place("y")}
			b.right, b.bottom = b.left+place("width"), b.top+place("height")
		case "line":
			b = box{left: min(place("x1"), place("x2")), right: max(place("x1"), place("x2")), top: min(place("y1"), place("y2")), bottom: max(place("y1"), place("y2"))}
		case "path":
			b = pathBox(attr(n, "d"))
		case "circle":
			r := place("r")
			b = box{left: place("cx") - r, right: place("cx") + r, top: place("cy") - r, bottom: place("cy") + r}
		case "use":
			b = box{left: place("x") - 6, right: place("x") + 6, top: place("y"), bottom: place("y")}
			if attr(n, "class") == "flag met" || attr(n, "class") == "flag missed" {
				b.left, b.right = place("x"), place("x") // may hang over an end by its half
			}
		default:
			continue
		}
		if b.what == "" {
			b.what = n.Data + " " + attr(n, "class")
		}
		if b.left < -.5 || b.right > w+.5 || b.top < -.5 || b.bottom > h+.5 || b.right < b.left || b.bottom < b.top {
			say("at %v px %q leaves the chart: %.1f to %.1f of %v, %.1f to %.1f of %v", w, b.what, b.left, b.right, w, b.top, b.bottom, h)
		}
	}
}

// pathBox is what a path of the commands M, L, H, V and Z covers.
func pathBox(d string) box {
	b := box{left: math.Inf(1), top: math.Inf(1), right: math.Inf(-1), bottom: math.Inf(-1)}
	x, y := 0.0, 0.0
	for i := 0; i < len(d); {
		end := i + 1
		for end < len(d) && !strings.ContainsRune("MLHVZ", rune(d[end])) {
			end++
		}
		n := strings.Fields(d[i+1 : end])
		switch d[i] {
		case 'M', 'L':
			x, y = number(n[0], 0), number(n[1], 0)
		case 'H':
			x = number(n[0], 0)
		case 'V':
			y = number(n[0], 0)
		}
		b.left, b.right, b.top, b.bottom = min(b.left, x), max(b.right, x), min(b.top, y), max(b.bottom, y)
		i = end
	}
	return b
}

func textBox(n *html.Node, w float64) box {
	s := Text(n)
	size := chart.Width(s, slices.Contains(strings.Fields(attr(n, "class")), "b"))
	x, y := number(attr(n, "x"), w)+number(attr(n, "dx"), w), number(attr(n, "y"), 0)
	b := box{what: s, left: x, right: x + size, top: y - chart.Ascent, bottom: y + chart.Descent}
	switch attr(n, "text-anchor") {
	case "end":
		b.left, b.right = x-size, x
	case "middle":
		b.left, b.right = x-size/2, x+size/2
	}
	return b
}

// compare holds a chart's marks to the rows of its twin. A mark names in
// data-twin the rows that it draws, counted from 0, and behind a | each text
// that those rows must say. Each row that could be drawn must be.
func compare(svg, twin *html.Node, say func(string, ...any)) {
	var rows []string
	drawable := make(map[int]bool)
	for n := range twin.Descendants() {
		if n.Type != html.ElementNode || !isRow(n) {
			continue
		}
		// The head of a day and an event without a time have no place.
		if class := attr(n, "class"); class != "day" && class != "undated" {
			drawable[len(rows)] = true
		}
		rows = append(rows, Text(n))
	}
	for n := range svg.Descendants() {
		mark := attr(n, "data-twin")
		if n.Type != html.ElementNode || mark == "" {
			continue
		}
		said := strings.Split(mark, "|")
		for _, number := range strings.Split(said[0], ",") {
			row, err := strconv.Atoi(number)
			if err != nil || row < 0 || row >= len(rows) {
				say("a mark draws row %q of %d", number, len(rows))
				continue
			}
			delete(drawable, row)
			for _, s := range said[1:] {
				if !strings.Contains(rows[row], clean(s)) {
					say("a mark says %q, its row in the table %q", s, rows[row])
				}
			}
		}
	}
	for row := range rows {
		if drawable[row] {
			say("the row %q is not drawn", rows[row])
		}
	}
}

// isRow reports a row of a table's body, or a date of a list of dates.
func isRow(n *html.Node) bool {
	return n.Data == "tr" && within(n, "tbody") || n.Data == "li" && slices.Contains(strings.Fields(attr(n, "class")), "date")
}

// compareList holds a drawing to the list that is its twin: each step of the
// list is drawn, whole.
func compareList(svg, twin *html.Node, say func(string, ...any)) {
	solid := func(s string) string {
		return strings.NewReplacer("\u2068", "", "\u2069", "").Replace(strings.Join(strings.Fields(s), ""))
	}
	drawn := solid(Text(svg))
	for n := range twin.Descendants() {
		if n.Type != html.ElementNode || n.Data != "li" || !slices.Contains(strings.Fields(attr(n, "class")), "step") {
			continue
		}
		step := ""
		for p := n.FirstChild; p != nil && step == ""; p = p.NextSibling {
			if p.Data == "p" {
				step = p.LastChild.Data
			}
		}
		aside := 0
		for p := n.Parent; p != twin; p = p.Parent {
			if p.Data == "details" {
				aside++
			}
		}
		if aside >= chart.MostDeep {
			continue // the caption counts these
		}
		if step == "" || !strings.Contains(drawn, solid(step)) {
			say("the step %q is not drawn", step)
		}
	}
}

// number reads a length: pixels, or a share of the whole.
func number(s string, whole float64) float64 {
	share, isShare := strings.CutSuffix(s, "%")
	f, err := strconv.ParseFloat(share, 64)
	if err != nil {
		return 0
	}
	if isShare {
		return f / 100 * whole
	}
	return f
}

// moved is how far translate(x) moves something.
func moved(transform string) float64 {
	inner, ok := strings.CutPrefix(transform, "translate(")
	if !ok {
		return 0
	}
	return number(strings.TrimSuffix(inner, ")"), 0)
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func within(n *html.Node, name string) bool {
	for p := n.Parent; p != nil; p = p.Parent {
		if p.Data == name {
			return true
		}
	}
	return false
}

// Text is what an element says, its spaces made plain.
func Text(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data + " ")
		}
	}
	return clean(b.String())
}

func clean(s string) string { return strings.Join(strings.Fields(s), " ") }
