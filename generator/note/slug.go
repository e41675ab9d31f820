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
// a hyphen. C++ and C# become cpp and csharp, to stay apart from C.
func Slug(s string) string {
	var b strings.Builder
	hyphen := false
	write := func(word string) {
		if hyphen && b.Len() > 0 {
			b.WriteByte('-')
		}
		hyphen = false
		b.WriteString(word)
	}
	runes := []rune(strings.ToLower(norm.NFC.String(s)))
	for i, r := range runes {
		afterLetter := i > 0 && unicode.IsLetter(runes[i-1])
		endsWord := i+1 == len(runes) || !unicode.IsLetter(runes[i+1]) && !unicode.IsDigit(runes[i+1])
		switch {
		case unicode.IsLetter(r), unicode.IsNumber(r), r == '_', unicode.IsMark(r) && b.Len() > 0:
			write(string(r))
		case r == '#' && afterLetter && endsWord:
			write("sharp")
		case r == '+' && afterLetter && i+1 < len(runes) && runes[i+1] == '+':
			write("pp")
		case r == '\'' || r == '’':
			// Earth's → earths
		default:
			hyphen = true
		}
	}
	slug := cut(norm.NFC.String(b.String()), maxSegment)
	if reserved[slug] {
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
