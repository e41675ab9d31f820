package measure

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
