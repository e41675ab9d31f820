package cover

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

var caseFold = cases.Fold()

// fold makes the ways to write one text one: case, Unicode form, accents,
// characters that nobody sees.
func fold(s string) string {
	var b strings.Builder
	for _, r := range s {
		b.WriteString(foldRune(r))
	}
	return b.String()
}

// foldRune is what a rune counts as; nothing when nobody sees it. Accents go:
// an address writes Muller for Müller.
func foldRune(r rune) string {
	if r < utf8.RuneSelf {
		return string(unicode.ToLower(r))
	}
	if int(r) < len(latin) {
		return latin[r]
	}
	return foldAny(r)
}

// latin is what the letters of Europe's languages count as; working it out
// takes longer than all else that is done with a text.
var latin = func() (folded [0x250]string) {
	for r := range folded {
		folded[r] = foldAny(rune(r))
	}
	return folded
}()

func foldAny(r rune) string {
	switch {
	case invisible(r):
		return ""
	case hyphen(r):
		return "-"
	}
	var b strings.Builder
	for _, r := range norm.NFKD.String(caseFold.String(norm.NFKD.String(string(r)))) {
		switch plain, ok := plainLetters[r]; {
		case ok:
			b.WriteString(plain)
		case r < 0x300 || r > 0x36f:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// plainLetters are what keyboards without them, and addresses, write for small
// letters that Unicode does not take apart.
var plainLetters = map[rune]string{
	'ø': "o", 'ł': "l", 'đ': "d", 'ð': "d", 'ħ': "h", 'ŧ': "t", 'ı': "i", 'ŋ': "n", 'æ': "ae", 'œ': "oe", 'þ': "th", 'ĸ': "k", 'ƒ': "f", 'ə': "e",
}

// spelled writes letters as two, as German and the Scandinavian languages do
// where their own are missing: Mueller, Aalborg.
var spelled = strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "ø", "oe", "å", "aa", "Ä", "AE", "Ö", "OE", "Ü", "UE", "Ø", "OE", "Å", "AA")

// mendedRune is foldRune where a word broken by a hyphen is whole.
func mendedRune(r rune) string {
	if breaking(r) {
		return ""
	}
	return foldRune(r)
}

// plainRune is what a rune counts as for patterns, which name letters
// themselves.
func plainRune(r rune) string {
	if r < utf8.RuneSelf {
		return string(r)
	}
	switch {
	case invisible(r):
		return ""
	case hyphen(r):
		return "-"
	}
	s := string(r)
	if norm.NFKC.IsNormalString(s) {
		return s
	}
	return norm.NFKC.String(s)
}

// hyphen reports the signs that look like the hyphen of a keyboard: Unicode's
// own, the one that does not break, the figure dash, the minus sign.
func hyphen(r rune) bool { return breaking(r) || r == 0x2012 || r == 0x2212 }

// breaking reports the hyphens that programs put into words at the end of a
// line, where the word may have none.
func breaking(r rune) bool { return r == 0x2010 || r == 0x2011 }

// invisible are the characters that show nothing: Unicode's
// Default_Ignorable_Code_Point.
func invisible(r rune) bool {
	switch {
	case r < 0x300:
		return r == 0xad
	case r >= 0x200b && r <= 0x200f, r >= 0x202a && r <= 0x202e, r >= 0x2060 && r <= 0x206f, r >= 0xfe00 && r <= 0xfe0f, r >= 0xe0000 && r <= 0xe0fff:
		return true
	}
	return r == 0x34f || r == 0x61c || r == 0x115f || r == 0x1160 || r == 0x17b4 || r == 0x17b5 || r >= 0x180b && r <= 0x180f || r == 0x3164 || r == 0xfeff || r == 0xffa0
}

// isWord reports a letter, mark or digit.
func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }
