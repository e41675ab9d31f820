package measure

import "strings"

// measured reads the unit after a figure and returns the quantity and the
// token that follows it.
func (s *scanner) measured(f figure) (q Quantity, next int, ok bool) {
	for read := range readings {
		if q, next, ok = readings[read](s, f); ok {
			q.Sign = f.sign
			if f.plus {
				q.Approx = AtLeast
			}
			return q, next, true
		}
	}
	return Quantity{}, f.next, false
}

// readings are the kinds of unit in the order in which they are tried: what
// is left over is counted.
var readings = [...]func(*scanner, figure) (Quantity, int, bool){
	(*scanner).money, (*scanner).percent, (*scanner).duration, (*scanner).points, (*scanner).factor, (*scanner).rateOrCount,
}

// unitAt returns the word that can be the unit of f: written on to it, after
// a space, or after a hyphen ("38-minute").
func (s *scanner) unitAt(f figure) (w string, at int, isGlued bool) {
	i := f.next
	if i >= len(s.toks) || s.toks[i].gap > line {
		return "", 0, false
	}
	if s.hyphen(i) && s.toks[i+1].class == word {
		w := s.lower(i + 1)
		if len(w) < 2 { // "5-s" is no unit
			return "", 0, false
		}
		return w, i + 1, false
	}
	if s.toks[i].class != word {
		return "", 0, false
	}
	if s.toks[i].gap == glued {
		if s.toks[i].to-s.toks[i].from == 1 {
			return s.str(i), i, true // one letter means what its case says
		}
		return s.lower(i), i, true
	}
	if s.toks[i].to-s.toks[i].from == 1 {
		return s.str(i), i, false
	}
	return s.lower(i), i, false
}

func quantity(k Kind, f figure) Quantity {
	value, step := f.scaled()
	return Quantity{Kind: k, Value: value, High: value, Step: step}
}

// money reads "$3.2M", "USD 5,000", "3.2M USD" and "165,000 dollars".
func (s *scanner) money(f figure) (Quantity, int, bool) {
	q := quantity(Amount, f)
	q.Unit = f.currency
	next := f.next
	if next < len(s.toks) && s.toks[next].class == word && s.toks[next].gap <= line {
		code, ok := currencyWord(s.str(next))
		switch {
		case q.Unit == "" && ok && s.toks[next].gap != glued:
			q.Unit = code
			next++
		case q.Unit != "" && s.toks[next].gap == glued:
			return q, f.next, false // "$5xx"
		case ok && code == q.Unit:
			next++
		}
	}
	if q.Unit == "" || f.comma || f.half {
		return q, f.next, false
	}
	return s.price(q, next)
}

// price reads what money is paid for: "$32,000 a minute", "$266,667 of orders
// a minute", "$5 per request".
func (s *scanner) price(q Quantity, next int) (Quantity, int, bool) {
	at := next
	if s.lowerAt(at) == "of" && plural(s.lowerAt(at+1)) {
		at += 2
	}
	switch w := s.lowerAt(at); w {
	case "a", "an", "each", "every":
		if _, spoken, ok := period(s.lowerAt(at + 1)); ok && len(s.lowerAt(at+1)) > 1 {
			q.Mark = "per " + spoken
			return q, at + 2, true
		}
	case "per":
		thing := s.lowerAt(at + 1)
		if _, spoken, ok := period(thing); ok {
			thing = spoken
		} else if _, _, ok := period(s.lowerAt(at + 2)); ok && !functionWords[thing] { // "per avoided minute"
			thing += " " + s.lowerAt(at+2)
			at++
		}
		if thing != "" && !functionWords[thing] {
			q.Mark = "per " + thing
			return q, at + 2, true
		}
	}
	if s.is(next, "/") && s.toks[next].gap == glued {
		if _, spoken, ok := period(s.lowerAt(next + 1)); ok {
			q.Mark = "per " + spoken
			return q, next + 2, true
		}
	}
	return q, next, true
}

