package prose

import (
	"bytes"
	"strconv"
	"strings"
)

// A Filler supplies what only the whole handbook knows. An index refers to
// Doc.Links, Doc.Facts, Doc.Figures or Doc.Fences of the Doc being written. Strings are
// plain text, escaped here; Embed and Fence write HTML.
type Filler interface {
	// Href is the address for a link, wikilink or tag. If !ok, its text
	// stands alone.
	Href(i int) (href string, ok bool)
	// Label is the text for a wikilink without alias; "" keeps it as typed.
	Label(i int) string
	// Image is the address of an image and its size in pixels (0: unknown).
	Image(i int) (src string, width, height int, ok bool)
	// Embed writes the note that ![[…]] names.
	Embed(w *bytes.Buffer, i int)
	// Fact is what a {{…}} shows, where its fact lives and where it comes
	// from. If !ok it prints as written.
	Fact(i int) (text string, s Source, ok bool)
	// Figure is what a figure typed by hand stands on. If !ok it stands on
	// nothing known, and is only text.
	Figure(i int) (s Source, ok bool)
	// Fence draws a timeline or decision fence. If false nothing may have
	// been written: the fence shows as a code block.
	Fence(w *bytes.Buffer, i int) bool
}

// A Source is what a figure in the text stands on.
type Source struct {
	Href    string // of the fact's home; "" when that is no page or this very place
	Title   string // where the figure comes from, in one line
	Differs bool   // the fact has another value
	Number  int    // in the page's list of sources, for paper; 0 when it has no such list
}

// A part is a stretch of literal HTML or a hole.
type part struct {
	kind     partKind
	index    int32 // of the link, fact or fence
	from, to int32 // of the literal; of a hole: what shows if nobody fills it
}

type partKind uint8

const (
	literal   partKind = iota
	own                // literal only on the note's own page: ids and what points at them
	footnote           // literal left out where the footnotes themselves are not shown
	linkOpen           // <a href=…>; the literal is more attributes
	linkClose          //
	label              // text of a wikilink without alias
	image              // the literal is the alternative text, escaped
	embed              //
	fact               //
	figure             // the literal is the figure as typed
	fence              // the part after it is the code block shown if nobody draws
)

// scope says which parts are written.
type scope uint8

const (
	ownPage     scope = iota
	wholeEmbed        // no ids, but the footnotes are there
	partOfEmbed       // no ids and no footnotes
)

// Write writes the whole body. A nil Filler fills nothing.
func (d *Doc) Write(w *bytes.Buffer, f Filler) {
	d.write(w, 0, len(d.parts), f, ownPage)
}

// WriteRange writes the parts [from, to).
func (d *Doc) WriteRange(w *bytes.Buffer, from, to int, f Filler) {
	d.write(w, from, to, f, ownPage)
}

// WriteSection writes section i, with or without its heading (or run-in head).
func (d *Doc) WriteSection(w *bytes.Buffer, i int, f Filler, withHeading bool) {
	s := &d.Sections[i]
	if withHeading {
		d.write(w, s.HTMLFrom, s.HTMLTo, f, ownPage)
		return
	}
	d.write(w, s.HTMLFrom, s.headFrom, f, ownPage)
	d.write(w, s.headTo, s.HTMLTo, f, ownPage)
}

// WriteEmbed writes the body for another page, or only the section or block
// that fragment names. Ids are left out, so that they stay unique there. It
// reports false, and writes nothing, if there is no such fragment.
func (d *Doc) WriteEmbed(w *bytes.Buffer, fragment string, f Filler) bool {
	if fragment == "" {
		d.write(w, 0, len(d.parts), f, wholeEmbed)
		return true
	}
	id, _, ok := d.HasAnchor(fragment)
	if !ok {
		return false
	}
	r, ok := d.blocks[id]
	if !ok {
		return false
	}
	if r[1] < 0 { // the title
		d.write(w, 0, len(d.parts), f, wholeEmbed)
		return true
	}
	d.write(w, r[0], r[1], f, partOfEmbed)
	return true
}

// Intro returns the parts before the first section.
func (d *Doc) Intro() (from, to int) { return d.intro[0], d.intro[1] }

// Footnotes returns the parts of the list of footnotes, which belongs to no
// section; from == to if there are none.
func (d *Doc) Footnotes() (from, to int) { return d.footnotes[0], d.footnotes[1] }

// HasAnchor finds what a link's fragment means: an id as it is, "^block", the
// text of a heading as wikilinks have it, and else, with exact = false, a
// heading that differs only in case, spaces or punctuation.
func (d *Doc) HasAnchor(fragment string) (id string, exact, ok bool) {
	if d.Anchors[fragment] {
		return fragment, true, true
	}
	if strings.HasPrefix(fragment, "^") {
		return "", false, false
	}
	if id, ok := d.texts[wikiHeading(fragment)]; ok {
		return id, true, true
	}
	if id := d.loose[fold(fragment)]; id != "" {
		return id, false, true
	}
	return "", false, false
}

// IsImage reports whether the link shows a picture: ![alt](target), or
// ![[target]] with an image's file name.
func (l *Link) IsImage() bool {
	return l.Kind == LinkImage || l.Kind == EmbedWiki && isImageName(l.Target)
}

