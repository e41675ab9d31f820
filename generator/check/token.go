package check

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A token is a word or a number in lower case.
type token struct {
	from, to int
	text     string
}

// tokens cuts text into words and numbers and appends them. A hyphen parts
// words, so that run-book and run book are one phrase; an apostrophe and a
// decimal point do not.
func tokens(out []token, text string) []token {
	for at := 0; at < len(text); {
		var r rune
		size := 1
		if c := text[at]; c >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(text[at:])
			if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
				at += size
				continue
			}
		} else if !(c|0x20 >= 'a' && c|0x20 <= 'z' || isDigit(c)) {
			at++
			continue
		}
		from, plain := at, true
		for {
			for at < len(text) && lowerOrDigit[text[at]] {
				at++
			}
			if at == len(text) || text[at] == ' ' {
				break
			}
			if c := text[at]; c >= 'A' && c <= 'Z' {
				plain = false
				at++
				continue
			}
			r, size = utf8.DecodeRuneInString(text[at:])
			if r == '\'' || r == '’' || r == '.' || r == ',' {
				before, _ := utf8.DecodeLastRuneInString(text[:at])
				after, _ := utf8.DecodeRuneInString(text[at+size:])
				ok := unicode.IsLetter(after) && unicode.IsLetter(before)
				if r == '.' || r == ',' {
					ok = unicode.IsDigit(after) && unicode.IsDigit(before)
				}
				if !ok {
					break
				}
			} else if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.Mn, r) {
				break
			}
			if r == '’' {
				plain = false
			}
			at += size
		}
		word := text[from:at]
		if !plain {
			word = strings.ReplaceAll(strings.ToLower(word), "’", "'")
		}
		out = append(out, token{from, at, word})
	}
	return out
}

var lowerOrDigit = func() (is [256]bool) {
	for _, c := range "abcdefghijklmnopqrstuvwxyz0123456789" {
		is[c] = true
	}
	return is
}()
