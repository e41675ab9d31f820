package page

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"debrief/generator/claim"
	"debrief/generator/measure"
	"debrief/generator/note"
)

// An Incident is the data of incident.html: an outage, the figures that
// follow from it, and what was made of it.
type Incident struct {
	Severity    string
	NearMiss    bool
	Particulars []Term
	Headline    []Figure // at most four, to be said first
	Verdicts    []Mark   // deadlines met and missed
	Phases      []Phase
	Timeline    *Timeline
	Burn        *Burn
	Changes     []Change
	Costs       []Figure // traffic, users, money
	Tree        *Tree
	Gauges      []Gauge
	Roles       []Term
	RACI        []ActivityEntryRow
	DORA        []Effect
	NoDORA      bool // delivery metrics are given although no change caused it
	Factors     []string
	Downstream  []string
	Actions     []ActionRow
	Stories     []Told
	Asked       []Asked // follow-up questions of those stories
	Figures     []FigureRow
	Agree       Agreement // of the figures that its text says
	Sources     []Stand   // what those figures stand on, for paper
	Contents    []Section
}

// A Phase is one time of an incident, on the scale of the whole.
type Phase struct {
	Name string // "mitigate"
	From string // "start", "detection"
	Ends string // "10:40:00"
	Text string // "38 min"
	Mark *Mark  // the deadline for it, or nil
	X, W string // where its bar begins and how long it is, in percent of the whole
}

// Burn is what an incident did to its error budget.
type Burn struct {
	Spans    []BurnSpan
	Figures  []Figure // budget, error-minutes, share spent, burn rates
	Summary  string   // in one sentence
	Residual bool     // it still burned faster than sustainable when it was called resolved
}

// A BurnSpan is a stretch of time with one error ratio.
type BurnSpan struct {
	From, To string // clock times
	Length   string
	Ratio    string // "12%"
	Rate     string // "120×"
}

// A Change is a metric before and after.
type Change struct {
	Name, Before, After string
	Absolute, Relative  string
	Verdict             string // "better", "worse", ""
	Confidence, Source  string
}

// An ActivityEntryRow is one activity of an incident's RACI.
type ActivityEntryRow struct{ Activity, R, A, C, I string }

// An ActionRow is one follow-up of the review.
type ActionRow struct {
	Title, Owner, Type, Status string
	Due, Done                  When
	Moves                      string
	Closed                     bool
}

// Asked is a follow-up question that a note is prepared for.
type Asked struct {
	Question string
	From     Link
}

func incidentData(s *Site, n *note.Note, f *note.Incident) *Incident {
	d := &Incident{
		Severity: severity(f.Severity), NearMiss: f.NearMiss.B,
		Headline: s.headlineFigures(n, 4), Verdicts: marks(f), Phases: phases(f), Burn: burnOf(s, n, f),
		Costs: s.figures(n, "traffic.factor", "impact.users", "impact.requests", "impact.revenue_lost", "revenue_saved", "revenue_per_avoided_minute"),
		Roles: rolesOf(f.Roles), Factors: f.Factors, Downstream: f.Downstream, Stories: s.AllTold(s.Book.StoriesOn(n)),
		Changes: s.changes(n, f.Metrics), Agree: s.agreement(s.Ledger.Said(n)), Sources: s.stands(n),
	}
	d.Particulars = terms(
		Term{Name: "Severity", Text: d.Severity},
		Term{Name: "My role", Text: f.Role},
		Term{Name: "Services", Text: andList(f.Services)},
		Term{Name: "Found by", Text: note.Words(f.DetectedBy)},
		Term{Name: "Started", When: instantOf(f.StartedAt)},
		Term{Name: "Caused by a change", Text: yesNo(f.ChangeRelated.Set, f.ChangeRelated.B)},
		Term{Name: "Near miss", Text: yesNo(f.NearMiss.B, true)},
		Term{Name: "Objective", Text: objective(f.SLO)},
		Term{Name: "Company", Text: n.Company},
		Term{Name: "Names changed", Text: yesNo(n.Anonymized, true)},
		Term{Name: "Playbook", Links: s.LinksTo(s.Book.Named(n, "playbook"))},
	)
	d.Particulars = append(d.Particulars, extras(n)...)
	if len(f.Timeline) > 0 {
		t := s.Timeline(n, f.Timeline)
		d.Timeline = &t
	}
	if f.DecisionTree != nil && len(f.DecisionTree.Nodes) > 0 {
		t := s.Tree(f.DecisionTree)
		d.Tree, d.Gauges = &t, gauges(f.DecisionTree)
	}
	for _, r := range f.RACI {
		d.RACI = append(d.RACI, ActivityEntryRow{capital(r.Activity), people(r.R), people(r.A), people(r.C), people(r.I)})
	}
	var delivery Responsibilities
	delivery.effects(s, n, f)
	d.DORA, d.NoDORA = delivery.Effects, len(delivery.NotCounted) > 0
	for _, a := range f.Actions {
		d.Actions = append(d.Actions, ActionRow{a.Title, a.Owner, a.Type, cmp.Or(a.Status, "open"), dayOf(a.Due), dayOf(a.DoneAt), moved(f, a.Moves), a.Status == "done" || a.Status == "dropped"})
	}
	for _, story := range s.Book.StoriesOn(n) {
		if sf, ok := note.Of[*note.Story](story); ok {
			for _, q := range sf.FollowUps {
				d.Asked = append(d.Asked, Asked{q, s.LinkTo(story)})
			}
		}
	}
	// What stands in the headline is not said twice.
	d.Costs = slices.DeleteFunc(d.Costs, func(c Figure) bool { return slices.Contains(d.Headline, c) })
	for _, fact := range s.Ledger.Of(n) {
		d.Figures = append(d.Figures, figureRow(s, fact))
	}
	d.Contents = d.contents(n)
	return d
}

