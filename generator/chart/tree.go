package chart

import (
	"fmt"
	"html/template"
	"math"
	"strings"
)

// A Tree is a decision tree as it is read: one way straight down, the other
// answers beside it.
type Tree struct {
	ID      string // unique on its page
	Title   string
	Summary string
	Twin    string // the id of the list that says the same
	Steps   []TreeStep
}

// A TreeStep is a question (ask), an action (do), an end (end), or the word to
// go on at a step that is drawn elsewhere (go).
type TreeStep struct {
	Kind      string
	Text      string
	Threshold string // "1.2×"
	Measured  string // "1.35×"
	Taken     bool
	Answer    string // the label of the way to the next step
	Sides     []TreeWay
}

// A TreeWay is another answer, and what follows from it.
type TreeWay struct {
	When  string
	Steps []TreeStep
}

// The sizes of a tree in CSS pixels. It has a width of its own: on a narrow
// page the first column shows and the others are scrolled to.
const (
	nodeWidth  = 196
	nodeInside = 14 // from the node's edge to its text
	columnStep = nodeWidth + 30
	rowGap     = 34 // room for an arrow and the answer beside it
	spine      = 15 // from a node's edge to the line that its side ways leave from
	labelSize  = nodeWidth - 8
	trunk      = 32 // from a node's left edge to the arrow that leaves it below
	point      = 9  // how far the sides of a question come out
)

// What A4 and Letter share inside their margins, in CSS pixels.
const (
	paperWidth  = 680
	paperHeight = 880
)

// MostDeep bounds the columns of a tree; what lies deeper is in its list.
const MostDeep = 6

// treeDrawing lays the columns out, from the left, and the steps of a column
// from above.
type treeDrawing struct {
	canvas                  // the steps
	others, taken canvas    // the ways between them
	bottom        []float64 // of what each column holds so far
	right         float64
	dropped       int // steps that lie too deep
}

// Draw draws the tree. What was taken has a thick edge and a tick; a question
// has pointed sides, an end round ones, and a reference a dashed edge, so that
// nothing depends on colour. It fits on paper when a page holds it whole.
func (t Tree) Draw() (drawing *Drawing, onPaper bool) {
	d := &treeDrawing{canvas: canvas{id: t.ID}}
	d.column(t.Steps, 0, 1)
	width, height := d.right+2, 0.0
	for _, b := range d.bottom {
		height = max(height, b)
	}
	summary := t.Summary
	if d.dropped > 0 {
		summary += fmt.Sprintf(" %d more in the list, too far aside to draw.", d.dropped)
	}
	whole := &canvas{id: t.ID}
	d.arrows(&whole.b, &d.others, "head", "")
	d.arrows(&whole.b, &d.taken, "head-taken", " taken")
	whole.b.WriteString(d.b.String())
	drawing = whole.drawn(decimal(width), height+2, Drawing{Kind: "tree", Title: t.Title, Summary: summary, Twin: t.Twin})
	return drawing, width <= paperWidth && height <= paperHeight
}

// column draws steps one below the other from y on.
func (d *treeDrawing) column(steps []TreeStep, column int, y float64) {
	x := float64(column)*columnStep + 1
	for i, s := range steps {
		lines := linesOf(s)
		measured := measuredLines(s)
		height := float64(len(lines)+len(measured))*lineStep + 14
		if len(s.Sides) > 0 && column+1 < MostDeep {
			y = max(y, d.room(column+1)) // a question and its first other answer stand side by side
		}
		d.node(s, lines, measured, x, y, height)
		d.right = max(d.right, x+nodeWidth)
		d.grow(column, y+height)
		d.sides(s, column, x, y, y+height/2)
		if i+1 < len(steps) {
			next := y + height + rowGap
			if q := steps[i+1]; len(q.Sides) > 0 && column+1 < MostDeep {
				next = max(next, d.room(column+1))
			}
			taken := s.Taken && steps[i+1].Taken
			d.arrow(taken, fmt.Sprintf("M%s %sV%s", decimal(x+trunk), decimal(y+height), decimal(next-1)))
			if s.Answer != "" {
				d.write(answerClass(taken), x+trunk+8, y+height+rowGap/2+5, shorten(s.Answer, taken, nodeWidth-trunk-8))
			}
			y = next
		}
	}
}

