package front

import (
	"slices"

	"go.yaml.in/yaml/v4"

	"debrief/generator/cover"
	"debrief/generator/source"
)

// Cover puts cover names into the values of the document, and into the keys
// that are the author's own. Places stay those of the author's file.
func (d *Doc) Cover(names *cover.Names) {
	if names.Empty() {
		return
	}
	d.names = names
	for _, e := range d.entries {
		change := names.Value
		if slices.Contains([]string{"id", "tags", "tag"}, e.key.Value) {
			change = names.Key
		}
		d.coverValue(e.value, change)
	}
}

// Uncomment takes comments out of the values of the document: they are for
// nobody but the author, as in the text below it. Places stay those of the
// author's file.
func (d *Doc) Uncomment() {
	for _, e := range d.entries {
		d.coverValue(e.value, source.Uncommented)
	}
}

func (d *Doc) coverValue(n *yaml.Node, change func(string) string) {
	switch n.Kind {
	case yaml.ScalarNode:
		if covered := change(n.Value); covered != n.Value {
			if d.widths == nil {
				d.widths = make(map[*yaml.Node]int)
			}
			d.widths[n] = d.width(n)
			n.Value = covered
		}
	case yaml.MappingNode:
		for i := 1; i < len(n.Content); i += 2 {
			d.coverValue(n.Content[i], change)
		}
	case yaml.SequenceNode:
		for _, item := range n.Content {
			d.coverValue(item, change)
		}
	}
}
