package prose

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// A container is a callout written as :::type … ::: or as !!! type with an
// indented body. Its first child is a calloutHead.
type container struct {
	ast.BaseBlock
	colons int // length of the opening fence; 0 for an indented body
}

var kindContainer = ast.NewNodeKind("Container")

func (n *container) Kind() ast.NodeKind            { return kindContainer }
func (n *container) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// directiveParser reads :::type Title … ::: as Docusaurus and VitePress have it.
type directiveParser struct{ noBlock }

func (directiveParser) Trigger() []byte { return []byte{':'} }

func (directiveParser) Open(_ ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, seg := reader.PeekLine()
	at := pc.BlockOffset()
	if at < 0 {
		return nil, parser.NoChildren
	}
	colons := run(line[at:], ':')
	if colons < 3 {
		return nil, parser.NoChildren
	}
	src := reader.Source()
	start := seg.Start + at - seg.Padding
	stop := seg.Stop
	rest := text.NewSegment(start+colons, stop)
	rest = rest.TrimLeftSpace(src)
	rest = rest.TrimRightSpace(src)
	title := rest.Value(src)
	n := 0
	for n < len(title) && (title[n]|0x20 >= 'a' && title[n]|0x20 <= 'z' || n > 0 && (title[n] >= '0' && title[n] <= '9' || title[n] == '-' || title[n] == '_')) {
		n++
	}
	if n == 0 || n > 40 {
		return nil, parser.NoChildren
	}
	head := &calloutHead{name: string(title[:n]), start: start}
	switch {
	case n == len(title):
	case title[n] == '[' && title[len(title)-1] == ']':
		head.title(src, rest.Start+n+1, rest.Stop-1)
	case title[n] == ' ' || title[n] == '\t':
		head.title(src, rest.Start+n, rest.Stop)
	default:
		return nil, parser.NoChildren
	}
	c := &container{colons: colons}
	c.AppendChild(c, head)
	r := readingOf(pc)
	r.directives = append(r.directives, c)
	reader.AdvanceToEOL()
	return c, parser.HasChildren
}

func (directiveParser) Continue(node ast.Node, reader text.Reader, pc parser.Context) parser.State {
	c := node.(*container)
	r := readingOf(pc)
	line, _ := reader.PeekLine()
	w, at := util.IndentWidth(line, reader.LineOffset())
	if w < 4 && at < len(line) {
		colons := run(line[at:], ':')
		if colons >= 3 && util.IsBlank(line[at+colons:]) && r.closes(colons) == c && !inRaw(pc) {
			reader.AdvanceToEOL()
			return parser.Close
		}
	}
	return parser.Continue | parser.HasChildren
}

func (directiveParser) Close(node ast.Node, _ text.Reader, pc parser.Context) {
	r := readingOf(pc)
	for i := len(r.directives) - 1; i >= 0; i-- {
		if r.directives[i] == node {
			r.directives = append(r.directives[:i], r.directives[i+1:]...)
			return
		}
	}
}

// closes returns the container that a fence of so many colons closes: the
// innermost whose own fence is not longer.
func (r *reading) closes(colons int) *container {
	for i := len(r.directives) - 1; i >= 0; i-- {
		if c := r.directives[i]; c.colons <= colons {
			return c
		}
	}
	return nil
}

// inRaw reports whether the line stands inside code or a comment, where no
// fence of colons means anything.
func inRaw(pc parser.Context) bool {
	switch pc.LastOpenedBlock().Node.(type) {
	case *ast.FencedCodeBlock, *commentBlock:
		return true
	}
	return false
}

// admonitionParser reads !!! type "Title" and its folding forms ??? and ???+,
// with a body indented by four, as Python-Markdown and MkDocs have it.
type admonitionParser struct{ noBlock }

func (admonitionParser) Trigger() []byte { return []byte{'!', '?'} }

func (admonitionParser) Open(_ ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, seg := reader.PeekLine()
	at := pc.BlockOffset()
	if at < 0 {
		return nil, parser.NoChildren
	}
	marker := line[at]
	if run(line[at:], marker) != 3 {
		return nil, parser.NoChildren
	}
	i := at + 3
	head := &calloutHead{start: seg.Start + at - seg.Padding}
	if marker == '?' {
		head.fold = '-'
		if i < len(line) && line[i] == '+' {
			head.fold = '+'
			i++
		}
	}
	rest := bytes.TrimSpace(line[i:])
	if i < len(line) && len(rest) > 0 && !util.IsSpace(line[i]) {
		return nil, parser.NoChildren
	}
	words, quoted := rest, -1
	if q := bytes.IndexByte(rest, '"'); q >= 0 {
		if rest[len(rest)-1] != '"' || len(rest)-1 == q {
			return nil, parser.NoChildren
		}
		words, quoted = rest[:q], q
	}
	fields := bytes.Fields(words)
	if len(fields) == 0 {
		return nil, parser.NoChildren
	}
	for _, f := range fields { // the first word is the type, "inline end" and the like are layout
		if !isTypeName(f) {
			return nil, parser.NoChildren
		}
	}
	head.name = string(fields[0])
	if quoted >= 0 {
		from := seg.Start - seg.Padding + bytes.IndexByte(line, '"') + 1
		to := from + len(rest) - quoted - 2
		head.title(reader.Source(), from, to)
		head.untitled = head.Lines().Len() == 0
	} else if len(fields) > 3 {
		return nil, parser.NoChildren // "!!! that is prose"
	}
	c := &container{}
	c.AppendChild(c, head)
	reader.AdvanceToEOL()
	return c, parser.HasChildren
}

func (admonitionParser) Continue(_ ast.Node, reader text.Reader, _ parser.Context) parser.State {
	return continueIndented(reader)
}

// run is how many times c stands at the beginning of s.
func run(s []byte, c byte) int {
	n := 0
	for n < len(s) && s[n] == c {
		n++
	}
	return n
}
