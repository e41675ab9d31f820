package note

import (
	"slices"

	"debrief/generator/diag"
	"debrief/generator/front"
)

// A Tree is a decision tree: questions with labelled ways out, actions, ends.
type Tree struct {
	Title string              `front:"title"`
	Start string              `front:"start"`
	Nodes front.Map[TreeNode] `front:"nodes"`
	Taken []string            `front:"taken"` // the ids passed through, in order
	Loop  front.Bool          `front:"loop"`  // ways back are meant
}

// A TreeNode is a question (Ask), an action (Do) or an end (End).
type TreeNode struct {
	Ask       string       `front:"ask"`
	Yes       string       `front:"yes"`
	No        string       `front:"no"`
	Options   []TreeOption `front:"options"`
	Do        string       `front:"do"`
	Then      string       `front:"then"`
	End       string       `front:"end"`
	Threshold string       `front:"threshold"`
	Measured  string       `front:"measured"`
	Owner     string       `front:"owner"`
	Note      string       `front:"note"`
}

// A TreeOption is one way out of a question.
type TreeOption struct {
	When string `front:"when"`
	To   string `front:"to"`
}

// Ways returns the node's ways out with their labels, in order.
func (t TreeNode) Ways() []TreeOption {
	var ways []TreeOption
	if t.Yes != "" {
		ways = append(ways, TreeOption{"yes", t.Yes})
	}
	if t.No != "" {
		ways = append(ways, TreeOption{"no", t.No})
	}
	ways = append(ways, t.Options...)
	if t.Then != "" {
		ways = append(ways, TreeOption{"", t.Then})
	}
	return ways
}

// Text is what the node says.
func (t TreeNode) Text() string {
	switch {
	case t.Ask != "":
		return t.Ask
	case t.Do != "":
		return t.Do
	}
	return t.End
}

// Node returns the node of that id.
func (t *Tree) Node(id string) (TreeNode, bool) { return t.Nodes.Get(id) }

// check holds that every way leads to a node, every node is reached from the
// start, no way leads back (unless loop: true) and every way out of a
// question is labelled.
func (t *Tree) check(n *Note, report func(diag.Finding), pos func(path ...any) diag.Pos) {
	var ids []string
	for _, e := range t.Nodes {
		ids = append(ids, e.Key)
	}
	if len(ids) == 0 {
		report(n.FindAt("tree-dangling", diag.Error, pos(), 0, "this decision tree has no nodes"))
		return
	}
	missing := func(id string, at diag.Pos) bool {
		if slices.Contains(ids, id) {
			return false
		}
		f := n.FindAt("tree-dangling", diag.Error, at, len([]rune(id)), "this decision tree has no node %q", id)
		if near := diag.Near(id, ids); near != "" {
			f = f.Hint("did you mean %q?", near)
		}
		report(f)
		return true
	}
	if t.Start == "" {
		report(n.FindAt("tree-dangling", diag.Error, pos(), 0, "this decision tree has no start").Hint("start: names the first node, for example %q", ids[0]))
	} else {
		missing(t.Start, pos("start"))
	}
	for k, id := range t.Taken {
		missing(id, pos("taken", k))
	}
	for _, e := range t.Nodes {
		node := e.Value
		if node.Yes != "" {
			missing(node.Yes, pos("nodes", e.Key, "yes"))
		}
		if node.No != "" {
			missing(node.No, pos("nodes", e.Key, "no"))
		}
		if node.Then != "" {
			missing(node.Then, pos("nodes", e.Key, "then"))
		}
		for k, o := range node.Options {
			missing(o.To, pos("nodes", e.Key, "options", k, "to"))
			if o.When == "" {
				report(n.FindAt("edge-unlabelled", diag.Warning, pos("nodes", e.Key, "options", k), 0, "a way out of %q has no label", e.Key).
					Hint("say when it is taken: {when: …, to: %s}", o.To))
			}
		}
		if node.Ask != "" && len(node.Ways()) < 2 {
			report(n.FindAt("edge-unlabelled", diag.Warning, pos("nodes", e.Key), 0, "the question %q needs at least two ways out", e.Key).
				Hint("give it yes: and no:, or options:"))
		}
		if node.Text() == "" {
			report(n.FindAt("tree-dangling", diag.Error, pos("nodes", e.Key), 0, "the node %q says nothing", e.Key).Hint("give it ask:, do: or end:"))
		}
	}
	t.checkReach(n, report, pos)
}

func (t *Tree) checkReach(n *Note, report func(diag.Finding), pos func(path ...any) diag.Pos) {
	const walking, done = 1, 2
	state := make(map[string]int)
	var cycleAt string
	var walk func(id string)
	walk = func(id string) {
		node, ok := t.Node(id)
		if !ok || state[id] == done {
			return
		}
		if state[id] == walking {
			if cycleAt == "" {
				cycleAt = id
			}
			return
		}
		state[id] = walking
		for _, way := range node.Ways() {
			walk(way.To)
		}
		state[id] = done
	}
	walk(t.Start)
	if cycleAt != "" && !t.Loop.B {
		report(n.FindAt("tree-cycle", diag.Error, pos("nodes", cycleAt), 0, "this decision tree comes back to %q", cycleAt).
			Hint("end one of the ways, or say loop: true if going round is meant"))
	}
	for _, e := range t.Nodes {
		if state[e.Key] == 0 && t.Start != "" {
			report(n.FindAt("tree-unreachable", diag.Warning, pos("nodes", e.Key), 0, "no way leads to %q", e.Key))
		}
	}
}