// sides draws the other answers of a question, each in the next column below
// what stands there already.
func (d *treeDrawing) sides(s TreeStep, column int, x, y, middle float64) {
	if len(s.Sides) > 0 && column+1 >= MostDeep {
		for _, w := range s.Sides {
			d.dropped += count(w.Steps)
		}
		return
	}
	for k, w := range s.Sides {
		at := d.room(column + 1)
		if k == 0 {
			at = max(at, y)
		}
		left := x + columnStep
		if w.When != "" {
			d.write("answer", left+2, at+Ascent, shorten(w.When, false, labelSize))
			at += lineStep + 2
		}
		if len(w.Steps) == 0 {
			d.grow(column+1, at)
			continue
		}
		first := w.Steps[0]
		height := float64(len(linesOf(first))+len(measuredLines(first)))*lineStep + 14
		if len(first.Sides) > 0 && column+2 < MostDeep {
			at = max(at, d.room(column+2))
		}
		to := at + height/2
		leaves := min(max(to, y+8), 2*middle-y-8) // straight across where that still meets the question's side
		from := x + nodeWidth - point*math.Abs(leaves-middle)/(middle-y)
		path := "M" + decimal(from) + " " + decimal(leaves)
		if leaves != to {
			path += "H" + decimal(x+nodeWidth+spine) + "V" + decimal(to)
		}
		d.arrow(false, path+"H"+decimal(left-1))
		d.column(w.Steps, column+1, at)
	}
}

// room is where the next step of a column may begin.
func (d *treeDrawing) room(column int) float64 {
	if column >= len(d.bottom) || d.bottom[column] == 0 {
		return 1
	}
	return d.bottom[column] + 18
}

func (d *treeDrawing) grow(column int, y float64) {
	for len(d.bottom) <= column {
		d.bottom = append(d.bottom, 0)
	}
	d.bottom[column] = max(d.bottom[column], y)
}

// node draws one step.
func (d *treeDrawing) node(s TreeStep, lines, measured []string, x, y, h float64) {
	class := "node " + s.Kind
	if s.Taken {
		class += " taken"
	}
	switch s.Kind {
	case "ask":
		d.empty("path", "class", class, "d", fmt.Sprintf("M%s %sH%sL%s %sL%s %sH%sL%s %sZ", decimal(x+point), decimal(y), decimal(x+nodeWidth-point),
			decimal(x+nodeWidth), decimal(y+h/2), decimal(x+nodeWidth-point), decimal(y+h), decimal(x+point), decimal(x), decimal(y+h/2)))
	default:
		radius := map[string]string{"do": "2", "end": decimal(min(h/2, 18)), "go": decimal(min(h/2, 18))}[s.Kind]
		d.empty("rect", "class", class, "x", decimal(x), "y", decimal(y), "width", decimal(nodeWidth), "height", decimal(h), "rx", radius)
	}
	base := y + 7 + Ascent
	for _, line := range lines {
		d.write("", x+nodeInside, base, line)
		base += lineStep
	}
	for _, line := range measured {
		d.write("soft", x+nodeInside, base, line)
		base += lineStep
	}
}

// linesOf is what a step says. A tick marks what was taken, an arrow a step
// that is drawn elsewhere.
func linesOf(s TreeStep) []string {
	text := s.Text
	switch {
	case s.Taken:
		text = "✓ " + text
	case s.Kind == "go":
		text = "→ " + text
	}
	return wrap(text, nodeWidth-2*nodeInside)
}

// measuredLines say a threshold and what was measured against it.
func measuredLines(s TreeStep) []string {
	var text string
	switch {
	case s.Threshold != "" && s.Measured != "":
		text = "measured " + s.Measured + ", line at " + s.Threshold
	case s.Threshold != "":
		text = "line at " + s.Threshold
	case s.Measured != "":
		text = "measured " + s.Measured
	}
	return wrap(text, nodeWidth-2*nodeInside)
}

func answerClass(taken bool) string {
	if taken {
		return "answer b"
	}
	return "answer"
}

// write writes one line at a place in pixels.
func (d *treeDrawing) write(class string, x, y float64, s string) {
	if rightToLeft(s) {
		s = "\u2068" + s + "\u2069"
	}
	d.open("text", "class", class, "x", decimal(x), "y", decimal(y))
	d.b.WriteString(template.HTMLEscapeString(s) + "</text>")
}

// arrow draws a way from one step to another.
func (d *treeDrawing) arrow(taken bool, path string) {
	ways := &d.others
	if taken {
		ways = &d.taken
	}
	ways.empty("path", "d", path)
}

// arrows writes the ways of a kind with the heads of their arrows.
func (d *treeDrawing) arrows(b *strings.Builder, ways *canvas, name, class string) {
	if ways.b.Len() == 0 {
		return
	}
	head := template.HTMLEscapeString(d.id) + "." + name
	b.WriteString(`<defs><marker id="` + head + `" markerWidth="8" markerHeight="8" refX="7" refY="4" orient="auto" markerUnits="userSpaceOnUse"><path class="tip` + class + `" d="M0 0L8 4L0 8Z"/></marker></defs>` +
		`<g class="way` + class + `" marker-end="url(#` + head + `)">` + ways.b.String() + "</g>\n")
}

func count(steps []TreeStep) int {
	n := len(steps)
	for _, s := range steps {
		for _, w := range s.Sides {
			n += count(w.Steps)
		}
	}
	return n
}
