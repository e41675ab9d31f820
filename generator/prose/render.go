package prose

import (
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
	first := r.openLink
	for ; r.openLink < len(r.linkTexts); r.openLink++ {
		r.linkTexts[r.openLink].block = span{aside, *from, len(t)}
	}
	r.passage(*from, len(t), first)
	if n := len(t); n > 0 && t[n-1] != '\n' {
		r.textByte('\n')
	}
	*from = len(*r.text)
}

// find records a finding.
func (r *reading) find(f diag.Finding) { r.findings = append(r.findings, f) }
