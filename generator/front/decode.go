package front

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"debrief/generator/diag"
)

// Options say how values are read.
type Options struct {
	Zone *time.Location // of times written without an offset; nil means UTC, and such times are found
	// Strict makes an unknown key a warning: in debrief.yaml and packs a key
	// that does nothing is a mistake; in a note it is the author's own.
	Strict bool
	// Free leaves unknown keys alone unless they look like a known one: a plain
	// note's keys are for other tools, and there are thousands of such notes.
	Free bool
}

// A Field is a key that the model does not know, kept for the reader.
type Field struct {
	Key, Value string
	Pos        diag.Pos
}

// A Scalar reads itself from a value; it reports its faults through v.
type Scalar interface{ UnmarshalFront(v Value) }

// Decode fills the structs that dsts point to from the document. A field's
// key, and other names that mean the same, stand in its tag:
// `front:"updated,lastmod,modified"`. Slices accept a single value. Keys that
// no struct knows are returned, with a finding that names the nearest.
func (d *Doc) Decode(o Options, dsts ...any) ([]Field, diag.List) {
	c := &decoding{doc: d, Options: o}
	type place struct{ dst, field int }
	given := make(map[place]string, len(d.entries))
	structs := make([]reflect.Value, len(dsts))
	for i, dst := range dsts {
		structs[i] = reflect.ValueOf(dst).Elem()
	}
	find := func(key string) (place, bool) {
		for i, s := range slices.Backward(structs) { // the more special comes last
			if field, ok := keysOf(s.Type()).fields[key]; ok {
				return place{i, field}, true
			}
		}
		return place{}, false
	}
	var extra []Field
	for _, e := range d.entries {
		at, ok := find(e.key.Value)
		if !ok {
			extra = append(extra, Field{e.key.Value, text(e.value), d.pos(e.key)})
			var known []string
			for _, s := range structs {
				known = append(known, keysOf(s.Type()).known...)
			}
			c.unknown(e.key, known, "")
			continue
		}
		if other, twice := given[at]; twice {
			c.found = append(c.found, diag.At("bad-front-matter", diag.Warning, "", d.pos(e.key), utf8.RuneCountInString(e.key.Value),
				"%q means the same as %q, which counts", e.key.Value, other))
			continue
		}
		given[at] = e.key.Value
		c.value(e.value, structs[at.dst].Field(at.field), e.key.Value)
	}
	return extra, c.found
}

// keys are what a struct calls its fields.
type keys struct {
	fields map[string]int // by every name
	known  []string       // the first name of each, in order
}

// structKeys remembers them: to read the tags takes longer than to decode
// most notes.
var structKeys sync.Map // reflect.Type → *keys

func keysOf(t reflect.Type) *keys {
	if k, ok := structKeys.Load(t); ok {
		return k.(*keys)
	}
	k := &keys{fields: make(map[string]int)}
	for i := range t.NumField() {
		f := t.Field(i)
		tag := f.Tag.Get("front")
		if tag == "" || !f.IsExported() {
			continue
		}
		names := strings.Split(tag, ",")
		k.known = append(k.known, names[0])
		for _, name := range names {
			k.fields[name] = i
		}
	}
	structKeys.Store(t, k)
	return k
}

type decoding struct {
	Options
	doc   *Doc
	found diag.List
}

func (c *decoding) unknown(key *yaml.Node, known []string, in string) {
	severity := diag.Info
	if c.Strict {
		severity = diag.Warning
	}
	where := ""
	if in != "" {
		where = " in " + in
	}
	f := diag.At("unknown-key", severity, "", c.doc.pos(key), utf8.RuneCountInString(key.Value), "debrief has no use for the key %q%s", key.Value, where)
	near := diag.Near(key.Value, known)
	if c.Free && in == "" && (near == "" || len(key.Value) < 4 || near[0] != key.Value[0]) {
		return // too little alike to be a slip
	}
	if near != "" {
		f = f.Hint("did you mean %q?", near)
	} else if !c.Strict {
		f = f.Hint("it is kept and shown on the page")
	} else {
		f = f.Hint("known are %s", strings.Join(known, ", "))
	}
	c.found = append(c.found, f)
}

func (c *decoding) wrong(n *yaml.Node, format string, args ...any) {
	c.found = append(c.found, diag.At("bad-front-matter", diag.Error, "", c.doc.pos(n), c.doc.width(n), format, args...))
}

