package note

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxSegment is the longest file name we write, in bytes: room for suffixes
// on file systems that allow 255, and for paths on those that allow 260.
const maxSegment = 80

// reserved names cannot be files on Windows, whatever their extension.
var reserved = map[string]bool{"con": true, "prn": true, "aux": true, "nul": true}

func init() {
	for _, d := range "0123456789" {
		reserved["com"+string(d)], reserved["lpt"+string(d)] = true, true
	}
}

// Slug turns one path segment into a file name that is safe everywhere:
// NFC, lower case, letters and digits of every script kept, everything else
// a hyphen.
func Slug(s string) string {
	var b strings.Builder
	hyphen := false
	for _, r := range strings.ToLower(norm.NFC.String(s)) {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r) && b.Len() > 0:
			if hyphen && b.Len() > 0 {
				b.WriteByte('-')
			}
			hyphen = false
			b.WriteRune(r)
		case r == '_':
			if hyphen && b.Len() > 0 {
				b.WriteByte('-')
			}
			hyphen = false
			b.WriteByte('_')
		case r == '+' && strings.HasPrefix(strings.ToLower(s), "c++"):
			b.WriteByte('p') // c++ and c# and c must stay apart
			hyphen = false
		case r == '#' && b.Len() > 0:
			b.WriteString("sharp")
			hyphen = false
		case r == '\'' || r == '’':
			// Earth's → earths
		default:
			hyphen = true
		}
	}
	slug := cut(norm.NFC.String(b.String()), maxSegment)
	stem, _, _ := strings.Cut(slug, ".")
	if reserved[stem] {
		slug += "-note"
	}
	return slug
}

// cut shortens s to at most n bytes at a rune boundary.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return strings.TrimRight(s[:n], "-")
}

// Words turns a slug or a snake_case name into words: "error_rate" is "Error
// rate". A name that holds spaces already is the author's own and stays.
func Words(name string) string {
	if strings.Contains(name, " ") {
		return name
	}
	words := strings.TrimSpace(strings.NewReplacer("-", " ", "_", " ").Replace(name))
	r, size := utf8.DecodeRuneInString(words)
	if size == 0 {
		return name
	}
	return string(unicode.ToUpper(r)) + words[size:]
}
