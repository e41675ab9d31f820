package search

import (
	"bytes"
	"slices"
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
	r := readers.Get().(*reader)
	defer readers.Put(r)
	r.begin(texts)
	if !scan(page, r) {
		r.begin(texts)
		tokenize(page, r)
	}
	return r.end()
}

// readers leave their room to the next page: what a page says leaves with a
// copy.
var readers = sync.Pool{New: func() any { return new(reader) }}

// A reader is told a page once from its beginning to its end, tag by tag.
// Elements without an end (<br/>) are none of its tags.
type reader struct {
	parts   []Part
	text    []byte // since the last heading began or ended
	texts   bool   // wanted, and not the headings alone
	main    bool   // in the page's own part
	heading bool   // in the heading of the last part

	// What is passed over until so many elements of its name have ended.
	passed atom.Atom
	depth  int
}

// begin forgets a page that was read before.
func (r *reader) begin(texts bool) {
	*r = reader{parts: append(r.parts[:0], Part{}), text: r.text[:0], texts: texts}
}

// end returns the parts of a page that was told to its end.
func (r *reader) end() []Part {
	r.endPart()
	parts := slices.Clone(r.parts)
	clear(r.parts[:cap(r.parts)]) // nothing of the page is kept here
	return parts
}

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

func (r *reader) startTag(tag atom.Atom, a *attributes) {
	switch {
	case r.depth > 0:
		if tag == r.passed {
			r.depth++
		}
	case tag == atom.Main:
		r.main = true
		r.text = r.text[:0]
	case !r.main:
	case string(a.hidden) == "true", textless(tag), isElsewhere(a.class):
		if !endless(tag) {
			r.passed, r.depth = tag, 1
		}
	case isHeading(tag) && len(a.id) > 0:
		r.endPart()
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
		r.text = append(r.text, '\n')
	}
}

// endPart gives the last part the text since its heading.
func (r *reader) endPart() {
	if text := r.taken(); r.texts {
		r.parts[len(r.parts)-1].Text = text
	}
}

// taken is the text so far, with one space between words.
func (r *reader) taken() string {
	text := string(spaced(r.text))
	r.text = r.text[:0]
	return text
}

// spaced leaves one space between words and none around them. It writes over
// the text, and moves only what stands behind something left out.
func spaced(text []byte) []byte {
	n, from := 0, 0 // how much is in its place; where what is next to move begins
	last := blank
	for i := 0; i < len(text); i++ {
		is := looks[text[i]]
		if is&(last|wide) == 0 { // most bytes; a test of both at once is what makes it fast
			last = is & blank
			continue
		}
		r, size := utf8.DecodeRune(text[i:])
		if unicode.IsSpace(r) {
			n += copy(text[n:], text[from:i])
			if last != blank {
				text[n] = ' '
				n++
			}
			from, last = i+size, blank
		} else {
			last = 0
		}
		i += size - 1
	}
	n += copy(text[n:], text[from:])
	return bytes.TrimSuffix(text[:n], []byte(" "))
}

// looks are what a byte of a text can be, 0 for a part of a word.
var looks = func() (looks [256]uint8) {
	for c := range looks {
		if c < ' ' || c >= utf8.RuneSelf {
			looks[c] = wide
		}
	}
	looks[' '] = blank
	looks['"'], looks['\\'] = escaped, escaped
	return looks
}()

const (
	blank   uint8 = 1 << iota
	wide          // may be white space of another kind, or part of a longer rune
	escaped       // in a text in quotes
)

// isElsewhere reports whether a class is of what leads to other pages or says
// what they say, besides navigation.
func isElsewhere(class []byte) bool {
	for one := range bytes.FieldsSeq(class) {
		switch string(one) {
		case "backlinks", "findings", "told", "tags", "embed", "anchor", "vh":
			return true
		}
	}
	return false
}
