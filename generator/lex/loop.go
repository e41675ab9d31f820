package lex

import (
	"math"

	"github.com/dlclark/regexp2/v2/syntax"
)

// one matches a character.
func one(n *syntax.RegexNode, next matcher) matcher {
	if n.T == syntax.NtOne {
		c := n.Ch
		return func(m *machine, pos int) int {
			if pos == len(m.text) || m.text[pos] != c {
				return failed
			}
			return next(m, pos+1)
		}
	}
	set := charsetOf(n)
	return func(m *machine, pos int) int {
		if pos == len(m.text) || !set.has(m.text[pos]) {
			return failed
		}
		return next(m, pos+1)
	}
}

// greedy matches as many characters as there are, then fewer.
func greedy(n *syntax.RegexNode, next matcher) matcher {
	set, least, most := charsetOf(n), n.M, n.N
	return func(m *machine, pos int) int {
		to := run1(m, &set, pos, most)
		for ; to >= pos+least; to-- {
			if !m.step() {
				return failed
			}
			if end := next(m, to); end >= 0 {
				return end
			}
		}
		return failed
	}
}

// possessive matches as many characters as there are.
func possessive(n *syntax.RegexNode, next matcher) matcher {
	set, least, most := charsetOf(n), n.M, n.N
	return func(m *machine, pos int) int {
		to := run1(m, &set, pos, most)
		if to < pos+least {
			return failed
		}
		return next(m, to)
	}
}

// lazy matches as few characters as it must, then more.
func lazy(n *syntax.RegexNode, next matcher) matcher {
	set, least, most := charsetOf(n), n.M, n.N
	return func(m *machine, pos int) int {
		if to := run1(m, &set, pos, least); to < pos+least {
			return failed
		}
		for to := pos + least; ; to++ {
			if !m.step() {
				return failed
			}
			if end := next(m, to); end >= 0 {
				return end
			}
			if to-pos == most || to == len(m.text) || !set.has(m.text[to]) {
				return failed
			}
		}
	}
}

// run1 returns where a stretch of characters of a set ends, at most as many.
func run1(m *machine, set *charset, pos, most int) int {
	end := len(m.text)
	if most < end-pos {
		end = pos + most
	}
	for pos < end && set.has(m.text[pos]) {
		pos++
	}
	return pos
}

// loop repeats a group. Unlike its ideal, the engine's loop stops when its
// group has matched nothing, so place and count are kept as the engine does.
func (c *compiler) loop(n *syntax.RegexNode, next matcher) matcher {
	at := c.slot()
	most := math.MaxInt
	if n.N != math.MaxInt32 {
		most = n.N - n.M
	}
	counted := n.N != math.MaxInt32 || n.M > 1
	again := greedyAgain
	if n.T == syntax.NtLazyloop {
		again = lazyAgain
	}
	var body matcher
	branch := again(at, counted, most, &body, next)
	body = c.node(n.Children[0], branch)
	must := n.M > 0
	return func(m *machine, pos int) int {
		was := m.slots[at]
		var end int
		if must {
			m.slots[at] = slot{pos, 1 - n.M}
			end = body(m, pos)
		} else {
			m.slots[at] = slot{mark: -1}
			end = branch(m, pos)
		}
		if end < 0 {
			m.slots[at] = was
		}
		return end
	}
}

// greedyAgain is what stands after the body of a loop: go round once more, or
// else go on.
func greedyAgain(at int, counted bool, most int, body *matcher, next matcher) matcher {
	return func(m *machine, pos int) int {
		if !m.step() {
			return failed
		}
		was := m.slots[at]
		round := pos != was.mark
		if counted {
			round = was.count < most && (round || was.count < 0)
		}
		if round {
			m.slots[at] = slot{pos, was.count + 1}
			if end := (*body)(m, pos); end >= 0 {
				return end
			}
			m.slots[at] = was
			if counted && was.count+1 <= 0 { // not yet as often as it must
				return failed
			}
		}
		if m.steps <= 0 {
			return failed
		}
		return next(m, pos)
	}
}

// lazyAgain is what stands after the body of a lazy loop: go on, or else go
// round once more.
func lazyAgain(at int, counted bool, most int, body *matcher, next matcher) matcher {
	return func(m *machine, pos int) int {
		if !m.step() {
			return failed
		}
		was := m.slots[at]
		if !counted || was.count >= 0 {
			if end := next(m, pos); end >= 0 || m.steps <= 0 {
				return end
			}
			if pos == was.mark || counted && was.count >= most {
				return failed
			}
		}
		m.slots[at] = slot{pos, was.count + 1}
		end := (*body)(m, pos)
		if end < 0 {
			m.slots[at] = was
		}
		return end
	}
}
