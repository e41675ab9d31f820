package lex

import (
	"slices"
	"unicode"

	"github.com/dlclark/regexp2/v2/syntax"
)

// A machine is what an expression works on and with.
type machine struct {
	text   []rune
	start  int
	steps  int // left until it is too much; then the match is the engine's
	slots  []slot
	groups []group
}

// A slot is what the engine keeps on its stack for a loop or group: where it
// began, and how often the loop has gone round.
type slot struct{ mark, count int }

// A group is the part of a text that a group has matched last, in runes; empty
// at 0 for none.
type group struct{ from, to int }

// maxSteps is how often a match may try something else, or go round, before it
// is left to the engine and its clock. Matches of ordinary code take hundreds.
const maxSteps = 1 << 15

func (m *machine) begin(pos, slots, groups int) {
	m.start, m.steps = pos, maxSteps
	if len(m.slots) < slots {
		m.slots = make([]slot, slots)
	}
	if len(m.groups) < groups {
		m.groups = make([]group, groups)
	}
	clear(m.groups[:groups])
}

// step counts, and reports whether to go on.
func (m *machine) step() bool {
	m.steps--
	return m.steps > 0
}

// A matcher matches the rest of an expression at a place. It returns where the
// whole match ends, or -1, and then has left slots and groups as they were.
// The engine's backtracking is the return from one matcher to another.
type matcher func(m *machine, pos int) int

const failed = -1

func accept(_ *machine, pos int) int { return pos }

// A compiler makes a matcher of the tree that the engine's parser has made,
// and that the engine's code is made of. Each kind of node does what its code
// does (syntax/writer.go and runner.go of regexp2), so that both agree in
// everything, to the order of attempts.
type compiler struct {
	slots  int  // that the matcher needs
	groups int  // that it keeps, with that of the whole match
	failed bool // on something that is not understood
}

// compile returns the characters that a match can begin with, and a matcher
// that keeps the first groups; none when the expression has something in it
// that is not understood here.
func compile(pattern string, groups int) (first charset, m matcher, c *compiler) {
	c = &compiler{groups: groups}
	tree, err := syntax.Parse(pattern, syntax.ParseOptions{})
	if err != nil {
		return everything, nil, c
	}
	first, empty := firstOf(tree.Root)
	if empty {
		first = everything
	}
	if refersBack(tree.Root) {
		c.groups = max(groups, tree.Captop)
	}
	if tree.Capnumlist != nil && len(tree.Capnumlist) != tree.Captop || c.groups > tree.Captop {
		return first, nil, c
	}
	m = c.node(tree.Root, accept)
	if c.failed {
		return first, nil, c
	}
	return first, m, c
}

func refersBack(n *syntax.RegexNode) bool {
	return n.T == syntax.NtRef || slices.ContainsFunc(n.Children, refersBack)
}

func (c *compiler) slot() int {
	c.slots++
	return c.slots - 1
}

// node compiles a node that next follows.
func (c *compiler) node(n *syntax.RegexNode, next matcher) matcher {
	switch n.T {
	case syntax.NtEmpty, syntax.NtUpdateBumpalong: // the latter tells where to search on
		return next
	case syntax.NtNothing:
		return func(*machine, int) int { return failed }
	case syntax.NtGroup:
		return c.node(n.Children[0], next)
	case syntax.NtConcatenate:
		return c.sequence(n, next)
	case syntax.NtAlternate:
		return c.alternate(n, next)
	case syntax.NtCapture:
		return c.capture(n, next)
	case syntax.NtLoop, syntax.NtLazyloop:
		return c.loop(n, next)
	case syntax.NtAtomic, syntax.NtPosLook, syntax.NtNegLook:
		return c.atomic(n, next)
	}
	if at := assertion(n.T); at != nil {
		return func(m *machine, pos int) int {
			if !at(m, pos) {
				return failed
			}
			return next(m, pos)
		}
	}
	if n.Options&syntax.RightToLeft != 0 {
		return c.behind(n, next)
	}
	switch n.T {
	case syntax.NtMulti:
		return multi(n, next)
	case syntax.NtRef:
		return reference(n, next)
	case syntax.NtOne, syntax.NtNotone, syntax.NtSet:
		return one(n, next)
	case syntax.NtOneloop, syntax.NtNotoneloop, syntax.NtSetloop:
		return greedy(n, next)
	case syntax.NtOneloopatomic, syntax.NtNotoneloopatomic, syntax.NtSetloopatomic:
		return possessive(n, next)
	case syntax.NtOnelazy, syntax.NtNotonelazy, syntax.NtSetlazy:
		return lazy(n, next)
	}
	c.failed = true
	return next
}

// behind compiles characters of a lookbehind, where texts are matched from
// their end.
func (c *compiler) behind(n *syntax.RegexNode, next matcher) matcher {
	switch {
	case n.T == syntax.NtOne || n.T == syntax.NtNotone || n.T == syntax.NtSet:
		set := charsetOf(n)
		return func(m *machine, pos int) int {
			if pos == 0 || !set.has(m.text[pos-1]) {
				return failed
			}
			return next(m, pos-1)
		}
	case n.T == syntax.NtMulti && n.Options&syntax.IgnoreCase == 0:
		str := n.Str
		return func(m *machine, pos int) int {
			if pos < len(str) || !slices.Equal(m.text[pos-len(str):pos], str) {
				return failed
			}
			return next(m, pos-len(str))
		}
	}
	c.failed = true
	return next
}

func (c *compiler) sequence(n *syntax.RegexNode, next matcher) matcher {
	for _, child := range slices.Backward(n.Children) {
		next = c.node(child, next)
	}
	return next
}

