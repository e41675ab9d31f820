package quick_test

import (
	"bytes"
	"errors"
	"html/template"
	"reflect"
	"strings"
	"testing"
	"time"

	"debrief/generator/render/quick"
)

type inner struct{ Name string }

func (i inner) Shout() string           { return strings.ToUpper(i.Name) + "!" }
func (i *inner) Placed() string         { return "placed " + i.Name }
func (i inner) Times(n int) string      { return strings.Repeat(i.Name, n) }
func (i inner) Fails() (string, error)  { return "half", errors.New("fails") }
func (i inner) Panics() string          { panic("no") }
func (i inner) All(of ...string) string { return strings.Join(of, i.Name) }

type colour string

func (c colour) String() string { return "the colour " + string(c) }

type flavour string

type outer struct {
	*inner
	Text, Empty  string
	Markup       template.HTML
	Address      template.URL
	Number       int
	Far          int64
	Share        float64
	Yes, No      bool
	List         []string
	None         []string
	Inners       []inner
	Pointers     []*inner
	Any          any
	Nothing      any
	Nil          *inner
	Colour       colour
	Flavour      flavour
	When         time.Duration
	Map          map[string]int
	Anys         []any
	unexported   string
	PointsToText *string
}

func data() *outer {
	text := "pointed at <b>"
	return &outer{
		inner: &inner{"in & out"}, Text: `a<b>"c"&'d'+` + "\x00e`", Markup: "<i>it</i>", Address: "javascript:x()", Number: 7, Far: -9, Share: 2.5, Yes: true,
		List: []string{"x", "<y>", ""}, Inners: []inner{{"one"}, {"two"}}, Pointers: []*inner{{"three"}, nil}, Any: inner{"any"}, Colour: "r<d", Flavour: "sw&t",
		When: time.Minute, Map: map[string]int{"a": 1}, Anys: []any{1, "two<", nil, inner{"3"}}, unexported: "x", PointsToText: &text,
	}
}

var functions = template.FuncMap{
	"upper": strings.ToUpper, "join": strings.Join, "add": func(a, b int) int { return a + b },
	"fail": func() (string, error) { return "", errors.New("no") },
}

