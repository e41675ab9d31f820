package prose

import (
	"bytes"

	"debrief/generator/diag"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"
	"go.abhg.dev/goldmark/wikilink"
)

// Some things must be known before the first byte is written: which h1 is the
// title and whether another remains, and which ids are taken.

// A headingInfo is a heading as it will be shown.
type headingInfo struct {
	node  *ast.Heading
	text  string
	id    string
	level int
	title bool // it is the title, and the page shows that
}

// survey looks through the tree once, in the order of writing.
func (r *reading) survey(root ast.Node) {
	r.surveyBlocks(root)
	for _, note := range r.notes {
		r.surveyBlocks(note)
	}
	r.settleLevels(r.titleHeading(root))
	r.assignIDs()
}

func (r *reading) surveyBlocks(n ast.Node) {
	for c := n.FirstChild(); c != nil; {
		next := c.NextSibling()
		switch c := c.(type) {
		case *ast.Heading:
			if id, whole := r.takeBlockID(c); id != "" && !whole {
				r.setBlockID(c, id)
			}
			r.headings = append(r.headings, headingInfo{
				node: c, level: c.Level, text: foldSpace(r.plainOf(c)), id: r.explicit[c],
			})
		case *ast.Paragraph, *ast.TextBlock:
			r.surveyText(n, c)
		case *east.Table:
			if id := r.tableBlockID(c); id != "" {
				r.setBlockID(c, id)
			}
		default:
			if c.Type() == ast.TypeBlock && !c.IsRaw() {
				r.surveyBlocks(c)
			}
		}
		c = next
	}
}

// surveyText looks for a ^id at the end of a paragraph.
func (r *reading) surveyText(parent, n ast.Node) {
	id, whole := r.takeBlockID(n)
	switch {
	case id == "":
	case whole:
		prev := n.PreviousSibling()
		if prev == nil || prev.Kind() == kindCalloutHead {
			return // it names nothing: shown as typed
		}
		parent.RemoveChild(parent, n)
		r.setBlockID(prev, id)
	case parent.Kind() == ast.KindListItem && (n.Kind() == ast.KindTextBlock || n.PreviousSibling() == nil):
		r.setBlockID(parent, id)
	default:
		r.setBlockID(n, id)
	}
}

func (r *reading) setBlockID(n ast.Node, id string) {
	id = "^" + id
	if r.blockIDs == nil {
		r.blockIDs = map[ast.Node]string{}
	}
	if r.blockIDs[n] != "" || !r.ids.take(id) {
		r.find(diag.At("duplicate-anchor", diag.Warning, "", r.pos(max(n.Pos(), 0)), 1,
			"two blocks are called %q; links reach only one of them", id))
		return
	}
	r.blockIDs[n] = id
}

// takeBlockID finds " ^id" at the end of a block's text and, unless it is the
// whole text, cuts it off.
func (r *reading) takeBlockID(n ast.Node) (id string, whole bool) {
	t, ok := n.LastChild().(*ast.Text)
	if !ok || t.IsRaw() {
		return "", false
	}
	id, at := blockID(t.Segment.Value(r.src))
	if id == "" {
		return "", false
	}
	prev := n.LastChild().PreviousSibling()
	if at == 0 {
		if prev == nil {
			return id, true
		}
		before, ok := prev.(*ast.Text)
		if !ok || !before.SoftLineBreak() && !before.HardLineBreak() {
			return "", false
		}
		before.SetSoftLineBreak(false)
		before.SetHardLineBreak(false)
		n.RemoveChild(n, t)
		return id, false
	}
	t.Segment.Stop = t.Segment.Start - t.Segment.Padding + at
	t.Segment = t.Segment.TrimRightSpace(r.src)
	return id, false
}

