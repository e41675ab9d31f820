package lex

import (
	"reflect"

	"github.com/alecthomas/chroma/v2"
)

// setEmitter finds out what the rule says about a match. Emitters of kinds that
// chroma can write to a file are known by what is written; any other is a
// function, which may look at the whole state.
func (r *rule) setEmitter() {
	r.groups = 1
	if r.Type == nil {
		return
	}
	if r.emit = whole(r.Type); r.emit != nil {
		return
	}
	emitters, ok := part[chroma.Emitters](r.Type, "bygroups", "Emitters")
	if !ok {
		r.asChroma = true
		return
	}
	emits := make([]func(*run, int, int), len(emitters))
	for i, e := range emitters {
		if e == nil {
			continue
		}
		if emits[i] = whole(e); emits[i] == nil {
			r.asChroma = true
			return
		}
	}
	r.groups = len(emits) + 1
	r.emit = func(r *run, _, _ int) {
		for i, emit := range emits {
			if emit != nil {
				g := r.m.groups[i+1]
				emit(r, g.from, g.to)
			}
		}
	}
}

// whole returns what an emitter says about a stretch of text, nil when that is
// not known.
func whole(e chroma.Emitter) func(r *run, start, end int) {
	if t, ok := e.(chroma.TokenType); ok {
		return func(r *run, start, end int) { r.put(t, r.text.slice(start, end)) }
	}
	if state, ok := part[string](e, "usingself", "State"); ok {
		o := &chroma.TokeniseOptions{State: state, Nested: true}
		return func(r *run, start, end int) { r.nested(r.lexer, o, start, end) }
	}
	if name, ok := part[string](e, "using", "Lexer"); ok {
		o := &chroma.TokeniseOptions{State: "root", Nested: true}
		return func(r *run, start, end int) {
			registry := r.lexer.registry
			if registry == nil || registry.Get(name) == nil {
				r.drain(e.Emit([]string{r.text.slice(start, end)}, &r.state)) // to say so
				return
			}
			r.nested(Faster(registry.Get(name), registry), o, start, end)
		}
	}
	return nil
}

// nested hands on what a lexer says about a part of the text.
func (r *run) nested(l chroma.Lexer, o *chroma.TokeniseOptions, start, end int) {
	if start == end {
		return
	}
	next, err := l.Tokenise(o, r.text.slice(start, end))
	if err != nil {
		panic(err)
	}
	r.drain(next)
}

// plain reports a mutator that reads and changes nothing but the stack.
func plain(m chroma.Mutator) bool {
	if m == nil {
		return true
	}
	s, ok := m.(chroma.SerialisableMutator)
	if !ok {
		return false
	}
	if kind := s.MutatorKind(); kind == "push" || kind == "pop" {
		return true
	}
	all, ok := part[[]chroma.Mutator](m, "mutators", "Mutators")
	for _, m := range all {
		ok = ok && plain(m)
	}
	return ok
}

// part reads a field of one of chroma's emitters or mutators of a kind. The
// fields are those that it writes to files; their types have no names.
func part[T any](v any, kind, field string) (part T, ok bool) {
	switch k := v.(type) {
	case chroma.SerialisableEmitter:
		ok = k.EmitterKind() == kind
	case chroma.SerialisableMutator:
		ok = k.MutatorKind() == kind
	}
	p := reflect.ValueOf(v)
	if !ok || p.Kind() != reflect.Pointer || p.Elem().Kind() != reflect.Struct {
		return part, false
	}
	f := p.Elem().FieldByName(field)
	if !f.IsValid() || !f.CanInterface() {
		return part, false
	}
	part, ok = f.Interface().(T)
	return part, ok
}
