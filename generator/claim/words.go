package claim

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"debrief/generator/prose"
)

// shareAWord reports whether two texts have a longer word in common, whatever
// its ending.
func shareAWord(a, b string) bool {
	b = prose.FoldCase(b)
	for _, word := range strings.FieldsFunc(prose.FoldCase(a), func(r rune) bool { return !unicode.IsLetter(r) }) {
		if len(word) > 4 && firstWord(b, word[:5]) >= 0 {
			return true
		}
	}
	return false
}

// namesAny reports whether a word of text begins with one of the alternatives,
// divided by "|".
func namesAny(text, alternatives string) bool {
	for a := range strings.SplitSeq(alternatives, "|") {
		if firstWord(text, a) >= 0 {
			return true
		}
	}
	return false
}

func least(a, b int) int {
	if a < 0 || b < a {
		return b
	}
	return a
}

// namesAll reports whether a sentence holds every longer word of a name.
func namesAll(sentence, name string) bool {
	found := false
	for _, word := range strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return !unicode.IsLetter(r) }) {
		if len(word) < 4 {
			continue
		}
		if firstWord(sentence, strings.TrimSuffix(word, "s")) < 0 {
			return false
		}
		found = true
	}
	return found
}

// startsWith reports whether words begin as a phrase does.
func startsWith(list []string, phrase string) bool {
	for k, word := range strings.Fields(phrase) {
		if k >= len(list) || list[k] != word {
			return false
		}
	}
	return true
}

// clauseAfter are the words behind a figure, up to the end of its clause.
func clauseAfter(w spot) []string {
	after := w.text[w.end:w.to]
	if i := strings.IndexAny(after, ",;:()"); i >= 0 {
		after = after[:i]
	}
	return plainWords(after)
}

// plainWords are the words of a text without signs.
func plainWords(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool {
		if r < utf8.RuneSelf {
			return !('a' <= r && r <= 'z' || '0' <= r && r <= '9' || 'A' <= r && r <= 'Z')
		}
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
}

func words(list string) map[string]bool {
	set := make(map[string]bool)
	for _, w := range strings.Fields(list) {
		set[w] = true
	}
	return set
}

// wordsBetween are the words after the one that a cue begins.
func wordsBetween(s string) []string {
	rest := strings.TrimLeftFunc(s, unicode.IsLetter)
	return strings.Fields(trimPunctuation(rest))
}

// trimPunctuation takes signs off words; a colon stays, it connects.
func trimPunctuation(s string) string {
	return signs.Replace(s)
}

var signs = strings.NewReplacer("*", "", "_", "", "~", "", "≈", "", "\u00a0", " ", ":", " : ", "|", " ", "·", " ", "-", " ")

// firstWord is where a word of text begins with start; −1 when none does.
func firstWord(text, start string) int {
	for from := 0; ; {
		i := strings.Index(text[from:], start)
		if i < 0 {
			return -1
		}
		at := from + i
		if before, _ := utf8.DecodeLastRuneInString(text[:at]); at == 0 || !unicode.IsLetter(before) {
			return at
		}
		from = at + 1
	}
}

// lastWord is the same from the end.
func lastWord(text, start string) int {
	for to := len(text); ; {
		i := strings.LastIndex(text[:to], start)
		if i < 0 {
			return -1
		}
		if before, _ := utf8.DecodeLastRuneInString(text[:i]); i == 0 || !unicode.IsLetter(before) {
			return i
		}
		to = i
	}
}
