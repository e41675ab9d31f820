package claim

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"debrief/generator/front"
	"debrief/generator/measure"
	"debrief/generator/note"
)

// A subject is what a figure may be about: a fact, and the words that name it.
type subject struct {
	fact     *Fact
	cues     []string // beginnings of words, or phrases; lower case
	with     string   // words of which the sentence must hold one too, divided by "|"
	deadline bool     // a time allowed, not a time taken
	margin   string   // "missed" or "spare": by how much a deadline was
	family   string   // of facts that words alone do not tell apart
	role     role     // of a metric's facts: the figure must be said in that role
}

// A role is what a figure does in a sentence about a change.
type role string

const (
	anyRole  role = ""
	fromRole role = "from" // "from 12%"
	toRole   role = "to"   // "to 2%"
	byRole   role = "by"   // "by 18 ms"
)

// subjectsOf are the facts of a note that prose may be held against.
func subjectsOf(facts []Fact) []subject {
	var out []subject
	for i := range facts {
		f := &facts[i]
		if f.Quantity == nil {
			continue
		}
		if cues := cuesOf[f.Key]; cues != nil {
			s := subject{fact: f, cues: cues, with: withWord[f.Key], deadline: f.Key == "sla"}
			if strings.HasPrefix(f.Key, "targets.") {
				s.deadline, s.family = true, "targets"
			}
			if strings.HasPrefix(f.Key, "traffic.") {
				s.family = "traffic"
			}
			out = append(out, s)
			continue
		}
		name, what, ok := cutLast(f.Key, ".")
		if !ok {
			continue
		}
		if what == "missed_by" || what == "spare" {
			margin := strings.TrimSuffix(what, "_by")
			out = append(out, subject{fact: f, margin: margin, family: margin})
			continue
		}
		title, _, _ := strings.Cut(f.Label, ",")
		r := map[string]role{"before": fromRole, "after": toRole, "absolute": byRole, "relative": byRole, "factor": byRole}[what]
		if r == anyRole || strings.HasPrefix(name, "targets") {
			continue
		}
		out = append(out, subject{fact: f, cues: []string{title, strings.ReplaceAll(name, "_", " ")}, role: r})
	}
	return out
}

func cutLast(s, sep string) (before, after string, ok bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}

// scopeOf is what the figures of a note are held against; nil for a note
// whose figures stand on nothing.
func (l *Ledger) scopeOf(n, home *note.Note) *scope {
	s := &scope{facts: slices.Clone(l.Of(n))}
	if home != nil && home != n {
		s.facts = append(s.facts, l.Of(home)...)
	}
	if len(s.facts) == 0 {
		return nil
	}
	s.subjects = subjectsOf(s.facts)
	s.own = ownWordsOf(n, home)
	if home != nil {
		if incident, ok := note.Of[*note.Incident](home); ok {
			s.backing = backingsOf(incident)
		}
	}
	return s
}

// backingsOf are the quantities in an incident's front matter that are no
// facts: they explain a figure, and contradict none.
func backingsOf(i *note.Incident) []backing {
	var out []backing
	add := func(q *measure.Quantity, format string, args ...any) {
		if q != nil && q.Value != 0 {
			out = append(out, backing{Quantity: *q, from: fmt.Sprintf(format, args...)})
		}
	}
	read := func(text, from string) {
		for _, f := range measure.Scan(text) {
			out = append(out, backing{Quantity: f.Quantity, from: from, event: text})
		}
	}
	for _, v := range Verdicts(i) {
		add(exactly(measure.Factor, float64(v.Took)/float64(v.Limit), ""), "the time taken ÷ %s", v.Key)
	}
	for _, s := range i.ErrorRate {
		if s.Ratio.Set {
			add(exactly(measure.Share, float64(s.Ratio.P), ""), "error_rate")
			add(exactly(measure.Share, 100-float64(s.Ratio.P), ""), "100%% − error_rate")
		}
		if s.From.Set && s.To.Set {
			out = append(out, backing{Quantity: *lasting(s.To.T.Sub(s.From.T)), from: "a span of error_rate", span: true})
		}
	}
	if c := i.Counterfactual; c != nil {
		for _, f := range measure.Scan(c.Basis) {
			add(&f.Quantity, "counterfactual.basis")
		}
		if c.MinutesAvoided.Set {
			avoided := lasting(time.Duration(c.MinutesAvoided.F * float64(time.Minute)))
			out = append(out, backing{Quantity: *avoided, from: "counterfactual.minutes_avoided", event: "avoided saved spared"})
		}
		if c.FailingRatio.Set {
			add(exactly(measure.Share, float64(c.FailingRatio.P), ""), "counterfactual.failing_ratio")
		}
		if c.RevenuePerMinute.Set {
			add(amount(c.RevenuePerMinute.M), "counterfactual.revenue_per_minute")
			add(perMinute(c.RevenuePerMinute.M), "counterfactual.revenue_per_minute")
		}
	}
	for _, m := range i.Metrics {
		if m.Over.Set {
			add(lasting(m.Over.D), "metrics, %s over", m.Name)
		}
	}
	for _, d := range i.DORA {
		for _, text := range []string{d.Before, d.After} {
			for _, f := range measure.Scan(text) {
				add(&f.Quantity, "dora, %s", d.Metric)
			}
		}
	}
	if i.DecisionTree != nil {
		for _, e := range i.DecisionTree.Nodes {
			for _, text := range []string{e.Value.Threshold, e.Value.Measured, e.Value.Text()} {
				for _, f := range measure.Scan(text) {
					out = append(out, backing{Quantity: f.Quantity, from: "decision_tree, " + e.Key, event: e.Value.Text()})
				}
			}
		}
	}
	for _, e := range i.Timeline {
		if !e.At.Set {
			continue
		}
		when := "timeline, " + e.At.T.Format("15:04:05")
		read(e.Event, when)
		for _, zero := range []front.Time{i.StartedAt, i.DetectedAt} {
			if zero.Set && e.At.T.After(zero.T) {
				out = append(out, backing{Quantity: *lasting(e.At.T.Sub(zero.T)), from: when, event: e.Event})
			}
		}
	}
	for _, text := range slices.Concat(i.Factors, i.Downstream) {
		read(text, "front matter")
	}
	return append(out, betweenInstants(i)...)
}

// betweenInstants are the times between any two instants of an incident.
func betweenInstants(i *note.Incident) []backing {
	var out []backing
	at := []struct {
		key string
		t   front.Time
	}{
		{"started_at", i.StartedAt}, {"detected_at", i.DetectedAt}, {"acknowledged_at", i.AcknowledgedAt},
		{"diagnosed_at", i.DiagnosedAt}, {"mitigated_at", i.MitigatedAt}, {"resolved_at", i.ResolvedAt},
	}
	for k, from := range at {
		for _, to := range at[k+1:] {
			if from.t.Set && to.t.Set && to.t.T.After(from.t.T) {
				out = append(out, backing{Quantity: *lasting(to.t.T.Sub(from.t.T)), from: to.key + " − " + from.key, between: [2]string{from.key, to.key}})
			}
		}
	}
	return out
}
