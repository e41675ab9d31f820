// Package search makes what the search of a built site reads: one index of
// all words, and the texts that hits are shown with.
//
// It reads pages as they were drawn, so a reader finds what stands there, what
// the profile hides cannot be found, and every hit has an anchor to land on.
// How hits are ranked and shown belongs to themes/client/search.js, which
// splits what is typed as a splitter splits what is read.
package search

import (
	"maps"
	"runtime"
	"slices"
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

// Index writes the index of all pages: a script that hands it to
// debriefSearch.index.
//
// Words are listed once with where they stand: for each field its number, how
// many pages, and each page as its distance from the one before. Where a word
// stands more than once on a page the distance is negative (less one, as the
// first may be zero) and the count follows.
func Index(pages []Page) []byte {
	var (
		kinds, trails, principles []string
		lengths                   = make([][fields]int, len(pages))
		found                     = standing(pages, lengths)
		s                         = make(script, 0, 1<<10*(len(pages)+1)) // about what a page adds
	)
	s.write(callOf + `index({"pages":`)
	list(&s, pages, func(p Page) {
		s.write("[")
		s.string(p.File)
		s.write(",")
		s.string(p.Title)
		s.write(",")
		s.int(place(&kinds, p.Kind))
		s.write(",")
		s.int(place(&trails, strings.Join(p.Trail, " › ")))
		s.write(",")
		list(&s, p.Principles, func(name string) { s.int(place(&principles, name)) })
		s.write("]")
	})
	s.write(`,"kinds":`)
	list(&s, kinds, s.string)
	s.write(`,"trails":`)
	list(&s, trails, s.string)
	s.write(`,"principles":`)
	list(&s, principles, s.string)
	s.write(`,"lengths":`) // words by field, of each page
	list(&s, lengths, func(of [fields]int) { list(&s, of[:], s.int) })
	s.write(`,"words":`)
	list(&s, found, func(at *places) { s.string(at.word) })
	s.write(`,"where":`)
	list(&s, found, s.places)
	s.write(`,"perTexts":`)
	s.int(PagesPerTexts)
	s.write("})\n")
	return s
}

// standing finds where words stand, in the order of words, and counts them.
// Nothing else is left to do at the end of a build, so each processor takes
// some of the pages.
func standing(pages []Page, lengths [][fields]int) []*places {
	each := max(1, (len(pages)+runtime.GOMAXPROCS(0)-1)/runtime.GOMAXPROCS(0))
	all := make([]map[string]*places, (len(pages)+each-1)/each)
	if len(all) == 0 {
		return nil
	}
	workers.All(len(all), func(k int) {
		c := newCounter()
		for i := k * each; i < min((k+1)*each, len(pages)); i++ {
			c.count(pages[i], int32(i), &lengths[i])
		}
		all[k] = c.words
	})
	found := all[0]
	for _, later := range all[1:] {
		for word, at := range later {
			if before := found[word]; before == nil {
				found[word] = at
			} else {
				for field, on := range at.lists {
					before.lists[field] = append(before.lists[field], on...)
				}
			}
		}
	}
	return slices.SortedFunc(maps.Values(found), func(a, b *places) int { return strings.Compare(a.word, b.word) })
}

// A counter counts the words of one page after the other.
type counter struct {
	splitter
	words   map[string]*places
	recent  [1 << 12]*places // the last of each shape, found without the map
	page    int32
	field   int
	lengths *[fields]int
	room    []posting // for lists that grow
}

func newCounter() *counter {
	c := &counter{words: make(map[string]*places)}
	c.found = c.word
	return c
}

// count adds the words of the page of a number.
func (c *counter) count(p Page, number int32, lengths *[fields]int) {
	c.page, c.lengths = number, lengths
	c.add(fieldTitle, p.Title)
	for _, above := range p.Trail {
		c.add(fieldTitle, above)
	}
	for _, part := range p.Parts {
		c.add(fieldHeadings, part.Heading)
		c.add(fieldText, part.Text)
	}
}

func (c *counter) add(field int, text string) {
	c.field = field
	c.split(text)
}

// word counts a word where it is met.
func (c *counter) word(word []byte) {
	c.lengths[c.field]++
	on := &c.placesOf(word).lists[c.field]
	if last := len(*on) - 1; last >= 0 && (*on)[last].page == c.page {
		(*on)[last].count++
		return
	}
	if len(*on) == cap(*on) {
		*on = c.roomy(*on)
	}
	*on = append(*on, posting{c.page, 1})
}

// roomy moves a list to where it can grow. There are tens of thousands, most of
// them short: their room is taken from a large one.
func (c *counter) roomy(list []posting) []posting {
	size := max(2, 2*len(list))
	if len(c.room) < size {
		c.room = make([]posting, max(size, 1<<12))
	}
	roomy := append(c.room[:0:size], list...)
	c.room = c.room[size:]
	return roomy
}

// placesOf are where a word stood so far. A text says a few words again and
// again: their length, ends and middle tell most of those apart, and a word that
// is not the recent one of its shape is looked up.
func (c *counter) placesOf(word []byte) *places {
	shape := int(word[0]) + int(word[len(word)/2])<<3 + int(word[len(word)-1])<<6 + len(word)<<9
	recent := &c.recent[shape%len(c.recent)]
	if *recent != nil && (*recent).word == string(word) {
		return *recent
	}
	at := c.words[string(word)]
	if at == nil {
		at = &places{word: string(word)}
		c.words[at.word] = at
	}
	*recent = at
	return at
}

type posting struct{ page, count int32 }

// places are where a word stands, by field and in the order of pages.
type places struct {
	word  string
	lists [fields][]posting
}

// places packs where a word stands.
func (s *script) places(p *places) {
	s.write("[")
	between := ""
	for field, on := range p.lists {
		if len(on) == 0 {
			continue
		}
		s.write(between)
		between = ","
		s.int(field)
		s.write(",")
		s.int(len(on))
		before := 0
		for _, at := range on {
			page := int(at.page)
			s.write(",")
			if at.count == 1 {
				s.int(page - before)
			} else {
				s.int(before - page - 1)
				s.write(",")
				s.int(int(at.count))
			}
			before = page
		}
	}
	s.write("]")
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

// PagesPerTexts is how many pages share a file of texts: few enough that a hit
// is shown soon, many enough that a small handbook is a handful of files.
const PagesPerTexts = 16

// Texts appends to out the texts of the n-th PagesPerTexts pages: a script that
// hands them to debriefSearch.texts.
func Texts(out []byte, n int, pages []Page) []byte {
	size := 0 // and a few escapes
	for _, p := range pages {
		for _, part := range p.Parts {
			size += len(part.ID) + len(part.Heading) + len(part.Text)*33/32 + len(`["","",""],`)
		}
	}
	s := script(slices.Grow(out, size+256))
	s.write(callOf + `texts({"n":`)
	s.int(n)
	s.write(`,"texts":`)
	list(&s, pages, func(p Page) {
		list(&s, p.Parts, func(part Part) { list(&s, []string{part.ID, part.Heading, part.Text}, s.string) })
	})
	s.write("})\n")
	return s
}
