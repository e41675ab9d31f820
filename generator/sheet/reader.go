package sheet

import (
	"encoding/binary"
	"slices"

	"debrief/generator/page"
)

// A reader remembers texts by what they say: each is set in many sizes, in
// each by several alternates, and the sheets of a handbook say much the same.
type reader struct {
	shorts  map[page.Span]*text // of one span
	texts   map[string]*text    // of several, by their keys
	key     []byte              // of the text that is asked for
	letters []letter            // of all texts
	stops   []stop
	lines   [][]letter // of the text that was last broken into lines
}

func newReader() reader {
	return reader{shorts: make(map[page.Span]*text), texts: make(map[string]*text)}
}

// forget keeps nothing but the room.
func (r *reader) forget() {
	clear(r.shorts)
	clear(r.texts)
	r.letters, r.stops = r.letters[:0], r.stops[:0]
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
	if len(spans) == 1 {
		return r.short(spans[0])
	}
	r.key = keyOf(r.key[:0], spans)
	out, ok := r.texts[string(r.key)]
	if !ok {
		out = r.newText(spans)
		r.texts[string(r.key)] = out
	}
	return out
}

// keyOf appends what tells spans from all others.
func keyOf(key []byte, spans []page.Span) []byte {
	for _, s := range spans {
		style := byte(0)
		if s.Bold {
			style |= 1
		}
		if s.Mono {
			style |= 2
		}
		key = binary.AppendUvarint(append(key, style), uint64(len(s.Text)))
		key = append(key, s.Text...)
	}
	return key
}

// An entry is a block of a card with its texts, ready to be set.
type entry struct {
	*page.Block
	text  *text   // of a paragraph, an item, a subhead
	label *text   // of an item
	cells []*text // of a row
}

const bullet = "•"

func (r *reader) entries(blocks []page.Block) []entry {
	out, dot := make([]entry, len(blocks)), r.short(page.Span{Text: bullet})
	for i := range blocks {
		b := &blocks[i]
		e := entry{Block: b}
		switch b.Kind {
		case page.Strip, page.Headline:
		case page.Row:
			for _, c := range b.Cells {
				e.cells = append(e.cells, r.text(c))
			}
		case page.Item:
			if e.label = dot; b.Label != "" {
				e.label = r.short(page.Span{Text: b.Label, Bold: true})
			}
			e.text = r.text(b.Text)
		default:
			e.text = r.text(b.Text)
		}
		out[i] = e
	}
	return out
}