// percent reads "12%", "12 percent" and "12 per cent".
func (s *scanner) percent(f figure) (Quantity, int, bool) {
	q := quantity(Share, f)
	i := f.next
	if f.currency != "" || f.scale != 1 || i >= len(s.toks) || s.toks[i].gap > line {
		return q, i, false
	}
	if s.is(i, "%") {
		return q, i + 1, !s.gluedDigit(i + 1)
	}
	w, at, isGlued := s.unitAt(f)
	switch {
	case isGlued:
	case w == "percent":
		if p := s.lowerAt(at + 1); p == "point" || p == "points" {
			return q, i, false
		}
		return q, at + 1, true
	case w == "per" && s.lowerAt(at+1) == "cent":
		return q, at + 2, true
	}
	return q, i, false
}

// points reads percentage points. In words, "three points" are arguments
// unless they are said to be of a percentage, or to be more or less.
func (s *scanner) points(f figure) (Quantity, int, bool) {
	q := quantity(Points, f)
	if f.currency != "" || f.scale != 1 {
		return q, f.next, false
	}
	w, at, isGlued := s.unitAt(f)
	switch {
	case w == "pp" || w == "pps" && !isGlued:
		return q, at + 1, true
	case isGlued:
	case w == "percentage" || w == "percent":
		if s.hyphen(at + 1) {
			at++
		}
		if p := s.lowerAt(at + 1); p == "point" || p == "points" {
			return q, at + 2, true
		}
	case w == "point" || w == "points":
		if !f.spelt || s.changeAfter(at+1) != 0 {
			return q, at + 1, true
		}
	}
	return q, f.next, false
}

// duration reads a length of time in one unit or several: "38 min",
// "1 h 30 min", "7 minutes and 30 seconds", "an hour and a half".
func (s *scanner) duration(f figure) (Quantity, int, bool) {
	q := quantity(Duration, f)
	if f.currency != "" || f.scale != 1 {
		return q, f.next, false
	}
	w, at, isGlued := s.unitAt(f)
	u, ok := timeUnit(w, isGlued)
	if !ok || s.noDuration(f, u, at) {
		return q, f.next, false
	}
	if f.half && u == millisecond {
		return q, f.next, false
	}
	q.Value, q.Step = u.seconds(f.value), u.seconds(f.step)
	next := at + 1
	if f.step == 1 && s.lowerAt(next) == "and" && s.lowerAt(next+1) == "a" && s.lowerAt(next+2) == "half" {
		q.Value, q.Step = u.seconds(f.value+0.5), u.seconds(0.5)
		next += 3
	}
	if f.step == 1 {
		q, next = s.smaller(q, u, next)
	}
	if s.isLetters(next) && s.toks[next].gap == glued {
		return q, f.next, false // "30s3x"
	}
	q.High = q.Value
	return q, next, true
}

// smaller adds the smaller units of a duration.
func (s *scanner) smaller(q Quantity, u unit, next int) (Quantity, int) {
	for next < len(s.toks) && u.mul > 1 {
		at := next
		if s.lowerAt(at) == "and" || s.is(at, ",") && s.listsTime(at+1) {
			at++
		}
		if at >= len(s.toks) || s.toks[at].gap > line || s.toks[at].class == mark {
			break
		}
		f, ok := s.figure(at, true)
		if !ok || !f.plainNumber() || f.comma || f.half || f.plus {
			break
		}
		w, end, isGlued := s.unitAt(f)
		if w == "m" && u == hour { // "1 h 30 m"
			isGlued = true
		}
		v, ok := timeUnit(w, isGlued)
		if !ok && s.leftOver(f, u) { // "3 h 40"
			q.Value, q.Step = q.Value+f.value*u.mul/60, u.mul/60
			return q, f.next
		}
		if !ok || v.mul >= u.mul || v == millisecond || v.seconds(f.value) >= u.mul {
			break
		}
		q.Value += v.seconds(f.value)
		q.Step = v.seconds(f.step)
		u, next = v, end+1
		if f.step != 1 {
			break
		}
	}
	return q, next
}

