// Package search makes what the search of a built site reads: one index of
// all words, and the texts that hits are shown with.
//
// It reads pages as they were drawn, so a reader finds what stands there, what
// the profile hides cannot be found, and every hit has an anchor to land on.
// How hits are ranked and shown belongs to themes/client/search.js, which
// splits what is typed as Words splits what is read.
package search

import (
	"bytes"
	"encoding/json"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"

	"debrief/generator/workers"
)

// A Page is a page to be found.
type Page struct {
	File       string
	Title      string
	Kind       string   // "Incident"; one of the filters
	Trail      []string // the way down to it, home left out
	Principles []string // that it shows; the other filter
	Parts      []Part
}

// The fields of a page that are ranked apart, as the script names them.
const (
	fieldTitle = iota
	fieldHeadings
	fieldText
	fields
)

// Index writes the index of all pages: a script that hands it to
// debriefSearch.index.
//
// Words are listed once with where they stand: for each field its number, how
// many pages, and each page as its distance from the one before. Where a word
// stands more than once on a page the distance is negative (less one, as the
// first may be zero) and the count follows.
func Index(pages []Page) ([]byte, error) {
	x := index{
		Pages:    make([]listed, len(pages)),
		Lengths:  make([][fields]int, len(pages)),
		Kinds:    []string{},
		Trails:   []string{},
		Named:    []string{},
		PerTexts: PagesPerTexts,
	}
	for i, p := range pages {
		x.Pages[i] = listed{p.File, p.Title, place(&x.Kinds, p.Kind), place(&x.Trails, strings.Join(p.Trail, " › ")), placesOf(&x.Named, p.Principles)}
	}
	found := standing(pages, x.Lengths)
	for word := range found {
		x.Words = append(x.Words, word)
	}
	slices.Sort(x.Words)
	for _, word := range x.Words {
		x.Where = append(x.Where, found[word])
	}
	return Script(callOf+"index", x)
}

// standing finds where words stand, and counts them. Nothing else is left to
// do at the end of a build, so each processor takes some of the pages.
func standing(pages []Page, lengths [][fields]int) map[string]*places {
	each := max(1, (len(pages)+runtime.GOMAXPROCS(0)-1)/runtime.GOMAXPROCS(0))
	all := make([]map[string]*places, (len(pages)+each-1)/each)
	if len(all) == 0 {
		return nil
	}
	workers.All(len(all), func(k int) {
		all[k] = make(map[string]*places)
		for i := k * each; i < min((k+1)*each, len(pages)); i++ {
			pages[i].count(int32(i), all[k], &lengths[i])
		}
	})
	for _, later := range all[1:] {
		for word, at := range later {
			if before := all[0][word]; before == nil {
				all[0][word] = at
			} else {
				for field := range at {
					before[field] = append(before[field], at[field]...)
				}
			}
		}
	}
	return all[0]
}

// count adds the words of the page of a number.
func (p Page) count(number int32, to map[string]*places, lengths *[fields]int) {
	add := func(field int, text string) {
		for word := range Words(text) {
			lengths[field]++
			at := to[word]
			if at == nil {
				at = new(places)
				to[strings.Clone(word)] = at // and not the whole text with it
			}
			if list := at[field]; len(list) > 0 && list[len(list)-1].page == number {
				list[len(list)-1].count++
			} else {
				at[field] = append(list, posting{number, 1})
			}
		}
	}
	add(fieldTitle, p.Title)
	for _, above := range p.Trail {
		add(fieldTitle, above)
	}
	for _, part := range p.Parts {
		add(fieldHeadings, part.Heading)
		add(fieldText, part.Text)
	}
}

type index struct {
	Pages    []listed      `json:"pages"`
	Kinds    []string      `json:"kinds"`
	Trails   []string      `json:"trails"`
	Named    []string      `json:"principles"`
	Lengths  [][fields]int `json:"lengths"` // words by field, of each page
	Words    []string      `json:"words"`
	Where    everywhere    `json:"where"`
	PerTexts int           `json:"perTexts"`
}

