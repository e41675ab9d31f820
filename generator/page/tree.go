package page

import (
	"slices"
	"strings"

	"debrief/generator/note"
)

// A Tree is a decision tree as a list to read down: the way that was taken
// (or, when none was, the first answer of each question) goes straight on,
// and the other answers branch off beside it.
type Tree struct {
	Title   string
	Steps   []TreeStep
	HasPath bool   // the author says which way was taken
	Path    string // that way in words
}

// A TreeStep is one node: a question, an action, an end, or the word to go on
// at a node that is written elsewhere.
type TreeStep struct {
	Kind      string // ask, do, end, go
	Text      string
	Threshold string
	Measured  string
	Owner     string
	Note      string
	Taken     bool
	Answer    string    // of a question: the answer that the next step follows from
	Sides     []TreeWay // its other answers
}

// A TreeWay is an answer and where it leads.
type TreeWay struct {
	When  string
	Steps []TreeStep
}

// Tree lays a decision tree out. Each node is written once; wherever else a
// way leads to it, a step of kind go names it, so that a tree which comes back
// to itself ends too.
func (s *Site) Tree(t *note.Tree) Tree {
	l := treeLayout{t: t, taken: t.Taken, reserved: make(map[string]bool), written: make(map[string]bool)}
	out := Tree{Title: t.Title, HasPath: len(t.Taken) > 0, Path: pathInWords(t)}
	if t.Start != "" {
		// The way taken is written along the spine, whatever meets it earlier.
		for _, id := range t.Taken {
			l.reserved[id] = true
		}
		out.Steps = l.from(t.Start, 0)
	}
	return out
}

type treeLayout struct {
	t        *note.Tree
	taken    []string
	reserved map[string]bool // nodes on the way taken, until they are written
	written  map[string]bool
}

// from lays out the node id and what follows it. at is the place in the way
// taken that the walk stands at, or −1 beside it.
func (l *treeLayout) from(id string, at int) []TreeStep {
	var steps []TreeStep
	for {
		node, ok := l.t.Node(id)
		if !ok {
			return append(steps, TreeStep{Kind: "go", Text: id})
		}
		onPath := at >= 0 && at < len(l.taken) && l.taken[at] == id
		if l.written[id] || l.reserved[id] && !onPath {
			return append(steps, TreeStep{Kind: "go", Text: node.Text()})
		}
		l.written[id], l.reserved[id] = true, false
		step := TreeStep{
			Kind: kindOf(node), Text: node.Text(), Threshold: spoken(node.Threshold), Measured: spoken(node.Measured),
			Owner: node.Owner, Note: node.Note, Taken: onPath,
		}
		ways := node.Ways()
		main := 0
		if onPath && at+1 < len(l.taken) {
			main = slices.IndexFunc(ways, func(w note.TreeOption) bool { return w.To == l.taken[at+1] })
			if main < 0 { // the author's way jumps; the tree goes on as drawn
				main, onPath = 0, false
			}
		}
		next := -1
		if onPath {
			next = at + 1
		}
		for i, w := range ways {
			if i != main {
				step.Sides = append(step.Sides, TreeWay{When: w.When, Steps: l.from(w.To, -1)})
			}
		}
		if len(ways) == 0 {
			return append(steps, step)
		}
		step.Answer = ways[main].When
		steps = append(steps, step)
		id, at = ways[main].To, next
	}
}

func kindOf(n note.TreeNode) string {
	switch {
	case n.Ask != "":
		return "ask"
	case n.Do != "":
		return "do"
	}
	return "end"
}

// pathInWords tells the way that was taken: questions with their answers,
// actions as they are.
func pathInWords(t *note.Tree) string {
	var words []string
	for i, id := range t.Taken {
		node, ok := t.Node(id)
		if !ok {
			continue
		}
		text := strings.TrimSuffix(node.Text(), ".")
		if node.Ask != "" && i+1 < len(t.Taken) {
			for _, w := range node.Ways() {
				if w.To == t.Taken[i+1] && w.When != "" {
					text += " " + w.When
					break
				}
			}
		}
		words = append(words, text)
	}
	return strings.Join(words, " → ")
}
