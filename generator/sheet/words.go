package sheet

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"debrief/generator/page"
	"debrief/generator/sheet/face"
)

// A letter is one character with its face, ready to be measured.
type letter struct {
	r     rune
	face  face.Face
	width int // in units of the em
}

// instead is what stands for characters that the faces lack and that have a
// likeness in them.
var instead = map[rune]rune{
	'\u202f': '\u00a0', '\u2007': '\u00a0', '\u2011': '-', '\u2010': '-', '\u2012': '–', '✓': '√', '✔': '√', '☑': '√', '✅': '√',
	'✗': '×', '✘': '×', '❌': '×', '☒': '×', '▶': '►', '▸': '►', '⇒': '→', '➔': '→', '➜': '→', '⚠': '▲', '◆': '■', '⁃': '•', '☐': '□',
	'′': '\'', '″': '"', '∕': '/', '⩾': '≥', '⩽': '≤',
}

// letters turns spans into characters: composed, white space made single, and
// without what has no look or would turn a line around.
func letters(spans []page.Span) []letter {
	var out []letter
	for _, s := range spans {
		f := face.Regular
		switch {
		case s.Mono:
			f = face.Mono
		case s.Bold:
			f = face.Bold
		}
		for _, r := range norm.NFC.String(strings.ToValidUTF8(s.Text, "\ufffd")) {
			if other, ok := instead[r]; ok && !f.Has(r) {
				r = other
			}
			switch {
			case r == '\u00a0':
			case unicode.IsSpace(r):
				r = ' '
				if n := len(out); n == 0 || out[n-1].r == ' ' {
					continue
				}
			case r == '\u200c' || r == '\u200d': // joiners shape the letters beside them
			case unicode.In(r, unicode.Cf, unicode.Cc, unicode.Variation_Selector):
				continue
			}
			out = append(out, letter{r, f, f.Width(r)})
		}
	}
	for len(out) > 0 && out[len(out)-1].r == ' ' {
		out = out[:len(out)-1]
	}
	return out
}

func widthOf(ls []letter) int {
	wide := 0
	for _, l := range ls {
		wide += l.width
	}
	return wide
}

// rightToLeft reports the direction of a text: that of its first letter.
func rightToLeft(ls []letter) bool {
	for _, l := range ls {
		if unicode.In(l.r, unicode.Hebrew, unicode.Arabic, unicode.Syriac, unicode.Thaana, unicode.Nko) {
			return true
		}
		if unicode.IsLetter(l.r) {
			return false
		}
	}
	return false
}

const (
	notFirst = "。、，．！？：；）」』】〉》〕］｝〟’”・ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ々…‥%％°℃)]},.!?:;"
	notLast  = "（「『【〈《〔［｛〝‘“([{"
)

// mayBreak reports whether a line may end between two characters.
func mayBreak(a, b rune) bool {
	switch {
	case a == ' ':
		return b != ' '
	case b == ' ':
		return false // the space goes with the line that ends
	case a == '\u00a0' || b == '\u00a0' || joins(b):
		return false
	case face.FullWidth(a) || face.FullWidth(b):
		return !strings.ContainsRune(notFirst, b) && !strings.ContainsRune(notLast, a)
	case a == '-' || a == '–' || a == '—' || a == '/':
		return unicode.IsLetter(b)
	case a == '→':
		return true
	}
	return false
}

// joins reports a character that belongs to the one before it.
func joins(r rune) bool { return unicode.In(r, unicode.M) || r == '\u200c' || r == '\u200d' }

// broken breaks a text into lines of at most width units. A word that is
// wider than a line is broken where it must be, between letters with a hyphen.
func broken(ls []letter, width int) [][]letter {
	var lines [][]letter
	for start := 0; start < len(ls); {
		wide, at, end := 0, -1, start
		for end < len(ls) {
			if end > start && mayBreak(ls[end-1].r, ls[end].r) {
				at = end
			}
			if ls[end].r != ' ' && wide+ls[end].width > width && end > start {
				break
			}
			wide += ls[end].width
			end++
		}
		switch {
		case end == len(ls):
			at = end
		case at < 0:
			line, next := torn(ls, start, end, width)
			lines = append(lines, line)
			start = next
			continue
		}
		lines = append(lines, trimmed(ls[start:at]))
		start = at
		for start < len(ls) && ls[start].r == ' ' {
			start++
		}
	}
	return lines
}

// torn ends a line within a word, before the character at end.
func torn(ls []letter, start, end, width int) (line []letter, next int) {
	for end > start+1 && joins(ls[end].r) {
		end--
	}
	hyphen := letter{'-', ls[start].face, ls[start].face.Width('-')}
	cut := end
	for cut > start+2 && (widthOf(ls[start:cut])+hyphen.width > width || joins(ls[cut].r)) {
		cut--
	}
	if cut > start+1 && latin(ls[cut-1].r) && latin(ls[cut].r) && widthOf(ls[start:cut])+hyphen.width <= width {
		return append(append([]letter(nil), ls[start:cut]...), hyphen), cut
	}
	return ls[start:end], end
}

func latin(r rune) bool { return unicode.In(r, unicode.Latin, unicode.Greek, unicode.Cyrillic) }

func trimmed(ls []letter) []letter {
	for len(ls) > 0 && ls[len(ls)-1].r == ' ' {
		ls = ls[:len(ls)-1]
	}
	return ls
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
	dots := letter{'…', f, f.Width('…')}
	for len(last) > 0 && (widthOf(last)+dots.width > width || last[len(last)-1].r == ' ') {
		last = last[:len(last)-1]
	}
	out := append([][]letter(nil), lines[:most-1]...)
	return append(out, append(append([]letter(nil), last...), dots))
}

// runs puts the letters of a line together again, face by face.
func runs(ls []letter, size float64) []Run {
	var out []Run
	x, from := 0, 0
	for i := range ls {
		if i+1 < len(ls) && ls[i+1].face == ls[from].face {
			continue
		}
		var b strings.Builder
		for _, l := range ls[from : i+1] {
			b.WriteRune(l.r)
		}
		out = append(out, Run{b.String(), ls[from].face, points(x, size)})
		x += widthOf(ls[from : i+1])
		from = i + 1
	}
	return out
}

func points(units int, size float64) float64 { return float64(units) * size / face.PerEm }
func units(pt, size float64) int             { return int(pt / size * face.PerEm) }
