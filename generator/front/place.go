package front

import (
	"slices"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"debrief/generator/diag"
)

// pos is the place of n in the file.
func (d *Doc) pos(n *yaml.Node) diag.Pos { return d.position(n.Line, n.Column) }

func (d *Doc) position(line, column int) diag.Pos {
	// YAML ends lines at characters that no editor counts, such as U+2028.
	return diag.Pos{Line: min(line, len(d.lines)) + d.first - 1, Column: max(column, 1)}
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
	return d.pos(n), d.width(n)
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
		if unfilled(e.value) || slices.ContainsFunc(e.value.Content, unfilled) {
			return true
		}
	}
	return false
}

func unfilled(n *yaml.Node) bool {
	return n.Kind == yaml.ScalarNode && (FillMe(n.Value) || n.Tag == placeholder)
}

// Text returns the scalar value of a key as written, "" when there is none.
func (d *Doc) Text(key string) string {
	for _, e := range d.entries {
		if e.key.Value == key && e.value.Kind == yaml.ScalarNode && !isNull(e.value) && e.value.Tag != placeholder {
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

// width is how many code points a value takes up on its line.
func (d *Doc) width(n *yaml.Node) int {
	if w, changed := d.widths[n]; changed {
		return w
	}
	if n.Kind != yaml.ScalarNode || strings.Contains(n.Value, "\n") {
		return 1
	}
	w := utf8.RuneCountInString(n.Value)
	if n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0 {
		w += 2
	}
	return max(w, 1)
}
