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

// Index writes the index of all pages to a buffer: a script that hands it to
// debriefSearch.index.
//
// Words are listed once with where they stand: for each field its number, how
// many pages, and each page as its distance from the one before. Where a word
// stands more than once on a page the distance is negative (less one, as the
// first may be zero) and the count follows.
func Index(to *bytes.Buffer, pages []Page) error {
	x := index{
		Pages:   make([]listed, len(pages)),
		Lengths: make([][fields]int, len(pages)),
		Kinds:   []string{},
		Trails:  []string{},
		Named:   []string{},
	}
	for i, p := range pages {
		x.Pages[i] = listed{p.File, p.Title, place(&x.Kinds, p.Kind), place(&x.Trails, strings.Join(p.Trail, " › ")), placesOf(&x.Named, p.Principles)}
	}
	found := standing(pages, x.Lengths)
	for word := range found {
		x.Words = append(x.Words, word)
	}
	slices.Sort(x.Words)
	to.WriteString(callOf + "index(")
	if err := encode(to, x); err != nil {
		return err
	}
	to.Truncate(to.Len() - len("}"))
	to.WriteString(`,"where":[`)
	for i, word := range x.Words {
		if i > 0 {
			to.WriteByte(',')
		}
		to.WriteByte('[')
		to.Write(found[word].pack(to.AvailableBuffer()))
		to.WriteByte(']')
	}
	to.WriteString(`],"perTexts":` + strconv.Itoa(PagesPerTexts) + "})\n")
	return nil
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
		spelt := make(foldings)
		for i := k * each; i < min((k+1)*each, len(pages)); i++ {
			pages[i].count(int32(i), spelt, all[k], &lengths[i])
		}
		for _, at := range all[k] {
			at.leave()
		}
	})
	for _, later := range all[1:] {
		for word, at := range later {
			if before := all[0][word]; before == nil {
				all[0][word] = at
			} else {
				for field := range at.lists {
					before.lists[field] = append(before.lists[field], at.lists[field]...)
				}
			}
		}
	}
	return all[0]
}

// count adds the words of the page of a number.
func (p Page) count(number int32, spelt foldings, to map[string]*places, lengths *[fields]int) {
	add := func(field int, text string) {
		for word := range spelt.words(text) {
			lengths[field]++
			at := to[word]
			if at == nil {
				at = &places{page: number}
				to[strings.Clone(word)] = at // and not the whole text with it
			}
			if at.page != number {
				at.leave()
				at.page = number
			}
			at.here[field]++
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

// index is what the index says, but for where words stand: there are tens of
// thousands, which Index packs by itself.
type index struct {
	Pages   []listed      `json:"pages"`
	Kinds   []string      `json:"kinds"`
	Trails  []string      `json:"trails"`
	Named   []string      `json:"principles"`
	Lengths [][fields]int `json:"lengths"` // words by field, of each page
	Words   []string      `json:"words"`
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
type places struct {
	page  int32         // the last one that has it
	here  [fields]int32 // how often, as far as that is counted
	lists [fields][]posting
}

// leave lists the last page, and is ready for the next.
func (p *places) leave() {
	for field, count := range p.here {
		if count > 0 {
			p.lists[field] = append(p.lists[field], posting{p.page, count})
			p.here[field] = 0
		}
	}
}

// pack appends the numbers that Index writes.
func (p *places) pack(out []byte) []byte {
	from := len(out)
	add := func(n int) {
		if len(out) > from {
			out = append(out, ',')
		}
		out = strconv.AppendInt(out, int64(n), 10)
	}
	for field, list := range p.lists {
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

// Texts writes the texts of the n-th PagesPerTexts pages to a buffer: a script
// that hands them to debriefSearch.texts.
func Texts(to *bytes.Buffer, n int, pages [][]Part) error {
	texts := make([][][3]string, len(pages))
	for i, parts := range pages {
		texts[i] = make([][3]string, len(parts))
		for j, part := range parts {
			texts[i][j] = [3]string{part.ID, part.Heading, part.Text}
		}
	}
	return Script(to, callOf+"texts", struct {
		N     int           `json:"n"`
		Texts [][][3]string `json:"texts"`
	}{n, texts})
}

// Script writes a call of a function with one value: what a page can load from
// a disk, where it may not fetch.
func Script(to *bytes.Buffer, function string, value any) error {
	to.WriteString(function + "(")
	if err := encode(to, value); err != nil {
		return err
	}
	to.WriteString(")\n")
	return nil
}

const callOf = "debriefSearch."

// written is the beginning of what Script writes.
var written = regexp.MustCompile(`^debrief[A-Za-z.]+\(`)

// encode writes JSON with nothing escaped that need not be, so that whoever
// looks for a name in the file finds it.
func encode(b *bytes.Buffer, value any) error {
	e := json.NewEncoder(b)
	e.SetEscapeHTML(false)
	if err := e.Encode(value); err != nil {
		return err
	}
	b.Truncate(b.Len() - len("\n"))
	return nil
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
