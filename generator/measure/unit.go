package measure

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
