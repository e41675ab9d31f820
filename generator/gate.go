package generator

import (
	"bytes"
	"context"
	"fmt"
	"html"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"unicode"
	"unicode/utf8"

	nethtml "golang.org/x/net/html"
	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"debrief/generator/handbook"
	"debrief/generator/note"
	"debrief/generator/output"
	"debrief/generator/render"
	"debrief/generator/render/search"
	"debrief/themes"
)

// A Leak is a place in a built file that shows what the settings say must
// never be shown.
type Leak struct {
	File   string // of the site
	Form   string // how it stands there: "as written", "as text", "in its name"
	Masked string // the term, all but its first letter hidden
	Entry  string // the setting that forbids it, like "redact 2"
}

func (l Leak) String() string {
	return fmt.Sprintf("%s: holds %s %s (%s)", l.File, l.Masked, l.Form, l.Entry)
}

// Leaks reads every file of a shared or public build and returns the places
// that hold the original of a cover name or match a redact pattern, by file.
// A private build may show everything and is not read.
//
// It reads what stands there, in the forms a reader or a machine would meet
// it. What a note meant to say is not its business: replacing names is the
// model's, and a gate that also repaired would hide that the model failed.
func (r *Result) Leaks(ctx context.Context) ([]Leak, error) { return r.LeaksIn(ctx, r.Files) }

// LeaksIn reads other files made of the same handbook as Leaks reads its own.
func (r *Result) LeaksIn(ctx context.Context, files output.Files) ([]Leak, error) {
	if r.Site.Book.Profile == note.Private {
		return nil, nil
	}
	terms, err := forbidden(r.Site.Book.Settings)
	if err != nil || len(terms) == 0 {
		return nil, err
	}
	leaks := make([][]Leak, len(files))
	errs := make([]error, len(files))
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(files)) {
		wg.Go(func() {
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= len(files) {
					return
				}
				leaks[i], errs[i] = leaksOf(files[i], terms)
			}
		})
	}
	wg.Wait()
	for _, err := range append(errs, ctx.Err()) {
		if err != nil {
			return nil, err
		}
	}
	return withoutEchoes(slices.Concat(leaks...)), nil
}

// withoutEchoes leaves out what is held because a page holds it: mending
// the page mends it.
func withoutEchoes(leaks []Leak) []Leak {
	onPage := make(map[string]bool)
	for _, l := range leaks {
		if !render.Echoes(l.File) {
			onPage[l.Entry] = true
		}
	}
	return slices.DeleteFunc(leaks, func(l Leak) bool { return render.Echoes(l.File) && onPage[l.Entry] })
}

// A term is one thing that must not be shown, ready to be looked for in
// folded text.
type term struct {
	entry   string
	pattern *regexp.Regexp // on text folded as by foldText
	slug    string         // as part of a file's name, or ""
	whole   bool           // counts only when no letter stands on either side
}

// shortName is the length up to which a name counts only as a word of its
// own: "Meta" would be found in every second page as "metadata".
const shortName = 4

// forbidden are the terms of the settings, cover names first, each in a
// stable order. A pattern that cannot be read is an error: with it unread,
// nothing may be published.
func forbidden(s handbook.Settings) ([]term, error) {
	var terms []term
	for i, name := range slices.Sorted(maps.Keys(s.CoverNames)) {
		if folded := foldText(name); folded != "" {
			terms = append(terms, term{
				entry:   fmt.Sprintf("cover_names %d", i+1),
				pattern: regexp.MustCompile(regexp.QuoteMeta(folded)),
				slug:    note.Slug(name),
				whole:   utf8.RuneCountInString(folded) <= shortName,
			})
		}
	}
	for i, pattern := range s.Redact {
		if strings.TrimSpace(pattern) == "" {
			continue
		}
		entry := fmt.Sprintf("redact %d", i+1)
		re, err := regexp.Compile("(?i)" + pattern)
		if err != nil {
			return nil, fmt.Errorf("%s in debrief.yaml cannot be read as a pattern, so nothing can be shown to others: %w", entry, err)
		}
		terms = append(terms, term{entry: entry, pattern: re})
	}
	return terms, nil
}

