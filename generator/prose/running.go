package prose

import (
	"slices"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"go.abhg.dev/goldmark/wikilink"
)

// inline writes one node of running text.
func (r *reading) inline(n ast.Node) {
	switch n := n.(type) {
	case *ast.Text:
		value := n.Segment.Value(r.src)
		if n.IsRaw() {
			r.plainText(value)
		} else {
			r.figures(r.joined(n, value))
		}
		r.breakLine(n)
	case *ast.String:
		r.plainText(n.Value)
	case *ast.Emphasis:
		if n.Level == 2 {
			r.wrap("strong", n)
		} else {
			r.wrap("em", n)
		}
	case *ast.CodeSpan:
		r.codeSpan(n)
	case *ast.Link:
		r.link(n)
	case *ast.AutoLink:
		r.autoLink(n)
	case *ast.Image:
		r.image(n)
	case *wikilink.Node:
		r.wikilinkNode(n)
	case *factNode:
		r.fact(n)
	case *tagNode:
		r.tagLink(n)
	case *footnoteRef:
		r.footnoteRef(n)
	case *markNode:
		r.wrap("mark", n)
	case *east.Strikethrough:
		r.wrap("del", n)
	case *comment:
		r.ignoreComment(n.start, n.stop)
	case *canary:
		r.plain(n.text)
	case *east.TaskCheckBox:
	default:
		r.inlines(n)
	}
}

// joined is text without the space that a comment before it leaves over.
func (r *reading) joined(n *ast.Text, value []byte) []byte {
	if len(value) == 0 || value[0] != ' ' {
		return value
	}
	if _, ok := n.PreviousSibling().(*comment); !ok {
		return value
	}
	if t := *r.text; len(t) == 0 || isSpaceByte(t[len(t)-1]) {
		return value[1:]
	}
	return value
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

// fact writes {{name}}.
func (r *reading) fact(n *factNode) {
	typed := r.src[n.start:n.stop]
	i := len(r.doc.Facts)
	r.doc.Facts = append(r.doc.Facts, FactRef{Name: string(n.name), Pos: r.pos(n.start), Len: len(typed)})
	r.hole(fact, i, string(typed))
	*r.text = append(*r.text, typed...)
}

// tagLink writes #tag.
func (r *reading) tagLink(n *tagNode) {
	name := string(n.name)
	if r.inLink {
		r.plain("#" + name)
		return
	}
	if !slices.Contains(r.doc.Tags, name) {
		if len(r.doc.Tags) >= MaxTags {
			r.tooMany(tagNames, r.pos(n.start))
			r.plain("#" + name)
			return
		}
		r.doc.Tags = append(r.doc.Tags, name)
	}
	i := r.addLink(Link{Kind: LinkTag, Target: name, HasText: true, Pos: r.pos(n.start), Len: 1 + utf8.RuneCount(n.name)})
	r.open(i)
	r.plain("#" + name)
	r.setText(i)
	r.hole(linkClose, i, "")
}
