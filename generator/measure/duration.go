// Package measure is quantities with units: how they are read, compared and
// written. It knows no notes; a duration's place and its name belong to those
// who found it.
package measure

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode"
)

const (
	day  = 24 * time.Hour
	week = 7 * day
)

var errDuration = errors.New("not a duration; write it like 30s, 20m, 1h30m, 3d or 4w")

// ParseDuration reads a duration in Go's form with days and weeks ("1h30m",
// "2d", "4w", with or without spaces) or in ISO 8601 ("PT20M", "P1DT2H").
// A day is 24 hours and a week 168: these are lengths, not calendar dates.
func ParseDuration(s string) (time.Duration, error) {
	text := strings.ToLower(strings.Join(strings.Fields(plain(s)), ""))
	sign := time.Duration(1)
	switch {
	case strings.HasPrefix(text, "-"):
		sign, text = -1, text[1:]
	case strings.HasPrefix(text, "+"):
		text = text[1:]
	}
	iso := strings.HasPrefix(text, "p")
	if iso {
		text = text[1:]
	}
	if text == "0" {
		return 0, nil
	}
	if text == "" {
		return 0, errDuration
	}
	var total float64
	timePart := !iso
	for text != "" {
		if iso && !timePart && text[0] == 't' {
			timePart, text = true, text[1:]
			continue
		}
		n := strings.IndexFunc(text, func(r rune) bool { return !unicode.IsDigit(r) && r != '.' })
		if n <= 0 {
			return 0, errDuration
		}
		value, err := strconv.ParseFloat(text[:n], 64)
		if err != nil {
			return 0, errDuration
		}
		text = text[n:]
		end := strings.IndexFunc(text, func(r rune) bool { return unicode.IsDigit(r) || r == '.' || iso && r == 't' })
		if end < 0 {
			end = len(text)
		}
		unit, ok := durationUnit(text[:end], iso, timePart)
		if !ok {
			return 0, errDuration
		}
		text = text[end:]
		total += value * float64(unit)
	}
	if math.Abs(total) > math.MaxInt64/2 {
		return 0, errors.New("too long for a duration")
	}
	return sign * time.Duration(math.Round(total)), nil
}

// Nanoseconds returns the duration of ns nanoseconds, the longest there is where
// that is not enough: what a conversion makes of such a number differs from one
// processor to the next. Not a number gives 0.
func Nanoseconds(ns float64) time.Duration {
	switch {
	case math.IsNaN(ns):
		return 0
	case ns >= math.MaxInt64:
		return math.MaxInt64
	case ns <= math.MinInt64:
		return math.MinInt64
	}
	return time.Duration(math.Round(ns))
}

func durationUnit(name string, iso, timePart bool) (time.Duration, bool) {
	if iso && !timePart && name != "w" && name != "d" {
		return 0, false // P1M is a month, which has no fixed length
	}
	switch name {
	case "ms":
		return time.Millisecond, !iso
	case "s", "sec", "secs", "second", "seconds":
		return time.Second, true
	case "m", "min", "mins", "minute", "minutes":
		return time.Minute, true
	case "h", "hr", "hrs", "hour", "hours":
		return time.Hour, true
	case "d", "day", "days":
		return day, true
	case "w", "week", "weeks":
		return week, true
	}
	return 0, false
}

// FormatDuration writes d for people, in at most two neighbouring units:
// "38 min", "1 h 30 min", "1 min 30 s", "30 s", "2 d 3 h", "450 ms".
// Ninety minutes are "1 h 30 min". All spaces are no-break spaces.
func FormatDuration(d time.Duration) string {
	if d < 0 {
		return "−" + FormatDuration(d.Abs())
	}
	switch {
	case d == 0:
		return "0" + nbsp + "s"
	case d < time.Second:
		return number(float64(d)/float64(time.Millisecond), 1) + nbsp + "ms"
	case d < time.Minute:
		return number(d.Seconds(), 1) + nbsp + "s"
	case d < time.Hour:
		d = d.Round(time.Second)
		return pair(int64(d/time.Minute), "min", int64(d%time.Minute/time.Second), "s")
	case d < 2*day:
		d = d.Round(time.Minute)
		return pair(int64(d/time.Hour), "h", int64(d%time.Hour/time.Minute), "min")
	}
	d = d.Round(time.Hour)
	return pair(int64(d/day), "d", int64(d%day/time.Hour), "h")
}

