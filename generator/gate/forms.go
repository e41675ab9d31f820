package gate

import (
	"bytes"
	"encoding/base64"
	"html"
	"iter"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	nethtml "golang.org/x/net/html"

	"debrief/generator/render/search"
)

// A form is a text that stands in a file, and how it stands there.
type form struct{ name, text string }

// formsOf are the texts of a file: as it is written, as a reader sees it, and
// what escapes and encodings in it say. Large ones come in pieces.
func formsOf(name string, data []byte) iter.Seq[form] {
	return func(yield func(form) bool) {
		for f := range undecoded(name, data) {
			for piece := range pieces(f.text) {
				for _, f := range withDecoded([]form{{f.name, piece}}) {
					if !yield(f) {
						return
					}
				}
			}
		}
	}
}

func undecoded(name string, data []byte) iter.Seq[form] {
	if !isText(data) {
		return binaryForms(data)
	}
	if said, ok := search.Strings(data); ok {
		// Its numbers count words and mean nothing, and no reader sees two of
		// its texts as one.
		return slices.Values([]form{{"as written", strings.Join(said, "\x00")}})
	}
	switch strings.ToLower(path.Ext(name)) {
	case ".html", ".svg", ".xml":
		raw, text := meant(data)
		return slices.Values([]form{{"as written", raw}, {"as text", text}})
	}
	return func(yield func(form) bool) {
		for piece := range pieces(data) {
			if !yield(form{"as written", string(piece)}) {
				return
			}
		}
	}
}

// A text is looked at in pieces, for looking takes many times its size. Each
// goes on from before the end of the last, so that a name on the border of two
// is whole in one; nothing that takes up more is looked for.
const (
	pieceSize = 256 << 10
	overlap   = 4 << 10
)

// pieces cuts a text where no run of base64 goes on, of which a later part
// cannot be read without its beginning.
func pieces[text string | []byte](whole text) iter.Seq[text] {
	coded := func(i int) bool {
		_, ok := base64Digit(whole[i])
		return ok
	}
	return func(yield func(text) bool) {
		for len(whole) > pieceSize {
			end := pieceSize
			for end < len(whole) && coded(end) {
				end++
			}
			if !yield(whole[:end]) {
				return
			}
			from := end - overlap
			for from > end/2 && coded(from-1) {
				from--
			}
			if from == end/2 {
				from = end // nothing but one run
			}
			whole = whole[from:]
		}
		yield(whole)
	}
}

// withDecoded adds what can be decoded in the texts, and in what was decoded.
func withDecoded(forms []form) []form {
	for i := 0; i < len(forms) && i < 12; i++ {
		f := forms[i]
		if text := unescape(f.text); text != f.text {
			forms = append(forms, form{"in escapes", text})
		}
		if text := base64In(f.text); text != "" {
			forms = append(forms, form{"in base64", text})
		}
	}
	return forms
}

// inline are the elements at whose ends no word ends.
var inline = map[string]bool{
	"a": true, "abbr": true, "b": true, "cite": true, "code": true, "del": true, "em": true, "i": true, "ins": true, "kbd": true,
	"mark": true, "q": true, "s": true, "samp": true, "small": true, "span": true, "strong": true, "sub": true, "sup": true,
	"tspan": true, "u": true, "var": true, "wbr": true,
}

// meant takes the language of markup away: raw is everything that authors can
// have a say in (text, attribute values, comments), entities decoded, and text
// is what a reader sees, with no gap where a tag stood inside a line, so that
// a name split by tags is whole again.
func meant(page []byte) (raw, text string) {
	var all, seen bytes.Buffer
	z := nethtml.NewTokenizer(bytes.NewReader(page))
	for {
		switch z.Next() {
		case nethtml.ErrorToken:
			return all.String(), seen.String()
		case nethtml.TextToken:
			t := html.UnescapeString(string(z.Raw()))
			all.WriteString(t)
			seen.WriteString(t)
		case nethtml.CommentToken, nethtml.DoctypeToken:
			all.WriteByte('\n')
			all.Write(z.Raw())
			all.WriteByte('\n')
		default:
			name, more := z.TagName()
			if !inline[string(name)] {
				seen.WriteByte('\n')
			}
			for more {
				var value []byte
				_, value, more = z.TagAttr()
				all.WriteByte('\n')
				all.Write(value)
			}
			all.WriteByte('\n')
		}
	}
}

