package claim

import (
	"strings"
	"time"

	"debrief/generator/measure"
)

// The values of facts, to hold figures in prose against.

func exactly(kind measure.Kind, value float64, unit string) *measure.Quantity {
	return &measure.Quantity{Kind: kind, Value: value, High: value, Unit: unit}
}

func lasting(d time.Duration) *measure.Quantity {
	return exactly(measure.Duration, d.Seconds(), "")
}

func amount(m measure.Money) *measure.Quantity {
	return exactly(measure.Amount, m.Amount, m.Currency)
}

func perMinute(m measure.Money) *measure.Quantity {
	q := amount(m)
	q.Mark = "per minute"
	return q
}

// seconds are the units of time that metrics are given in.
var seconds = map[string]float64{
	"ns": 1e-9, "µs": 1e-6, "us": 1e-6, "ms": 1e-3, "s": 1, "sec": 1, "second": 1, "m": 60, "min": 60, "minute": 60,
	"h": 3600, "hour": 3600, "d": 86400, "day": 86400, "w": 7 * 86400, "week": 7 * 86400,
}

// inUnit is a metric's value in its unit.
func inUnit(value float64, unit string) *measure.Quantity {
	name := strings.TrimSuffix(strings.ToLower(unit), "s")
	if unit == "s" || unit == "ms" || unit == "ns" || unit == "µs" || unit == "us" {
		name = unit
	}
	switch {
	case unit == "%":
		return exactly(measure.Share, value, "")
	case unit == "x" || unit == "×":
		return exactly(measure.Factor, value, "")
	case measure.IsCurrency(unit):
		return exactly(measure.Amount, value, unit)
	case seconds[name] > 0:
		return exactly(measure.Duration, value*seconds[name], "")
	case unit == "rps" || strings.Contains(unit, "/") || strings.Contains(unit, " per "):
		return nil // a rate has too many spellings to be held against
	}
	return exactly(measure.Count, value, strings.ToLower(unit))
}

// changeIn is the difference of two values; of percentages it is in points.
func changeIn(difference float64, unit string) *measure.Quantity {
	q := inUnit(difference, unit)
	if q != nil && q.Kind == measure.Share {
		q.Kind = measure.Points
	}
	return q
}
