package render

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"

	"debrief/generator/handbook"
	"debrief/generator/output"
	"debrief/generator/page"
	"debrief/generator/render/search"
)

// searchScript is the script that searches. A theme without it gets no index.
const searchScript = "search.js"

// searchFile begins the names of the files that are made for the search.
const searchFile = AssetDir + "/search-"

// SearchIndex is the file that the search reads first.
const SearchIndex = searchFile + "index.js"

// Echoes reports whether a file of the site only repeats what its pages say,
// for the search or beside links.
func Echoes(file string) bool { return strings.HasPrefix(file, searchFile) || file == previewsFile }

// Searches reports whether pages drawn with the theme can be searched.
func (t *Theme) Searches() bool { return t.assets[searchScript] != nil }

// repeating are the generated pages that say what other pages say: they are
// found by their titles and headings alone.
var repeating = []string{"home", "folder", "tag", "tags", "figures", "coverage", "decisions", "raci", "cheat-sheet", "offers", "faq", "process"}

// A drawnPage is a page of the site that draws itself. Search reads it along
// when it is drawn for whatever reason; the index draws what nobody has drawn
// yet.
type drawnPage struct {
	*page.Page
	write      func(to *bytes.Buffer, p *page.Page) error
	searchable bool
	kept       atomic.Pointer[[]search.Part]
}

// draw draws the page and lets search read along.
func (p *drawnPage) draw(to *bytes.Buffer) error {
	err := p.write(to, p.Page)
	if err == nil && p.searchable && p.kept.Load() == nil {
		parts := p.read(to.Bytes())
		p.kept.Store(&parts)
	}
	return err
}

func (p *drawnPage) bytes() ([]byte, error)                 { return drawing(p.draw).bytes() }
func (p *drawnPage) lend(see func(data []byte) error) error { return drawing(p.draw).lend(see) }

// parts are what search read of the page.
func (p *drawnPage) parts() ([]search.Part, error) {
	if p.kept.Load() == nil {
		err := p.lend(func([]byte) error { return nil })
		if err != nil {
			return nil, err
		}
	}
	return *p.kept.Load(), nil
}

func (p *drawnPage) read(drawn []byte) []search.Part {
	if p.Note == nil && slices.Contains(repeating, p.Template) {
		return search.Headings(drawn)
	}
	return search.Read(drawn)
}

// searchFiles are the index of all pages and their texts.
func searchFiles(book *handbook.Handbook, pages []*drawnPage) output.Files {
	last := func(path string, draw drawing) output.File {
		f := draw.file(path)
		f.Last = true
		return f
	}
	files := output.Files{last(SearchIndex, func(to *bytes.Buffer) error {
		texts, err := readAll(pages)
		if err != nil {
			return err
		}
		found := make([]search.Page, len(pages))
		for i, p := range pages {
			found[i] = search.Page{File: p.File, Title: p.Title, Kind: kindOf(p.Page), Principles: principlesOf(book, p.Page), Parts: texts[i]}
			for _, c := range p.Crumbs {
				if c.File != "index.html" {
					found[i].Trail = append(found[i].Trail, c.Text)
				}
			}
		}
		return search.Index(to, found)
	})}
	for n := 0; n*search.PagesPerTexts < len(pages); n++ {
		some := pages[n*search.PagesPerTexts : min((n+1)*search.PagesPerTexts, len(pages))]
		files = append(files, last(fmt.Sprintf("%stexts-%d.js", searchFile, n), func(to *bytes.Buffer) error {
			texts, err := readAll(some)
			if err != nil {
				return err
			}
			return search.Texts(to, n, texts)
		}))
	}
	return files
}

func readAll(pages []*drawnPage) ([][]search.Part, error) {
	read := make([][]search.Part, len(pages))
	for i, p := range pages {
		var err error
		if read[i], err = p.parts(); err != nil {
			return nil, err
		}
	}
	return read, nil
}

// kindOf is a page's kind as the filter of the search calls it.
func kindOf(p *page.Page) string {
	switch {
	case p.Kicker != "":
		return p.Kicker
	case p.Note != nil && p.File != "index.html":
		return "Note"
	}
	return "Overview"
}

// principlesOf are the names of the principles that a page is about.
func principlesOf(book *handbook.Handbook, p *page.Page) []string {
	var of []*handbook.Principle
	if p.Note != nil {
		of = book.PrinciplesOf(p.Note)
	}
	var names []string
	for _, about := range book.Principles {
		if about.File == p.File || slices.Contains(of, about) {
			names = append(names, about.Name)
		}
	}
	return names
}
