package prose

import (
	"bytes"
	"strings"

	"debrief/generator/diag"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

var percents = []byte("%%")

// A commentBlock is a %% … %% comment that begins a line and ends on another.
type commentBlock struct {
	ast.BaseBlock
	closed bool
}

var kindCommentBlock = ast.NewNodeKind("CommentBlock")

func (n *commentBlock) Kind() ast.NodeKind            { return kindCommentBlock }
func (n *commentBlock) IsRaw() bool                   { return true }
func (n *commentBlock) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

type commentBlockParser struct{ noBlock }

func (commentBlockParser) Trigger() []byte { return []byte{'%'} }

func (commentBlockParser) Open(_ ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, seg := reader.PeekLine()
	at := pc.BlockOffset()
	if at < 0 || !bytes.HasPrefix(line[at:], percents) {
		return nil, parser.NoChildren
	}
	n := &commentBlock{}
	if rest := line[at+2:]; bytes.Contains(rest, percents) {
		// Text after the comment makes the line a paragraph with a comment in it.
		end := bytes.Index(rest, percents)
		if !util.IsBlank(rest[end+2:]) {
			return nil, parser.NoChildren
		}
		n.closed = true
	}
	n.Lines().Append(seg)
	reader.AdvanceToEOL()
	return n, parser.NoChildren
}

func (commentBlockParser) Continue(node ast.Node, reader text.Reader, _ parser.Context) parser.State {
	n := node.(*commentBlock)
	if n.closed {
		return parser.Close
	}
	line, seg := reader.PeekLine()
	end := bytes.Index(line, percents)
	if end < 0 {
		n.Lines().Append(seg)
		reader.AdvanceToEOL()
		return parser.Continue | parser.NoChildren
	}
	n.closed = true
	if util.IsBlank(line[end+2:]) {
		reader.AdvanceToEOL()
	} else {
		reader.Advance(end + 2) // the rest of the line is read as a block of its own
	}
	return parser.Close
}

// A comment is an inline comment, gone from every output.
type comment struct {
	ast.BaseInline
	start, stop int
}

var kindComment = ast.NewNodeKind("Comment")

func (n *comment) Kind() ast.NodeKind            { return kindComment }
func (n *comment) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

type commentParser struct{}

func (commentParser) Trigger() []byte { return []byte{'%', '<'} }

func (commentParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, seg := block.PeekLine()
	opener, closer := percents, percents
	if line[0] == '<' {
		opener, closer = []byte("<!--"), []byte("-->")
	}
	if !bytes.HasPrefix(line, opener) {
		return nil
	}
	for _, empty := range []string{"<!-->", "<!--->"} { // whole comments to a browser
		if bytes.HasPrefix(line, []byte(empty)) {
			block.Advance(len(empty))
			return &comment{start: seg.Start, stop: seg.Start + len(empty)}
		}
	}
	r := readingOf(pc)
	searched := &r.noPercents
	if line[0] == '<' {
		searched = &r.noArrow
	}
	if *searched == parent {
		// An earlier search met the end of this block; every further one would.
		r.looseComment(seg.Start, line[0])
		return nil
	}
	savedLine, saved := block.Position()
	skip := len(opener)
	for rest, s := line, seg; rest != nil; rest, s = block.PeekLine() {
		if end := bytes.Index(rest[skip:], closer); end >= 0 {
			end += skip + len(closer)
			block.Advance(end)
			n := &comment{start: seg.Start, stop: s.Start - s.Padding + end}
			n.SetPos(seg.Start)
			return n
		}
		skip = 0
		block.AdvanceLine()
	}
	block.SetPosition(savedLine, saved)
	*searched = parent
	r.looseComment(seg.Start, line[0])
	return nil
}

// looseComment remembers a sign that opens a comment which its block does not
// close.
func (r *reading) looseComment(at int, sign byte) {
	if sign == '%' {
		if n := len(r.loose); n == 0 || r.loose[n-1] < at {
			r.loose = append(r.loose, at)
		}
		return
	}
	if r.unclosed == 0 {
		r.unclosed = at + 1
	}
}

// hideLoose takes out what stands between two %% in different blocks, as
// Obsidian does: the first must follow white space, so that "100%%" opens
// nothing.
func (r *reading) hideLoose(root ast.Node) {
	for i := 0; i+1 < len(r.loose); i++ {
		from := r.loose[i]
		if from > 0 && !util.IsSpace(r.src[from-1]) {
			continue
		}
		r.prune(root, from, r.loose[i+1]+2)
		i++
	}
}

// prune takes the source range [from, to) out of the tree under n and reports
// whether n has become empty by it.
func (r *reading) prune(n ast.Node, from, to int) bool {
	switch n := n.(type) {
	case *ast.Text:
		s := &n.Segment
		switch {
		case s.Stop <= from || s.Start >= to:
			return false
		case s.Start < from && s.Stop > to:
			// Both ends in one text cannot be: a pair in one block is a comment
			// already, unless emphasis tore it apart. Then all of it goes.
			s.Stop = from
			return false
		case s.Start < from:
			s.Stop = from
			return false
		case s.Stop > to:
			s.Start = to
			return false
		}
		return true
	case *ast.Document:
	default:
		if pos := n.Pos(); n.FirstChild() == nil {
			if n.Type() == ast.TypeBlock && n.Lines().Len() > 0 {
				pos = n.Lines().At(0).Start
			}
			return pos >= from && pos < to
		}
	}
	had := n.FirstChild() != nil
	for c := n.FirstChild(); c != nil; {
		next := c.NextSibling()
		if r.prune(c, from, to) {
			n.RemoveChild(n, c)
		}
		c = next
	}
	return had && n.FirstChild() == nil
}

// ignoreComment records a debrief-ignore comment that stands at [start, stop).
func (r *reading) ignoreComment(start, stop int) {
	body := strings.TrimSpace(strings.Trim(string(r.src[start:stop]), "<>!-% \t\n"))
	rest, ok := strings.CutPrefix(body, "debrief-ignore")
	if !ok || rest == "" || rest[0] != ' ' && rest[0] != ':' {
		return
	}
	rules, reason, _ := strings.Cut(strings.TrimLeft(rest, " :"), ":")
	line := r.spokenLine(start, stop)
	for _, rule := range strings.FieldsFunc(rules, func(c rune) bool { return c == ',' || c == ' ' }) {
		r.doc.Ignores = append(r.doc.Ignores, Ignore{Rule: rule, Reason: strings.TrimSpace(reason), Line: line})
	}
}

// spokenLine is the line that a comment at [start, stop) speaks of: its own if
// other text stands there, else the next that is not blank.
func (r *reading) spokenLine(start, stop int) int {
	from := bytes.LastIndexByte(r.src[:start], '\n') + 1
	to := len(r.src)
	if i := bytes.IndexByte(r.src[stop:], '\n'); i >= 0 {
		to = stop + i
	}
	if !util.IsBlank(bytes.TrimLeft(r.src[from:start], "> \t")) || !util.IsBlank(r.src[stop:to]) {
		return r.pos(start).Line
	}
	for to < len(r.src) {
		from = to + 1
		to = len(r.src)
		if i := bytes.IndexByte(r.src[from:], '\n'); i >= 0 {
			to = from + i
		}
		if !util.IsBlank(bytes.TrimLeft(r.src[from:to], "> \t")) {
			return r.pos(from).Line
		}
	}
	return r.pos(start).Line
}

// unclosedComment reports a comment without its end.
func (r *reading) unclosedComment(at int, sign, end string, hidden bool) {
	if hidden {
		r.find(diag.At("unclosed-comment", diag.Warning, "", r.pos(at), len(sign),
			"this comment is never closed, so everything after it is left out").
			Hint("end it with %s", end))
		return
	}
	r.find(diag.At("unclosed-comment", diag.Warning, "", r.pos(at), len(sign),
		"this comment is not closed before its paragraph ends, so it is shown").
		Hint("end it with %s, or begin it on a line of its own", end))
}
