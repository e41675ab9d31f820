package front

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"debrief/generator/diag"
)

// everything is a struct with every type of value there is.
type everything struct {
	Title    string      `front:"title"`
	Updated  string      `front:"updated,lastmod,modified"`
	Weight   int         `front:"weight"`
	Order    *int        `front:"order"`
	Words    []string    `front:"words"`
	Draft    Bool        `front:"draft"`
	Day      Date        `front:"day"`
	At       Time        `front:"at"`
	Length   Duration    `front:"length"`
	Share    Percent     `front:"share"`
	Number   Number      `front:"number"`
	Money    Money       `front:"money"`
	Ref      Ref         `front:"ref"`
	Refs     []Ref       `front:"refs"`
	Tags     Tags        `front:"tags"`
	Map      Map[Number] `front:"map"`
	Nested   nested      `front:"nested"`
	Several  []nested    `front:"several"`
	Optional *nested     `front:"optional"`
}

type nested struct {
	Name string `front:"name"`
	Size int    `front:"size"`
}

// read decodes text as the front matter of a note whose first line is ---.
func read(text string, o Options) (everything, []Field, diag.List) {
	var e everything
	doc, found := Parse([]byte(text), 2, ForNotes)
	extra, more := doc.Decode(o, &e)
	return e, extra, append(found, more...)
}

// brief writes findings as "line:column rule", one after the other.
func brief(found diag.List) string {
	var out []string
	for _, f := range found {
		out = append(out, fmt.Sprintf("%d:%d %s", f.Line, f.Column, f.Rule))
	}
	return strings.Join(out, ", ")
}

