package prose

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// explicitID reads {#id} at the end of a heading. goldmark's own attribute
// parser would take any attribute, and looks for it in more than linear time.
type explicitID struct{ parser.BlockParser }

func (p explicitID) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	n, state := p.BlockParser.Open(parent, reader, pc)
	if h, ok := n.(*ast.Heading); ok && h.Lines().Len() > 0 && state&parser.RequireParagraph == 0 {
		readingOf(pc).cutID(h)
	}
	return n, state
}

func (p explicitID) Close(n ast.Node, reader text.Reader, pc parser.Context) {
	p.BlockParser.Close(n, reader, pc)
	// Only now does a heading of the underlined kind have its lines.
	if h, ok := n.(*ast.Heading); ok && h.Parent() != nil && h.Lines().Len() > 0 {
		readingOf(pc).cutID(h)
	}
}

// cutID takes {#id .class key=value} off the last line of a heading and keeps
// the id.
func (r *reading) cutID(h *ast.Heading) {
	last := h.Lines().Len() - 1
	seg := h.Lines().At(last)
	line := util.TrimRightSpace(r.src[seg.Start:seg.Stop])
	if len(line) == 0 || line[len(line)-1] != '}' {
		return
	}
	open := bytes.LastIndexByte(line, '{')
	if open < 0 || open > 0 && !util.IsSpace(line[open-1]) {
		return
	}
	id, ok := attributeID(line[open+1 : len(line)-1])
	if !ok {
		return
	}
	if id != "" {
		if r.explicit == nil {
			r.explicit = map[ast.Node]string{}
		}
		r.explicit[h] = id
	}
	seg.Stop = seg.Start + open
	h.Lines().Set(last, seg.TrimRightSpace(r.src))
}

// attributeID reads "#id .class key=value" and reports whether it is such a
// list at all.
func attributeID(list []byte) (id string, ok bool) {
	fields := bytes.Fields(list)
	for _, f := range fields {
		switch {
		case len(f) > 1 && f[0] == '#' && isIDText(f[1:]):
			id = string(f[1:])
		case len(f) > 1 && f[0] == '.' && isIDText(f[1:]):
		case bytes.IndexByte(f, '=') > 0 && isIDText(f[:bytes.IndexByte(f, '=')]):
		default:
			return "", false
		}
	}
	return id, len(fields) > 0
}

// isIDText reports whether an explicit id holds only what ids and fragments
// can without escaping.
func isIDText(id []byte) bool {
	for _, r := range string(id) {
		if !isWordRune(r) && r != '-' && r != '.' && r != ':' {
			return false
		}
	}
	return true
}
