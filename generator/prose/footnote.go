package prose

import (
	"strconv"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// Footnotes are read here and not by goldmark's extension: that one looks for
// each in a list (20,000 take seconds), and moves them out of their place, so
// that one defined inside a private block would outlive it.

// maxLabel is the length of a footnote's label in bytes, as for link labels.
const maxLabel = 999

// A footnoteDef is [^label]: text, left in its place in the tree.
type footnoteDef struct {
	ast.BaseBlock
	label  string
	number int // 1-based, in the order of first reference; 0 while nothing refers to it
	refs   int // how many references there are
	drawn  int // how many have been written
}

var kindFootnoteDef = ast.NewNodeKind("FootnoteDef")

func (n *footnoteDef) Kind() ast.NodeKind            { return kindFootnoteDef }
func (n *footnoteDef) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// A footnoteRef is [^label] in text.
type footnoteRef struct {
	ast.BaseInline
	def   *footnoteDef
	start int
	stop  int
}

var kindFootnoteRef = ast.NewNodeKind("FootnoteRef")

func (n *footnoteRef) Kind() ast.NodeKind            { return kindFootnoteRef }
func (n *footnoteRef) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// footnoteLabel reads "^label]" and returns the label's length.
func footnoteLabel(s []byte) (length int, ok bool) {
	if len(s) < 3 || s[0] != '^' {
		return 0, false
	}
	s = s[1:min(len(s), maxLabel+2)]
	for i, c := range s {
		switch c {
		case ']':
			return i, i > 0
		case '[', ' ', '\t', '\n':
			return 0, false
		}
	}
	return 0, false
}

type footnoteBlockParser struct{ noBlock }

func (footnoteBlockParser) Trigger() []byte { return []byte{'['} }

func (footnoteBlockParser) Open(_ ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, _ := reader.PeekLine()
	at := pc.BlockOffset()
	if at < 0 {
		return nil, parser.NoChildren
	}
	n, ok := footnoteLabel(line[at+1:])
	if !ok {
		return nil, parser.NoChildren
	}
	end := at + 2 + n + 1 // after the bracket
	if end >= len(line) || line[end] != ':' {
		return nil, parser.NoChildren
	}
	def := &footnoteDef{label: util.ToLinkReference(line[at+2 : at+2+n])}
	r := readingOf(pc)
	if r.footnotes == nil {
		r.footnotes = map[string]*footnoteDef{}
	}
	if r.footnotes[def.label] == nil { // as with links, the first definition holds
		r.footnotes[def.label] = def
	}
	rest := line[end+1:]
	if util.IsBlank(rest) {
		reader.AdvanceToEOL()
		return def, parser.NoChildren
	}
	reader.Advance(end + 1 + util.TrimLeftSpaceLength(rest))
	return def, parser.HasChildren
}

func (footnoteBlockParser) Continue(_ ast.Node, reader text.Reader, _ parser.Context) parser.State {
	return continueIndented(reader)
}

// continueIndented goes on with a block whose further lines are indented by
// four columns.
func continueIndented(reader text.Reader) parser.State {
	line, _ := reader.PeekLine()
	if util.IsBlank(line) {
		return parser.Continue | parser.HasChildren
	}
	pos, padding := util.IndentPosition(line, reader.LineOffset(), 4)
	if pos < 0 {
		return parser.Close
	}
	reader.AdvanceAndSetPadding(pos, padding)
	return parser.Continue | parser.HasChildren
}

type footnoteParser struct{}

func (footnoteParser) Trigger() []byte { return []byte{'['} }

func (footnoteParser) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	r := readingOf(pc)
	if r.footnotes == nil {
		return nil
	}
	line, seg := block.PeekLine()
	n, ok := footnoteLabel(line[1:])
	if !ok {
		return nil
	}
	def := r.footnotes[util.ToLinkReference(line[2:2+n])]
	if def == nil {
		return nil
	}
	block.Advance(n + 3)
	ref := &footnoteRef{def: def, start: seg.Start, stop: seg.Start + n + 3}
	ref.SetPos(seg.Start)
	return ref
}

