package search

import (
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// units are the words of a unit by how figures are indexed with it.
var units = map[string]string{
	"s": "s", "sec": "s", "second": "s", "seconds": "s",
	"min": "min", "mins": "min", "minute": "min", "minutes": "min",
	"h": "h", "hr": "h", "hrs": "h", "hour": "h", "hours": "h",
	"ms": "ms", "millisecond": "ms", "milliseconds": "ms",
	"d": "d", "day": "d", "days": "d", "week": "wk", "weeks": "wk",
	"percent": "%", "points": "pp", "point": "pp", "pp": "pp",
	"million": "m", "billion": "bn", "k": "k", "kb": "kb", "mb": "mb", "gb": "gb", "tb": "tb",
	"x": "x", "times": "x",
}

// Words returns the words of a text as they are indexed: folded, and a figure
// with its unit also as one word, so that "38 min" finds "38 minutes" and not
// every page with a 38 and a minute. A sign of money before a figure says no
// more than the figure. Two words with a hyphen are also one, so that
// "rollback" finds a roll-back. themes/client/words.js does the same to what
// is typed.
func Words(text string) iter.Seq[string] { return make(foldings).words(text) }

func (f foldings) words(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		number := "" // the word before, when it was a number without a unit
		for text != "" {
			if end, next := simple(text); end > 0 && number == "" {
				if !yield(text[:end]) {
					return
				}
				text = text[next:]
				continue
			}
			end, next := field(text)
			chunk := text[:end]
			text = text[next:]
			hyphened := "" // the word before the hyphen before this word
			for rest := f.folded(chunk); rest != ""; {
				var figure, word string
				figure, word, rest = cut(rest)
				if figure == "" && word == "" {
					continue
				}
				if figure == "" && hyphened != "" && !yield(hyphened+word) {
					return
				}
				hyphened = ""
				if figure == "" && strings.HasPrefix(rest, "-") {
					if r, _ := utf8.DecodeRuneInString(rest[1:]); unicode.IsLetter(r) {
						hyphened, rest = word, rest[1:]
					}
				}
				unit, known := word, false
				if figure != "" || number != "" {
					if unit, known = units[word]; !known {
						unit = word
					}
				}
				switch {
				case figure != "" && word == "":
					number = figure
					if !yield(figure) {
						return
					}
					continue
				case figure != "":
					if !yield(figure) || !yield(figure+unit) {
						return
					}
				case known && number != "":
					if !yield(number+unit) || !yield(word) {
						return
					}
				default:
					if !yield(word) {
						return
					}
				}
				number = ""
			}
		}
	}
}

// simple returns where a word ends that is itself as it stands, small letters
// up to a space or a sign before one, and where the next begins: most of every
// text. Both are 0 where there is none.
func simple(s string) (end, next int) {
	for end < len(s) && 'a' <= s[end] && s[end] <= 'z' {
		end++
	}
	next = end
	if next < len(s) && (s[next] == ',' || s[next] == '.') {
		next++
	}
	switch {
	case next == len(s):
		return end, next
	case s[next] == ' ':
		return end, next + 1
	}
	return 0, 0
}

// field returns where what stands before the next space ends, and where it
// goes on behind that.
func field(s string) (end, next int) {
	for i, r := range s {
		if unicode.IsSpace(r) {
			return i, i + utf8.RuneLen(r)
		}
	}
	return len(s), len(s)
}

// cut takes the first word off a folded text without spaces: a figure with or
// without what is written onto it, or a word alone; neither where a sign
// stands. Scripts that put no space between words are taken apart into their
// signs.
func cut(s string) (figure, word, rest string) {
	switch c := s[0]; {
	case c >= 'a' && c <= 'z':
		end := letters(s)
		return "", s[:end], s[end:]
	case c < utf8.RuneSelf && (c < '0' || c > '9'):
		return "", "", s[1:]
	}
	r, size := utf8.DecodeRuneInString(s)
	switch {
	case unicode.IsNumber(r):
		end := digits(s)
		figure, s = s[:end], s[end:]
		if strings.HasPrefix(s, "%") {
			return ungrouped(figure), "%", s[1:]
		}
		if r, _ := utf8.DecodeRuneInString(s); unicode.IsLetter(r) {
			end = letters(s)
		} else {
			end = 0
		}
		return ungrouped(figure), s[:end], s[end:]
	case r >= utf8.RuneSelf && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai):
		return "", s[:size], s[size:]
	case unicode.IsLetter(r):
		end := letters(s)
		return "", s[:end], s[end:]
	}
	return "", "", s[size:]
}

// digits returns how far a number reaches that may hold points, commas and
// colons.
func digits(s string) int {
	end := 0
	for {
		for {
			r, size := utf8.DecodeRuneInString(s[end:])
			if !unicode.IsNumber(r) {
				break
			}
			end += size
		}
		if end == len(s) || !strings.ContainsRune(".,:", rune(s[end])) {
			return end
		}
		if r, _ := utf8.DecodeRuneInString(s[end+1:]); !unicode.IsNumber(r) {
			return end
		}
		end++
	}
}

// letters returns how far letters and digits reach.
func letters(s string) int {
	ascii := 0
	for ascii < len(s) && ('a' <= s[ascii] && s[ascii] <= 'z' || '0' <= s[ascii] && s[ascii] <= '9') {
		ascii++
	}
	for i, r := range s[ascii:] {
		if !unicode.IsLetter(r) && !unicode.IsNumber(r) {
			return ascii + i
		}
	}
	return len(s)
}

func ungrouped(figure string) string { return strings.ReplaceAll(figure, ",", "") }

// foldings remember how words that are not all small letters are folded:
// the same few begin sentences again and again.
type foldings map[string]string

// mostFoldings keeps a text in another script from being remembered as a whole.
const mostFoldings = 1 << 12

// folded makes the ways to write a word one: case, accents, width.
func (f foldings) folded(s string) string {
	if isSmall(s) {
		return s
	}
	now, known := f[s]
	if !known {
		now = fold(s)
		if len(f) < mostFoldings {
			f[strings.Clone(s)] = strings.Clone(now)
		}
	}
	return now
}

// isSmall reports whether a word is folded as it stands.
func isSmall(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf || 'A' <= s[i] && s[i] <= 'Z' {
			return false
		}
	}
	return true
}

func fold(s string) string {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return norm.NFC.String(strings.Map(plainRune, strings.ToLower(norm.NFKD.String(s))))
		}
	}
	return strings.ToLower(s)
}

func plainRune(r rune) rune {
	switch {
	case r == 'ς': // which the script writes at the end of a word
		return 'σ'
	case r == '\u00ad' || unicode.Is(unicode.Mn, r):
		return -1
	}
	return r
}
