package page

import (
	"fmt"
	"strings"
	"testing"

	"debrief/generator/note"
)

// outline writes laid-out steps in one line: a node's text, its answer, and
// the branches beside it in brackets.
func outline(steps []TreeStep) string {
	var parts []string
	for _, s := range steps {
		text := s.Text
		switch {
		case s.Kind == "go":
			text = "go to " + text
		case s.Taken:
			text = "*" + text
		}
		for _, side := range s.Sides {
			text += fmt.Sprintf(" [%s: %s]", side.When, outline(side.Steps))
		}
		if s.Answer != "" {
			text += " " + s.Answer
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, " > ")
}

func TestTreeLayout(t *testing.T) {
	const nodes = "nodes: {a: {ask: A, yes: b, no: c}, b: {ask: B, yes: d, no: c}, c: {do: C, then: d}, d: {end: D}}"
	for name, c := range map[string]struct{ yaml, want string }{
		// C is met beside A first, and belongs there; D is on the trunk.
		"no way taken":     {"start: a\n  " + nodes, "A [no: C > go to D] yes > B [no: go to C] yes > D"},
		"a way taken":      {"start: a\n  taken: [a, c, d]\n  " + nodes, "*A [yes: B [no: go to C] yes > go to D] no > *C > *D"},
		"a way back":       {"start: a\n  loop: true\n  nodes: {a: {ask: A, yes: b, no: c}, b: {do: B, then: a}, c: {end: C}}", "A [no: C] yes > B > go to A"},
		"a way that jumps": {"start: a\n  taken: [a, d]\n  " + nodes, "*A [no: C > go to D] yes > B [no: go to C] yes > D"},
	} {
		n, _ := note.Parse("playbooks/p.md", []byte("---\ndecision_tree:\n  "+c.yaml+"\n---\n"), note.Options{})
		f, _ := note.Of[*note.Playbook](n)
		if got := outline((&Site{}).Tree(f.DecisionTree, "").Steps); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", name, got, c.want)
		}
	}
}