// numberFootnotes numbers the footnotes in the order of their first
// references, those inside footnotes after all others, and takes the
// definitions out of the tree. It must come after hidden blocks have gone:
// what only they refer to goes with them.
func (r *reading) numberFootnotes(root ast.Node) {
	if r.footnotes == nil {
		return
	}
	title := r.titleHeading(root)
	var defs []*footnoteDef
	var collect func(n ast.Node)
	collect = func(n ast.Node) {
		for c := n.FirstChild(); c != nil; {
			next := c.NextSibling()
			collect(c)
			if def, ok := c.(*footnoteDef); ok {
				n.RemoveChild(n, c)
				defs = append(defs, def)
			}
			c = next
		}
	}
	collect(root)
	shown := map[*footnoteDef]bool{}
	for _, def := range defs {
		shown[def] = true
	}
	var count func(n ast.Node)
	count = func(n ast.Node) {
		if ref, ok := n.(*footnoteRef); ok {
			if !shown[ref.def] {
				ref.def = nil // it stood in a block that is hidden
				return
			}
			if ref.def.refs++; ref.def.refs == 1 {
				r.notes = append(r.notes, ref.def)
				ref.def.number = len(r.notes)
			}
			return
		}
		switch n := n.(type) {
		case *ast.Link, *ast.Image:
			return // a link in a link cannot be; it prints as written
		case *ast.Heading:
			if n == title {
				return // nor is it drawn in the title
			}
		}
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			count(c)
		}
	}
	count(root)
	for i := 0; i < len(r.notes); i++ {
		count(r.notes[i])
	}
}

// footnoteRef writes a reference to a footnote.
func (r *reading) footnoteRef(n *footnoteRef) {
	def := n.def
	if def == nil || r.inLink {
		r.plainText(r.src[n.start:n.stop])
		return
	}
	def.drawn++
	number := strconv.Itoa(def.number)
	r.cut(literal)
	r.put("<sup>")
	r.cut(footnote)
	id := r.backref(number, def.drawn)
	r.doc.Anchors[id] = true
	r.put(`<a id="`)
	r.put(id)
	r.put(`" href="#fn:`)
	r.put(number)
	r.put(`" class="footnote-ref" role="doc-noteref" aria-label="Footnote `)
	r.put(number)
	r.put(`">`)
	r.cut(own)
	r.put(number)
	r.cut(footnote)
	r.put("</a>")
	r.cut(own)
	r.put("</sup>")
	r.cut(footnote)
}

// backref is the id of the nth reference to a footnote.
func (r *reading) backref(number string, nth int) string {
	if nth == 1 {
		return "fnref:" + number
	}
	return "fnref:" + number + ":" + strconv.Itoa(nth)
}

// footnoteList writes all footnotes at the end of the body.
func (r *reading) footnoteList() {
	r.cut(literal)
	r.doc.footnotes = [2]int{len(r.parts), len(r.parts)}
	if len(r.notes) == 0 {
		return
	}
	r.put(`<section class="footnotes" role="doc-endnotes" aria-label="Footnotes">` + "\n<ol>\n")
	restore := r.toAside()
	for _, def := range r.notes {
		number := strconv.Itoa(def.number)
		r.put("<li")
		r.id("fn:" + number)
		r.put(">\n")
		last, _ := def.LastChild().(*ast.Paragraph)
		if last == nil {
			r.children(def)
			r.backrefs(def, number)
		} else {
			// The way back stands at the end of the last paragraph.
			def.RemoveChild(def, last)
			r.children(def)
			r.put("<p>")
			r.inlines(last)
			r.endBlock()
			r.backrefs(def, number)
			r.put("</p>\n")
		}
		r.put("</li>\n")
	}
	restore()
	r.put("</ol>\n</section>\n")
	r.cut(literal)
	r.doc.footnotes[1] = len(r.parts)
}

func (r *reading) backrefs(def *footnoteDef, number string) {
	r.cut(literal)
	for i := 1; i <= def.refs; i++ {
		r.put(` <a href="#`)
		r.put(r.backref(number, i))
		r.put(`" class="footnote-backref" role="doc-backlink" aria-label="Back to reference `)
		r.put(number)
		if i > 1 {
			r.put("-" + strconv.Itoa(i))
		}
		r.put("\">↩\uFE0E</a>")
	}
	r.cut(own)
}