func TestValues(t *testing.T) {
	offset := time.FixedZone("", -7*3600)
	for _, c := range []struct {
		text string
		got  func(e everything) any
		want any
	}{
		{"title: plain", func(e everything) any { return e.Title }, "plain"},
		{"title: '  in quotes  '", func(e everything) any { return e.Title }, "in quotes"},
		{"title: 2024", func(e everything) any { return e.Title }, "2024"},
		{"title: no", func(e everything) any { return e.Title }, "no"},
		{"title: 2023-07-11", func(e everything) any { return e.Title }, "2023-07-11"},
		{"title: |\n  two\n  lines\n", func(e everything) any { return e.Title }, "two\nlines"},
		{"lastmod: x", func(e everything) any { return e.Updated }, "x"},
		{"modified: x", func(e everything) any { return e.Updated }, "x"},
		{"weight: -3", func(e everything) any { return e.Weight }, -3},
		{"order: 0", func(e everything) any { return e.Order != nil && *e.Order == 0 }, true},
		{"words: one", func(e everything) any { return strings.Join(e.Words, "|") }, "one"},
		{"words: [one, 2, true]", func(e everything) any { return strings.Join(e.Words, "|") }, "one|2|true"},
		{"draft: true", func(e everything) any { return e.Draft }, Bool{B: true, Set: true}},
		{"draft: False", func(e everything) any { return e.Draft }, Bool{Set: true}},
		{"day: 2023-07-11", func(e everything) any { return e.Day.String() }, "2023-07-11"},
		{"day: 2023-07-11T23:30:00-07:00", func(e everything) any { return e.Day.String() }, "2023-07-11"},
		{"at: 2023-07-11T10:02:30-07:00", func(e everything) any { return e.At.T.Equal(time.Date(2023, 7, 11, 10, 2, 30, 0, offset)) }, true},
		{"at: 2023-07-11 10:02 -07:00", func(e everything) any { return e.At.T.Equal(time.Date(2023, 7, 11, 10, 2, 0, 0, offset)) }, true},
		{"at: T+12m30s", func(e everything) any { return e.At.Offset }, 12*time.Minute + 30*time.Second},
		{"at: T+01:30", func(e everything) any { return e.At.Offset }, 90 * time.Minute},
		{"at: 10:22", func(e everything) any { return e.At.Clock }, 10*time.Hour + 22*time.Minute},
		{"length: 1h30m", func(e everything) any { return e.Length.D }, 90 * time.Minute},
		{"length: 3d", func(e everything) any { return e.Length.D }, 72 * time.Hour},
		{"share: 99.9%", func(e everything) any { return e.Share.Set }, true},
		{"number: 1.35x", func(e everything) any { return e.Number }, Number{F: 1.35, Unit: "x", Set: true}},
		{"number: 1200", func(e everything) any { return e.Number.F }, 1200.0},
		{"money: USD 3.2M", func(e everything) any { return fmt.Sprint(e.Money.M.Amount, e.Money.M.Currency) }, "3.2e+06USD"},
		{"money: {amount: 5, currency: eur}", func(e everything) any { return fmt.Sprint(e.Money.M.Amount, e.Money.M.Currency) }, "5EUR"},
		{"ref: checkout", func(e everything) any { return e.Ref.Name }, "checkout"},
		{"ref: \"[[checkout|text]]\"", func(e everything) any { return e.Ref.Name }, "checkout"},
		{"ref: [[checkout]]", func(e everything) any { return e.Ref.Name }, "checkout"},
		{"refs: [a, \"[[b#H]]\"]", func(e everything) any { return e.Refs[0].Name + "|" + e.Refs[1].Name }, "a|b"},
		{"tags: [x, '#y', a b]", func(e everything) any { return strings.Join(e.Tags, "|") }, "x|y|a b"},
		{"tags: x y", func(e everything) any { return strings.Join(e.Tags, "|") }, "x|y"},
		{"tags: x y, z", func(e everything) any { return strings.Join(e.Tags, "|") }, "x y|z"},
		{"map: {b: 1, a: 2}", func(e everything) any { return fmt.Sprint(e.Map[0].Key, e.Map[1].Key, e.Map[1].Value.F) }, "ba2"},
		{"nested: {name: x, size: 3}", func(e everything) any { return e.Nested }, nested{"x", 3}},
		{"several: {name: x}", func(e everything) any { return e.Several[0].Name }, "x"},
		{"optional: {size: 2}", func(e everything) any { return e.Optional.Size }, 2},
		{"title:", func(e everything) any { return e.Title }, ""},
		{"# only a comment", func(e everything) any { return e.Title }, ""},
		{"", func(e everything) any { return e.Title }, ""},
	} {
		e, _, found := read(c.text, Options{})
		if len(found) > 0 {
			t.Errorf("%q: found %s", c.text, found[0].Message)
			continue
		}
		if got := c.got(e); got != c.want {
			t.Errorf("%q reads as %v, want %v", c.text, got, c.want)
		}
	}
}

