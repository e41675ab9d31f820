// Package prose reads the Markdown body of a note: into HTML with holes, an
// outline, plain words, and lists of everything in it that others look after
// (links, facts, callouts, tasks, fences). It is the only package that knows
// goldmark and chroma.
//
// A Doc depends on the bytes of its body and on Options alone, so it may be
// kept between builds. Whatever needs a second note (where a link leads, what
// a fact says) is a hole, filled by a Filler when the Doc is written.
package prose

import (
	"bytes"
	"slices"
	"sort"
	"sync"
	"unicode/utf8"

	"debrief/generator/cache"
	"debrief/generator/diag"

	"github.com/yuin/goldmark/ast"
)

// Options say how a body is read.
type Options struct {
	Title       string // title from front matter, "" if none
	DropPrivate bool   // leave out [!private] callouts and :::private blocks; comments vanish always
	Canary      string // with DropPrivate: planted in all that is left out, and so never in what is written
	Passages    bool   // keep the running text with its places, see Doc.Passages
	Figures     bool   // and find the quantities in it, see Doc.Figures; with Passages only
	FirstLine   int    // line of the body's first line in its file, 1-based; 0 means 1

	Cache *cache.Cache // of coloured code, or nil; a Doc does not depend on it
}

// Parse reads a body. It never fails: faults are findings, with Path left for
// the caller to fill in.
func Parse(body []byte, o Options) (*Doc, diag.List) {
	o.FirstLine = max(o.FirstLine, 1)
	if len(body) > maxBody {
		return plainDoc(clean(body), o), diag.List{diag.At("too-large", diag.Error, "", diag.Pos{}, 0,
			"this note is larger than %d MiB and is shown as plain text", maxBody>>20).Hint("split it, or ignore it in debrief.yaml")}
	}
	r := readings.Get().(*reading)
	// goldmark appends to slices of its source; nothing of the caller's may
	// stand behind it.
	r.src, r.opts = slices.Clip(clean(body)), o
	doc, findings := r.read()
	r.reset()
	readings.Put(r)
	findings.Sort()
	return doc, findings
}

var readings = sync.Pool{New: func() any {
	r := &reading{}
	r.reset()
	return r
}}

// A reading is the work on one body.
type reading struct {
	src      []byte
	opts     Options
	doc      *Doc
	findings diag.List

	// limits
	light              bool     // its blocks need not be weighed
	weighed            ast.Node // the block that inlineGuard weighed last
	marks, work, cells int
	addresses          int // bytes of the addresses and titles of all links
	nodes              int
	over               [3]bool // limits for whose sake something is shown plainly, and said so
	offsets            []int32

	linkified ast.Node // the block that linkify looked at last
	mayLink   bool     // it may hold a bare address

	// places
	lines    []int32 // where lines begin
	lastLine int
	lastAt   int // an offset in that line …
	lastCol  int // … and its column

	// while parsing
	explicit            map[ast.Node]string // ids of headings
	footnotes           map[string]*footnoteDef
	notes               []*footnoteDef // those referred to, by number
	loose               []int          // %% that their block does not close
	unclosed            int            // offset of the first loose <!--, plus one
	noPercents, noArrow ast.Node       // blocks searched in vain
	noBrackets          int            // no "]]" before this offset
	directives          []*container   // open ones

	// from the survey
	headings    []headingInfo
	nextHeading int
	blockIDs    map[ast.Node]string
	ids         ids

	// while writing
	out          []byte
	mark         int // where the literal not yet cut begins
	parts        []part
	prose, aside []byte
	text         *[]byte
	scratch      []byte
	blockFrom    [2]int // where the block of running text began, in prose and aside
	linkTexts    []linkText
	openLink     int // links from here on stand in that block
	sections     []openSection
	sectionTexts []sectionText
	runIn        *runIn
	items        []span
	item         openItem
	calloutTexts [][2]span
	description  *span
	taskIDs      map[string]int
	underHeading string
	coloured     int // bytes of code so far
	structure    int // structure tags of raw HTML around
	rawInline    int // of them summary and dt, whose text is no paragraph
	inTable      bool
	inLink       bool
	htmlOpen     openHTMLLink
	externals    int // pictures on other sites
	pass         passages
}

// maxKept is how large a buffer may be to be kept for the next body.
const maxKept = 1 << 20

func (r *reading) reset() {
	*r = reading{
		offsets: r.offsets[:0], lines: r.lines[:0],
		headings: r.headings[:0], notes: r.notes[:0],
		out: r.out[:0], parts: r.parts[:0], prose: r.prose[:0], aside: r.aside[:0], scratch: r.scratch[:0],
		linkTexts: r.linkTexts[:0], sections: r.sections[:0], sectionTexts: r.sectionTexts[:0],
		items: r.items[:0], calloutTexts: r.calloutTexts[:0],
		item: openItem{index: -1},
		pass: r.pass.emptied(),
	}
	clear(r.headings[:cap(r.headings)]) // they hold on to trees
	clear(r.notes[:cap(r.notes)])
	if cap(r.out) > maxKept {
		*r = reading{item: openItem{index: -1}}
	}
	r.text = &r.prose
}