type listed struct {
	File, Title string
	Kind, Trail int
	Principles  []int
}

// MarshalJSON leaves the names of the fields out; there may be thousands.
func (l listed) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	err := encode(&b, []any{l.File, l.Title, l.Kind, l.Trail, l.Principles})
	return b.Bytes(), err
}

type posting struct{ page, count int32 }

// places are where a word stands, by field and in the order of pages.
type places [fields][]posting

type everywhere []*places

// MarshalJSON packs them, all at once: there are tens of thousands.
func (e everywhere) MarshalJSON() ([]byte, error) {
	out := []byte{'['}
	for i, p := range e {
		if i > 0 {
			out = append(out, ',')
		}
		out = p.pack(append(out, '['))
		out = append(out, ']')
	}
	return append(out, ']'), nil
}

func (p *places) pack(out []byte) []byte {
	from := len(out)
	add := func(n int) {
		if len(out) > from {
			out = append(out, ',')
		}
		out = strconv.AppendInt(out, int64(n), 10)
	}
	for field, list := range p {
		if len(list) == 0 {
			continue
		}
		add(field)
		add(len(list))
		before := 0
		for _, p := range list {
			if page := int(p.page); p.count == 1 {
				add(page - before)
			} else {
				add(before - page - 1)
				add(int(p.count))
			}
			before = int(p.page)
		}
	}
	return out
}

// place returns the place of a name in a list that grows as needed.
func place(list *[]string, name string) int {
	i := slices.Index(*list, name)
	if i < 0 {
		i = len(*list)
		*list = append(*list, name)
	}
	return i
}

func placesOf(list *[]string, names []string) []int {
	out := make([]int, 0, len(names))
	for _, name := range names {
		out = append(out, place(list, name))
	}
	return out
}

// PagesPerTexts is how many pages share a file of texts: few enough that a hit
// is shown soon, many enough that a small handbook is a handful of files.
const PagesPerTexts = 16

// Texts writes the texts of the n-th PagesPerTexts pages: a script that hands
// them to debriefSearch.texts.
func Texts(n int, pages []Page) ([]byte, error) {
	texts := make([][][3]string, len(pages))
	for i, p := range pages {
		texts[i] = make([][3]string, len(p.Parts))
		for j, part := range p.Parts {
			texts[i][j] = [3]string{part.ID, part.Heading, part.Text}
		}
	}
	return Script(callOf+"texts", struct {
		N     int           `json:"n"`
		Texts [][][3]string `json:"texts"`
	}{n, texts})
}

// Script is a call of a function with one value: what a page can load from a
// disk, where it may not fetch.
func Script(function string, value any) ([]byte, error) {
	b := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(b)
	b.Reset()
	b.WriteString(function + "(")
	if err := encode(b, value); err != nil {
		return nil, err
	}
	b.Truncate(b.Len() - 1) // a line feed
	b.WriteString(")\n")
	return bytes.Clone(b.Bytes()), nil
}

// buffers are for scripts in the making.
var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

const callOf = "debriefSearch."

// written is the beginning of what Script writes.
var written = regexp.MustCompile(`^debrief[A-Za-z.]+\(`)

// encode writes JSON with nothing escaped that need not be, so that whoever
// looks for a name in the file finds it.
func encode(b *bytes.Buffer, value any) error {
	e := json.NewEncoder(b)
	e.SetEscapeHTML(false)
	return e.Encode(value)
}

// Strings returns every text in a file that Script wrote: what a reader may
// come to see of it.
func Strings(file []byte) (said []string, ok bool) {
	call := written.Find(file)
	value, whole := bytes.CutSuffix(file[len(call):], []byte(")\n"))
	if call == nil || !whole || !json.Valid(value) {
		return nil, false
	}
	for d := json.NewDecoder(bytes.NewReader(value)); ; {
		t, err := d.Token()
		if err != nil {
			return said, true // the end
		}
		if s, ok := t.(string); ok {
			said = append(said, s)
		}
	}
}
