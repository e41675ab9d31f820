package cover

import (
	"bytes"
	"cmp"
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

// place counts lines and columns of the edits. None goes over a line's end.
func (e round) place(src, now []byte) {
	at, line, column := 0, 0, 0 // in src
	shift, moved := 0, 0        // of now against src: in bytes, and in code points of this line
	for i := range e {
		ed := &e[i]
		between := src[at:ed.from]
		if breaks := bytes.Count(between, []byte("\n")); breaks > 0 {
			line, column, moved = line+breaks, 0, 0
			between = between[bytes.LastIndexByte(between, '\n')+1:]
		}
		column += utf8.RuneCount(between)
		from := ed.from + shift
		old, new := utf8.RuneCount(src[ed.from:ed.to]), utf8.RuneCount(now[from:from+ed.length])
		ed.line, ed.oldColumn, ed.oldEnd = line, column, column+old
		ed.newColumn, ed.newEnd = column+moved, column+moved+new
		at, column = ed.to, column+old
		shift, moved = shift+ed.length-(ed.to-ed.from), moved+new-old
	}
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
	first, _ := slices.BinarySearchFunc(e, line, func(ed edit, line int) int { return cmp.Compare(ed.line, line) })
	for _, ed := range e[first:] {
		switch {
		case ed.line > line:
			return column + moved
		case column < ed.newColumn:
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
