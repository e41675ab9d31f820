package measure

import (
	"math"
	"strconv"
	"strings"
)

// A figure is a number as written, before its unit is known.
type figure struct {
	first, next int     // its tokens
	value, step float64 // as written: of "3.2 million" 3.2 and 0.1
	scale       float64 // a million
	currency    string
	sign        int
	spelt       bool // in words
	comma       bool // its only separator is a comma before one or two digits
	plus        bool // "100+"
	half        bool // "6½", "six and a half"
}

// scaled returns the value and the step with their scale.
func (f figure) scaled() (value, step float64) {
	return times(f.value, f.scale), times(f.step, f.scale)
}

// plainNumber reports a number that shows neither currency nor sign nor scale.
func (f figure) plainNumber() bool { return f.currency == "" && f.sign == 0 && f.scale == 1 }

// grouped reports a point before three digits. A count has no decimals, so it
// parts thousands there: "2.700 users".
func (f figure) grouped() bool { return f.step == 0.001 && f.value >= 1 && f.scale == 1 }

// figure reads the number that begins at token i: sign, currency, digits or
// words, scale. A linked figure follows a dash and need not stand free.
func (s *scanner) figure(i int, linked bool) (f figure, ok bool) {
	f = figure{first: i, scale: 1}
	if !linked && !s.standsFree(i) {
		return f, false
	}
	j := i
	if f.sign = s.signAt(j); f.sign != 0 {
		j++
	}
	j = s.currencyAt(j, &f)
	if j >= len(s.toks) {
		return f, false
	}
	switch s.toks[j].class {
	case numeral:
		ok = s.digits(j, &f)
	case word:
		ok = f.sign == 0 && f.currency == "" && s.spelt(j, &f)
	}
	if !ok {
		return f, false
	}
	s.half(&f)
	s.scaleAt(&f)
	if s.is(f.next, "+") && s.toks[f.next].gap == glued && !s.gluedDigit(f.next+1) {
		f.plus = true
		f.next++
	}
	return f, true
}

// signAt reads a sign written on a number.
func (s *scanner) signAt(i int) int {
	if i+1 >= len(s.toks) || s.toks[i].class != mark || s.toks[i+1].gap != glued {
		return 0
	}
	if s.toks[i].gap == glued && i > 0 && s.toks[i-1].class != mark {
		return 0
	}
	switch s.str(i) {
	case "+":
		return 1
	case "−", "-", "–", "‑", "‐":
		return -1
	}
	return 0
}

// currencyAt reads a currency before a number and returns what follows it.
func (s *scanner) currencyAt(j int, f *figure) int {
	if j+1 >= len(s.toks) || s.toks[j+1].gap > line {
		return j
	}
	next := s.toks[j+1].class
	switch s.toks[j].class {
	case mark:
		code, ok := currencySymbol(s.str(j))
		if ok && next == numeral {
			if j > 0 && s.toks[j].gap == glued && s.toks[j-1].class == word {
				if code, ok = prefixed(s.str(j-1), code); !ok {
					return j
				}
			}
			f.currency = code
			return j + 1
		}
	case word:
		if w := s.str(j); len(w) == 3 && next == numeral && currencies[w] {
			f.currency = w
			return j + 1
		}
	}
	return j
}

// prefixed reads "US$", "A$" and the like.
func prefixed(prefix, code string) (string, bool) {
	if code != "USD" {
		return "", false
	}
	switch prefix {
	case "US":
		return "USD", true
	case "A", "AU":
		return "AUD", true
	case "C", "CA":
		return "CAD", true
	case "S":
		return "SGD", true
	case "HK":
		return "HKD", true
	case "NZ":
		return "NZD", true
	}
	return "", false
}

// digits reads a number in digits and refuses those that go on as something
// else: a clock time, a fraction, an address.
func (s *scanner) digits(j int, f *figure) bool {
	value, step, comma, ok := parseNumeral(s.str(j))
	if !ok || !s.endsFree(j) {
		return false
	}
	f.value, f.step, f.comma, f.next = value, step, comma, j+1
	return true
}

// parseNumeral reads a numeral token. Comma reports a decimal comma.
func parseNumeral(text string) (value, step float64, comma, ok bool) {
	if points := strings.Count(text, "."); points > 1 || points == 1 && strings.IndexByte(text, ',') > strings.IndexByte(text, '.') {
		text = strings.NewReplacer(".", "", ",", ".").Replace(text) // "3.200.000", "1.234,5"
	}
	if at := strings.IndexByte(text, ','); at >= 0 && len(text)-at < 4 {
		comma = true
		text = text[:at] + "." + text[at+1:]
	}
	var buf [maxNumeral]byte
	digits, decimals, point := buf[:0], 0, false
	for k := 0; k < len(text); k++ {
		switch b := text[k]; {
		case isDigit(b):
			digits = append(digits, b)
			if point {
				decimals++
			}
		case b == '.':
			digits = append(digits, b)
			point = true
		}
	}
	value, err := strconv.ParseFloat(string(digits), 64)
	return value, 1 / math.Pow10(decimals), comma, err == nil
}

// spelt reads a number in words: "five", "twenty-one", "a hundred", "two hundred".
func (s *scanner) spelt(j int, f *figure) bool {
	f.step, f.spelt = 1, true
	v, ok := numberWord(s.lower(j))
	if ok {
		f.value, f.next = v, j+1
		if v >= 20 && s.hyphen(j+1) {
			if ones, ok := numberWord(s.lower(j + 2)); ok && ones > 0 && ones < 10 {
				f.value, f.next = v+ones, j+3
			}
		}
		if s.lowerAt(f.next) == "hundred" && f.value > 0 && f.value < 20 {
			f.value, f.step, f.next = f.value*100, 100, f.next+1
		}
		return true
	}
	if w := s.lower(j); (w == "a" || w == "an") && s.lowerAt(j+1) == "hundred" {
		f.value, f.step, f.next = 100, 100, j+2
		return true
	}
	return false
}

// half reads "½" and "and a half" after a whole number.
func (s *scanner) half(f *figure) {
	switch {
	case f.step != 1:
	case s.is(f.next, "½") && s.toks[f.next].gap == glued:
		f.half, f.next = true, f.next+1
	case s.lowerAt(f.next) == "and" && s.lowerAt(f.next+1) == "a" && s.lowerAt(f.next+2) == "half":
		f.half, f.next = true, f.next+3
	}
	if f.half {
		f.value, f.step = f.value+0.5, 0.5
	}
}

// scaleAt reads k, M, million and the like after a number. A letter that
// stands apart scales money only.
func (s *scanner) scaleAt(f *figure) {
	if f.next >= len(s.toks) || s.toks[f.next].class != word || s.toks[f.next].gap > line {
		return
	}
	w := s.str(f.next)
	money := f.currency != ""
	if !money && f.next+1 < len(s.toks) && len(w) <= 2 {
		_, money = currencyWord(s.str(f.next + 1))
	}
	if s.toks[f.next].gap != glued && len(w) < 3 && !money {
		return
	}
	if scale, ok := scaleWord(w, money); ok {
		f.scale = scale
		f.next++
	}
}
