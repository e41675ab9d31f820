package measure

import (
	"strings"
	"unicode"
)

// surroundings reads the words beside a quantity: how firmly it is meant, in
// which direction it changes and which figure of a distribution it is.
func (s *scanner) surroundings(first, next int, q *Quantity) {
	before := first
	if a, from := s.approxBefore(first, q); a != Exact {
		q.Approx = a
		before = from
	} else if q.Approx == Exact {
		q.Approx = s.approxAfter(next)
	}
	if q.Sign == 0 && q.Kind != Factor && q.Kind != Burn {
		q.Sign = s.changeBefore(before)
		if q.Sign == 0 && (q.Kind == Share || q.Kind == Points) {
			q.Sign = s.changeAfter(next) // "seven minutes less" may be a length
		}
	}
	if q.Mark == "" {
		q.Mark = s.markBeside(before, next, q)
	}
	if q.Mark == "" {
		q.Mark = s.markInherited(before, q)
	}
}

// markInherited gives the end of a change the mark of its beginning: in "p99
// from 400 to 250 ms" both are p99.
func (s *scanner) markInherited(before int, q *Quantity) string {
	if len(s.found) == 0 || before < 2 || s.lower(before-1) != "to" && !s.is(before-1, "→") && !s.is(before-1, ">") {
		return ""
	}
	last := s.found[len(s.found)-1]
	end := s.toks[before-2].to
	if s.is(before-1, ">") {
		end-- // "->"
	}
	if last.Kind != q.Kind || last.To != strings.LastIndexFunc(s.text[last.From:end], notSpace)+1+last.From || !ofDistribution(last.Mark) {
		return ""
	}
	return last.Mark
}

func notSpace(r rune) bool { return !unicode.IsSpace(r) }

func aboutWord(w string) bool {
	switch w {
	case "about", "around", "roughly", "approximately", "approx", "nearly", "almost", "some", "circa", "ca":
		return true
	}
	return false
}

// approxBefore reads the approximation before token i and returns where it
// begins.
func (s *scanner) approxBefore(i int, q *Quantity) (Approx, int) {
	if i == 0 || s.toks[i].gap == paragraph {
		return Exact, i
	}
	if s.toks[i-1].class == mark {
		return s.approxMark(i)
	}
	w := s.lower(i - 1)
	switch {
	case w == "":
		return Exact, i
	case aboutWord(w):
		return About, i - 1
	case w == "under" || w == "below" || w == "within":
		return AtMost, i - 1
	case w == "above" || w == "beyond" || w == "exceeding":
		return AtLeast, i - 1
	case w == "over":
		if q.Kind == Duration && q.Value >= 86400 || q.Unit == "months" || q.Unit == "years" {
			return Exact, i // "over 30 days" says when, not how long at least
		}
		return AtLeast, i - 1
	case w == "to" && s.lower(i-2) == "up", w == "most" && s.lower(i-2) == "at":
		return AtMost, i - 2
	case w == "least" && s.lower(i-2) == "at":
		return AtLeast, i - 2
	case w == "than":
		return s.approxThan(i)
	}
	return Exact, i
}

// approxThan reads "more than", "less than" and their negations before token i.
func (s *scanner) approxThan(i int) (Approx, int) {
	no := s.lower(i-3) == "no" || s.lower(i-3) == "not"
	from := i - 2
	if no {
		from--
	}
	switch s.lower(i - 2) {
	case "less", "fewer":
		if no {
			return AtLeast, from
		}
		return AtMost, from
	case "more", "longer", "greater":
		if no {
			return AtMost, from
		}
		return AtLeast, from
	}
	return Exact, i
}

