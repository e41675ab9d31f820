package quick

import (
	"fmt"
	"reflect"
	"strings"
	"text/template/parse"
)

// pipeline is the value of a pipeline, which may declare variables.
func (c *compiler) pipeline(p *parse.PipeNode) (expression, error) {
	value, err := c.commands(p.Cmds)
	if err != nil || len(p.Decl) == 0 {
		return value, err
	}
	var places []int
	for _, v := range p.Decl {
		place := 0
		if p.IsAssign {
			place, err = c.place(v.Ident[0])
		} else {
			place = c.declare(v.Ident[0])
		}
		if err != nil {
			return nil, err
		}
		places = append(places, place)
	}
	return func(s *state, dot reflect.Value) reflect.Value {
		v := value(s, dot)
		for _, place := range places {
			s.vars[s.base+place] = v
		}
		return v
	}, nil
}

// commands hand their value on, each to the next as its last argument.
func (c *compiler) commands(cmds []*parse.CommandNode) (value expression, err error) {
	for _, cmd := range cmds {
		if value, err = c.command(cmd.Args, value); err != nil {
			return nil, err
		}
	}
	if value == nil {
		return nil, left("an empty pipeline")
	}
	return value, nil
}

// command is a value or a call. last is its last argument, or nil.
func (c *compiler) command(words []parse.Node, last expression) (expression, error) {
	args, err := c.args(words[1:])
	if err != nil {
		return nil, err
	}
	if last != nil {
		args = append(args, last)
	}
	value, err := c.value(words[0], args)
	if err != nil {
		return nil, err
	}
	return func(s *state, dot reflect.Value) reflect.Value { return within(value(s, dot)) }, nil
}

func (c *compiler) args(words []parse.Node) ([]expression, error) {
	var out []expression
	for _, w := range words {
		one, err := c.value(w, nil)
		if err != nil {
			return nil, err
		}
		out = append(out, one)
	}
	return out, nil
}

// value is a word of a command with the arguments of what it calls, if any.
func (c *compiler) value(n parse.Node, args []expression) (expression, error) {
	switch n := n.(type) {
	case *parse.IdentifierNode:
		return c.function(n.Ident, args)
	case *parse.FieldNode:
		return c.chain(func(_ *state, dot reflect.Value) reflect.Value { return dot }, n.Ident, args)
	case *parse.VariableNode:
		place, err := c.place(n.Ident[0])
		if err != nil {
			return nil, err
		}
		return c.chain(func(s *state, _ reflect.Value) reflect.Value { return s.vars[s.base+place] }, n.Ident[1:], args)
	case *parse.ChainNode:
		from, err := c.value(n.Node, nil)
		if err != nil {
			return nil, err
		}
		return c.chain(from, n.Field, args)
	}
	if len(args) > 0 {
		return nil, left("arguments of what is no function")
	}
	switch n := n.(type) {
	case *parse.DotNode:
		return func(_ *state, dot reflect.Value) reflect.Value { return dot }, nil
	case *parse.NilNode:
		return func(*state, reflect.Value) reflect.Value { return reflect.Value{} }, nil
	case *parse.BoolNode:
		return constant(n.True), nil
	case *parse.StringNode:
		return constant(n.Text), nil
	case *parse.NumberNode:
		if !n.IsInt || strings.ContainsAny(n.Text, ".'eEpP") || int64(int(n.Int64)) != n.Int64 {
			return nil, left("number %s", n.Text)
		}
		return constant(int(n.Int64)), nil
	case *parse.PipeNode:
		if len(n.Decl) > 0 {
			return nil, left("variables in parentheses")
		}
		return c.commands(n.Cmds)
	}
	return nil, left("%T", n)
}

func constant(v any) expression {
	value := reflect.ValueOf(v)
	return func(*state, reflect.Value) reflect.Value { return value }
}

// within is what an empty interface holds.
func within(v reflect.Value) reflect.Value {
	if v.Kind() == reflect.Interface && v.Type().NumMethod() == 0 {
		return v.Elem()
	}
	return v
}

// indirect follows pointers and interfaces; isNil tells of one that leads
// nowhere, which it returns.
func indirect(v reflect.Value) (_ reflect.Value, isNil bool) {
	for v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface {
		if v.IsNil() {
			return v, true
		}
		v = v.Elem()
	}
	return v, false
}

// isTrue is what {{if}} asks.
func isTrue(v reflect.Value) bool {
	if v.Kind() == reflect.Interface {
		v = v.Elem()
	}
	switch v.Kind() {
	case reflect.Invalid:
		return false
	case reflect.Array, reflect.Map, reflect.Slice, reflect.String:
		return v.Len() > 0
	case reflect.Bool:
		return v.Bool()
	case reflect.Pointer, reflect.Interface, reflect.Func, reflect.Chan:
		return !v.IsNil()
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return v.Int() != 0
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return v.Uint() != 0
	case reflect.Float32, reflect.Float64:
		return v.Float() != 0
	case reflect.Struct:
		return true
	}
	panic(fmt.Sprintf("whether a %s is true", v.Kind()))
}
