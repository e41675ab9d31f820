package chart

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// wrap breaks a text into lines of at most so many pixels: at spaces, beside
// letters of scripts that are written without them, and inside a word only
// where it is wider than a line.
func wrap(text string, most float64) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(text) {
		joined := word
		if line != "" {
			joined = line + " " + word
		}
		if Width(joined, false) <= most {
			line = joined
			continue
		}
		if line != "" && (Width(word, false) <= most || !breaksAnywhere(word)) {
			lines = append(lines, line)
			joined = word
		}
		for Width(joined, false) > most {
			head := headOf(joined, most)
			lines = append(lines, strings.TrimRight(head, " "))
			joined = strings.TrimLeft(joined[len(head):], " ")
		}
		line = joined
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}

// headOf is as much of a text as fits, at least one character; marks stay on
// their letters.
func headOf(text string, most float64) string {
	end := 0
	for at, r := range text {
		next := at + utf8.RuneLen(r)
		if at > 0 && Width(text[:next], false) > most && !unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) {
			break
		}
		end = next
	}
	return text[:end]
}

// breaksAnywhere reports a word of a script that has no spaces.
func breaksAnywhere(word string) bool {
	return strings.ContainsFunc(word, func(r rune) bool {
		return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai)
	})
}
