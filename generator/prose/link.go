package prose

import (
	"bytes"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"debrief/generator/diag"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"go.abhg.dev/goldmark/wikilink"
)

// inline writes one node of running text.
func (r *reading) inline(n ast.Node) {
	switch n := n.(type) {
	case *ast.Text:
		value := n.Segment.Value(r.src)
		if n.IsRaw() {
			r.plainText(value)
		} else {
			r.figures(r.joined(n, value))
		}
		r.breakLine(n)
	case *ast.String:
		r.plainText(n.Value)
	case *ast.Emphasis:
		if n.Level == 2 {
			r.wrap("strong", n)
		} else {
			r.wrap("em", n)
		}
	case *ast.CodeSpan:
		r.codeSpan(n)
	case *ast.Link:
		r.link(n)
	case *ast.AutoLink:
		r.autoLink(n)
	case *ast.Image:
		r.image(n)
	case *wikilink.Node:
		r.wikilinkNode(n)
	case *factNode:
		r.fact(n)
	case *tagNode:
		r.tagLink(n)
	case *footnoteRef:
		r.footnoteRef(n)
	case *markNode:
		r.wrap("mark", n)
	case *east.Strikethrough:
		r.wrap("del", n)
	case *comment:
		r.ignoreComment(n.start, n.stop)
	case *east.TaskCheckBox:
	default:
		r.inlines(n)
	}
}

// joined is text without the space that a comment before it leaves over.
func (r *reading) joined(n *ast.Text, value []byte) []byte {
	if len(value) == 0 || value[0] != ' ' {
		return value
	}
	if _, ok := n.PreviousSibling().(*comment); !ok {
		return value
	}
	if t := *r.text; len(t) == 0 || isSpaceByte(t[len(t)-1]) {
		return value[1:]
	}
	return value
}

// A linkText says where a link's text stands in the plain text.
type linkText struct {
	aside    bool
	from, to int
	block    span // the block around it
}

// addLink records a link; its text in the plain text is set by setText.
func (r *reading) addLink(l Link) int {
	r.doc.Links = append(r.doc.Links, l)
	n := r.textLen()
	r.linkTexts = append(r.linkTexts, linkText{aside: r.text == &r.aside, from: n, to: n})
	return len(r.doc.Links) - 1
}

// setText says that the link's text began where it was recorded and ends here.
func (r *reading) setText(i int) { r.linkTexts[i].to = r.textLen() }

// link writes [text](address) and its reference forms.
func (r *reading) link(n *ast.Link) {
	if r.inLink {
		r.inlines(n)
		return
	}
	address := destination(n.Destination)
	at, width := r.addressPos(n.Destination, n.Pos())
	switch classify(address) {
	case badAddress:
		r.badURL(address, at, width)
		r.linkContent(n, address)
	case external:
		l := r.newLink(n, at, width)
		l.Target, l.External = address, true
		i := r.addLink(l)
		r.openExternal(address, l.Title)
		r.linkContent(n, address)
		r.setText(i)
		r.put("</a>")
	case internal:
		l := r.newLink(n, at, width)
		l.Target, l.Fragment = splitTarget(address)
		i := r.addLink(l)
		r.open(i)
		r.linkContent(n, address)
		r.setText(i)
		r.hole(linkClose, i, "")
	}
}

func (r *reading) newLink(n *ast.Link, at diag.Pos, width int) Link {
	l := Link{Kind: LinkMarkdown, HasText: n.FirstChild() != nil, Title: destination(n.Title), Pos: at, Len: width}
	if image, ok := n.FirstChild().(*ast.Image); ok && n.FirstChild() == n.LastChild() {
		l.Text = foldSpace(r.plainOf(image)) // pictures leave nothing in the plain text
	}
	return l
}

// linkContent writes what a link shows; one without text shows its address,
// because a link without a name is no use to anybody.
func (r *reading) linkContent(n ast.Node, address string) {
	r.inLink = true
	if n.FirstChild() == nil {
		r.plain(address)
	} else {
		r.inlines(n)
	}
	r.inLink = false
}

// open writes the hole that begins link i.
func (r *reading) open(i int) {
	title := r.doc.Links[i].Title
	if title != "" {
		title = ` title="` + string(appendEscaped(nil, title)) + `"`
	}
	r.hole(linkOpen, i, title)
}

func (r *reading) openExternal(address, title string) {
	r.put(`<a href="`)
	r.out = appendURL(r.out, address)
	r.put(`"`)
	if title != "" {
		r.put(` title="`)
		r.putEscaped(title)
		r.put(`"`)
	}
	r.put(` rel="noopener noreferrer" class="external">`)
}

// autoLink writes <https://…> and bare addresses. Any other scheme prints as
// written: <pod:name> is prose.
func (r *reading) autoLink(n *ast.AutoLink) {
	label := n.Label(r.src)
	address := string(n.URL(r.src))
	if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(address), "mailto:") {
		address = "mailto:" + address
	}
	at := max(n.Pos(), 0)
	bracket := at < len(r.src) && r.src[at] == '<'
	if !bracket {
		at = max(r.offset(label), 0)
	}
	if r.inLink || classify(address) != external {
		if !r.inLink && strings.Contains(address, "://") {
			r.badURL(address, r.pos(at), utf8.RuneCount(label))
		}
		if bracket {
			r.plain("<")
		}
		r.plainText(label)
		if bracket {
			r.plain(">")
		}
		return
	}
	if bracket {
		at++
	}
	i := r.addLink(Link{Kind: LinkMarkdown, Target: address, External: true, Pos: r.pos(at), Len: utf8.RuneCount(label)})
	r.openExternal(address, "")
	r.plainText(label)
	r.setText(i)
	r.put("</a>")
}

