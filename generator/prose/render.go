package prose

import (
	"hash/fnv"
	"strconv"

	"debrief/generator/diag"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

// body writes the tree under root, and with it everything else a Doc holds.
func (r *reading) body(root ast.Node) {
	r.children(root)
	r.closeSections(0)
	r.cut(literal)
	r.footnoteList()
	r.cut(literal)
}

// children writes the blocks inside n.
func (r *reading) children(n ast.Node) {
	var raw *rawBlocks
	top := n.Kind() == ast.KindDocument
	for c := n.FirstChild(); c != nil; {
		next := c.NextSibling()
		switch c := c.(type) {
		case *ast.HTMLBlock:
			if raw == nil {
				raw = r.rawBlocks(c)
			}
			r.htmlBlock(c, raw)
		case *ast.Paragraph:
			r.paragraph(c, top)
		case *ast.Heading:
			r.heading(c, top)
		default:
			if h := headOf(c); h != nil {
				next = r.callouts(c, h, next)
			} else {
				r.block(c)
			}
		}
		c = next
	}
}

// callouts writes a callout, and with a bad one the good one right after it.
// It returns the block to go on with.
func (r *reading) callouts(n ast.Node, h *calloutHead, next ast.Node) ast.Node {
	typ, _ := h.canonical()
	var good *calloutHead
	if typ == "bad" && next != nil {
		if good = headOf(next); good != nil {
			if typ, _ := good.canonical(); typ != "good" {
				good = nil
			}
		}
	}
	if good == nil {
		r.marked(n, func() { r.callout(n, h) })
		return next
	}
	after := next.NextSibling()
	r.put("<div class=\"pair\">\n")
	r.marked(n, func() { r.callout(n, h) })
	r.marked(next, func() { r.callout(next, good) })
	r.put("</div>\n")
	r.doc.Callouts[h.index].Pair = good.index
	return after
}

// block writes any block that needs no look at its neighbours.
func (r *reading) block(n ast.Node) {
	switch n := n.(type) {
	case *ast.TextBlock:
		r.textBlock(n)
	case *ast.List:
		r.marked(n, func() { r.list(n) })
	case *ast.Blockquote:
		r.marked(n, func() {
			r.put("<blockquote")
			r.nodeID(n)
			r.put(">\n")
			r.pass.quotes++
			r.children(n)
			r.pass.quotes--
			r.put("</blockquote>\n")
		})
	case *ast.FencedCodeBlock:
		r.marked(n, func() { r.fencedCode(n) })
	case *ast.CodeBlock:
		r.marked(n, func() { r.code(n, codeBlock{text: n.Lines().Value(r.src)}, r.blockIDs[n]) })
	case *ast.ThematicBreak:
		r.put("<hr>\n")
	case *east.Table:
		r.marked(n, func() { r.table(n) })
	case *east.DefinitionList:
		r.marked(n, func() { r.definitions(n) })
	case *commentBlock:
		at := n.Lines().At(0)
		end := n.Lines().At(n.Lines().Len() - 1).Stop
		r.ignoreComment(at.Start, end)
		if !n.closed {
			r.unclosedComment(at.Start, "%%", "%%", true)
		}
	case *ast.LinkReferenceDefinition, *footnoteDef, *calloutHead:
	default:
		r.children(n)
	}
}

// marked writes a block and, if it has a ^id, remembers its parts.
func (r *reading) marked(n ast.Node, write func()) {
	id := r.blockIDs[n]
	if id == "" {
		write()
		return
	}
	r.cut(literal)
	from := len(r.parts)
	write()
	r.cut(literal)
	r.doc.blocks[id] = [2]int{from, len(r.parts)}
}

// nodeID writes a block's ^id inside its start tag.
func (r *reading) nodeID(n ast.Node) {
	if id := r.blockIDs[n]; id != "" {
		r.id(id)
	}
}

// id writes an id attribute, which is left out where the body is embedded.
func (r *reading) id(id string) {
	r.cut(literal)
	r.put(` id="`)
	r.putEscaped(id)
	r.put(`"`)
	r.cut(own)
	r.doc.Anchors[id] = true
}

// paragraph writes a paragraph, or the embeds that it consists of.
func (r *reading) paragraph(n *ast.Paragraph, top bool) {
	if n.FirstChild() == nil {
		return
	}
	if r.embedsOnly(n) {
		r.marked(n, func() { r.embeds(n) })
		return
	}
	if top && r.structure == 0 {
		r.runInHead(n)
	}
	r.marked(n, func() {
		r.put("<p")
		r.nodeID(n)
		r.put(">")
		from := r.textLen()
		if r.runIn != nil {
			r.writeRunIn(n)
		}
		r.inlines(n)
		if top && r.description == nil && r.textLen() > from {
			s := r.textSince(from)
			r.description = &s
		}
		r.endBlock()
		r.put("</p>\n")
	})
}

func (r *reading) textBlock(n *ast.TextBlock) {
	if r.embedsOnly(n) {
		r.embeds(n)
		return
	}
	r.inlines(n)
	r.endBlock()
	if n.NextSibling() != nil && n.FirstChild() != nil {
		r.put("\n")
	}
}

// endBlock ends a block of running text: its links learn what stands around
// them.
func (r *reading) endBlock() {
	t := *r.text
	aside := r.text == &r.aside
	from := &r.blockFrom[0]
	if aside {
		from = &r.blockFrom[1]
	}
	for ; r.openLink < len(r.linkTexts); r.openLink++ {
		r.linkTexts[r.openLink].block = span{aside, *from, len(t)}
	}
	r.passage(*from, len(t))
	if n := len(t); n > 0 && t[n-1] != '\n' {
		r.textByte('\n')
	}
	*from = len(*r.text)
}

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
	t := Task{Text: text, Done: box.IsChecked, Pos: r.pos(max(item.Pos(), 0)), ID: r.taskID(text)}
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

// inlines writes the running text inside n.
func (r *reading) inlines(n ast.Node) {
	var tags []htmlToken
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if c.Kind() == ast.KindRawHTML {
			if tags == nil {
				tags = r.inlineTags(c)
			}
			r.rawTag(&tags[0])
			tags = tags[1:]
			continue
		}
		r.inline(c)
	}
}

