package page

import (
	"cmp"
	"slices"
	"strings"

	"debrief/generator/chart"
	"debrief/generator/note"
)

// A Tree is a decision tree as a list to read down: the way that was taken
// (or, when none was, the first answer of each question) goes straight on,
// and the other answers branch off beside it.
type Tree struct {
	ID      string // unique on its page
	Title   string
	Steps   []TreeStep
	HasPath bool           // the author says which way was taken
	Path    string         // that way in words
	Drawing *chart.Drawing // nil where it has no steps
	OnPaper bool           // the drawing fits on a printed page
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
// to itself ends too. The id is that of its drawing, unique on the page.
func (s *Site) Tree(t *note.Tree, id string) Tree {
	l := treeLayout{t: t, claimed: make(map[string]bool)}
	out := Tree{ID: id, Title: t.Title, HasPath: len(t.Taken) > 0, Path: pathInWords(t)}
	if t.Start != "" {
		out.Steps = l.from(t.Start, 0)
	}
	if len(out.Steps) > 0 {
		out.Drawing, out.OnPaper = chart.Tree{
			ID: id, Title: cmp.Or(t.Title, "Decision tree"), Summary: treeSummary(t), Twin: id + ".list", Steps: drawnSteps(out.Steps),
		}.Draw()
	}
	return out
}

// treeSummary says what a tree holds: "Five questions, four actions; the way
// taken has six steps."
func treeSummary(t *note.Tree) string {
	kinds := make(map[string]int)
	for _, e := range t.Nodes {
		kinds[kindOf(e.Value)]++
	}
	text := plural(kinds["ask"], "question", "questions") + ", " + plural(kinds["do"], "action", "actions") + " and " + plural(kinds["end"], "end", "ends")
	if len(t.Taken) > 0 {
		return text + "; the way taken, drawn heavy and ticked, has " + plural(len(t.Taken), "step", "steps") + "."
	}
	return text + "; no way was taken yet."
}

func drawnSteps(steps []TreeStep) []chart.TreeStep {
	var out []chart.TreeStep
	for _, s := range steps {
		step := chart.TreeStep{Kind: s.Kind, Text: s.Text, Threshold: s.Threshold, Measured: s.Measured, Taken: s.Taken, Answer: s.Answer}
		for _, w := range s.Sides {
			step.Sides = append(step.Sides, chart.TreeWay{When: w.When, Steps: drawnSteps(w.Steps)})
		}
		out = append(out, step)
	}
	return out
}

type treeLayout struct {
	t       *note.Tree
	claimed map[string]bool // nodes that have their place
}

// A trunkNode is a node of a way that goes straight on.
type trunkNode struct {
	note.TreeNode
	main  int // the way out that goes straight on
	taken bool
}

// from lays out the node id and what follows it. at is the place in the way
// taken that the walk stands at, or −1 beside it.
//
// The whole trunk gets its places before any branch beside it: else a branch
// would take a node away that the trunk meets later.
func (l *treeLayout) from(id string, at int) []TreeStep {
	trunk, after := l.trunk(id, at)
	var steps []TreeStep
	for _, node := range trunk {
		step := TreeStep{
			Kind: kindOf(node.TreeNode), Text: node.Text(), Threshold: spoken(node.Threshold), Measured: spoken(node.Measured),
			Owner: node.Owner, Note: node.Note, Taken: node.taken,
		}
		for i, w := range node.Ways() {
			if i == node.main {
				step.Answer = w.When
			} else {
				step.Sides = append(step.Sides, TreeWay{When: w.When, Steps: l.from(w.To, -1)})
			}
		}
		steps = append(steps, step)
	}
	return append(steps, after...)
}

// trunk walks straight on from the node id until an end, or a node that has
// its place already: that is named in after.
func (l *treeLayout) trunk(id string, at int) (trunk []trunkNode, after []TreeStep) {
	taken := l.t.Taken
	for {
		node, ok := l.t.Node(id)
		if !ok {
			return trunk, []TreeStep{{Kind: "go", Text: id}}
		}
		if l.claimed[id] {
			return trunk, []TreeStep{{Kind: "go", Text: node.Text()}}
		}
		l.claimed[id] = true
		here := trunkNode{TreeNode: node, taken: at >= 0 && at < len(taken) && taken[at] == id}
		next := -1
		ways := node.Ways()
		if here.taken && at+1 < len(taken) {
			// Where the author's way jumps, the tree goes on as drawn.
			if i := slices.IndexFunc(ways, func(w note.TreeOption) bool { return w.To == taken[at+1] }); i >= 0 {
				here.main, next = i, at+1
			}
		}
		trunk = append(trunk, here)
		if len(ways) == 0 {
			return trunk, nil
		}
		id, at = ways[here.main].To, next
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
