package note

import (
	"time"

	"debrief/generator/diag"
	"debrief/generator/front"
	"debrief/generator/measure"
)

// checkOrder holds started ≤ detected ≤ acknowledged ≤ mitigated ≤ resolved
// and detected ≤ diagnosed. A diagnosis after mitigation is good practice
// (roll back first, understand later); after resolution it is unusual.
func (i *Incident) checkOrder(n *Note, report func(diag.Finding)) {
	type step struct{ before, after Moment }
	m := i.Instants()
	started, detected, acknowledged, diagnosed, mitigated, resolved := m[0], m[1], m[2], m[3], m[4], m[5]
	chain := []Moment{started, detected, acknowledged, mitigated, resolved}
	var steps []step
	last := Moment{}
	for _, now := range chain {
		if !now.At.Set {
			continue
		}
		if last.Key != "" && !(i.NearMiss.B && last.Key == "started_at") {
			steps = append(steps, step{last, now})
		}
		last = now
	}
	if detected.At.Set && diagnosed.At.Set {
		steps = append(steps, step{detected, diagnosed})
	}
	for _, s := range steps {
		if s.after.At.T.Before(s.before.At.T) {
			report(n.Find("time-order", diag.Error, at(s.after.Key), "%s %s before it %s",
				s.after.Name, measure.FormatDuration(s.before.At.T.Sub(s.after.At.T)), "was "+s.before.Name).
				Hint("check the offsets of both times; the difference is taken between instants"))
		}
	}
	if diagnosed.At.Set && resolved.At.Set && diagnosed.At.T.After(resolved.At.T) {
		report(n.Find("time-order", diag.Warning, at("diagnosed_at"), "diagnosed only after it was resolved").
			Hint("fine if the cause was found in the review; say so in the story"))
	}
}

// checkSpans holds the error spans inside the incident and apart.
func (i *Incident) checkSpans(n *Note, report func(diag.Finding)) {
	end := i.ResolvedAt
	if !end.Set {
		end = i.MitigatedAt
	}
	var last front.Time
	for k, s := range i.ErrorRate {
		if s.Ratio.Set && (s.Ratio.P < 0 || s.Ratio.P > 100) {
			report(n.Find("bad-value", diag.Error, at("error_rate", k, "ratio"), "an error ratio lies between 0%% and 100%%, not at %s", s.Ratio.P))
		}
		if !s.From.Set || !s.To.Set {
			if !n.Front.Has("error_rate") || s.From.Set == s.To.Set {
				continue
			}
			report(n.Find("missing-field", diag.Warning, at("error_rate", k), "this span of error_rate wants from, to and ratio"))
			continue
		}
		if !s.From.T.Before(s.To.T) {
			report(n.Find("time-order", diag.Error, at("error_rate", k, "to"), "this span of error_rate ends before it begins"))
			continue
		}
		if last.Set && s.From.T.Before(last.T) {
			report(n.Find("time-order", diag.Error, at("error_rate", k, "from"), "this span of error_rate overlaps the one before"))
		}
		if i.StartedAt.Set && s.From.T.Before(i.StartedAt.T) || end.Set && s.To.T.After(end.T) {
			report(n.Find("time-order", diag.Error, at("error_rate", k), "this span of error_rate lies outside the incident"))
		}
		last = s.To
	}
}

func (i *Incident) checkTimeline(n *Note, report func(diag.Finding)) {
	checkEvents(n, report, i.Timeline, func(k int, field string) diag.Pos { p, _ := n.Front.Span("timeline", k, field); return p })
}

func checkEvents(n *Note, report func(diag.Finding), events []Event, pos func(k int, field string) diag.Pos) {
	var last time.Time
	for k, e := range events {
		if e.Event == "" {
			report(n.FindAt("missing-field", diag.Warning, pos(k, "event"), 0, "this entry of the timeline says nothing happened").
				Hint("give it an event: text"))
		}
		if !e.At.Set {
			continue
		}
		if e.At.T.Before(last) {
			report(n.FindAt("time-order", diag.Warning, pos(k, "at"), 0, "this entry of the timeline is earlier than the one before it"))
		}
		last = e.At.T
	}
	for k, e := range events {
		if e.Phase == "" {
			continue
		}
		known := false
		for _, p := range Phases {
			known = known || p == e.Phase
		}
		if !known {
			f := n.FindAt("bad-value", diag.Warning, pos(k, "phase"), len([]rune(e.Phase)), "phase: %q is not one of the known values", e.Phase)
			if near := diag.Near(e.Phase, Phases); near != "" {
				report(f.Hint("did you mean %q?", near))
			} else {
				report(f.Hint("known are %s", list(Phases)))
			}
		}
	}
}
