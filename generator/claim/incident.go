package claim

import (
	"fmt"
	"math"
	"time"

	"debrief/generator/measure"
	"debrief/generator/note"
)

// Between is a time of an incident: from one instant to another.
type Between struct {
	Key, Label, From, To string
	Formula              string
	D                    time.Duration
	OK                   bool // both instants are known
}

// Times returns the incident's times. Detection, mitigation and resolution
// count from the start of impact, acknowledgement and diagnosis from
// detection (definitions: docs/rules/time-order.md).
func Times(i *note.Incident) []Between {
	span := func(key, label, fromKey, toKey string, from, to time.Time, ok bool) Between {
		return Between{key, label, fromKey, toKey, toKey + " − " + fromKey, to.Sub(from), ok && !to.Before(from)}
	}
	s, d := i.StartedAt, i.DetectedAt
	a, g, m, r := i.AcknowledgedAt, i.DiagnosedAt, i.MitigatedAt, i.ResolvedAt
	return []Between{
		span("time_to_detect", "Time to detect (from start)", "started_at", "detected_at", s.T, d.T, s.Set && d.Set),
		span("time_to_acknowledge", "Time to acknowledge (from detection)", "detected_at", "acknowledged_at", d.T, a.T, d.Set && a.Set),
		span("time_to_diagnose", "Time to diagnose (from detection)", "detected_at", "diagnosed_at", d.T, g.T, d.Set && g.Set),
		span("time_to_mitigate", "Time to mitigate (from start)", "started_at", "mitigated_at", s.T, m.T, s.Set && m.Set),
		span("time_to_resolve", "Time to resolve (from start)", "started_at", "resolved_at", s.T, r.T, s.Set && r.Set),
	}
}

// A Verdict is a deadline held against the time it took.
type Verdict struct {
	Name        string // "target to mitigate", "SLA"
	Key         string
	Limit, Took time.Duration
	Met         bool
}

// By is how far the deadline was missed or kept.
func (v Verdict) By() time.Duration { return (v.Took - v.Limit).Abs() }

// String is the verdict in words: "15 min, missed by 23 min (2.53×)".
func (v Verdict) String() string {
	limit := measure.FormatDuration(v.Limit)
	switch {
	case v.Took == v.Limit:
		return limit + ", met to the second"
	case v.Met:
		return limit + ", met with " + measure.FormatDuration(v.By()) + " to spare"
	}
	return fmt.Sprintf("%s, missed by %s (%s)", limit, measure.FormatDuration(v.By()), measure.FormatFactor(float64(v.Took)/float64(v.Limit)))
}

// Verdicts holds the targets and the SLA against the times. The SLA counts to
// mitigation, or to resolution when no mitigation is known.
func Verdicts(i *note.Incident) []Verdict {
	times := make(map[string]Between)
	for _, t := range Times(i) {
		if t.OK {
			times[t.Key] = t
		}
	}
	var out []Verdict
	add := func(name, key string, limit time.Duration, set bool, took string) {
		if t, ok := times[took]; set && ok && limit > 0 {
			out = append(out, Verdict{name, key, limit, t.D, t.D <= limit})
		}
	}
	add("Target to detect", "targets.detect", i.Targets.Detect.D, i.Targets.Detect.Set, "time_to_detect")
	add("Target to mitigate", "targets.mitigate", i.Targets.Mitigate.D, i.Targets.Mitigate.Set, "time_to_mitigate")
	add("Target to resolve", "targets.resolve", i.Targets.Resolve.D, i.Targets.Resolve.Set, "time_to_resolve")
	sla := "time_to_mitigate"
	if _, ok := times[sla]; !ok {
		sla = "time_to_resolve"
	}
	add("SLA", "sla", i.SLA.D, i.SLA.Set, sla)
	return out
}

// Burn is what an incident did to its error budget (Google SRE Workbook,
// chapter 5): burn rate = error ratio ÷ (1 − SLO).
type Burn struct {
	Share           float64       // the budget as a share of events, 1 − SLO
	Window          time.Duration // the SLO's
	Budget          time.Duration // of full outage that the window allows
	ErrorTime       time.Duration // Σ error ratio × time
	Spent           measure.Percent
	Weighted        measure.Percent // Spent weighted by traffic ÷ baseline; 0 when unknown
	Peak            float64         // burn rates
	Residual        float64         // in the last span
	Exhaustion      time.Duration   // of a full budget at the residual rate; 0 when it does not burn
	EndsAtResolve   bool            // the last span ends when the incident was resolved
	PeakRatio, Last measure.Percent
}

