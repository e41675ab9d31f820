package render

import (
	"bytes"
	"fmt"
	"html"
	"slices"
	"strings"
	"sync"

	"debrief/generator/note"
	"debrief/generator/output"
	"debrief/generator/page"
	"debrief/generator/sheet/face"
)

// Pages returns the files of a site: its pages, the theme's assets, and what
// crawlers read. Nothing is drawn yet; each file draws itself when asked. size
// tells how many pixels an image of the content has, 0 when that is not known;
// it must be safe to call concurrently.
func Pages(theme *Theme, s *page.Site, size func(path string) (w, h int)) output.Files {
	theme = theme.withSizes(size)
	write := func(to *bytes.Buffer, p *page.Page) error { return drawPage(to, theme, s, p) }
	drawn := make([]drawnPage, len(s.Pages))
	var read []*drawnPage
	pages := make(output.Files, len(s.Pages))
	for i, p := range s.Pages {
		d := &drawn[i]
		d.Page, d.write = p, write
		if theme.Searches() && p.File != "404.html" {
			d.searchable = true
			read = append(read, d)
		}
		pages[i] = output.File{Path: p.File, Draw: d.bytes, Lend: d.lend}
	}
	files := output.Files{{Path: previewsFile, Draw: func() ([]byte, error) { return previews(s) }}}
	if theme.Searches() {
		files = append(files, searchFiles(s.Book, read)...)
	}
	files = append(files, theme.Assets()...)
	if slices.ContainsFunc(s.Pages, func(p *page.Page) bool { return p.Template == "cheat-sheet" }) {
		files = append(files, Fonts()...)
	}
	files = append(files, fixed("robots.txt", robots(s)))
	if s.Book.Profile == note.Public && s.Book.Settings.BaseURL != "" {
		files = append(files, fixed("sitemap.xml", sitemap(s)))
	}
	files.Sort()
	return pages.With(files)
}

// A drawing writes a file of the site.
type drawing func(to *bytes.Buffer) error

// lend draws into a buffer that is used again.
func (d drawing) lend(see func(data []byte) error) error {
	b := takeBuffer()
	defer giveBack(b)
	if err := d(b); err != nil {
		return err
	}
	return see(b.Bytes())
}

func (d drawing) bytes() (data []byte, err error) {
	err = d.lend(func(lent []byte) error {
		data = bytes.Clone(lent)
		return nil
	})
	return data, err
}

func drawPage(to *bytes.Buffer, theme *Theme, s *page.Site, p *page.Page) (err error) {
	defer func() {
		if v := recover(); v != nil {
			source := "the notes"
			if p.Note != nil {
				source = p.Note.Path
			}
			err = fmt.Errorf("%v; this is a fault in debrief, not in %s", v, source)
		}
	}()
	d, err := theme.drawer(p.Template)
	if err != nil {
		return err
	}
	return d.draw(to, &View{Page: p, Site: s, Data: p.Data(), theme: theme})
}

// buffers are for drawing into: to grow one takes a tenth of drawing a page.
var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

func takeBuffer() *bytes.Buffer { return buffers.Get().(*bytes.Buffer) }

// giveBack keeps a buffer for the next page, unless this was a rarely long one.
func giveBack(b *bytes.Buffer) {
	if b.Cap() > 1<<20 {
		return
	}
	b.Reset()
	buffers.Put(b)
}

// Assets are the theme's own files: styles, scripts, the icon.
func (t *Theme) Assets() output.Files {
	var files output.Files
	for name, content := range t.assets {
		files = append(files, output.File{Path: AssetDir + "/" + name, Draw: func() ([]byte, error) { return content(), nil }})
	}
	files.Sort()
	return files
}

// Fonts are the faces of the cheat sheet, as its style sheet calls them.
func Fonts() output.Files {
	var files output.Files
	for _, f := range face.Faces {
		for part, suffix := range []string{face.Common: "", face.More: "-more"} {
			files = append(files, output.File{
				Path: AssetDir + "/sheet-" + f.String() + suffix + ".ttf",
				Draw: func() ([]byte, error) { return f.Web(face.Part(part)), nil },
			})
		}
	}
	return files
}

func fixed(path string, content []byte) output.File {
	return output.File{Path: path, Draw: func() ([]byte, error) { return content, nil }}
}

// robots keeps crawlers away from everything but a public build.
func robots(s *page.Site) []byte {
	if s.Book.Profile != note.Public {
		return []byte("User-agent: *\nDisallow: /\n")
	}
	text := "User-agent: *\nAllow: /\n"
	if base := s.Book.Settings.BaseURL; base != "" {
		text += "Sitemap: " + strings.TrimSuffix(base, "/") + "/sitemap.xml\n"
	}
	return []byte(text)
}

// sitemap lists the pages by absolute address (sitemaps.org, 0.9); dates come
// from the notes, never from the clock.
func sitemap(s *page.Site) []byte {
	base := strings.TrimSuffix(s.Book.Settings.BaseURL, "/")
	var b bytes.Buffer
	b.WriteString("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n")
	for _, p := range s.Pages {
		if p.File == "404.html" {
			continue
		}
		fmt.Fprintf(&b, "<url><loc>%s/%s</loc>", html.EscapeString(base), html.EscapeString(escapePath(p.File)))
		if p.Note != nil && p.Note.Updated.Set {
			fmt.Fprintf(&b, "<lastmod>%s</lastmod>", p.Note.Updated)
		}
		b.WriteString("</url>\n")
	}
	b.WriteString("</urlset>\n")
	return b.Bytes()
}
