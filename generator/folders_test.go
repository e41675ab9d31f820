package generator_test

import (
	"bytes"
	"cmp"
	"fmt"
	"html"
	"io/fs"
	"maps"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"
	"unicode"
	"unicode/utf8"

	nethtml "golang.org/x/net/html"
	"golang.org/x/text/unicode/norm"

	"debrief/generator"
	"debrief/generator/source"
)

// What follows holds a built site against the folder it was built from: every
// note has a page, every word of it stands there, and every link that names a
// file leads to that file's page. It reads Markdown with simple expressions of
// its own, so that it cannot share a mistake with package prose.

// bare shows nothing but a page's title and its note, whatever the theme does.
func bare() fs.FS {
	return fstest.MapFS{"templates/base.html": {Data: []byte(
		`<!doctype html><html lang="en"><head><title>{{.Title}}</title></head><body><main><h1>{{.Title}}</h1>{{with .Note}}{{$.Body .}}{{end}}</main></body></html>`)}}
}

// checkFolder builds a folder and returns what it found, rule by rule.
func checkFolder(t testing.TB, content fs.FS) (r *generator.Result, site map[string][]byte) {
	t.Helper()
	r, site = build(t, &generator.Builder{Content: content, Theme: bare()})
	checkSite(t, site)
	names := byName(r)
	for _, p := range markdownFiles(t, content) {
		raw, err := fs.ReadFile(content, p)
		if err != nil || len(raw) > source.MaxNote {
			continue // neither can be read, and both are findings
		}
		n := r.Site.Book.At(p)
		if n == nil || site[r.Site.Book.File(n)] == nil {
			t.Errorf("%q has no page", p)
			continue
		}
		text, _ := source.Text(raw)
		page := site[r.Site.Book.File(n)]
		if lost := lostWords(text, page); len(lost) > 0 {
			t.Errorf("%q lost %d words: %.300q", p, len(lost), strings.Join(lost, " "))
		}
		if n.Body.Plain {
			continue // too complex to have links
		}
		for _, link := range lostLinks(r, names, content, p, text, page) {
			t.Errorf("%q lost the link %s", p, link)
		}
	}
	return r, site
}

