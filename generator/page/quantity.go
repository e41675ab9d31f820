package page

import (
	"regexp"
	"strings"
)

// numeral finds a number that stands for itself: not part of SEV-1, P0, L5,
// p99, a version or a name.
var numeral = regexp.MustCompile(`(^|[\s("“‘~≈<>$€£¥+−–—/-])([$€£¥]?\d[\d,]*(?:\.\d+)?)([:\w%×°]*)`)

// year finds what is more likely a year than a quantity.
var year = regexp.MustCompile(`^(19|20)\d\d$`)

// holdsFigure reports whether text holds a quantity: a number that is no
// year, clock time, level, severity or status code.
func holdsFigure(text string) bool {
	for _, m := range numeral.FindAllStringSubmatchIndex(text, -1) {
		number, suffix := text[m[4]:m[5]], text[m[6]:m[7]]
		before := strings.TrimRight(text[:m[2]], " ")
		if m[2] < m[3] && strings.HasSuffix(text[m[2]:m[3]], "-") && m[2] > 0 && isLetter(text[m[2]-1]) {
			continue // SEV-1
		}
		switch {
		case strings.Contains(suffix, ":"): // a clock time
		case suffix == "" && year.MatchString(number):
		case strings.HasSuffix(strings.ToLower(before), "http"), strings.HasSuffix(strings.ToLower(before), "status"):
		default:
			return true
		}
	}
	return false
}

func isLetter(b byte) bool { return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' }
