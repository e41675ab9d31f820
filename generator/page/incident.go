package page

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"debrief/generator/chart"
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
	Band        *chart.Drawing // of the phases, or nil
	Timeline    *Timeline
	Burn        *Burn
	Changes     []Change
	Compared    *chart.Drawing // of those, or nil
	Load        *chart.Drawing // traffic against the usual, or nil
	Costs       []Figure       // traffic, users, money
	Runbook     *chart.Drawing // steps planned and done, or nil
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
	Contents    []Section
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
		Headline: s.headlineFigures(n, 4), Verdicts: marks(f), Burn: burnOf(s, n, f),
		Costs: s.figures(n, "traffic.factor", "impact.users", "impact.requests", "impact.revenue_lost", "revenue_saved", "revenue_per_avoided_minute"),
		Roles: rolesOf(f.Roles), Factors: f.Factors, Downstream: f.Downstream, Stories: s.AllTold(s.Book.StoriesOn(n)),
		Agree: s.agreement(s.Ledger.Said(n)),
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
		Term{Name: "On paper", Links: s.sheetLinks(n, "its cheat sheet")},
	)
	d.Particulars = append(d.Particulars, extras(n)...)
	d.Phases, d.Band = phases(f)
	d.Changes, d.Compared = s.changes(n, f.Metrics)
	d.Load = load(f, s.Book.Coarse())
	d.Runbook = runbookDrawing(f.Runbook)
	if len(f.Timeline) > 0 {
		t := s.Timeline(n, f.Timeline, "timeline")
		d.Timeline = &t
	}
	if f.DecisionTree != nil && len(f.DecisionTree.Nodes) > 0 {
		t := s.Tree(f.DecisionTree, partID("tree"))
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
	part(len(d.Changes) > 0 || len(d.Costs) > 0 || d.Load != nil, "changes", "Before and after")
	part(d.Runbook != nil, "runbook", "Run-book, planned and done")
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
