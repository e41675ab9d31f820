package search

import (
	"bytes"
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

// A splitter finds the words of a text as they are indexed: folded, and a
// figure with its unit also as one word, so that "38 min" finds "38 minutes"
// and not every page with a 38 and a minute. A sign of money before a figure
// says no more than the figure. Two words with a hyphen are also one, so that
// "rollback" finds a roll-back. themes/client/words.js does the same to what
// is typed.
type splitter struct {
	found  func(word []byte) // told each; the bytes are only lent
	number []byte            // the word before, when it was a number without a unit
	text   []byte            // the room for the text that is split
	joined []byte            // the room for two words as one
}

// split finds the words of a text. Letters of ASCII are made small on the way,
// the others only in chunks that hold some.
func (s *splitter) split(said string) {
	text := append(s.text[:0], said...)
	s.text, s.number = text, nil
	for at := 0; at < len(text); at++ {
		from := at
		for at < len(text) && small[text[at]] != 0 {
			text[at] = small[text[at]]
			at++
		}
		if at > from && s.number == nil && (at == len(text) || text[at] == ' ') { // as most are
			s.found(text[from:at])
			continue
		}
		var is uint8
		for at < len(text) && text[at] != ' ' {
			is |= looks[text[at]]
			if c := small[text[at]]; c != 0 {
				text[at] = c
			}
			at++
		}
		if is&wide == 0 {
			s.chunk(text[from:at])
			continue
		}
		for chunk := range bytes.FieldsSeq(text[from:at]) {
			s.chunk(folded(chunk))
		}
	}
}

// small are the small forms of the letters in ASCII.
var small = func() (small [256]byte) {
	for c := 'a'; c <= 'z'; c++ {
		small[c], small[c-'a'+'A'] = byte(c), byte(c)
	}
	return small
}()

// chunk finds the words of what stands between white space, folded.
func (s *splitter) chunk(rest []byte) {
	var hyphened []byte // the word before the hyphen before this word
	for len(rest) > 0 {
		var figure, word []byte
		figure, word, rest = cut(rest)
		if len(figure) == 0 && len(word) == 0 {
			continue
		}
		if len(figure) == 0 && len(hyphened) > 0 {
			s.both(hyphened, word)
		}
		hyphened = nil
		if len(figure) == 0 && len(rest) > 0 && rest[0] == '-' {
			if r, _ := utf8.DecodeRune(rest[1:]); unicode.IsLetter(r) {
				hyphened, rest = word, rest[1:]
			}
		}
		unit := word
		short, known := "", false
		if len(figure) > 0 || s.number != nil {
			if short, known = units[string(word)]; known {
				unit = []byte(short)
			}
		}
		switch {
		case len(figure) > 0 && len(word) == 0:
			s.number = figure
			s.found(figure)
			continue
		case len(figure) > 0:
			s.found(figure)
			s.both(figure, unit)
		case known:
			s.both(s.number, unit)
			s.found(word)
		default:
			s.found(word)
		}
		s.number = nil
	}
}

// both finds two words as one.
func (s *splitter) both(first, second []byte) {
	s.joined = append(append(s.joined[:0], first...), second...)
	s.found(s.joined)
}

// cut takes the first word off a folded text without spaces: a figure with or
// without what is written onto it, or a word alone; neither where a sign
// stands. Scripts that put no space between words are taken apart into their
// signs.
func cut(s []byte) (figure, word, rest []byte) {
	switch c := s[0]; {
	case c >= 'a' && c <= 'z':
		end := letters(s)
		return nil, s[:end], s[end:]
	case c < utf8.RuneSelf && (c < '0' || c > '9'):
		return nil, nil, s[1:]
	}
	r, size := utf8.DecodeRune(s)
	switch {
	case unicode.IsNumber(r):
		end := digits(s)
		figure, s = ungrouped(s[:end]), s[end:]
		end = 0
		if r, size := utf8.DecodeRune(s); r == '%' {
			end = size
		} else if unicode.IsLetter(r) {
			end = letters(s)
		}
		return figure, s[:end], s[end:]
	case r >= utf8.RuneSelf && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai):
		return nil, s[:size], s[size:]
	case unicode.IsLetter(r):
		end := letters(s)
		return nil, s[:end], s[end:]
	}
	return nil, nil, s[size:]
}

// digits returns how far a number reaches that may hold points, commas and
// colons.
func digits(s []byte) int {
	end := 0
	for {
		for {
			r, size := utf8.DecodeRune(s[end:])
			if !unicode.IsNumber(r) {
				break
			}
			end += size
		}
		if end == len(s) || !strings.ContainsRune(".,:", rune(s[end])) {
			return end
		}
		if r, _ := utf8.DecodeRune(s[end+1:]); !unicode.IsNumber(r) {
			return end
		}
		end++
	}
}

// letters returns how far letters and digits reach.
func letters(s []byte) int {
	for end := 0; end < len(s); {
		if c := s[end]; 'a' <= c && c <= 'z' || '0' <= c && c <= '9' {
			end++
			continue
		}
		r, size := utf8.DecodeRune(s[end:])
		if !unicode.IsLetter(r) && !unicode.IsNumber(r) {
			return end
		}
		end += size
	}
	return len(s)
}

func ungrouped(figure []byte) []byte {
	if bytes.IndexByte(figure, ',') < 0 {
		return figure
	}
	return bytes.ReplaceAll(figure, []byte(","), nil)
}

// folded makes the ways to write a word one: case, accents, width.
func folded(s []byte) []byte {
	if bytes.IndexFunc(s, folds) < 0 {
		return s
	}
	return norm.NFC.Bytes(bytes.Map(plainRune, bytes.ToLower(norm.NFKD.Bytes(s))))
}

// folds reports whether a rune may be another when folded. The signs that prose
// and figures are full of are not, and need not be looked up.
func folds(r rune) bool {
	switch r {
	case '‘', '’', '“', '”', '–', '—', '−', '×', '÷', '·', '•', '→', '←':
		return false
	}
	return r >= utf8.RuneSelf
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
