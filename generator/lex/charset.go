package lex

import (
	"unicode"

	"github.com/dlclark/regexp2/v2/syntax"
)

// A charset is a set of characters: a table for ASCII, a question for others.
type charset struct {
	ascii  [128]bool
	other  bool            // may have characters outside of ASCII: those of set,
	set    *syntax.CharSet // or without one
	char   rune            // this,
	negate bool            // or all but this
}

func (s *charset) has(c rune) bool {
	if uint32(c) < 128 {
		return s.ascii[c]
	}
	return s.hasOther(c)
}

// hasOther is has for characters outside of ASCII, apart so that has is
// compiled into the loops that ask it.
func (s *charset) hasOther(c rune) bool {
	if !s.other {
		return false
	}
	if s.set != nil {
		return s.set.CharIn(c)
	}
	return (c == s.char) != s.negate
}

func (s *charset) add(c rune) { s.ascii[c] = true }

var everything = func() charset {
	s := charset{other: true, char: -1, negate: true}
	for c := range s.ascii {
		s.ascii[c] = true
	}
	return s
}()

// charsetOf returns the characters of a node that stands for one, or repeats
// one.
func charsetOf(n *syntax.RegexNode) charset {
	switch {
	case n.IsOneFamily():
		s := charset{char: n.Ch, other: n.Ch >= 128}
		if n.Ch < 128 {
			s.add(n.Ch)
		}
		return s
	case n.IsNotoneFamily():
		s := everything
		s.char = n.Ch
		if n.Ch < 128 {
			s.ascii[n.Ch] = false
		}
		return s
	}
	s := charset{set: n.Set}
	for c := range rune(128) {
		if n.Set.CharIn(c) {
			s.add(c)
		}
	}
	known := n.Set.Analyze()
	s.other = !known.OnlyRanges || !known.ContainsOnlyAscii
	return s
}

// union returns an estimate: what it says of other characters is whether there
// may be any.
func (s charset) union(t charset) charset {
	u := charset{other: s.other || t.other, char: -1, negate: true}
	for c := range u.ascii {
		u.ascii[c] = s.ascii[c] || t.ascii[c]
	}
	return u
}

// firstOf returns at least the characters that a match of a node can begin
// with, and whether it may be empty.
func firstOf(n *syntax.RegexNode) (first charset, empty bool) {
	switch n.T {
	case syntax.NtOne, syntax.NtNotone, syntax.NtSet:
		return charsetOf(n), false
	case syntax.NtOneloop, syntax.NtNotoneloop, syntax.NtSetloop,
		syntax.NtOnelazy, syntax.NtNotonelazy, syntax.NtSetlazy,
		syntax.NtOneloopatomic, syntax.NtNotoneloopatomic, syntax.NtSetloopatomic:
		return charsetOf(n), n.M == 0
	case syntax.NtMulti:
		return firstOfString(n), false
	case syntax.NtGroup, syntax.NtCapture, syntax.NtAtomic:
		return firstOf(n.Children[0])
	case syntax.NtLoop, syntax.NtLazyloop:
		first, empty = firstOf(n.Children[0])
		return first, empty || n.M == 0
	case syntax.NtConcatenate:
		for _, child := range n.Children {
			more, may := firstOf(child)
			first = first.union(more)
			if !may {
				return first, false
			}
		}
		return first, true
	case syntax.NtAlternate:
		for _, child := range n.Children {
			more, may := firstOf(child)
			first = first.union(more)
			empty = empty || may
		}
		return first, empty
	case syntax.NtNothing:
		return charset{}, false
	case syntax.NtEmpty, syntax.NtUpdateBumpalong, syntax.NtPosLook, syntax.NtNegLook,
		syntax.NtBol, syntax.NtEol, syntax.NtBoundary, syntax.NtNonboundary, syntax.NtECMABoundary, syntax.NtNonECMABoundary,
		syntax.NtBeginning, syntax.NtStart, syntax.NtEndZ, syntax.NtEnd:
		return charset{}, true
	}
	return everything, true
}

func firstOfString(n *syntax.RegexNode) charset {
	c := n.Str[0]
	s := charset{other: c >= 128, char: c}
	if n.Options&syntax.IgnoreCase != 0 {
		for b := range rune(128) {
			if unicode.ToLower(b) == c {
				s.add(b)
			}
		}
		s.other, s.negate, s.char = true, true, -1 // like the sign for kelvin, a k
	} else if c < 128 {
		s.add(c)
	}
	return s
}

func isWord(c rune) bool {
	if uint32(c) < 128 {
		return words.has(c)
	}
	return syntax.IsWordChar(c)
}

var words = func() (s charset) {
	for c := range rune(128) {
		if syntax.IsWordChar(c) {
			s.add(c)
		}
	}
	return s
}()
