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
	holds := spoken(0) // of the word so far
	end := func() {
		switch {
		case holds&aDigit != 0:
			n += 2
		case holds&aLetter != 0:
			n++
		}
		holds = 0
	}
	for i := 0; i < len(text); {
		switch s := spokenASCII[text[i]]; s {
		case white:
			end()
			i++
		case brace:
			if holds == 0 && strings.HasPrefix(text[i:], "{{") {
				holds |= aDigit
			}
			holds |= other
			i++
		case foreign:
			r, size := utf8.DecodeRuneInString(text[i:])
			i += size
			switch {
			case unicode.IsSpace(r):
				end()
			case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana):
				end()
				n++
			case unicode.IsDigit(r):
				holds |= aDigit
			case unicode.IsLetter(r):
				holds |= aLetter
			default:
				holds |= other
			}
		default:
			holds |= s
			for i++; i < len(text) && spokenASCII[text[i]] == s; {
				i++
			}
		}
	}
	end()
	return n
}

// spoken says what a word holds, or what kind of byte one is.
type spoken uint8

const (
	aLetter spoken = 1 << iota
	aDigit
	other
	white
	brace
	foreign // no ASCII
)

var spokenASCII = func() (of [256]spoken) {
	for c := range 256 {
		switch {
		case c >= utf8.RuneSelf:
			of[c] = foreign
		case c == ' ' || c >= '\t' && c <= '\r':
			of[c] = white
		case c >= '0' && c <= '9':
			of[c] = aDigit
		case c|0x20 >= 'a' && c|0x20 <= 'z':
			of[c] = aLetter
		case c == '{':
			of[c] = brace
		case c > ' ':
			of[c] = other
		}
	}
	return of
}()