func (r *reading) rawTag(t *htmlToken) {
	switch {
	case t.kind == htmlComment:
	case t.kept:
		r.tag(t)
	default:
		r.plainText(t.text)
	}
}

func (r *reading) wrap(tag string, n ast.Node) {
	r.put("<")
	r.put(tag)
	r.put(">")
	r.inlines(n)
	r.put("</")
	r.put(tag)
	r.put(">")
}

// breakLine writes the end of a line inside a paragraph.
func (r *reading) breakLine(n *ast.Text) {
	switch {
	case n.HardLineBreak():
		r.put("<br>\n")
		r.textByte(' ')
	case n.SoftLineBreak():
		r.put("\n")
		r.textByte(' ')
	}
}

// codeSpan writes `code`. In a table a pipe is written \| even there.
func (r *reading) codeSpan(n *ast.CodeSpan) {
	from := r.textLen()
	defer func() { r.saidAsCode(from) }()
	r.put("<code>")
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		t, ok := c.(*ast.Text)
		if !ok {
			continue
		}
		value := t.Segment.Value(r.src)
		if r.inTable {
			value = unescapePipes(value)
		}
		if l := len(value); l > 0 && value[l-1] == '\n' {
			r.plainText(value[:l-1])
			r.out = append(r.out, ' ')
			r.textByte(' ')
			continue
		}
		r.plainText(value)
	}
	r.put("</code>")
}

// find records a finding.
func (r *reading) find(f diag.Finding) { r.findings = append(r.findings, f) }
