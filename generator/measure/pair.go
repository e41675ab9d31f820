package measure

// A link is how two figures stand together.
type link int

const (
	apart   link = iota
	ranging      // "2–3 min", "2 to 3 minutes", "between 2 and 3 minutes"
	moving       // "from 12 to 2%", "12 → 2%"
	listing      // "12 and 2%": two figures of one unit
)

// linkAt reads the link after token i-1, for a figure that begins at first.
// It returns where the second figure begins.
func (s *scanner) linkAt(i, first int) (l link, next int) {
	if i+1 >= len(s.toks) || s.toks[i].gap > line {
		return apart, i
	}
	tight := s.toks[i].gap == glued && s.toks[i+1].gap == glued
	loose := s.toks[i].gap != glued && s.toks[i+1].gap != glued
	if s.toks[i].class == mark {
		switch s.str(i) {
		case "-":
			if s.is(i+1, ">") && s.toks[i+1].gap == glued {
				return moving, i + 2
			}
			if tight {
				return ranging, i + 1
			}
		case "–":
			if tight || loose {
				return ranging, i + 1
			}
		case "—", "‑", "‐":
			if tight {
				return ranging, i + 1
			}
		case "→", "⇒", "➔":
			return moving, i + 1
		}
		return apart, i
	}
	switch s.lower(i) {
	case "to":
		if s.introduced(first, "from") {
			return moving, i + 1
		}
		return ranging, i + 1
	case "and":
		if s.introduced(first, "between") {
			return ranging, i + 1
		}
		return listing, i + 1
	case "or":
		return ranging, i + 1
	}
	return apart, i
}

// introduced reports whether w stands before the figure at token i, at most an
// approximation between them.
func (s *scanner) introduced(i int, w string) bool {
	for n := 0; n < 3 && i > 0; n++ {
		if s.toks[i].gap > line {
			return false
		}
		i--
		p := s.lower(i)
		if p == w {
			return true
		}
		if p != "" && !aboutWord(p) && p != "over" && p != "under" && p != "the" && p != "of" && p != "p50" && p != "p99" && p != "median" {
			return false
		}
	}
	return false
}

// withPartner emits a quantity, as a range when its upper end follows, and
// gives its unit to a bare figure that it changes to ("from 100 ms to 82").
func (s *scanner) withPartner(f figure, q Quantity, next int) int {
	l, at := s.linkAt(next, f.first)
	if l == apart || l == listing {
		s.emit(f.first, next, q)
		return next
	}
	g, ok := s.figure(at, true)
	if !ok {
		s.emit(f.first, next, q)
		return next
	}
	if q.Kind == Amount && g.currency == "" && l == ranging && s.toks[at].gap == glued {
		return s.sharedCurrency(f, g, q, next)
	}
	p, end, ok := s.measured(g)
	lower := q
	if lower.Mark == "" {
		lower.Mark = p.Mark
	}
	switch {
	case ok && l == ranging && lower.Same(p) && p.Value > q.Value && lower.Mark == p.Mark && (q.Kind != Count || q.Unit == p.Unit):
		s.emit(f.first, end, span(q, p))
		return end
	case !ok && l == moving && q.Kind != Count && q.Kind != Rate && s.ends(g):
		s.emit(f.first, next, q)
		value, step := g.scaled()
		ratio := q.Value / f.value
		p = q
		p.Value, p.High, p.Step = value*ratio, value*ratio, step*ratio
		if f.value != 0 && f.scale == 1 && q.Step == f.step*ratio {
			s.emit(g.first, g.next, p)
			return g.next
		}
		return next
	}
	s.emit(f.first, next, q)
	return next
}

// ends reports whether nothing after a bare figure could be its unit.
func (s *scanner) ends(f figure) bool {
	if f.spelt || !f.plainNumber() || f.comma || s.isYear(f) {
		return false
	}
	if f.next >= len(s.toks) || s.toks[f.next].gap > line {
		return true
	}
	t := s.toks[f.next]
	switch t.class {
	case mark:
		return t.gap == glued && (f.next+1 == len(s.toks) || s.toks[f.next+1].gap != glued)
	case word:
		w := s.lower(f.next)
		return t.gap != glued && functionWords[w] && w != "of" && w != "am" && w != "pm" && w != "o"
	}
	return false
}

