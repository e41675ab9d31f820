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

// cuesOf are the words that name a fact. They are beginnings of words:
// "detect" is in detected, detection and detecting.
var cuesOf = map[string][]string{
	"time_to_detect":      {"detect", "noticed", "alert fired", "alarm fired", "alert came"},
	"time_to_acknowledge": {"acknowledg"},
	"time_to_diagnose":    {"diagnos", "isolat", "root cause", "root-cause", "found the cause", "find the cause", "finding the cause", "cause was found"},
	"time_to_mitigate":    {"mitigat", "bound", "contain", "restor", "were back", "was back", "came back", "recover"},
	"time_to_resolve":     {"resol", "outage", "incident last", "incident ran", "incident took"},
	"slo.target":          {"slo", "objective"},
	"budget_spent":        {"spent", "used", "burned", "burnt", "consumed"},
	"burn_peak":           {"sustainable", "burn"},
	"impact.users":        {"user", "customer", "buyer"},
	"impact.requests":     {"request"},
	"impact.revenue_lost": {"lost", "lose", "cost"},
	"revenue_saved":       {"saved", "saving", "avoided"},
	"targets.detect":      {"target"},
	"targets.mitigate":    {"target"},
	"targets.resolve":     {"target"},
	"sla":                 {"sla", "agreement"},
	"error_ratio_peak":    {"of request", "of our request", "of the request", "of all request", "of checkout request", "of checkouts"},
}

// withWord is what a sentence about a fact holds besides.
var withWord = map[string]string{"budget_spent": "budget", "error_ratio_peak": "fail|error|503|500|answer"}

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
func (l *Ledger) scopeOf(n *note.Note) *scope {
	s := &scope{facts: slices.Clone(l.of[n])}
	incident, isIncident := note.Of[*note.Incident](n)
	home := n
	if !isIncident {
		if _, isStory := note.Of[*note.Story](n); !isStory {
			return nil
		}
		if home = l.book.IncidentOf(n); home != nil {
			incident, isIncident = note.Of[*note.Incident](home)
			s.facts = append(s.facts, l.of[home]...)
		}
	}
	if len(s.facts) == 0 {
		return nil
	}
	s.subjects = subjectsOf(s.facts)
	if isIncident {
		s.backing = backingsOf(incident)
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
			out = append(out, backing{f.Quantity, from, text})
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
			add(lasting(s.To.T.Sub(s.From.T)), "a span of error_rate")
		}
	}
	if c := i.Counterfactual; c != nil {
		for _, f := range measure.Scan(c.Basis) {
			add(&f.Quantity, "counterfactual.basis")
		}
		if c.MinutesAvoided.Set {
			add(lasting(time.Duration(c.MinutesAvoided.F*float64(time.Minute))), "counterfactual.minutes_avoided")
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
					out = append(out, backing{f.Quantity, "decision_tree, " + e.Key, e.Value.Text()})
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
				out = append(out, backing{*lasting(e.At.T.Sub(zero.T)), when, e.Event})
			}
		}
	}
	for _, text := range slices.Concat(i.Factors, i.Downstream) {
		read(text, "front matter")
	}
	return out
}