// Spans returns the error spans that count: whole ones that end after they
// begin, with a ratio that a ratio can have. The others have their findings.
func Spans(i *note.Incident) []note.ErrorSpan {
	var out []note.ErrorSpan
	for _, s := range i.ErrorRate {
		if s.From.Set && s.To.Set && s.Ratio.Set && s.From.T.Before(s.To.T) && s.Ratio.P >= 0 && s.Ratio.P <= 100 {
			out = append(out, s)
		}
	}
	return out
}

// BurnOf computes the burn; ok is false without an SLO target and at least one
// error span that counts. A window that is not given is taken as 30 days.
func BurnOf(i *note.Incident) (b Burn, ok bool) {
	spans := Spans(i)
	if !i.SLO.Target.Set || i.SLO.Target.P <= 0 || i.SLO.Target.P >= 100 || len(spans) == 0 {
		return b, false
	}
	b.Share = 1 - i.SLO.Target.P.Share()
	b.Window = i.SLO.Window.D
	if b.Window <= 0 {
		b.Window = 30 * 24 * time.Hour
	}
	b.Budget = measure.Nanoseconds(b.Share * float64(b.Window))
	errorTime := 0.0
	for _, s := range spans {
		errorTime += math.Round(s.Ratio.P.Share() * float64(s.To.T.Sub(s.From.T)))
		b.Peak = max(b.Peak, s.Ratio.P.Share()/b.Share)
		b.PeakRatio = max(b.PeakRatio, s.Ratio.P)
		b.Residual, b.Last = s.Ratio.P.Share()/b.Share, s.Ratio.P
		b.EndsAtResolve = i.ResolvedAt.Set && !s.To.T.Before(i.ResolvedAt.T)
	}
	b.ErrorTime = measure.Nanoseconds(errorTime)
	b.Spent = measure.Percent(errorTime / (b.Share * float64(b.Window)) * 100)
	if t := i.Traffic; t.Baseline.Set && t.Peak.Set && t.Baseline.F > 0 {
		b.Weighted = b.Spent * measure.Percent(t.Peak.F/t.Baseline.F)
	}
	if b.Residual > 0 {
		b.Exhaustion = measure.Nanoseconds(float64(b.Window) / b.Residual)
	}
	return b, true
}

// Saved is what the counterfactual supports: minutes avoided × revenue a
// minute × failing share.
func Saved(i *note.Incident) (m measure.Money, ok bool) {
	c := i.Counterfactual
	if c == nil || !c.MinutesAvoided.Set || !c.RevenuePerMinute.Set || !c.FailingRatio.Set {
		return m, false
	}
	return measure.Money{
		Amount:   c.MinutesAvoided.F * c.RevenuePerMinute.M.Amount * c.FailingRatio.P.Share(),
		Currency: c.RevenuePerMinute.M.Currency,
	}, true
}

