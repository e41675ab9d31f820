// Package front reads YAML with positions: front matter, debrief.yaml, packs
// and the YAML fences in notes.
//
// Nothing is lost to a fault: every fault becomes a finding at its line and
// column, and what could be read is kept. The package knows no kinds; which
// keys there are and what they mean is told by the struct one decodes into.
// It is the only package that knows the YAML library.
package front

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"debrief/generator/diag"
)

// Limits are checked before YAML sees the bytes: a parser's own cost is
// super-linear in depth and in repeated keys.
type Limits struct {
	KiB, Keys, Depth int
}

var (
	// ForNotes is what front matter may hold.
	ForNotes = Limits{KiB: 64, Keys: 500, Depth: 20}
	// ForPacks is what a file of data, such as a pack, may hold.
	ForPacks = Limits{KiB: 1024, Keys: 20000, Depth: 20}
)

// A Doc is one YAML mapping with the places of its keys and values.
type Doc struct {
	entries []entry
	lines   []string
	first   int // file line of lines[0]
	limits  Limits
}

type entry struct{ key, value *yaml.Node }

// Parse reads text, whose first line is line first of its file. Syntax faults
// cost the top-level key they stand in, not its neighbours. Findings carry no
// path; the caller knows the file.
func Parse(text []byte, first int, limits Limits) (*Doc, diag.List) {
	d := &Doc{lines: strings.Split(string(text), "\n"), first: first, limits: limits}
	var found diag.List
	if what := limits.over(text); what != "" {
		return d, append(found, diag.At("bad-front-matter", diag.Error, "", diag.Pos{Line: first, Column: 1}, 0,
			"front matter of more than %s is not read", what).Hint("move the text into the body, or split the note"))
	}
	found = d.read(text, 0)
	return d, found
}

// over names the limit that text is plainly over, if any.
func (l Limits) over(text []byte) string {
	if len(text) > l.KiB<<10 {
		return fmt.Sprintf("%d KiB", l.KiB)
	}
	keys, depth, deepest := 0, 0, 0
	for _, line := range bytes.Split(text, []byte("\n")) {
		indent := len(line) - len(bytes.TrimLeft(line, " -?"))
		deepest = max(deepest, indent/2+depth)
		for _, c := range line {
			switch c {
			case '{', '[':
				depth++
				deepest = max(deepest, indent/2+depth)
			case '}', ']':
				depth = max(depth-1, 0)
			case ':':
				keys++
			}
		}
	}
	// Colons over-count keys (times, URLs): generous here, exact in read.
	if keys > 10*l.Keys {
		return fmt.Sprintf("%d keys", l.Keys)
	}
	// Indents may be four wide and more; exact in read.
	if deepest > 10*l.Depth {
		return fmt.Sprintf("%d levels", l.Depth)
	}
	return ""
}

// read parses text, which begins offset lines into the document. When that
// fails it parses each top-level key by itself.
func (d *Doc) read(text []byte, offset int) diag.List {
	root, err := load(text)
	if err != nil {
		chunks := topLevel(text)
		if len(chunks) < 2 {
			return diag.List{d.syntax(err, offset)}
		}
		var found diag.List
		for _, c := range chunks {
			found = append(found, d.read(c.text, offset+c.line)...)
		}
		return found
	}
	if root == nil || root.Tag == "!!null" {
		return nil
	}
	shift(root, offset)
	if root.Kind != yaml.MappingNode {
		return diag.List{diag.At("bad-front-matter", diag.Error, "", d.pos(root), 0, "expected keys and values, like `title: My note`")}
	}
	var found diag.List
	if what := d.tooMuch(root); what != "" {
		return append(found, diag.At("bad-front-matter", diag.Error, "", d.pos(root), 0, "front matter of more than %s is not read", what))
	}
	d.clean(root, &found)
	for i := 0; i+1 < len(root.Content); i += 2 {
		d.entries = append(d.entries, entry{root.Content[i], root.Content[i+1]})
	}
	return found
}

