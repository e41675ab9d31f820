package prose

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Slug turns a heading's text into its id as GitHub does: lower case, spaces
// become hyphens, everything but letters, marks, digits, '_' and '-' goes.
// Letters of every script stay.
func Slug(text string) string {
	text = strings.TrimSpace(text)
	plain := true
	for i := 0; i < len(text); i++ {
		if c := text[i]; c >= 0x80 || !(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '_') {
			plain = false
			break
		}
	}
	if plain {
		return text
	}
	var b strings.Builder
	b.Grow(len(text))
	for _, r := range text {
		switch {
		case r == ' ' || r == '\t' || r == '\n':
			b.WriteByte('-')
		case r == '-' || isWordRune(r):
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

// isWordRune is \p{Word} of Ruby's regular expressions, which GitHub uses.
func isWordRune(r rune) bool {
	if r < 0x80 {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '_'
	}
	return unicode.In(r, unicode.L, unicode.M, unicode.Nd, unicode.Nl, unicode.Pc, unicode.Other_Alphabetic)
}

// ids hands out ids that are unique in one body.
type ids struct {
	used map[string]int // id → how many numbered ones were made of it
}

// take reserves an id as it is and reports whether it was free.
func (s *ids) take(id string) bool {
	if _, ok := s.used[id]; ok {
		return false
	}
	s.used[id] = 0
	return true
}

// unique reserves base, or base-1, base-2, … as GitHub counts.
func (s *ids) unique(base string) string {
	if base == "" {
		base = "section" // a heading of signs only has no slug
	}
	id := base
	for !s.take(id) {
		s.used[base]++
		id = base + "-" + strconv.Itoa(s.used[base])
	}
	return id
}

// foldSpace trims s and makes every run of white space one space.
func foldSpace(s string) string {
	if folded(s) {
		return s
	}
	return strings.Join(strings.Fields(s), " ")
}

// folded reports a text that foldSpace would leave as it is, as most are.
func folded(s string) bool {
	space := true
	for i := range len(s) {
		c := s[i]
		if c < ' ' || c >= utf8.RuneSelf || c == ' ' && space {
			return false
		}
		space = c == ' '
	}
	return !space || s == ""
}

// wikiHeading is a heading's text as Obsidian puts it into links: signs that
// mean something there become spaces.
func wikiHeading(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune("#^|:%[]\\", r)
	}), " ")
}

// fold keeps only what tells headings apart loosely: letters and digits in
// lower case.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}
