package measure

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// nearly compares what arithmetic may round.
func nearly(a, b float64) bool { return math.Abs(a-b) <= 1e-9*math.Max(math.Abs(a), math.Abs(b)) }

func equal(a, b Quantity) bool {
	return a.Kind == b.Kind && nearly(a.Value, b.Value) && nearly(a.High, b.High) && nearly(a.Step, b.Step) &&
		a.Unit == b.Unit && a.Mark == b.Mark && a.Sign == b.Sign && a.Approx == b.Approx
}

// written draws a quantity that prose can hold: a whole number of steps, in a
// unit that has such steps.
func written(t *rapid.T) Quantity {
	q := Quantity{Kind: Kind(rapid.IntRange(int(Duration), int(Burn)).Draw(t, "kind"))}
	step := func(steps ...float64) float64 { return rapid.SampledFrom(steps).Draw(t, "step") }
	most := int64(99999)
	per := 1.0
	switch q.Kind {
	case Duration:
		q.Step = step(1e-6, 1e-3, 0.01, 0.1, 1, 6, 30, 60, 360, 1800, 3600, 8640, 86400, 604800)
		q.Mark = rapid.SampledFrom([]string{"", "p99", "median", "mean", "every", "T+"}).Draw(t, "mark")
	case Share, Points, Factor, Burn:
		q.Step = step(0.001, 0.01, 0.1, 1)
	case Amount:
		q.Step = step(0.01, 1, 100, 1e3, 1e4, 1e5, 1e6, 1e8)
		q.Unit = rapid.SampledFrom([]string{"USD", "EUR", "GBP", "JPY", "CHF", "SEK"}).Draw(t, "currency")
		q.Mark = rapid.SampledFrom([]string{"", "per minute", "per month", "per request", "per avoided minute"}).Draw(t, "price")
	case Count:
		q.Step = step(0.01, 0.1, 1, 1e3, 1e5)
		q.Unit = rapid.SampledFrom([]string{"requests", "users", "error-minutes", "pick-up shops", "kb", "failed flag changes", "years"}).Draw(t, "noun")
	case Rate:
		q.Step = step(0.1, 1, 1e3)
		q.Unit = rapid.SampledFrom([]string{"per week", "updates per week", "requests per second", "rps", "checkout lines per day"}).Draw(t, "rate")
		if _, period, ok := strings.Cut(q.Unit, "per "); ok {
			per = map[string]float64{"week": 604800, "second": 1, "day": 86400}[period]
		}
	}
	steps := rapid.Int64Range(1, most).Draw(t, "steps")
	if q.Step == 30 || q.Step == 1800 {
		steps |= 1 // a whole number shows no half
	}
	if q.Kind == Count || q.Kind == Rate {
		steps++ // nobody writes "1 updates"
	}
	q.Value = float64(steps) * q.Step / per
	q.High = q.Value
	if q.Mark != "T+" && rapid.Bool().Draw(t, "range") {
		q.High = float64(steps+rapid.Int64Range(1, 500).Draw(t, "more")) * q.Step / per
	}
	q.Step /= per
	if q.Kind != Factor && q.Kind != Burn || q.Mark == "T+" {
		q.Sign = rapid.IntRange(-1, 1).Draw(t, "sign")
	}
	if q.Mark == "T+" {
		q.Sign = rapid.SampledFrom([]int{-1, 1}).Draw(t, "side")
		return q
	}
	q.Approx = Approx(rapid.IntRange(int(Exact), int(AtLeast)).Draw(t, "approx"))
	return q
}

func TestQuantitiesReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := written(t)
		text := q.String()
		for _, sentence := range []string{text, "It was " + text + ".", "(" + text + "), they said"} {
			found := Scan(sentence)
			if len(found) != 1 || !equal(found[0].Quantity, q) {
				t.Fatalf("Scan(%q) = %+v\nwant %+v", sentence, found, q)
			}
		}
	})
}

