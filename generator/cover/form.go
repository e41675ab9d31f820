package cover

import (
	"bytes"
	"html"
	"iter"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Value returns a text without markup of its own, such as a value of front
// matter, with its names covered.
func (n *Names) Value(s string) string {
	if n.Empty() || s == "" {
		return s
	}
	alone := func(src []byte) []hit {
		figures := n.figures(src)
		if len(figures) == 1 && len(bytes.TrimSpace(src)) == figures[0].to()-figures[0].from() {
			return nil // a field of its own, which its fact tells in round numbers
		}
		return figures
	}
	out, _ := n.replace([]byte(s), alone, func(src []byte) func(*hit) string {
		return func(h *hit) string {
			switch {
			case joined(src, h) || inAddress(src, h):
				return h.term.slug
			case h.upper && beginsSentence(src[:h.from()]):
				return capital(h.term.cover)
			}
			return h.term.cover
		}
	})
	return string(out)
}

// Key returns an id or a tag with its names covered.
func (n *Names) Key(s string) string {
	if n.Empty() || s == "" {
		return s
	}
	out, _ := n.replace([]byte(s), nil, func([]byte) func(*hit) string {
		return func(h *hit) string { return h.term.slug }
	})
	return string(out)
}

// Path returns a file's path with its names covered, folder by folder.
func (n *Names) Path(p string) string {
	if n.Empty() {
		return p
	}
	parts := strings.Split(p, "/")
	for i, part := range parts {
		out, _ := n.replace([]byte(part), nil, func(src []byte) func(*hit) string {
			return func(h *hit) string {
				if joined(src, h) {
					return h.term.slug
				}
				return strings.NewReplacer("/", "-", "\\", "-").Replace(h.term.cover)
			}
		})
		parts[i] = string(out)
	}
	return strings.Join(parts, "/")
}

// File returns a text file that notes show, such as a drawing or a table, with
// its names covered. Where the cover holds signs that might mean something in
// such a file, its slug takes its place. What is no text stays as it is.
func (n *Names) File(src []byte) []byte {
	if n.Empty() || !utf8.Valid(src) || bytes.IndexByte(src, 0) >= 0 {
		return src
	}
	var out []byte
	for piece := range pieces(src) {
		covered, _ := n.replace(piece, nil, func(src []byte) func(*hit) string {
			return func(h *hit) string {
				if joined(src, h) || !isPlain(h.term.cover) {
					return h.term.slug
				}
				return h.term.cover
			}
		})
		if len(piece) == len(src) {
			return covered
		}
		if out == nil {
			out = make([]byte, 0, len(src)+len(src)/16)
		}
		out = append(out, covered...)
	}
	return out
}

// pieceSize is how much of a file is gone through at a time: what that takes is
// many times as much.
const pieceSize = 256 << 10

// pieces cuts a file at ends of lines or, where there are none, between words.
func pieces(src []byte) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		for len(src) > pieceSize {
			end := bytes.LastIndexByte(src[:pieceSize], '\n') + 1
			if end == 0 {
				end = bytes.LastIndexByte(src[:pieceSize], ' ') + 1
			}
			if end == 0 {
				end = pieceSize
			}
			if !yield(src[:end]) {
				return
			}
			src = src[end:]
		}
		yield(src)
	}
}

// Body returns Markdown with its names covered. Signs of the cover that mean
// something in Markdown are escaped, and where a space cannot stand (code,
// tags, ids, addresses) the slug is used.
func (n *Names) Body(src []byte) ([]byte, Edits) {
	if n.Empty() {
		return src, nil
	}
	told := func(src []byte) []hit { // not in code
		figures := n.figures(src)
		if len(figures) == 0 {
			return nil
		}
		fences := fencesOf(src)
		return slices.DeleteFunc(figures, func(h hit) bool {
			f := fenceAt(fences, h.from())
			return f != nil && !f.ours
		})
	}
	return n.replace(src, told, func(src []byte) func(*hit) string {
		return (&markdown{src, fencesOf(src)}).cover
	})
}

// joined reports whether a hit is part of a longer name that hyphens or
// underscores hold together.
func joined(src []byte, h *hit) bool {
	before, size := utf8.DecodeLastRune(src[:h.from()])
	beyond, _ := utf8.DecodeLastRune(src[:h.from()-size])
	after, width := utf8.DecodeRune(src[h.to():])
	next, _ := utf8.DecodeRune(src[h.to()+width:])
	ties := func(sign, word rune) bool { return (sign == '-' || sign == '_') && isWord(word) }
	var itself []byte
	for _, s := range h.spans {
		itself = append(itself, src[s.from:s.to]...)
	}
	inside := h.term.original != "" && bytes.ContainsAny(itself, "-_") && fold(string(itself)) != h.term.original
	return ties(before, beyond) || ties(after, next) || inside
}

