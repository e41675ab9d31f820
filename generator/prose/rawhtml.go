package prose

import (
	"bytes"
	"html"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// Raw HTML is text, but for a few tags that cannot do harm, and those only in
// pairs under one parent, so that a page is well formed whatever a note holds.

// phrasing tags may stand in running text.
var phrasing = map[string]bool{
	"kbd": true, "sub": true, "sup": true, "br": true, "mark": true, "abbr": true, "ins": true, "del": true,
}

// structure tags may stand around blocks.
var structure = map[string]bool{"details": true, "summary": true, "dl": true, "dt": true, "dd": true}

// maxTags is how deep kept tags may stand inside one another in one run.
const maxTags = 16

// safeHTMLBlocks lets goldmark open an HTML block only for what it must keep
// together: comments, script and the like (whose text ends at their end tag),
// and our structure tags. Any other tag at the beginning of a line begins a
// paragraph, so that the Markdown after <div> or <pod-name> still works.
type safeHTMLBlocks struct{ parser.BlockParser }

func (p safeHTMLBlocks) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, _ := reader.PeekLine()
	at := pc.BlockOffset()
	if at < 0 {
		return nil, parser.NoChildren
	}
	rest := bytes.TrimPrefix(line[at+1:], []byte("/"))
	if len(rest) > 0 && rest[0] != '!' && rest[0] != '?' {
		switch name := tagName(rest); name {
		case "script", "pre", "style", "textarea":
		default:
			if !structure[name] {
				return nil, parser.NoChildren
			}
		}
	}
	return p.BlockParser.Open(parent, reader, pc)
}

// tagName reads a tag's name in lower case.
func tagName(s []byte) string {
	n := 0
	for n < len(s) && (s[n]|0x20 >= 'a' && s[n]|0x20 <= 'z' || n > 0 && (s[n] >= '0' && s[n] <= '9' || s[n] == '-')) {
		n++
	}
	return strings.ToLower(string(s[:n]))
}

// A htmlToken is a tag, a comment or a stretch of text in raw HTML.
type htmlToken struct {
	kind htmlKind
	name string // of a tag
	attr string // the one attribute kept, ready to write
	text []byte // as typed
	at   int    // offset of a comment in its block
	mate int    // of a tag: index of its partner, -1 without one
	kept bool   // the tag is written as a tag
}

type htmlKind uint8

const (
	htmlText htmlKind = iota
	htmlOpen
	htmlClose
	htmlComment
	htmlBreak // <br>
	htmlEnd   // the HTML block ends here; other blocks may follow before the next
)

// appendTokens splits raw HTML into tags of our lists, comments and text.
func appendTokens(tokens []htmlToken, s []byte) []htmlToken {
	textFrom, noComment := 0, false
	for i := 0; i < len(s); {
		if s[i] != '<' {
			i++
			continue
		}
		var t htmlToken
		n := 0
		if bytes.HasPrefix(s[i:], []byte("<!--")) {
			if !noComment {
				n = commentLength(s[i:])
				noComment = n == 0
				t.kind = htmlComment
			}
		} else {
			t, n = readTag(s[i:])
		}
		if n == 0 {
			i++
			continue
		}
		if textFrom < i {
			tokens = append(tokens, htmlToken{text: s[textFrom:i]})
		}
		t.text, t.at, t.mate = s[i:i+n], i, -1
		tokens = append(tokens, t)
		i += n
		textFrom = i
	}
	if textFrom < len(s) {
		tokens = append(tokens, htmlToken{text: s[textFrom:]})
	}
	return tokens
}

// commentLength is how long the comment at the beginning of s is, 0 if it has
// no end.
func commentLength(s []byte) int {
	for _, empty := range []string{"<!-->", "<!--->"} {
		if bytes.HasPrefix(s, []byte(empty)) {
			return len(empty)
		}
	}
	if end := bytes.Index(s[4:], []byte("-->")); end >= 0 {
		return 4 + end + 3
	}
	return 0
}

// readTag reads a tag of our lists at the beginning of s and returns its
// length, 0 if there is none.
func readTag(s []byte) (t htmlToken, n int) {
	t.kind = htmlOpen
	i := 1
	if i < len(s) && s[i] == '/' {
		t.kind = htmlClose
		i++
	}
	t.name = tagName(s[i:min(len(s), i+12)])
	if !phrasing[t.name] && !structure[t.name] {
		return t, 0
	}
	i += len(t.name)
	if t.kind == htmlClose {
		i += util.TrimLeftSpaceLength(s[i:])
		if i >= len(s) || s[i] != '>' || t.name == "br" {
			return t, 0
		}
		return t, i + 1
	}
	if t.name == "br" {
		t.kind = htmlBreak
	}
	for {
		spaces := i
		for i < len(s) && util.IsSpace(s[i]) {
			i++
		}
		switch {
		case i >= len(s):
			return t, 0
		case s[i] == '>':
			return t, i + 1
		case s[i] == '/' && i+1 < len(s) && s[i+1] == '>' && t.kind == htmlBreak:
			return t, i + 2
		case i == spaces:
			return t, 0
		}
		name, value, length := readAttribute(s[i:])
		if length == 0 {
			return t, 0
		}
		i += length
		switch {
		case t.name == "details" && name == "open":
			t.attr = " open"
		case t.name == "abbr" && name == "title" && t.attr == "":
			t.attr = ` title="` + string(appendEscaped(nil, html.UnescapeString(string(value)))) + `"`
		}
	}
}