// open writes the start tag around a figure and returns the end tag: a link to
// where its fact lives, so that hovering, focus and a finger all reach it.
func (s Source) open(w *bytes.Buffer) (end string) {
	tag := "span"
	if s.Href != "" && mayLink(s.Href) {
		tag = "a"
	}
	w.WriteString("<" + tag + ` class="fact`)
	if s.Differs {
		w.WriteString(" differs")
	}
	w.WriteByte('"')
	if tag == "a" {
		writeAttr(w, "href", s.Href)
	}
	writeAttr(w, "title", s.Title)
	if s.Number > 0 {
		writeAttr(w, "data-n", strconv.Itoa(s.Number))
	}
	w.WriteByte('>')
	return "</" + tag + ">"
}

func (d *Doc) write(w *bytes.Buffer, from, to int, f Filler, s scope) {
	if f == nil {
		f = nobody{}
	}
	closing := ""
	for i := max(from, 0); i < min(to, len(d.parts)); i++ {
		p := &d.parts[i]
		lit := d.html[p.from:p.to]
		switch p.kind {
		case literal:
			w.WriteString(lit)
		case own:
			if s == ownPage {
				w.WriteString(lit)
			}
		case footnote:
			if s != partOfEmbed {
				w.WriteString(lit)
			}
		case linkOpen:
			l := &d.Links[p.index]
			if href, ok := f.Href(int(p.index)); ok && mayLink(href) {
				w.WriteString("<a")
				if l.Kind == LinkTag {
					w.WriteString(` class="tag"`)
				}
				w.WriteString(` href="`)
				writeEscaped(w, href)
				w.WriteByte('"')
				w.WriteString(lit)
				w.WriteByte('>')
				closing = "</a>"
				break
			}
			if l.Kind == LinkTag {
				w.WriteString(`<span class="tag">`)
			} else {
				w.WriteString(`<span class="unlinked">`)
			}
			closing = "</span>"
		case linkClose:
			w.WriteString(closing)
		case label:
			if text := f.Label(int(p.index)); text != "" {
				writeEscaped(w, text)
			} else {
				w.WriteString(lit)
			}
		case image:
			d.writeImage(w, int(p.index), lit, f)
		case embed:
			f.Embed(w, int(p.index))
		case fact:
			text, source, ok := f.Fact(int(p.index))
			if !ok {
				w.WriteString(lit)
				break
			}
			end := source.open(w)
			writeEscaped(w, text)
			w.WriteString(end)
		case figure:
			source, ok := f.Figure(int(p.index))
			if !ok {
				w.WriteString(lit)
				break
			}
			end := source.open(w)
			w.WriteString(lit)
			w.WriteString(end)
		case fence:
			if f.Fence(w, int(p.index)) {
				i++
			}
		}
	}
}

func (d *Doc) writeImage(w *bytes.Buffer, i int, alt string, f Filler) {
	l := &d.Links[i]
	src, width, height, ok := f.Image(i)
	if !ok || !mayLink(src) {
		w.WriteString(`<span class="unlinked">`)
		w.WriteString(alt)
		w.WriteString("</span>")
		return
	}
	// One side given by the author scales the other.
	switch {
	case l.Width > 0 && l.Height > 0:
		width, height = l.Width, l.Height
	case l.Width > 0 && width > 0 && height > 0:
		width, height = l.Width, max(1, (height*l.Width+width/2)/width)
	case l.Width > 0:
		width, height = l.Width, 0
	}
	w.WriteString(`<img src="`)
	writeEscaped(w, src)
	w.WriteString(`" alt="`)
	w.WriteString(alt)
	w.WriteByte('"')
	writeAttr(w, "title", l.Title)
	if width > 0 {
		w.WriteString(` width="`)
		w.WriteString(strconv.Itoa(width))
		w.WriteByte('"')
	}
	if height > 0 {
		w.WriteString(` height="`)
		w.WriteString(strconv.Itoa(height))
		w.WriteByte('"')
	}
	w.WriteByte('>')
}

// mayLink is the last look at an address before it is written. Fillers resolve
// names to pages of ours; should one ever hand back what the note says, no
// scheme but the allowed ones gets through.
func mayLink(address string) bool {
	plain := !strings.HasPrefix(address, "//")
	for i := 0; plain && i < len(address); i++ {
		c := address[i]
		plain = c > ' ' && c != ':' && c != '\\'
	}
	return plain || classify(address) != badAddress
}

// writeAttr writes an attribute unless it is empty.
func writeAttr(w *bytes.Buffer, name, value string) {
	if value == "" {
		return
	}
	w.WriteByte(' ')
	w.WriteString(name)
	w.WriteString(`="`)
	writeEscaped(w, value)
	w.WriteByte('"')
}

func writeEscaped(w *bytes.Buffer, s string) {
	from := 0
	for i := 0; i < len(s); i++ {
		if esc := escapes[s[i]]; esc != "" {
			w.WriteString(s[from:i])
			w.WriteString(esc)
			from = i + 1
		}
	}
	w.WriteString(s[from:])
}

// nobody fills nothing.
type nobody struct{}

func (nobody) Href(int) (string, bool)            { return "", false }
func (nobody) Label(int) string                   { return "" }
func (nobody) Image(int) (string, int, int, bool) { return "", 0, 0, false }
func (nobody) Embed(*bytes.Buffer, int)           {}
func (nobody) Fact(int) (string, Source, bool)    { return "", Source{}, false }
func (nobody) Figure(int) (Source, bool)          { return Source{}, false }
func (nobody) Fence(*bytes.Buffer, int) bool      { return false }
