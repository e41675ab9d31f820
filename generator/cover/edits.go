package cover

import (
	"bytes"
	"slices"
	"unicode/utf8"

	"debrief/generator/diag"
)

// Edits say what was changed in a text, so that a place found in the new text
// is one in the author's file. Lines keep their numbers.
type Edits []round // in the order in which they were made

// A round is the edits of one going through a text, in order.
type round []edit

type edit struct {
	span       // of the source, in bytes
	length int // of what stands there now, in bytes

	line              int // of the first line 0
	newColumn, newEnd int // code points before it in the new line, and before its end
	oldColumn, oldEnd int
}

// place counts lines and columns of the edits.
func (e round) place(src, now []byte) {
	shift, line, lineAt := 0, 0, 0
	for i := range e {
		ed := &e[i]
		line += bytes.Count(src[lineAt:ed.from], []byte("\n"))
		lineAt = ed.from
		from := ed.from + shift
		ed.line = line
		ed.oldColumn, ed.newColumn = column(src, ed.from), column(now, from)
		ed.oldEnd = ed.oldColumn + utf8.RuneCount(src[ed.from:ed.to])
		ed.newEnd = ed.newColumn + utf8.RuneCount(now[from:from+ed.length])
		shift += ed.length - (ed.to - ed.from)
	}
}

// column is how many code points stand before at in its line.
func column(text []byte, at int) int {
	return utf8.RuneCount(text[bytes.LastIndexByte(text[:at], '\n')+1 : at])
}

// Original is the place in the author's text of a place in the covered one;
// first is the line on which both begin. Within a cover it is the beginning of
// the name; end means a place behind the last character that is meant.
func (e Edits) Original(pos diag.Pos, first int, end bool) diag.Pos {
	for _, r := range slices.Backward(e) {
		pos.Column = 1 + r.original(pos.Line-first, pos.Column-1, end)
	}
	return pos
}

func (e round) original(line, column int, end bool) int {
	moved := 0
	for _, ed := range e {
		switch {
		case ed.line != line || column < ed.newColumn:
		case column >= ed.newEnd:
			moved = ed.oldEnd - ed.newEnd
		case end && column > ed.newColumn:
			return ed.oldEnd
		default:
			return ed.oldColumn
		}
	}
	return column + moved
}
