package measure

import "strings"

// readIdiom reads the quantities that hold no number: "half an hour",
// "twice the load", "doubled".
func (s *scanner) readIdiom(i int) int {
	w := s.lower(i)
	switch w {
	case "half":
		return s.readHalf(i)
	case "quarter":
		if s.lowerAt(i+1) == "of" && s.lowerAt(i+2) == "an" && s.lowerAt(i+3) == "hour" && s.lower(i-1) == "a" {
			s.emit(i-1, i+4, Quantity{Kind: Duration, Value: 900, Step: 600})
			return i + 4
		}
	case "a", "an":
		return s.readOne(i)
	case "twice":
		return s.readTwice(i)
	case "double", "doubled", "doubles":
		return s.readMultiplied(i, 2)
	case "triple", "tripled", "triples":
		return s.readMultiplied(i, 3)
	case "quadruple", "quadrupled":
		return s.readMultiplied(i, 4)
	case "halve", "halved", "halves":
		return s.readMultiplied(i, 0.5)
	}
	if number, ok := strings.CutSuffix(w, "fold"); ok {
		if v, ok := numberWord(number); ok && v > 1 && s.standsFree(i) {
			s.emit(i, i+1, Quantity{Kind: Factor, Value: v, Step: 1})
		}
	}
	return i + 1
}

// readHalf reads "half an hour" and "half the load", not "half past seven".
func (s *scanner) readHalf(i int) int {
	if !s.standsFree(i) || s.hyphen(i+1) || s.lower(i-1) == "a" {
		return i + 1
	}
	next := s.lowerAt(i + 1)
	if next == "a" || next == "an" {
		if u, ok := timeUnit(s.lowerAt(i+2), false); ok {
			s.emit(i, i+3, Quantity{Kind: Duration, Value: u.seconds(0.5), Step: u.seconds(1) / 3})
			return i + 3
		}
		return i + 1
	}
	of := i + 1
	if next == "of" {
		of++
	}
	switch s.lowerAt(of) {
	case "the", "its", "our", "their", "that", "his", "her", "my":
		s.emit(i, i+1, Quantity{Kind: Factor, Value: 0.5, Step: 0.1})
	}
	return i + 1
}

// readOne reads "a minute" and "an hour" where an approximation before them
// makes them lengths ("up to an hour"), and numbers that begin with "a".
func (s *scanner) readOne(i int) int {
	if s.lowerAt(i+1) == "hundred" {
		return s.readFigure(i)
	}
	u, ok := timeUnit(s.lowerAt(i+1), false)
	if !ok || s.toks[i+1].to-s.toks[i+1].from < 3 {
		return i + 1
	}
	q := Quantity{Kind: Duration, Value: u.seconds(1), Step: u.seconds(1)}
	next := i + 2
	if s.lowerAt(next) == "and" && s.lowerAt(next+1) == "a" && s.lowerAt(next+2) == "half" {
		q.Value, q.Step = u.seconds(1.5), u.seconds(0.5)
		s.emit(i, next+3, q)
		return next + 3
	}
	if s.lowerAt(next) == "and" { // "an hour and 35 minutes" is a length whatever stands before it
		if r, end := s.smaller(q, u, next); end > next {
			s.emit(i, end, Quantity{Kind: Duration, Value: r.Value, Step: r.Step})
			return end
		}
	}
	if a, _ := s.approxBefore(i, &q); a == Exact || s.isLetters(next) && !functionWords[s.lowerAt(next)] {
		return i + 1 // also "within a second zone"
	}
	s.emit(i, next, Quantity{Kind: Duration, Value: q.Value, Step: q.Step})
	return next
}

// readTwice reads "twice the load", not "tested twice".
func (s *scanner) readTwice(i int) int {
	switch s.lowerAt(i + 1) {
	case "the", "as", "its", "our", "their", "that", "what":
		if !occasions[s.lowerAt(i+2)] {
			s.emit(i, i+1, Quantity{Kind: Factor, Value: 2, Step: 1})
		}
	}
	return i + 1
}

// readMultiplied reads a verb of multiplication; "double-check" is none, nor
// is the name of a thing ("a double room").
func (s *scanner) readMultiplied(i int, factor float64) int {
	w := s.lower(i)
	if !s.standsFree(i) || s.hyphen(i+1) {
		return i + 1
	}
	step := 1.0
	if factor < 1 {
		step = 0.1
	}
	bare := w == "double" || w == "triple" || w == "quadruple" || w == "halves" || w == "doubles" || w == "triples"
	if bare {
		switch s.lowerAt(i + 1) {
		case "the", "its", "our", "their", "that", "what", "it", "them":
		default:
			return i + 1
		}
	}
	s.emit(i, i+1, Quantity{Kind: Factor, Value: factor, Step: step})
	return i + 1
}

// readSample reads "n = 4".
func (s *scanner) readSample(i int) int {
	if i+2 >= len(s.toks) || s.toks[i+2].class != numeral || !s.standsFree(i) || !s.endsFree(i+2) {
		return i + 1
	}
	value, step, comma, ok := parseNumeral(s.str(i + 2))
	if !ok || comma || step != 1 {
		return i + 1
	}
	s.emit(i, i+3, Quantity{Kind: Count, Value: value, Step: step, Unit: "n"})
	return i + 3
}

// readISO reads "PT20M".
func (s *scanner) readISO(i int) int {
	w := s.str(i)
	d, err := ParseDuration(w)
	if err != nil || !s.standsFree(i) {
		return i + 1
	}
	step := 1.0
	switch w[len(w)-1] {
	case 'M':
		step = 60
	case 'H':
		step = 3600
	}
	s.emit(i, i+1, Quantity{Kind: Duration, Value: d.Seconds(), Step: step})
	return i + 1
}

// readOffset reads "T+5 min" and "T+1:20:30". "T+20:30" may be minutes or
// hours and is left out.
func (s *scanner) readOffset(i int) int {
	if !s.standsFree(i) || i+2 >= len(s.toks) || s.toks[i+1].gap != glued || s.toks[i+2].gap != glued {
		return i + 1
	}
	sign := 1
	if !s.is(i+1, "+") {
		sign = -1
	}
	if s.toks[i+2].class == numeral && s.is(i+3, ":") && s.is(i+5, ":") && s.gluedDigit(i+4) && s.gluedDigit(i+6) {
		end := i + 7
		if d, err := ParseOffset(s.text[s.toks[i].from:s.toks[end-1].to]); err == nil {
			s.emit(i, end, Quantity{Kind: Duration, Value: max(d.Seconds(), -d.Seconds()), Step: 1, Mark: "T+", Sign: sign})
			return end
		}
	}
	f, ok := s.figure(i+2, true)
	if !ok {
		return s.skip(i + 2)
	}
	q, next, ok := s.duration(f)
	if !ok {
		return s.skip(i + 2)
	}
	q.Mark, q.Sign = "T+", sign
	s.emit(i, next, q)
	return next
}
