package prose

import (
	"bytes"
	"path"
	"strconv"
	"strings"

	"debrief/generator/source"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"go.abhg.dev/goldmark/wikilink"
)

// wikilinkParser reads [[target#fragment|text]] and ![[…]] with the wikilink
// module and adds what it leaves out: the \| that tables need, nested headings,
// and a search that stays linear on lines full of brackets.
type wikilinkParser struct{ base wikilink.Parser }

func (wikilinkParser) Trigger() []byte { return []byte{'!', '['} }

func (p wikilinkParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, seg := block.PeekLine()
	bang := 0
	if line[0] == '!' {
		bang = 1
	}
	if !bytes.HasPrefix(line[bang:], []byte("[[")) {
		return nil
	}
	r := readingOf(pc)
	if seg.Start < r.noBrackets {
		return nil
	}
	end := bytes.Index(line, []byte("]]"))
	if end < 0 {
		r.noBrackets = seg.Stop
		return nil
	}
	inner := line[bang+2 : end]
	target, _, _ := bytes.Cut(inner, []byte{'|'})
	if len(bytes.TrimSpace(inner)) == 0 || bytes.IndexByte(target, '[') >= 0 {
		return nil // [[[a]]] holds a link, it is none
	}
	node := p.base.Parse(parent, block, pc)
	n, ok := node.(*wikilink.Node)
	if !ok {
		return nil
	}
	if len(target) < len(inner) {
		target = bytes.TrimSuffix(target, []byte{'\\'})
	}
	n.Target, n.Fragment, _ = bytes.Cut(target, []byte{'#'})
	if i := bytes.LastIndexByte(n.Fragment, '#'); i >= 0 {
		n.Fragment = n.Fragment[i+1:]
	}
	n.SetPos(seg.Start)
	return n
}

// wikilink records a wikilink or embed and returns its index.
func (r *reading) wikilink(n *wikilink.Node, kind LinkKind) int {
	at := n.Pos() + 2
	if n.Embed {
		at++
	}
	alias := n.FirstChild().(*ast.Text).Segment
	stop := alias.Stop
	l := Link{
		Kind:     kind,
		Target:   string(bytes.TrimSpace(n.Target)),
		Fragment: string(bytes.TrimSpace(n.Fragment)),
		Text:     string(bytes.TrimSpace(r.src[at:stop])),
		Pos:      r.pos(at),
	}
	if alias.Start > at {
		if text := r.wikilinkText(n); text != "" {
			l.HasText, l.Text = true, text
		}
		stop = alias.Start - 1
		if r.src[stop-1] == '\\' {
			stop--
		}
	}
	l.Len = r.width(at, stop)
	if l.IsImage() {
		r.imageSize(&l)
	}
	return r.addLink(l)
}

// imageSize reads the size that Obsidian puts where the text would stand: the
// last part after a '|', 300 or 300x200.
func (r *reading) imageSize(l *Link) {
	text, size := "", l.Text
	if !l.HasText {
		l.Text = path.Base(strings.ReplaceAll(l.Target, `\`, "/"))
		return
	}
	if i := strings.LastIndexByte(size, '|'); i >= 0 {
		text, size = strings.TrimSpace(size[:i]), size[i+1:]
	} else if l.Kind == LinkImage {
		return // ![300](x.png) is a text, ![|300](x.png) a size
	}
	w, h, both := strings.Cut(strings.TrimSpace(size), "x")
	width, errW := strconv.Atoi(w)
	height, errH := 0, error(nil)
	if both {
		height, errH = strconv.Atoi(h)
	}
	if errW != nil || errH != nil || width <= 0 || height < 0 || width > 10000 || height > 10000 {
		return
	}
	l.Width, l.Height, l.Text = width, height, text
	if text == "" && l.Kind == EmbedWiki {
		l.HasText = false
		l.Text = path.Base(strings.ReplaceAll(l.Target, `\`, "/"))
	}
}

// isImageName reports whether a file name is that of a picture.
func isImageName(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".apng", ".avif", ".gif", ".jpg", ".jpeg", ".jfif", ".png", ".svg", ".webp", ".bmp":
		return true
	}
	return false
}

// isMediaName reports whether a file name is that of a film, a sound or a
// document: things that wikilinks can embed and pages can only link to.
func isMediaName(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".pdf", ".mp3", ".wav", ".m4a", ".ogg", ".oga", ".opus", ".flac", ".3gp", ".mp4", ".m4v", ".webm", ".ogv", ".mov", ".mkv", ".canvas", ".base":
		return true
	}
	return false
}

// wikilinkNode writes [[…]] and, where a note cannot be embedded, ![[…]].
func (r *reading) wikilinkNode(n *wikilink.Node) {
	if n.Embed && isImageName(string(bytes.TrimSpace(n.Target))) {
		r.imageHole(r.wikilink(n, EmbedWiki))
		return
	}
	if r.inLink {
		r.plain(r.wikilinkText(n))
		return
	}
	i := r.wikilink(n, LinkWiki)
	l := &r.doc.Links[i]
	if target := string(bytes.TrimSpace(n.Target)); classify(target) == external {
		l.Target, l.Fragment, l.External = target, "", true
		if n.Fragment != nil {
			l.Target += "#" + string(n.Fragment)
		}
		r.openExternal(l.Target, "", false)
		r.plain(l.Text)
		r.setText(i)
		r.put("</a>")
		return
	}
	r.open(i)
	if l.HasText {
		r.plain(l.Text)
	} else {
		r.hole(label, i, string(appendEscaped(nil, l.Text)))
		*r.text = append(*r.text, l.Text...)
	}
	r.setText(i)
	r.hole(linkClose, i, "")
}

// wikilinkText is what a wikilink shows.
func (r *reading) wikilinkText(n *wikilink.Node) string {
	if t, ok := n.FirstChild().(*ast.Text); ok {
		return strings.TrimSpace(source.Uncommented(string(t.Segment.Value(r.src))))
	}
	return string(n.Target)
}
