// Package quick draws templates of html/template as that package does, several
// times faster.
//
// html/template escapes a set of templates once and then walks it node by node,
// finding each field and method by its name and calling it by reflection. Here
// the escaped set becomes functions, which remember where a type has what they
// look for, and methods that are called often are called directly. What it
// writes is the same byte for byte. Whatever it does not know it leaves alone:
// the set then belongs to html/template, and so does every error.
package quick

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"io"
	"reflect"
	"text/template/parse"
)

// ErrLeft says that html/template has to draw: something is wrong, or in no
// way that this package knows.
var ErrLeft = errors.New("left to html/template")

// A Method calls a method of recv with arguments that it checks itself. ok is
// false when they are not what it takes.
type Method func(recv any, args []any) (result any, ok bool, err error)

// Known are methods and functions that are called without reflection.
type Known struct {
	Methods map[reflect.Type]map[string]Method // by the receiver's type and their names
	Funcs   template.FuncMap                   // all that the set was parsed with
}

// A Template is a set of templates, ready to draw by several goroutines.
type Template struct {
	main *called
}

// Compile makes a set of templates drawable that begins with the one of the
// given name, ErrLeft when it holds something that this package does not know.
func Compile(set *template.Template, name string, known Known) (*Template, error) {
	// Only drawing makes html/template escape. Without data it stops early.
	if err := set.ExecuteTemplate(io.Discard, name, nil); err != nil {
		var wrong *template.Error
		if errors.As(err, &wrong) {
			return nil, err
		}
	}
	c := &compiler{set: set, known: known, called: make(map[string]*called)}
	main, err := c.template(name)
	if err != nil {
		return nil, err
	}
	return &Template{main}, nil
}

// Execute draws to the end of w. After an error w holds what it held before.
func (t *Template) Execute(w *bytes.Buffer, data any) (err error) {
	before := w.Len()
	defer func() {
		if v := recover(); v != nil {
			w.Truncate(before)
			err = fmt.Errorf("%w: %v", ErrLeft, v)
		}
	}()
	s := &state{out: w}
	t.main.run(s, reflect.ValueOf(data))
	return nil
}

// A state is one drawing.
type state struct {
	out  *bytes.Buffer
	vars []reflect.Value
	base int // where the variables of the template being drawn begin
	deep int // templates that called each other
}

// maxDeep is how many templates may call each other: html/template says what
// is wrong with one that calls itself without end, a full stack ends the
// program.
const maxDeep = 1000

type (
	statement  func(s *state, dot reflect.Value)
	expression func(s *state, dot reflect.Value) reflect.Value
)

// A called is a template that others may call, itself included.
type called struct {
	body statement
	vars int // how many it has at once at most; $ is the first
}

func (c *called) run(s *state, dot reflect.Value) {
	if s.deep++; s.deep > maxDeep {
		panic("templates that call each other without end")
	}
	for len(s.vars) < s.base+c.vars {
		s.vars = append(s.vars, reflect.Value{})
	}
	s.vars[s.base] = dot
	c.body(s, dot)
	s.deep--
}

// A compiler makes statements of a set's trees.
type compiler struct {
	set    *template.Template
	known  Known
	called map[string]*called

	// Of the template at hand.
	frame *called
	scope []string // names of variables, innermost last; each lies where it stands here
}

func (c *compiler) template(name string) (*called, error) {
	if before := c.called[name]; before != nil {
		return before, nil
	}
	t := c.set.Lookup(name)
	if t == nil || t.Tree == nil || t.Tree.Root == nil {
		return nil, left("template %q", name)
	}
	out := &called{vars: 1}
	c.called[name] = out
	frame, scope := c.frame, c.scope
	c.frame, c.scope = out, []string{"$"}
	body, err := c.list(t.Tree.Root)
	c.frame, c.scope = frame, scope
	out.body = body
	return out, err
}

// left says what is not known.
func left(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrLeft, fmt.Sprintf(format, args...))
}

// declare gives a variable its place.
func (c *compiler) declare(name string) int {
	c.scope = append(c.scope, name)
	c.frame.vars = max(c.frame.vars, len(c.scope))
	return len(c.scope) - 1
}

