package claim

import (
	"strings"

	"debrief/generator/measure"
	"debrief/generator/prose"
)

// cell stands between the cells of a row in a passage's text.
const cell = " · "

// A tableReader remembers the heads of the table that rows belong to.
type tableReader struct {
	header string
	line   int // of the row before; 0 outside a table
	rows   int
}

// headerOf is the text of a row's column heads in lower case; "" for what is
// no row, or the heads themselves. Between them and the first row stands one
// more line; where one stands later, another table begins.
func (t *tableReader) headerOf(p *prose.Passage) string {
	if p.Kind != prose.Row {
		*t = tableReader{}
		return ""
	}
	line := p.Pos(0).Line
	if t.line == 0 || t.rows > 0 && line > t.line+1 {
		*t = tableReader{header: prose.FoldCase(p.Text), line: line}
		return ""
	}
	t.line, t.rows = line, t.rows+1
	return t.header
}

// entryOf cuts a row down to what a figure in it says: the row's name, its own
// cell, and the head of its column. "Detection | 5 min | 9 min" under "Phase |
// Target | Actual" holds two entries. A row that does not fit its heads stays
// as it is.
func entryOf(w spot, kind measure.Kind) spot {
	heads, cells := strings.Split(w.header, cell), strings.Split(w.text, cell)
	from, column := 0, 0
	for column < len(cells)-1 && from+len(cells[column]) < w.at {
		from += len(cells[column]) + len(cell)
		column++
	}
	if column > 0 && len(heads) == len(cells) && from <= w.at && w.end <= from+len(cells[column]) {
		shift := len(cells[0]) + len(cell) - from
		w.text = cells[0] + cell + cells[column]
		w.header, w.entry = heads[column], true
		w.at, w.end = w.at+shift, w.end+shift
		w.from, w.to, w.sentence, w.before = 0, len(w.text), [2]int{0, len(w.text)}, 0
	}
	w.deadline = kind == measure.Duration && (isDeadline(w) || w.entry && isDeadlineText(w.header))
	return w
}
