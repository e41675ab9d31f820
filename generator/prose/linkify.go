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
			r.mayLink = r.mayLink || mayHoldAddress(r.src[seg.Start:seg.Stop])
		}
	}
	if !r.mayLink {
		return nil
	}
	return l.InlineParser.Parse(parent, block, pc)
}

// mayHoldAddress reports whether a text has one of the signs of a bare address.
func mayHoldAddress(text []byte) bool {
	return bytes.IndexByte(text, '@') >= 0 || bytes.Contains(text, []byte("www.")) || bytes.Contains(text, []byte("http")) || bytes.Contains(text, []byte("ftp"))
}
