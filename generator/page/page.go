// Package page decides which pages exist and gathers the typed data that
// each template sees.
//
// Choosing, sorting and counting happen here, where a test without HTML can
// see them; templates only lay out. How a page becomes bytes, and how one
// page links to another, belongs to render.
package page

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"sync"

	"debrief/generator/claim"
	"debrief/generator/diag"
	"debrief/generator/handbook"
	"debrief/generator/note"
	"debrief/generator/workers"
)

// A Page is one page of the site before it is drawn.
type Page struct {
	File        string // output path
	Template    string // name of the template, without .html
	Title       string
	Description string     // for machines; a note's first words when its author gave none
	Kicker      string     // what it is, above the title: "Incident"
	Note        *note.Note // the note it shows, or nil for a generated page
	Crumbs      []Link     // the way down from home, the page itself left out
	Prev, Next  *Link      // where there is an order
	Data        func() any // the template's data; pure, safe to call concurrently

	// What only those ask for who draw the page: ten thousand are planned anew
	// when one note was saved.
	dated *note.Note // whose day or time is the page's, or nil
	site  *Site      // of a page that is its note's own, or nil
}

// When is the day or time that belongs to the page.
func (p *Page) When() When {
	if p.dated == nil {
		return When{}
	}
	return whenOf(p.dated)
}

// Standfirst is the author's own description, to stand below the title.
func (p *Page) Standfirst() string {
	if p.site == nil {
		return ""
	}
	return p.site.standfirst(p.Note)
}

// A Link leads to a page of the site. File is an output path; render makes
// it relative.
type Link struct {
	Text     string
	File     string
	Fragment string
}

// A NavGroup is a titled group of links in the navigation.
type NavGroup struct {
	Title string
	Links []Link
}

// A Site is every page that exists, and what all of them share.
type Site struct {
	Book     *handbook.Handbook
	Ledger   *claim.Ledger
	Findings diag.List // of the whole handbook, sorted; none in a build that others may read
	Pages    []*Page   // by file
	Nav      []NavGroup
	byFile   map[string]*Page

	// What many pages ask and only a walk over all notes can answer: walked
	// once, when it is first asked.
	places    func() map[*note.Note]int
	strongest func() []*note.Note
	remember  func() []calledOut
	signals   func() []SignalPair
	gaps      func() []Gap
	items     func() []PreparationItem

	// What all sheets say: it is set in the same lines on each of them.
	rounds      func() (Card, []*note.Note)
	signalCards func() (few, more Card)
	storyLines  sync.Map // *note.Note → Block

	tellings sync.Map // *note.Note → claim.Telling, of stories asked for
}

// An Overview is a page over the whole handbook.
type Overview struct {
	File, Template, Title string
	Group                 string             // of the navigation; "" keeps it out
	There                 func(s *Site) bool // whether it would say anything; nil when only its data tells
	New                   func(s *Site) any  // the data; without There nil when the page would be empty
}

// Plan decides which pages exist. findings are the handbook's, for the pages
// that say what is missing. They speak to the author, and of notes that are
// hidden too: pages for others never hold them.
func Plan(book *handbook.Handbook, ledger *claim.Ledger, findings diag.List) (*Site, diag.List) {
	if book.Profile > note.Private {
		findings = nil
	}
	s := &Site{Book: book, Ledger: ledger, Findings: findings, byFile: make(map[string]*Page, 2*len(book.Notes))}
	s.places = sync.OnceValue(func() map[*note.Note]int { return placesInLoops(s) })
	s.gaps = sync.OnceValue(func() []Gap { return gaps(s) })
	s.items = sync.OnceValue(func() []PreparationItem { return preparationItems(s) })
	s.strongest = sync.OnceValue(func() []*note.Note { return strongest(s) })
	s.remember = sync.OnceValue(func() []calledOut { return toRemember(s) })
	s.signals = sync.OnceValue(func() []SignalPair { return pickSignals(s) })
	s.rounds = sync.OnceValues(func() (Card, []*note.Note) { return roundsCard(s) })
	s.signalCards = sync.OnceValues(func() (few, more Card) { return signalCards(s) })
	var found diag.List
	ofNotes := make([]Page, len(book.Notes))
	workers.All(len(ofNotes), func(i int) { ofNotes[i] = s.notePage(book.Notes[i]) })
	for i := range ofNotes {
		s.add(&ofNotes[i])
	}
	for _, p := range book.Principles {
		if p.Note == nil {
			if book.Prepares() {
				s.add(&Page{File: p.File, Template: "principle", Title: p.Name, Description: p.Summary, Kicker: "Principle", Data: func() any { return principleData(s, p) }})
			}
		}
	}
	for _, f := range book.Folders {
		if f.Index == nil {
			s.add(folderPage(s, f))
		}
	}
	if len(book.Principles) > 0 {
		s.add(principlesPage(s))
	}
	for _, o := range overviews() {
		data := o.data(s)
		if data == nil {
			continue
		}
		if taken := s.byFile[o.File]; taken != nil {
			switch {
			case o.File == "index.html":
			case taken.Note == nil: // the list of the author's own folder of that name
				continue
			default:
				found = append(found, replaced(taken))
				continue
			}
			s.replace(taken, &Page{File: o.File, Template: o.Template, Title: book.Settings.Title, Description: taken.Description, Note: taken.Note, Data: data})
			continue
		}
		title := o.Title
		if o.File == "index.html" {
			title = book.Settings.Title
		}
		s.add(&Page{File: o.File, Template: o.Template, Title: title, Data: data})
	}
	found = append(found, s.sheetPages()...)
	for _, t := range book.Tags {
		s.add(tagPage(s, t))
	}
	slices.SortFunc(s.Pages, func(a, b *Page) int { return strings.Compare(a.File, b.File) })
	s.order(ofNotes)
	s.Nav = navigation(s)
	s.leaveCrumbs()
	return s, found
}

