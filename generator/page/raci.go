package page

import (
	"slices"
	"strings"

	"debrief/generator/note"
)

// Responsibilities is the data of raci.html: who did what over all incidents,
// and which delivery metrics the follow-ups moved.
type Responsibilities struct {
	Incidents  []RACIIncident // with a RACI, newest first
	Mine       []MineRow      // the author's own letters; none when the author is nowhere
	Rows       []ActivityRow
	Effects    []Effect
	NotCounted []Link // incidents with delivery metrics that no change caused
	Without    []Link // incidents without a RACI
	Full       int    // incidents whose RACI is full
}

// A RACIIncident is one incident and what its RACI lacks.
type RACIIncident struct {
	Incident Link
	When     When
	Lacks    string // "" when it is full
}

// A MineRow is the author's letters for one activity, incident by incident.
type MineRow struct {
	Activity string
	Letters  []string // "A R", "C", "" when somebody else did it, "–" when the incident has no such activity
}

// An ActivityRow is one activity over the incidents that had it.
type ActivityRow struct {
	Activity string
	Entries  []ActivityEntry
}

// An ActivityEntry is who was what in one incident.
type ActivityEntry struct {
	Incident   Link
	R, A, C, I string
}

// An Effect is one delivery metric that an incident's follow-up moved.
type Effect struct {
	Metric      string
	Better      string // which way is better
	Before      string
	After       string
	Incident    Link
	Action      string // the follow-up that moved it
	Owner       string
	Type        string
	Status      string
	DoneOn      When
	Accountable string // for the fix, by the incident's RACI
	Unjoined    bool   // no action item of that title is in the incident
}

// Lacking are the incidents whose RACI is there but not full.
func (d *Responsibilities) Lacking() []RACIIncident {
	var out []RACIIncident
	for _, i := range d.Incidents {
		if i.Lacks != "" {
			out = append(out, i)
		}
	}
	return out
}

// Missing reports whether the page has anything to say about what is missing.
func (d *Responsibilities) Missing() bool {
	return len(d.Without) > 0 || len(d.NotCounted) > 0 || len(d.Lacking()) > 0
}

// activityOrder is the order in which an incident goes.
var activityOrder = []string{"detect", "declare", "command", "diagnose", "decide", "mitigate", "communicate", "verify", "review", "fix"}

func raciData(s *Site) any {
	d := &Responsibilities{}
	var with []*note.Note
	var activities []string
	for _, n := range s.Book.OfKind("incident") {
		f, _ := note.Of[*note.Incident](n)
		d.effects(s, n, f)
		if len(f.RACI) == 0 {
			d.Without = append(d.Without, s.LinkTo(n))
			continue
		}
		lacks := lacksRACI(f)
		if lacks == "" {
			d.Full++
		}
		d.Incidents = append(d.Incidents, RACIIncident{s.LinkTo(n), whenOf(n), lacks})
		with = append(with, n)
		for _, row := range f.RACI {
			if name := strings.ToLower(row.Activity); name != "" && !slices.Contains(activities, name) {
				activities = append(activities, name)
			}
		}
	}
	if len(with) == 0 && len(d.Effects) == 0 && len(d.NotCounted) == 0 {
		return nil
	}
	slices.SortStableFunc(activities, func(a, b string) int { return activityRank(a) - activityRank(b) })
	mine := false
	for _, activity := range activities {
		row, letters := activityRow(s, activity, with)
		d.Rows = append(d.Rows, row)
		d.Mine = append(d.Mine, MineRow{capital(activity), letters})
		mine = mine || slices.ContainsFunc(letters, func(l string) bool { return l != "" && l != "–" })
	}
	if !mine {
		d.Mine = nil
	}
	return d
}

func activityRank(name string) int {
	if i := slices.Index(activityOrder, name); i >= 0 {
		return i
	}
	return len(activityOrder)
}

func activityRow(s *Site, activity string, incidents []*note.Note) (ActivityRow, []string) {
	row := ActivityRow{Activity: capital(activity)}
	letters := make([]string, len(incidents))
	for i, n := range incidents {
		f, _ := note.Of[*note.Incident](n)
		letters[i] = "–"
		for _, r := range f.RACI {
			if !strings.EqualFold(r.Activity, activity) {
				continue
			}
			letters[i] = myLetters(r)
			row.Entries = append(row.Entries, ActivityEntry{s.LinkTo(n), people(r.R), people(r.A), people(r.C), people(r.I)})
		}
	}
	return row, letters
}

// authorNames are how authors call themselves.
var authorNames = []string{"me", "i", "myself"}

func isMe(who string) bool {
	return slices.Contains(authorNames, strings.ToLower(strings.TrimSpace(who)))
}

func myLetters(r note.RACI) string {
	var out []string
	for _, l := range []struct {
		letter string
		who    []string
	}{{"A", r.A}, {"R", r.R}, {"C", r.C}, {"I", r.I}} {
		if slices.ContainsFunc(l.who, isMe) {
			out = append(out, l.letter)
		}
	}
	return strings.Join(out, " ")
}

func people(who []string) string { return strings.Join(who, ", ") }

// effects joins an incident's delivery metrics to the action items that moved
// them. Without a change as the cause there is none (dora.dev: recovery time
// and fail rate count deployments, not outages).
func (d *Responsibilities) effects(s *Site, n *note.Note, f *note.Incident) {
	if len(f.DORA) == 0 {
		return
	}
	if !f.ChangeRelated.B {
		d.NotCounted = append(d.NotCounted, s.LinkTo(n))
		return
	}
	for _, row := range f.DORA {
		e := Effect{Metric: note.Words(row.Metric), Before: spoken(row.Before), After: spoken(row.After), Incident: s.LinkTo(n), Action: row.MovedBy, Accountable: accountableForFix(f)}
		key := note.DORAMetric(row.Metric)
		for _, m := range note.DORAMetrics {
			if m.Key == key {
				e.Metric, e.Better = m.Name, "higher is better"
				if m.LowerIsBetter {
					e.Better = "lower is better"
				}
			}
		}
		e.join(f, row, key)
		d.Effects = append(d.Effects, e)
	}
}

// join finds the action item that moved the metric: by its title, else by the
// metric that it says it moves.
func (e *Effect) join(f *note.Incident, row note.DORA, key string) {
	i := slices.IndexFunc(f.Actions, func(a note.Action) bool { return row.MovedBy != "" && foldText(a.Title) == foldText(row.MovedBy) })
	if i < 0 {
		i = slices.IndexFunc(f.Actions, func(a note.Action) bool { return a.Moves != "" && note.DORAMetric(a.Moves) == key && key != "" })
	}
	if i < 0 {
		e.Unjoined = true
		return
	}
	a := f.Actions[i]
	e.Action, e.Owner, e.Type, e.Status, e.DoneOn = a.Title, a.Owner, a.Type, a.Status, dayOf(a.DoneAt)
}

func accountableForFix(f *note.Incident) string {
	for _, activity := range []string{"fix", "review"} {
		for _, r := range f.RACI {
			if strings.EqualFold(r.Activity, activity) && len(r.A) > 0 {
				return people(r.A)
			}
		}
	}
	return ""
}
