package prose

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
)

// An openSection is a section whose end has not come yet.
type openSection struct {
	level int    // as shown; run-in heads are 7
	index int    // in Doc.Sections, -1 for headings inside other blocks
	id    string // to embed it by
	parts int    // where its parts begin
	text  int    // where its prose begins
	items int    // where its list items begin
}

// heading writes a heading; one outside other blocks begins a section.
func (r *reading) heading(n *ast.Heading, top bool) {
	h := &r.headings[r.nextHeading]
	r.nextHeading++
	r.underHeading = h.text
	if h.title {
		r.titleAnchor(h)
		return
	}
	top = top && r.structure == 0
	r.cut(literal)
	if top {
		r.closeSections(h.level)
		r.beginSections()
		r.sections = append(r.sections, openSection{level: h.level, index: len(r.doc.Sections), id: h.id, parts: len(r.parts), items: len(r.items)})
	}
	from := len(r.parts)
	restore := r.toAside()
	level := strconv.Itoa(h.level)
	r.put("<h")
	r.put(level)
	r.id(h.id)
	r.put(">")
	if id := r.blockIDs[n]; id != "" {
		r.anchor(id)
	}
	r.pass.still = true
	r.inlines(n)
	r.pass.still = false
	r.cut(literal)
	r.put(`<a class="anchor" href="#`)
	r.putEscaped(h.id)
	r.put(`" aria-label="Link to this section: `)
	r.putEscaped(h.text)
	r.put(`">#</a>`)
	r.cut(own)
	r.put("</h")
	r.put(level)
	r.put(">\n")
	r.endHead()
	restore()
	r.cut(literal)
	if id := r.blockIDs[n]; id != "" {
		r.doc.blocks[id] = [2]int{from, len(r.parts)}
	}

	heading := Heading{Level: h.level, ID: h.id, Text: h.text, Pos: r.pos(max(n.Pos(), 0))}
	r.doc.Outline = append(r.doc.Outline, heading)
	r.nameAnchor(h)
	if !top {
		r.doc.blocks[h.id] = [2]int{from, len(r.parts)}
		return
	}
	r.sections[len(r.sections)-1].text = len(r.prose)
	r.addSection(Section{Heading: heading, HTMLFrom: from, headFrom: from, headTo: len(r.parts)})
}

// titleAnchor stands in for the title, which the page shows itself: links to
// the title's id still land. Links, facts and tags in a title have no place in
// the page, which shows it as plain text.
func (r *reading) titleAnchor(h *headingInfo) {
	r.anchor(h.id)
	r.nameAnchor(h)
	r.doc.blocks[h.id] = [2]int{0, -1} // the whole body
	r.titleAnchors(h.node)
}

// anchor writes an empty element to link to.
func (r *reading) anchor(id string) {
	r.cut(literal)
	r.put(`<span id="`)
	r.putEscaped(id)
	r.put(`"></span>`)
	r.cut(own)
	r.doc.Anchors[id] = true
}

// nameAnchor lets a heading be found by its text; of two alike, the first.
func (r *reading) nameAnchor(h *headingInfo) {
	if key := wikiHeading(h.text); r.doc.texts[key] == "" {
		r.doc.texts[key] = h.id
	}
	// The id too, because other tools number repeated headings otherwise:
	// #part_1 is our #part-1.
	for _, key := range []string{fold(h.text), fold(h.id)} {
		if key != "" && r.doc.loose[key] == "" {
			r.doc.loose[key] = h.id
		}
	}
}

// beginSections ends the part before the first section.
func (r *reading) beginSections() {
	if len(r.doc.Sections) == 0 {
		r.doc.intro = [2]int{0, len(r.parts)}
	}
}

// runInLevel is below all headings.
const runInLevel = 7

// maxRunIn is how long a run-in head may be, in bytes. Longer bold text with a
// colon is a sentence.
const maxRunIn = 60

// closeSections ends all sections at or below a level, 0 for all.
func (r *reading) closeSections(level int) {
	for n := len(r.sections) - 1; n >= 0 && r.sections[n].level >= level; n-- {
		r.cut(literal)
		s := r.sections[n]
		r.sections = r.sections[:n]
		sec := &r.doc.Sections[s.index]
		sec.HTMLTo = len(r.parts)
		r.sectionTexts[s.index] = sectionText{from: s.text, to: len(r.prose), items: [2]int{s.items, len(r.items)}}
		if s.id != "" {
			r.doc.blocks[s.id] = [2]int{sec.HTMLFrom, sec.HTMLTo}
		}
	}
	if level == 0 && len(r.doc.Sections) == 0 {
		r.cut(literal)
		r.doc.intro = [2]int{0, len(r.parts)}
	}
}

func (r *reading) addSection(s Section) {
	r.doc.Sections = append(r.doc.Sections, s)
	r.sectionTexts = append(r.sectionTexts, sectionText{})
}

// A sectionText says where a section's prose stands.
type sectionText struct {
	from, to int
	items    [2]int
}

// A runIn is the head **Name:** at the beginning of a paragraph.
type runIn struct {
	bold *ast.Emphasis
	name string
}

// runInHead looks whether a paragraph begins with a run-in head, and begins
// its section.
func (r *reading) runInHead(n *ast.Paragraph) {
	r.runIn = nil
	bold, ok := n.FirstChild().(*ast.Emphasis)
	if !ok || bold.Level != 2 {
		return
	}
	name := foldSpace(r.plainOf(bold))
	if !strings.HasSuffix(name, ":") {
		after, ok := bold.NextSibling().(*ast.Text)
		if !ok || !bytes.HasPrefix(after.Segment.Value(r.src), []byte{':'}) {
			return
		}
	}
	name = strings.TrimSpace(strings.TrimSuffix(name, ":"))
	if name == "" || len(name) > maxRunIn {
		return
	}
	r.cut(literal)
	r.closeSections(runInLevel)
	r.beginSections()
	r.sections = append(r.sections, openSection{level: runInLevel, index: len(r.doc.Sections), items: len(r.items)})
	r.addSection(Section{
		Heading: Heading{Text: name, Pos: r.pos(max(bold.Pos(), 0))}, RunIn: true, HTMLFrom: len(r.parts),
	})
	r.runIn = &runIn{bold, name}
}

// writeRunIn writes the head as parts of its own and takes it out of the
// paragraph.
func (r *reading) writeRunIn(n *ast.Paragraph) {
	bold := r.runIn.bold
	r.runIn = nil
	s := &r.doc.Sections[len(r.doc.Sections)-1]
	r.cut(literal)
	s.headFrom = len(r.parts)
	restore := r.toAside()
	r.inline(bold)
	after, _ := bold.NextSibling().(*ast.Text)
	n.RemoveChild(n, bold)
	if after != nil {
		rest := after.Segment.Value(r.src)
		cut := 0
		if len(rest) > 0 && rest[0] == ':' {
			r.plain(":")
			cut++
		}
		if cut < len(rest) && util.IsSpace(rest[cut]) {
			r.plain(" ")
			cut++
		}
		if after.Segment.Padding == 0 {
			after.Segment.Start += cut
		}
		if after.Segment.IsEmpty() {
			if after.SoftLineBreak() || after.HardLineBreak() {
				r.put("\n")
			}
			n.RemoveChild(n, after)
		}
	}
	r.endHead()
	restore()
	r.cut(literal)
	s.headTo = len(r.parts)
	r.sections[len(r.sections)-1].text = len(r.prose)
}
