package measure

import (
	"math"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestParseDuration(t *testing.T) {
	for in, want := range map[string]time.Duration{
		"30s": 30 * time.Second, "20m": 20 * time.Minute, "1h30m": 90 * time.Minute, "1 h 30 min": 90 * time.Minute,
		"2d": 48 * time.Hour, "4w": 4 * 168 * time.Hour, "30d": 720 * time.Hour, "1.5h": 90 * time.Minute,
		"PT20M": 20 * time.Minute, "P1DT2H": 26 * time.Hour, "0": 0, "2m30s": 150 * time.Second, "38 min": 38 * time.Minute,
		"-5m": -5 * time.Minute, "250ms": 250 * time.Millisecond,
	} {
		if got, err := ParseDuration(in); err != nil || got != want {
			t.Errorf("ParseDuration(%q) = %v, %v, want %v", in, got, err, want)
		}
	}
	for _, in := range []string{"", "ninety", "10", "5x", "P1M", "1h30", "m", "-", "1..2s", "99999999999999w"} {
		if got, err := ParseDuration(in); err == nil {
			t.Errorf("ParseDuration(%q) = %v, want an error", in, got)
		}
	}
}

func TestFormatDuration(t *testing.T) {
	for in, want := range map[time.Duration]string{
		30 * time.Second: "30 s", 90 * time.Second: "1 min 30 s", 38 * time.Minute: "38 min", 90 * time.Minute: "1 h 30 min",
		720 * time.Hour: "30 d", 51 * time.Hour: "2 d 3 h", -23 * time.Minute: "−23 min", 0: "0 s",
	} {
		if got := strings.ReplaceAll(FormatDuration(in), nbsp, " "); got != want {
			t.Errorf("FormatDuration(%v) = %q, want %q", in, got, want)
		}
	}
}

func TestDurationsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := time.Duration(rapid.Int64Range(0, 1e9).Draw(t, "ms")) * time.Millisecond
		back, err := ParseDuration(ShortDuration(d))
		if err != nil || back != d {
			t.Fatalf("ParseDuration(ShortDuration(%v)) = %v, %v", d, back, err)
		}
	})
}

func TestParseMoney(t *testing.T) {
	for in, want := range map[string]Money{
		"USD 3.2M": {3.2e6, "USD"}, "3.2M USD": {3.2e6, "USD"}, "USD 175000": {175000, "USD"}, "USD 175,000": {175000, "USD"},
		"EUR 90k": {90000, "EUR"}, "usd 5": {5, "USD"}, "GBP 1bn": {1e9, "GBP"}, "USD266667": {266667, "USD"},
	} {
		if got, err := ParseMoney(in); err != nil || got != want {
			t.Errorf("ParseMoney(%q) = %v, %v, want %v", in, got, err, want)
		}
	}
	if m, err := ParseMoney("$3.2M"); err != ErrSymbolOnly || m != (Money{3.2e6, "USD"}) {
		t.Errorf("ParseMoney($3.2M) = %v, %v, want USD with ErrSymbolOnly", m, err)
	}
	for _, in := range []string{"", "3.2M", "175000", "XXX 5", "USD", "USD many"} {
		if got, err := ParseMoney(in); err == nil {
			t.Errorf("ParseMoney(%q) = %v, want an error", in, got)
		}
	}
	for m, want := range map[Money]string{{3.2e6, "USD"}: "$3.2M", {165000, "USD"}: "$165k", {893200, "USD"}: "$893.2k", {1493333, "USD"}: "$1,493,333", {-5, "CHF"}: "−CHF 5"} {
		if got := strings.ReplaceAll(m.Short(), nbsp, " "); got != want {
			t.Errorf("%v.Short() = %q, want %q", m, got, want)
		}
	}
}

func TestChange(t *testing.T) {
	c := Change{Before: 12, After: 2}
	rel, ok := c.Relative()
	factor, _ := c.Factor()
	if c.Absolute() != -10 || !ok || rel.Round() != "−83.3%" || factor != 6 {
		t.Errorf("12 → 2 = %v, %v, %v; want −10 points, −83.3%%, 6×", c.Absolute(), rel.Round(), factor)
	}
	if _, ok := (Change{0, 5}).Relative(); ok {
		t.Error("a change from 0 has no relative size")
	}
}

func TestParsePercent(t *testing.T) {
	if p, err := ParsePercent("99.95 %"); err != nil || p.String() != "99.95%" {
		t.Errorf("ParsePercent = %v, %v", p, err)
	}
	if p, err := ParsePercent("12"); err != ErrNoUnit || p != 12 {
		t.Errorf("a bare 12 = %v, %v; want 12 and ErrNoUnit", p, err)
	}
}

// TestNoQuantityIsTooLarge holds that what notes can say, however wild, can be
// written: the difference of two instants stops at ±292 years, whose lower end
// has no positive twin.
func TestNoQuantityIsTooLarge(t *testing.T) {
	for d, want := range map[time.Duration]string{math.MinInt64: "−106751 d 23 h", math.MaxInt64: "106751 d 23 h"} {
		if got := strings.ReplaceAll(FormatDuration(d), nbsp, " "); got != want {
			t.Errorf("FormatDuration(%d) = %q, want %q", d, got, want)
		}
		if got := ShortDuration(d); !strings.Contains(got, "106751d23h") {
			t.Errorf("ShortDuration(%d) = %q", d, got)
		}
	}
	for _, in := range []string{"1e19", "-1e300", "1e400", "inf", "nan", "1_000_000_000_000_000_000_000"} {
		if f, err := ParseNumber(in); err == nil {
			t.Errorf("ParseNumber(%q) = %v, want an error", in, f)
		}
	}
	for f, want := range map[float64]string{math.Inf(1): "∞", math.Inf(-1): "−∞", 1e18: "1,000,000,000,000,000,000"} {
		if got := FormatNumber(f, 2); got != want {
			t.Errorf("FormatNumber(%v) = %q, want %q", f, got, want)
		}
	}
	tiny := Change{Before: 5e-324, After: 1e18}
	if p, ok := tiny.Relative(); ok {
		t.Errorf("%v changes relatively by %v", tiny, p)
	}
	if f, ok := tiny.Factor(); ok {
		t.Errorf("%v changes by a factor of %v", tiny, f)
	}
	for ns, want := range map[float64]time.Duration{1.6: 2, 1e300: math.MaxInt64, -1e300: math.MinInt64, math.Inf(1): math.MaxInt64} {
		if got := Nanoseconds(ns); got != want {
			t.Errorf("Nanoseconds(%v) = %d, want %d", ns, got, want)
		}
	}
}
