package sheet

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"debrief/generator/page"
	"debrief/generator/sheet/face"
)

// A letter is one character with its face, ready to be measured.
type letter struct {
	r     rune
	width int32 // in units of the em
	face  face.Face
}

// instead is what stands for characters that the faces lack and that have a
// likeness in them.
var instead = map[rune]rune{
	'\u202f': '\u00a0', '\u2007': '\u00a0', '\u2011': '-', '\u2010': '-', '\u2012': '–', '✓': '√', '✔': '√', '☑': '√', '✅': '√',
	'✗': '×', '✘': '×', '❌': '×', '☒': '×', '▶': '►', '▸': '►', '⇒': '→', '➔': '→', '➜': '→', '⚠': '▲', '◆': '■', '⁃': '•', '☐': '□',
	'′': '\'', '″': '"', '∕': '/', '⩾': '≥', '⩽': '≤',
}

// letters appends the characters of spans: composed, white space made single,
// and without what has no look or would turn a line around.
func letters(out []letter, spans []page.Span) []letter {
	top := len(out)
	for _, s := range spans {
		f := face.Regular
		switch {
		case s.Mono:
			f = face.Mono
		case s.Bold:
			f = face.Bold
		}
		for _, r := range composed(s.Text) {
			if r > unicode.MaxASCII {
				if other, ok := instead[r]; ok && !f.Has(r) {
					r = other
				}
			}
			switch {
			case r == '\u00a0' || ' ' < r && r <= '~':
			case unicode.IsSpace(r):
				r = ' '
				if n := len(out); n == top || out[n-1].r == ' ' {
					continue
				}
			case r == '\u200c' || r == '\u200d': // joiners shape the letters beside them
			case unicode.In(r, unicode.Cf, unicode.Cc, unicode.Variation_Selector):
				continue
			}
			out = append(out, letter{r, int32(f.Width(r)), f})
		}
	}
	for len(out) > top && out[len(out)-1].r == ' ' {
		out = out[:len(out)-1]
	}
	return out
}

// composed is a text of whole characters, each of one piece.
func composed(text string) string {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return norm.NFC.String(strings.ToValidUTF8(text, "\ufffd"))
		}
	}
	return text
}

func widthOf(ls []letter) int {
	wide := 0
	for _, l := range ls {
		wide += int(l.width)
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
func joins(r rune) bool {
	return r > unicode.MaxLatin1 && unicode.In(r, unicode.M) || r == '\u200c' || r == '\u200d'
}

// runs puts the letters of a line together again, face by face.
func runs(ls []letter, size float64) []Run {
	n, long := 0, 0
	for i, l := range ls {
		long += utf8.RuneLen(l.r)
		if i == 0 || l.face != ls[i-1].face {
			n++
		}
	}
	var b strings.Builder // of the whole line: a run is a part of it
	b.Grow(long)
	out := make([]Run, 0, n)
	x, from, begin := 0, 0, 0
	for i, l := range ls {
		b.WriteRune(l.r)
		if i+1 < len(ls) && ls[i+1].face == l.face {
			continue
		}
		out = append(out, Run{b.String()[begin:], l.face, points(x, size)})
		x += widthOf(ls[from : i+1])
		from, begin = i+1, b.Len()
	}
	return out
}

func points(units int, size float64) float64 { return float64(units) * size / face.PerEm }
func units(pt, size float64) int             { return int(pt / size * face.PerEm) }
