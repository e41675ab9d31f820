package prose

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxSentence is how many bytes a sentence may have. Nobody says a longer one,
// and whoever weighs the words around a figure takes time that grows with the
// sentence, for each figure in it.
const maxSentence = 1000

// Sentences cuts running text into its sentences: the bytes from and to of
// each, without the space around it. A full stop ends a sentence when space
// follows it and it belongs neither to an abbreviation ("e.g.", "approx.",
// "J. Smith"), nor to dots that trail off in the middle ("we waited ... and
// waited"). What goes on for more than maxSentence bytes is cut.
func Sentences(text string) [][2]int { return AppendSentences(nil, text) }

// AppendSentences appends the sentences of a text to others.
func AppendSentences(out [][2]int, text string) [][2]int {
	from := 0
	add := func(to int) {
		s := text[from:to]
		start := from + len(s) - len(strings.TrimLeftFunc(s, unicode.IsSpace))
		if end := start + len(strings.TrimSpace(s)); end > start {
			out = append(out, [2]int{start, end})
		}
		from = to
	}
	for at := 0; at < len(text); {
		for most := min(len(text), from+maxSentence); at < most && !mayEnd[text[at]]; {
			at++
		}
		if at == len(text) {
			break
		}
		r, size := utf8.DecodeRuneInString(text[at:])
		next := at + size
		switch {
		case r == '\n', at-from >= maxSentence && unicode.IsSpace(r), at-from >= 2*maxSentence:
			add(at)
		case r == '。' || r == '！' || r == '？':
			add(next)
		case r == '.' || r == '!' || r == '?' || r == '…':
			stop := at
			for next < len(text) { // "?!", "...", ".”", ".)"
				more, size := utf8.DecodeRuneInString(text[next:])
				if !strings.ContainsRune(".!?…\"'”’»)]", more) {
					break
				}
				next += size
			}
			if endsAt(text, from, stop, next) {
				add(next)
			}
		}
		at = next
	}
	add(len(text))
	return out
}

// mayEnd are the bytes that may end a sentence, or begin a character that does.
var mayEnd = func() (may [256]bool) {
	for c := range may {
		may[c] = c >= utf8.RuneSelf
	}
	for _, c := range "\n.!?" {
		may[c] = true
	}
	return may
}()

// endsAt reports whether the marks in text[stop:next] end the sentence that
// began at from.
func endsAt(text string, from, stop, next int) bool {
	if next == len(text) {
		return true
	}
	after, _ := utf8.DecodeRuneInString(text[next:])
	if !unicode.IsSpace(after) {
		return false
	}
	rest := strings.TrimLeftFunc(text[next:], unicode.IsSpace)
	first, _ := utf8.DecodeRuneInString(rest)
	goesOn := unicode.IsLower(first)
	marks := text[stop:next]
	if strings.HasPrefix(marks, "…") || strings.HasPrefix(marks, "..") {
		return !goesOn
	}
	if marks != "." {
		return !goesOn || !strings.ContainsAny(marks, "\"'”’»)]") // "Why?" she asked
	}
	word := text[from:stop]
	if i := strings.LastIndexFunc(word, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("(\"“'‘[,;:/–—", r) }); i >= 0 {
		_, size := utf8.DecodeRuneInString(word[i:])
		word = word[i+size:]
	}
	switch low := strings.ToLower(word); low {
	case "e.g", "i.e", "eg", "ie", "vs", "approx", "cf", "mr", "mrs", "dr", "prof", "st", "incl", "excl", "resp", "viz", "ca", "fig":
		return false
	case "no", "nr", "vol", "p", "pp", "art", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec":
		return !unicode.IsDigit(first)
	case "etc", "a.m", "p.m", "min", "sec", "hr", "hrs", "mins", "secs", "max", "avg", "inc", "ltd", "dept":
		return !goesOn
	}
	if word == "Ms" {
		return false // and not 50 ms
	}
	if utf8.RuneCountInString(word) == 1 && word != "I" {
		if r, _ := utf8.DecodeRuneInString(word); unicode.IsUpper(r) {
			return false // J. Smith
		}
	}
	return true
}