// place is where the innermost variable of a name lies.
func (c *compiler) place(name string) (int, error) {
	for i := len(c.scope) - 1; i >= 0; i-- {
		if c.scope[i] == name {
			return i, nil
		}
	}
	return 0, left("variable %s", name)
}

func (c *compiler) list(l *parse.ListNode) (statement, error) {
	if l == nil {
		return nil, nil
	}
	var all []statement
	for _, n := range l.Nodes {
		one, err := c.node(n)
		if err != nil {
			return nil, err
		}
		if one != nil {
			all = append(all, one)
		}
	}
	return func(s *state, dot reflect.Value) {
		for _, one := range all {
			one(s, dot)
		}
	}, nil
}

// scoped ends the variables that are declared while something is compiled.
func (c *compiler) scoped(compile func() error) error {
	outer := len(c.scope)
	err := compile()
	c.scope = c.scope[:outer]
	return err
}

func (c *compiler) node(n parse.Node) (statement, error) {
	switch n := n.(type) {
	case *parse.CommentNode:
		return nil, nil
	case *parse.TextNode:
		text := n.Text
		return func(s *state, _ reflect.Value) { s.out.Write(text) }, nil
	case *parse.ActionNode:
		return c.action(n.Pipe)
	case *parse.IfNode:
		return c.branch(&n.BranchNode, false)
	case *parse.WithNode:
		return c.branch(&n.BranchNode, true)
	case *parse.RangeNode:
		return c.loop(n)
	case *parse.TemplateNode:
		return c.call(n)
	}
	return nil, left("%T", n)
}

// branch is {{if}} or {{with}}.
func (c *compiler) branch(n *parse.BranchNode, with bool) (out statement, err error) {
	err = c.scoped(func() error {
		condition, err := c.pipeline(n.Pipe)
		if err != nil {
			return err
		}
		yes, err := c.list(n.List)
		if err != nil {
			return err
		}
		no, err := c.list(n.ElseList)
		out = func(s *state, dot reflect.Value) {
			value := condition(s, dot)
			switch {
			case isTrue(value) && with:
				yes(s, value)
			case isTrue(value):
				yes(s, dot)
			case no != nil:
				no(s, dot)
			}
		}
		return err
	})
	return out, err
}

// loop is {{range}} over a list.
func (c *compiler) loop(n *parse.RangeNode) (out statement, err error) {
	if n.Pipe.IsAssign || len(n.Pipe.Decl) > 2 {
		return nil, left("range that assigns")
	}
	err = c.scoped(func() error {
		over, err := c.commands(n.Pipe.Cmds)
		if err != nil {
			return err
		}
		index, element := -1, -1
		for i, v := range n.Pipe.Decl {
			place := c.declare(v.Ident[0])
			if i == len(n.Pipe.Decl)-1 {
				element = place
			} else {
				index = place
			}
		}
		body, err := c.list(n.List)
		if err != nil {
			return err
		}
		// Behind an empty list its variables hold the list itself; nobody
		// writes that.
		if n.ElseList != nil && len(n.Pipe.Decl) > 0 {
			return left("range with variables and else")
		}
		empty, err := c.list(n.ElseList)
		out = func(s *state, dot reflect.Value) {
			value, _ := indirect(over(s, dot))
			count := 0
			switch value.Kind() {
			case reflect.Invalid:
			case reflect.Slice, reflect.Array:
				count = value.Len()
			default:
				panic("range over " + value.Kind().String())
			}
			if count == 0 && empty != nil {
				empty(s, dot)
			}
			for i := range count {
				one := value.Index(i)
				if element >= 0 {
					s.vars[s.base+element] = one
				}
				if index >= 0 {
					s.vars[s.base+index] = reflect.ValueOf(i)
				}
				body(s, one)
			}
		}
		return err
	})
	return out, err
}

// call is {{template}}.
func (c *compiler) call(n *parse.TemplateNode) (statement, error) {
	callee, err := c.template(n.Name)
	if err != nil {
		return nil, err
	}
	data := func(*state, reflect.Value) reflect.Value { return reflect.Value{} }
	if n.Pipe != nil {
		if data, err = c.pipeline(n.Pipe); err != nil {
			return nil, err
		}
	}
	caller := c.frame
	return func(s *state, dot reflect.Value) {
		value := data(s, dot)
		s.base += caller.vars
		callee.run(s, value)
		s.base -= caller.vars
	}, nil
}
