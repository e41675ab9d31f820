package measure

import (
	"math"
	"strconv"
	"strings"
)

// String writes q as prose would say it, so that Scan reads it back: "about 38
// min", "−18 ms", "p99 250 ms", "$155k–$185k", "5 updates per week".
func (q Quantity) String() string {
	var b strings.Builder
	if after, ok := strings.CutPrefix(q.Mark, "per "); ok && q.Kind == Amount {
		q.Mark = ""
		return q.String() + " per " + after
	}
	if q.Mark != "" && q.Mark != "T+" {
		b.WriteString(q.Mark + " ")
	}
	switch q.Approx {
	case About:
		b.WriteString("about ")
	case AtMost:
		b.WriteString("at most ")
	case AtLeast:
		b.WriteString("at least ")
	}
	switch {
	case q.Mark == "T+" && q.Sign < 0:
		b.WriteString("T−")
	case q.Mark == "T+":
		b.WriteString("T+")
	case q.Sign < 0 || q.Value < 0: // facts may be negative
		b.WriteString("−")
	case q.Sign > 0:
		b.WriteString("+")
	}
	q.Value, q.High = math.Abs(q.Value), math.Abs(q.High)
	b.WriteString(q.figure())
	return b.String()
}

// ranged reports whether q has two ends.
func (q Quantity) ranged() bool { return q.High > q.Value }

// figure writes the number and its unit.
func (q Quantity) figure() string {
	switch q.Kind {
	case Duration:
		return q.durationText()
	case Share:
		return q.ends(1) + "%"
	case Points:
		if q.Value == 1 && !q.ranged() && q.Step == 1 {
			return "1" + nbsp + "point"
		}
		return q.ends(1) + nbsp + "points"
	case Factor:
		return q.ends(1) + "×"
	case Burn:
		return q.ends(1) + " times the sustainable rate"
	case Amount:
		return q.moneyText()
	case Count:
		if q.Unit == "n" {
			return "n = " + q.ends(1)
		}
		return q.scaledText() + nbsp + q.Unit
	case Rate:
		return q.rateText()
	}
	return q.ends(1)
}

// ends writes the number, or both ends of a range, in a unit of so many base
// units, with the decimals that the step shows.
func (q Quantity) ends(unit float64) string {
	step := q.Step / unit
	if half := math.Abs(step-0.5) < 1e-9; half {
		text := halves(q.Value / unit)
		if q.ranged() {
			text += "–" + halves(q.High/unit)
		}
		return text
	}
	decimals := 0
	if step > 0 && step < 1 {
		decimals = int(math.Round(-math.Log10(step)))
	}
	text := fixed(q.Value/unit, decimals)
	if q.ranged() {
		text += "–" + fixed(q.High/unit, decimals)
	}
	return text
}

// fixed writes f with all its decimals, thousands grouped.
func fixed(f float64, decimals int) string {
	return group(strconv.FormatFloat(f, 'f', decimals, 64))
}

func halves(f float64) string {
	whole := math.Floor(f)
	if f-whole < 0.25 {
		return fixed(whole, 0)
	}
	return fixed(whole, 0) + "½"
}

// spokenUnits are the units that a duration is written in.
var spokenUnits = []struct {
	seconds float64
	name    string
}{{604800, "weeks"}, {86400, "days"}, {3600, "h"}, {60, "min"}, {1, "s"}}

func (q Quantity) durationText() string {
	if q.Step > 5e-6 && q.Step < 1 && decimalOf(q.Step*1e3) {
		return q.thousandths(1e3, "ms")
	}
	if q.Step > 0 && q.Step < 1e-3 {
		return q.thousandths(1e6, "µs")
	}
	if text, ok := q.fraction(); ok {
		return text
	}
	for k, u := range spokenUnits {
		r := q.Step / u.seconds
		if !decimalOf(r) && math.Abs(r-0.5) > 1e-9 {
			continue
		}
		if r == 1 && !q.ranged() && k > 1 && q.Value >= spokenUnits[k-1].seconds && math.Mod(q.Value, spokenUnits[k-1].seconds) != 0 {
			return q.inUnits(k)
		}
		text := q.ends(u.seconds)
		if text == "1" && len(u.name) > 3 {
			return text + nbsp + strings.TrimSuffix(u.name, "s")
		}
		return text + nbsp + u.name
	}
	return q.ends(1) + nbsp + "s"
}