func TestQuantitiesAgreeWithThemselves(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := written(t)
		direction := 1.0
		if q.Sign < 0 {
			direction = -1
		}
		for _, v := range []float64{q.Value, q.High, (q.Value + q.High) / 2, q.Value - q.Step*0.499, q.High + q.Step*0.499} {
			if !q.Agrees(v * direction) {
				t.Fatalf("%v does not agree with %v", q, v*direction)
			}
		}
		if q.Approx == Exact && (q.Agrees((q.High+q.Step*0.51)*direction) || q.Value > q.Step && q.Agrees((q.Value-q.Step*0.51)*direction)) {
			t.Fatalf("%v agrees with what is further than half a step away", q)
		}
		if !q.Same(q) {
			t.Fatalf("%v is not comparable with itself", q)
		}
	})
}

func TestMoneyReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := Money{float64(rapid.Int64Range(0, 1e12).Draw(t, "amount")), rapid.SampledFrom([]string{"USD", "EUR", "CHF", "INR", "ZAR"}).Draw(t, "currency")}
		for _, text := range []string{m.String(), m.Short()} {
			back, err := ParseMoney(text)
			if back != m || err != nil && err != ErrSymbolOnly {
				t.Fatalf("ParseMoney(%q) = %v, %v, want %v", text, back, err, m)
			}
		}
	})
}

// 2.01 × 1000 is 2009.9999999999998 in binary, and a figure that is quoted
// back must be 2010.
func TestScalesMultiplyAsDecimals(t *testing.T) {
	for amount := 1000; amount < 100_000; amount += 10 {
		m := Money{float64(amount), "USD"}
		if back, _ := ParseMoney(m.Short()); back != m {
			t.Errorf("ParseMoney(%q) = %.17g", m.Short(), back.Amount)
		}
		if found := Scan("It cost " + m.Short() + "."); len(found) != 1 || found[0].Value != m.Amount {
			t.Errorf("Scan(%q) = %+v", m.Short(), found)
		}
	}
}

func TestPercentReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := Percent(rapid.Int64Range(-1e6, 1e6).Draw(t, "thousandths")) / 1000
		back, err := ParsePercent(p.String())
		if err != nil || !nearly(float64(back), float64(p)) {
			t.Fatalf("ParsePercent(%q) = %v, %v", p.String(), back, err)
		}
	})
}

func TestWrittenDurationsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		for unit, most := range map[time.Duration]int64{time.Second: 3599, time.Minute: 48*60 - 1, time.Hour: 1e5} {
			d := time.Duration(rapid.Int64Range(0, most).Draw(t, "length")) * unit
			back, err := ParseDuration(FormatDuration(d))
			if err != nil || back != d {
				t.Fatalf("ParseDuration(%q) = %v, %v, want %v", FormatDuration(d), back, err, d)
			}
		}
	})
}

func TestOffsetsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		seconds := rapid.IntRange(0, 1e6).Draw(t, "seconds")
		d, sign := time.Duration(seconds)*time.Second, "+"
		if rapid.Bool().Draw(t, "before") {
			d, sign = -d, "−"
		}
		written := fmt.Sprintf("T%s%d:%02d:%02d", sign, seconds/3600, seconds/60%60, seconds%60)
		if back, err := ParseOffset(written); err != nil || back != d {
			t.Fatalf("ParseOffset(%q) = %v, %v, want %v", written, back, err, d)
		}
	})
}

func FuzzScan(f *testing.F) {
	for _, group := range [][][2]string{durations, shares, factors, amounts, counts, approximations, ranges, moves, marks} {
		for _, c := range group {
			f.Add(c[0])
		}
	}
	for _, s := range []string{"1h30m30s", "$5k–$", "from 1 to 1 to 1%", "T+1:2:3", "`", "{{", "½½", "1 000 000 %", "\xff5%\xff", "a hundred a hundred", "5×$5", "PT1H", "n=1", "n = 1,5"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		last := 0
		for _, found := range Scan(text) {
			if found.From < last || found.From >= found.To || found.To > len(text) {
				t.Fatalf("%q: %+v stands after %d", text, found, last)
			}
			last = found.To
			if !utf8.RuneStart(text[found.From]) || found.To < len(text) && utf8.ValidString(text) && !utf8.RuneStart(text[found.To]) {
				t.Fatalf("%q: %+v splits a character", text, found)
			}
			q := found.Quantity
			if q.Kind == None || q.Value < 0 || q.High < q.Value || q.Step <= 0 || math.IsInf(q.High, 0) || math.IsNaN(q.Value) {
				t.Fatalf("%q: %+v is no quantity", text, q)
			}
			_ = q.String()
		}
	})
}
