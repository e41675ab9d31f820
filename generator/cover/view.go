package cover

import (
	"bytes"
	"html"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A view is a text as it is read: escapes and entities are their characters,
// signs of markup are gone, white space is one space. Each byte of it knows
// where in the source it stands.
type view struct {
	text     []byte
	from, to []int32 // of the source, byte by byte of text
	gaps     []gap   // markup that was read past, in order
	upper    []int32 // of a folded text: where capitals stand in it
	broken   bool    // a hyphen stands in it that may only show where a word can be broken
	escapes  bool    // something was read as the letter that it is an escape of
}

// A gap is markup at a place in the source, and how much deeper into markup it
// leads: an opening sign 1, a closing one -1.
type gap struct{ at, deeper int32 }

// views are the views of one source, made when they are wanted.
type views struct {
	src  []byte
	bare bool // nobody will ask where in the source a match stands
	made [16]*view
	raw  *view
}

// asWritten is the source itself.
func (v *views) asWritten() *view {
	if v.raw == nil && v.bare {
		v.raw = &view{text: v.src}
	}
	if v.raw == nil {
		v.raw = &view{text: v.src, from: make([]int32, len(v.src)), to: make([]int32, len(v.src))}
		for i := range v.src {
			v.raw.from[i], v.raw.to[i] = int32(i), int32(i+1)
		}
	}
	return v.raw
}

// get returns views: folded or with the letters as they are, and through tags
// and links, so that what they split is whole, or with them as text. Escapes
// are read, and then also not: the C of \u004Contoso is part of one to a
// machine, and of a name to a reader. Where hyphens break words there is a view
// in which they are whole.
func (v *views) get(folded, through bool) []*view {
	read := v.one(folded, through, false, false)
	all := []*view{read}
	if read.escapes {
		all = append(all, v.one(folded, through, true, false))
	}
	if folded && read.broken {
		all = append(all, v.one(folded, through, false, true))
	}
	return all
}

func (v *views) one(folded, through, literal, mended bool) *view {
	i := 0
	if folded {
		i |= 1
	}
	if through {
		i |= 2
	}
	if literal {
		i |= 4
	}
	if mended {
		i |= 8
	}
	if v.made[i] == nil {
		l := looking{src: v.src, letter: plainRune, folded: folded, through: through, literal: literal, bare: v.bare}
		switch {
		case mended:
			l.letter = mendedRune
		case folded:
			l.letter = foldRune
		}
		v.made[i] = l.look()
	}
	return v.made[i]
}

// farthest is how long markup is believed to go on.
const farthest = 2000

var (
	tag      = regexp.MustCompile(`^<(/?)[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?(/?)>`)
	void     = regexp.MustCompile(`^<(?:br|wbr|img|hr)\b`)
	entity   = regexp.MustCompile(`^&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});`)
	unicode4 = regexp.MustCompile(`^\\(?:u([0-9A-Fa-f]{4})|u\{([0-9A-Fa-f]{1,6})\}|U([0-9A-Fa-f]{8})|x([0-9A-Fa-f]{2}))`)
	percent  = regexp.MustCompile(`^(?:%[0-9A-Fa-f]{2})+`)
)

// A looking is the making of a view.
type looking struct {
	view
	src     []byte
	letter  func(rune) string
	folded  bool
	through bool
	literal bool // escapes are read as they are written
	bare    bool
	runs    map[byte]int // emphasis of this block: how many runs of each sign
}

func (l *looking) look() *view {
	l.runs = make(map[byte]int)
	l.text = make([]byte, 0, len(l.src))
	if !l.bare {
		l.from, l.to = make([]int32, 0, len(l.src)), make([]int32, 0, len(l.src))
	}
	for i := 0; i < len(l.src); {
		i += l.step(i)
	}
	return &l.view
}

// put adds the rune that stands at [from, to) of the source.
func (l *looking) put(r rune, from, to int) {
	if r > ' ' && r < utf8.RuneSelf { // nearly all there is
		c := byte(r)
		if l.folded && c >= 'A' && c <= 'Z' {
			l.upper = append(l.upper, int32(len(l.text)))
			c += 'a' - 'A'
		}
		l.text = append(l.text, c)
		if !l.bare {
			l.from, l.to = append(l.from, int32(from)), append(l.to, int32(to))
		}
		return
	}
	n := len(l.text)
	l.broken = l.broken || breaking(r)
	if l.folded && unicode.IsUpper(r) {
		l.upper = append(l.upper, int32(n))
	}
	s := " "
	if !unicode.IsSpace(r) {
		s = l.letter(r)
	} else if n > 0 && l.text[n-1] == ' ' {
		if !l.bare {
			l.to[n-1] = int32(to)
		}
		return
	}
	l.text = append(l.text, s...)
	if l.bare {
		return
	}
	if s == "" && n > 0 && int(l.to[n-1]) == from {
		l.to[n-1] = int32(to) // an accent or what nobody sees goes with its letter
	}
	for range len(s) {
		l.from, l.to = append(l.from, int32(from)), append(l.to, int32(to))
	}
}

func (l *looking) putAll(s string, from, to int) {
	for _, r := range s {
		l.put(r, from, to)
	}
}

func (l *looking) skip(at, n, deeper int) int {
	if l.bare {
		return n
	}
	l.gaps = append(l.gaps, gap{int32(at), int32(deeper)})
	return n
}

// step reads what begins at i and returns its length.
func (l *looking) step(i int) int {
	rest := l.src[i:]
	switch c := rest[0]; c {
	case '\n':
		return l.lineBreak(i)
	case '<':
		if n, deeper := l.pastTag(rest); n > 0 {
			return l.skip(i, n, deeper)
		}
	case '%':
		if n := l.percents(i); n > 0 {
			return n
		}
	case '&':
		if e := entity.Find(rest[:min(len(rest), 40)]); e != nil {
			if decoded := html.UnescapeString(string(e)); decoded != string(e) {
				l.putAll(decoded, i, i+len(e))
				return len(e)
			}
		}
	case '\\':
		return l.escape(i)
	case '*', '`', '~', '=', '_':
		if n := l.emphasis(i, c); n > 0 {
			return n
		}
	case '!':
		if len(rest) > 1 && rest[1] == '[' {
			return 1
		}
	case '[':
		return l.openLink(i)
	case ']':
		return l.closeLink(i)
	}
	r, size := utf8.DecodeRune(rest)
	l.put(r, i, i+size)
	return size
}

// lineBreak reads a line's end as a space, and past the signs of a quotation
// on the next.
func (l *looking) lineBreak(i int) int {
	n := 1
	for i+n < len(l.src) && (l.src[i+n] == ' ' || l.src[i+n] == '\t' || l.src[i+n] == '>') {
		n++
	}
	if i+n < len(l.src) && l.src[i+n] == '\n' {
		clear(l.runs) // a blank line ends all emphasis
	}
	l.put(' ', i, i+1)
	return n
}

// pastTag is the length of a tag or comment at the beginning of rest, when
// the view goes through them.
func (l *looking) pastTag(rest []byte) (n, deeper int) {
	if !l.through {
		return 0, 0
	}
	if bytes.HasPrefix(rest, []byte("<!--")) {
		if end := bytes.Index(rest[:min(len(rest), farthest)], []byte("-->")); end > 0 {
			return end + 3, 0
		}
		return 0, 0
	}
	m := tag.FindSubmatch(rest[:min(len(rest), farthest)])
	switch {
	case m == nil:
		return 0, 0
	case len(m[1]) > 0:
		return len(m[0]), -1
	case len(m[2]) > 0 || void.Match(m[0]):
		return len(m[0]), 0
	}
	return len(m[0]), 1
}

// percents reads %43 as C, and past a %% comment %%.
func (l *looking) percents(i int) int {
	rest := l.src[i:]
	if l.through && bytes.HasPrefix(rest, []byte("%%")) {
		if end := bytes.Index(rest[2:min(len(rest), farthest)], []byte("%%")); end >= 0 {
			return l.skip(i, end+4, 0)
		}
	}
	run := percent.Find(rest[:min(len(rest), 12)])
	if run == nil || l.literal {
		return 0
	}
	var decoded []byte
	for k := 0; k < len(run); k += 3 {
		b, _ := strconv.ParseUint(string(run[k+1:k+3]), 16, 8)
		decoded = append(decoded, byte(b))
		if r, size := utf8.DecodeRune(decoded); r != utf8.RuneError && size == len(decoded) {
			l.escapes = true
			l.put(r, i, i+k+3)
			return k + 3
		}
	}
	return 0
}

// escape reads a backslash and what it escapes.
func (l *looking) escape(i int) int {
	rest := l.src[i:]
	if m := unicode4.FindSubmatch(rest[:min(len(rest), 12)]); m != nil && !l.literal {
		v, err := strconv.ParseUint(string(bytes.Join(m[1:], nil)), 16, 32)
		if err == nil && v > 0 && v <= unicode.MaxRune {
			l.escapes = true
			l.put(rune(v), i, i+len(m[0]))
			return len(m[0])
		}
	}
	if len(rest) > 1 {
		switch c := rest[1]; {
		case c == 'n' || c == 't' || c == 'r':
			if l.through || l.literal { // in Markdown a backslash stands for itself before a letter
				break
			}
			l.escapes = true
			l.put(' ', i, i+2)
			return 2
		case c == '\n':
			return 1
		case strings.IndexByte("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", c) >= 0:
			l.put(rune(c), i, i+2)
			return 2
		}
	}
	l.put('\\', i, i+1)
	return 1
}

// emphasis reads past the signs of emphasis, code and marks. An underscore
// inside a word is none.
func (l *looking) emphasis(i int, c byte) int {
	n := 1
	for i+n < len(l.src) && l.src[i+n] == c {
		n++
	}
	if c == '_' {
		before, _ := utf8.DecodeLastRune(l.src[:i])
		after, _ := utf8.DecodeRune(l.src[i+n:])
		if isWord(before) && isWord(after) {
			return 0
		}
	}
	if (c == '~' || c == '=') && n != 2 {
		return 0
	}
	deeper := 1
	if l.runs[c]%2 == 1 {
		deeper = -1
	}
	l.runs[c]++
	return l.skip(i, n, deeper)
}

// openLink reads past the sign that opens a link, and past the target of a
// [[target|text]].
func (l *looking) openLink(i int) int {
	rest := l.src[i:min(len(l.src), i+farthest)]
	if l.through && bytes.HasPrefix(rest, []byte("[[")) {
		end := bytes.Index(rest, []byte("]]"))
		if bar := bytes.IndexByte(rest, '|'); end > 0 && bar > 0 && bar < end {
			return l.skip(i, bar+1, 1)
		}
	}
	return l.skip(i, 1, 1)
}

// closeLink reads past the sign that closes a link, and its target.
func (l *looking) closeLink(i int) int {
	rest := l.src[i:min(len(l.src), i+farthest)]
	if l.through && len(rest) > 1 && (rest[1] == '(' || rest[1] == '[') {
		if n := bracketed(rest[1:]); n > 0 {
			return l.skip(i, 1+n, -1)
		}
	}
	return l.skip(i, 1, -1)
}

// bracketed is the length of (…) or […] at the beginning of s, on one line.
func bracketed(s []byte) int {
	closer := map[byte]byte{'(': ')', '[': ']'}[s[0]]
	depth := 0
	for i := 0; i < len(s) && s[i] != '\n'; i++ {
		switch s[i] {
		case '\\':
			i++
		case s[0]:
			depth++
		case closer:
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return 0
}
