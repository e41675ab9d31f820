package page

import (
	"cmp"
	"math"
	"strings"

	"debrief/generator/chart"
	"debrief/generator/measure"
	"debrief/generator/note"
)

// A Change is a metric before and after.
type Change struct {
	Name, Before, After string
	Target              string // "0"; "" when none is set
	Absolute, Relative  string
	Verdict             string // "better", "worse", ""
	Confidence, Source  string
}

// changes are metrics before and after, with what changed, as a table and
// drawn.
func (s *Site) changes(n *note.Note, metrics []note.Metric) ([]Change, *chart.Drawing) {
	var out []Change
	drawn := chart.Bars{ID: "chart.metrics", Twin: "table.changes", Kind: "metrics", Title: "Before and after"}
	for _, m := range metrics {
		if !m.Before.Set && !m.After.Set {
			continue
		}
		c := Change{Name: m.Title(), Confidence: cmp.Or(m.Confidence, "measured"), Source: m.Source}
		text := func(key string) string {
			f, ok := s.figure(n, m.Name+"."+key)
			if !ok {
				return ""
			}
			return f.Text
		}
		c.Before, c.After, c.Target = text("before"), text("after"), text("target")
		c.Absolute, c.Relative = text("absolute"), text("relative")
		if better, known := m.Better(); known {
			c.Verdict = "worse"
			if better {
				c.Verdict = "better"
			}
		}
		drawn.Comparisons = append(drawn.Comparisons, compared(m, c, len(out)))
		out = append(out, c)
	}
	drawn.Summary = changesSummary(out)
	return out, drawn.Draw()
}

// compared is one metric as bars; row is that of its table.
func compared(m note.Metric, c Change, row int) chart.Comparison {
	k := chart.Comparison{Name: c.Name, Word: c.Verdict}
	if m.Before.Set {
		k.Bars = append(k.Bars, chart.Bar{Value: m.Before.F, Says: c.Before + " before", Old: true, Twin: c.Before, Row: row})
	}
	if m.After.Set {
		k.Bars = append(k.Bars, chart.Bar{Value: m.After.F, Says: c.After + " after", Twin: c.After, Row: row})
	}
	if m.Target.Set {
		k.Line = &chart.Bar{Value: m.Target.F, Says: "target " + c.Target, Twin: "target " + c.Target, Row: row}
	}
	if m.Before.Set && m.After.Set {
		k.Verdict = chart.Verdict(m.Before.F, m.After.F, c.Absolute, c.Relative, c.Verdict)
	}
	return k
}

func changesSummary(changes []Change) string {
	var parts []string
	for _, c := range changes {
		text := c.Name + ": "
		switch {
		case c.Before != "" && c.After != "":
			text += c.Before + " before, " + c.After + " after"
		case c.After != "":
			text += c.After + " after"
		default:
			text += c.Before + " before"
		}
		if c.Verdict != "" {
			text += " (" + c.Verdict + ")"
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, "; ") + ". Each on its own scale from zero."
}

// load draws the traffic of an incident against the usual, and against the
// threshold that a decision was taken by, where its tree has one.
func load(f *note.Incident, rough measure.Coarse) *chart.Drawing {
	t := f.Traffic
	if !t.Baseline.Set || !t.Peak.Set || t.Baseline.F <= 0 || t.Peak.F < 0 {
		return nil
	}
	factor := t.Peak.F / t.Baseline.F
	text := func(v float64) string {
		said := measure.WithUnit(v, t.Unit)
		if rough.Counts {
			said = "about " + measure.Roughly(said)
		}
		return said
	}
	base, peak := text(t.Baseline.F), text(t.Peak.F)
	table := &chart.Table{Head: []string{"Traffic", "Value", "Against the baseline"}, Rows: [][]string{
		{"Baseline", base, "1×"}, {"Peak", peak, measure.FormatFactor(factor)},
	}}
	k := chart.Comparison{Name: "Traffic at the peak", Bars: []chart.Bar{
		{Value: 1, Says: base + " baseline", Old: true, Twin: base, Row: 0},
		{Value: factor, Says: peak + " peak", Twin: peak, Row: 1},
	}}
	summary := "Traffic stood at " + measure.FormatFactor(factor) + " of the baseline"
	if limit, ok := loadThreshold(f.DecisionTree, factor); ok {
		says := measure.FormatFactor(limit)
		table.Rows = append(table.Rows, []string{"Threshold of the decision", text(limit * t.Baseline.F), says})
		k.Line = &chart.Bar{Value: limit, Says: "decision at " + says, Twin: says, Row: 2}
		side := "at"
		switch {
		case factor > limit:
			side = "over"
		case factor < limit:
			side = "under"
		}
		summary += ", " + side + " the " + says + " that the decision was taken by"
	}
	return chart.Bars{ID: "chart.load", Twin: "table.load", Kind: "gauge", Title: "Traffic", Comparisons: []chart.Comparison{k}, Summary: summary + ".", Table: table}.Draw()
}

// loadThreshold finds the question on the way taken that measured the traffic
// as a factor.
func loadThreshold(t *note.Tree, factor float64) (float64, bool) {
	if t == nil {
		return 0, false
	}
	for _, id := range t.Taken {
		node, ok := t.Node(id)
		if !ok {
			continue
		}
		measured, isFactor := asFactor(node.Measured)
		limit, hasLimit := asFactor(node.Threshold)
		if isFactor && hasLimit && math.Abs(measured-factor) < factor/100 {
			return limit, true
		}
	}
	return 0, false
}

// asFactor reads "1.35x".
func asFactor(text string) (float64, bool) {
	rest, ok := strings.CutSuffix(strings.ReplaceAll(text, "×", "x"), "x")
	if !ok {
		return 0, false
	}
	f, err := measure.ParseNumber(strings.TrimSpace(rest))
	return f, err == nil
}