// sharedCurrency reads "$155–185k": the second figure has the currency of the
// first, and the first the scale of the second.
func (s *scanner) sharedCurrency(f, g figure, q Quantity, next int) int {
	if f.scale == 1 && f.value < g.value {
		f.scale = g.scale
	}
	g.currency = f.currency
	p, end, ok := s.money(g)
	a := quantity(Amount, f)
	if f.currency == "" || !ok || p.Value <= a.Value {
		s.emit(f.first, next, q)
		return next
	}
	a.Unit, a.Mark, a.Sign = f.currency, p.Mark, f.sign
	s.emit(f.first, end, span(a, p))
	return end
}

// sharedUnit reads a bare figure that is linked to one with a unit, and emits
// both, or one range.
func (s *scanner) sharedUnit(f figure) (next int, ok bool) {
	l, at := s.linkAt(f.next, f.first)
	if l == apart || f.currency != "" || s.isYear(f) || s.named(f.first) || s.listNumber(f.next-1) {
		return 0, false
	}
	g, ok := s.figure(at, true)
	if !ok || f.spelt && (l == listing || f.value == 1 && l == ranging && !s.gluedRange(f)) {
		return 0, false
	}
	q, next, ok := s.measured(g)
	if !ok || g.sign != 0 && f.sign == 0 && l != moving {
		return 0, false
	}
	weak := q.Kind == Count || q.Kind == Rate
	if l == listing && weak {
		return 0, false
	}
	p, ok := share(f, g, q, l)
	if !ok {
		return 0, false
	}
	if l == ranging && p.Value < q.Value {
		s.emit(f.first, next, span(p, q))
		return next, true
	}
	if l == ranging && (weak || s.lower(at-1) != "to") {
		return 0, false // "12–2" counts down to nothing we know
	}
	s.emit(f.first, f.next, p)
	s.emit(g.first, next, q)
	return next, true
}

// gluedRange reports whether a dash ties a figure to its partner.
func (s *scanner) gluedRange(f figure) bool { return s.toks[f.next].class == mark }

// share gives f the unit of g, which was read as q.
func share(f, g figure, q Quantity, l link) (Quantity, bool) {
	if f.scale == 1 && g.scale != 1 && f.value < g.value {
		f.scale = g.scale // "2 to 3 million"
	}
	if f.scale != 1 && g.scale == 1 {
		return Quantity{}, false
	}
	p := q
	value, step := f.scaled()
	gv, _ := g.scaled()
	if q.Kind == Duration || q.Kind == Rate {
		if gv == 0 {
			return Quantity{}, false
		}
		// The unit is what turned g into q; a duration of several units has none.
		u, ok := unitOf(q, g)
		if !ok {
			return Quantity{}, false
		}
		value, step = value*u.mul/u.div, step*u.mul/u.div
	}
	p.Value, p.High, p.Step, p.Sign = value, value, step, f.sign
	return p, true
}

// unitOf recovers the unit of a figure from what it was read as.
func unitOf(q Quantity, g figure) (unit, bool) {
	if q.Kind == Rate {
		_, step := g.scaled()
		return unit{q.Step, step}, true
	}
	for _, u := range []unit{microsecond, millisecond, second, minute, hour, dayUnit, weekUnit} {
		if u.seconds(g.value) == q.Value && u.seconds(g.step) == q.Step {
			return u, true
		}
	}
	return unit{}, false
}

// span is the range from a to b, as precise as the more precise end.
func span(a, b Quantity) Quantity {
	a.High = b.Value
	a.Step = min(a.Step, b.Step)
	if a.Sign == 0 {
		a.Sign = b.Sign
	}
	if a.Mark == "" {
		a.Mark = b.Mark
	}
	return a
}
