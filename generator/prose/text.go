package prose

import (
	"bytes"
	"html"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/util"
)

// escapes are the characters that HTML text and quoted attributes cannot hold.
var escapes = [256]string{'&': "&amp;", '<': "&lt;", '>': "&gt;", '"': "&quot;"}

// special are the characters that Markdown text cannot be copied with.
var special = [256]bool{'&': true, '<': true, '>': true, '"': true, '\\': true}

// appendEscaped appends s as HTML text or attribute value.
func appendEscaped[T string | []byte](b []byte, s T) []byte {
	from := 0
	for i := 0; i < len(s); i++ {
		if esc := escapes[s[i]]; esc != "" {
			b = append(b, s[from:i]...)
			b = append(b, esc...)
			from = i + 1
		}
	}
	return append(b, s[from:]...)
}

// A span is a stretch of one of the two plain texts kept while writing: prose,
// and what stands aside of it (headings, tables, callouts, footnotes).
type span struct {
	aside    bool
	from, to int
}

// toAside sends plain text aside until restore is called.
func (r *reading) toAside() (restore func()) {
	if r.text == &r.aside {
		return func() {}
	}
	r.text = &r.aside
	return func() { r.text = &r.prose }
}

func (r *reading) textLen() int { return len(*r.text) }

// textSince is the plain text written since the text was from bytes long,
// white space around it left out.
func (r *reading) textSince(from int) span {
	t := *r.text
	to := len(t)
	for to > from && t[to-1] <= ' ' {
		to--
	}
	for from < to && t[from] <= ' ' {
		from++
	}
	return span{r.text == &r.aside, from, to}
}

func (r *reading) textByte(c byte) { *r.text = append(*r.text, c) }

// put writes HTML.
func (r *reading) put(s string) { r.out = append(r.out, s...) }

func (r *reading) putEscaped(s string) { r.out = appendEscaped(r.out, s) }

// plain writes s as text as it is.
func (r *reading) plain(s string) {
	r.out = appendEscaped(r.out, s)
	*r.text = append(*r.text, s...)
}

func (r *reading) plainText(s []byte) {
	r.typedAt(s)
	r.out = appendEscaped(r.out, s)
	*r.text = append(*r.text, s...)
}

// markdownText writes Markdown text: a backslash before punctuation goes,
// entities become their characters.
func (r *reading) markdownText(s []byte) {
	from := 0
	for i := 0; i < len(s); {
		if !special[s[i]] {
			i++
			continue
		}
		switch c := s[i]; c {
		case '\\':
			if i+1 == len(s) || !util.IsPunct(s[i+1]) {
				i++
				continue
			}
			r.plainRun(s[from:i])
			from = i + 1 // the sign after the backslash is text, whatever it is
			r.out = appendEscaped(r.out, s[from:from+1])
			r.textByte(s[from])
			from++
			i = from
		case '&':
			chars, n := entity(s[i:])
			if n == 0 {
				chars, n = "&", 1
			}
			r.plainRun(s[from:i])
			r.plain(chars)
			i += n
			from = i
		default:
			r.plainRun(s[from:i])
			r.put(escapes[c])
			r.textByte(c)
			i++
			from = i
		}
	}
	r.plainRun(s[from:])
}

// plainRun writes text that needs no escaping.
func (r *reading) plainRun(s []byte) {
	r.typedAt(s)
	r.out = append(r.out, s...)
	*r.text = append(*r.text, s...)
}

// entities writes text of raw HTML.
func (r *reading) entities(s []byte) { r.plain(html.UnescapeString(string(s))) }

// entity reads an entity or a numeric reference at the beginning of s; n is 0
// if there is none.
func entity(s []byte) (chars string, n int) {
	end := bytes.IndexByte(s[:min(len(s), 40)], ';')
	if end < 2 {
		return "", 0
	}
	name := s[1:end]
	if name[0] != '#' {
		for _, c := range name {
			if !util.IsAlphaNumeric(c) {
				return "", 0
			}
		}
		e, ok := util.LookUpHTML5EntityByName(string(name))
		if !ok {
			return "", 0
		}
		return string(e.Characters), end + 1
	}
	digits, base := name[1:], 10
	if len(digits) > 0 && digits[0]|0x20 == 'x' {
		digits, base = digits[1:], 16
	}
	if len(digits) == 0 || len(digits) > 7 || base == 16 && len(digits) > 6 {
		return "", 0
	}
	v := 0
	for _, c := range digits {
		switch {
		case util.IsNumeric(c):
			v = v*base + int(c-'0')
		case base == 16 && util.IsHexDecimal(c):
			v = v*base + int(unhex(c))
		default:
			return "", 0
		}
	}
	if v == 0 || v > utf8.MaxRune || !utf8.ValidRune(rune(v)) {
		v = utf8.RuneError
	}
	return string(rune(v)), end + 1
}