// decimalOf reports whether r is 1, 0.1, 0.01 or 0.001.
func decimalOf(r float64) bool {
	for d := 1.0; d > 5e-4; d /= 10 {
		if math.Abs(r/d-1) < 1e-9 {
			return true
		}
	}
	return false
}

func (q Quantity) thousandths(per float64, name string) string {
	scaled := q
	scaled.Value, scaled.High, scaled.Step = q.Value*per, q.High*per, q.Step*per
	return scaled.ends(1) + nbsp + name
}

// fraction writes "half an hour" and "a quarter of an hour".
func (q Quantity) fraction() (string, bool) {
	if q.ranged() {
		return "", false
	}
	if q.Value == 900 && q.Step == 600 {
		return "a quarter of an hour", true
	}
	for unit, name := range map[float64]string{604800: "half a week", 86400: "half a day", 3600: "half an hour", 60: "half a minute", 1: "half a second"} {
		if q.Value == unit/2 && q.Step == unit/3 {
			return name, true
		}
	}
	return "", false
}

// inUnits writes a duration in several units, down to the k-th.
func (q Quantity) inUnits(k int) string {
	var parts []string
	rest := math.Round(q.Value/spokenUnits[k].seconds) * spokenUnits[k].seconds
	for n := 1; n <= k; n++ { // weeks are not mixed
		u := spokenUnits[n]
		name := u.name
		if name == "days" {
			name = "d"
		}
		if whole := math.Floor(rest / u.seconds); whole > 0 {
			parts = append(parts, fixed(whole, 0)+nbsp+name)
			rest -= whole * u.seconds
		}
	}
	return strings.Join(parts, nbsp)
}

// scaleNames are the scales in which large numbers are written.
var scaleNames = []struct {
	size, least float64 // the least step that asks for it
	name        string
}{{1e9, 1e7, "B"}, {1e6, 1e4, "M"}, {1e3, 10, "k"}}

func (q Quantity) moneyText() string {
	scale, name := 1.0, ""
	for _, s := range scaleNames {
		if q.Step >= s.least {
			scale, name = s.size, s.name
			break
		}
	}
	symbol := q.Unit + nbsp
	for s, code := range symbols {
		if code == q.Unit {
			symbol = s
		}
	}
	low, high, ranged := strings.Cut(q.ends(scale), "–")
	if ranged {
		return symbol + low + name + "–" + symbol + high + name
	}
	return symbol + low + name
}

// scaledText writes a number of things; three digits and more of zeros that
// the step does not show become thousands or millions.
func (q Quantity) scaledText() string {
	switch {
	case q.Step >= 1e7:
		return q.ends(1e9) + " billion"
	case q.Step >= 1e4:
		return q.ends(1e6) + "M"
	case q.Step == 100 && q.Value >= 100 && q.Value < 2000 && math.Mod(q.Value, 100) == 0 && !q.ranged():
		return speltHundred(q.Value)
	case q.Step > 1:
		return q.ends(1e3) + "k"
	}
	return q.ends(1)
}

// speltHundred writes 300 as "three hundred", which shows no tens.
func speltHundred(value float64) string {
	for _, w := range strings.Fields("one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen") {
		if v, _ := numberWord(w); v*100 == value {
			return w + " hundred"
		}
	}
	return fixed(value, 0)
}

func (q Quantity) rateText() string {
	per := 1.0
	if at := strings.LastIndex(q.Unit, "per "); at >= 0 {
		if seconds, _, ok := period(q.Unit[at+len("per "):]); ok {
			per = seconds
		}
	}
	q.Value, q.High, q.Step = q.Value*per, q.High*per, q.Step*per
	q.Step = nearestStep(q.Step)
	return q.scaledText() + nbsp + q.Unit
}

// nearestStep undoes the rounding of a step that was divided by a period.
func nearestStep(step float64) float64 {
	if step <= 0 {
		return 1
	}
	return math.Pow10(int(math.Round(math.Log10(step))))
}
