package page

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"debrief/generator/measure"
)

// holdsFigure reports whether text holds a quantity: a number that stands for
// itself and is no year, clock time, level, severity, percentile or status
// code.
func holdsFigure(text string) bool {
	for at := 0; at < len(text); {
		if !isDigit(text[at]) {
			at++
			continue
		}
		end := at + 1
		for end < len(text) && (isDigit(text[end]) || (text[end] == ',' || text[end] == '.') && end+1 < len(text) && isDigit(text[end+1])) {
			end++
		}
		number, suffix := text[at:end], wordPart(text[end:])
		if standsAlone(text[:at]) && !(suffix == "" && isYear(number)) && !strings.HasPrefix(suffix, ":") && !followsStatus(text[:at]) {
			return true
		}
		at = end + len(suffix)
	}
	return false
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

// wordPart is what is written on to a number: a unit, or the rest of a clock
// time or a name.
func wordPart(s string) string {
	end := strings.IndexFunc(s, func(r rune) bool {
		return r != ':' && r != '%' && r != '×' && r != '°' && r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
	if end < 0 {
		return s
	}
	return s[:end]
}

// standsAlone reports whether what comes before a number leaves it a number:
// in P0, p99, v2 and SEV-1 it is part of a name.
func standsAlone(before string) bool {
	before = strings.TrimRight(before, "$€£¥")
	r, size := utf8.DecodeLastRuneInString(before)
	switch {
	case before == "", unicode.IsSpace(r), strings.ContainsRune("(\"“‘~≈<>+−–—/", r):
		return true
	case r == '-':
		l, _ := utf8.DecodeLastRuneInString(before[:len(before)-size])
		return !unicode.IsLetter(l)
	}
	return false
}

// isYear reports what is more likely a year than a quantity.
func isYear(number string) bool {
	return len(number) == 4 && (strings.HasPrefix(number, "19") || strings.HasPrefix(number, "20"))
}

func followsStatus(before string) bool {
	before = strings.ToLower(strings.TrimRight(before, " \u00a0"))
	return strings.HasSuffix(before, "http") || strings.HasSuffix(before, "status")
}

// spoken writes a quantity of front matter as readers say it: "38m" is
// "38 min" and "1.2x" is "1.2×". What is neither stays as written.
func spoken(text string) string {
	if d, err := measure.ParseDuration(text); err == nil && text != "" && !isDigit(text[len(text)-1]) {
		return measure.FormatDuration(d)
	}
	if rest, ok := strings.CutSuffix(text, "x"); ok {
		if f, err := measure.ParseNumber(rest); err == nil {
			return measure.FormatFactor(f)
		}
	}
	return text
}
