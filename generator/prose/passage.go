package prose

import (
	"bytes"
	"slices"
	"sort"
	"unicode/utf8"

	"debrief/generator/diag"
	"debrief/generator/measure"
)

// A Passage is a block of running text as a reader meets it, with the way back
// to where each of its words was typed. Code is not in it: nobody says it.
type Passage struct {
	Text    string // code is blanked out, so that offsets stay
	Shown   string // the same with its code
	Kind    PassageKind
	Section int    // index into Doc.Sections of the innermost around it, or -1
	Callout string // type of the innermost callout around it, or ""
	Quoted  bool   // somebody else's words: inside a block quote

	Links []SaidLink // where links stand in Shown, in order; not those that show a picture

	Table int      // of a row: which table of the body it stands in, from 1
	Top   bool     // the row is the head of its table
	Cells [][2]int // where the row's cells stand in Shown

	// Figures are the quantities in Text, in order, when Options ask for them.
	// They follow from it alone, so they are read where a note is and kept with
	// it: a preview that read those of ten thousand notes at each save took a
	// second longer.
	Figures []measure.Found

	places []place
}

// A PassageKind says what a passage is part of.
type PassageKind int

// The kinds of passages.
const (
	Running PassageKind = iota // a paragraph or an item of a list
	Head                       // a heading, a run-in head, a callout's title
	Row                        // a row of a table
)

// A SaidLink is the text of a link in a passage.
type SaidLink struct {
	Index    int // into Doc.Links
	From, To int
}

// A place says where the text from byte at on was typed, up to the next place.
type place struct {
	at  int32
	pos diag.Pos
}

// Pos is the place in the file of the byte at.
func (p *Passage) Pos(at int) diag.Pos {
	i := sort.Search(len(p.places), func(i int) bool { return int(p.places[i].at) > at }) - 1
	if i < 0 {
		if len(p.places) == 0 {
			return diag.Pos{}
		}
		return p.places[0].pos
	}
	from := p.places[i]
	from.pos.Column += utf8.RuneCountInString(p.Text[from.at:min(at, len(p.Text))])
	return from.pos
}

// passages gathers the passages of a body while it is written.
type passages struct {
	list   []passageAt
	places [2][]typed // of the two plain texts: prose and aside
	code   [2][][2]int
	head   bool     // the block that ends is a heading or a title
	tables int      // begun so far
	top    bool     // the row that ends is the head of its table
	cells  [][2]int // of the row, in the plain text
	still  bool     // no holes here: headings are shown elsewhere too
	quotes int      // block quotes around
	in     []string // callouts around, outermost first
}

// emptied are passages of nothing, with the room that these took.
func (p *passages) emptied() passages {
	clear(p.list) // they hold on to texts
	e := passages{list: p.list[:0], cells: p.cells[:0], in: p.in[:0]}
	for i := range 2 {
		e.places[i], e.code[i] = p.places[i][:0], p.code[i][:0]
	}
	return e
}

type passageAt struct {
	span
	links [2]int // of linkTexts
	Passage
}

// typed is a place before lines and columns are known.
type typed struct{ at, source int32 }

func (s span) which() int {
	if s.aside {
		return 1
	}
	return 0
}

// typedAt remembers where text that is about to be written was typed: s shares
// the memory of the source, so the two capacities tell the offset.
func (r *reading) typedAt(s []byte) {
	if !r.opts.Passages || len(s) == 0 {
		return
	}
	at := cap(r.src) - cap(s)
	if at < 0 || at >= len(r.src) || &r.src[at] != &s[0] {
		return // made while reading
	}
	here := span{aside: r.text == &r.aside}
	r.pass.places[here.which()] = append(r.pass.places[here.which()], typed{int32(r.textLen()), int32(at)})
}

// figures writes Markdown text with a hole around each quantity in it, for
// what it stands on. A figure that an emphasis or the end of a line divides
// stays text.
func (r *reading) figures(value []byte) {
	if !r.opts.Figures || len(r.doc.Figures) >= maxFigures || r.inLink || r.pass.still || r.rawInline > 0 || !bytes.ContainsAny(value, "0123456789") {
		r.markdownText(value)
		return
	}
	at := cap(r.src) - cap(value)
	if at < 0 || at >= len(r.src) || len(value) == 0 || &r.src[at] != &value[0] {
		r.markdownText(value)
		return
	}
	written := 0
	for _, f := range measure.Scan(string(value)) {
		r.markdownText(value[written:f.From])
		r.cut(literal)
		r.markdownText(value[f.From:f.To])
		r.parts = append(r.parts, part{kind: figure, index: int32(len(r.doc.Figures)), from: int32(r.mark), to: int32(len(r.out))})
		r.mark = len(r.out)
		r.doc.Figures = append(r.doc.Figures, FigureRef{r.pos(at + f.From)})
		written = f.To
	}
	r.markdownText(value[written:])
}