func TestFaultsHaveTheirPlaceAndCostNoMore(t *testing.T) {
	for _, c := range []struct {
		text, want string // findings, see brief
		kept       string // the title, which must survive
	}{
		{"title: T\nweight: heavy", "3:9 bad-front-matter", "T"},
		{"weight: [1]\ntitle: T", "2:9 bad-front-matter", "T"},
		{"title: T\ndraft: \"false\"", "3:8 bad-front-matter", "T"},
		{"title: T\ndraft: yes", "3:8 bad-front-matter", "T"},
		{"title: T\ndraft: 1", "3:8 bad-front-matter", "T"},
		{"title: T\nday: 2024-13-01", "3:6 bad-time", "T"},
		{"title: T\nat: 2023-07-11", "3:5 bad-time", "T"},
		{"title: T\nat: 2023-07-11 10:02", "3:5 bad-time", "T"},
		{"title: T\nlength: ninety", "3:9 bad-duration", "T"},
		{"title: T\nshare: 12", "3:8 bad-unit", "T"},
		{"title: T\nshare: most", "3:8 bad-unit", "T"},
		{"title: T\nnumber: many", "3:9 bad-unit", "T"},
		{"title: T\nmoney: 5", "3:8 bad-unit", "T"},
		{"title: T\nref: {a: b}", "3:6 bad-reference", "T"},
		{"title: T\ntags: [[a, b]]", "3:8 bad-front-matter", "T"},
		{"title: T\nmap: x", "3:6 bad-front-matter", "T"},
		{"title: T\nnested: x", "3:9 bad-front-matter", "T"},
		{"title: T\nnested:\n  nam: x", "4:3 unknown-key", "T"},
		{"title: T\nseveral:\n  - name: a\n  - size: b", "5:11 bad-front-matter", "T"},
		{"title: T\ntitle: U\ntitle: V", "3:1 bad-front-matter", "T"},
		{"title: T\ntag: #none", "3:1 unknown-key", "T"},
		{"title: T\ntags: #none", "3:6 bad-front-matter", "T"},
		{"updated: a\nlastmod: b\ntitle: T", "3:1 bad-front-matter", "T"},
		// syntax: the other keys stay, and what is plainly meant is read
		{"title: Outage: the night\nweight: 1", "2:14 bad-front-matter", "Outage: the night"},
		{"words: [a\ntitle: T", "3:1 bad-front-matter", "T"},
		{"weight: \"1\n\ttab: x\ntitle: T", "2:9 bad-front-matter", "T"},
		{"title: T\nwords: 'a\nweight: 2", "3:8 bad-front-matter", "T"},
		{"title: T\n? [a, b]\n: c", "3:3 bad-front-matter", "T"},
		{"- a\n- b", "2:1 bad-front-matter", ""},
		{"just words", "2:1 bad-front-matter", ""},
		{"title: T\nwords: &x [a]\nrefs: *x\nref: *x", "4:7 bad-front-matter", "T"},
		// what a template was to fill in
		{"title: T\nday: {{date}}", "3:6 fill-me", "T"},
		{"title: T\nday: {{date:YYYY-MM-DD}}", "3:6 fill-me", "T"},
		{"title: T\nday: {{date}} x", "3:6 fill-me", "T"},
		{"title: T\nday: \"{{date:YYYY-MM-DD}}\"", "3:6 fill-me", "T"},
		{"title: \"{{error_rate.before}}\"", "", "{{error_rate.before}}"},
		{"title: T\nday: <% tp.date.now() %>", "3:6 fill-me", "T"},
		{"title: T\nday: fill me in", "3:6 fill-me", "T"},
	} {
		e, _, found := read(c.text, Options{})
		if got := brief(found); got != c.want {
			t.Errorf("%q: found %s, want %s\n%+v", c.text, got, c.want, found)
		}
		if e.Title != c.kept {
			t.Errorf("%q: the title is %q, want %q", c.text, e.Title, c.kept)
		}
	}
}

func TestUnsureBooleansSaySo(t *testing.T) {
	for _, text := range []string{`"false"`, `'true'`, "yes", "no", "on", "0", "[true]", "{a: b}", "maybe"} {
		if e, _, _ := read("draft: "+text, Options{}); !e.Draft.Bad || e.Draft.B {
			t.Errorf("draft: %s reads as %+v, want it bad", text, e.Draft)
		}
	}
}

func TestUnknownKeys(t *testing.T) {
	for _, c := range []struct {
		text    string
		options Options
		want    string
	}{
		{"colour: red", Options{}, `info: debrief has no use for the key "colour" [it is kept and shown on the page]`},
		{"titel: x", Options{}, `info: debrief has no use for the key "titel" [did you mean "title"?]`},
		{"titel: x", Options{Strict: true}, `warning: debrief has no use for the key "titel" [did you mean "title"?]`},
		{"titel: x", Options{Free: true}, `info: debrief has no use for the key "titel" [did you mean "title"?]`},
		{"colour: red", Options{Free: true}, ""},
		{"up: x", Options{Free: true}, ""},
	} {
		_, extra, found := read(c.text, c.options)
		got := ""
		for _, f := range found {
			got += fmt.Sprintf("%s: %s %v", f.Severity, f.Message, f.Hints)
		}
		if got != c.want || len(extra) != 1 {
			t.Errorf("%q with %+v: %s, want %s; kept %v", c.text, c.options, got, c.want, extra)
		}
	}
	_, extra, _ := read("list: [a, b]\nmap: {x: 1}\nother: {k: [v, w], l: m}", Options{})
	if len(extra) != 2 || extra[0].Value != "a, b" || extra[1].Value != "k: v, w; l: m" {
		t.Errorf("kept %+v", extra)
	}
}

