package measure

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// Scan returns the quantities of a text in their order. Years, dates, clock
// times, versions, identifiers, status codes and numbers that name something
// ("step 4", "SEV-1", "p99") are none, and neither is what code in backticks
// or a {{template}} says. What could be read in two ways is left out.
func Scan(text string) []Found {
	room := rooms.Get().(*[]token)
	defer rooms.Put(room)
	*room = tokens(text, (*room)[:0])
	s := scanner{text: text, toks: *room}
	for i := 0; i < len(s.toks); {
		next := s.read(i)
		i = max(next, i+1)
	}
	return s.found
}

// rooms are for the tokens of a text, which nobody needs after it.
var rooms = sync.Pool{New: func() any { return new([]token) }}

// A scanner reads the quantities of one text. Each reading looks a fixed
// number of tokens ahead and back, so that a scan takes linear time.
type scanner struct {
	text  string
	toks  []token
	found []Found
}

// read reads what begins at token i and returns where to go on.
func (s *scanner) read(i int) int {
	switch t := s.toks[i]; t.class {
	case numeral:
		return s.readFigure(i)
	case mark:
		if _, ok := currencySymbol(s.str(i)); ok || s.signAt(i) != 0 {
			return s.readFigure(i)
		}
	case word:
		return s.readWord(i)
	}
	return i + 1
}

// readWord reads the quantities that begin with a word.
func (s *scanner) readWord(i int) int {
	w := s.str(i)
	if len(w) > 9 || len(w) == 0 {
		return i + 1
	}
	switch w[0] {
	case 'z', 'o', 't', 'f', 's', 'e', 'n', 'Z', 'O', 'T', 'F', 'S', 'E', 'N':
		lower := s.lower(i)
		if _, ok := numberWord(lower); ok {
			return s.readFigure(i)
		}
		switch {
		case lower == "n" && s.is(i+1, "="):
			return s.readSample(i)
		case w == "T" && (s.is(i+1, "+") || s.is(i+1, "−") || s.is(i+1, "-")):
			return s.readOffset(i)
		}
	case 'P':
		if strings.HasPrefix(w, "PT") {
			return s.readISO(i)
		}
	}
	if len(w) == 3 && w[2] <= 'Z' && currencies[w] {
		return s.readFigure(i)
	}
	switch w[0] {
	case 'h', 'q', 'a', 't', 'd', 'H', 'A', 'T', 'D': // of the idioms
		return s.readIdiom(i)
	}
	if strings.HasSuffix(w, "fold") {
		return s.readIdiom(i)
	}
	return i + 1
}

// readFigure reads a number with its unit, and the number it is paired with.
func (s *scanner) readFigure(i int) int {
	a, ok := s.figure(i, false)
	if !ok {
		return s.skip(i)
	}
	q, next, ok := s.measured(a)
	if ok {
		return s.withPartner(a, q, next)
	}
	if next, ok := s.sharedUnit(a); ok {
		return next
	}
	return s.skip(a.next - 1)
}

// emit records a quantity and what stands around it.
func (s *scanner) emit(first, next int, q Quantity) {
	if q.High == 0 {
		q.High = q.Value
	}
	s.surroundings(first, next, &q)
	s.found = append(s.found, Found{s.toks[first].from, s.toks[next-1].to, q})
}

// skip returns what follows token i and all that is written on to it: the
// rest of a clock time, a date, an identifier.
func (s *scanner) skip(i int) int {
	for i++; i < len(s.toks) && s.toks[i].gap == glued; i++ {
		if s.toks[i].class != mark {
			continue
		}
		if i+1 >= len(s.toks) || s.toks[i+1].gap != glued || s.toks[i+1].class == mark {
			return i
		}
		switch s.text[s.toks[i].from] {
		case '-', '.', ':', '/', '_', '+':
		default:
			return i
		}
	}
	return i
}

// standsFree reports whether what is written on to the left of token i leaves
// it a number. In "INC-4711", "24/7" and "10:02" it is part of a name.
func (s *scanner) standsFree(i int) bool {
	if i == 0 || s.toks[i].gap != glued {
		return true
	}
	if s.toks[i-1].class != mark {
		_, money := currencySymbol(s.str(i)) // "US$5"
		return money && s.toks[i-1].class == word
	}
	before := byte(0)
	if i > 1 && s.toks[i-1].gap == glued {
		before = s.text[s.toks[i-2].to-1]
	}
	switch s.str(i - 1) {
	case "(", "[", "\"", "“", "”", "‘", "’", "'", "*", "~", "≈", "<", ">", "≤", "≥", "|", ";", "—", "…", "!", "?", "«", "„":
		return true
	case "-", "‑", "‐":
		return before == 0 || !isDigit(before) && !isLetter(before) && before < utf8.RuneSelf
	case "–":
		return before == 0 || !isDigit(before)
	case "=", "→":
		return !strings.ContainsRune("=&?", rune(before))
	}
	return false
}

