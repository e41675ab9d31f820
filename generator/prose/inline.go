package prose

import (
	"bytes"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// A factNode is {{name}}.
type factNode struct {
	ast.BaseInline
	name  []byte
	start int
	stop  int
}

var kindFact = ast.NewNodeKind("Fact")

func (n *factNode) Kind() ast.NodeKind            { return kindFact }
func (n *factNode) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

type factParser struct{}

func (factParser) Trigger() []byte { return []byte{'{'} }

// maxFactName keeps the search for "}}" short.
const maxFactName = 200

func (factParser) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, seg := block.PeekLine()
	if len(line) < 5 || line[1] != '{' {
		return nil
	}
	i := 2
	for i < len(line) && line[i] == ' ' {
		i++
	}
	from := i
	for i < len(line) && i-from < maxFactName && isFactByte(line[i]) {
		i++
	}
	to := i
	for i < len(line) && line[i] == ' ' {
		i++
	}
	// A dot in front is a template of somebody else's, as in {{ .Site }}.
	if to == from || line[from] == '.' || !bytes.HasPrefix(line[i:], []byte("}}")) {
		return nil
	}
	block.Advance(i + 2)
	n := &factNode{name: line[from:to], start: seg.Start, stop: seg.Start + i + 2}
	n.SetPos(seg.Start)
	return n
}

func isFactByte(c byte) bool {
	return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' || c == '_' || c == '.' || c == '-' || c == '/'
}

// A tagNode is #tag.
type tagNode struct {
	ast.BaseInline
	name  []byte
	start int
}

var kindTag = ast.NewNodeKind("Tag")

func (n *tagNode) Kind() ast.NodeKind            { return kindTag }
func (n *tagNode) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

type tagParser struct{}

func (tagParser) Trigger() []byte { return []byte{'#'} }

func (tagParser) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	switch before := block.PrecendingCharacter(); {
	case unicode.IsSpace(before), before == '(':
	default:
		return nil
	}
	line, seg := block.PeekLine()
	end := tagLength(line[1:])
	if end == 0 {
		return nil
	}
	block.Advance(end + 1)
	n := &tagNode{name: line[1 : end+1], start: seg.Start}
	n.SetPos(seg.Start)
	return n
}

// tagLength is how many bytes of s are a tag's name: a letter, then letters,
// digits, marks, '_', '-' and '/' between parts. "#1" is a number and "#fff;"
// is still a tag: prose is not CSS.
func tagLength(s []byte) int {
	i := 0
	for i < len(s) {
		r, size := utf8.DecodeRune(s[i:])
		letter := unicode.IsLetter(r)
		if !letter && (i == 0 || !unicode.IsDigit(r) && !unicode.IsMark(r) && r != '_' && r != '-' && r != '/') {
			break
		}
		if r == utf8.RuneError && size == 1 {
			break
		}
		i += size
	}
	for i > 0 && (s[i-1] == '/' || s[i-1] == '-') {
		i--
	}
	return i
}

// taskParser reads the [ ] of a task. goldmark's own takes the [X] of a link,
// - [X](https://x.com), for one.
type taskParser struct{ parser.InlineParser }

func (p taskParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	if line, _ := block.PeekLine(); len(line) > 3 && !util.IsSpace(line[3]) {
		return nil
	}
	return p.InlineParser.Parse(parent, block, pc)
}

// A markNode is ==highlighted== text.
type markNode struct{ ast.BaseInline }

var kindMark = ast.NewNodeKind("Mark")

func (n *markNode) Kind() ast.NodeKind            { return kindMark }
func (n *markNode) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

type markDelimiter struct{}

func (markDelimiter) IsDelimiter(c byte) bool { return c == '=' }
func (markDelimiter) CanOpenCloser(opener, closer *parser.Delimiter) bool {
	return opener.Char == closer.Char
}
func (markDelimiter) OnMatch(int) ast.Node { return &markNode{} }

type markParser struct{}

func (markParser) Trigger() []byte { return []byte{'='} }

func (markParser) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	before := block.PrecendingCharacter()
	line, seg := block.PeekLine()
	if before == '=' || run(line, '=') != 2 {
		return nil
	}
	// "if a==1 and b==2" highlights nothing: inside a word the signs compare.
	if len(line) > 2 && isASCIIWord(before) && isASCIIWord(rune(line[2])) {
		return nil
	}
	n := parser.ScanDelimiter(line, before, 2, markDelimiter{})
	if n == nil {
		return nil
	}
	n.Segment = seg.WithStop(seg.Start + 2)
	block.Advance(2)
	pc.PushDelimiter(n)
	return n
}

func isASCIIWord(r rune) bool { return r < utf8.RuneSelf && isWordRune(r) }