func markdownFiles(t testing.TB, content fs.FS) (files []string) {
	err := fs.WalkDir(content, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if p != "." && source.Ignored(p, d.IsDir(), source.Options{}) {
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if ext := strings.ToLower(path.Ext(p)); d.Type().IsRegular() && (ext == ".md" || ext == ".markdown") {
			files = append(files, p)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

var (
	frontMatter = regexp.MustCompile(`\A(?s:---[ \t]*\n((#[^\n]*\n)*[^\s\-\[(#>*!]+[^\n:]*:.*?\n)?(---|\.\.\.)[ \t]*(\n|\z)|\+\+\+[ \t]*\n.*?\n\+\+\+[ \t]*(\n|\z))`)
	fencedCode  = regexp.MustCompile("(?ms)^[ \t>]*(```+|~~~+)[^\n`]*\n.*?(^[ \t>]*(```+|~~~+)[ \t]*$|\\z)")
	inlineCode  = regexp.MustCompile("(?s)`[^`\n]+(\n[^`\n]+)*`")
	notShown    = []*regexp.Regexp{
		regexp.MustCompile(`(?s)<!--.*?-->`),
		regexp.MustCompile(`(?s)%%.*?%%`),
		regexp.MustCompile("(?m)^[ \t>*+0-9.)-]*(```+|~~~+).*$"),             // what a fence is of
		regexp.MustCompile(`(?m)^[ >\t]*\[[^\]\n]+\]:[ \t]*\n?[ \t]*\S+.*$`), // where references lead
		regexp.MustCompile(`\[\^[^\]\s]+\]`),                                 // names of footnotes
		regexp.MustCompile(`!\[\[[^\]\n]*\]\]`),                              // what is embedded
		regexp.MustCompile(`\[\[[^\]\n|]*[|/]`),                              // where wikilinks lead
		regexp.MustCompile(`\]\(\s*(<[^>\n]*>|[^\s()]*(\([^\s()]*\)[^\s()]*)*)(\s+("[^"]*"|'[^']*'|\([^)]*\)))?\s*\)`), // where links lead
		regexp.MustCompile(`\]\[[^\]\n]*\]`),
		regexp.MustCompile(`(?m)^[ >\t]*(:{3,}|!!!|\?\?\?\+?)[ \t]*[\w-]+( (inline|end))*`), // types of callouts
		regexp.MustCompile(`\[![A-Za-z][^\]\n]*\][+-]?`),
		regexp.MustCompile(`\{\s*[:#.][^}\n]*\}`), // attributes
		regexp.MustCompile(`(?m)(^|\s)\^[\w-]+\s*$`),
		regexp.MustCompile(`(?i)</?(kbd|sub|sup|br|mark|abbr|ins|del|details|summary|dl|dt|dd|a|img|b|i|u|s|em|strong|small|code|var|samp)\b[^>]*>`),
	}
)

// lostWords returns the words of a note that its page shows less often than
// the note says them. Short words are left out: they are everywhere.
func lostWords(text, page []byte) []string {
	body := string(frontMatter.ReplaceAll(text, nil))
	for _, what := range notShown {
		body = what.ReplaceAllString(body, " ")
	}
	joined := pageWords(page)
	shown, said := countWords(joined), countWords(html.UnescapeString(body))
	var lost []string
	for _, word := range slices.Sorted(maps.Keys(said)) {
		if said[word] > shown[word] && said[word] > strings.Count(joined, word) {
			lost = append(lost, word)
		}
	}
	return lost
}

func countWords(text string) map[string]int {
	words := make(map[string]int)
	for _, w := range strings.FieldsFunc(fold(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) }) {
		if utf8.RuneCountInString(w) > 2 {
			words[w]++
		}
	}
	return words
}

func fold(s string) string { return strings.ToLower(norm.NFC.String(s)) }

// pageWords is the text of a page and of its pictures and titles, words that
// markup tears apart put together again.
func pageWords(page []byte) string {
	doc, err := nethtml.Parse(bytes.NewReader(page))
	if err != nil {
		return ""
	}
	var b strings.Builder
	for n := range doc.Descendants() {
		switch n.Type {
		case nethtml.TextNode:
			b.WriteString(n.Data)
		case nethtml.ElementNode:
			switch n.Data {
			case "a", "em", "strong", "code", "del", "mark", "span", "sub", "sup", "kbd", "abbr", "ins":
			default:
				b.WriteByte('\n')
			}
			for _, a := range n.Attr {
				if a.Key == "alt" || a.Key == "title" {
					b.WriteString(" " + a.Val + " ")
				}
			}
		}
	}
	return fold(b.String())
}

var (
	inlineLink    = regexp.MustCompile(`\]\(\s*(<[^>\n]*>|[^\s()<>]+)(\s+("[^"]*"|'[^']*'))?\s*\)`)
	htmlLink      = regexp.MustCompile(`<(?:a|img)\s[^>]*\b(?:href|src)=["\']([^"\'\s]+)["\']`)
	wikiLink      = regexp.MustCompile(`[^\\\[!]\[\[([^\[\]|#\n\\]+)(?:[|#][^\]\n]*)?\]\]`)
	referenceLink = regexp.MustCompile(`(?m)^ {0,3}\[[^\]^\n][^\]\n]*\]:[ \t]*(<[^>\n]*>|\S+)`)
)

// lostLinks returns the links of a note that name a file of the folder, or a
// folder of notes, and do not lead there on its page.
func lostLinks(r *generator.Result, names map[string]string, content fs.FS, p string, text, page []byte) []string {
	body := string(frontMatter.ReplaceAll(text, nil))
	for _, what := range append([]*regexp.Regexp{fencedCode, inlineCode}, notShown[:2]...) {
		body = what.ReplaceAllString(body, " ")
	}
	hrefs := make(map[string]bool)
	from := r.Site.Book.File(r.Site.Book.At(p))
	doc, _ := nethtml.Parse(bytes.NewReader(page))
	for n := range doc.Descendants() {
		for _, key := range []string{"href", "src"} {
			if u, err := url.Parse(attr(n, key)); err == nil && attr(n, key) != "" {
				to := from
				if u.Path != "" {
					to = path.Join(path.Dir(from), u.Path)
				}
				hrefs[to] = true
			}
		}
	}
	for _, f := range r.Findings {
		if f.Path == p && f.Rule == "attachment-not-copied" {
			hrefs[""] = true // some links of this note are lost, and it is said
		}
	}
	attached := make(map[string]string)
	in, out := r.Site.Book.Attachments()
	for i := range in {
		attached[in[i]] = out[i]
	}
	var lost []string
	used := func(m []string) {
		target := strings.Trim(m[1], "<>")
		if u, err := url.Parse(target); err == nil && (u.Scheme != "" || u.Host != "") {
			return
		}
		target, _, _ = strings.Cut(target, "#")
		target, _, _ = strings.Cut(target, "?")
		if plain, err := url.PathUnescape(html.UnescapeString(target)); err == nil {
			target = plain
		}
		if target == "" {
			return
		}
		to := path.Join(path.Dir(p), target)
		if rooted, ok := strings.CutPrefix(target, "/"); ok {
			to = path.Clean(rooted)
		}
		if !fs.ValidPath(to) || ignoredPath(to) {
			return
		}
		want := attached[to]
		if n := r.Site.Book.At(strings.TrimSuffix(to, ".html") + ".md"); n != nil && hrefs[r.Site.Book.File(n)] {
			return // a page in place of the page that another tool made of it
		}
		if n := r.Site.Book.At(to); n != nil {
			want = r.Site.Book.File(n)
		} else if f := r.Site.Book.FolderAt(to); f != nil {
			want = f.File
		} else if info, err := fs.Stat(content, to); err != nil || !info.Mode().IsRegular() {
			return
		}
		if !hrefs[want] {
			lost = append(lost, fmt.Sprintf("%s (want %q)", m[0], want))
		}
	}
	for _, form := range []*regexp.Regexp{inlineLink, referenceLink, htmlLink} {
		for _, m := range form.FindAllStringSubmatch(body, -1) {
			used(m)
		}
	}
	for _, m := range wikiLink.FindAllStringSubmatch(body, -1) {
		if file := names[fold(strings.TrimSpace(m[1]))]; file != "" && !hrefs[file] && file != from {
			lost = append(lost, fmt.Sprintf("%s (want %q)", m[0], file))
		}
	}
	return lost
}

// byName are the pages of the notes whose file names are unique.
func byName(r *generator.Result) map[string]string {
	pages, twice := make(map[string]string), make(map[string]bool)
	for _, n := range r.Site.Book.Notes {
		name := fold(strings.TrimSuffix(path.Base(n.Path), path.Ext(n.Path)))
		twice[name] = twice[name] || pages[name] != ""
		pages[name] = r.Site.Book.File(n)
	}
	for name := range twice {
		if twice[name] {
			delete(pages, name)
		}
	}
	return pages
}

func ignoredPath(p string) bool {
	for q := p; q != "."; q = path.Dir(q) {
		if source.Ignored(q, q != p, source.Options{}) {
			return true
		}
	}
	return false
}

// TestFolder holds folders of yours to the same: FOLDERS lists them, and their
// findings are counted by rule.
func TestFolder(t *testing.T) {
	list := os.Getenv("FOLDERS")
	if list == "" {
		t.Skip("FOLDERS names no folders")
	}
	for _, dir := range filepath.SplitList(list) {
		t.Run(filepath.Base(dir), func(t *testing.T) {
			start := time.Now()
			r, site := checkFolder(t, os.DirFS(dir))
			t.Logf("%d notes, %d files, %d findings, %v", r.Notes, len(site), len(r.Findings), time.Since(start).Round(time.Millisecond))
			count, first := make(map[string]int), make(map[string]string)
			for _, f := range r.Findings {
				if count[f.Rule]++; count[f.Rule] <= 3 {
					first[f.Rule] += fmt.Sprintf("\n      %s:%d:%d %s: %s %q", f.Path, f.Line, f.Column, f.Severity, f.Message, f.Hints)
				}
			}
			rules := slices.SortedFunc(maps.Keys(count), func(a, b string) int { return cmp.Or(count[b]-count[a], cmp.Compare(a, b)) })
			for _, rule := range rules {
				t.Logf("%6d %s%s", count[rule], rule, first[rule])
			}
		})
	}
}
