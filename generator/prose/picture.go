package prose

import (
	"path"
	"strings"

	"debrief/generator/diag"
	"debrief/generator/source"

	"github.com/yuin/goldmark/ast"
)

// image writes ![alt](address).
func (r *reading) image(n *ast.Image) {
	r.weighAddress(n, n.Destination, n.Title)
	address := destination(n.Destination)
	at, width := r.addressPos(n.Destination, n.Pos())
	l := Link{Kind: LinkImage, Text: foldSpace(r.plainOf(n)), Title: source.Uncommented(destination(n.Title)), Pos: at, Len: width}
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
		r.openExternal(address, l.Title, false)
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
