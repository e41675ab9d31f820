package prose

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// holdsWord reports whether a text holds a letter or a digit at all.
func holdsWord(text string) bool {
	for _, r := range text {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return true
		}
	}
	return false
}

// SpokenWords counts words as they are said: runs without white space that
// hold a letter or a digit. A numeral token ("$3.2M", "38", "12%") or a
// {{fact}} counts two, because figures are longer spoken than written. Chinese
// and Japanese write no spaces, so each of their characters counts.
func SpokenWords(text string) int {
	n := 0
	inWord, letter, digit := false, false, false
	end := func() {
		switch {
		case digit:
			n += 2
		case letter:
			n++
		}
		inWord, letter, digit = false, false, false
	}
	for i := 0; i < len(text); {
		c := text[i]
		if c < utf8.RuneSelf {
			switch {
			case c == ' ' || c >= '\t' && c <= '\r':
				end()
			case c >= '0' && c <= '9':
				digit = true
			case c|0x20 >= 'a' && c|0x20 <= 'z':
				letter = true
			case c == '{' && !inWord && strings.HasPrefix(text[i:], "{{"):
				digit = true
			}
			inWord = inWord || c > ' '
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		i += size
		switch {
		case unicode.IsSpace(r):
			end()
			continue
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana):
			end()
			n++
			continue
		case unicode.IsDigit(r):
			digit = true
		case unicode.IsLetter(r):
			letter = true
		}
		inWord = true
	}
	end()
	return n
}
