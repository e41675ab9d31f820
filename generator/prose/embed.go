package prose

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"go.abhg.dev/goldmark/wikilink"
)

// embedsOnly reports whether a block consists of embedded notes alone.
func (r *reading) embedsOnly(n ast.Node) bool {
	found := false
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *wikilink.Node:
			if target := string(bytes.TrimSpace(c.Target)); !c.Embed || isImageName(target) || isMediaName(target) {
				return false
			}
			found = true
		case *ast.Text:
			if len(bytes.TrimSpace(c.Segment.Value(r.src))) > 0 {
				return false
			}
		case *comment:
		default:
			return false
		}
	}
	return found
}

func (r *reading) embeds(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *wikilink.Node:
			i := r.wikilink(c, EmbedWiki)
			r.put(`<div class="embed"`)
			r.nodeID(n)
			r.put(">\n")
			r.hole(embed, i, "")
			r.put("</div>\n")
		case *comment:
			r.ignoreComment(c.start, c.stop)
		}
	}
	r.endBlock()
}
