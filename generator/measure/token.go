package measure

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A token is a word, a number or one mark of a text, without its spaces.
type token struct {
	from, to int
	class    class
	gap      gap // what stands before it
}

type class uint8

const (
	mark    class = iota // a single rune that is neither letter nor digit
	word                 // letters, and the digits after them: "p99", "min"
	numeral              // digits with separators: "1,410", "12.96"
	name                 // digits that are no number: "1.8.7", "1_000", a URL
)

type gap uint8

const (
	glued     gap = iota // nothing
	space                // spaces on one line
	line                 // a line's end
	paragraph            // an empty line, or the start of the text
)

// maxNumeral is the longest number people write; more digits are an identifier.
const maxNumeral = 24

// tokens splits a text and appends its tokens. Code in backticks and {{templates}} are left out: what
// they say is not the author's prose.
func tokens(text string, toks []token) []token {
	toks = slices.Grow(toks, len(text)/4+8)
	before := paragraph
	add := func(from, to int, c class) {
		toks = append(toks, token{from, to, c, before})
		before = glued
	}
	for at := 0; at < len(text); {
		switch b := text[at]; {
		case b == ' ' || b == '\t' || b == '\r':
			before = max(before, space)
			at++
		case b == '\n':
			if before >= line {
				before = paragraph
			} else {
				before = line
			}
			at++
		case isDigit(b):
			end, c := numeralEnd(text, at)
			add(at, end, c)
			at = end
		case isLetter(b):
			end, c := wordEnd(text, at, before == glued && len(toks) > 0 && toks[len(toks)-1].class == numeral)
			add(at, end, c)
			at = end
		case b == '`' || b == '{':
			end, ok := opaqueEnd(text, at)
			if ok {
				add(at, end, name)
			} else {
				end = at + 1
				add(at, end, mark)
			}
			at = end
		case b < utf8.RuneSelf:
			add(at, at+1, mark)
			at++
		default:
			r, size := utf8.DecodeRuneInString(text[at:])
			switch {
			case unicode.IsSpace(r) || r == '\u2060' || r == '\u200b':
				before = max(before, space)
			case unicode.IsLetter(r):
				end, c := wordEnd(text, at, false)
				add(at, end, c)
				size = end - at
			default:
				add(at, at+size, mark)
			}
			at += size
		}
	}
	return toks
}

func isDigit(b byte) bool  { return b >= '0' && b <= '9' }
func isLetter(b byte) bool { return b|0x20 >= 'a' && b|0x20 <= 'z' }

// wordEnd is where the word at text[at] ends. A word that follows a number
// directly is a unit and stops before the next digit, as in "1h30m".
func wordEnd(text string, at int, unit bool) (int, class) {
	end := at
	for end < len(text) {
		b := text[end]
		switch {
		case isLetter(b), !unit && (isDigit(b) || b == '_'):
			end++
			continue
		case b < utf8.RuneSelf:
		default:
			r, size := utf8.DecodeRuneInString(text[end:])
			if unicode.IsLetter(r) {
				end += size
				continue
			}
		}
		break
	}
	if strings.HasPrefix(text[end:], "://") {
		for end < len(text) && text[end] > ' ' {
			end++
		}
		return end, name
	}
	return end, word
}

// opaqueEnd is where code in backticks or a {{template}} ends, on its line.
func opaqueEnd(text string, at int) (int, bool) {
	closing := "`"
	if text[at] == '{' {
		if !strings.HasPrefix(text[at:], "{{") {
			return 0, false
		}
		closing = "}}"
	}
	from := at + len(closing)
	rest := text[from:min(from+maxOpaque, len(text))]
	end := strings.Index(rest, closing)
	if end < 0 || strings.IndexByte(rest[:end], '\n') >= 0 {
		return 0, false
	}
	return from + end + len(closing), true
}

// maxOpaque bounds the search for the end of code, so that a text of nothing
// but openings is still read in one pass.
const maxOpaque = 400

// numeralEnd is where the number at text[at] ends. Thousands are parted by a
// comma, an apostrophe or a thin or no-break space; decimals by a point, or by
// a comma that can be nothing else. "3.200.000" and "1.234,5" are numbers too.
func numeralEnd(text string, at int) (int, class) {
	end := digitsEnd(text, at)
	lead := end - at
	points, grouped, byPoints := 0, false, text[at] != '0'
	for end < len(text) {
		sep := text[end]
		next := digitsEnd(text, min(end+1, len(text)))
		digits := next - end - 1
		switch {
		case sep == '_':
			return identifierEnd(text, end), name
		case sep == '.' && digits > 0:
			points++
			byPoints = byPoints && digits == 3 && lead <= 3
			end = next
			continue
		case sep == ',' && digits > 0 && digits < 3 && points > 0 && byPoints:
			return next, numeral
		case sep == ',' && digits == 3 && lead <= 3 && points == 0:
			grouped = true
			end = next
			continue
		case sep == ',' && digits > 0 && digits < 3 && !grouped && points == 0:
			return next, numeral // "0,5": figure decides whether that is a decimal
		case points == 0 && lead <= 3:
			if n := groupLen(text[end:]); n > 0 {
				grouped = true
				end += n
				continue
			}
		}
		break
	}
	if points > 1 && (!byPoints || points > 2) || end-at > maxNumeral { // a version, an address
		return end, name
	}
	return end, numeral
}

func digitsEnd(text string, at int) int {
	for at < len(text) && isDigit(text[at]) {
		at++
	}
	return at
}

func identifierEnd(text string, at int) int {
	for at < len(text) && (isDigit(text[at]) || isLetter(text[at]) || text[at] == '_') {
		at++
	}
	return at
}

// groupLen is the length of a separator that is no comma and the three digits
// after it, or 0.
func groupLen(s string) int {
	r, size := utf8.DecodeRuneInString(s)
	switch r {
	case '\'', '’', '\u00a0', '\u202f', '\u2009', '\u2007':
	default:
		return 0
	}
	if len(s) < size+3 || !isDigit(s[size]) || !isDigit(s[size+1]) || !isDigit(s[size+2]) {
		return 0
	}
	if len(s) > size+3 && isDigit(s[size+3]) {
		return 0
	}
	return size + 3
}
