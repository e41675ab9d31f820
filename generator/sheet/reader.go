package sheet

import "debrief/generator/page"

// A reader remembers the letters of texts and how they break: each is set in
// many sizes, and in each by several alternates. Labels and other short texts
// that are put together while setting are told by what they say, all others by
// where they lie.
type reader struct {
	texts  map[readKey][]letter
	lines  map[breakKey][][]letter
	shorts map[page.Span][]letter
}

type readKey struct {
	first *page.Span
	n     int
}

type breakKey struct {
	text  readKey
	width int
}

func newReader() reader {
	return reader{make(map[readKey][]letter), make(map[breakKey][][]letter), make(map[page.Span][]letter)}
}

// short is the letters of one span.
func (r reader) short(s page.Span) []letter {
	out, ok := r.shorts[s]
	if !ok {
		out = letters([]page.Span{s})
		r.shorts[s] = out
	}
	return out
}

func (r reader) letters(spans []page.Span) []letter {
	if len(spans) == 0 {
		return nil
	}
	key := readKey{&spans[0], len(spans)}
	out, ok := r.texts[key]
	if !ok {
		out = letters(spans)
		r.texts[key] = out
	}
	return out
}

// broken is a text in lines of at most width units.
func (r reader) broken(spans []page.Span, width int) [][]letter {
	if len(spans) == 0 {
		return nil
	}
	key := breakKey{readKey{&spans[0], len(spans)}, width}
	out, ok := r.lines[key]
	if !ok {
		out = broken(r.letters(spans), width)
		r.lines[key] = out
	}
	return out
}
