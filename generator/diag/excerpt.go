package diag

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// tabStop is how far apart tab stops are in an excerpt. Tabs are written as
// spaces: behind a gutter a terminal's own stops would move the caret.
const tabStop = 4

// A cell is one code point of a source line as a terminal shows it.
type cell struct {
	text  string
	width int // columns: 0 for marks that join the letter before, 2 for wide letters
}

// excerpt fits a line into room columns, cutting it around the span from
// column to end (1-based code points, end exclusive). It returns what to
// show, how far the carets are indented, and how many there are: 0 when the
// finding names no column.
func excerpt(line []byte, column, end, room int) (text string, indent, carets int) {
	room = max(room, 20)
	from := max(column-1, 0)
	line, skipped, more := neighbourhood(line, from, 4*room)
	cells := cellsOf(line)
	from = min(from-skipped, len(cells)) // just behind the last letter is a place too
	to := min(max(end-1-skipped, from+1), max(len(cells), from+1))
	if from == len(cells) {
		room-- // for the caret behind the line
	}
	first, stop := cut(cells, from, to, room, skipped > 0, more)

	var b strings.Builder
	if first > 0 || skipped > 0 {
		b.WriteRune('…')
		indent = 1
	}
	for _, c := range cells[first:stop] {
		b.WriteString(c.text)
	}
	if stop < len(cells) || more {
		b.WriteRune('…')
	}
	if column <= 0 {
		return b.String(), 0, 0
	}
	indent += columns(cells[first:from])
	carets = columns(cells[from:min(to, len(cells))])
	return b.String(), indent, min(max(carets, 1), max(room-indent, 1))
}

// neighbourhood returns the part of line that lies within reach code points
// of code point at, how many it left out before it, and whether it left out
// any behind: a line may be a megabyte, and many findings may be about it.
func neighbourhood(line []byte, at, reach int) (part []byte, skipped int, more bool) {
	if len(line) <= 2*reach {
		return line, 0, false
	}
	at = min(at, utf8.RuneCount(line))
	start, n := 0, 0
	for i := range string(line) {
		switch n {
		case at - reach:
			start, skipped = i, n
		case at + reach:
			return line[start:i], skipped, true
		}
		n++
	}
	return line[start:], skipped, false
}

// cut returns which cells to show, [first, stop), so that they and the
// ellipses at cut ends fill at most room columns with the span [from, to) in
// sight. before and after say that there is more than cells on that side.
func cut(cells []cell, from, to, room int, before, after bool) (first, stop int) {
	if columns(cells) <= room && !before && !after {
		return 0, len(cells)
	}
	room -= 2 // an ellipsis at each end
	// A third of the room, at most, goes to what comes before the span, less
	// when the span needs it.
	lead := min(room/3, max(room-columns(cells[from:min(to, len(cells))]), 0))
	first, stop = from, from
	left := room
	for first > 0 && room-left+cells[first-1].width <= lead {
		first--
		left -= cells[first].width
	}
	if first == 0 && !before {
		left++
	}
	for stop < len(cells) && cells[stop].width <= left {
		left -= cells[stop].width
		stop++
	}
	if stop == len(cells) && !after {
		left++
	}
	for first > 0 && stop == len(cells) && cells[first-1].width <= left { // near the end: fill up from the left
		first--
		left -= cells[first].width
	}
	for first > 0 && first < from && cells[first].width == 0 {
		first++ // a mark without its letter would sit on the ellipsis
	}
	return first, stop
}

func columns(cells []cell) int {
	n := 0
	for _, c := range cells {
		n += c.width
	}
	return n
}

func cellsOf(line []byte) []cell {
	cells := make([]cell, 0, len(line))
	at := 0
	for _, r := range string(line) {
		c := cell{string(r), runeWidth(r)}
		switch {
		case r == '\t':
			n := tabStop - at%tabStop
			c = cell{strings.Repeat(" ", n), n}
		case hostile(r):
			c = cell{string(stand(r)), 1}
		}
		cells = append(cells, c)
		at += c.width
	}
	return cells
}

// runeWidth is how many columns a terminal gives a code point (Unicode
// Standard Annex #11).
func runeWidth(r rune) int {
	switch {
	case r < 0x300:
		return 1
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf), r >= 0x1160 && r <= 0x11ff: // Hangul vowels join their syllable
		return 0
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}

// Visible returns text with what could act on a terminal made visible: escape
// sequences, carriage returns, marks that turn the direction of writing.
func Visible(text string) string {
	if strings.IndexFunc(text, hostile) < 0 {
		return text
	}
	return strings.Map(func(r rune) rune {
		if hostile(r) {
			return stand(r)
		}
		return r
	}, text)
}

// hostile reports control characters, separators of lines, and invisible
// format characters other than those that letters and emoji are joined with.
func hostile(r rune) bool {
	switch {
	case r < ' ', r >= 0x7f && r < 0xa0, r == '\u2028', r == '\u2029':
		return true
	case r < 0xad:
		return false
	case r == '\u200c', r == '\u200d', r >= 0xe0020 && r <= 0xe007f: // joiners, flags' tags
		return false
	}
	return unicode.Is(unicode.Cf, r)
}

// stand is what is shown in a hostile character's place: the control pictures
// of Unicode, else the replacement character.
func stand(r rune) rune {
	switch {
	case r < ' ':
		return '␀' + r
	case r == 0x7f:
		return '␡'
	}
	return '\uFFFD'
}