// endsFree reports whether what is written on to the right of numeral i
// leaves it a number.
func (s *scanner) endsFree(i int) bool {
	if i+1 >= len(s.toks) || s.toks[i+1].gap != glued || s.toks[i+1].class != mark {
		return true
	}
	switch s.str(i + 1) {
	case ":", "/", ",":
		return !s.gluedDigit(i + 2)
	case ".":
		return i+2 >= len(s.toks) || s.toks[i+2].gap != glued || s.toks[i+2].class == mark
	case "_", "@", "°", "^", "\\", "#", "&", "=":
		return false
	}
	return true
}

// listNumber reports whether numeral i numbers a list item: "1." or "2)" at
// the start of a line.
func (s *scanner) listNumber(i int) bool {
	if s.toks[i].gap < line || !s.is(i+1, ".") && !s.is(i+1, ")") || s.toks[i+1].gap != glued {
		return false
	}
	return i+2 >= len(s.toks) || s.toks[i+2].gap != glued
}

// named reports whether the figure at token i is the name of something: a
// number after "step" or "July", or after a name inside a sentence
// ("Postgres 14").
func (s *scanner) named(i int) bool {
	if i == 0 || s.toks[i].gap > line {
		return false
	}
	p := s.toks[i-1]
	if p.class == mark {
		return s.is(i-1, "#") || s.is(i-1, "№")
	}
	if p.class != word {
		return false
	}
	if numbered[s.lower(i-1)] {
		return true
	}
	r, _ := utf8.DecodeRuneInString(s.text[p.from:])
	if !unicode.IsUpper(r) || s.str(i-1) == "I" {
		return false
	}
	return !s.startsSentence(i-1) || !s.opensSentence(i-1)
}

// opensSentence reports whether the first word of a sentence may stand before
// a count: "All 2,300 reports", "Lost 12 orders" and not "Postgres 14 hosts".
func (s *scanner) opensSentence(i int) bool {
	w := s.lower(i)
	large := s.toks[i+1].to-s.toks[i+1].from > 3 && !strings.Contains(s.str(i+1), ".")
	return functionWords[w] || strings.HasSuffix(w, "ed") || strings.HasSuffix(w, "ing") || aboutWord(w) || large || s.toks[i+1].class == word
}

// startsSentence reports whether token i is the first word of a sentence, or
// follows a mark that may begin one.
func (s *scanner) startsSentence(i int) bool {
	return i == 0 || s.toks[i].gap >= paragraph || s.toks[i-1].class == mark && s.str(i-1) != "," && s.str(i-1) != "-"
}

// isYear reports whether a figure is more likely a year than a quantity.
func (s *scanner) isYear(f figure) bool {
	if f.spelt || !f.plainNumber() || f.step != 1 || f.value < 1900 || f.value >= 2100 {
		return false
	}
	t := s.toks[f.next-1]
	return t.to-t.from == 4
}

// str is the text of token i.
func (s *scanner) str(i int) string { return s.text[s.toks[i].from:s.toks[i].to] }

// is reports whether token i is a mark.
func (s *scanner) is(i int, m string) bool {
	return i >= 0 && i < len(s.toks) && s.toks[i].class == mark && s.str(i) == m
}

// lower is the text of token i in lower case, "" when it is no word.
func (s *scanner) lower(i int) string {
	if i < 0 || i >= len(s.toks) || s.toks[i].class != word || s.toks[i].to-s.toks[i].from > 40 {
		return ""
	}
	w := s.str(i)
	for k := 0; k < len(w); k++ {
		if w[k] < 'a' || w[k] > 'z' {
			return strings.ToLower(w)
		}
	}
	return w
}

// lowerAt is the word i in the same paragraph as the token before it.
func (s *scanner) lowerAt(i int) string {
	if i >= len(s.toks) || i > 0 && s.toks[i].gap > line {
		return ""
	}
	return s.lower(i)
}

// hyphen reports whether token i is a hyphen between two words.
func (s *scanner) hyphen(i int) bool {
	return i+1 < len(s.toks) && s.toks[i].gap == glued && s.toks[i+1].gap == glued && (s.is(i, "-") || s.is(i, "‑") || s.is(i, "‐"))
}

func (s *scanner) gluedDigit(i int) bool {
	return i < len(s.toks) && s.toks[i].gap == glued && (s.toks[i].class == numeral || s.toks[i].class == name)
}
