package note

import (
	"strings"

	"debrief/generator/diag"
	"debrief/generator/front"
	"debrief/generator/measure"
)

// A Metric is one figure before and after, with what is needed to quote it.
type Metric struct {
	Name       string         `front:"name"`
	Label      string         `front:"label"`
	Unit       string         `front:"unit"` // one of the usual units, an ISO 4217 code, or free text
	Direction  string         `front:"direction"`
	Before     front.Number   `front:"before"`
	After      front.Number   `front:"after"`
	Target     front.Number   `front:"target"`
	At         string         `front:"at"` // a time or a percentile
	Over       front.Duration `front:"over"`
	Source     string         `front:"source"`
	Confidence string         `front:"confidence"`
}

// Directions are the words for which way a metric should move.
var Directions = []string{"lower_is_better", "higher_is_better", "target"}

// Confidences are the words for how a figure is known.
var Confidences = []string{"measured", "estimated", "recalled"}

// UnitOr returns the metric's unit, given as its own key or behind a value.
func (m Metric) UnitOr() string {
	for _, u := range []string{m.Unit, m.After.Unit, m.Before.Unit} {
		switch strings.ToLower(u) {
		case "":
		case "percent", "pct", "per cent":
			return "%"
		default:
			return u
		}
	}
	return ""
}

// Title is what a reader calls the metric.
func (m Metric) Title() string {
	if m.Label != "" {
		return m.Label
	}
	return Words(m.Name)
}

// Better reports whether after is better than before; known is false when
// the direction, or one of the two, is not given, or nothing changed.
func (m Metric) Better() (better, known bool) {
	if !m.Before.Set || !m.After.Set || m.Before.F == m.After.F {
		return false, false
	}
	switch m.Direction {
	case "lower_is_better":
		return m.After.F < m.Before.F, true
	case "higher_is_better":
		return m.After.F > m.Before.F, true
	}
	return false, false
}

// Change returns before and after; ok is false when one is missing.
func (m Metric) Change() (c measure.Change, ok bool) {
	return measure.Change{Before: m.Before.F, After: m.After.F}, m.Before.Set && m.After.Set
}

func checkMetrics(n *Note, report func(diag.Finding), metrics []Metric) {
	seen := make(map[string]bool)
	for k, m := range metrics {
		if m.Name == "" {
			report(n.Find("missing-field", diag.Warning, at("metrics", k), "this metric has no name"))
		} else if seen[m.Name] {
			report(n.Find("bad-value", diag.Warning, at("metrics", k, "name"), "two metrics are called %q", m.Name))
		}
		seen[m.Name] = true
		choice(n, report, at("metrics", k, "direction"), m.Direction, Directions...)
		choice(n, report, at("metrics", k, "confidence"), m.Confidence, Confidences...)
		if (m.Before.Set || m.After.Set) && m.UnitOr() == "" {
			report(n.Find("bad-unit", diag.Warning, at("metrics", k), "the metric %q has no unit", m.Name).Hint("add unit: \"%%\", ms, count, USD …"))
		}
		if u := m.Before.Unit; u != "" && m.After.Unit != "" && u != m.After.Unit {
			report(n.Find("bad-unit", diag.Error, at("metrics", k, "after"), "before is in %s and after in %s", u, m.After.Unit))
		}
	}
}
