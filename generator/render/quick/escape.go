package quick

import (
	"fmt"
	"html/template"
	"reflect"
	"strconv"
	"strings"
	"text/template/parse"
)

// escapePrefix begins the names of the functions that html/template adds to
// the end of every pipeline that is shown.
const escapePrefix = "_html_template_"

// action shows a pipeline, or only declares variables.
func (c *compiler) action(p *parse.PipeNode) (statement, error) {
	if len(p.Decl) > 0 {
		value, err := c.pipeline(p)
		return func(s *state, dot reflect.Value) { value(s, dot) }, err
	}
	cmds := p.Cmds
	var by []escaper
	for len(cmds) > 0 {
		name, ok := cmds[len(cmds)-1].Args[0].(*parse.IdentifierNode)
		if !ok || len(cmds[len(cmds)-1].Args) != 1 || !strings.HasPrefix(name.Ident, escapePrefix) {
			break
		}
		escape := escapers[strings.TrimPrefix(name.Ident, escapePrefix)]
		if escape == nil {
			return nil, left("%s", name.Ident)
		}
		by = append([]escaper{escape}, by...)
		cmds = cmds[:len(cmds)-1]
	}
	if len(by) == 0 {
		return nil, left("what is not escaped")
	}
	value, err := c.commands(cmds)
	if err != nil {
		return nil, err
	}
	return func(s *state, dot reflect.Value) {
		text, isHTML := said(value(s, dot))
		for _, escape := range by {
			text, isHTML = escape(text, isHTML), false
		}
		s.out.WriteString(text)
	}, nil
}

// An escaper makes text safe for a place in a page. isHTML is whether it was
// marked as such.
type escaper func(text string, isHTML bool) string

// escapers do what those of html/template do, by their names.
var escapers = map[string]escaper{
	"htmlescaper": func(text string, isHTML bool) string {
		if isHTML {
			return text
		}
		return escaped(text)
	},
	"attrescaper":   plain(escaped),
	"rcdataescaper": plain(escaped),
	"urlfilter":     plain(filtered),
	"urlnormalizer": plain(func(text string) string { return address(text, true) }),
	"urlescaper":    plain(func(text string) string { return address(text, false) }),
}

// plain is an escaper that does not know what to do with markup.
func plain(escape func(string) string) escaper {
	return func(text string, isHTML bool) string {
		if isHTML {
			panic("markup where there can be none")
		}
		return escape(text)
	}
}

var htmlType = reflect.TypeFor[template.HTML]()

// said is what a value says as text.
func said(v reflect.Value) (text string, isHTML bool) {
	for v.Kind() == reflect.Interface && !v.IsNil() {
		v = v.Elem()
	}
	if !v.IsValid() || v.Kind() == reflect.Interface {
		return "", false
	}
	switch v.Type() {
	case stringType:
		return v.String(), false
	case htmlType:
		return v.String(), true
	case intType:
		return strconv.FormatInt(v.Int(), 10), false
	}
	if v.Kind() == reflect.Pointer || v.Type().PkgPath() == htmlType.PkgPath() {
		panic("how to show a " + v.Type().String())
	}
	return fmt.Sprint(v.Interface()), false
}

var intType = reflect.TypeFor[int]()

// escaped is text in a page or in a value in quotes.
func escaped(text string) string {
	var b strings.Builder
	from := 0
	for i := range len(text) {
		if c := text[i]; c < 64 && ends&(1<<c) != 0 {
			b.WriteString(text[from:i])
			b.WriteString(entities[c])
			from = i + 1
		}
	}
	if from == 0 {
		return text
	}
	return b.String() + text[from:]
}

// ends has a bit for each character that is written as an entity.
const ends = 1<<0 | 1<<'"' | 1<<'&' | 1<<'\'' | 1<<'+' | 1<<'<' | 1<<'>'

// entities take the place of what could end a text or a value.
var entities = [64]string{0: "\uFFFD", '"': "&#34;", '&': "&amp;", '\'': "&#39;", '+': "&#43;", '<': "&lt;", '>': "&gt;"}

// filtered lets only addresses pass that lead somewhere and do nothing.
func filtered(text string) string {
	if scheme, _, ok := strings.Cut(text, ":"); ok && !strings.Contains(scheme, "/") &&
		!strings.EqualFold(scheme, "http") && !strings.EqualFold(scheme, "https") && !strings.EqualFold(scheme, "mailto") {
		return "#ZgotmplZ"
	}
	return text
}

// address encodes what may not stand in an address, or in a part of one.
func address(text string, whole bool) string {
	var b strings.Builder
	from := 0
	for i := range len(text) {
		c := text[i]
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', strings.IndexByte("-._~", c) >= 0,
			whole && strings.IndexByte("!#$&*+,/:;=?@[]", c) >= 0,
			whole && c == '%' && i+2 < len(text) && isHex(text[i+1]) && isHex(text[i+2]):
			continue
		}
		fmt.Fprintf(&b, "%s%%%02x", text[from:i], c)
		from = i + 1
	}
	if from == 0 {
		return text
	}
	return b.String() + text[from:]
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}