// read does it all. What goldmark or chroma cannot bear becomes plain text.
func (r *reading) read() (doc *Doc, findings diag.List) {
	defer func() {
		if v := recover(); v != nil {
			f := r.recovered(v)
			doc, findings = plainDoc(r.src, r.opts), diag.List{f}
		}
	}()
	r.light = isLight(r.src)
	root := r.parseTree()
	r.doc = &Doc{Anchors: map[string]bool{}, blocks: map[string][2]int{}, loose: map[string]string{}, texts: map[string]string{}}
	r.ids.used = map[string]int{}
	r.hideLoose(root)
	r.findUnclear(root)
	if r.opts.DropPrivate {
		r.plant(root)
		dropPrivate(root)
	}
	r.tidy(root, 0)
	r.numberFootnotes(root)
	r.survey(root)
	r.body(root)
	if r.unclosed > 0 {
		r.unclosedComment(r.unclosed-1, "<!--", "-->", false)
	}
	r.finish()
	return r.doc, r.findings
}

// finish turns places in the plain text into strings that share two.
func (r *reading) finish() {
	d := r.doc
	d.html = string(r.out)
	d.parts = slices.Clone(r.parts)
	prose, aside := string(r.prose), string(r.aside)
	text := func(s span) string {
		if s.aside {
			return aside[s.from:s.to]
		}
		return prose[s.from:s.to]
	}
	for i, t := range r.linkTexts {
		l := &d.Links[i]
		if l.Text == "" {
			l.Text = text(span{t.aside, t.from, t.to})
		}
		if t.block.to > t.block.from {
			l.around, l.from, l.to = text(t.block), int32(t.from-t.block.from), int32(t.to-t.block.from)
		}
	}
	for i, t := range r.sectionTexts {
		s := &d.Sections[i]
		s.Text = prose[t.from:t.to]
		for _, item := range r.items[t.items[0]:t.items[1]] {
			if item.to > item.from {
				s.Items = append(s.Items, text(item))
			}
		}
	}
	d.Says = holdsWord(prose)
	for i, t := range r.calloutTexts {
		c := &d.Callouts[i]
		c.Title, c.Text = text(t[0]), text(t[1])
		d.Says = d.Says || holdsWord(c.Text)
	}
	if r.description != nil {
		d.Description = firstWords(text(*r.description), 200)
	}
	r.finishPassages(prose, aside)
}

// cut ends the literal begun last: what has been written since is a part.
func (r *reading) cut(kind partKind) {
	if len(r.out) > r.mark {
		r.parts = append(r.parts, part{kind: kind, from: int32(r.mark), to: int32(len(r.out))})
		r.mark = len(r.out)
	}
}

// hole writes a hole and the HTML that shows if nobody fills it.
func (r *reading) hole(kind partKind, index int, otherwise string) {
	r.cut(literal)
	r.put(otherwise)
	r.parts = append(r.parts, part{kind: kind, index: int32(index), from: int32(r.mark), to: int32(len(r.out))})
	r.mark = len(r.out)
}

// pos is the place of an offset in the file.
func (r *reading) pos(at int) diag.Pos {
	at = min(at, len(r.src))
	line := r.lineOf(at)
	if line != r.lastLine || at < r.lastAt {
		r.lastLine, r.lastAt, r.lastCol = line, int(r.lines[line]), 1
	}
	r.lastCol += utf8.RuneCount(r.src[r.lastAt:at])
	r.lastAt = at
	return diag.Pos{Line: r.opts.FirstLine + line, Column: r.lastCol}
}

// lineOf is the index in r.lines of the line that holds an offset.
func (r *reading) lineOf(at int) int {
	if len(r.lines) == 0 {
		r.lines = append(r.lines, 0)
		for i := 0; ; {
			n := bytes.IndexByte(r.src[i:], '\n')
			if n < 0 {
				break
			}
			i += n + 1
			r.lines = append(r.lines, int32(i))
		}
		r.lastAt, r.lastCol, r.lastLine = 0, 1, 0
	}
	if last := r.lastLine; int(r.lines[last]) <= at && (last+1 == len(r.lines) || at < int(r.lines[last+1])) {
		return last // as most that are asked for one after the other
	}
	return sort.Search(len(r.lines), func(i int) bool { return int(r.lines[i]) > at }) - 1
}

// lineEnd is where line i ends, its line feed left out.
func (r *reading) lineEnd(i int) int {
	if i+1 < len(r.lines) {
		return int(r.lines[i+1]) - 1
	}
	return len(r.src)
}

// width is how many code points stand between two offsets.
func (r *reading) width(from, to int) int { return utf8.RuneCount(r.src[from:max(from, to)]) }
