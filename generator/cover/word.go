package cover

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/publicsuffix"

	"debrief/generator/diag"
)

// counts reports whether what a name's letters are at [from, to) of the view
// is the name: a word of its own, or one of the words in URL_OF_CONTOSO and
// contosoUrl. In the name of a host nothing parts words: contosobank.com.
func (t *term) counts(v *view, from, to int) bool {
	if t.run != "" && strings.ReplaceAll(string(v.text[from:to]), " ", "") == t.run {
		return v.aloneAt(from, to) && t.capitals && v.allUpper(from, to) || v.isDomain(from, to)
	}
	return !t.whole || v.aloneAt(from, to) || t.long && v.inHost(from, to)
}

// aloneAt reports whether [from, to) is a word, be it in the plural or the
// genitive.
func (v *view) aloneAt(from, to int) bool {
	if !v.edge(from) {
		return false
	}
	for _, ending := range []string{"'s", "’s", "es", "s", ""} {
		if bytes.HasPrefix(v.text[to:], []byte(ending)) && v.edge(to+len(ending)) {
			return true
		}
	}
	return false
}

// edge reports whether a word begins or ends at at.
func (v *view) edge(at int) bool {
	before, size := utf8.DecodeLastRune(v.text[:at])
	after, width := utf8.DecodeRune(v.text[at:])
	switch {
	case !isWord(before), !isWord(after):
		return true
	case unicode.IsDigit(before) || unicode.IsDigit(after):
		return unicode.IsDigit(before) != unicode.IsDigit(after)
	case unspaced(before) || unspaced(after):
		return true
	case !v.isUpper(at):
		return false
	}
	if !v.isUpper(at - size) {
		return true // contoso|Url
	}
	next, _ := utf8.DecodeRune(v.text[at+width:])
	return unicode.IsLetter(next) && !v.isUpper(at+width) // HTTP|Contoso
}

// unspaced reports a letter of a script that writes no space between words, or
// ties endings to names.
func unspaced(r rune) bool {
	return r >= 0x0e00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

// isUpper reports whether the letter at at was written as a capital.
func (v *view) isUpper(at int) bool {
	_, is := slices.BinarySearch(v.upper, int32(at))
	return is
}

func (v *view) allUpper(from, to int) bool {
	for i, r := range string(v.text[from:to]) {
		if unicode.IsLetter(r) && !v.isUpper(from+i) {
			return false
		}
	}
	return true
}

// alsoFiles are public suffixes by which more files are called than hosts.
var alsoFiles = []string{"md", "sh", "py", "rs", "pl", "so", "ps", "cc", "zip", "mov", "ml", "tf", "mk", "st"}

// longestHost is how long the name of a host may be (RFC 1035, section 2.3.4).
const longestHost = 255

// host is the name of a host that [from, to) stands in, and what of it anybody
// can register under; "" for none.
func (v *view) host(from, to int) (name, suffix string) {
	part := func(r rune) bool { return isWord(r) || r == '-' || r == '_' || r == '.' }
	begin, end := from, to
	for begin > 0 && from-begin <= longestHost {
		r, size := utf8.DecodeLastRune(v.text[:begin])
		if !part(r) {
			break
		}
		begin -= size
	}
	for end < len(v.text) && end-to <= longestHost {
		r, size := utf8.DecodeRune(v.text[end:])
		if !part(r) {
			break
		}
		end += size
	}
	if end-begin > longestHost {
		return "", ""
	}
	name = strings.Trim(string(v.text[begin:end]), ".")
	suffix, listed := publicsuffix.PublicSuffix(name)
	known := listed && suffix != name && !slices.Contains(alsoFiles, suffix)
	if before := v.text[:begin]; !known && !bytes.HasSuffix(before, []byte("://")) && !bytes.HasSuffix(before, []byte("@")) {
		return "", ""
	}
	return name, suffix
}

func (v *view) inHost(from, to int) bool {
	name, _ := v.host(from, to)
	return name != ""
}

// isDomain reports whether [from, to) is what somebody registered: hq.att.com.
func (v *view) isDomain(from, to int) bool {
	name, suffix := v.host(from, to)
	registered, ok := strings.CutSuffix(name, "."+suffix)
	return ok && registered[strings.LastIndexByte(registered, '.')+1:] == string(v.text[from:to])
}

// A Place is where something stands in a text.
type Place struct {
	Pos diag.Pos
	Len int // code points
}

// enough places tell an author what to look for.
const enough = 100

// Inside returns where longer names stand in words that are not theirs, such
// as Cisco in Francisco: they are left as they are. The text begins on line
// first. Of very many the first are told.
func (n *Names) Inside(src []byte, first int) []Place {
	if n.Empty() {
		return nil
	}
	var places []Place
	v := (&views{src: src}).get(true, true)[0]
	for i := range n.terms {
		t := &n.terms[i]
		if !t.whole || !t.long {
			continue
		}
		line, read := first, 0 // of src
		for _, at := range t.re.FindAllIndex(v.text, -1) {
			if t.counts(v, at[0], at[1]) {
				continue
			}
			h := v.hit(src, match{t, at[0], at[1]})
			line, read = line+bytes.Count(src[read:h.from()], []byte("\n")), h.from()
			begins := bytes.LastIndexByte(src[:read], '\n') + 1
			places = append(places, Place{
				Pos: diag.Pos{Line: line, Column: 1 + utf8.RuneCount(src[begins:read])},
				Len: utf8.RuneCount(src[read:h.to()]),
			})
			if len(places) == enough {
				return places
			}
		}
	}
	return places
}
