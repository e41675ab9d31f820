package prose

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"debrief/generator/diag"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// calloutTypes are the canonical types.
var calloutTypes = []string{
	// GitHub and Obsidian
	"note", "tip", "important", "warning", "caution",
	"abstract", "info", "todo", "success", "question", "failure", "danger", "bug", "example", "quote",
	// ours
	"bad", "good", "judgment", "probe", "metric", "answer", "private",
}

// calloutAliases are Obsidian's other names.
var calloutAliases = map[string]string{
	"summary": "abstract", "tldr": "abstract",
	"hint": "tip", "important": "tip",
	"check": "success", "done": "success",
	"help": "question", "faq": "question",
	"caution": "warning", "attention": "warning",
	"fail": "failure", "missing": "failure",
	"error":     "danger",
	"cite":      "quote",
	"judgement": "judgment",
}

// calloutType finds the canonical type for a name as typed. GitHub and
// Obsidian mean different things by important and caution: the upper-case
// spelling is GitHub's, any other is Obsidian's alias.
func calloutType(name string) (typ string, ok bool) {
	switch name {
	case "IMPORTANT", "CAUTION":
		return strings.ToLower(name), true
	}
	name = strings.ToLower(name)
	if alias := calloutAliases[name]; alias != "" {
		return alias, true
	}
	return name, slices.Contains(calloutTypes, name)
}

// A calloutHead is the first child of a block that is a callout. Its own
// children are the title.
type calloutHead struct {
	ast.BaseBlock
	name     string // as typed
	fold     byte   // '-' closed, '+' open, 0 not to be folded
	start    int    // offset of the marker
	index    int    // of its Callout, once written
	untitled bool   // the author wants no title
}

var kindCalloutHead = ast.NewNodeKind("CalloutHead")

func (n *calloutHead) Kind() ast.NodeKind            { return kindCalloutHead }
func (n *calloutHead) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// headOf returns the head of a callout, nil for any other block.
func headOf(n ast.Node) *calloutHead {
	switch n.(type) {
	case *ast.Blockquote, *container:
		h, _ := n.FirstChild().(*calloutHead)
		return h
	}
	return nil
}

// canonical is the type of a callout as we draw it; a misspelt "private" is
// private, because the safer reading wins.
func (h *calloutHead) canonical() (typ string, known bool) {
	typ, known = calloutType(h.name)
	if !known && diag.Near(h.name, calloutTypes) == "private" {
		return "private", false
	}
	return typ, known
}

// calloutTransformer turns the first line of a quote, [!type]± title, into the
// head of a callout.
type calloutTransformer struct{}

func (calloutTransformer) Transform(p *ast.Paragraph, reader text.Reader, pc parser.Context) {
	quote, ok := p.Parent().(*ast.Blockquote)
	if !ok || p.PreviousSibling() != nil || p.Lines().Len() == 0 {
		return
	}
	src := reader.Source()
	seg := p.Lines().At(0)
	line := src[seg.Start:seg.Stop]
	at := util.TrimLeftSpaceLength(line)
	if !bytes.HasPrefix(line[at:], []byte("[!")) {
		return
	}
	end := bytes.IndexByte(line[at:], ']')
	if end < 0 {
		if word, _, _ := bytes.Cut(line[at+2:], []byte(" ")); strings.EqualFold(string(bytes.TrimSpace(word)), "private") {
			readingOf(pc).unclearPrivate(seg.Start+at, "this is no callout, since ] is missing, so it is shown")
		}
		return
	}
	name, _, _ := bytes.Cut(line[at+2:at+end], []byte("|")) // Obsidian's [!note|metadata]
	name = bytes.TrimSpace(name)
	if !isTypeName(name) {
		return
	}
	head := &calloutHead{name: string(name), start: seg.Start + at}
	head.SetPos(head.start)
	rest := at + end + 1
	if rest < len(line) && (line[rest] == '+' || line[rest] == '-') {
		head.fold = line[rest]
		rest++
	}
	head.title(src, seg.Start+rest, seg.Stop)
	quote.InsertBefore(quote, p, head)

	lines := p.Lines()
	if lines.Len() == 1 {
		quote.RemoveChild(quote, p)
		return
	}
	lines.SetSliced(1, lines.Len())
}

// title sets the source range of the title.
func (n *calloutHead) title(src []byte, from, to int) {
	seg := text.NewSegment(from, to)
	seg = seg.TrimLeftSpace(src)
	seg = seg.TrimRightSpace(src)
	if !seg.IsEmpty() {
		n.Lines().Append(seg)
	}
}

func isTypeName(name []byte) bool {
	if len(name) == 0 || len(name) > 40 {
		return false
	}
	for i, c := range name {
		if !(c|0x20 >= 'a' && c|0x20 <= 'z' || i > 0 && (c >= '0' && c <= '9' || c == '-' || c == '_' || c == ' ')) {
			return false
		}
	}
	return true
}