func load(text []byte) (root *yaml.Node, err error) {
	defer func() {
		if r := recover(); r != nil { // a panic in the parser is the author's odd text, not the end of the build
			root, err = nil, errors.New("it cannot be read as YAML")
		}
	}()
	var doc yaml.Node
	if err := yaml.Load(text, &doc, yaml.WithUniqueKeys(false), yaml.WithSingleDocument()); err != nil {
		if len(bytes.TrimSpace(stripComments(text))) == 0 {
			return nil, nil
		}
		return nil, err
	}
	if len(doc.Content) == 0 {
		return nil, nil
	}
	return doc.Content[0], nil
}

func stripComments(text []byte) []byte {
	return regexp.MustCompile(`(?m)^\s*#.*$`).ReplaceAll(text, nil)
}

func shift(n *yaml.Node, lines int) {
	n.Line += lines
	for _, c := range n.Content {
		shift(c, lines)
	}
}

// tooMuch names the limit a parsed mapping is over, if any.
func (d *Doc) tooMuch(root *yaml.Node) string {
	keys := 0
	var walk func(n *yaml.Node, depth int) bool
	walk = func(n *yaml.Node, depth int) bool {
		if depth > d.limits.Depth {
			return false
		}
		if n.Kind == yaml.MappingNode {
			keys += len(n.Content) / 2
		}
		for _, c := range n.Content {
			if !walk(c, depth+1) {
				return false
			}
		}
		return true
	}
	if !walk(root, 0) {
		return fmt.Sprintf("%d levels", d.limits.Depth)
	}
	if keys > d.limits.Keys {
		return fmt.Sprintf("%d keys", d.limits.Keys)
	}
	return ""
}

// clean removes what cannot be read safely (aliases, repeated keys, keys that
// are not text) and says so.
func (d *Doc) clean(n *yaml.Node, found *diag.List) {
	if n.Kind == yaml.MappingNode {
		seen := make(map[string]int, len(n.Content)/2)
		kept := n.Content[:0]
		for i := 0; i+1 < len(n.Content); i += 2 {
			key, value := n.Content[i], n.Content[i+1]
			if key.Kind != yaml.ScalarNode {
				*found = append(*found, diag.At("bad-front-matter", diag.Error, "", d.pos(key), 0, "a key must be plain text").
					Hint("an Obsidian template such as {{date}} needs quotes: \"{{date}}\""))
				continue
			}
			if line, twice := seen[key.Value]; twice {
				*found = append(*found, diag.At("bad-front-matter", diag.Error, "", d.pos(key), utf8.RuneCountInString(key.Value),
					"the key %q is given twice; line %d counts", key.Value, line))
				continue
			}
			seen[key.Value] = key.Line + d.first - 1
			kept = append(kept, key, value)
		}
		n.Content = kept
	}
	if n.Kind == yaml.AliasNode {
		*found = append(*found, diag.At("bad-front-matter", diag.Error, "", d.pos(n), len(n.Value)+1,
			"YAML aliases (*%s) are not read; write the value out", n.Value))
		*n = yaml.Node{Kind: yaml.ScalarNode, Tag: "!!null", Line: n.Line, Column: n.Column}
		return
	}
	for _, c := range n.Content {
		d.clean(c, found)
	}
}

type chunk struct {
	text []byte
	line int // lines before it
}

var keyLine = regexp.MustCompile(`^[^\s#\-\[\]{}][^:]*:(\s|$)`)

// topLevel cuts text before each line that starts a key in the first column.
func topLevel(text []byte) []chunk {
	var chunks []chunk
	start, startLine := 0, 0
	line, at := 0, 0
	for rest := text; len(rest) > 0; line++ {
		n := bytes.IndexByte(rest, '\n') + 1
		if n == 0 {
			n = len(rest)
		}
		if at > start && keyLine.Match(rest[:n]) {
			chunks = append(chunks, chunk{text[start:at], startLine})
			start, startLine = at, line
		}
		at += n
		rest = rest[n:]
	}
	return append(chunks, chunk{text[start:], startLine})
}

