package page

import (
	"strings"

	"debrief/generator/measure"
)

// holdsFigure reports whether text holds a quantity to quote. A few things
// counted in words ("two teams") are a way of speaking and do not suffice.
func holdsFigure(text string) bool {
	for _, f := range measure.Scan(text) {
		if f.Kind != measure.Count || strings.ContainsAny(text[f.From:f.To], "0123456789") {
			return true
		}
	}
	return false
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

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
