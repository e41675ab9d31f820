package search

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"
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
func Read(page []byte) []Part {
	r := reader{z: html.NewTokenizer(bytes.NewReader(page)), parts: []Part{{}}}
	for r.next() {
	}
	r.end()
	return r.parts
}

// elsewhere are the classes of what leads to other pages or says what they
// say, besides navigation.
var elsewhere = []string{"backlinks", "findings", "told", "tags", "embed", "anchor", "vh"}

// A reader walks through a page once. Pages are well formed: they come from
// templates and from prose.
type reader struct {
	z       *html.Tokenizer
	parts   []Part
	text    strings.Builder
	main    bool
	heading bool // in the heading of the last part
}

func (r *reader) next() bool {
	switch r.z.Next() {
	case html.ErrorToken:
		return false
	case html.TextToken:
		if r.main {
			r.text.Write(r.z.Text())
		}
	case html.StartTagToken:
		r.start()
	case html.EndTagToken:
		name, _ := r.z.TagName()
		switch tag := atom.Lookup(name); {
		case tag == atom.Main:
			r.main = false
		case r.heading && (tag == atom.H2 || tag == atom.H3):
			r.parts[len(r.parts)-1].Heading = r.taken()
			r.heading = false
		case !inline[tag]:
			r.text.WriteByte('\n')
		}
	}
	return true
}

func (r *reader) start() {
	name, more := r.z.TagName()
	tag := atom.Lookup(name)
	var id, class string
	hidden := false
	for more {
		var key, value []byte
		key, value, more = r.z.TagAttr()
		switch string(key) {
		case "id":
			id = string(value)
		case "class":
			class = string(value)
		case "aria-hidden":
			hidden = string(value) == "true"
		}
	}
	switch {
	case tag == atom.Main:
		r.main = true
		r.text.Reset()
	case !r.main:
	case hidden, skipped[tag], isElsewhere(class):
		r.skip(tag)
	case (tag == atom.H2 || tag == atom.H3) && id != "":
		r.end()
		r.parts = append(r.parts, Part{ID: id})
		r.heading = true
	case !inline[tag]:
		r.text.WriteByte('\n')
	}
}

// skip goes on behind the end of an element.
func (r *reader) skip(tag atom.Atom) {
	if void[tag] {
		return
	}
	for depth := 1; depth > 0; {
		kind := r.z.Next()
		if kind == html.ErrorToken {
			return
		}
		name, _ := r.z.TagName()
		if atom.Lookup(name) != tag {
			continue
		}
		switch kind {
		case html.StartTagToken:
			depth++
		case html.EndTagToken:
			depth--
		}
	}
}

// end gives the last part the text since its heading.
func (r *reader) end() { r.parts[len(r.parts)-1].Text = r.taken() }

func (r *reader) taken() string {
	text := strings.Join(strings.Fields(r.text.String()), " ")
	r.text.Reset()
	return text
}

func isElsewhere(class string) bool {
	for one := range strings.FieldsSeq(class) {
		for _, c := range elsewhere {
			if one == c {
				return true
			}
		}
	}
	return false
}

// skipped hold no text of the page; its title is known.
var skipped = map[atom.Atom]bool{atom.Nav: true, atom.Svg: true, atom.H1: true, atom.Script: true, atom.Button: true, atom.Input: true}

var void = map[atom.Atom]bool{atom.Input: true, atom.Img: true, atom.Br: true, atom.Hr: true, atom.Wbr: true}

// inline do not part words.
var inline = map[atom.Atom]bool{
	atom.A: true, atom.Abbr: true, atom.B: true, atom.Bdi: true, atom.Cite: true, atom.Code: true, atom.Data: true, atom.Del: true,
	atom.Em: true, atom.I: true, atom.Ins: true, atom.Kbd: true, atom.Label: true, atom.Mark: true, atom.Q: true, atom.S: true, atom.Samp: true,
	atom.Small: true, atom.Span: true, atom.Strong: true, atom.Sub: true, atom.Sup: true, atom.Time: true, atom.U: true, atom.Var: true, atom.Wbr: true,
}
