package prose

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
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

// mayLinkAddress reports whether a body may hold a bare address that becomes a
// link. Those in a block of code do not, and addresses are what code is full
// of. Fences are followed only where they can be nothing else: at the beginning
// of a line, in a body without whatever might hold them as its text.
func mayLinkAddress(body []byte) bool {
	if !mayHoldAddress(body) {
		return false
	}
	fence := 0 // how many backticks have opened the block of code around
	for line := range bytes.Lines(body) {
		ticks := run(line, '`')
		switch rest := line[ticks:]; {
		case bytes.Contains(rest, threeTicks):
			return true
		case fence == 0 && ticks >= 3 && bytes.IndexByte(rest, '`') < 0:
			fence = ticks
		case ticks >= 3 && (fence == 0 || ticks < fence || !util.IsBlank(rest)):
			return true
		case ticks >= 3:
			fence = 0
		case fence == 0 && (mayHoldAddress(line) || mayHoldFences(line)):
			return true
		}
	}
	return false
}

var threeTicks = []byte("```")

// mayHoldFences reports a line that may begin what holds the fences after it as
// its text, or ends the block of code that they open: HTML, a comment, other
// code, a container.
func mayHoldFences(line []byte) bool {
	return bytes.HasPrefix(util.TrimLeftSpace(line), []byte("<")) || bytes.Contains(line, percents) || bytes.Contains(line, []byte("~~~")) || bytes.Contains(line, []byte(":::"))
}

// mayHoldAddress reports whether a text has one of the signs of a bare address.
func mayHoldAddress(text []byte) bool {
	return bytes.IndexByte(text, '@') >= 0 || bytes.Contains(text, []byte("://")) || bytes.Contains(text, []byte("www."))
}
