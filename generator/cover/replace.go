package cover

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"debrief/generator/measure"
)

// A hit is a place in a source that is to be covered.
type hit struct {
	term  *term
	spans []span // what the name itself takes up; markup between stays
	at    int    // index of the span that the cover takes the place of
	upper bool   // the name begins with a capital
	round string // of a figure: what is told instead
}

type span struct{ from, to int }

func (h *hit) from() int { return h.spans[0].from }
func (h *hit) to() int   { return h.spans[len(h.spans)-1].to }

// figures are the places in a source where figures stand that are to be told
// in round numbers.
func (n *Names) figures(src []byte) []hit {
	if n.coarse == (measure.Coarse{}) {
		return nil
	}
	var all []hit
	for _, f := range measure.Scan(string(src)) {
		said := string(src[f.From:f.To])
		round := measure.Roughly(said)
		if !n.coarse.Covers(f.Quantity) || round == said {
			continue
		}
		if f.Approx == measure.Exact {
			round = "about " + round
			if beginsSentence(src[:f.From]) {
				round = capital(round)
			}
		}
		all = append(all, hit{term: &term{}, spans: []span{{f.From, f.To}}, round: round})
	}
	return all
}

// hits are the places in a source where names stand, and the figures given, in
// order and apart from each other; of two that share a place the longer counts.
func (n *Names) hits(src []byte, all []hit, patterns bool) []hit {
	views := &views{src: src}
	for i := range n.terms {
		t := &n.terms[i]
		if !t.folded && !patterns {
			continue
		}
		for _, v := range t.views(views, true) {
			for _, m := range t.find(v) {
				if h := v.hit(src, m); len(h.spans) > 0 {
					all = append(all, h)
				}
			}
		}
	}
	slices.SortStableFunc(all, func(a, b hit) int {
		return cmp.Or(cmp.Compare(a.from(), b.from()), cmp.Compare(b.to(), a.to()))
	})
	kept := all[:0]
	for _, h := range all {
		switch last := len(kept) - 1; {
		case last < 0 || h.from() >= kept[last].to():
			kept = append(kept, h)
		case h.to()-h.from() > kept[last].to()-kept[last].from():
			kept[last] = h
		}
	}
	return kept
}

// hit finds where a match stands in the source. The cover goes where markup
// is deepest: **Con**toso becomes bold, and nothing is left empty.
func (v *view) hit(src []byte, m match) hit {
	h := hit{term: m.term}
	for i := m.from; i < m.to; i++ {
		from, to := int(v.from[i]), int(v.to[i])
		if n := len(h.spans); n > 0 && from <= h.spans[n-1].to {
			h.spans[n-1].to = max(to, h.spans[n-1].to)
			continue
		}
		h.spans = append(h.spans, span{from, to})
	}
	h.spans = withoutBreaks(src, h.spans)
	if len(h.spans) == 0 {
		return h // a pattern of line breaks alone
	}
	depth, deepest := 0, 0
	gaps := v.gaps
	if at, _ := slices.BinarySearchFunc(gaps, int32(h.spans[0].to), func(g gap, at int32) int { return cmp.Compare(g.at, at) }); at < len(gaps) {
		gaps = gaps[at:]
	} else {
		gaps = nil
	}
	for i := 1; i < len(h.spans); i++ {
		for len(gaps) > 0 && int(gaps[0].at) < h.spans[i].from {
			depth += int(gaps[0].deeper)
			gaps = gaps[1:]
		}
		if depth > deepest {
			deepest, h.at = depth, i
		}
	}
	r, _ := utf8.DecodeRune(src[h.from():])
	h.upper = unicode.IsUpper(r)
	return h
}

// withoutBreaks cuts spans at line breaks, which stay: every line keeps its
// number.
func withoutBreaks(src []byte, spans []span) []span {
	if !slices.ContainsFunc(spans, func(s span) bool { return bytes.IndexByte(src[s.from:s.to], '\n') >= 0 }) {
		return spans
	}
	var cut []span
	for _, s := range spans {
		for line := range bytes.Lines(src[s.from:s.to]) {
			if n := len(bytes.TrimSuffix(line, []byte("\n"))); n > 0 {
				cut = append(cut, span{s.from, s.from + n})
			}
			s.from += len(line)
		}
	}
	return cut
}

// spread says what takes the place of each span. A name that goes over the end
// of a line leaves something on both, or what is left of the second might read
// as an item of a list, and of the first as an empty line.
func (h *hit) spread(src []byte, text string) []string {
	with := make([]string, len(h.spans))
	with[h.at] = text
	if last := len(with) - 1; h.at == 0 && bytes.IndexByte(src[h.from():h.to()], '\n') >= 0 {
		first, rest, several := strings.Cut(text, " ")
		switch before := src[bytes.LastIndexByte(src[:h.from()], '\n')+1 : h.from()]; {
		case several:
			with[0], with[last] = first, rest
		case len(bytes.Trim(before, " \t>#*+-.0123456789")) > 0:
			with[0], with[last] = "", text
		}
	}
	return with
}

// rounds is how often a text is gone through. A cover may end a word where
// none ended, and so bare a name; nobody writes names into each other further.
// Patterns are looked for once: one may match what takes its place.
const rounds = 4

// replace puts text in the place of every hit, until none is left. Line breaks
// stay where they are, so that every line keeps its number.
func (n *Names) replace(src []byte, figures func(src []byte) []hit, textIn func(src []byte) func(h *hit) string) ([]byte, Edits) {
	var edits Edits
	for k := range rounds {
		var round []hit
		if figures != nil {
			round = figures(src)
		}
		hits := n.hits(src, round, k == 0)
		if len(hits) == 0 {
			break
		}
		text := textIn(src)
		now, made := replaceOnce(src, hits, func(h *hit) string {
			if h.round != "" {
				return h.round
			}
			return text(h)
		})
		edits = append(edits, made)
		src = now
	}
	return src, edits
}

func replaceOnce(src []byte, hits []hit, text func(h *hit) string) ([]byte, round) {
	var out bytes.Buffer
	var edits round
	at := 0
	for i := range hits {
		h := &hits[i]
		with := h.spread(src, text(h))
		for k, s := range h.spans {
			out.Write(src[at:s.from])
			out.WriteString(with[k])
			edits = append(edits, edit{span: s, length: len(with[k])})
			at = s.to
		}
	}
	out.Write(src[at:])
	edits.place(src, out.Bytes())
	return out.Bytes(), edits
}
