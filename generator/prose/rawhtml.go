package prose

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// safeHTMLBlocks lets goldmark open an HTML block only for what it must keep
// together: comments, script and the like (whose text ends at their end tag),
// and our structure tags. Any other tag at the beginning of a line begins a
// paragraph, so that the Markdown after <div> or <pod-name> still works.
type safeHTMLBlocks struct{ parser.BlockParser }

func (p safeHTMLBlocks) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, _ := reader.PeekLine()
	at := pc.BlockOffset()
	if at < 0 {
		return nil, parser.NoChildren
	}
	rest := bytes.TrimPrefix(line[at+1:], []byte("/"))
	if len(rest) > 0 && rest[0] != '!' && rest[0] != '?' {
		switch name := tagName(rest); name {
		case "script", "pre", "style", "textarea":
		default:
			if !structure[name] {
				return nil, parser.NoChildren
			}
		}
	}
	return p.BlockParser.Open(parent, reader, pc)
}

// rawBlocks are the tokens of all HTML blocks with one parent.
type rawBlocks struct {
	tokens []htmlToken
	next   int
}

// rawBlocks reads the HTML blocks among first and its later siblings.
func (r *reading) rawBlocks(first ast.Node) *rawBlocks {
	b := &rawBlocks{}
	for c := first; c != nil; c = c.NextSibling() {
		if h, ok := c.(*ast.HTMLBlock); ok {
			switch {
			case h.HTMLBlockType == ast.HTMLBlockType1:
			case h.HTMLBlockType == ast.HTMLBlockType2 && !r.closedComment(h):
			default:
				b.tokens = appendTokens(b.tokens, r.blockText(h))
			}
			b.tokens = append(b.tokens, htmlToken{kind: htmlEnd, mate: -1})
		}
	}
	match(b.tokens)
	keep(b.tokens)
	return b
}

func (r *reading) closedComment(h *ast.HTMLBlock) bool {
	return h.HasClosure() || bytes.Contains(r.blockText(h), []byte("-->"))
}

// blockText is the text of a raw block, its closing line included.
func (r *reading) blockText(n ast.Node) []byte {
	lines := n.Lines()
	if lines.Len() == 0 {
		return nil
	}
	first, last := lines.At(0), lines.At(lines.Len()-1)
	h, _ := n.(*ast.HTMLBlock)
	if h != nil && h.HasClosure() {
		last = h.ClosureLine
	}
	contiguous := first.Padding == 0 && last.Padding == 0
	for i := 1; i < lines.Len() && contiguous; i++ {
		seg := lines.At(i)
		contiguous = seg.Start == lines.At(i-1).Stop && seg.Padding == 0
	}
	if contiguous && (h == nil || !h.HasClosure() || last.Start == lines.At(lines.Len()-1).Stop) {
		return r.src[first.Start:last.Stop]
	}
	text := lines.Value(r.src)
	if h != nil && h.HasClosure() {
		text = append(text, h.ClosureLine.Value(r.src)...)
	}
	return text
}

// htmlBlock writes one HTML block.
func (r *reading) htmlBlock(n *ast.HTMLBlock, b *rawBlocks) {
	start := n.Lines().At(0).Start
	switch {
	case n.HTMLBlockType == ast.HTMLBlockType1:
		b.next++
		r.put(`<pre class="plain" tabindex="0">`)
		r.plain(string(withoutComments(r.blockText(n))))
		r.endBlock()
		r.put("</pre>\n")
		return
	case n.HTMLBlockType == ast.HTMLBlockType2 && b.tokens[b.next].kind == htmlEnd:
		b.next++
		r.unclosedComment(start, "<!--", "-->", true)
		return
	}
	for inline := false; ; b.next++ {
		t := &b.tokens[b.next]
		// Text between structure tags is a paragraph, but for what a summary holds.
		block := t.kind == htmlEnd || t.kept && structure[t.name]
		switch {
		case block && inline:
			r.put("</p>\n")
			r.endBlock()
			inline = false
		case !block && !inline && r.rawInline == 0 && t.kind != htmlComment && !util.IsBlank(t.text):
			r.put("<p>")
			inline = true
		}
		switch {
		case t.kind == htmlEnd:
			b.next++
			return
		case t.kind == htmlComment:
			at := r.segmentOffset(n, t.at)
			r.ignoreComment(at, min(at+len(t.text), len(r.src)))
			if bytes.HasPrefix(t.text, percents) && !bytes.HasSuffix(t.text[2:], percents) {
				r.unclosedComment(at, "%%", "%%", true)
			}
		case t.kept:
			t.src = r.segmentOffset(n, t.at)
			r.tag(t)
			if structure[t.name] {
				r.structureTag(t)
			}
		case t.kind == htmlText && !inline && r.rawInline == 0:
			// white space between tags
		case t.kind == htmlText:
			r.entities(t.text)
		default:
			r.plainText(t.text)
		}
	}
}

