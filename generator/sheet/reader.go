package sheet

import "debrief/generator/page"

// A reader remembers texts: each is set in many sizes, and in each by several
// alternates. Labels and other short texts that are put together while setting
// are told by what they say, all others by where they lie.
type reader struct {
	texts  map[readKey]*text
	shorts map[page.Span]*text
}

type readKey struct {
	first *page.Span
	n     int
}

func newReader() reader {
	return reader{make(map[readKey]*text), make(map[page.Span]*text)}
}

// short is the text of one span.
func (r reader) short(s page.Span) *text {
	out, ok := r.shorts[s]
	if !ok {
		out = newText([]page.Span{s})
		r.shorts[s] = out
	}
	return out
}

// text is the text of some spans.
func (r reader) text(spans []page.Span) *text {
	if len(spans) == 0 {
		return &text{}
	}
	key := readKey{&spans[0], len(spans)}
	out, ok := r.texts[key]
	if !ok {
		out = newText(spans)
		r.texts[key] = out
	}
	return out
}
