package render

import (
	"bytes"
	"hash/fnv"
	"html"
	"strconv"

	"debrief/generator/claim"
	"debrief/generator/handbook"
	"debrief/generator/note"
	"debrief/generator/page"
	"debrief/generator/prose"
)

const (
	maxEmbed    = 5        // how deep notes may embed notes that embed notes
	maxEmbedded = 16 << 20 // bytes of a page from which on nothing more is embedded: notes that embed each other twice double at each level
)

// A filler fills the holes in one note's text as it stands on one page.
type filler struct {
	v       *View
	n       *note.Note
	targets []handbook.Target
	stack   []*note.Note   // the notes being embedded, outermost first
	trail   string         // of embeds that led here; tells the ids of one note's charts from another's
	numbers map[string]int // of the page's list of sources, by fact; nil where it has none
}

func (v *View) filler(n *note.Note) *filler {
	f := &filler{v: v, n: n, targets: v.Site.Book.Links(n), stack: []*note.Note{n}}
	if n != v.Note {
		h := fnv.New32a()
		h.Write([]byte(n.Path))
		f.trail = strconv.FormatUint(uint64(h.Sum32()), 36) + "."
	}
	if v.Site.Book.File(n) == v.File {
		f.numbers = v.Site.SourceNumbers(n)
	}
	return f
}

func (f *filler) target(i int) handbook.Target {
	if i < len(f.targets) {
		return f.targets[i]
	}
	return handbook.Target{}
}

func (f *filler) Href(i int) (string, bool) {
	t := f.target(i)
	if t.File == "" || t.Source == "" && f.v.Site.Page(t.File) == nil {
		return "", false
	}
	if t.File == f.v.File && t.Fragment != "" && f.n.Body.Links[i].Target == "" {
		return "#" + escapeFragment(t.Fragment), true
	}
	return f.v.address(t.File, t.Fragment), true
}

// Label gives a wikilink that names a note by its id the note's title.
func (f *filler) Label(i int) string { return f.v.Site.LinkLabel(f.n, i) }

func (f *filler) Image(i int) (src string, w, h int, ok bool) {
	t := f.target(i)
	if t.Source == "" {
		return "", 0, 0, false
	}
	w, h = f.v.theme.imageSize(t.Source)
	return f.v.address(t.File, ""), w, h, true
}

func (f *filler) Embed(w *bytes.Buffer, i int) {
	t, l := f.target(i), f.n.Body.Links[i]
	if t.Note == nil || len(f.stack) > maxEmbed {
		w.WriteString(`<p class="embed-missing">` + html.EscapeString(l.Text) + `</p>`)
		return
	}
	if w.Len() > maxEmbedded {
		w.WriteString(`<p class="embed-missing">` + html.EscapeString(l.Text) + ` (not shown: this page is too large already)</p>`)
		return
	}
	for _, outer := range f.stack {
		if outer == t.Note && l.Fragment == "" {
			w.WriteString(`<p class="embed-missing">` + html.EscapeString(l.Text) + ` (embeds itself)</p>`)
			return
		}
	}
	w.WriteString(`<aside class="embed" aria-label="From ` + html.EscapeString(t.Note.Title) + `">`)
	inner := &filler{v: f.v, n: t.Note, targets: f.v.Site.Book.Links(t.Note), stack: append(append([]*note.Note{}, f.stack...), t.Note), trail: f.trail + strconv.Itoa(i) + "."}
	if !t.Note.Body.WriteEmbed(w, l.Fragment, inner) {
		w.WriteString(`<p class="embed-missing">` + html.EscapeString(l.Text) + `</p>`)
	}
	w.WriteString(`<p class="embed-source"><a href="` + html.EscapeString(f.v.address(t.File, t.Fragment)) + `">` + html.EscapeString(t.Note.Title) + `</a></p></aside>`)
}

func (f *filler) Fact(i int) (text string, s prose.Source, ok bool) {
	fact, _, ok := f.v.Site.Ledger.Find(f.n, f.n.Body.Facts[i].Name)
	if !ok {
		return "", s, false
	}
	return fact.Shown(), f.source(&fact), true
}

// Figure says what a figure typed by hand stands on: its fact. A difference is
// for the author's eyes.
func (f *filler) Figure(i int) (s prose.Source, ok bool) {
	c, ok := f.v.Site.Ledger.At(f.n, f.n.Body.Figures[i].Pos)
	if !ok || c.Fact == nil {
		return s, false
	}
	s = f.source(c.Fact)
	if c.Status == claim.Contradicted {
		if f.v.Site.Book.Profile > note.Private {
			return prose.Source{}, false
		}
		s.Title, s.Differs = "differs from "+c.Fact.Text+" in "+s.Title, true
	}
	return s, true
}

// source leads to the list of figures of the note that a fact lives in.
func (f *filler) source(fact *claim.Fact) prose.Source {
	s := prose.Source{Title: page.SourceOn(f.n, fact), Number: f.numbers[fact.ID]}
	if home := f.v.Site.Book.File(fact.Note); f.v.Site.Page(home) != nil {
		s.Href = f.v.address(home, "")
		if home == f.v.File {
			s.Href = ""
		}
		if f.v.Site.HasFigures(fact.Note) {
			s.Href += "#" + page.FiguresID
		}
	}
	return s
}

// Fence draws a `timeline` or `decision` fence with the template of its name.
func (f *filler) Fence(w *bytes.Buffer, i int) bool {
	for _, b := range f.n.Blocks {
		if b.Fence != i {
			continue
		}
		name, data := "timeline", any(f.v.Site.Timeline(f.n, b.Timeline, f.trail+strconv.Itoa(i)))
		if b.Tree != nil {
			name, data = "tree", f.v.Site.Tree(b.Tree, "tree."+f.trail+strconv.Itoa(i))
		}
		part, err := f.v.theme.fragment(name, f.v, data)
		if err != nil {
			return false // the same template draws the page's own; there it is an error
		}
		w.WriteString(string(part))
		return true
	}
	return false
}

var _ prose.Filler = (*filler)(nil)