// leftOver reports whether a number after hours or minutes is the sixtieths
// that go with them, their unit left out: two digits, and nothing after them
// that they could count.
func (s *scanner) leftOver(f figure, u unit) bool {
	if u.mul != 3600 && u.mul != 60 || f.spelt || f.step != 1 || f.value >= 60 || s.toks[f.first].to-s.toks[f.first].from != 2 {
		return false
	}
	if f.next >= len(s.toks) || s.toks[f.next].gap > line {
		return true
	}
	if s.toks[f.next].class == word {
		switch s.lower(f.next) {
		case "after", "later", "to", "from", "until", "till", "before", "and", "but", "in", "at", "since":
			return s.toks[f.next].gap != glued
		}
		return false
	}
	switch s.str(f.next) {
	case ".", ",", ";", ")", "!", "?", "|", "·":
		return s.toks[f.next].gap == glued && (f.next+1 >= len(s.toks) || s.toks[f.next+1].gap != glued) || s.is(f.next, "|") || s.is(f.next, "·")
	}
	return false
}

// listsTime reports whether token i goes on with a duration whose last part
// follows an "and": "3 days, 4 hours and 12 minutes".
func (s *scanner) listsTime(i int) bool {
	middle, ok := timeUnit(s.lowerAt(i+1), false)
	if !ok || !s.isNumber(i) || s.lowerAt(i+2) != "and" || !s.isNumber(i+3) {
		return false
	}
	last, ok := timeUnit(s.lowerAt(i+4), false)
	return ok && last.mul < middle.mul
}

// isNumber reports whether token i is a number, in digits or in a word.
func (s *scanner) isNumber(i int) bool {
	if i < 0 || i >= len(s.toks) {
		return false
	}
	_, spelt := numberWord(s.lower(i))
	return spelt || s.toks[i].class == numeral
}

// noDuration finds what only looks like a length of time.
func (s *scanner) noDuration(f figure, u unit, at int) bool {
	digits := f.next - 1
	w := s.lower(at)
	after := s.lowerAt(at + 1)
	switch {
	case after == "past" && (s.hourWord(at+2) || s.lowerAt(at+2) == "midnight" || s.lowerAt(at+2) == "noon"), after == "to" && (s.lowerAt(at+2) == "midnight" || s.lowerAt(at+2) == "noon"):
		return true // "ten minutes past two"
	case after == "to" && w == "minutes" && s.hourWord(at+2):
		return true // "five minutes to ten"
	case f.first > 1 && s.lower(f.first-1) == "and" && s.clockEnds(f.first-2):
		return true // "at 21:29 and 30 seconds"
	case w == "s" && s.toks[at].gap == glued && (httpCode(f.value) || s.decade(f, digits)):
		return true // "503s", "the 90s"
	case f.spelt && f.value == 1 && w == "second" && s.isLetters(at+1) && !functionWords[after]:
		return true // "one second engineer"
	case s.isYear(f) && u.mul >= 3600:
		return true
	}
	return false
}

// hourWord reports whether token i is an hour on the clock, alone.
func (s *scanner) hourWord(i int) bool {
	v, ok := numberWord(s.lowerAt(i))
	if !ok || v < 1 || v > 12 {
		return false
	}
	_, unit := timeUnit(s.lowerAt(i+1), false)
	return !unit
}

// clockEnds reports whether token i is the end of a clock time.
func (s *scanner) clockEnds(i int) bool {
	return i > 1 && s.toks[i].class == numeral && s.toks[i].gap == glued && s.is(i-1, ":")
}

