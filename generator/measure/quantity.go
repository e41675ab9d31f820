package measure

import (
	"math"
	"strings"
)

// A Kind is what a quantity measures.
type Kind int

// The kinds of quantity that prose about incidents holds. Share and Amount are
// the kinds of what the types Percent and Money hold.
const (
	None     Kind = iota // of the zero Quantity, which is no quantity
	Duration             // seconds
	Share                // percent of a whole
	Points               // percentage points
	Factor               // times something
	Amount               // money in one currency
	Count                // so many of a thing
	Rate                 // so many of a thing per second
	Burn                 // times the rate that spends an error budget exactly
)

var kindNames = [...]string{"none", "duration", "percent", "percentage points", "factor", "money", "count", "rate", "burn"}

func (k Kind) String() string {
	if k < 0 || int(k) >= len(kindNames) {
		return kindNames[None]
	}
	return kindNames[k]
}

// An Approx is how firmly a figure is meant.
type Approx int

// How firmly a figure is meant, by the words beside it.
const (
	Exact   Approx = iota
	About          // "about", "~", "roughly", "nearly", "or so"
	AtMost         // "under", "up to", "within", "<"
	AtLeast        // "over", "more than", "at least", ">"
)

var approxNames = [...]string{"exact", "about", "at most", "at least"}

func (a Approx) String() string {
	if a < 0 || int(a) >= len(approxNames) {
		return "unknown"
	}
	return approxNames[a]
}

// A Quantity is a figure as it stands in a text.
type Quantity struct {
	Kind  Kind
	Value float64 // never negative; seconds, percent, percentage points, times, money, number, or number per second
	High  float64 // the upper end of a range ("2–3 min"); equals Value otherwise
	Step  float64 // the place value of the last digit shown, in the unit of Value: 60 for "38 min", 100,000 for "$3.2M"

	// Unit is the currency of an Amount (ISO 4217), the noun of a Count
	// ("requests") and the noun and period of a Rate ("updates per week"),
	// in lower case. The other kinds have none.
	Unit string

	// Mark is what stands right beside the figure and says which one it is:
	// "p99", "median" or "mean" of a distribution, "every" before a duration,
	// "T+" before an offset, "per minute" after money.
	Mark string

	Sign   int // +1 or -1 when a sign or a word of change is written on it, else 0
	Approx Approx
}

// A Found is a quantity and where it stands: text[From:To] is the figure with
// its unit, without the words that approximate it.
type Found struct {
	From, To int
	Quantity
}

// Same reports whether q and o can be compared: one kind, one currency or
// noun, and not marked as different figures (a p50 is no p99, and dollars a
// minute are no dollars).
func (q Quantity) Same(o Quantity) bool {
	if q.Kind == None || q.Kind != o.Kind || !sameMark(q.Mark, o.Mark) {
		return false
	}
	switch q.Kind {
	case Amount:
		return q.Unit == o.Unit
	case Count:
		return head(q.Unit) == head(o.Unit)
	case Rate:
		a, b := rateNoun(q.Unit), rateNoun(o.Unit)
		return a == "" || b == "" || head(a) == head(b)
	}
	return true
}

// sameMark compares marks. A figure without a mark may be any figure of a
// distribution, but it is neither a cadence, an offset nor a price.
func sameMark(a, b string) bool {
	if a == "p50" {
		a = "median"
	}
	if b == "p50" {
		b = "median"
	}
	if a == b {
		return true
	}
	return a == "" && ofDistribution(b) || b == "" && ofDistribution(a)
}

func ofDistribution(mark string) bool {
	return mark == "median" || mark == "mean" || strings.HasPrefix(mark, "p") && !strings.HasPrefix(mark, "per ")
}

// head is the last word of a noun, in the singular: "pick-up shops" and
// "shop" are the same thing.
func head(noun string) string {
	noun = noun[strings.LastIndexByte(noun, ' ')+1:]
	switch {
	case noun == "people":
		return "person"
	case strings.HasSuffix(noun, "ies") && len(noun) > 4:
		return noun[:len(noun)-3] + "y"
	case strings.HasSuffix(noun, "s") && !strings.HasSuffix(noun, "ss"):
		return noun[:len(noun)-1]
	}
	return noun
}

// rateNoun is what is counted in a rate's unit: "updates" in "updates per week".
func rateNoun(unit string) string {
	switch unit {
	case "rps", "qps":
		return "requests"
	case "tps":
		return "transactions"
	}
	if strings.HasPrefix(unit, "per ") {
		return ""
	}
	noun, _, _ := strings.Cut(unit, " per ")
	return noun
}

// Agrees reports whether value is what q says, at the precision shown: "38
// min" agrees with all that rounds to 38 minutes, either way at the half.
// Ranges are inclusive. "About" allows a tenth; "at most" allows what is not
// more, down to half of it, and "at least" what is not less, up to twice.
//
// A quantity without a sign tells no direction and agrees with a change either
// way; a signed one agrees with its own direction only.
func (q Quantity) Agrees(value float64) bool {
	if q.Sign < 0 {
		value = -value
	}
	if q.Sign == 0 {
		value = math.Abs(value)
	}
	half := q.Step/2 + 1e-9*math.Max(1e-3, math.Abs(q.High))
	switch q.Approx {
	case About:
		return value >= q.Value-math.Max(half, q.Value/10) && value <= q.High+math.Max(half, q.High/10)
	case AtMost:
		return value <= q.High+half && (value > q.Value/2 || value >= q.Value-half)
	case AtLeast:
		return value >= q.Value-half && (value < q.High*2 || value <= q.High+half)
	}
	return value >= q.Value-half && value <= q.High+half
}