// saidAsCode marks the text since from as code.
func (r *reading) saidAsCode(from int) {
	if r.opts.Passages {
		here := span{aside: r.text == &r.aside}
		r.pass.code[here.which()] = append(r.pass.code[here.which()], [2]int{from, r.textLen()})
	}
}

// endHead ends a block that is a heading or a title.
func (r *reading) endHead() {
	r.pass.head = true
	r.endBlock()
	r.pass.head = false
}

// passage remembers the block of text that ends here, with links from one on.
func (r *reading) passage(from, to, link int) {
	if !r.opts.Passages || to <= from {
		return
	}
	p := Passage{Section: -1, Quoted: r.pass.quotes > 0}
	switch {
	case r.pass.head:
		p.Kind = Head
	case r.inTable:
		p.Kind, p.Table, p.Top = Row, r.pass.tables, r.pass.top
		p.Cells = make([][2]int, len(r.pass.cells))
		for i, c := range r.pass.cells {
			p.Cells[i] = [2]int{max(0, c[0]-from), max(0, c[1]-from)}
		}
	}
	if n := len(r.sections); n > 0 {
		p.Section = r.sections[n-1].index
	}
	if n := len(r.pass.in); n > 0 {
		p.Callout = r.pass.in[n-1]
	}
	r.pass.list = append(r.pass.list, passageAt{span{r.text == &r.aside, from, to}, [2]int{link, r.openLink}, p})
}

// finishPassages turns what was gathered into passages that share the two
// texts.
func (r *reading) finishPassages(prose, aside string) {
	texts := [2]string{prose, aside}
	left := maxFigures
	r.doc.Passages = slices.Grow(r.doc.Passages, len(r.pass.list))
	all := make([]place, 0, len(r.pass.places[0])+len(r.pass.places[1])) // one room for those of all passages
	for _, p := range r.pass.list {
		which := p.which()
		p.Shown = texts[which][p.from:p.to]
		for i := p.links[0]; i < p.links[1]; i++ {
			if l := r.linkTexts[i]; l.aside == p.aside && l.from >= p.from && l.to > l.from {
				p.Links = append(p.Links, SaidLink{i, l.from - p.from, l.to - p.from})
			}
		}
		p.Text = withoutCode(texts[which], p.span, r.pass.code[which])
		places := r.pass.places[which]
		first := len(all)
		k := sort.Search(len(places), func(i int) bool { return int(places[i].at) >= p.from })
		for ; k < len(places) && int(places[k].at) < p.to; k++ {
			end := p.to
			if k+1 < len(places) {
				end = min(end, int(places[k+1].at))
			}
			all = p.addPlaces(all, int(places[k].at)-p.from, end-p.from, r.pos(int(places[k].source)))
		}
		p.places = slices.Clip(all[first:])
		left -= r.readFigures(&p.Passage, left)
		r.doc.Passages = append(r.doc.Passages, p.Passage)
	}
}

// readFigures finds the quantities in a passage, most of them at most, and
// returns how many there are.
func (r *reading) readFigures(p *Passage, most int) int {
	if r.over[figures] || !r.opts.Figures {
		return 0
	}
	p.Figures = measure.Scan(p.Text)
	if len(p.Figures) > most {
		r.tooMany(figures, p.Pos(p.Figures[most].From))
		p.Figures = p.Figures[:most]
	}
	return len(p.Figures)
}

// maxStretch is how many bytes lie between two places at most: Pos counts the
// letters between, and is asked for every figure of a long line.
const maxStretch = 512

// addPlaces appends that the text from at to end was typed at pos.
func (p *Passage) addPlaces(places []place, at, end int, pos diag.Pos) []place {
	for {
		places = append(places, place{int32(at), pos})
		next := at + maxStretch
		if next >= end {
			return places
		}
		for !utf8.RuneStart(p.Text[next]) {
			next--
		}
		pos.Column += utf8.RuneCountInString(p.Text[at:next])
		at = next
	}
}

// withoutCode is a stretch of text with the code in it blanked out. Most hold
// none and cost no memory of their own.
func withoutCode(text string, s span, code [][2]int) string {
	k := sort.Search(len(code), func(i int) bool { return code[i][1] > s.from })
	if k == len(code) || code[k][0] >= s.to {
		return text[s.from:s.to]
	}
	blanked := []byte(text[s.from:s.to])
	for ; k < len(code) && code[k][0] < s.to; k++ {
		for i := code[k][0]; i < min(code[k][1], s.to); i++ {
			blanked[i-s.from] = ' '
		}
	}
	return string(blanked)
}