func leaksOf(f output.File, terms []term) ([]Leak, error) {
	if fromTheme(f) {
		return nil, nil
	}
	data, err := f.Bytes()
	if err != nil {
		return nil, err
	}
	text := ""
	if path.Ext(f.Path) == ".html" || path.Ext(f.Path) == ".svg" {
		data, text = meant(data)
	} else if said, ok := search.Strings(data); ok {
		// Its numbers count words and mean nothing, and no reader sees two of
		// its texts as one.
		data = []byte(strings.Join(said, "\x00"))
	}
	raw := string(data)
	forms := []struct{ name, text string }{
		{"in its name", foldText(strings.NewReplacer("/", " ", "-", " ").Replace(f.Path))},
		{"as written", foldText(raw)},
		{"as text", foldText(text)},
	}
	var leaks []Leak
	for _, t := range terms {
		if t.slug != "" && t.hasSlug(f.Path) {
			leaks = append(leaks, Leak{f.Path, "in its name", mask(t.slug), t.entry})
			continue
		}
		for _, form := range forms {
			if found := t.find(form.text); found != "" {
				leaks = append(leaks, Leak{f.Path, form.name, mask(found), t.entry})
				break
			}
		}
	}
	return leaks, nil
}

// fromTheme reports a file that debrief itself brought: no note reaches it,
// and a style sheet's "-apple-system" is no company.
func fromTheme(f output.File) bool {
	name, ok := strings.CutPrefix(f.Path, render.AssetDir+"/")
	if !ok {
		return false
	}
	if name == "site.css" {
		return true
	}
	data, err := f.Bytes()
	if err != nil {
		return false
	}
	for _, theme := range []fs.FS{themes.Default(), themes.Client()} {
		if own, err := fs.ReadFile(theme, "assets/"+name); err == nil && bytes.Equal(own, data) {
			return true
		}
	}
	return false
}

// meant takes the language of markup away: raw is everything that authors can
// have a say in (text, attribute values, comments), entities decoded, and text
// is what a reader sees, with no gap where a tag stood, so that a name split
// by tags is whole again.
func meant(page []byte) (raw []byte, text string) {
	var all, seen bytes.Buffer
	z := nethtml.NewTokenizer(bytes.NewReader(page))
	for {
		switch z.Next() {
		case nethtml.ErrorToken:
			return all.Bytes(), seen.String()
		case nethtml.TextToken:
			t := html.UnescapeString(string(z.Raw()))
			all.WriteString(t)
			seen.WriteString(t)
		case nethtml.CommentToken, nethtml.DoctypeToken:
			all.WriteByte('\n')
			all.Write(z.Raw())
			all.WriteByte('\n')
		default:
			_, more := z.TagName()
			for more {
				var value []byte
				_, value, more = z.TagAttr()
				all.WriteByte('\n')
				all.Write(value)
			}
			all.WriteByte('\n')
		}
	}
}

var caseFold = cases.Fold()

// foldText makes the ways to write one name one: case, Unicode form, runs of
// space, and characters that nobody sees.
func foldText(s string) string {
	s = strings.Map(func(r rune) rune {
		switch r {
		case '\u00ad', '\u200b', '\u200c', '\u200d', '\u2060', '\ufeff':
			return -1
		}
		return r
	}, s)
	return strings.Join(strings.Fields(norm.NFC.String(caseFold.String(norm.NFKC.String(s)))), " ")
}

// find returns what matched, or "".
func (t term) find(text string) string {
	if !t.whole {
		return t.pattern.FindString(text)
	}
	for _, at := range t.pattern.FindAllStringIndex(text, -1) {
		before, _ := utf8.DecodeLastRuneInString(text[:at[0]])
		after, _ := utf8.DecodeRuneInString(text[at[1]:])
		if !unicode.IsLetter(before) && !unicode.IsLetter(after) {
			return text[at[0]:at[1]]
		}
	}
	return ""
}

// hasSlug reports whether a file's path spells the name as slugs do.
func (t term) hasSlug(file string) bool {
	for at := 0; ; {
		i := strings.Index(file[at:], t.slug)
		if i < 0 {
			return false
		}
		before, _ := utf8.DecodeLastRuneInString(file[:at+i])
		after, _ := utf8.DecodeRuneInString(file[at+i+len(t.slug):])
		if !t.whole || !unicode.IsLetter(before) && !unicode.IsLetter(after) {
			return true
		}
		at += i + 1
	}
}

// mask hides a term but for its first letter: the message may end in a log
// that more people read than the site.
func mask(s string) string {
	first, _ := utf8.DecodeRuneInString(s)
	return fmt.Sprintf("%c… (%d characters)", first, utf8.RuneCountInString(s))
}