// blockID finds a block's id at the end of text, and where its '^' stands. An
// id of one to three digits is more likely a power: "10 ^3".
func blockID(text []byte) (id string, at int) {
	text = util.TrimRightSpace(text)
	at = bytes.LastIndexByte(text, '^')
	if at < 0 || at > 0 && !util.IsSpace(text[at-1]) || at+1 == len(text) {
		return "", 0
	}
	letters := 0
	for _, c := range text[at+1:] {
		switch {
		case util.IsNumeric(c), c == '-':
		case util.IsAlphaNumeric(c):
			letters++
		default:
			return "", 0
		}
	}
	if letters == 0 && len(text)-at-1 < 4 {
		return "", 0
	}
	return string(text[at+1:]), at
}

// titleHeading is the first h1 outside other blocks, if the page shows its text
// as the title; nil otherwise.
func (r *reading) titleHeading(root ast.Node) *ast.Heading {
	for c := root.FirstChild(); c != nil; c = c.NextSibling() {
		if h, ok := c.(*ast.Heading); ok && h.Level == 1 {
			text := foldSpace(r.plainOf(h))
			if len(text) <= MaxTitle && (r.opts.Title == "" || foldSpace(r.opts.Title) == text) {
				return h
			}
			return nil
		}
	}
	return nil
}

// settleLevels finds the title and settles the levels shown: if another h1
// remains, all headings go one level down, because the page's own title is its
// only h1.
func (r *reading) settleLevels(title *ast.Heading) {
	found, remains := false, false
	for i := range r.headings {
		h := &r.headings[i]
		if h.level != 1 {
			continue
		}
		if !found && h.node.Parent().Kind() == ast.KindDocument && len(h.text) <= MaxTitle {
			found = true
			r.doc.Title = h.text
			r.doc.TitlePos = r.pos(max(h.node.Pos(), 0))
		}
		h.title = h.node == title
		remains = remains || !h.title
	}
	if remains {
		for i := range r.headings {
			r.headings[i].level = min(6, r.headings[i].level+1)
		}
	}
}

// assignIDs gives every heading its id: explicit ones first, so that no
// counted one takes them.
func (r *reading) assignIDs() {
	for i := range r.headings {
		if h := &r.headings[i]; h.id != "" && !r.ids.take(h.id) {
			r.find(diag.At("duplicate-anchor", diag.Warning, "", r.pos(max(h.node.Pos(), 0)), 1,
				"another part of this note has the id %q already; this heading gets one of its own", h.id))
			h.id = ""
		}
	}
	for i := range r.headings {
		if h := &r.headings[i]; h.id == "" {
			h.id = r.ids.unique(Slug(h.text))
		}
	}
}

// plainOf is the plain text of running text, for what must be known before it
// is written.
func (r *reading) plainOf(n ast.Node) string {
	r.scratch = r.appendPlain(r.scratch[:0], n)
	return string(r.scratch)
}

func (r *reading) appendPlain(b []byte, n ast.Node) []byte {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			if c.IsRaw() {
				b = append(b, c.Segment.Value(r.src)...)
			} else {
				b = appendUnescaped(b, c.Segment.Value(r.src))
			}
			if c.SoftLineBreak() || c.HardLineBreak() {
				b = append(b, ' ')
			}
		case *ast.String:
			b = append(b, c.Value...)
		case *ast.AutoLink:
			b = append(b, c.Label(r.src)...)
		case *wikilink.Node:
			b = append(b, r.wikilinkText(c)...)
		case *factNode:
			b = append(b, r.src[c.start:c.stop]...)
		case *tagNode:
			b = append(append(b, '#'), c.name...)
		case *ast.RawHTML:
			text := c.Segments.Value(r.src)
			if t, n := readTag(text); n != len(text) || !phrasing[t.name] {
				b = append(b, text...)
			}
		case *footnoteRef, *comment:
		default:
			b = r.appendPlain(b, c)
		}
	}
	return b
}

// appendUnescaped appends Markdown text without its escapes.
func appendUnescaped(b, s []byte) []byte {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\' && i+1 < len(s) && util.IsPunct(s[i+1]):
			i++
			b = append(b, s[i])
		case c == '&':
			if chars, n := entity(s[i:]); n > 0 {
				b = append(b, chars...)
				i += n - 1
				continue
			}
			b = append(b, c)
		default:
			b = append(b, c)
		}
	}
	return b
}