var (
	percents = regexp.MustCompile(`(?:%[0-9A-Fa-f]{2})+`)
	escapes  = regexp.MustCompile(`\\(?:u\{[0-9A-Fa-f]{1,6}\}|u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2}|[0-7]{3}|["'/\\nrt])`)
	joints   = regexp.MustCompile("[\"'`]\\s*\\+\\s*[\"'`]")
	entities = regexp.MustCompile(`&(?:#[0-9]+|#[xX][0-9A-Fa-f]+|[A-Za-z][A-Za-z0-9]*);`)
)

// unescape reads percent-encoding, the escapes of JSON and JavaScript, joined
// strings and entities, until nothing is left to read.
func unescape(s string) string {
	if !strings.ContainsAny(s, `%\&+`) {
		return s
	}
	for range 4 {
		before := s
		s = percents.ReplaceAllStringFunc(s, func(run string) string {
			if text, err := url.PathUnescape(run); err == nil && utf8.ValidString(text) {
				return text
			}
			return run
		})
		s = escapes.ReplaceAllStringFunc(s, unescapeOne)
		s = joints.ReplaceAllString(s, "")
		s = entities.ReplaceAllStringFunc(s, html.UnescapeString)
		if s == before {
			break
		}
	}
	return s
}

func unescapeOne(e string) string {
	digits, base := strings.Trim(e[1:], "ux{}"), 16
	switch e[1] {
	case 'n', 'r', 't':
		return " "
	case '"', '\'', '/', '\\':
		return e[1:]
	case 'u', 'x':
	default:
		base = 8
	}
	v, err := strconv.ParseUint(digits, base, 32)
	if err != nil || v > unicode.MaxRune || !utf8.ValidRune(rune(v)) {
		return e
	}
	return string(rune(v))
}

// shortestCode is how long a run of letters is in which base64 is looked for.
const shortestCode = 8

// base64In is what the runs of letters in a text say when they are read as
// base64, in either alphabet: text, or the texts in a file. Runs that say
// nothing are left out.
func base64In(s string) string {
	var b strings.Builder
	var run, decoded []byte
	for i := 0; i <= len(s); i++ {
		if i < len(s) {
			if c, ok := base64Digit(s[i]); ok {
				run = append(run, c)
				continue
			}
		}
		if len(run) >= shortestCode {
			if len(run)%4 == 1 {
				run = run[:len(run)-1]
			}
			decoded = append(decoded[:0], make([]byte, base64.RawStdEncoding.DecodedLen(len(run)))...)
			n, err := base64.RawStdEncoding.Decode(decoded, run)
			switch {
			case err != nil:
			case printable(decoded[:n]):
				b.Write(decoded[:n])
				b.WriteByte('\n')
			case isFile(decoded[:n]):
				for f := range binaryForms(decoded[:n]) {
					b.WriteString(f.text)
					b.WriteByte('\n')
				}
			}
		}
		run = run[:0]
	}
	return b.String()
}

// base64Digit is a digit of either alphabet as one of the first.
func base64Digit(c byte) (digit byte, ok bool) {
	switch {
	case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c == '+', c == '/':
		return c, true
	case c == '-':
		return '+', true
	case c == '_':
		return '/', true
	}
	return 0, false
}

// isFile reports what was a file before it was written as base64. An address
// can be read as base64 too, but hardly as one that begins like a file, or at
// such length.
func isFile(data []byte) bool {
	const longAddress = 256
	return len(data) > longAddress || slices.ContainsFunc(beginnings, func(b string) bool { return bytes.HasPrefix(data, []byte(b)) })
}

// beginnings are those of pictures, documents, archives, fonts and sounds.
var beginnings = []string{
	"\x89PNG", "\xff\xd8\xff", "GIF8", "RIFF", "II*\x00", "MM\x00*", "<svg", "<?xml", "<!DOCTYPE", "<html", "%PDF", "{\\rtf", "PK\x03\x04", "\x1f\x8b",
	"\xd0\xcf\x11\xe0", "wOFF", "wOF2", "OTTO", "\x00\x01\x00\x00", "ID3", "OggS", "fLaC",
}

func printable(data []byte) bool {
	return utf8.Valid(data) && bytes.IndexFunc(data, func(r rune) bool { return !unicode.IsPrint(r) && !unicode.IsSpace(r) }) < 0
}
