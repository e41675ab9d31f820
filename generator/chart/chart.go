// Package chart draws typed data as accessible SVG: no script, no style
// attribute, the same bytes for the same data.
//
// A chart's places are shares of its width and its text has a fixed size in
// CSS pixels, so that a phone and a desk show the same words at the same
// size and only the distances differ. What must not collide is therefore laid
// out for the narrowest page; place.go says why it then holds on every wider
// one.
//
// A chart takes times and numbers and hands on a Drawing. Which notes they
// come from is the business of package page, how it all looks that of the
// theme.
package chart

import "html/template"

// Narrow is the width in CSS pixels that every chart is laid out for: the
// text column of a page 320 pixels wide.
const Narrow = 280

// A Drawing is a chart and what stands beside it.
type Drawing struct {
	Kind    string // "phases", "timeline", "pay" …: the class chart-… of its figure
	Title   string
	Summary string // what it shows, in one or two sentences written from the data

	// SummaryID is the id that the summary has on the page: the drawing is
	// described by it.
	SummaryID string

	SVG   template.HTML
	Twin  string // the id of the table that holds the same data
	Table *Table // that table; nil when the page has one of its own
}

// A Table is the twin of a drawing where the page has no table of that data.
type Table struct {
	Head []string
	Rows [][]string // as many cells as Head; the first names the row
}
