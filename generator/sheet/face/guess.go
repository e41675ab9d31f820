package face

import "unicode"

// guess is how wide a character of a script that the faces lack will be at
// most, as far as common fonts go. A line that is guessed too wide ends early;
// one guessed too narrow would run off the paper.
func guess(r rune) int {
	switch {
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) || r < ' ':
		return 0 // it stands on the character before
	case FullWidth(r):
		return PerEm
	case r >= 0x1F000 && r < 0x20000 || r >= 0x2600 && r < 0x2800:
		return PerEm * 11 / 8 // pictures
	case unicode.In(r, unicode.Arabic, unicode.Hebrew):
		return PerEm * 3 / 4
	case r >= 0x0900 && r < 0x1100: // scripts of India and around, with wide syllables
		return PerEm * 15 / 16
	case unicode.IsSpace(r):
		return PerEm / 2
	}
	return PerEm * 7 / 8
}

// FullWidth reports characters that fill a square: ideographs, kana, Hangul
// and their punctuation. A line may break before and after most of them.
func FullWidth(r rune) bool {
	switch {
	case r < 0x1100:
		return false
	case r <= 0x115F, // Hangul letters
		r >= 0x2E80 && r <= 0x303E, r >= 0x3041 && r <= 0x33FF,
		r >= 0x3400 && r <= 0x4DBF, r >= 0x4E00 && r <= 0x9FFF,
		r >= 0xA000 && r <= 0xA4CF, r >= 0xA960 && r <= 0xA97F,
		r >= 0xAC00 && r <= 0xD7A3, r >= 0xF900 && r <= 0xFAFF,
		r >= 0xFE30 && r <= 0xFE6F, r >= 0xFF01 && r <= 0xFF60, r >= 0xFFE0 && r <= 0xFFE6,
		r >= 0x20000 && r <= 0x3FFFD:
		return true
	}
	return false
}
