// Package sheet lays cards out on one side of paper.
//
// It measures text with the metrics of the fonts that both the browser and
// the PDF use, and looks for the largest type, the columns and the alternates
// of cards with which everything fits. Nothing is ever cut by the edge: what
// does not fit is shortened or left out by its priority, and named. Which
// cards there are belongs to package page, and how a layout becomes a page of
// the site to render.
package sheet

import (
	"strings"

	"debrief/generator/page"
	"debrief/generator/sheet/face"
)

const mm = 72 / 25.4

// A Paper is a side of paper, in points.
type Paper struct {
	Name          string
	Width, Height float64 // of the sheet
	Margin        float64 // on all four sides
}

// Inner is the size of the area within the margins.
func (p Paper) Inner() (width, height float64) { return p.Width - 2*p.Margin, p.Height - 2*p.Margin }

// The papers there are. Shared is the area within the margins that A4 and
// Letter have in common: what fits there fits whatever the reader's printer holds.
var (
	A4     = Paper{"a4", 210 * mm, 297 * mm, 10 * mm}
	Letter = Paper{"letter", 8.5 * 72, 11 * 72, 10 * mm}
	Shared = Paper{"shared", 190 * mm, 259 * mm, 0}
)

// PaperNamed returns A4 or Letter by its name in settings.
func PaperNamed(name string) Paper {
	if name == Letter.Name {
		return Letter
	}
	return A4
}

// The sizes of type, in points.
const (
	Smallest  = 8.0 // of anything
	SmallBody = 9.0 // of the body
	goodBody  = 10.0
	largeBody = 11.5
	sizeStep  = 0.25
)

// A Layout is a sheet laid out: every line of text and every rule has its
// place, in points from the upper left corner of the area within the margins.
type Layout struct {
	Paper   Paper
	RTL     bool    // the handbook is written from right to left
	Size    float64 // of the body
	Leading float64 // from line to line, as a multiple of the size
	Columns int
	Lines   []Line // in reading order
	Rules   []Rule
	Boxes   []Box    // the cards that are on the sheet, in reading order
	Missing []Change // what was shortened or left out, in reading order
	Used    float64  // share of the height, from the top to the end of the longest column or what stands below it
	Balance float64  // the shortest column's length over the longest's; 1 with one column
}

// Width is that of the area within the margins.
func (l *Layout) Width() float64 { w, _ := l.Paper.Inner(); return w }

// Height is that of the area within the margins.
func (l *Layout) Height() float64 { _, h := l.Paper.Inner(); return h }

// Text is all that the cards on the sheet say, a block a line, whole words
// even where a line of the paper breaks them.
func (l *Layout) Text() string {
	var b strings.Builder
	for _, box := range l.Boxes {
		b.WriteString(box.Title + "\n")
		for _, block := range box.Blocks {
			b.WriteString(block.Label + " " + page.PlainText(block.Text))
			for _, cell := range block.Cells {
				b.WriteString(" " + page.PlainText(cell))
			}
			for _, m := range block.Moments {
				b.WriteString(" " + strings.Join([]string{m.Name, m.Stamp, m.Since, m.Took}, " "))
			}
			for _, f := range block.Figures {
				b.WriteString(" " + f.Text + " " + f.Label)
			}
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// Said names what is missing in one line; "" when nothing is.
func (l *Layout) Said() string { return said(l.Missing) }

// A Line is one line of text. X is where it begins: its left end, or the right
// end of a line that runs from right to left.
type Line struct {
	X, Y  float64 // of the beginning of the base line
	Width float64 // as measured
	RTL   bool
	Size  float64
	Runs  []Run
}

// A Run is a stretch of a line in one face.
type Run struct {
	Text string
	Face face.Face
	X    float64 // of its left end, as if the line ran from left to right
}

// Class is the style class of a run in pages: "b" for bold, "m" for mono, ""
// for the regular face.
func (r Run) Class() string {
	return [...]string{face.Regular: "", face.Bold: "b", face.Mono: "m"}[r.Face]
}

// A Rule is a straight stroke.
type Rule struct{ X1, Y1, X2, Y2, Weight float64 }

// A Box is a card as it stands on the sheet.
type Box struct {
	Card   *page.Card
	Title  string
	Blocks []page.Block // of the alternate that was chosen
	Areas  []Area       // where it stands; more than one when it goes on in the next column
}

// Groups are a box's blocks, with items and rows that follow each other taken
// together.
func (b Box) Groups() []Group {
	var out []Group
	for _, block := range b.Blocks {
		kind := ""
		switch block.Kind {
		case page.Item:
			kind = "items"
		case page.Row:
			kind = "rows"
		}
		if n := len(out); n > 0 && out[n-1].Kind == kind {
			out[n-1].Blocks = append(out[n-1].Blocks, block)
			continue
		}
		out = append(out, Group{kind, []page.Block{block}})
	}
	return out
}

// A Group is blocks that make one list, one table, or neither.
type Group struct {
	Kind   string // "items", "rows", ""
	Blocks []page.Block
}

// An Area is a rectangle.
type Area struct{ X, Y, Width, Height float64 }

// A Change is what became of a card that does not stand there in full.
type Change struct {
	Card *page.Card
	Gone bool   // left out; else shortened
	What string // "the first 12 of 40"; "" for an alternate
}

// Name is what readers know the card by.
func (c Change) Name() string {
	if c.Card.Title != "" {
		return c.Card.Title
	}
	return c.Card.Name
}
