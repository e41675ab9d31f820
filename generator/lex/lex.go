// Package lex runs chroma's lexers with the same tokens, several times faster.
//
// chroma tries each rule of a state in turn at each place, by an engine that
// interprets the rule's expression. Here a rule is tried only where its first
// character can begin a match, and an expression is run as functions compiled
// from the tree that the engine's own parser makes of it. Rules, states,
// mutators and emitters are chroma's, and so is the order in which they act.
//
// What is not understood is left to chroma: lexers that are not tables of
// rules, expressions with parts that are rare, emitters and mutators that are
// functions, and whatever takes suspiciously long. The package imports nothing
// of ours.
package lex

import (
	"sync"
	"unicode/utf8"

	"github.com/alecthomas/chroma/v2"
)

// A Lexer is a lexer of chroma's that runs faster. Everything but Tokenise is
// the lexer's own. It is safe for concurrent use.
type Lexer struct {
	*chroma.RegexLexer
	registry *chroma.LexerRegistry
	prepare  func() (*table, error)
}

var (
	known   = make(map[*chroma.RegexLexer]*Lexer)
	knownMu sync.Mutex
)

// Faster returns a lexer that gives the same tokens as l, which registry
// knows. It is l itself when nothing can be done about it. The lexers returned
// for one l are the same.
func Faster(l chroma.Lexer, registry *chroma.LexerRegistry) chroma.Lexer {
	r, ok := l.(*chroma.RegexLexer)
	if !ok {
		return l
	}
	knownMu.Lock()
	defer knownMu.Unlock()
	fast := known[r]
	if fast == nil {
		fast = &Lexer{RegexLexer: r, registry: registry}
		fast.prepare = sync.OnceValues(func() (*table, error) { return newTable(fast) })
		known[r] = fast
	}
	return fast
}

// Tokenise splits text into tokens, as chroma's lexer does.
func (l *Lexer) Tokenise(o *chroma.TokeniseOptions, text string) (chroma.Iterator, error) {
	if o == nil || o.EnsureLF || !utf8.ValidString(text) {
		return l.RegexLexer.Tokenise(o, text) // what is seldom asked for stays where it is
	}
	t, err := l.prepare()
	if err != nil {
		return l.RegexLexer.Tokenise(o, text)
	}
	return newRun(l, t, o, text).next, nil
}
