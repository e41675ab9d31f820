package front

import (
	"slices"

	"go.yaml.in/yaml/v4"

	"debrief/generator/cover"
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
