package measure

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