// findUnclear finds parts that are marked private and hold nothing: what was
// meant to be in them stands after them, for all to see.
func (r *reading) findUnclear(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if c.Type() == ast.TypeInline {
			return
		}
		if h := headOf(c); h != nil && h.NextSibling() == nil {
			_, fenced := c.(*container) // a quote may be all in its first line
			if typ, _ := h.canonical(); typ == "private" && (fenced || h.Lines().Len() == 0) {
				r.unclearPrivate(h.start, "this private part is empty; what follows it is not in it")
			}
		}
		r.findUnclear(c)
	}
}

func (r *reading) unclearPrivate(at int, what string) {
	r.find(diag.At("unclear-private", diag.Warning, "", r.pos(at), 0, "%s", what).
		Hint("in a quote each line begins with >, below !!! private each begins with four spaces").
		Hint("until then the whole note counts as private"))
}

// dropPrivate takes private callouts out of the tree.
func dropPrivate(n ast.Node) {
	for c := n.FirstChild(); c != nil; {
		next := c.NextSibling()
		if h := headOf(c); h != nil {
			if typ, _ := h.canonical(); typ == "private" {
				n.RemoveChild(n, c)
				c = next
				continue
			}
		}
		if c.Type() != ast.TypeInline {
			dropPrivate(c)
		}
		c = next
	}
}

// callout writes a callout.
func (r *reading) callout(n ast.Node, h *calloutHead) {
	typ, known := h.canonical()
	class := typ
	if !known {
		r.unknownCallout(h, typ)
		if typ != "private" {
			class = "note"
		}
	}
	index := len(r.doc.Callouts)
	h.index = index
	r.doc.Callouts = append(r.doc.Callouts, Callout{Type: typ, Pos: r.pos(h.start), Pair: -1})
	r.calloutTexts = append(r.calloutTexts, [2]span{})
	r.pass.in = append(r.pass.in, typ)
	defer func() { r.pass.in = r.pass.in[:len(r.pass.in)-1] }()
	restore := r.toAside()
	defer restore()

	folded := h.fold != 0 || class == "probe"
	if folded {
		r.put(`<details class="callout callout-`)
		r.put(class)
		r.put(`"`)
	} else {
		r.put(`<div class="callout callout-`)
		r.put(class)
		r.put(`" role="note" aria-label="`)
		r.putEscaped(capital(h.name))
		r.put(`"`)
	}
	r.nodeID(n)
	if folded && h.fold == '+' {
		r.put(" open")
	}
	r.put(">\n")

	from := r.textLen()
	switch {
	case folded:
		r.put("<summary>")
	case !h.untitled:
		r.put(`<p class="callout-title">`)
	}
	if h.FirstChild() != nil {
		r.pass.still = true
		r.inlines(h)
		r.pass.still = false
	} else if folded || !h.untitled {
		r.plain(capital(h.name))
	}
	r.endHead()
	r.calloutTexts[index][0] = r.textSince(from)
	switch {
	case folded:
		r.put("</summary>\n")
	case !h.untitled:
		r.put("</p>\n")
	}
	r.cut(literal)
	first, from := len(r.parts), r.textLen()
	n.RemoveChild(n, h)
	r.children(n)
	r.cut(literal)
	c := &r.doc.Callouts[index]
	c.HTMLFrom, c.HTMLTo = first, len(r.parts)
	r.calloutTexts[index][1] = r.textSince(from)
	if folded {
		r.put("</details>\n")
	} else {
		r.put("</div>\n")
	}
}

// unknownCallout reports a type that looks like a slip. Any other name is a
// type of the author's own, and shown as a note with that title.
func (r *reading) unknownCallout(h *calloutHead, typ string) {
	f := diag.At("unknown-callout", diag.Info, "", r.pos(h.start), len(h.name)+3, "no callout is called %q; it is shown as a note with that title", h.name)
	near := diag.Near(h.name, append(slices.Clone(calloutTypes), slices.Sorted(aliasNames())...))
	if typ == "private" {
		near, f.Severity = "private", diag.Warning
		f.Message = fmt.Sprintf("no callout is called %q; it is taken for a private one, the safer reading", h.name)
	}
	if near != "" {
		r.find(f.Hint("did you mean %q?", near))
	}
}

func aliasNames() func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for name := range calloutAliases {
			if !yield(name) {
				return
			}
		}
	}
}

// capital is a type's name as a title.
func capital(name string) string {
	name = strings.ToLower(name)
	if name == "tldr" {
		return "TL;DR"
	}
	return strings.ToUpper(name[:1]) + name[1:]
}