func TestLimits(t *testing.T) {
	keys := &strings.Builder{}
	for i := range 600 {
		fmt.Fprintf(keys, "k%d: v\n", i)
	}
	for name, text := range map[string]string{
		"bytes":          "title: |\n" + strings.Repeat("  words\n", 9000),
		"keys":           keys.String(),
		"depth":          "x: " + strings.Repeat("[", 30) + strings.Repeat("]", 30),
		"hostile depth":  "x: " + strings.Repeat("[", 30000),
		"hostile indent": strings.Repeat("- ", 30000) + "x",
		"repeated keys":  strings.Repeat("title: t\n", 7000),
	} {
		start := time.Now()
		_, found := Parse([]byte(text), 2, ForNotes)
		if len(found) != 1 || found[0].Rule != "bad-front-matter" || !strings.Contains(found[0].Message, "is not read") && name != "repeated keys" {
			t.Errorf("%s: %d findings: %.200s", name, len(found), fmt.Sprint(found))
		}
		if took := time.Since(start); took > time.Second {
			t.Errorf("%s took %v", name, took)
		}
	}
}

func TestSpan(t *testing.T) {
	doc, _ := Parse([]byte("title: \"T x\"\nlist:\n  - {name: größe}\n  - two\n"), 2, ForNotes)
	for _, c := range []struct {
		path []any
		want string
	}{
		{[]any{"title"}, "2:8 +5"},
		{[]any{"list"}, "3:1 +4"},
		{[]any{"list", 0, "name"}, "4:12 +5"},
		{[]any{"list", 1}, "5:5 +3"},
		{[]any{"list", 9}, "4:3 +1"},
		{[]any{"title", 0}, "2:8 +5"},
		{[]any{"none"}, "0:0 +0"},
	} {
		p, width := doc.Span(c.path...)
		if got := fmt.Sprintf("%d:%d +%d", p.Line, p.Column, width); got != c.want {
			t.Errorf("Span(%v) = %s, want %s", c.path, got, c.want)
		}
	}
	var none *Doc
	if p, _ := none.Span("x"); !p.IsZero() {
		t.Error("a document that is not there has places")
	}
}

// FuzzFront holds that no text panics, takes long, or is found outside of
// itself, and that each limit is kept.
func FuzzFront(f *testing.F) {
	for _, seed := range []string{
		"title: a: b\ntags: [x\n\tbad: tab", "a: &x [1]\nb: *x", "? [a]\n: b", "{{date}}", "a: {{b: {c}}}", "x: |\n  y\n z", "a: 'b\nc: \"d",
		"--- \na: b\n...\nc: d", "%YAML 1.1\n---\na: b", "!!binary x: y", "a: !!int b", "draft: yes\nday: 10:02\nmoney: $5", "\x00: \u0085", "- - - a", "a:\n  - b\n c", "<<: *x", "é: 日本\n  x: y",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		if len(text) > 4096 || bytes.IndexByte(text, '\r') >= 0 {
			return // package source leaves no carriage returns
		}
		var e everything
		doc, found := Parse(text, 2, ForNotes)
		_, more := doc.Decode(Options{Zone: time.UTC}, &e)
		lines := strings.Split(string(text), "\n")
		for _, f := range append(found, more...) {
			if f.Line < 2 || f.Line > len(lines)+2 || f.Column < 1 || f.Message == "" || f.Rule == "" {
				t.Fatalf("%q: found %+v", text, f)
			}
		}
	})
}

// TestABackslashInDoubleQuotes says how to write a pattern, which is where
// people first meet it.
func TestABackslashInDoubleQuotes(t *testing.T) {
	_, _, found := read(`words: ["INC-\d+"]`, Options{})
	if brief(found) != "2:14 bad-front-matter" || len(found[0].Hints) != 1 || !strings.Contains(found[0].Hints[0], "single quotes") {
		t.Errorf("found %v", found)
	}
}