func incidentFacts(n *note.Note, i *note.Incident) []Fact {
	var out []Fact
	add := func(key, label, unit, value, text, formula, confidence string, q *measure.Quantity, at ...any) {
		pos, _ := n.Front.Span(at...)
		out = append(out, Fact{Key: key, Label: label, Unit: unit, Value: value, Text: text, Quantity: q, Formula: formula, Confidence: confidence, Pos: pos})
	}
	for _, t := range Times(i) {
		if t.OK {
			add(t.Key, t.Label, "duration", measure.ShortDuration(t.D), measure.FormatDuration(t.D), t.Formula, "", lasting(t.D), t.To)
		}
	}
	for _, v := range Verdicts(i) {
		path := []any{"sla"}
		if v.Key != "sla" {
			path = []any{"targets", v.Key[len("targets."):]}
		}
		add(v.Key, v.Name, "duration", measure.ShortDuration(v.Limit), measure.FormatDuration(v.Limit), "", "", lasting(v.Limit), path...)
		word := "missed"
		if v.Met {
			word = "met"
		}
		if by := v.By(); by > 0 {
			key, label := v.Key+".missed_by", v.Name+", missed by"
			if v.Met {
				key, label = v.Key+".spare", v.Name+", to spare"
			}
			add(key, label, "duration", measure.ShortDuration(by), measure.FormatDuration(by), "the difference to the time taken", "", lasting(by), path...)
		}
		add(v.Key+".verdict", v.Name+", verdict", "duration", word, v.String(), "time taken against "+v.Key, "", nil, path...)
	}
	if t := i.SLO.Target; t.Set {
		add("slo.target", "SLO target", "percent", t.P.String(), t.P.String(), "", "", exactly(measure.Share, float64(t.P), ""), "slo", "target")
	}
	if w := i.SLO.Window; w.Set {
		add("slo.window", "SLO window", "duration", measure.ShortDuration(w.D), measure.FormatDuration(w.D), "", "", lasting(w.D), "slo", "window")
	}
	if peak, last, ok := errorRatios(i); ok {
		add("error_ratio_peak", "Failing at the peak", "percent", peak.String(), peak.String(), "highest of error_rate", "", exactly(measure.Share, float64(peak), ""), "error_rate")
		if last != peak {
			add("error_ratio_last", "Failing in the last span", "percent", last.String(), last.String(), "last of error_rate", "", exactly(measure.Share, float64(last), ""), "error_rate")
		}
	}
	burnFacts(i, add)
	if t := i.Traffic; t.Peak.Set {
		unit := t.Unit
		add("traffic.peak", "Traffic at the peak", unit, measure.FormatNumber(t.Peak.F, 3), measure.WithUnit(t.Peak.F, unit), "", "", inUnit(t.Peak.F, unit), "traffic", "peak")
		if t.Baseline.Set && t.Baseline.F > 0 {
			f := t.Peak.F / t.Baseline.F
			add("traffic.factor", "Traffic against the baseline", "x", measure.FormatNumber(f, 2)+"x", measure.FormatFactor(f), "traffic.peak ÷ traffic.baseline", "", exactly(measure.Factor, f, ""), "traffic", "peak")
		}
	}
	if v := i.Impact.Users; v.Set {
		add("impact.users", "Users affected", "count", measure.FormatNumber(v.F, 0), measure.FormatNumber(v.F, 0), "", "", exactly(measure.Count, v.F, "users"), "impact", "users")
	}
	if v := i.Impact.Requests; v.Set {
		add("impact.requests", "Requests failed", "count", measure.FormatNumber(v.F, 0), measure.FormatNumber(v.F, 0), "", "", exactly(measure.Count, v.F, "requests"), "impact", "requests")
	}
	if v := i.Impact.RevenueLost; v.Set {
		add("impact.revenue_lost", "Revenue lost", "money", v.M.String(), v.M.Short(), "", "estimated", amount(v.M), "impact", "revenue_lost")
	}
	if m, ok := Saved(i); ok {
		add("revenue_saved", "Revenue saved against the counterfactual", "money", m.String(), nearly(m), "minutes_avoided × revenue_per_minute × failing_ratio; basis: "+i.Counterfactual.Basis, "estimated", amount(m), "counterfactual", "basis")
		if minutes := i.Counterfactual.MinutesAvoided.F; minutes > 0 {
			per := measure.Money{Amount: m.Amount / minutes, Currency: m.Currency}
			add("revenue_per_avoided_minute", "Revenue saved for each minute avoided", "money", per.String(), per.String(), "revenue_saved ÷ minutes_avoided", "estimated", perMinute(per), "counterfactual", "revenue_per_minute")
		}
	}
	return append(out, metricFacts(n, i.Metrics)...)
}

// errorRatios are the highest and the last share of failed requests.
func errorRatios(i *note.Incident) (peak, last measure.Percent, ok bool) {
	for _, s := range i.ErrorRate {
		if s.Ratio.Set && s.Ratio.P >= 0 && s.Ratio.P <= 100 {
			peak, last, ok = max(peak, s.Ratio.P), s.Ratio.P, true
		}
	}
	return peak, last, ok
}

// nearly writes a derived amount as it would be said: three significant
// digits.
func nearly(m measure.Money) string {
	if math.Abs(m.Amount) < 1 {
		return m.String()
	}
	digits := math.Pow(10, math.Floor(math.Log10(math.Abs(m.Amount)))-2)
	return measure.Money{Amount: math.Round(m.Amount/digits) * digits, Currency: m.Currency}.Short()
}