// structureTag keeps count of what stands open: in a summary text is bare, and
// inside any of them headings make no sections.
func (r *reading) structureTag(t *htmlToken) {
	step := 1
	if t.kind == htmlClose {
		step = -1
		r.endBlock()
	}
	r.structure += step
	if t.name == "summary" || t.name == "dt" {
		r.rawInline += step
	}
	if r.rawInline == 0 {
		r.put("\n")
	}
}

// tag writes a tag of our lists.
func (r *reading) tag(t *htmlToken) {
	switch t.name {
	case "a":
		r.htmlLink(t)
		return
	case "img":
		r.htmlImage(t)
		return
	}
	if t.kind == htmlClose {
		r.put("</")
	} else {
		r.put("<")
	}
	r.put(t.name)
	if t.kind != htmlClose {
		r.put(t.attr)
	}
	r.put(">")
	if t.kind == htmlBreak {
		r.textByte(' ')
	}
}

// segmentOffset is the source offset of what stands at offset in blockText.
func (r *reading) segmentOffset(n ast.Node, offset int) int {
	lines := n.Lines()
	for i := range lines.Len() {
		seg := lines.At(i)
		if offset < seg.Len() || i == lines.Len()-1 {
			return min(seg.Start+max(offset-seg.Padding, 0), len(r.src))
		}
		offset -= seg.Len()
	}
	return 0
}

// inlineTags pairs the raw HTML among first and its later siblings, which is
// running text: only phrasing tags count. The tokens stand in the order of the
// RawHTML nodes.
func (r *reading) inlineTags(first ast.Node) []htmlToken {
	var tokens []htmlToken
	var nodes []ast.Node
	for c := first; c != nil; c = c.NextSibling() {
		n, ok := c.(*ast.RawHTML)
		if !ok {
			continue
		}
		text := n.Segments.Value(r.src)
		t, length := htmlToken{}, 0
		if len(text) > 0 {
			t, length = readTag(text)
			t.src = n.Segments.At(0).Start
		}
		if length != len(text) || !phrasing[t.name] || r.inLink && t.name == "a" && t.address != "" {
			t = htmlToken{}
			if bytes.HasPrefix(text, []byte("<!--")) {
				t.kind = htmlComment
			}
		}
		t.text, t.mate = text, -1
		tokens, nodes = append(tokens, t), append(nodes, n)
	}
	match(tokens)
	for i := range tokens {
		if t := &tokens[i]; t.kind == htmlOpen && t.address != "" && t.mate >= 0 && holdsFootnote(nodes[i], nodes[t.mate]) {
			tokens[t.mate].mate, t.mate = -1, -1 // a link in a link cannot be, and the footnote's is counted already
		}
	}
	keep(tokens)
	return tokens
}

// holdsFootnote reports whether a reference to a footnote stands between two
// siblings.
func holdsFootnote(from, to ast.Node) bool {
	found := false
	for c := from.NextSibling(); c != nil && c != to && !found; c = c.NextSibling() {
		_ = ast.Walk(c, func(n ast.Node, _ bool) (ast.WalkStatus, error) {
			if n.Kind() == kindFootnoteRef {
				found = true
				return ast.WalkStop, nil
			}
			return ast.WalkContinue, nil
		})
	}
	return found
}