// approxMark reads "~", "<" and their like before token i.
func (s *scanner) approxMark(i int) (Approx, int) {
	t := s.toks[i-1]
	switch s.str(i - 1) {
	case "~", "≈":
		return About, i - 1
	case "≤":
		return AtMost, i - 1
	case "≥":
		return AtLeast, i - 1
	case "<":
		return AtMost, i - 1
	case ">":
		// Not a quoted line, nor an arrow, nor the end of a tag.
		if t.gap >= line || i > 1 && t.gap == glued {
			return Exact, i
		}
		return AtLeast, i - 1
	}
	return Exact, i
}

// approxAfter reads "or so", "or more", "or less" and "at most".
func (s *scanner) approxAfter(i int) Approx {
	w := s.lowerAt(i + 1)
	switch s.lowerAt(i) {
	case "or":
		switch w {
		case "so":
			return About
		case "more", "longer":
			return AtLeast
		case "less", "fewer":
			return AtMost
		}
	case "at":
		switch w {
		case "most":
			return AtMost
		case "least":
			return AtLeast
		}
	}
	return Exact
}

// changeBefore reads "minus", "plus", "up" and "down" before token i.
func (s *scanner) changeBefore(i int) int {
	if i == 0 || s.toks[i].gap == paragraph {
		return 0
	}
	switch s.lower(i - 1) {
	case "minus", "down":
		return -1
	case "plus", "up":
		return 1
	}
	return 0
}

// changeAfter reads "less", "fewer", "more" and their like from token i.
func (s *scanner) changeAfter(i int) int {
	switch s.lowerAt(i) {
	case "less", "fewer", "lower":
		return -1
	case "more", "higher":
		return 1
	}
	return 0
}

// markBeside reads which figure of a distribution stands between before and
// next: "p99 250 ms", "a median of 11 minutes", "82 ms at the median".
func (s *scanner) markBeside(before, next int, q *Quantity) string {
	if q.Kind == Duration && s.lower(before-1) == "every" && s.toks[before].gap <= line {
		return "every"
	}
	if q.Kind == Factor || q.Kind == Burn || q.Kind == Points || q.Unit == "n" {
		return ""
	}
	if m := s.markAfter(next); m != "" {
		return m
	}
	return s.markBefore(before)
}

func (s *scanner) markBefore(i int) string {
	for n := 0; n < 6 && i > 0 && s.toks[i].gap <= line; n++ {
		i--
		t := s.toks[i]
		if t.class == mark {
			if c := s.str(i); c != ":" && c != "=" && c != "(" && c != "~" {
				return ""
			}
			continue
		}
		if t.class != word {
			return ""
		}
		w := s.lower(i)
		if m := distribution(w); m != "" {
			return m
		}
		if !markFillers[w] {
			return ""
		}
	}
	return ""
}

func (s *scanner) markAfter(i int) string {
	if s.is(i, "(") || s.is(i, ",") {
		i++
	}
	switch s.lowerAt(i) {
	case "at", "in", "on":
		i++
	case "mean", "median", "average":
		return distributionNoun(s, i)
	}
	if s.lowerAt(i) == "the" {
		i++
	}
	if i < len(s.toks) && s.toks[i].class == numeral && s.toks[i].gap <= line && s.lowerAt(i+1) == "th" && s.lowerAt(i+2) == "percentile" {
		return "p" + s.str(i)
	}
	return distributionNoun(s, i)
}

// distributionNoun reads a mark after a figure, unless it is about to mark
// the figure after it: "100 ms, median 82 ms".
func distributionNoun(s *scanner, i int) string {
	m := distribution(s.lowerAt(i))
	if m == "" || s.lowerAt(i+1) == "of" || i+1 < len(s.toks) && s.toks[i+1].class == numeral {
		return ""
	}
	return m
}

// distribution reads "p99", "median" and "mean".
func distribution(w string) string {
	switch w {
	case "median", "mean":
		return w
	case "average":
		return "mean"
	}
	if len(w) < 2 || len(w) > 5 || w[0] != 'p' || strings.Trim(w[1:], "0123456789") != "" || len(w) == 2 {
		return ""
	}
	return w
}
