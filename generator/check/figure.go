package check

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// holdsFigure reports whether a sentence holds a quantity, in digits or in
// words, or a {{reference}} to one. Years, dates, clock times, levels,
// severities, percentiles, versions, status codes and numbers of steps are
// none. measure.Scan leaves out what could be read in two ways; here, where a
// sentence without a quantity is the fault, any will do.
func (b *block) holdsFigure(s sentence) bool {
	for i := s.first; i < s.last; i++ {
		c := b.tokens[i].text[0]
		if c >= '0' && c <= '9' {
			if b.isFigure(s, i) {
				return true
			}
		} else if c >= 'a' && c <= 'z' && b.isNumberWord(s, i) {
			return true
		}
	}
	return strings.Contains(b.text[s.from:s.to], "{{")
}

// isFigure reports whether the token, which begins with a digit, is a
// quantity.
func (b *block) isFigure(s sentence, i int) bool {
	t := b.tokens[i]
	digits := strings.TrimRightFunc(t.text, unicode.IsLetter)
	suffix := t.text[len(digits):]
	before, size := utf8.DecodeLastRuneInString(b.text[:t.from])
	after := b.text[t.to:]
	switch {
	case suffix == "st" || suffix == "nd" || suffix == "rd" || suffix == "th", strings.HasPrefix(suffix, "xx"):
		return false // an ordinal, 5xx
	case before == '#' || before == ':' || before == '_' || before == '@':
		return false // a label, the end of a clock time
	case len(after) > 1 && after[0] == ':' && isDigit(after[1]):
		return false // a clock time
	case before == '-' || before == '/' || before == '.':
		if l, _ := utf8.DecodeLastRuneInString(b.text[:t.from-size]); unicode.IsLetter(l) || before == '/' && unicode.IsDigit(l) {
			return false // SEV-2, us-east-1, 24/7, db.2
		}
	case strings.HasPrefix(after, "/") && len(after) > 1 && isDigit(after[1]) && suffix == "":
		return false
	}
	if datePart(b.text, t) {
		return false
	}
	if strings.HasPrefix(after, "%") || strings.HasPrefix(after, " %") || strings.HasPrefix(after, "×") || strings.ContainsRune("$€£¥", before) && before != utf8.RuneError {
		return true
	}
	prev, next := b.word(s, i-1), b.word(s, i+1)
	if suffix == "s" && len(digits) == 3 {
		return false // 503s
	}
	if suffix != "" {
		return true // 38m, 18ms, 3.2m
	}
	switch {
	case unitWords[next]:
		return true
	case monthWords[prev], monthWords[next]:
		return false
	case len(digits) == 4 && (strings.HasPrefix(digits, "19") || strings.HasPrefix(digits, "20")):
		return false // a year
	case labelWords[prev]:
		return false
	case len(digits) == 3 && (digits[0] == '4' || digits[0] == '5') && (digits[1] == '0' || digits[1] == '2'):
		return !codeBefore[prev] && !codeAfter[next] // 503
	}
	return true
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// datePart reports whether a number is part of a date such as 2023-07-11.
func datePart(text string, t token) bool {
	from, to := t.from, t.to
	part := func(c byte) bool { return isDigit(c) || c == '-' || c == '/' || c == '.' }
	for from > 0 && part(text[from-1]) {
		from--
	}
	for to < len(text) && part(text[to]) {
		to++
	}
	whole := strings.TrimRight(text[from:to], "-/.")
	return len(whole) >= 8 && (strings.Count(whole, "-") == 2 || strings.Count(whole, "/") == 2 || strings.Count(whole, ".") >= 2)
}

// isNumberWord reports whether the token is a number in words.
func (b *block) isNumberWord(s sentence, i int) bool {
	word := b.tokens[i].text
	if !numberSieve.mayHold(word) {
		return false
	}
	switch {
	case numberWords[word]:
		return !labelWords[b.word(s, i-1)]
	case word == "one", word == "a":
		next := b.word(s, i+1)
		return word == "one" && unitWords[next] || word == "a" && (next == "third" || next == "quarter" || next == "dozen" || next == "hundred" || next == "thousand" || next == "fifth" || next == "tenth")
	}
	return false
}

var (
	numberWords = set("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen",
		"seventeen", "eighteen", "nineteen", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundred", "hundreds", "thousand", "thousands",
		"million", "millions", "billion", "dozen", "dozens", "half", "halved", "halving", "halves", "twice", "thrice", "double", "doubled", "tripled", "triple", "tenfold", "twofold",
		"thirds", "quarters", "zero", "none")
	numberSieve = sieveOf(numberWords, "one", "a")
	unitWords   = set("ms", "s", "sec", "secs", "second", "seconds", "min", "mins", "minute", "minutes", "h", "hr", "hrs", "hour", "hours", "day", "days", "week", "weeks",
		"month", "months", "year", "years", "percent", "pct", "points", "point", "times", "x", "kb", "mb", "gb", "tb", "rps", "qps", "requests", "request", "errors", "users", "user",
		"customers", "customer", "orders", "order", "pages", "page", "alerts", "alert", "hosts", "host", "dollars", "euros", "pounds", "usd", "eur", "gbp", "k", "m", "million", "billion", "thousand")
	monthWords = set("january", "february", "march", "april", "june", "july", "august", "september", "october", "november", "december",
		"jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec")
	labelWords = set("step", "line", "section", "chapter", "question", "round", "level", "version", "tier", "severity", "sev", "priority", "port", "issue", "ticket", "no",
		"number", "rfc", "http", "status", "code", "phase", "figure", "table", "option", "item", "page", "room", "quarter", "sprint", "ipv")
	codeBefore = set("a", "an", "with", "http", "https", "status", "code", "the", "returned", "returning", "return", "of", "answered")
	codeAfter  = set("error", "errors", "response", "responses", "answer", "answers", "status", "code", "codes", "spike", "spikes", "rate", "s", "page", "pages")
)