func burnFacts(i *note.Incident, add func(key, label, unit, value, text, formula, confidence string, q *measure.Quantity, at ...any)) {
	b, ok := BurnOf(i)
	if !ok {
		return
	}
	duration := func(key, label string, d time.Duration, formula string) {
		add(key, label, "duration", measure.ShortDuration(d), measure.FormatDuration(d), formula, "", lasting(d), "error_rate")
	}
	percent := func(key, label string, p measure.Percent, formula string) {
		text := measure.FormatNumber(float64(p), 2) + "%"
		add(key, label, "percent", text, text, formula, "", exactly(measure.Share, float64(p), ""), "error_rate")
	}
	rate := func(key, label string, r float64, formula string) {
		add(key, label, "burn rate", measure.FormatNumber(r, 1)+"x", measure.FormatNumber(r, 1)+"×", formula, "", exactly(measure.Burn, r, ""), "error_rate")
	}
	duration("budget", "Error budget of the window", b.Budget, "(1 − slo.target) × slo.window")
	minutes := measure.FormatNumber(b.ErrorTime.Minutes(), 2)
	add("error_minutes", "Error-minutes", "min", minutes, minutes+"\u00a0min", "Σ error ratio × minutes", "", exactly(measure.Count, b.ErrorTime.Minutes(), "error-minutes"), "error_rate")
	percent("budget_spent", "Share of the error budget spent", b.Spent, "error_minutes ÷ budget")
	if b.Weighted > 0 && b.Weighted != b.Spent {
		percent("budget_spent_weighted", "Budget spent, weighted by traffic", b.Weighted, "budget_spent × traffic.peak ÷ traffic.baseline")
	}
	rate("burn_peak", "Burn rate at the peak", b.Peak, "highest error ratio ÷ (1 − slo.target)")
	rate("burn_residual", "Burn rate in the last span", b.Residual, "last error ratio ÷ (1 − slo.target)")
	if b.Exhaustion > 0 {
		duration("exhaustion", "A full budget at the last rate lasts", b.Exhaustion, "slo.window ÷ burn_residual")
	}
}

func metricFacts(n *note.Note, metrics []note.Metric) []Fact {
	var out []Fact
	for k, m := range metrics {
		unit := m.UnitOr()
		add := func(key, label, unit, value, text, formula string, q *measure.Quantity, path string) {
			pos, _ := n.Front.Span("metrics", k, path)
			out = append(out, Fact{Key: m.Name + "." + key, Label: m.Title() + ", " + label, Unit: unit, Value: value, Text: text, Quantity: q, Formula: formula, Confidence: m.Confidence, Pos: pos})
		}
		if m.Before.Set {
			t := measure.WithUnit(m.Before.F, unit)
			add("before", "before", unit, t, t, "", inUnit(m.Before.F, unit), "before")
		}
		if m.After.Set {
			t := measure.WithUnit(m.After.F, unit)
			add("after", "after", unit, t, t, "", inUnit(m.After.F, unit), "after")
		}
		if m.Target.Set {
			t := measure.WithUnit(m.Target.F, unit)
			add("target", "target", unit, t, t, "", inUnit(m.Target.F, unit), "target")
		}
		c, ok := m.Change()
		if !ok {
			continue
		}
		text := AbsoluteText(c, unit)
		add("absolute", "absolute change", pointsOr(unit), text, text, "after − before", changeIn(c.Absolute(), unit), "after")
		if p, ok := c.Relative(); ok {
			sign := measure.Signed(float64(p), 1) + "%"
			add("relative", "relative change", "percent", sign, sign, "(after − before) ÷ before", exactly(measure.Share, float64(p), ""), "after")
		}
		if f, ok := c.Factor(); ok && f != 1 {
			add("factor", "factor", "x", measure.FormatNumber(f, 2)+"x", measure.FormatFactor(f), "larger ÷ smaller", exactly(measure.Factor, f, ""), "after")
		}
	}
	return out
}

// AbsoluteText writes an absolute change in a metric's unit; the difference
// of two percentages is in percentage points.
func AbsoluteText(c measure.Change, unit string) string {
	signed := measure.Signed(c.Absolute(), 3)
	switch {
	case unit == "%":
		return signed + "\u00a0points"
	case measure.IsCurrency(unit):
		return measure.Money{Amount: c.Absolute(), Currency: unit}.String()
	case unit == "x":
		return signed + "×"
	case unit == "" || unit == "count" || unit == "ratio":
		return signed
	}
	return signed + "\u00a0" + unit
}

func pointsOr(unit string) string {
	if unit == "%" {
		return "points"
	}
	return unit
}
