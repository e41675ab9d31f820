package chart

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// The size of a chart's text in CSS pixels; the theme's style sheet says the
// same.
const (
	textSize = 12
	lineStep = 16 // from one line of text to the next
	Ascent   = 11 // above the base line, with what stands on capitals
	Descent  = 4  // below it
)

// narrowRunes are the advances of ASCII from the space on, in hundredths of
// the text size. They are those of DejaVu Sans, the widest of the system fonts
// that pages are read with, so that no reader's text is wider than its place.
var narrowRunes = [...]uint8{
	32, 41, 46, 84, 64, 96, 78, 28, 40, 40, 50, 84, 32, 37, 32, 34, // space to /
	64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 34, 34, 84, 84, 84, 54, // 0 to ?
	100, 69, 69, 70, 78, 64, 58, 78, 76, 30, 30, 66, 56, 87, 75, 79, // @ to O
	61, 79, 70, 64, 62, 74, 69, 99, 69, 62, 69, 40, 34, 40, 84, 50, // P to _
	50, 62, 64, 55, 64, 62, 36, 64, 64, 28, 28, 58, 28, 98, 64, 62, // ` to o
	64, 64, 42, 53, 40, 64, 60, 82, 60, 60, 53, 64, 34, 64, 84, // p to ~
}

// bolder is how much wider text is in semibold.
const bolder = 1.13

// Width estimates how wide a line of text is, in CSS pixels, never too small.
func Width(s string, bold bool) float64 {
	hundredths := 0
	for _, r := range s {
		hundredths += advance(r)
	}
	w := float64(hundredths) * textSize / 100
	if bold {
		w *= bolder
	}
	return w
}

func advance(r rune) int {
	switch {
	case r >= ' ' && r <= '~':
		return int(narrowRunes[r-' '])
	case r == '\u00a0':
		return 32
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf, unicode.Cc):
		return 0
	case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Bopomofo, unicode.Yi) ||
		r >= 0x3000 && r <= 0x303f || r >= 0xff01 && r <= 0xff60 || r >= 0x20000:
		return 104
	case r >= 0x1f000 || r >= 0x2600 && r < 0x2800:
		return 130 // emoji and pictures
	case unicode.In(r, unicode.Arabic, unicode.Hebrew, unicode.Latin, unicode.Greek, unicode.Cyrillic) && unicode.IsLower(r):
		return 72
	case unicode.In(r, unicode.Arabic, unicode.Hebrew):
		return 78
	}
	return 100
}

// shorten cuts a line to at most so many pixels, with an ellipsis for what is
// gone; the whole text stands in the twin.
func shorten(s string, bold bool, most float64) string {
	if Width(s, bold) <= most {
		return s
	}
	for s != "" {
		_, size := utf8.DecodeLastRuneInString(s)
		s = s[:len(s)-size]
		cut := strings.TrimRightFunc(s, func(r rune) bool {
			return unicode.IsSpace(r) || unicode.IsPunct(r) || unicode.In(r, unicode.Mn, unicode.Cf)
		})
		if Width(cut+"…", bold) <= most {
			return cut + "…"
		}
	}
	return ""
}

// rightToLeft reports whether a text holds letters that are read from the
// right.
func rightToLeft(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool {
		return unicode.In(r, unicode.Arabic, unicode.Hebrew, unicode.Syriac, unicode.Thaana, unicode.Nko)
	})
}
