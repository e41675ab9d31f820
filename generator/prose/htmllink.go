package prose

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
)

// Links, anchors and pictures written in HTML, as many a README has them. They
// become what [text](address) and ![alt](address) become; of their attributes
// nothing else gets through.

// An openHTMLLink is the <a href> being written.
type openHTMLLink struct {
	index int // in Doc.Links
	out   int // where its content began
}

// htmlLink writes <a href="…">, its end, or <a id="…">.
func (r *reading) htmlLink(t *htmlToken) {
	switch {
	case t.kind == htmlClose && t.address != "":
		r.endHTMLLink(t.address)
		return
	case t.kind == htmlClose:
		return // of an anchor, which is over already
	}
	if t.id != "" {
		r.htmlAnchor(t.id)
	}
	if t.address == "" {
		return
	}
	l := Link{Kind: LinkMarkdown, HasText: true, Title: t.title, Pos: r.pos(t.src), Len: tagWidth(t.text)}
	if classify(t.address) == external {
		l.Target, l.External = t.address, true
		r.htmlOpen.index = r.addLink(l)
		r.openExternal(t.address, l.Title, false)
	} else {
		l.Target, l.Fragment = splitTarget(t.address)
		r.htmlOpen.index = r.addLink(l)
		r.open(r.htmlOpen.index)
	}
	r.htmlOpen.out = len(r.out)
	r.inLink = true
}

func (r *reading) endHTMLLink(address string) {
	i := r.htmlOpen.index
	if len(r.out) == r.htmlOpen.out {
		r.plain(address) // see linkContent
	}
	r.inLink = false
	r.setText(i)
	if r.doc.Links[i].External {
		r.put("</a>")
		return
	}
	r.hole(linkClose, i, "")
}

// htmlAnchor writes the place that an <a id="…"> names. Where a heading has
// that id, the heading is what is meant.
func (r *reading) htmlAnchor(id string) {
	unfit := func(c rune) bool { return unicode.IsSpace(c) || unicode.IsControl(c) }
	if len(id) > 200 || id[0] == '^' || strings.HasPrefix(id, "fn:") || strings.HasPrefix(id, "fnref:") || strings.ContainsFunc(id, unfit) || !r.ids.take(id) {
		return
	}
	r.anchor(id)
	r.doc.blocks[id] = [2]int{0, -1} // it names no part of its own
	if key := fold(id); key != "" && r.doc.loose[key] == "" {
		r.doc.loose[key] = id
	}
}

// titleAnchors keeps the anchors in a title, which the page shows itself.
func (r *reading) titleAnchors(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if raw, ok := c.(*ast.RawHTML); ok {
			text := raw.Segments.Value(r.src)
			if t, length := readTag(text); length == len(text) && t.name == "a" && t.kind == htmlOpen && t.id != "" {
				r.htmlAnchor(t.id)
			}
		}
	}
}

// htmlImage writes <img>.
func (r *reading) htmlImage(t *htmlToken) {
	l := Link{Kind: LinkImage, Text: foldSpace(t.alt), HasText: t.alt != "", Title: t.title,
		Width: t.width, Height: t.height, Pos: r.pos(t.src), Len: tagWidth(t.text)}
	r.picture(l, t.address)
}

// tagWidth is how many code points of its first line a tag takes.
func tagWidth(tag []byte) int {
	line, _, _ := bytes.Cut(tag, []byte("\n"))
	return max(1, utf8.RuneCount(line))
}
