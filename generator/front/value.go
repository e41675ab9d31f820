package front

import (
	"reflect"
	"strings"

	"go.yaml.in/yaml/v4"

	"debrief/generator/diag"
)

// A Value is one YAML value as the author wrote it, for types that read
// themselves.
type Value struct {
	n    *yaml.Node
	c    *decoding
	Name string // the key path, as the author would say it
}

// Text returns the scalar as written, without quotes.
func (v Value) Text() string { return strings.TrimSpace(v.n.Value) }

// IsScalar reports text, a number or the like, as opposed to a list or mapping.
func (v Value) IsScalar() bool { return v.n.Kind == yaml.ScalarNode }

// IsList reports a list.
func (v Value) IsList() bool { return v.n.Kind == yaml.SequenceNode }

// IsMapping reports keys with values.
func (v Value) IsMapping() bool { return v.n.Kind == yaml.MappingNode }

// IsQuoted reports a scalar in quotes, which is text whatever it looks like.
func (v Value) IsQuoted() bool {
	return v.n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0
}

// IsBool reports an unquoted true or false.
func (v Value) IsBool() bool { return v.n.Tag == "!!bool" && !v.IsQuoted() }

// Items returns the values of a list; a single value is a list of one.
func (v Value) Items() []Value {
	if !v.IsList() {
		return []Value{v}
	}
	items := make([]Value, len(v.n.Content))
	for i, n := range v.n.Content {
		items[i] = Value{n, v.c, v.Name}
	}
	return items
}

// Entries returns the keys and values of a mapping in the author's order.
func (v Value) Entries() (keys []string, values []Value) {
	if !v.IsMapping() {
		return nil, nil
	}
	for i := 0; i+1 < len(v.n.Content); i += 2 {
		keys = append(keys, v.n.Content[i].Value)
		values = append(values, Value{v.n.Content[i+1], v.c, v.Name + "." + v.n.Content[i].Value})
	}
	return keys, values
}

// Pos is the value's place.
func (v Value) Pos() diag.Pos { return v.c.doc.pos(v.n) }

// Decode reads the value into dst, a pointer, with the same faults and rules
// as a field of that type.
func (v Value) Decode(dst any) { v.c.value(v.n, reflect.ValueOf(dst).Elem(), v.Name) }

// Fault reports that the value is wrong.
func (v Value) Fault(rule string, severity diag.Severity, format string, args ...any) {
	v.FaultHint(rule, severity, "", format, args...)
}

// FaultHint reports a fault with the way out.
func (v Value) FaultHint(rule string, severity diag.Severity, hint, format string, args ...any) {
	f := diag.At(rule, severity, "", v.Pos(), v.c.doc.width(v.n), format, args...)
	if hint != "" {
		f = f.Hint("%s", hint)
	}
	v.c.found = append(v.c.found, f)
}
