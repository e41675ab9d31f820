package lex

import (
	"errors"
	"sync"
	"time"

	"github.com/alecthomas/chroma/v2"
	"github.com/dlclark/regexp2/v2"
)

// A table is a lexer's rules, ready to run.
type table struct {
	lexer  *Lexer
	flags  string
	rules  chroma.CompiledRules // as chroma's mutators and emitters want them
	states map[string]*state

	mu       sync.Mutex
	compiled map[*chroma.CompiledRule]*rule // a rule may stand in several states
}

// A state is its rules, and which of them to try.
type state struct {
	once     sync.Once
	starting [128][]*rule // by the character that the text goes on with
	other    []*rule      // for characters outside of ASCII
}

func (s *state) startingWith(c rune) []*rule {
	if c < 128 {
		return s.starting[c]
	}
	return s.other
}

// A rule is one of chroma's, in the place of its state.
type rule struct {
	*chroma.CompiledRule
	index    int // in its state
	first    charset
	matcher  matcher // nil: the engine's
	needs    *compiler
	groups   int // that emit wants, with that of the whole match
	emit     func(r *run, start, end int)
	asChroma bool // the emitter may look at anything: it gets all of it
	engine   func() *regexp2.Regexp
}

// matchTimeout is chroma's: after it a rule counts as not matching.
const matchTimeout = 250 * time.Millisecond

// errMutator is a mutator that is a function: it may change the rules
// themselves.
var errMutator = errors.New("a mutator of unknown kind")

// newTable takes over the rules of a lexer. They are compiled when a text
// first gets to their state.
func newTable(l *Lexer) (*table, error) {
	raw, err := l.Rules() // chroma checks them
	if err != nil {
		return nil, err
	}
	t := &table{lexer: l, rules: make(chroma.CompiledRules), states: make(map[string]*state), compiled: make(map[*chroma.CompiledRule]*rule)}
	c := l.Config()
	for _, f := range []struct {
		flag string
		set  bool
	}{{"m", !c.NotMultiline}, {"i", c.CaseInsensitive}, {"s", c.DotAll}} {
		if f.set {
			t.flags += f.flag
		}
	}
	for name, list := range raw {
		t.rules[name] = nil
		for _, r := range list {
			t.rules[name] = append(t.rules[name], &chroma.CompiledRule{Rule: r})
		}
	}
	if err := expand(t.rules); err != nil {
		return nil, err
	}
	for name, list := range t.rules {
		for _, r := range list {
			if !plain(r.Mutator) {
				return nil, errMutator
			}
		}
		t.states[name] = new(state)
	}
	return t, nil
}

// expand puts the rules of included and combined states in their places.
func expand(rules chroma.CompiledRules) error {
	for changed := true; changed; {
		changed = false
		for name := range rules {
			for i := 0; i < len(rules[name]); {
				m, ok := rules[name][i].Mutator.(chroma.LexerMutator)
				if !ok {
					i++
					continue
				}
				if err := m.MutateLexer(rules, name, i); err != nil {
					return err
				}
				changed = true
			}
		}
	}
	return nil
}

// state returns a state, compiled.
func (t *table) state(name string) *state {
	s := t.states[name]
	if s == nil {
		panic("unknown state " + name)
	}
	s.once.Do(func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		for i, c := range t.rules[name] {
			if t.compiled[c] == nil {
				t.compiled[c] = t.compile(c)
			}
			r := *t.compiled[c]
			r.index = i
			for b := range s.starting {
				if r.first.has(rune(b)) {
					s.starting[b] = append(s.starting[b], &r)
				}
			}
			if r.first.other {
				s.other = append(s.other, &r)
			}
		}
	})
	return s
}

// compile makes a rule ready. An expression that is not understood is the
// engine's.
func (t *table) compile(c *chroma.CompiledRule) *rule {
	pattern := "(?:" + c.Pattern + ")"
	if t.flags != "" {
		pattern = "(?" + t.flags + ")" + pattern
	}
	pattern = `\G` + pattern
	r := &rule{CompiledRule: c}
	r.engine = sync.OnceValue(func() *regexp2.Regexp {
		e := regexp2.MustCompile(pattern) // chroma has compiled the same
		e.MatchTimeout = matchTimeout
		return e
	})
	r.setEmitter()
	if r.asChroma {
		c.Regexp = r.engine()
	}
	r.first, r.matcher, r.needs = compile(pattern, r.groups)
	if r.asChroma {
		r.matcher = nil
	}
	return r
}

// match reports where the rule's match that begins at pos ends. What emit
// wants to know about it is in the machine's groups or in the state.
func (r *rule) match(run *run, pos int) (end int, ok bool) {
	if r.matcher != nil {
		m := &run.m
		m.begin(pos, r.needs.slots, r.needs.groups)
		end = r.matcher(m, pos)
		if m.steps > 0 {
			return end, end >= 0
		}
	}
	found, err := r.engine().FindRunesMatchStartingAt(run.state.Text, pos)
	if found == nil || err != nil || found.RuneIndex != pos {
		return 0, false
	}
	end = pos + found.RuneLength
	switch {
	case r.asChroma:
		run.state.Groups, run.state.NamedGroups = []string{}, make(map[string]string)
		for _, g := range found.Groups() {
			run.state.NamedGroups[g.Name] = g.String()
			run.state.Groups = append(run.state.Groups, g.String())
		}
	case r.groups > 1:
		run.m.begin(pos, 0, r.groups)
		for i, g := range found.Groups() {
			run.m.groups[i] = group{g.RuneIndex, g.RuneIndex + g.RuneLength}
		}
	}
	return end, true
}