func (d *Incident) contents(n *note.Note) []Section {
	var out []Section
	part := func(there bool, id, text string) {
		if there {
			out = append(out, Section{partID(id), text, 2})
		}
	}
	part(len(d.Phases) > 0, "phases", "Times")
	out = append(out, headings(n)...)
	part(d.Timeline != nil, "timeline", "Timeline")
	part(d.Burn != nil, "burn", "Error budget")
	part(len(d.Changes) > 0 || len(d.Costs) > 0, "changes", "Before and after")
	part(d.Tree != nil, "decision", "Decisions")
	part(len(d.RACI) > 0 || len(d.Roles) > 0, "raci", "Who did what")
	part(len(d.DORA) > 0, "dora", "Delivery metrics")
	part(len(d.Factors) > 0, "factors", "Contributing factors")
	part(len(d.Downstream) > 0, "downstream", "Downstream")
	part(len(d.Actions) > 0, "actions", "Action items")
	part(len(d.Stories) > 0, "stories", "Stories built on it")
	part(len(d.Figures) > 0, "figures", "All figures")
	return out
}

// phases lays the times of an incident on the scale from its first instant to
// its last.
func phases(f *note.Incident) []Phase {
	names := map[string]string{"started_at": "start", "detected_at": "detection"}
	ends := make(map[string]note.Moment)
	var first, last note.Moment
	for _, m := range f.Instants() {
		if !m.At.Set {
			continue
		}
		ends[m.Key] = m
		if first.Key == "" || m.At.T.Before(first.At.T) {
			first = m
		}
		if last.Key == "" || m.At.T.After(last.At.T) {
			last = m
		}
	}
	whole := last.At.T.Sub(first.At.T)
	var out []Phase
	for _, t := range claim.Times(f) {
		if !t.OK {
			continue
		}
		p := Phase{Name: strings.TrimPrefix(t.Key, "time_to_"), From: names[t.From], Ends: clock(ends[t.To].At.T, true), Text: measure.FormatDuration(t.D), X: "0", W: "100"}
		if whole > 0 {
			share := func(part float64) string { return measure.FormatNumber(part/float64(whole)*100, 2) }
			p.X, p.W = share(float64(ends[t.From].At.T.Sub(first.At.T))), share(float64(t.D))
		}
		for _, m := range marks(f) {
			if m.Key == "targets."+p.Name {
				p.Mark = &m
			}
		}
		out = append(out, p)
	}
	return out
}

func burnOf(s *Site, n *note.Note, f *note.Incident) *Burn {
	b, ok := claim.BurnOf(f)
	if !ok {
		return nil
	}
	d := &Burn{Figures: s.figures(n, "budget", "error_minutes", "budget_spent", "budget_spent_weighted", "burn_peak", "burn_residual", "exhaustion")}
	for _, span := range claim.Spans(f) {
		d.Spans = append(d.Spans, BurnSpan{
			From: clock(span.From.T, true), To: clock(span.To.T, true), Length: measure.FormatDuration(span.To.T.Sub(span.From.T)),
			Ratio: span.Ratio.P.String(), Rate: measure.FormatNumber(span.Ratio.P.Share()/b.Share, 1) + "×",
		})
	}
	d.Residual = b.EndsAtResolve && b.Residual > 1
	d.Summary = "It spent " + measure.FormatNumber(float64(b.Spent), 2) + "% of the error budget of " + measure.FormatDuration(b.Window) +
		"; at the peak the budget burned " + measure.FormatNumber(b.Peak, 1) + " times as fast as it lasts."
	return d
}

// changes are metrics before and after, with what changed.
func (s *Site) changes(n *note.Note, metrics []note.Metric) []Change {
	var out []Change
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
		c.Before, c.After, c.Absolute, c.Relative = text("before"), text("after"), text("absolute"), text("relative")
		if better, known := m.Better(); known {
			c.Verdict = "worse"
			if better {
				c.Verdict = "better"
			}
		}
		out = append(out, c)
	}
	return out
}

// figures returns the facts of those keys that exist.
func (s *Site) figures(n *note.Note, keys ...string) []Figure {
	var out []Figure
	for _, key := range keys {
		if f, ok := s.figure(n, key); ok {
			out = append(out, f)
		}
	}
	return out
}

var severityName = regexp.MustCompile(`(?i)^(sev|p)[-_ ]?(\d)$`)

// severity writes a severity as people say it: "sev2" is "SEV-2", "p1" is
// "P1"; names of other schemes stay as they are.
func severity(s string) string {
	m := severityName.FindStringSubmatch(s)
	switch {
	case m == nil:
		return s
	case strings.EqualFold(m[1], "p"):
		return "P" + m[2]
	}
	return "SEV-" + m[2]
}

func objective(o note.SLO) string {
	if !o.Target.Set {
		return o.SLI
	}
	text := o.Target.P.String()
	if o.SLI != "" {
		text += " " + note.Words(o.SLI)
	}
	if o.Window.Set {
		text += " over " + measure.FormatDuration(o.Window.D)
	}
	return text
}

func yesNo(known, yes bool) string {
	switch {
	case !known:
		return ""
	case yes:
		return "yes"
	}
	return "no"
}

// moved is what a reader calls the metric that an action moves: its label,
// where the incident gives it one.
func moved(f *note.Incident, name string) string {
	for _, m := range f.Metrics {
		if m.Name == name && m.Label != "" {
			return m.Label
		}
	}
	return note.Words(name)
}