// drawn draws a template both ways.
func drawn(t *testing.T, text string, data any) (fast string, fastErr error, slow string, slowErr error) {
	t.Helper()
	set, err := template.New("main").Funcs(functions).Parse(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	var q *quick.Template
	known := quick.Known{Funcs: functions, Methods: map[reflect.Type]map[string]quick.Method{
		reflect.TypeFor[inner](): {"Times": func(v any, args []any) (any, bool, error) {
			if n, ok := args[0].(int); ok && len(args) == 1 {
				return v.(inner).Times(n), true, nil
			}
			return nil, false, nil
		}},
	}}
	b := bytes.NewBufferString("before ")
	if q, fastErr = quick.Compile(set, "main", known); fastErr == nil {
		fastErr = q.Execute(b, data)
	}
	fast = b.String()
	b.Reset()
	slowErr = set.ExecuteTemplate(b, "main", data)
	return fast, fastErr, "before " + b.String(), slowErr
}

// TestAsHTMLTemplate draws what templates may say both ways.
func TestAsHTMLTemplate(t *testing.T) {
	for _, text := range []string{
		`plain {{/* said by nobody */}} text`,
		`{{.Text}} {{.Markup}} {{.Number}} {{.Far}} {{.Share}} {{.Yes}} {{.When}} {{.Colour}} {{.Flavour}} {{.Any}} {{.Nothing}} {{.List}} {{.PointsToText | len}}`,
		`<p title="{{.Text}}" class='{{.Flavour}}' data-n="{{.Number}}">`,
		`<a href="{{.Text}}">{{.Text}}</a><a href="x/{{.Text}}?y={{.Text}}#{{.Text}}">`,
		`<a href="{{.Flavour}}"><img src="{{"javascript:alert(1)"}}"><a href="{{"mailto:x@y"}}"><a href="{{"a/b:c"}}"><a href="{{"100%zz%41 é"}}">`,
		`<title>{{.Text}}</title><textarea>{{.Text}}</textarea>`,
		`{{if .Yes}}yes{{else}}no{{end}}{{if .No}}yes{{else if .Number}}number{{else}}no{{end}}{{if .Nil}}x{{end}}{{if .Nothing}}x{{end}}{{if .Share}}s{{end}}{{if .Map}}m{{end}}`,
		`{{with .Text}}{{.}}{{$.Number}}{{end}}{{with .Empty}}x{{else}}empty{{end}}{{with $x := .Number}}{{$x}}{{end}}{{with .Any}}{{.Name}}{{end}}`,
		`{{range .List}}[{{.}}]{{end}}{{range .None}}x{{else}}none {{.Number}}{{end}}{{range $i, $x := .List}}{{$i}}={{$x}};{{end}}{{range $x := .List}}{{$x}}{{end}}{{range .Nothing}}x{{end}}`,
		`{{range .Inners}}{{.Name}}{{.Shout}}{{.Placed}}{{.Times 2}}{{end}}`,
		`{{range .Anys}}({{.}}){{end}}{{range $i, $x := .Anys}}{{$x}}{{end}}`,
		`{{.Name}} {{.Shout}} {{.Placed}} {{($).Name}}`,
		`{{.Any.Name}} {{.Any.Shout}} {{.Any.Times 3}} {{.All "a" "b"}} {{.All}}`,
		`{{$x := 1}}{{if .Yes}}{{$x := 2}}{{$x}}{{$x = 3}}{{$x}}{{end}}{{$x}}{{range .List}}{{$x = add $x 1}}{{end}}{{$x}}`,
		`{{eq .Number 7}}{{eq .Text "x" .Text}}{{ne .Flavour "sw&t"}}{{eq .Colour "r<d"}}{{gt .Number 6}}{{ge .Far -9}}{{lt "a" "b"}}{{le 2 1}}{{eq .Yes true}}{{not .Yes}}{{eq .Far .Number}}`,
		`{{and .Yes .Number}} {{or .Empty .Nothing .Text}} {{and .No .Fails}} {{or .Yes .Panics}} {{len .List}} {{len .Text}} {{len .Map}}`,
		`{{upper .Text}} {{.Text | upper}} {{join .List ", "}} {{add 1 2 | add 3}} {{print .Number "x" .Number 3 4}} {{print .Nothing}} {{"lit<"}} {{1}} {{true}}`,
		`{{define "a"}}[{{.}}{{$}}]{{end}}{{template "a" .Text}}{{template "a"}}{{range .List}}{{$y := .}}{{template "a" $y}}{{$y}}{{end}}`,
		`{{define "tree"}}{{$n := .}}<{{$n}}>{{if gt . 0}}{{template "tree" (add . -1)}}{{end}}{{$n}}{{end}}{{template "tree" 3}}`,
		`{{define "endless"}}{{template "endless" .}}{{end}}{{template "endless" .}}`,
		`{{block "b" .List}}{{range .}}{{.}}{{end}}{{end}}`,
		`{{.Nil.Shout}}`, `{{.Nil.Name}}`, `{{.Missing}}`, `{{.Text.Missing}}`, `{{.Fails}}`, `{{.Panics}}`, `{{fail}}`, `{{.unexported}}`, `{{.Map.a}}`, `{{index .List 1}}`,
		`{{.Nothing.Name}}`, `{{eq .Text 1}}`, `{{lt .Yes .No}}`, `{{range .Text}}{{end}}`, `{{range .Number}}x{{end}}`, `{{range .Map}}{{.}}{{end}}`, `{{.Times "x"}}`, `{{.Times}}`, `{{add 1}}`, `{{upper 1}}`,
		`{{eq .Nil nil}}`, `{{len .Nil}}`, `{{printf "%d" .Number}}`, `{{.PointsToText}}`, `{{.Pointers}}`, `{{range .Pointers}}{{.Name}}{{end}}`, `{{.Inners}}`,
		`<p title="{{.Markup}}">`, `<title>{{.Markup}}</title>`, `<a href="{{.Address}}">`, `{{.Address}}`, `<script>{{.Text}}</script>`, `<p style="color: {{.Text}}">`, `<p {{.Text}}>`, `<p onclick="{{.Text}}">`, `<a href={{.Text}}>`,
		`{{range .List}}{{break}}{{end}}`, `{{range .List}}{{continue}}{{end}}`, `{{1.5}}`, `{{'a'}}`, `{{0x10}}`, `{{(.Any).Name}}`, `{{(eq 1 1)}}`,
	} {
		fast, fastErr, slow, slowErr := drawn(t, text, data())
		switch {
		case fastErr != nil && fast != "before ":
			t.Errorf("%s: left %q behind with %v", text, fast, fastErr)
		case fastErr == nil && slowErr != nil:
			t.Errorf("%s: %q, html/template says %v", text, fast, slowErr)
		case fastErr == nil && fast != slow:
			t.Errorf("%s:\n%q, want\n%q", text, fast, slow)
		case fastErr != nil && slowErr == nil:
			t.Logf("left alone: %s: %v", text, fastErr)
		}
	}
}

// TestWhatIsLeft is what a theme may say and html/template then draws; all
// else in the list above is drawn here.
func TestWhatIsLeft(t *testing.T) {
	for _, text := range []string{
		`{{index .List 1}}`, `{{printf "%d" .Number}}`, `{{range .Number}}x{{end}}`, `{{range .Map}}{{.}}{{end}}`, `{{.PointsToText}}`, `<p title="{{.Markup}}">`, `<script>{{.Text}}</script>`, `{{.Missing}}`,
	} {
		if _, err, _, _ := drawn(t, text, data()); !errors.Is(err, quick.ErrLeft) {
			t.Errorf("%s: %v, want it left to html/template", text, err)
		}
	}
	for _, text := range []string{`{{.Text}}`, `<a href="{{.Text}}">`, `<title>{{.Text}}</title>`, `{{range $i, $x := .List}}{{$i}}{{$x}}{{end}}`, `{{with .Any}}{{.Shout}}{{end}}`} {
		if _, err, _, _ := drawn(t, text, data()); err != nil {
			t.Errorf("%s is left alone: %v", text, err)
		}
	}
}

// FuzzText writes any text wherever templates write text.
func FuzzText(f *testing.F) {
	for _, text := range []string{`a<b>"c"&'d'+`, "\x00`\xff\xfe é￾", "javascript:x", "http://a/b?c=d&e=%zz%41#f", " \t\n\\"} {
		f.Add(text)
	}
	const all = `{{.}}<p title="{{.}}" class='a{{.}}'><a href="{{.}}"><a href="x/{{.}}"><a href="?q={{.}}"><a href="#{{.}}"><title>{{.}}</title><textarea>{{.}}</textarea>{{print .}}{{. | upper}}`
	f.Fuzz(func(t *testing.T, text string) {
		if fast, err, slow, _ := drawn(t, all, text); err != nil || fast != slow {
			t.Errorf("%q: %v\n%q, want\n%q", text, err, fast, slow)
		}
	})
}