// clean makes a body what the parser expects: valid UTF-8, lines that end in a
// line feed, no NUL. Lines and columns stay what they were.
func clean(body []byte) []byte {
	if !utf8.Valid(body) {
		body = bytes.ToValidUTF8(body, []byte("\uFFFD"))
	}
	if bytes.IndexByte(body, 0) >= 0 {
		body = bytes.ReplaceAll(body, []byte{0}, []byte("\uFFFD"))
	}
	if bytes.IndexByte(body, '\r') >= 0 {
		body = bytes.ReplaceAll(body, []byte("\r\n"), []byte("\n"))
		body = bytes.ReplaceAll(body, []byte("\r"), []byte("\n"))
	}
	return body
}

// maxContext is how many bytes of a sentence are kept on either side of a link.
const maxContext = 160

// A stretch is a part of a text, and whether it was cut off from its sentence
// on either side.
type stretch struct {
	from, to             int
	cutBefore, cutBehind bool
}

func (s stretch) text(whole string) string {
	text := strings.TrimSpace(whole[s.from:s.to])
	if s.cutBefore {
		text = "… " + text
	}
	if s.cutBehind {
		text += " …"
	}
	return text
}

// sentenceAround is the sentence of text that holds [from, to).
func sentenceAround(text string, from, to int) stretch {
	least, most := max(0, from-maxContext), min(len(text), to+maxContext)
	s := stretch{from: -1, to: -1}
	for i := from - 1; i > least; i-- {
		if plainLetter[text[i-1]] {
			continue
		}
		if text[i-1] == '\n' || isSpaceByte(text[i]) && endsSentence(text, i) {
			s.from = i
			break
		}
	}
	for i := to; i < most; i++ {
		if text[i] > ' ' {
			continue
		}
		if text[i] == '\n' || isSpaceByte(text[i]) && i > 0 && !plainLetter[text[i-1]] && endsSentence(text, i) {
			s.to = i
			break
		}
	}
	if s.from < 0 {
		s.from, s.cutBefore = least, least > 0
		if s.cutBefore { // at a word
			if i := strings.IndexByte(text[s.from:from], ' '); i >= 0 {
				s.from += i
			}
			for s.from < from && !utf8.RuneStart(text[s.from]) {
				s.from++
			}
		}
	}
	if s.to < 0 {
		s.to, s.cutBehind = most, most < len(text)
		if s.cutBehind {
			if i := strings.LastIndexByte(text[to:s.to], ' '); i >= 0 {
				s.to = to + i
			}
			for s.to > to && !utf8.RuneStart(text[s.to]) {
				s.to--
			}
		}
	}
	return s
}

// plainLetter are bytes that end no sentence: most are such.
var plainLetter = func() (plain [256]bool) {
	for _, c := range " ,abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ" {
		plain[c] = true
	}
	return plain
}()

func isSpaceByte(c byte) bool { return c == ' ' || c == '\n' || c == '\t' }

// endsSentence reports whether the white space at text[i] ends a sentence: it
// follows a full stop, and what comes next does not go on in lower case (so
// "e.g. this" is no end).
func endsSentence(text string, i int) bool {
	j := i - 1
	for j >= 0 && strings.IndexByte(`"')]*`, text[j]) >= 0 {
		j--
	}
	if j < 0 || text[j] != '.' && text[j] != '!' && text[j] != '?' {
		return strings.HasSuffix(text[:i], "。")
	}
	for i < len(text) && isSpaceByte(text[i]) {
		i++
	}
	return i == len(text) || !(text[i] >= 'a' && text[i] <= 'z')
}

// firstWords cuts a text at a word, at most about limit characters long.
func firstWords(text string, limit int) string {
	text = foldSpace(text)
	if utf8.RuneCountInString(text) <= limit {
		return text
	}
	at, n, space := 0, 0, 0
	for i, c := range text {
		if n == limit {
			at = i
			break
		}
		if c == ' ' {
			space = i
		}
		n++
	}
	if space > at/2 {
		at = space
	}
	return strings.TrimRight(text[:at], " ,;:–—-") + "…"
}

// FoldCase lowers text without moving its bytes: what changes its length when
// lowered stays.
func FoldCase(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	for _, r := range text {
		low := unicode.ToLower(r)
		if utf8.RuneLen(low) != utf8.RuneLen(r) {
			low = r
		}
		b.WriteRune(low)
	}
	return b.String()
}
