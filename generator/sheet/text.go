package sheet

import (
	"iter"
	"slices"
	"unicode"

	"debrief/generator/sheet/face"
)

// A text is letters with all that breaking them into lines asks for, found
// once: a text is broken on some dozens of widths.
type text struct {
	letters []letter
	width   int // of all letters, in units of the em
	rtl     bool
	stops   []stop
}

// A stop is where a line may end; the last is the end of the text.
type stop struct {
	bare, end       int // letters before it, without and with the space that ends the line
	bareWide, width int // of these letters, in units of the em
}

// measure finds all but the letters of a text, and appends its stops.
func (t *text) measure(stops []stop) []stop {
	t.rtl = rightToLeft(t.letters)
	for i, l := range t.letters {
		bare, bareWide := i+1, t.width+int(l.width)
		if l.r == ' ' {
			bare, bareWide = i, t.width
		}
		t.width += int(l.width)
		if i+1 == len(t.letters) || mayBreak(l.r, t.letters[i+1].r) {
			stops = append(stops, stop{bare, i + 1, bareWide, t.width})
		}
	}
	return stops
}

// lines breaks a text into lines of at most width units. A word that is wider
// than a line is broken where it must be, between letters with a hyphen.
func (t *text) lines(width int) iter.Seq[[]letter] {
	return func(yield func([]letter) bool) {
		start, before := 0, 0 // the first letter of the line, and the width of all before it
		for rest := t.stops; len(rest) > 0; {
			n := 0
			for n < len(rest) && (rest[n].bareWide-before <= width || rest[n].bare == start+1) {
				n++
			}
			if n == 0 {
				line, next := torn(t.letters, start, overflow(t.letters, start, width), width)
				if !yield(line) {
					return
				}
				before += widthOf(t.letters[start:next])
				start = next
				continue
			}
			last := rest[n-1]
			if !yield(t.letters[start:last.bare]) {
				return
			}
			start, before, rest = last.end, last.width, rest[n:]
		}
	}
}

// count is how many lines a text has, of at most width units, the first most
// of them; any number when most is 0.
func (t *text) count(width, most int) int {
	if t.width <= width {
		return min(len(t.stops), 1)
	}
	n := 0
	for range t.lines(width) {
		if n++; n == most {
			break
		}
	}
	return n
}

// capped appends the lines of a text, the first most of them; any number when
// most is 0.
func (t *text) capped(out [][]letter, width, most int) [][]letter {
	return capped(slices.AppendSeq(out, t.lines(width)), most, width)
}

// capped keeps the first lines of a text and says with an ellipsis that there
// was more.
func capped(lines [][]letter, most, width int) [][]letter {
	if most <= 0 || len(lines) <= most {
		return lines
	}
	last := lines[most-1]
	f := face.Regular
	if len(last) > 0 {
		f = last[len(last)-1].face
	}
	dots := letter{'…', int32(f.Width('…')), f}
	for len(last) > 0 && (widthOf(last)+int(dots.width) > width || last[len(last)-1].r == ' ') {
		last = last[:len(last)-1]
	}
	return append(lines[:most-1], append(slices.Clone(last), dots))
}

// overflow is the first letter that finds no room in a line, though one does.
func overflow(ls []letter, start, width int) int {
	wide, end := int(ls[start].width), start+1
	for wide+int(ls[end].width) <= width {
		wide += int(ls[end].width)
		end++
	}
	return end
}

// torn ends a line within a word, before the character at end.
func torn(ls []letter, start, end, width int) (line []letter, next int) {
	for end > start+1 && joins(ls[end].r) {
		end--
	}
	f := ls[start].face
	hyphen := letter{'-', int32(f.Width('-')), f}
	cut := end
	for cut > start+2 && (widthOf(ls[start:cut])+int(hyphen.width) > width || joins(ls[cut].r)) {
		cut--
	}
	if cut > start+1 && latin(ls[cut-1].r) && latin(ls[cut].r) && widthOf(ls[start:cut])+int(hyphen.width) <= width {
		return append(append([]letter(nil), ls[start:cut]...), hyphen), cut
	}
	return ls[start:end], end
}

func latin(r rune) bool { return unicode.In(r, unicode.Latin, unicode.Greek, unicode.Cyrillic) }
