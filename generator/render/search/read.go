package search

import (
	"bytes"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/atom"
)

// A Part is a piece of a page that a hit can lead to.
type Part struct {
	ID      string // of its heading; "" for what stands before the first
	Heading string
	Text    string
}

// Read takes a drawn page apart by its headings. What the page says of other
// pages is left out: it is found there.
func Read(page []byte) []Part { return read(page, true) }

// Headings are the parts of a drawn page without their texts.
func Headings(page []byte) []Part { return read(page, false) }

func read(page []byte, texts bool) []Part {
	room := rooms.Get().(*[]byte)
	defer rooms.Put(room)
	r := newReader(texts)
	r.text = (*room)[:0]
	if !scan(page, r) {
		r = newReader(texts)
		tokenize(page, r)
	}
	r.end()
	*room = r.text
	return r.parts
}

// rooms are for the text of a part: what is kept of it is copied.
var rooms = sync.Pool{New: func() any { return new([]byte) }}

// A reader is told a page once from its beginning to its end, tag by tag.
// Elements without an end (<br/>) are none of its tags.
type reader struct {
	parts   []Part
	text    []byte // since the last heading began or ended, with one space between words
	gap     bool   // behind the text: what comes next is another word
	texts   bool   // wanted, and not the headings alone
	main    bool   // in the page's own part
	heading bool   // in the heading of the last part

	// What is passed over until so many elements of its name have ended.
	passed atom.Atom
	depth  int
}

func newReader(texts bool) *reader { return &reader{parts: []Part{{}}, texts: texts} }

// listens reports whether what comes next may be part of the page: texts, and
// what tags say besides their names.
func (r *reader) listens() bool { return r.main && r.depth == 0 }

// keeps reports whether a text that comes next is kept.
func (r *reader) keeps() bool { return r.listens() && (r.texts || r.heading) }

// attributes are the values of those that count, nil where there is none.
type attributes struct{ id, class, hidden []byte }

// of returns where the value of an attribute belongs, nil for all others.
func (a *attributes) of(name []byte) *[]byte {
	switch {
	case isNamed(name, "id"):
		return &a.id
	case isNamed(name, "class"):
		return &a.class
	case isNamed(name, "aria-hidden"):
		return &a.hidden
	}
	return nil
}

// isNamed compares in ASCII, in either case.
func isNamed(name []byte, as string) bool {
	return len(name) == len(as) && strings.EqualFold(string(name), as)
}

func (r *reader) startTag(tag atom.Atom, a attributes) {
	switch {
	case r.depth > 0:
		if tag == r.passed {
			r.depth++
		}
	case tag == atom.Main:
		r.main = true
		r.taken()
	case !r.main:
	case string(a.hidden) == "true", textless(tag), isElsewhere(a.class):
		if !endless(tag) {
			r.passed, r.depth = tag, 1
		}
	case isHeading(tag) && len(a.id) > 0:
		r.end()
		r.parts = append(r.parts, Part{ID: string(a.id)})
		r.heading = true
	default:
		r.parted(tag)
	}
}

func (r *reader) endTag(tag atom.Atom) {
	switch {
	case r.depth > 0:
		if tag == r.passed {
			r.depth--
		}
	case tag == atom.Main:
		r.main = false
	case r.heading && isHeading(tag):
		r.parts[len(r.parts)-1].Heading = r.taken()
		r.heading = false
	default:
		r.parted(tag)
	}
}

// parted parts the words before a tag from those behind it.
func (r *reader) parted(tag atom.Atom) {
	if r.keeps() && !inline(tag) {
		r.gap = true
	}
}

// say adds a text with its words parted by one space.
func (r *reader) say(text []byte) {
	for len(text) > 0 {
		if end := plain(text); end > 0 {
			r.add(text[:end])
			text = text[end:]
			continue
		}
		c, size := utf8.DecodeRune(text)
		if unicode.IsSpace(c) {
			r.gap = true
		} else {
			r.add(text[:size])
		}
		text = text[size:]
	}
}

// plain returns how far a text in ASCII needs no second look: words with one
// space between each two.
func plain(text []byte) int {
	spaced := true // a space may not come next
	for i, c := range text {
		switch {
		case ' ' < c && c < utf8.RuneSelf:
			spaced = false
		case c == ' ' && !spaced:
			spaced = true
		case spaced && i > 0: // the last space may be one of several
			return i - 1
		default:
			return i
		}
	}
	if spaced && len(text) > 0 {
		return len(text) - 1
	}
	return len(text)
}

func (r *reader) add(text []byte) {
	if r.gap && len(r.text) > 0 {
		r.text = append(r.text, ' ')
	}
	r.gap = false
	r.text = append(r.text, text...)
}

// end gives the last part the text since its heading.
func (r *reader) end() {
	if text := r.taken(); r.texts {
		r.parts[len(r.parts)-1].Text = text
	}
}

// taken is the text so far.
func (r *reader) taken() string {
	text := string(r.text)
	r.text, r.gap = r.text[:0], false
	return text
}

// isElsewhere reports whether a class is of what leads to other pages or says
// what they say, besides navigation.
func isElsewhere(class []byte) bool {
	if len(class) < 2 {
		return false // nearly every span of code
	}
	for one := range bytes.FieldsSeq(class) {
		switch string(one) {
		case "backlinks", "findings", "told", "tags", "embed", "anchor", "vh":
			return true
		}
	}
	return false
}
