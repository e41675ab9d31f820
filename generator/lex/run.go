package lex

import (
	"slices"
	"strings"
	"sync"

	"github.com/alecthomas/chroma/v2"
)

// A run is the work on one text: chroma's LexerState.Iterator, step by step.
type run struct {
	lexer   *Lexer
	table   *table
	options *chroma.TokeniseOptions
	state   chroma.LexerState // what mutators and emitters see and change
	rules   *state            // of the state last asked for
	ruled   string            // its name
	text    text
	end     int // where to stop, in runes: before a line end that was added
	m       machine
	reached int            // the farthest place yet
	idle    int            // steps taken there
	out     []chroma.Token // found and not yet handed on
	at      int            // the next of them
	room    *room          // nil at the end
}

// A room is what a run works in. No token holds on to it, so that it is the
// next run's once all of them are told.
type room struct {
	runes  []rune
	slots  []slot
	groups []group
	out    []chroma.Token
}

var rooms = sync.Pool{New: func() any { return new(room) }}

// leave gives the room back. Nothing is told any more.
func (r *run) leave() {
	clear(r.out[:cap(r.out)]) // they hold on to the text
	*r.room = room{r.text.runes[:0], r.m.slots, r.m.groups, r.out[:0]}
	rooms.Put(r.room)
	*r = run{}
}

func newRun(l *Lexer, t *table, o *chroma.TokeniseOptions, s string) *run {
	r := &run{lexer: l, table: t, options: o}
	added := false
	if !o.Nested && l.Config().EnsureNL && !strings.HasSuffix(s, "\n") {
		s += "\n"
		added = true
	}
	r.room = rooms.Get().(*room)
	r.text = newText(s, r.room.runes)
	r.end = len(r.text.runes)
	if added {
		r.end--
	}
	r.m = machine{text: r.text.runes, slots: r.room.slots, groups: r.room.groups}
	r.out = r.room.out
	r.state = chroma.LexerState{
		Lexer: l.RegexLexer, Registry: l.registry, Text: r.text.runes, Rules: t.rules,
		Stack: []string{o.State}, MutatorContext: map[any]any{},
	}
	return r
}

// next returns the next token.
func (r *run) next() chroma.Token {
	for r.at == len(r.out) {
		if r.room == nil {
			return chroma.EOF
		}
		r.out, r.at = r.out[:0], 0
		if !r.step() {
			r.leave()
			return chroma.EOF
		}
	}
	t := r.out[r.at]
	r.at++
	return t
}

// step applies one rule, or says what stands where none applies. It reports
// whether there was something left to do.
func (r *run) step() bool {
	s := &r.state
	if s.Pos >= r.end || len(s.Stack) == 0 {
		if s.Pos == len(s.Text) || len(s.Stack) > 0 {
			return false
		}
		r.put(chroma.Error, r.text.slice(s.Pos, len(s.Text)))
		s.Pos = len(s.Text)
		return true
	}
	s.State = s.Stack[len(s.Stack)-1]
	if s.Pos > r.reached {
		r.reached, r.idle = s.Pos, 0
	} else if r.idle++; r.idle > len(s.Text)+1000 { // more than there can be states to leave
		panic("the rules of " + s.State + " go round without end")
	}
	if r.rules == nil || s.State != r.ruled {
		r.rules, r.ruled = r.table.state(s.State), s.State
	}
	for _, rule := range r.rules.startingWith(s.Text[s.Pos]) {
		if end, ok := rule.match(r, s.Pos); ok {
			r.apply(rule, end)
			return true
		}
	}
	if s.Text[s.Pos] == '\n' && s.State != r.options.State {
		s.Stack = []string{r.options.State}
		return true
	}
	s.Pos++
	r.put(chroma.Error, r.text.slice(s.Pos-1, s.Pos))
	return true
}

// apply does what a rule says about the text it matches: first to the state,
// then in tokens.
func (r *run) apply(rule *rule, end int) {
	s := &r.state
	start := s.Pos
	s.Pos, s.Rule = end, rule.index
	if rule.Mutator != nil {
		if err := rule.Mutator.Mutate(s); err != nil {
			panic(err)
		}
	}
	if rule.Type == nil {
		return
	}
	if rule.asChroma {
		r.drain(rule.Type.Emit(s.Groups, s))
		return
	}
	rule.emit(r, start, end)
}

// put hands on a token; chroma takes one without type and text for the end of
// what a rule emits, and drops those to be ignored.
func (r *run) put(t chroma.TokenType, value string) {
	if t != chroma.Ignore && (t != chroma.EOFType || value != "") {
		r.out = append(r.out, chroma.Token{Type: t, Value: value})
	}
}

// drain hands on all that an emitter of chroma's says.
func (r *run) drain(next chroma.Iterator) {
	for t := next(); t != chroma.EOF; t = next() {
		r.put(t.Type, t.Value)
	}
}

// A text is a string and its runes.
type text struct {
	s       string
	runes   []rune
	offsets []int32 // of the runes in s; nil when each is a byte
}

// newText keeps the runes in a room.
func newText(s string, runes []rune) text {
	t := text{s: s, runes: slices.Grow(runes[:0], len(s))}
	for _, c := range s {
		t.runes = append(t.runes, c)
	}
	if len(t.runes) < len(s) {
		t.offsets = make([]int32, 0, len(t.runes)+1)
		for i := range s {
			t.offsets = append(t.offsets, int32(i))
		}
		t.offsets = append(t.offsets, int32(len(s)))
	}
	return t
}

// slice returns the text between two runes.
func (t *text) slice(from, to int) string {
	if t.offsets == nil {
		return t.s[from:to]
	}
	return t.s[t.offsets[from]:t.offsets[to]]
}
