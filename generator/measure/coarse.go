package measure

import (
	"math"
	"regexp"
	"strconv"
	"strings"
)

// Coarse says which figures others get in round numbers only: those by which
// one could tell whose they are. Results (shares, times, factors) are never
// among them. The zero Coarse rounds nothing.
type Coarse struct {
	Money  bool
	Counts bool // and rates
}

// fewest is the number of things below which a count tells nobody's size.
const fewest = 100

// Covers reports whether a figure is one of those.
func (c Coarse) Covers(q Quantity) bool {
	large := max(q.High, -q.Value) >= fewest // a change may be a loss
	switch q.Kind {
	case Amount:
		return c.Money && large
	case Count, Rate:
		return c.Counts && large
	}
	return false
}

// Round is a number with its first digit only.
func Round(v float64) float64 {
	if v == 0 {
		return 0
	}
	place := math.Pow(10, math.Floor(math.Log10(math.Abs(v))))
	return math.Round(v/place) * place
}

var numerals = regexp.MustCompile(`(\d[\d.,\x{2009}\x{202f}']*\d|\d)(?:( ?)(thousand|million|[kKM])\b)?`)

// thousandfold is what a thousand of something is called.
var thousandfold = map[string]string{"k": "M", "K": "M", "M": "B", "thousand": "million", "million": "billion"}

// Roughly rounds each number of a text to its first digit: "$3.2M" becomes
// "$3M", "41,200 users" "40,000 users", "$950K" "$1M".
func Roughly(text string) string {
	return numerals.ReplaceAllStringFunc(text, func(written string) string {
		m := numerals.FindStringSubmatch(written)
		number, space, unit := roughly(m[1]), m[2], m[3]
		if larger := thousandfold[unit]; larger != "" && (number == "1000" || number == "1,000") {
			number, unit = "1", larger
		}
		return number + space + unit
	})
}

// roughly rounds one number as it is written.
func roughly(written string) string {
	v, err := ParseNumber(written)
	if err != nil || v <= 0 {
		return written
	}
	if v = Round(v); v < 1 {
		return strconv.FormatFloat(v, 'g', 1, 64)
	}
	grouped := strings.ContainsAny(written, ",.'\u2009\u202f")
	if digits := strconv.FormatFloat(v, 'f', 0, 64); !grouped || len(digits) < 4 {
		return digits
	}
	return FormatNumber(v, 0)
}
