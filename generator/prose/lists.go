package prose

import (
	"hash/fnv"
	"strconv"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

// list writes a list.
func (r *reading) list(n *ast.List) {
	r.endItem()
	tag := "ul"
	if n.IsOrdered() {
		tag = "ol"
	}
	r.put("<")
	r.put(tag)
	if n.IsOrdered() && n.Start != 1 {
		r.put(` start="`)
		r.put(strconv.Itoa(n.Start))
		r.put(`"`)
	}
	r.nodeID(n)
	r.put(">\n")
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		r.marked(c, func() { r.listItem(c) })
	}
	r.put("</")
	r.put(tag)
	r.put(">\n")
}

func (r *reading) listItem(n ast.Node) {
	first := n.FirstChild()
	var box *east.TaskCheckBox
	if first != nil {
		box, _ = first.FirstChild().(*east.TaskCheckBox)
	}
	if box != nil {
		r.put(`<li class="task"`)
	} else {
		r.put("<li")
	}
	r.nodeID(n)
	r.put(">")
	if first != nil && first.Kind() != ast.KindTextBlock {
		r.put("\n")
	}
	outer := r.item
	if r.text == &r.prose {
		r.item = openItem{len(r.items), r.textLen()}
		r.items = append(r.items, span{})
	}
	if box != nil {
		r.task(n, first, box)
	}
	r.children(n)
	if r.text == &r.prose {
		r.endItem()
		r.item = outer
	}
	r.put("</li>\n")
}

// An openItem is the list item being written: which of Section.Items it will
// be and where its text began.
type openItem struct{ index, from int }

// endItem ends an item's own text, before a list inside it or at its end.
func (r *reading) endItem() {
	if r.item.index >= 0 && r.text == &r.prose {
		r.items[r.item.index] = r.textSince(r.item.from)
		r.item.index = -1
	}
}

// task writes the first block of a task list item and takes it out of the tree.
func (r *reading) task(item, first ast.Node, box *east.TaskCheckBox) {
	item.RemoveChild(item, first)
	first.RemoveChild(first, box)
	text := foldSpace(r.plainOf(first))
	t := Task{Text: text, Done: box.IsChecked, Pos: r.pos(max(item.Pos(), 0)), ID: r.blockIDs[item]}
	if t.ID == "" {
		t.ID = r.taskID(text)
	}
	r.doc.Tasks = append(r.doc.Tasks, t)
	loose := first.Kind() == ast.KindParagraph
	if loose {
		r.put("<p>")
	}
	r.put(`<label><input type="checkbox" data-task="`)
	r.put(t.ID)
	r.put(`"`)
	if t.Done {
		r.put(" checked")
	}
	r.put("> ")
	r.inlines(first)
	r.endBlock()
	r.put("</label>")
	if loose {
		r.put("</p>")
	}
	r.put("\n")
}

// taskID is stable while the heading above and the text stay as they are.
func (r *reading) taskID(text string) string {
	h := fnv.New64a()
	h.Write([]byte(r.underHeading))
	h.Write([]byte{0})
	h.Write([]byte(text))
	// 36 bits, in letters and digits.
	id := strconv.FormatUint(h.Sum64()>>28, 36)
	if r.taskIDs == nil {
		r.taskIDs = map[string]int{}
	}
	r.taskIDs[id]++
	if n := r.taskIDs[id]; n > 1 {
		return id + "-" + strconv.Itoa(n)
	}
	return id
}

func (r *reading) definitions(n *east.DefinitionList) {
	r.put("<dl")
	r.nodeID(n)
	r.put(">\n")
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *east.DefinitionTerm:
			r.put("<dt>")
			r.inlines(c)
			r.endBlock()
			r.put("</dt>\n")
		case *east.DefinitionDescription:
			r.put("<dd>")
			r.children(c)
			r.put("</dd>\n")
		}
	}
	r.put("</dl>\n")
}
