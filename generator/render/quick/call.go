package quick

import (
	"fmt"
	"reflect"
	"sync/atomic"
)

// chain is a field or method of a field of … of a value; the last one gets the
// arguments.
func (c *compiler) chain(from expression, names []string, args []expression) (expression, error) {
	if len(names) == 0 && len(args) > 0 {
		return nil, left("arguments of a variable")
	}
	for i, name := range names {
		m := &member{name: name, known: c.known.Methods}
		if i == len(names)-1 {
			m.args = args
		}
		from = m.of(from)
	}
	return from, nil
}

// A member is the place in a template where a field is read or a method
// called. It remembers what that was for the type that came last: it is nearly
// always the same one.
type member struct {
	name  string
	args  []expression
	known map[reflect.Type]map[string]Method
	last  atomic.Pointer[access]
}

// An access is how a type has a member.
type access struct {
	typ      reflect.Type
	byPlace  bool // the value can be pointed to, and so has its pointer's methods
	field    []int
	known    Method
	method   reflect.Value // takes the receiver first
	variadic bool
}

func (m *member) of(from expression) expression {
	return func(s *state, dot reflect.Value) reflect.Value {
		value, _ := indirect(from(s, dot))
		if !value.IsValid() {
			panic("." + m.name + " of nothing")
		}
		a := m.last.Load()
		byPlace := value.Kind() != reflect.Pointer && value.Kind() != reflect.Interface && value.CanAddr()
		if a == nil || a.byPlace != byPlace || a.typ != value.Type() {
			a = m.access(value.Type(), byPlace)
			m.last.Store(a)
		}
		if a.field != nil {
			if len(a.field) == 1 {
				return value.Field(a.field[0])
			}
			field, err := value.FieldByIndexErr(a.field)
			if err != nil {
				panic(err)
			}
			return field
		}
		if byPlace {
			value = value.Addr()
		}
		if a.known == nil {
			return reflected(a.method, a.variadic, value, m.args, s, dot)
		}
		args := make([]any, len(m.args))
		for i, arg := range m.args {
			args[i] = held(arg(s, dot))
		}
		result, ok, err := a.known(value.Interface(), args)
		if !ok || err != nil {
			panic(fmt.Sprintf(".%s: %v", m.name, err))
		}
		return reflect.ValueOf(result)
	}
}

// access finds a member by its name, as text/template does: methods first.
func (m *member) access(typ reflect.Type, byPlace bool) *access {
	a := &access{typ: typ, byPlace: byPlace}
	of := typ
	if byPlace {
		of = reflect.PointerTo(typ)
	}
	if method, ok := of.MethodByName(m.name); ok && of.Kind() != reflect.Interface {
		a.known, a.method, a.variadic = m.known[of][m.name], method.Func, method.Type.IsVariadic()
		return a
	}
	if typ.Kind() == reflect.Struct && len(m.args) == 0 {
		if field, ok := typ.FieldByName(m.name); ok && field.IsExported() {
			a.field = field.Index
			return a
		}
	}
	panic(fmt.Sprintf(".%s of %s", m.name, typ))
}

// held is what a value holds, nil for none.
func held(v reflect.Value) any {
	if !v.IsValid() {
		return nil
	}
	return v.Interface()
}

// reflected calls a function by reflection; recv, when it is valid, is its first
// argument.
func reflected(f reflect.Value, variadic bool, recv reflect.Value, args []expression, s *state, dot reflect.Value) reflect.Value {
	typ := f.Type()
	in := make([]reflect.Value, 0, len(args)+1)
	if recv.IsValid() {
		in = append(in, recv)
	}
	if n := len(in) + len(args); variadic && n < typ.NumIn()-1 || !variadic && n != typ.NumIn() {
		panic("so many arguments")
	}
	for _, arg := range args {
		want := typ.In(min(len(in), typ.NumIn()-1))
		if variadic && len(in) >= typ.NumIn()-1 {
			want = want.Elem()
		}
		in = append(in, assignable(arg(s, dot), want))
	}
	out := f.Call(in)
	if len(out) == 2 && !out[1].IsNil() {
		panic(out[1].Interface())
	}
	return out[0]
}

// assignable is a value as an argument of a type.
func assignable(v reflect.Value, typ reflect.Type) reflect.Value {
	switch {
	case !v.IsValid():
		switch typ.Kind() {
		case reflect.Interface, reflect.Pointer, reflect.Slice, reflect.Map, reflect.Func, reflect.Chan:
			return reflect.Zero(typ)
		}
	case v.Type().AssignableTo(typ):
		return v
	case v.Kind() == reflect.Interface && !v.IsNil() && v.Elem().Type().AssignableTo(typ):
		return v.Elem()
	case v.Kind() == reflect.Pointer && !v.IsNil() && v.Type().Elem().AssignableTo(typ):
		return v.Elem()
	case v.CanAddr() && reflect.PointerTo(v.Type()).AssignableTo(typ):
		return v.Addr()
	}
	panic("no argument of type " + typ.String())
}