// replaced speaks of a note's page where a generated one would stand.
func replaced(p *Page) diag.Finding {
	return diag.At("generated-page-replaced", diag.Info, p.Note.Path, diag.Pos{Line: 1, Column: 1}, 0,
		"this note takes the place of the generated page %s", p.File)
}

func (s *Site) add(p *Page) {
	if p == nil || s.byFile[p.File] != nil {
		return // the author's own page of that name comes first
	}
	s.byFile[p.File] = p
	s.Pages = append(s.Pages, p)
}

func (s *Site) replace(old, now *Page) {
	s.byFile[now.File] = now
	s.Pages[slices.Index(s.Pages, old)] = now
}

// Page returns the page of that output path, or nil.
func (s *Site) Page(file string) *Page { return s.byFile[file] }

// LinkTo returns the link to a note's page.
func (s *Site) LinkTo(n *note.Note) Link { return Link{Text: n.Title, File: s.Book.File(n)} }

// LinksTo returns the links to several notes' pages.
func (s *Site) LinksTo(notes []*note.Note) []Link {
	if len(notes) == 0 {
		return nil
	}
	links := make([]Link, len(notes))
	for i, n := range notes {
		links[i] = s.LinkTo(n)
	}
	return links
}

// leaveCrumbs gives each page the way down to it: home, then its folders.
func (s *Site) leaveCrumbs() {
	to := make(map[string][]Link) // by folder
	for _, p := range s.Pages {
		if p.File == "index.html" {
			continue
		}
		dir := p.File[:strings.LastIndexByte(p.File, '/')+1]
		way, known := to[dir]
		if !known {
			way = s.wayTo(dir)
			to[dir] = way
		}
		if last := len(way) - 1; way[last].File == p.File {
			way = way[:last:last]
		}
		p.Crumbs = way
	}
}

// wayTo leads from home down to a folder, which ends in a slash, and its own
// page.
func (s *Site) wayTo(dir string) []Link {
	way := []Link{{Text: s.Book.Settings.Title, File: "index.html"}}
	for i, c := range dir {
		if c != '/' {
			continue
		}
		file := dir[:i+1] + "index.html"
		if up := s.byFile[file]; up != nil {
			way = append(way, Link{Text: up.Title, File: file})
		}
	}
	return way
}

// order gives the pages of notes that stand in an order their neighbours:
// rounds of a loop, and the notes of a kind's folder. The pages are by the
// notes' numbers.
func (s *Site) order(ofNotes []Page) {
	for _, f := range s.Book.Folders {
		pages := make([]*Page, len(f.Notes))
		links := make([]Link, len(f.Notes))
		for i, n := range f.Notes {
			pages[i] = &ofNotes[s.Book.Number(n)]
			links[i] = Link{Text: n.Title, File: pages[i].File}
		}
		for i, p := range pages {
			if i > 0 {
				p.Prev = &links[i-1]
			}
			if i+1 < len(links) {
				p.Next = &links[i+1]
			}
		}
	}
}

// notePage plans the page of a note.
func (s *Site) notePage(n *note.Note) Page {
	return Page{
		File: s.Book.File(n), Template: s.templateOf(n), Title: n.Title, Description: s.Said(n, n.Description), Note: n,
		Kicker: kicker(n), dated: n, site: s,
		Data: func() any { return noteData(s, n) },
	}
}

// kicker says what a note is; a plain page needs no word for it.
func kicker(n *note.Note) string {
	if n.Kind.Dir == "" {
		return ""
	}
	return n.Kind.One
}

// standfirst is the description that the author wrote; one that was made of
// the text's first words would only say them twice.
func (s *Site) standfirst(n *note.Note) string {
	if n.Description == n.Body.Description {
		return ""
	}
	return s.Said(n, n.Description)
}

// Said is a sentence of n shown elsewhere than in its text: its {{references}}
// print their figures there too.
func (s *Site) Said(n *note.Note, sentence string) string {
	if !strings.Contains(sentence, "{{") {
		return sentence
	}
	return factRef.ReplaceAllStringFunc(sentence, func(ref string) string {
		if fact, _, ok := s.Ledger.Find(n, ref[2:len(ref)-2]); ok {
			return fact.Shown()
		}
		return ref
	})
}

var factRef = regexp.MustCompile(`\{\{[\pL\d_.-]+\}\}`)

// FindingsOf returns what was found in a note; nothing in a build that others
// may read.
func (s *Site) FindingsOf(n *note.Note) diag.List {
	from, _ := slices.BinarySearchFunc(s.Findings, n.Path, func(f diag.Finding, p string) int { return cmp.Compare(f.Path, p) })
	to := from
	for to < len(s.Findings) && s.Findings[to].Path == n.Path {
		to++
	}
	return s.Findings[from:to:to]
}