// longAddress is how many bytes of an address are looked at before and behind a
// name in it.
const longAddress = 500

// inAddress reports whether a hit is part of an address of the web or of mail.
func inAddress(src []byte, h *hit) bool {
	const ends = " \t\n\"'<>()[]{}|`"
	before := src[max(0, h.from()-longAddress):h.from()]
	before = before[bytes.LastIndexAny(before, ends)+1:]
	after := src[h.to():min(len(src), h.to()+longAddress)]
	if end := bytes.IndexAny(after, ends); end >= 0 {
		after = after[:end]
	}
	word := src[h.from()-len(before) : h.to()+len(after)]
	begins := func(with string) bool {
		return len(word) >= len(with) && bytes.EqualFold(word[:len(with)], []byte(with))
	}
	return begins("www.") || begins("mailto:") || bytes.IndexByte(word, '@') >= 0 || bytes.Contains(word, []byte("://"))
}

var sentenceStart = regexp.MustCompile(`(?:^|\n|[.!?]["'”’)*_]*\s)[\s#>*+\-_\d.)|"'“‘(\[]*$`)

// beginsSentence reports whether a sentence, a heading or an item of a list
// begins after text.
func beginsSentence(before []byte) bool {
	const enough = 80
	if cut := len(before) - enough; cut > 0 {
		before = append([]byte("x"), before[cut:]...) // where it was cut nothing begins
	}
	return sentenceStart.Match(before)
}

func capital(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[size:]
}

// isPlain reports a cover without any sign that YAML, HTML or code might take
// for its own.
func isPlain(s string) bool {
	for _, r := range s {
		if !isWord(r) && r != ' ' && r != '-' && r != '‹' && r != '›' {
			return false
		}
	}
	return s != ""
}

// markdown is what a hit's surroundings are read in.
type markdown struct {
	src    []byte
	fences []fence
}

// A fence is a fenced block of code; ours are read as YAML.
type fence struct {
	span
	ours bool
}

var fenceLine = regexp.MustCompile("^[ \t>*+\\-\\d.)]*(`{3,}|~{3,})[ \t]*([A-Za-z]*)")

func fencesOf(src []byte) []fence {
	var all []fence
	var open []byte
	at := 0
	for line := range bytes.Lines(src) {
		m := fenceLine.FindSubmatch(line)
		switch {
		case m != nil && open == nil:
			open = m[1]
			all = append(all, fence{span{at + len(line), len(src)}, string(m[2]) == "timeline" || string(m[2]) == "decision"})
		case m != nil && m[1][0] == open[0] && len(m[1]) >= len(open) && len(m[2]) == 0:
			open = nil
			all[len(all)-1].to = at
		}
		at += len(line)
	}
	return all
}

// fenceAt is the fence that holds what is at an offset, or nil.
func fenceAt(fences []fence, at int) *fence {
	i, _ := slices.BinarySearchFunc(fences, at, func(f fence, at int) int {
		if f.to <= at {
			return -1
		}
		return 1
	})
	if i < len(fences) && fences[i].from <= at {
		return &fences[i]
	}
	return nil
}

var escaped = regexp.MustCompile("[\\\\`*_\\[\\]<>|~=$&#{}]")

// cover writes the cover of a hit as its surroundings want it.
func (m *markdown) cover(h *hit) string {
	t, before := h.term, m.before(h)
	if f := fenceAt(m.fences, h.from()); f != nil {
		if f.ours && isPlain(t.cover) && !joined(m.src, h) {
			return t.cover
		}
		return t.slug
	}
	line := before[bytes.LastIndexByte(before, '\n')+1:]
	switch {
	case joined(m.src, h), bytes.Count(line, []byte("`"))%2 == 1, inFact(line), inID(before), inTag(before), inHref(before):
		return t.slug
	case inTarget(line), inDefined(line):
		target := line[max(bytes.LastIndexByte(line, '('), bytes.LastIndexByte(line, ':'), 0):]
		if inAddress(m.src, h) || bytes.IndexByte(target, '#') >= 0 {
			return t.slug
		}
		return url.PathEscape(t.cover)
	case inAddress(m.src, h):
		return t.slug
	}
	text := t.cover
	if h.upper && beginsSentence(before) {
		text = capital(text)
	}
	switch {
	case inWiki(line):
		return strings.NewReplacer("|", "-", "]", "-", "[", "-", "#", "-", "/", "-").Replace(t.cover)
	case inValue(before):
		return html.EscapeString(text)
	}
	return escaped.ReplaceAllString(text, `\$0`)
}

// before is the text that leads to where the cover will stand, as far as its
// block goes back.
func (m *markdown) before(h *hit) []byte {
	at := h.spans[h.at].from
	text := m.src[max(0, at-farthest):at]
	if rest, ok := behindLast(text, "\n\n"); ok {
		text = text[len(text)-len(rest)-1:]
	}
	return text
}
