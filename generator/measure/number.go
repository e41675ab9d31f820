package measure

import (
	"errors"
	"math"
	"strconv"
	"strings"
)

// A Percent is a share in percent: 12% is 12, not 0.12.
type Percent float64

// Share returns p as a share of one: 12% is 0.12.
func (p Percent) Share() float64 { return float64(p) / 100 }

// String writes p with at most three decimals, so that 99.95% stays itself.
func (p Percent) String() string { return number(float64(p), 3) + "%" }

// Round writes p with at most one decimal, the precision of derived shares.
func (p Percent) Round() string { return number(float64(p), 1) + "%" }

// ErrNoUnit says that a number was read which needs a unit to mean anything.
var ErrNoUnit = errors.New("a number without a unit")

// ParsePercent reads "12%", "12 %" or "12 percent". A bare number is returned
// together with ErrNoUnit, since 0.12 and 12 may mean the same.
func ParsePercent(s string) (Percent, error) {
	text := strings.ToLower(plain(s))
	bare := strings.TrimSpace(strings.TrimSuffix(strings.TrimSuffix(text, "percent"), "%"))
	f, err := ParseNumber(bare)
	if err != nil {
		return 0, errors.New("not a percentage; write it like 12% or 99.9%")
	}
	if bare == text {
		return Percent(f), ErrNoUnit
	}
	return Percent(f), nil
}

// maxNumber is the largest number that is read. Nothing in an interview is
// counted in more, and what is computed from such numbers stays a number.
const maxNumber = 1e18

// ParseNumber reads a decimal number with optional thousands commas or
// underscores. Infinities, not-a-number and numbers beyond ±10¹⁸ are refused.
func ParseNumber(s string) (float64, error) {
	text := plain(s)
	if strings.ContainsAny(text, ",_") {
		text = strings.NewReplacer(",", "", "_", "").Replace(text)
	}
	f, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsNaN(f) || math.Abs(f) > maxNumber {
		return 0, errors.New("not a number")
	}
	return f, nil
}

// times multiplies a number by a power of ten as decimals do: 2.01 thousand is
// 2010, where the product of the binary numbers is a hair less.
func times(f, scale float64) float64 {
	if scale == 1 {
		return f
	}
	exact, err := strconv.ParseFloat(strconv.FormatFloat(f, 'f', -1, 64)+"e"+strconv.Itoa(int(math.Round(math.Log10(scale)))), 64)
	if err != nil {
		return f * scale
	}
	return exact
}

// FormatFactor writes a ratio: "1.35×".
func FormatFactor(f float64) string { return number(f, 2) + "×" }

// FormatNumber writes f with at most the given decimals, thousands grouped.
func FormatNumber(f float64, decimals int) string { return number(f, decimals) }

// WithUnit writes a value in a metric's unit: "12%", "82 ms", "1.35×", "$40".
// A unit that is an ISO 4217 code is money; anything else follows the number.
func WithUnit(f float64, unit string) string {
	switch unit {
	case "":
		return number(f, 3)
	case "%":
		return Percent(f).String()
	case "x", "×":
		return FormatFactor(f)
	case "ratio":
		return number(f, 4)
	case "count":
		return number(f, 3)
	}
	if IsCurrency(unit) {
		return Money{Amount: f, Currency: unit}.String()
	}
	return number(f, 3) + nbsp + unit
}

// A Change is one quantity before and after, both in the same unit.
type Change struct {
	Before, After float64
}

// Absolute is the difference after − before, in the metric's unit (for
// percentages: percentage points).
func (c Change) Absolute() float64 { return c.After - c.Before }

// Relative is the change as a share of before; ok is false when before is 0,
// or so close to it that the share is no number: from there nothing can be
// said relatively.
func (c Change) Relative() (p Percent, ok bool) {
	share := (c.After - c.Before) / math.Abs(c.Before) * 100
	if math.IsNaN(share) || math.IsInf(share, 0) {
		return 0, false
	}
	return Percent(share), true
}

// Factor is how many times the larger exceeds the smaller; ok is false when
// the smaller is 0 (or hardly more) or the signs differ.
func (c Change) Factor() (f float64, ok bool) {
	lo, hi := min(c.Before, c.After), max(c.Before, c.After)
	if lo <= 0 || math.IsInf(hi/lo, 0) {
		return 0, false
	}
	return hi / lo, true
}

// Signed writes f with its sign and at most the given decimals: "−10", "+3.5".
func Signed(f float64, decimals int) string {
	s := number(f, decimals)
	if f > 0 && s != "0" {
		return "+" + s
	}
	return s
}