// value reads n into f; name is its key path as the author would say it.
func (c *decoding) value(n *yaml.Node, f reflect.Value, name string) {
	if isNull(n) {
		c.null(n, name)
		return
	}
	if n.Tag == placeholder {
		c.found = append(c.found, diag.At("fill-me", diag.Info, "", c.doc.pos(n), c.doc.width(n), "%s is a template's placeholder, still to be filled in", name))
		return
	}
	if FillMe(n.Value) {
		c.found = append(c.found, diag.At("fill-me", diag.Info, "", c.doc.pos(n), c.doc.width(n), "%s is still to be filled in", name))
		return
	}
	if f.CanAddr() {
		if s, ok := f.Addr().Interface().(Scalar); ok {
			s.UnmarshalFront(Value{n: n, c: c, Name: name})
			return
		}
	}
	switch f.Kind() {
	case reflect.String:
		if n.Kind != yaml.ScalarNode {
			c.wrong(n, "%s wants text, not a %s", name, shape(n))
			return
		}
		f.SetString(strings.TrimSpace(n.Value))
	case reflect.Int:
		var i int
		if n.Kind != yaml.ScalarNode || n.Load(&i) != nil {
			c.wrong(n, "%s wants a whole number, not %s", name, quote(n))
			return
		}
		f.SetInt(int64(i))
	case reflect.Slice:
		items := []*yaml.Node{n}
		if n.Kind == yaml.SequenceNode {
			items = n.Content
		}
		out := reflect.MakeSlice(f.Type(), 0, len(items))
		for i, item := range items {
			// An empty or unreadable item keeps its place, so that positions
			// found later by index stay true.
			one := reflect.New(f.Type().Elem()).Elem()
			itemName := name
			if n.Kind == yaml.SequenceNode && item.Kind != yaml.ScalarNode {
				itemName = fmt.Sprintf("%s[%d]", name, i+1)
			}
			c.value(item, one, itemName)
			out = reflect.Append(out, one)
		}
		f.Set(out)
	case reflect.Pointer:
		p := reflect.New(f.Type().Elem())
		c.value(n, p.Elem(), name)
		f.Set(p)
	case reflect.Struct:
		c.structure(n, f, name)
	default:
		panic("front: cannot decode into " + f.Type().String()) // a mistake in our own structs
	}
}

func (c *decoding) structure(n *yaml.Node, f reflect.Value, name string) {
	if n.Kind != yaml.MappingNode {
		c.wrong(n, "%s wants keys and values (%s), not %s", name, strings.Join(keysOf(f.Type()).known, ", "), quote(n))
		return
	}
	keys := keysOf(f.Type())
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		field, ok := keys.fields[key.Value]
		if !ok {
			c.unknown(key, keys.known, name)
			continue
		}
		c.value(n.Content[i+1], f.Field(field), name+"."+key.Value)
	}
}

func (c *decoding) null(n *yaml.Node, name string) {
	line := ""
	if i := n.Line - 1; i >= 0 && i < len(c.doc.lines) {
		line = c.doc.lines[i]
	}
	if _, after, ok := strings.Cut(line, ": #"); ok && !strings.HasPrefix(after, " ") && after != "" {
		c.found = append(c.found, diag.At("bad-front-matter", diag.Warning, "", c.doc.pos(n), 1,
			"what follows # is a comment, so %s is empty", name).Hint("quote it: \"#%s\"", strings.TrimSpace(after)))
	}
}

// FillMe reports whether text is the placeholder that `debrief new` leaves for
// the author, alone or with a word on what belongs there.
func FillMe(text string) bool {
	return strings.HasPrefix(strings.ToLower(strings.TrimSpace(text)), "fill me")
}

func isNull(n *yaml.Node) bool {
	return n.Kind == yaml.ScalarNode && n.Tag == "!!null"
}

func shape(n *yaml.Node) string {
	switch n.Kind {
	case yaml.SequenceNode:
		return "list"
	case yaml.MappingNode:
		return "mapping"
	}
	return "value"
}

func quote(n *yaml.Node) string {
	if n.Kind == yaml.ScalarNode {
		v := n.Value
		if r := []rune(v); len(r) > 40 {
			v = string(r[:40]) + "…"
		}
		return fmt.Sprintf("%q", v)
	}
	return "a " + shape(n)
}

// text writes any value on one line, as a reader would want to see it.
func text(n *yaml.Node) string {
	switch n.Kind {
	case yaml.SequenceNode:
		parts := make([]string, len(n.Content))
		for i, c := range n.Content {
			parts[i] = text(c)
		}
		return strings.Join(parts, ", ")
	case yaml.MappingNode:
		var parts []string
		for i := 0; i+1 < len(n.Content); i += 2 {
			parts = append(parts, n.Content[i].Value+": "+text(n.Content[i+1]))
		}
		return strings.Join(parts, "; ")
	}
	return n.Value
}