// readAttribute reads one attribute at the beginning of s.
func readAttribute(s []byte) (name string, value []byte, n int) {
	for n < len(s) && (s[n]|0x20 >= 'a' && s[n]|0x20 <= 'z' || n > 0 && (s[n] >= '0' && s[n] <= '9' || s[n] == '-' || s[n] == ':' || s[n] == '_')) {
		n++
	}
	name = strings.ToLower(string(s[:n]))
	i := n
	for i < len(s) && util.IsSpace(s[i]) {
		i++
	}
	if n == 0 || i >= len(s) || s[i] != '=' {
		return name, nil, n
	}
	i++
	for i < len(s) && util.IsSpace(s[i]) {
		i++
	}
	if i >= len(s) {
		return "", nil, 0
	}
	if q := s[i]; q == '"' || q == '\'' {
		end := bytes.IndexByte(s[i+1:], q)
		if end < 0 {
			return "", nil, 0
		}
		return name, s[i+1 : i+1+end], i + end + 2
	}
	from := i
	for i < len(s) && !util.IsSpace(s[i]) && strings.IndexByte("\"'=<>`", s[i]) < 0 {
		i++
	}
	if i == from {
		return "", nil, 0
	}
	return name, s[from:i], i
}

// match finds the partners of tags. A tag that is in the way of a pair stays
// alone, so pairs never cross. Phrasing tags pair only within one run of text:
// they cannot stand around blocks.
func match(tokens []htmlToken) {
	var stack []int
	for i := range tokens {
		t := &tokens[i]
		if t.kind == htmlEnd || (t.kind == htmlOpen || t.kind == htmlClose) && structure[t.name] {
			for len(stack) > 0 && phrasing[tokens[stack[len(stack)-1]].name] {
				stack = stack[:len(stack)-1]
			}
		}
		switch t.kind {
		case htmlOpen:
			stack = append(stack, i)
		case htmlClose:
			for j := len(stack) - 1; j >= max(0, len(stack)-maxTags); j-- {
				if tokens[stack[j]].name == t.name {
					t.mate, tokens[stack[j]].mate = stack[j], i
					stack = stack[:j]
					break
				}
			}
		}
	}
}

// keep decides which pairs are written as tags: those that stand where HTML
// allows them, so that a browser builds the tree that was meant.
func keep(tokens []htmlToken) {
	var open []int // kept ones around the token
	for i := range tokens {
		t := &tokens[i]
		switch {
		case t.kind == htmlBreak:
			t.kept = true
		case t.mate < 0:
		case t.kind == htmlOpen:
			around := ""
			if len(open) > 0 {
				around = tokens[open[len(open)-1]].name
			}
			if len(open) < maxTags && allowedIn(t.name, around) && !(t.name == "summary" && holdsBlocks(tokens[i:t.mate])) {
				t.kept, tokens[t.mate].kept = true, true
				open = append(open, i)
			}
		case t.kind == htmlClose && t.kept:
			open = open[:len(open)-1]
		}
	}
}

func allowedIn(name, around string) bool {
	switch name {
	case "details", "dl":
		return around == "" || around == "details" || around == "dd"
	case "summary":
		return around == "details"
	case "dt", "dd":
		return around == "dl"
	}
	return true
}

func holdsBlocks(tokens []htmlToken) bool {
	for i := range tokens {
		if tokens[i].kind == htmlEnd {
			return true
		}
	}
	return false
}

// rawBlocks are the tokens of all HTML blocks with one parent.
type rawBlocks struct {
	tokens []htmlToken
	next   int
}

// rawBlocks reads the HTML blocks among first and its later siblings.
func (r *reading) rawBlocks(first ast.Node) *rawBlocks {
	b := &rawBlocks{}
	for c := first; c != nil; c = c.NextSibling() {
		if h, ok := c.(*ast.HTMLBlock); ok {
			switch {
			case h.HTMLBlockType == ast.HTMLBlockType1:
			case h.HTMLBlockType == ast.HTMLBlockType2 && !r.closedComment(h):
			default:
				b.tokens = appendTokens(b.tokens, r.blockText(h))
			}
			b.tokens = append(b.tokens, htmlToken{kind: htmlEnd, mate: -1})
		}
	}
	match(b.tokens)
	keep(b.tokens)
	return b
}

