package sheet

import (
	"slices"

	"debrief/generator/page"
)

// A reader remembers texts: each is set in many sizes, and in each by several
// alternates. Labels and other short texts that are put together while setting
// are told by what they say, all others by where they lie: nobody changes a
// text that is on a sheet.
type reader struct {
	texts   map[readKey]*text
	shorts  map[page.Span]*text
	letters []letter // of all texts
	stops   []stop
}

type readKey struct {
	first *page.Span
	n     int
}

func newReader() reader {
	return reader{texts: make(map[readKey]*text), shorts: make(map[page.Span]*text)}
}

// forget keeps what was read, until that is much: then it begins anew.
func (r *reader) forget() {
	if len(r.letters) > mostKept {
		*r = newReader()
	}
}

func (r *reader) newText(spans []page.Span) *text {
	first, stop := len(r.letters), len(r.stops)
	r.letters = letters(r.letters, spans)
	t := &text{letters: slices.Clip(r.letters[first:])}
	r.stops = t.measure(r.stops)
	t.stops = slices.Clip(r.stops[stop:])
	return t
}

// short is the text of one span.
func (r *reader) short(s page.Span) *text {
	out, ok := r.shorts[s]
	if !ok {
		out = r.newText([]page.Span{s})
		r.shorts[s] = out
	}
	return out
}

// text is the text of some spans.
func (r *reader) text(spans []page.Span) *text {
	if len(spans) == 0 {
		return &text{}
	}
	key := readKey{&spans[0], len(spans)}
	out, ok := r.texts[key]
	if !ok {
		out = r.newText(spans)
		r.texts[key] = out
	}
	return out
}