// alternate tries one branch after another, of those that can begin with the
// character at hand.
func (c *compiler) alternate(n *syntax.RegexNode, next matcher) matcher {
	branches := make([]matcher, len(n.Children))
	var starting [128][]matcher
	var other []matcher
	for i, child := range n.Children {
		branches[i] = c.node(child, next)
		first, empty := firstOf(child)
		if empty {
			first = everything
		}
		for b := range starting {
			if first.has(rune(b)) {
				starting[b] = append(starting[b], branches[i])
			}
		}
		if first.other {
			other = append(other, branches[i])
		}
	}
	backwards := n.Options&syntax.RightToLeft != 0
	return func(m *machine, pos int) int {
		try := branches
		switch {
		case backwards || pos == len(m.text):
		case m.text[pos] < 128:
			try = starting[m.text[pos]]
		default:
			try = other
		}
		for _, branch := range try {
			if !m.step() {
				return failed
			}
			if end := branch(m, pos); end >= 0 {
				return end
			}
		}
		return failed
	}
}

// capture notes what its child matches, when somebody wants to know.
func (c *compiler) capture(n *syntax.RegexNode, next matcher) matcher {
	if n.N != -1 { // takes another group away
		c.failed = true
		return next
	}
	if n.M == 0 || n.M >= c.groups {
		return c.node(n.Children[0], next)
	}
	id, at := n.M, c.slot()
	body := c.node(n.Children[0], func(m *machine, pos int) int {
		was := m.groups[id]
		begin := m.slots[at].mark
		m.groups[id] = group{min(begin, pos), max(begin, pos)}
		end := next(m, pos)
		if end < 0 {
			m.groups[id] = was
		}
		return end
	})
	return func(m *machine, pos int) int {
		was := m.slots[at]
		m.slots[at].mark = pos
		end := body(m, pos)
		if end < 0 {
			m.slots[at] = was
		}
		return end
	}
}

// atomic matches its child once and for all, and goes on after it; for a
// lookaround, where it began, or if the child does not match. What the child
// has put into groups must be taken back here: nobody goes back into it.
func (c *compiler) atomic(n *syntax.RegexNode, next matcher) matcher {
	body := c.node(n.Children[0], accept)
	ids := c.groupsIn(n, nil)
	if len(ids) > maxTakenBack {
		c.failed = true
	}
	kind := n.T
	return func(m *machine, pos int) int {
		var was [maxTakenBack]group
		for i, id := range ids {
			was[i] = m.groups[id]
		}
		end := body(m, pos)
		matched := end >= 0
		if kind != syntax.NtAtomic {
			end = pos
		}
		if m.steps > 0 && matched == (kind != syntax.NtNegLook) {
			if end = next(m, end); end >= 0 {
				return end
			}
		}
		for i, id := range ids {
			m.groups[id] = was[i]
		}
		return failed
	}
}

const maxTakenBack = 8 // groups inside of what is atomic; more are the engine's

// groupsIn appends the groups of a node that are kept.
func (c *compiler) groupsIn(n *syntax.RegexNode, ids []int) []int {
	if n.T == syntax.NtCapture && n.M > 0 && n.M < c.groups {
		ids = append(ids, n.M)
	}
	for _, child := range n.Children {
		ids = c.groupsIn(child, ids)
	}
	return ids
}

func multi(n *syntax.RegexNode, next matcher) matcher {
	str := n.Str
	if n.Options&syntax.IgnoreCase != 0 {
		return func(m *machine, pos int) int {
			if len(m.text)-pos < len(str) {
				return failed
			}
			for i, c := range str {
				if unicode.ToLower(m.text[pos+i]) != c {
					return failed
				}
			}
			return next(m, pos+len(str))
		}
	}
	return func(m *machine, pos int) int {
		if len(m.text)-pos < len(str) {
			return failed
		}
		for i, c := range str {
			if m.text[pos+i] != c {
				return failed
			}
		}
		return next(m, pos+len(str))
	}
}

func reference(n *syntax.RegexNode, next matcher) matcher {
	id, fold := n.M, n.Options&syntax.IgnoreCase != 0
	return func(m *machine, pos int) int {
		g := m.groups[id]
		if g == (group{}) { // most likely not matched; the engine knows
			m.steps = 0
			return failed
		}
		n := g.to - g.from
		if len(m.text)-pos < n {
			return failed
		}
		for i, c := range m.text[g.from:g.to] {
			d := m.text[pos+i]
			if c != d && (!fold || unicode.ToLower(c) != unicode.ToLower(d)) {
				return failed
			}
		}
		return next(m, pos+n)
	}
}

// assertion returns what a node without width holds of a place, nil for
// another node.
func assertion(t syntax.NodeType) func(m *machine, pos int) bool {
	switch t {
	case syntax.NtBol:
		return func(m *machine, pos int) bool { return pos == 0 || m.text[pos-1] == '\n' }
	case syntax.NtEol:
		return func(m *machine, pos int) bool { return pos == len(m.text) || m.text[pos] == '\n' }
	case syntax.NtBeginning:
		return func(_ *machine, pos int) bool { return pos == 0 }
	case syntax.NtStart:
		return func(m *machine, pos int) bool { return pos == m.start }
	case syntax.NtEnd:
		return func(m *machine, pos int) bool { return pos == len(m.text) }
	case syntax.NtEndZ:
		return func(m *machine, pos int) bool {
			return pos == len(m.text) || pos == len(m.text)-1 && m.text[pos] == '\n'
		}
	case syntax.NtBoundary:
		return boundary
	case syntax.NtNonboundary:
		return func(m *machine, pos int) bool { return !boundary(m, pos) }
	}
	return nil
}

func boundary(m *machine, pos int) bool {
	return (pos > 0 && isWord(m.text[pos-1])) != (pos < len(m.text) && isWord(m.text[pos]))
}