// syntax puts the library's error into our words, at its place.
func (d *Doc) syntax(err error, offset int) diag.Finding {
	pos := diag.Pos{Line: d.first + offset, Column: 1}
	said := err.Error()
	var le *yaml.LoadError
	if errors.As(err, &le) && le.Mark.Line > 0 {
		pos = d.position(le.Mark.Line+offset, le.Mark.Column)
	}
	message, hint := "this front matter is not valid YAML", ""
	line := ""
	if i := pos.Line - d.first; i >= 0 && i < len(d.lines) {
		line = d.lines[i]
	}
	switch {
	case strings.Contains(said, "mapping values are not allowed"):
		message, hint = "a value that holds \": \" needs quotes", "write it like title: \"Outage: the long night\""
	case strings.Contains(line, "\t"):
		message, hint = "a tab stands where YAML wants spaces", "indent with spaces"
	case strings.Contains(said, "did not find expected ',' or"):
		message, hint = "a list or mapping in brackets is not closed", "every [ needs its ] and every { its }"
	case strings.Contains(said, "unexpected end of stream"), strings.Contains(said, "found unexpected end"):
		message, hint = "a quote is opened and not closed", ""
	case strings.Contains(said, "cannot start any token"):
		message, hint = "a value cannot start with this character without quotes", ""
	case strings.Contains(said, "did not find expected key"):
		message, hint = "expected a key here", "check the indent of this line and the quotes before it"
	}
	f := diag.At("bad-front-matter", diag.Error, "", pos, 0, "%s", message)
	if hint != "" {
		f = f.Hint("%s", hint)
	}
	return f
}

// pos is the place of n in the file.
func (d *Doc) pos(n *yaml.Node) diag.Pos { return d.position(n.Line, n.Column) }

func (d *Doc) position(line, column int) diag.Pos {
	return diag.Pos{Line: line + d.first - 1, Column: max(column, 1)}
}

// Pos returns the place of the value that path leads to (string keys and int
// indices), or of the deepest part of the path that exists. With an empty
// document it is the zero Pos.
func (d *Doc) Pos(path ...any) diag.Pos {
	p, _ := d.Span(path...)
	return p
}

// Span is Pos with the width of the value on its line, in code points.
func (d *Doc) Span(path ...any) (diag.Pos, int) {
	if d == nil || len(path) == 0 {
		return diag.Pos{}, 0
	}
	var n *yaml.Node
	for _, e := range d.entries {
		if e.key.Value == path[0] {
			n = e.value
			if len(path) == 1 && n.Kind != yaml.ScalarNode {
				return d.pos(e.key), utf8.RuneCountInString(e.key.Value)
			}
		}
	}
	if n == nil {
		return diag.Pos{}, 0
	}
	for _, step := range path[1:] {
		next := child(n, step)
		if next == nil {
			break
		}
		n = next
	}
	return d.pos(n), width(n)
}

// Has reports whether the document has the key.
func (d *Doc) Has(key string) bool {
	if d == nil {
		return false
	}
	for _, e := range d.entries {
		if e.key.Value == key {
			return true
		}
	}
	return false
}

// Unfilled reports whether the key's value, or an item of it, is still the
// placeholder of `debrief new`: that has its own finding, whatever else the
// key would lack.
func (d *Doc) Unfilled(key string) bool {
	if d == nil {
		return false
	}
	for _, e := range d.entries {
		if e.key.Value != key {
			continue
		}
		for _, n := range append([]*yaml.Node{e.value}, e.value.Content...) {
			if n.Kind == yaml.ScalarNode && FillMe(n.Value) {
				return true
			}
		}
	}
	return false
}

// Text returns the scalar value of a key as written, "" when there is none.
func (d *Doc) Text(key string) string {
	for _, e := range d.entries {
		if e.key.Value == key && e.value.Kind == yaml.ScalarNode && !isNull(e.value) {
			return strings.TrimSpace(e.value.Value)
		}
	}
	return ""
}

func child(n *yaml.Node, step any) *yaml.Node {
	switch s := step.(type) {
	case string:
		if n.Kind == yaml.MappingNode {
			for i := 0; i+1 < len(n.Content); i += 2 {
				if n.Content[i].Value == s {
					return n.Content[i+1]
				}
			}
		}
	case int:
		if n.Kind == yaml.SequenceNode && s < len(n.Content) {
			return n.Content[s]
		}
		if s == 0 {
			return n // a single value counts as a list of one
		}
	}
	return nil
}

func width(n *yaml.Node) int {
	if n.Kind != yaml.ScalarNode || strings.Contains(n.Value, "\n") {
		return 1
	}
	w := utf8.RuneCountInString(n.Value)
	if n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0 {
		w += 2
	}
	return max(w, 1)
}
