package prose

import (
	"strings"
	"unicode/utf8"

	"debrief/generator/diag"
	"debrief/generator/source"

	"github.com/yuin/goldmark/ast"
)

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
	r.weighAddress(n, n.Destination, n.Title)
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
		r.openExternal(address, l.Title, false)
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
	l := Link{Kind: LinkMarkdown, HasText: n.FirstChild() != nil, Title: source.Uncommented(destination(n.Title)), Pos: at, Len: width}
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

// openExternal begins a link to another site. A bare one shows its address as
// its text, so that paper need not repeat it.
func (r *reading) openExternal(address, title string, bare bool) {
	r.put(`<a href="`)
	r.out = appendURL(r.out, address)
	r.put(`"`)
	if title != "" {
		r.put(` title="`)
		r.putEscaped(title)
		r.put(`"`)
	}
	r.put(` rel="noopener noreferrer" class="external`)
	if bare {
		r.put(" bare")
	}
	r.put(`">`)
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
	r.openExternal(address, "", true)
	r.plainText(label)
	r.setText(i)
	r.put("</a>")
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
