package preview

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"html"
	"net/url"
	"path"
	"regexp"
	"strings"
	"sync"

	"debrief/generator/output"
)

// A site is one build. Each of its files is drawn when somebody wants it, and
// at most once. A nil site is that of nobody having built yet.
type site struct {
	files    output.Files
	notes    func(file string) string // path of the note that a file of the site shows, or ""
	report   func(error)
	drawn    sync.Map // path → func() ([]byte, error)
	versions sync.Map // path → func() [2]string
}

func (s *site) draw(f output.File) ([]byte, error) {
	once, _ := s.drawn.LoadOrStore(f.Path, sync.OnceValues(func() ([]byte, error) {
		data, err := f.Bytes()
		if err != nil {
			s.report(err)
		}
		return data, err
	}))
	return once.(func() ([]byte, error))()
}

// find returns the file that an address means. When the address lacks
// something, like an ending, moved is the rest of the way: relative, and so
// never out of this site.
func (s *site) find(address string) (f output.File, moved string, ok bool) {
	name := strings.TrimPrefix(address, "/")
	if name == "" || strings.HasSuffix(name, "/") {
		f, ok = s.files.Get(name + "index.html")
		return f, "", ok
	}
	if f, ok = s.files.Get(name); ok {
		return f, "", true
	}
	last := "./" + (&url.URL{Path: path.Base(name)}).EscapedPath() // ./ lest a colon makes a scheme
	if _, ok = s.files.Get(name + ".html"); ok {
		return output.File{}, last + ".html", true
	}
	if _, ok = s.files.Get(name + "/index.html"); ok {
		return output.File{}, last + "/", true
	}
	return output.File{}, "", false
}

// page returns the file that is shown at an address, which may be that of the
// page for lost readers.
func (s *site) page(address string) (f output.File, ok bool) {
	if f, moved, ok := s.find(address); ok && moved == "" {
		return f, true
	}
	return s.files.Get("404.html")
}

// note returns the path of the note that the page at an address shows, or "".
func (s *site) note(address string) string {
	if s == nil || s.notes == nil {
		return ""
	}
	f, _ := s.page(address)
	return s.notes(f.Path)
}

// version tells two states of a page apart: it follows from the bytes of the
// page and of what the page shows. So a page is as good as new after a build
// that did not change it, and after a restart of the server.
func (s *site) version(address string) string { return s.sums(address)[0] }

// look tells two states apart of what a page shows beside its own text.
func (s *site) look(address string) string { return s.sums(address)[1] }

func (s *site) sums(address string) [2]string {
	if s == nil {
		return [2]string{"none", "none"}
	}
	f, ok := s.page(address)
	if !ok {
		return [2]string{"missing", "missing"}
	}
	once, _ := s.versions.LoadOrStore(f.Path, sync.OnceValue(func() [2]string { return s.sum(f) }))
	return once.(func() [2]string)()
}

func (s *site) sum(f output.File) (sums [2]string) {
	h := sha256.New()
	add := func(data []byte, err error) {
		if err != nil {
			data = []byte(err.Error())
		}
		one := sha256.Sum256(data)
		h.Write(one[:])
	}
	text := func() string { return hex.EncodeToString(h.Sum(nil)[:8]) }
	data, err := s.draw(f)
	if path.Ext(f.Path) == ".html" {
		for _, name := range shownBy(f.Path, data) {
			if g, ok := s.files.Get(name); ok {
				add(s.draw(g))
			}
		}
	}
	sums[1] = text()
	add(data, err)
	sums[0] = text()
	return sums
}

var shown = regexp.MustCompile(`<(?:link|script|img|source|video|audio)\b[^>]*?\s(?:src|href)="([^"]+)"`)

// shownBy lists the files that a page cannot be seen without: styles, scripts,
// pictures.
func shownBy(file string, data []byte) []string {
	var names []string
	for _, m := range shown.FindAllSubmatch(data, -1) {
		to, err := url.Parse(html.UnescapeString(string(m[1])))
		if err != nil || to.Scheme != "" || to.Host != "" || to.Path == "" {
			continue
		}
		names = append(names, path.Join(path.Dir(file), to.Path))
	}
	return names
}

const scriptTag = `<script src="` + scriptPath + `" defer></script>`

// withScript is a page with the one thing that a preview adds.
func withScript(page []byte) []byte {
	at := bytes.LastIndex(page, []byte("</body>"))
	if at < 0 {
		at = len(page)
	}
	out := make([]byte, 0, len(page)+len(scriptTag))
	out = append(out, page[:at]...)
	out = append(out, scriptTag...)
	return append(out, page[at:]...)
}

var attribute = regexp.MustCompile(`(\s(?:href|src)=")([^"#/?][^"]*")`)

// rooted makes the links of 404.html hold below any folder: they are written
// for the root, and this page is shown everywhere.
func rooted(page []byte) []byte {
	return attribute.ReplaceAllFunc(page, func(link []byte) []byte {
		m := attribute.FindSubmatch(link)
		if first, _, _ := bytes.Cut(m[2], []byte("/")); bytes.ContainsRune(first, ':') {
			return link // an address with a scheme
		}
		return []byte(string(m[1]) + "/" + strings.TrimPrefix(string(m[2]), "./"))
	})
}