// decade reports whether "90s" names a decade.
func (s *scanner) decade(f figure, digits int) bool {
	if f.value >= 100 {
		return s.isYear(f)
	}
	before := s.lower(digits - 1)
	return int(f.value)%10 == 0 && f.value >= 50 && (before == "the" || before == "early" || before == "late")
}

// factor reads "1.35×", "1.35x", "1.35 times the usual" and "tenfold"; near
// an error budget, a burn rate.
func (s *scanner) factor(f figure) (Quantity, int, bool) {
	q := quantity(Factor, f)
	i := f.next
	if f.currency != "" || f.scale != 1 || i >= len(s.toks) || s.toks[i].gap > line {
		return q, i, false
	}
	if s.is(i, "×") {
		return s.burning(q, i+1, !s.multiplies(i+1))
	}
	w, at, isGlued := s.unitAt(f)
	switch {
	case w == "x" && isGlued:
		return s.burning(q, at+1, !s.gluedDigit(at+1) && !s.multiplies(at+1))
	case w == "fold" && (isGlued || s.toks[at].gap == glued):
		return q, at + 1, true
	case w == "times" && !isGlued:
		b, next, _ := s.burning(q, at+1, true)
		return b, next, b.Kind == Burn || f.step != 1 || f.half || s.compared(at+1)
	}
	if next, ok := s.burnRate(f); ok {
		q.Kind = Burn
		return q, next, true
	}
	return q, i, false
}

// multiplies reports whether token i is another number: "2 × 3".
func (s *scanner) multiplies(i int) bool {
	if i >= len(s.toks) || s.toks[i].gap > line {
		return false
	}
	_, money := currencySymbol(s.str(i))
	return s.toks[i].class == numeral || money
}

// compared reports whether "times" at i-1 compares rather than counts.
func (s *scanner) compared(i int) bool {
	w := s.lowerAt(i)
	return comparisons[w] && (w != "the" || !occasions[s.lowerAt(i+1)])
}

// burning turns a factor into a burn rate when its sentence speaks of one.
func (s *scanner) burning(q Quantity, next int, ok bool) (Quantity, int, bool) {
	if s.burnAfter(next) || !s.compared(next) && s.burnBefore(next-2) {
		q.Kind = Burn
	}
	return q, next, ok
}

// burnAfter looks for the budget's rate in the next four words.
func (s *scanner) burnAfter(i int) bool {
	for n := 0; n < 4 && i < len(s.toks) && s.toks[i].class == word && s.toks[i].gap <= line; n++ {
		switch w := s.lower(i); w {
		case "sustainable", "burn":
			return true
		case "budget":
			return s.lowerAt(i+1) == "rate"
		}
		i++
	}
	return false
}

// burnBefore looks for a burn rate earlier in the sentence.
func (s *scanner) burnBefore(i int) bool {
	for n := 0; n < 24 && i >= 0; n++ {
		switch {
		case s.is(i, ".") && i+1 < len(s.toks) && s.toks[i+1].gap != glued, s.is(i, "?"), s.is(i, "!"), s.is(i, "|"):
			return false
		case s.toks[i].class == word && s.toks[i].to-s.toks[i].from < 8:
			if w := s.lower(i); w == "burn" || w == "burned" || w == "burns" || w == "burning" || w == "burnt" {
				return true
			}
		}
		if s.toks[i].gap == paragraph {
			return false
		}
		i--
	}
	return false
}

// burnRate reads a number without a unit after "burn rate of".
func (s *scanner) burnRate(f figure) (next int, ok bool) {
	i := f.first - 1
	switch s.lower(i) {
	case "of", "was", "is", "above", "over":
		i--
	}
	if s.lower(i) != "rate" || s.lower(i-1) != "burn" || !f.plainNumber() || f.comma {
		return 0, false
	}
	if s.isLetters(f.next) && !functionWords[s.lowerAt(f.next)] || s.hyphen(f.next) {
		return 0, false
	}
	return f.next, true
}

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