// image writes ![alt](address).
func (r *reading) image(n *ast.Image) {
	address := destination(n.Destination)
	at, width := r.addressPos(n.Destination, n.Pos())
	l := Link{Kind: LinkImage, Text: foldSpace(r.plainOf(n)), Title: destination(n.Title), Pos: at, Len: width}
	l.HasText = l.Text != ""
	r.picture(l, address)
}

// picture writes what shows a picture. Pages load nothing from elsewhere, so
// one on another site becomes a link to it; so does a film or a sound, which
// is no picture.
func (r *reading) picture(l Link, address string) {
	switch classify(address) {
	case badAddress:
		r.badURL(address, l.Pos, l.Len)
		r.plain(l.Text)
	case external:
		l.Target, l.External = address, true
		r.externalImage(l)
		if r.inLink {
			r.plain(imageName(l))
			return
		}
		i := r.addLink(l)
		r.openExternal(address, l.Title)
		r.plain(imageName(l))
		r.setText(i)
		r.put("</a>")
	case internal:
		l.Target, l.Fragment = splitTarget(address)
		if strings.Contains(l.Text, "|") {
			r.imageSize(&l)
		}
		if !isMediaName(l.Target) {
			r.imageHole(r.addLink(l))
			return
		}
		if r.inLink {
			r.plain(imageName(l))
			return
		}
		l.Kind = LinkMarkdown
		i := r.addLink(l)
		r.open(i)
		r.plain(imageName(l))
		r.setText(i)
		r.hole(linkClose, i, "")
	}
}

// imageName is what stands for a picture that cannot be shown.
func imageName(l Link) string {
	if l.Text != "" {
		return l.Text
	}
	return path.Base(l.Target)
}

// externalImage reports pictures on other sites, once a note: pages of badges
// have dozens.
func (r *reading) externalImage(l Link) {
	if r.externals++; r.externals > 1 {
		return
	}
	r.find(diag.At("external-image", diag.Info, "", l.Pos, l.Len,
		"this picture is on another site; it is shown as a link, because pages load nothing from elsewhere").
		Hint("put the file beside the note and link to that"))
}

func (r *reading) imageHole(i int) {
	r.hole(image, i, string(appendEscaped(nil, r.doc.Links[i].Text)))
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
		r.openExternal(l.Target, "")
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
		return string(bytes.TrimSpace(t.Segment.Value(r.src)))
	}
	return string(n.Target)
}

// embedsOnly reports whether a block consists of embedded notes alone.
func (r *reading) embedsOnly(n ast.Node) bool {
	found := false
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *wikilink.Node:
			if target := string(bytes.TrimSpace(c.Target)); !c.Embed || isImageName(target) || isMediaName(target) {
				return false
			}
			found = true
		case *ast.Text:
			if len(bytes.TrimSpace(c.Segment.Value(r.src))) > 0 {
				return false
			}
		case *comment:
		default:
			return false
		}
	}
	return found
}

func (r *reading) embeds(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *wikilink.Node:
			i := r.wikilink(c, EmbedWiki)
			r.put(`<div class="embed"`)
			r.nodeID(n)
			r.put(">\n")
			r.hole(embed, i, "")
			r.put("</div>\n")
		case *comment:
			r.ignoreComment(c.start, c.stop)
		}
	}
	r.endBlock()
}

// fact writes {{name}}.
func (r *reading) fact(n *factNode) {
	typed := r.src[n.start:n.stop]
	i := len(r.doc.Facts)
	r.doc.Facts = append(r.doc.Facts, FactRef{Name: string(n.name), Pos: r.pos(n.start), Len: len(typed)})
	r.hole(fact, i, string(typed))
	*r.text = append(*r.text, typed...)
}

// tagLink writes #tag.
func (r *reading) tagLink(n *tagNode) {
	name := string(n.name)
	if r.inLink {
		r.plain("#" + name)
		return
	}
	if !slices.Contains(r.doc.Tags, name) {
		r.doc.Tags = append(r.doc.Tags, name)
	}
	i := r.addLink(Link{Kind: LinkTag, Target: name, HasText: true, Pos: r.pos(n.start), Len: 1 + utf8.RuneCount(n.name)})
	r.open(i)
	r.plain("#" + name)
	r.setText(i)
	r.hole(linkClose, i, "")
}

func (r *reading) badURL(address string, at diag.Pos, width int) {
	f := diag.At("bad-url", diag.Warning, "", at, width,
		"the address %q is not one a page may link to; only its text is shown", firstWords(address, 60))
	if strings.HasPrefix(address, "//") {
		r.find(f.Hint("write https:// in front"))
		return
	}
	r.find(f.Hint("http, https and mailto addresses, files and #headings work; write ./ before a file name with a colon"))
}

// addressPos is where an address stands in the source: goldmark hands out
// slices of it, of which the place can be told.
func (r *reading) addressPos(address []byte, fallback int) (diag.Pos, int) {
	at := r.offset(address)
	if at < 0 {
		return r.pos(max(fallback, 0)), 1
	}
	return r.pos(at), utf8.RuneCount(address)
}

// offset is where a slice of the source begins, -1 if it is not one.
func (r *reading) offset(s []byte) int {
	at := cap(r.src) - cap(s)
	if len(s) == 0 || at < 0 || at+len(s) > len(r.src) || &r.src[at] != &s[0] {
		return -1
	}
	return at
}
