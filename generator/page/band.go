package page

import (
	"cmp"
	"slices"
	"strings"

	"debrief/generator/chart"
	"debrief/generator/claim"
	"debrief/generator/measure"
	"debrief/generator/note"
)

// A Phase is one time of an incident: as it is measured, and the stretch of
// it since the step before.
type Phase struct {
	Name  string // "mitigate"
	From  string // "start", "detection"; "" when the time cannot be measured
	Ends  string // "10:40:00"
	Text  string // "38 min"; "" when it cannot be measured
	Alone string // "17 min 30 s"; "17 min 30 s unexplained" when an instant between is missing
	Marks []Mark // the deadlines for it
}

// Ids of a page's charts and of the tables that hold the same data.
const (
	bandID   = "chart.phases"
	bandTwin = "table.phases"
)

// phases are the times of an incident as a table, and drawn.
func phases(f *note.Incident) ([]Phase, *chart.Drawing) {
	band := chart.Band{ID: bandID, Twin: bandTwin}
	times := make(map[string]claim.Between)
	for _, t := range claim.Times(f) {
		times[strings.TrimPrefix(t.Key, "time_to_")] = t
	}
	var instants []chart.Instant
	for _, m := range f.Instants() {
		in := chart.Instant{Done: m.Name, Verb: phaseVerbs[m.Key]}
		if m.At.Set {
			in.At = m.At.T
		}
		instants = append(instants, in)
	}
	band.Stages = chart.Stages(instants)

	var out []Phase
	rows := make(map[string]int)
	for _, in := range instants {
		p := Phase{Name: in.Verb, Ends: clock(in.At, true)}
		if t := times[in.Verb]; t.OK {
			p.From, p.Text = fromNames[t.From], measure.ExactDuration(t.D)
		}
		for i, stage := range band.Stages {
			if stage.To.Done != in.Done {
				continue
			}
			p.Alone = stage.Length()
			if !stage.Told {
				p.Alone += " unexplained"
			}
			if p.Name == "" {
				p.Name = in.Done // the start does not come first
			}
			band.Stages[i].Row = len(out)
		}
		if p.Text != "" || p.Alone != "" {
			rows[in.Verb] = len(out)
			out = append(out, p)
		}
	}
	for _, v := range claim.Verdicts(f) {
		of, isTarget := strings.CutPrefix(v.Key, "targets.")
		if !isTarget {
			of = "mitigate"
			if !times[of].OK {
				of = "resolve"
			}
		}
		d := chart.Deadline{Name: deadlineNames[v.Key], Limit: v.Limit, Took: v.Took, Row: rows[of]}
		m := Mark{Key: v.Key, Word: "missed", Met: v.Met, Text: d.Margin()}
		if v.Met {
			m.Word = "met"
		}
		out[d.Row].Marks = append(out[d.Row].Marks, m)
		band.Deadlines = append(band.Deadlines, d)
	}
	slices.SortStableFunc(band.Deadlines, func(a, b chart.Deadline) int { return cmp.Compare(a.Limit, b.Limit) })
	return out, band.Draw()
}

var (
	phaseVerbs = map[string]string{
		"detected_at": "detect", "acknowledged_at": "acknowledge", "diagnosed_at": "diagnose",
		"mitigated_at": "mitigate", "resolved_at": "resolve",
	}
	fromNames     = map[string]string{"started_at": "start", "detected_at": "detection"}
	deadlineNames = map[string]string{
		"targets.detect": "target to detect", "targets.mitigate": "target to mitigate", "targets.resolve": "target to resolve", "sla": "SLA",
	}
)
