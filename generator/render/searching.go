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
	files := output.Files{{Path: SearchIndex, Last: true, Draw: func() ([]byte, error) {
		read, err := readAll(pages)
		if err != nil {
			return nil, err
		}
		for i, p := range pages {
			read[i].Kind, read[i].Principles = kindOf(p.Page), principlesOf(book, p.Page)
			for _, c := range p.Crumbs {
				if c.File != "index.html" {
					read[i].Trail = append(read[i].Trail, c.Text)
				}
			}
		}
		return search.Index(read), nil
	}}}
	for n := 0; n*search.PagesPerTexts < len(pages); n++ {
		some := pages[n*search.PagesPerTexts : min((n+1)*search.PagesPerTexts, len(pages))]
		texts := drawing(func(to *bytes.Buffer) error {
			read, err := readAll(some)
			if err == nil {
				to.Write(search.Texts(to.AvailableBuffer(), n, read))
			}
			return err
		})
		files = append(files, output.File{Path: fmt.Sprintf("%stexts-%d.js", searchFile, n), Last: true, Draw: texts.bytes, Lend: texts.lend})
	}
	return files
}

// readAll are the pages with what they say.
func readAll(pages []*drawnPage) ([]search.Page, error) {
	read := make([]search.Page, len(pages))
	for i, p := range pages {
		parts, err := p.parts()
		if err != nil {
			return nil, err
		}
		read[i] = search.Page{File: p.File, Title: p.Title, Parts: parts}
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
