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

	"debrief/generator/cover"
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
	alias   bool // one was found
	names   *cover.Names
	widths  map[*yaml.Node]int // of values that a cover has changed, as the author wrote them
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
			f := d.syntax(err, offset)
			if d.takeLine(text, offset) {
				f.Severity = diag.Warning
				f.Message += "; it was read as text"
				if isTemplate(d.entries[len(d.entries)-1].value.Value) {
					return nil // has its own finding where the value is used
				}
			}
			return diag.List{f}
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

// takeLine keeps a key and its value that stand on one line and are no YAML,
// such as `title: Outage: the long night`: what was meant is plain to see. A
// value in quotes or brackets that do not match is left alone.
func (d *Doc) takeLine(text []byte, offset int) bool {
	line := strings.TrimRight(string(text), " \t\n")
	key, value, ok := strings.Cut(line, ": ")
	value = strings.TrimSpace(value)
	if !ok || value == "" || strings.ContainsAny(line, "\n\t") || !keyLine.MatchString(line) ||
		strings.ContainsAny(value[:1], "\"'[{&*!|>@`%#") && !isTemplate(value) {
		return false
	}
	at := func(value string) *yaml.Node {
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: value, Line: offset + 1, Column: 1 + utf8.RuneCountInString(line[:strings.Index(line, value)])}
	}
	v := at(value)
	if isTemplate(value) {
		v.Tag = placeholder
	}
	d.entries = append(d.entries, entry{at(strings.TrimSpace(key)), v})
	return true
}

// placeholder is the tag of a value that a template of the author's editor
// was to fill in, {{date}} or <% tp.date %>.
const placeholder = "!placeholder"

// variable is one of the three that Obsidian fills in, in quotes; any other
// name in braces may be a fact.
var variable = regexp.MustCompile(`^\{\{(date|time|title)(:[^{}]*)?\}\}$`)

func isTemplate(value string) bool {
	return strings.HasPrefix(value, "{{") && strings.Contains(value, "}}") || strings.HasPrefix(value, "<%") && strings.Contains(value, "%>")
}

// templateIn is {{date}} as YAML reads it without quotes: a mapping whose only
// key is a mapping.
func templateIn(n *yaml.Node) (text string, ok bool) {
	if n.Kind != yaml.MappingNode || n.Style&yaml.FlowStyle == 0 || len(n.Content) != 2 || !isNull(n.Content[1]) {
		return "", false
	}
	inner := n.Content[0]
	if inner.Kind != yaml.MappingNode || len(inner.Content) != 2 || inner.Content[0].Kind != yaml.ScalarNode {
		return "", false
	}
	text = inner.Content[0].Value
	if format := inner.Content[1]; !isNull(format) {
		text += ":" + format.Value
	}
	return "{{" + text + "}}", true
}

func load(text []byte) (root *yaml.Node, err error) {
	defer func() {
		if r := recover(); r != nil { // a panic in the parser is the author's odd text, not the end of the build
			root, err = nil, errors.New("it cannot be read as YAML")
		}
	}()
	var doc yaml.Node
	if err := yaml.Load(text, &doc, yaml.WithUniqueKeys(false), yaml.WithSingleDocument()); err != nil {
		if len(bytes.TrimSpace(comments.ReplaceAll(text, nil))) == 0 {
			return nil, nil
		}
		return nil, err
	}
	if len(doc.Content) == 0 {
		return nil, nil
	}
	return doc.Content[0], nil
}

var comments = regexp.MustCompile(`(?m)^\s*#.*$`)

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
	if text, ok := templateIn(n); ok {
		*n = yaml.Node{Kind: yaml.ScalarNode, Tag: placeholder, Value: text, Line: n.Line, Column: n.Column}
		return
	}
	if n.Kind == yaml.ScalarNode && (strings.HasPrefix(n.Value, "<%") && isTemplate(n.Value) || variable.MatchString(n.Value)) {
		n.Tag = placeholder
		return
	}
	if n.Kind == yaml.MappingNode {
		seen := make(map[string]int, len(n.Content)/2)
		kept := n.Content[:0]
		for i := 0; i+1 < len(n.Content); i += 2 {
			key, value := n.Content[i], n.Content[i+1]
			if key.Kind != yaml.ScalarNode {
				*found = append(*found, diag.At("bad-front-matter", diag.Error, "", d.pos(key), 0, "a key must be plain text"))
				continue
			}
			if line, twice := seen[key.Value]; twice && line < 0 {
				continue // said already
			} else if twice {
				seen[key.Value] = -1
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
		if !d.alias { // once a document: they come in swarms
			*found = append(*found, diag.At("bad-front-matter", diag.Error, "", d.pos(n), len(n.Value)+1,
				"YAML aliases (*%s) are not read; write the value out", n.Value))
		}
		d.alias = true
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
	message, hint := "this is not valid YAML", ""
	line := ""
	if i := pos.Line - d.first; i >= 0 && i < len(d.lines) {
		line = d.lines[i]
	}
	switch {
	case strings.Contains(said, "mapping values are not allowed"):
		message, hint = "a value that holds \": \" needs quotes", "write it like title: \"Outage: the long night\""
	case strings.Contains(line, "\t"):
		message, hint = "a tab stands where YAML wants spaces", "indent with spaces"
	case strings.Contains(said, "did not find expected ',' or"), strings.Contains(said, "did not find expected node content"):
		message, hint = "a list or mapping in brackets is not closed", "every [ needs its ] and every { its }"
	case strings.Contains(said, "unexpected end of stream"), strings.Contains(said, "found unexpected end"):
		message, hint = "a quote is opened and not closed", "every \" needs another, and every ' too"
		for i := offset; i < len(d.lines); i++ { // the library says where it gave up, which is far behind
			if at := strings.IndexAny(d.lines[i], "\"'"); at >= 0 {
				pos = d.position(i+1, 1+utf8.RuneCountInString(d.lines[i][:at]))
				break
			}
		}
	case strings.Contains(said, "unknown escape character"):
		message, hint = "in double quotes a backslash begins an escape, and this is none", "write the value in single quotes, or each backslash twice"
	case strings.Contains(said, "cannot start any token"), strings.Contains(said, "unknown anchor"):
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