func (r *reading) closedComment(h *ast.HTMLBlock) bool {
	return h.HasClosure() || bytes.Contains(r.blockText(h), []byte("-->"))
}

// blockText is the text of a raw block, its closing line included.
func (r *reading) blockText(n ast.Node) []byte {
	lines := n.Lines()
	if lines.Len() == 0 {
		return nil
	}
	first, last := lines.At(0), lines.At(lines.Len()-1)
	h, _ := n.(*ast.HTMLBlock)
	if h != nil && h.HasClosure() {
		last = h.ClosureLine
	}
	contiguous := first.Padding == 0 && last.Padding == 0
	for i := 1; i < lines.Len() && contiguous; i++ {
		seg := lines.At(i)
		contiguous = seg.Start == lines.At(i-1).Stop && seg.Padding == 0
	}
	if contiguous && (h == nil || !h.HasClosure() || last.Start == lines.At(lines.Len()-1).Stop) {
		return r.src[first.Start:last.Stop]
	}
	text := lines.Value(r.src)
	if h != nil && h.HasClosure() {
		text = append(text, h.ClosureLine.Value(r.src)...)
	}
	return text
}

// htmlBlock writes one HTML block.
func (r *reading) htmlBlock(n *ast.HTMLBlock, b *rawBlocks) {
	start := n.Lines().At(0).Start
	switch {
	case n.HTMLBlockType == ast.HTMLBlockType1:
		b.next++
		r.put(`<pre class="plain" tabindex="0">`)
		r.plain(string(r.blockText(n)))
		r.endBlock()
		r.put("</pre>\n")
		return
	case n.HTMLBlockType == ast.HTMLBlockType2 && b.tokens[b.next].kind == htmlEnd:
		b.next++
		r.unclosedComment(start, "<!--", "-->", true)
		return
	}
	for inline := false; ; b.next++ {
		t := &b.tokens[b.next]
		// Text between structure tags is a paragraph, but for what a summary holds.
		block := t.kind == htmlEnd || t.kept && structure[t.name]
		switch {
		case block && inline:
			r.put("</p>\n")
			r.endBlock()
			inline = false
		case !block && !inline && r.rawInline == 0 && t.kind != htmlComment && !util.IsBlank(t.text):
			r.put("<p>")
			inline = true
		}
		switch {
		case t.kind == htmlEnd:
			b.next++
			return
		case t.kind == htmlComment:
			at := r.segmentOffset(n, t.at)
			r.ignoreComment(at, min(at+len(t.text), len(r.src)))
		case t.kept:
			r.tag(t)
			if structure[t.name] {
				r.structureTag(t)
			}
		case t.kind == htmlText && !inline && r.rawInline == 0:
			// white space between tags
		case t.kind == htmlText:
			r.entities(t.text)
		default:
			r.plainText(t.text)
		}
	}
}

// structureTag keeps count of what stands open: in a summary text is bare, and
// inside any of them headings make no sections.
func (r *reading) structureTag(t *htmlToken) {
	step := 1
	if t.kind == htmlClose {
		step = -1
		r.endBlock()
	}
	r.structure += step
	if t.name == "summary" || t.name == "dt" {
		r.rawInline += step
	}
	if r.rawInline == 0 {
		r.put("\n")
	}
}

// tag writes a tag of our lists.
func (r *reading) tag(t *htmlToken) {
	if t.kind == htmlClose {
		r.put("</")
	} else {
		r.put("<")
	}
	r.put(t.name)
	if t.kind != htmlClose {
		r.put(t.attr)
	}
	r.put(">")
	if t.kind == htmlBreak {
		r.textByte(' ')
	}
}

// segmentOffset is the source offset of what stands at offset in blockText.
func (r *reading) segmentOffset(n ast.Node, offset int) int {
	lines := n.Lines()
	for i := range lines.Len() {
		seg := lines.At(i)
		if offset < seg.Len() || i == lines.Len()-1 {
			return min(seg.Start+max(offset-seg.Padding, 0), len(r.src))
		}
		offset -= seg.Len()
	}
	return 0
}

// inlineTags pairs the raw HTML among first and its later siblings, which is
// running text: only phrasing tags count. The tokens stand in the order of the
// RawHTML nodes.
func (r *reading) inlineTags(first ast.Node) []htmlToken {
	var tokens []htmlToken
	for c := first; c != nil; c = c.NextSibling() {
		n, ok := c.(*ast.RawHTML)
		if !ok {
			continue
		}
		text := n.Segments.Value(r.src)
		t, length := htmlToken{}, 0
		if len(text) > 0 {
			t, length = readTag(text)
		}
		if length != len(text) || !phrasing[t.name] {
			t = htmlToken{}
			if bytes.HasPrefix(text, []byte("<!--")) {
				t.kind = htmlComment
			}
		}
		t.text, t.mate = text, -1
		tokens = append(tokens, t)
	}
	match(tokens)
	keep(tokens)
	return tokens
}
