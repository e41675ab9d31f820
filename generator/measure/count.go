package measure

import (
	"strings"
)

// rateOrCount reads a number of things, and how many in what time.
func (s *scanner) rateOrCount(f figure) (Quantity, int, bool) {
	q := quantity(Count, f)
	if f.spelt && s.lower(f.first-2) == "of" && (s.lower(f.first-1) == "those" || s.lower(f.first-1) == "these") {
		return q, f.next, false // "one of those three acts alone"
	}
	if s.lower(f.first-1) == "in" && s.isNumber(f.first-2) {
		return q, f.next, false // "1 in 8 times"
	}
	if f.currency != "" || f.comma || s.named(f.first) || s.listNumber(f.next-1) || s.hyphen(f.next) {
		return q, f.next, false
	}
	if f.next < len(s.toks) && s.toks[f.next].class == word && s.toks[f.next].gap == glued && !sizes[s.lower(f.next)] && !rateUnit(s.lower(f.next)) && s.lower(f.next) != "req" {
		return q, f.next, false
	}
	noun, at := s.noun(f)
	if rateUnit(noun) {
		q.Kind, q.Unit = Rate, noun
		return q, at, true
	}
	if seconds, unit, next, ok := s.perPeriod(noun, at); ok {
		q.Kind, q.Unit = Rate, unit
		q.Value, q.High, q.Step = q.Value/seconds, q.High/seconds, q.Step/seconds
		return q, next, true
	}
	if noun == "" || s.isYear(f) && int(f.value)%100 != 0 || f.spelt && f.value == 1 || s.lowerAt(at) == "per" || s.is(at, "/") {
		return q, f.next, false
	}
	last := noun[strings.LastIndexAny(noun, " -")+1:]
	if !plural(last) && !sizes[last] && !(f.value == 1 && !f.spelt && singulars[last]) {
		return q, f.next, false
	}
	if httpCode(f.value) && f.step == 1 && !f.spelt && statusNoun(noun) {
		return q, f.next, false
	}
	if f.grouped() && !sizes[last] {
		q.Value, q.High, q.Step = q.Value*1000, q.High*1000, q.Step*1000
	}
	q.Unit = noun
	return q, at, true
}

// statusNoun reports what stands after a status code: "503 errors", not "403
// error-minutes".
func statusNoun(noun string) bool {
	switch first, _, _ := strings.Cut(noun, " "); first {
	case "error", "errors", "response", "responses", "status", "statuses":
		return true
	}
	return false
}

// perPeriod reads "per week", "a week" and "/s" after a noun, or after none.
func (s *scanner) perPeriod(noun string, at int) (seconds float64, unit string, next int, ok bool) {
	after := s.lowerAt(at)
	long := ""
	switch {
	case after == "per":
		long = s.lowerAt(at + 1)
	case after == "a" || after == "an":
		if long = s.lowerAt(at + 1); len(long) < 3 {
			return 0, "", 0, false
		}
	case s.is(at, "/") && s.toks[at].gap == glued && at+1 < len(s.toks) && s.toks[at+1].gap == glued:
		long = s.lower(at + 1)
	default:
		return 0, "", 0, false
	}
	seconds, spoken, ok := period(long)
	if !ok {
		return 0, "", 0, false
	}
	if noun != "" {
		spoken = noun + " per " + spoken
	} else {
		spoken = "per " + spoken
	}
	return seconds, spoken, at + 2, true
}

// noun reads what is counted: up to three words that end in a plural, a size,
// or a single word before a rate. It returns the token after it.
func (s *scanner) noun(f figure) (string, int) {
	at := f.next
	first := at
	for n := 0; n < 3 && at < len(s.toks) && s.toks[at].class == word && s.toks[at].gap <= line; n++ {
		w := s.lower(at)
		if n == 0 && (w == "times" || sizes[w] || rateUnit(w) || w == "req" || w == "reqs") {
			return w, at + 1
		}
		if w == "" || functionWords[w] || f.spelt && discourse[w] {
			break
		}
		if _, length := timeUnit(w, true); n == 0 && (length || w == "points" || w == "point") {
			break // it was refused as a duration or as points
		}
		if _, spelt := numberWord(w); spelt {
			break
		}
		end := at + 1
		for s.hyphen(end) && s.toks[end+1].class == word { // "error-minutes"
			w = s.lower(end + 1)
			end += 2
		}
		if plural(w) && !(f.spelt && f.value == 1) {
			return s.phrase(first, end), end
		}
		if n == 0 && (f.value == 1 || s.lowerAt(end) == "per") {
			_, _, _, rate := s.perPeriod(w, end)
			if rate || f.value == 1 && !f.spelt && singulars[w] {
				return s.phrase(first, end), end
			}
		}
		at = end
	}
	return "", f.next
}

// phrase is the text of some tokens in lower case, with single spaces.
func (s *scanner) phrase(from, to int) string {
	text := s.text[s.toks[from].from:s.toks[to-1].to]
	if strings.ContainsAny(text, "‑‐\n\t\u00a0\u202f") || strings.Contains(text, "  ") {
		text = strings.Join(strings.Fields(strings.NewReplacer("‑", "-", "‐", "-").Replace(text)), " ")
	}
	return strings.ToLower(text)
}

func (s *scanner) isLetters(i int) bool {
	return i < len(s.toks) && s.toks[i].class == word && s.toks[i].gap <= line
}
