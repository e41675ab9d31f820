package prose

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// linkify makes links of bare addresses. The library's parser looks for one at
// each space; most blocks hold none of the signs that every address has.
type linkify struct{ parser.InlineParser }

func (l linkify) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	r := readingOf(pc)
	if r.linkified != parent {
		r.linkified, r.mayLink = parent, false
		for i := range parent.Lines().Len() {
			seg := parent.Lines().At(i)
			line := r.src[seg.Start:seg.Stop]
			r.mayLink = r.mayLink || bytes.IndexByte(line, '@') >= 0 || bytes.Contains(line, []byte("www.")) || bytes.Contains(line, []byte("http")) || bytes.Contains(line, []byte("ftp"))
		}
	}
	if !r.mayLink {
		return nil
	}
	return l.InlineParser.Parse(parent, block, pc)
}