// ExactDuration writes d to the second, in as many units as that takes: "1 h
// 5 min 30 s". Less than a second is as FormatDuration has it.
func ExactDuration(d time.Duration) string {
	if d < time.Second {
		return FormatDuration(d)
	}
	d = d.Round(time.Second)
	var parts []string
	for _, u := range []struct {
		size time.Duration
		name string
	}{{day, "d"}, {time.Hour, "h"}, {time.Minute, "min"}, {time.Second, "s"}} {
		if n := d / u.size; n > 0 {
			parts = append(parts, strconv.FormatInt(int64(n), 10)+nbsp+u.name)
			d -= n * u.size
		}
	}
	return strings.Join(parts, nbsp)
}

// Clock writes a time that has passed as a stop-watch does: "20:30" is minutes
// and seconds, "1:30:00" has hours; from two days on units are spelt out.
func Clock(d time.Duration) string {
	if d >= 2*day {
		return FormatDuration(d)
	}
	d = d.Round(time.Second)
	h, m, sec := d/time.Hour, d%time.Hour/time.Minute, d%time.Minute/time.Second
	if h > 0 {
		return fmt.Sprintf("%d:%02d:%02d", h, m, sec)
	}
	return fmt.Sprintf("%d:%02d", m, sec)
}

const nbsp = "\u00a0"

func pair(a int64, unitA string, b int64, unitB string) string {
	if b == 0 {
		return fmt.Sprintf("%d%s%s", a, nbsp, unitA)
	}
	return fmt.Sprintf("%d%s%s%s%d%s%s", a, nbsp, unitA, nbsp, b, nbsp, unitB)
}

// ShortDuration writes d as front matter does: "38m", "1h30m", "2d3h".
func ShortDuration(d time.Duration) string {
	if d < 0 {
		return "-" + ShortDuration(d.Abs())
	}
	if d == 0 {
		return "0s"
	}
	var b strings.Builder
	for _, u := range []struct {
		size time.Duration
		name string
	}{{day, "d"}, {time.Hour, "h"}, {time.Minute, "m"}, {time.Second, "s"}, {time.Millisecond, "ms"}} {
		if n := d / u.size; n > 0 {
			fmt.Fprintf(&b, "%d%s", n, u.name)
			d -= n * u.size
		}
	}
	return b.String()
}

// plain replaces the typographic forms people paste (no-break and thin
// spaces, minus signs, non-breaking hyphens, the multiplication sign) by
// their ASCII twins.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case '\u00a0', '\u202f', '\u2009', '\u2007', '\u2008':
			return ' '
		case '−', '–', '‑', '‐', '—':
			return '-'
		case '×':
			return 'x'
		}
		return r
	}, strings.TrimSpace(s))
}

// number writes f with at most the given decimals, without trailing zeros.
func number(f float64, decimals int) string {
	switch {
	case math.IsNaN(f):
		return "?"
	case math.IsInf(f, 1):
		return "∞"
	case math.IsInf(f, -1):
		return "−∞"
	}
	s := strconv.FormatFloat(f, 'f', decimals, 64)
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	if s == "-0" {
		s = "0"
	}
	if neg := strings.TrimPrefix(s, "-"); neg != s {
		return "−" + group(neg)
	}
	return group(s)
}

// group puts commas between thousands.
func group(s string) string {
	whole, frac, dot := strings.Cut(s, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if dot {
		return whole + "." + frac
	}
	return whole
}
