package prose

import (
	"bytes"
	"sort"
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
	var hidden hiddenRanges
	for i := 0; i+1 < len(r.loose); i++ {
		from := r.loose[i]
		if from > 0 && !util.IsSpace(r.src[from-1]) {
			continue
		}
		hidden = append(hidden, [2]int{from, r.loose[i+1] + 2})
		i++
	}
	if len(hidden) > 0 {
		hidden.prune(root)
	}
}

// hiddenRanges are ranges [from, to) of the source, in order and apart.
type hiddenRanges [][2]int

// endingAfter returns the ranges from the first on that ends behind at.
func (h hiddenRanges) endingAfter(at int) hiddenRanges {
	return h[sort.Search(len(h), func(i int) bool { return h[i][1] > at }):]
}

// prune takes the ranges out of the tree under n and reports whether n has
// become empty by it.
func (h hiddenRanges) prune(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.Text:
		return h.cut(&n.Segment)
	case *ast.Document:
	default:
		if pos := n.Pos(); n.FirstChild() == nil {
			if n.Type() == ast.TypeBlock && n.Lines().Len() > 0 {
				pos = n.Lines().At(0).Start
			}
			after := h.endingAfter(pos)
			return len(after) > 0 && after[0][0] <= pos
		}
	}
	had := n.FirstChild() != nil
	for c := n.FirstChild(); c != nil; {
		next := c.NextSibling()
		if h.prune(c) {
			n.RemoveChild(n, c)
		}
		c = next
	}
	return had && n.FirstChild() == nil
}

// cut takes the ranges out of a stretch of text and reports whether nothing is
// left of it. A range within it cannot be, for a pair in one block is a comment
// already, unless emphasis tore it apart: then all that follows goes too.
func (h hiddenRanges) cut(s *text.Segment) bool {
	for _, hidden := range h.endingAfter(s.Start) {
		from, to := hidden[0], hidden[1]
		switch {
		case s.Stop <= from:
			return false
		case s.Start < from:
			s.Stop = from
			return false
		case s.Stop <= to:
			return true
		}
		s.Start = to
	}
	return false
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
	first, last := r.lineOf(start), r.lineOf(stop)
	if !util.IsBlank(bytes.TrimLeft(r.src[r.lines[first]:start], "> \t")) || !util.IsBlank(r.src[stop:r.lineEnd(last)]) {
		return r.opts.FirstLine + first
	}
	for i := last + 1; i < len(r.lines); i++ {
		if !util.IsBlank(bytes.TrimLeft(r.src[r.lines[i]:r.lineEnd(i)], "> \t")) {
			return r.opts.FirstLine + i
		}
	}
	return r.opts.FirstLine + first
}

// unclosedComment reports a comment without its end.
func (r *reading) unclosedComment(at int, sign, end string, hidden bool) {
	what, hint := "this comment is not closed before its paragraph ends, so it is shown", "end it with %s, or begin it on a line of its own"
	if hidden {
		what, hint = "this comment is not closed in the block it begins in, so the rest of that is left out", "end it with %s"
	}
	r.find(diag.At("unclosed-comment", diag.Warning, "", r.pos(at), len(sign), "%s", what).
		Hint(hint, end).
		Hint("until then the whole note counts as private"))
}
