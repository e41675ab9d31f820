package publish

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// An Exposure is what a site shows that the one before did not.
type Exposure struct {
	Pages    []Page
	Headings []string // in the order of pages
	Names    []string // words with a capital inside of sentences, in the order of pages
	Figures  []string // numbers with what stands around them, in the order of pages
	Files    []string // that are no pages: pictures, tables
	Gone     []string // files that are no more

	// What was there and says something else now, be it without a new heading,
	// name or figure.
	ChangedPages []Page
	ChangedFiles []string
}

// A Page is a page of the new site.
type Page struct{ File, Title string }

// Widens reports whether anything may be shown that was not shown before. A
// page that has lost a word is not told from one that has got another.
func (e *Exposure) Widens() bool {
	return len(e.Pages)+len(e.Files)+len(e.ChangedPages)+len(e.ChangedFiles) > 0
}

// Compare says what the files of one site show beyond those of another. Of the
// files that are no pages it leaves out what debrief itself brought: the caller
// knows which these are.
func Compare(before, now map[string][]byte, brought func(path string) bool) *Exposure {
	e := &Exposure{}
	old := words{}
	for _, path := range sorted(before) {
		if isPage(path) {
			old.add(read(before[path]))
		}
		if _, stays := now[path]; !stays && path != "CNAME" && path != ".nojekyll" {
			e.Gone = append(e.Gone, path)
		}
	}
	for _, path := range sorted(now) {
		was, known := before[path]
		switch {
		case known && bytes.Equal(was, now[path]):
		case isPage(path):
			e.page(path, known, read(now[path]), old)
		case path == ".nojekyll" || brought(path):
		case known:
			e.ChangedFiles = append(e.ChangedFiles, path)
		default:
			e.Files = append(e.Files, path)
		}
	}
	return e
}

// page adds what a page shows beyond what has been shown.
func (e *Exposure) page(path string, known bool, t pageText, shown words) {
	if p := (Page{path, t.title}); known {
		e.ChangedPages = append(e.ChangedPages, p)
	} else {
		e.Pages = append(e.Pages, p)
	}
	e.Headings = append(e.Headings, shown.fresh(t.headings)...)
	e.Names = append(e.Names, shown.fresh(t.names)...)
	e.Figures = append(e.Figures, shown.fresh(t.figures)...)
	shown.add(t) // said once is enough
}

func sorted(files map[string][]byte) []string {
	var paths []string
	for path := range files {
		paths = append(paths, path)
	}
	slices.Sort(paths)
	return paths
}

func isPage(path string) bool { return strings.HasSuffix(path, ".html") }

// words are what has been shown, whatever its case.
type words map[string]bool

func (w words) add(t pageText) {
	for _, list := range [][]string{t.headings, t.names, t.figures} {
		for _, s := range list {
			w[strings.ToLower(s)] = true
		}
	}
}

// fresh are those that have not been shown, once each.
func (w words) fresh(list []string) []string {
	var out []string
	for _, s := range list {
		if key := strings.ToLower(s); !w[key] {
			w[key] = true
			out = append(out, s)
		}
	}
	return out
}

// A pageText is what a page says.
type pageText struct {
	title                    string
	headings, names, figures []string
}

// read reads what a page says in its main part; the rest is on every page.
func read(page []byte) pageText {
	var t pageText
	root, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		return t
	}
	main := root
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && n.Data == "title" && t.title == "" {
			t.title = textOf(n)
		}
		if n.Type == html.ElementNode && n.Data == "main" {
			main = n
		}
	}
	for n := range main.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch n.Data {
		case "h1":
			t.title = textOf(n)
			fallthrough
		case "h2", "h3", "h4", "h5", "h6":
			t.headings = append(t.headings, textOf(n))
		}
	}
	for line := range strings.Lines(blockText(main)) {
		t.names = append(t.names, namesIn(line)...)
		for _, f := range figures.FindAllString(line, -1) {
			if f = strings.Trim(f, " .,:/–-"); !bare.MatchString(f) {
				t.figures = append(t.figures, f)
			}
		}
	}
	return t
}

// textOf is the text of an element on one line, without the signs that only
// lead to it.
func textOf(n *html.Node) string {
	return strings.TrimSuffix(strings.Join(strings.Fields(blockText(n)), " "), " #")
}

// blocks are the elements that end a line.
var blocks = map[string]bool{
	"p": true, "li": true, "td": true, "th": true, "dt": true, "dd": true, "div": true, "h1": true, "h2": true, "h3": true, "h4": true, "h5": true, "h6": true,
	"summary": true, "figcaption": true, "caption": true, "pre": true, "section": true, "br": true, "text": true, "tr": true, "blockquote": true,
}

// tight are the elements that may end within a word.
var tight = map[string]bool{
	"b": true, "strong": true, "i": true, "em": true, "code": true, "mark": true, "kbd": true, "sub": true, "u": true, "s": true, "ins": true, "del": true,
}

func blockText(n *html.Node) string {
	var b strings.Builder
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		switch {
		case n.Type == html.TextNode:
			b.WriteString(n.Data)
		case n.Type == html.ElementNode && (n.Data == "script" || n.Data == "style"):
			return
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
		switch {
		case blocks[n.Data]:
			b.WriteByte('\n')
		case n.Data == "span":
			b.WriteByte('\n') // a remark of its own, as a rule
		case n.Type == html.ElementNode && !tight[n.Data]:
			b.WriteByte(' ')
		}
	}
	walk(n)
	return b.String()
}

// figures are numbers with their signs and units.
var figures = regexp.MustCompile(`(?:[$€£¥~≈±+−-]|\b[A-Z]{3} )?\d[\d.,:/–-]*(?:\s?(?:%|×|x\b|pp\b|ms\b|s\b|min\b|h\b|d\b|k\b|K\b|M\b|B\b|million\b|billion\b|users\b|requests\b|years\b|weeks\b|days\b))?`)

// bare numbers tell nothing: those of steps and lists, years, clock times.
var bare = regexp.MustCompile(`^[-+−±~≈]?(?:\d{1,3}|[12][09]\d\d|[\d:/–-]*[:/–-][\d:/–-]*)$`)

// everyday are the words with a capital that name nothing of the author's.
var everyday = func() map[string]bool {
	words := make(map[string]bool)
	for _, w := range strings.Fields("January February March April May June July August September October November December " +
		"Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Monday Tuesday Wednesday Thursday Friday Saturday Sunday " +
		"Mon Tue Wed Thu Fri Sat Sun UTC GMT AM PM OK ID USD EUR GBP") {
		words[w] = true
	}
	return words
}()

// namesIn are the words of a line that begin with a capital although no
// sentence begins there; those side by side are one name.
func namesIn(line string) []string {
	var names []string
	var name []string
	flush := func() {
		if len(name) > 0 {
			names = append(names, strings.Join(name, " "))
		}
		name = nil
	}
	begins := true
	for _, word := range strings.Fields(line) {
		core := strings.TrimFunc(word, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
		core = strings.TrimSuffix(strings.TrimSuffix(core, "'s"), "’s")
		first, _ := utf8.DecodeRuneInString(core)
		if unicode.IsUpper(first) && !begins && !everyday[core] && utf8.RuneCountInString(core) > 1 {
			name = append(name, core)
		} else {
			flush()
		}
		last, _ := utf8.DecodeLastRuneInString(word)
		if begins = strings.ContainsRune(".!?:", last); begins || strings.ContainsRune(",;)", last) {
			flush()
		}
	}
	flush()
	return names
}
