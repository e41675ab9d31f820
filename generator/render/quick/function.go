package quick

import (
	"fmt"
	"reflect"
)

// function calls a function of text/template or of the set's own.
func (c *compiler) function(name string, args []expression) (expression, error) {
	if own := c.known.Funcs[name]; own != nil {
		return ofOwn(own, args), nil
	}
	n := len(args)
	switch {
	case name == "and" && n > 0, name == "or" && n > 0:
		return either(args, name == "or"), nil
	case name == "not" && n == 1:
		return func(s *state, dot reflect.Value) reflect.Value { return truth(!isTrue(args[0](s, dot))) }, nil
	case name == "len" && n == 1:
		return func(s *state, dot reflect.Value) reflect.Value {
			v, isNil := indirect(args[0](s, dot))
			if isNil {
				panic("len of nil")
			}
			return reflect.ValueOf(v.Len())
		}, nil
	case name == "eq" && n > 1:
		return func(s *state, dot reflect.Value) reflect.Value {
			first := args[0](s, dot)
			equal := false
			for _, arg := range args[1:] { // all are evaluated: an error in one is an error
				equal = compared(first, arg(s, dot)) == 0 || equal
			}
			return truth(equal)
		}, nil
	case name == "print":
		return func(s *state, dot reflect.Value) reflect.Value {
			all := make([]any, n)
			for i, arg := range args {
				all[i] = held(arg(s, dot))
			}
			return reflect.ValueOf(fmt.Sprint(all...))
		}, nil
	}
	holds := orders[name]
	if holds == nil || n != 2 {
		return nil, left("function %s", name)
	}
	return func(s *state, dot reflect.Value) reflect.Value {
		a, b := args[0](s, dot), args[1](s, dot)
		if kind := basic(a); name != "ne" && kind != number && kind != word {
			panic("the order of a " + a.Kind().String())
		}
		return truth(holds(compared(a, b)))
	}, nil
}

// orders are the functions that compare, by how the first compares with the
// second.
var orders = map[string]func(order int) bool{
	"ne": func(o int) bool { return o != 0 },
	"lt": func(o int) bool { return o < 0 },
	"le": func(o int) bool { return o <= 0 },
	"gt": func(o int) bool { return o > 0 },
	"ge": func(o int) bool { return o >= 0 },
}

var yes, no = reflect.ValueOf(true), reflect.ValueOf(false)

func truth(v bool) reflect.Value {
	if v {
		return yes
	}
	return no
}

// either is the first argument that decides, else the last one.
func either(args []expression, by bool) expression {
	return func(s *state, dot reflect.Value) (v reflect.Value) {
		for _, arg := range args {
			if v = arg(s, dot); isTrue(v) == by {
				return v
			}
		}
		return v
	}
}

type kind int

const (
	other kind = iota
	flag
	number
	word
)

func basic(v reflect.Value) kind {
	switch v.Kind() {
	case reflect.Bool:
		return flag
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return number
	case reflect.String:
		return word
	}
	return other
}

// compared is negative, 0 or positive as a is less than b, equal, or greater;
// of flags only whether they are equal.
func compared(a, b reflect.Value) int {
	if a.Kind() == reflect.Interface {
		a = a.Elem()
	}
	if b.Kind() == reflect.Interface {
		b = b.Elem()
	}
	kind := basic(a)
	if kind != basic(b) || kind == other {
		panic(fmt.Sprintf("a comparison of %s and %s", a.Kind(), b.Kind()))
	}
	switch kind {
	case flag:
		if a.Bool() == b.Bool() {
			return 0
		}
		return 1
	case number:
		return order(a.Int(), b.Int())
	}
	return order(a.String(), b.String())
}

func order[T int64 | string](a, b T) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// ofOwn calls one of the set's functions.
func ofOwn(f any, args []expression) expression {
	switch f := f.(type) {
	case func(string) string:
		if len(args) == 1 {
			return func(s *state, dot reflect.Value) reflect.Value {
				if v := args[0](s, dot); v.IsValid() && v.Type() == stringType {
					return reflect.ValueOf(f(v.String()))
				}
				panic("no string")
			}
		}
	}
	v := reflect.ValueOf(f)
	return func(s *state, dot reflect.Value) reflect.Value {
		return reflected(v, v.Type().IsVariadic(), reflect.Value{}, args, s, dot)
	}
}

var stringType = reflect.TypeFor[string]()
