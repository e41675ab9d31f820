package page

import (
	"debrief/generator/claim"
	"debrief/generator/note"
)

// An IncidentCard is an incident in short: what one would say of it first.
type IncidentCard struct {
	Incident Link
	When     When
	Severity string
	About    string   // the author's description
	Figures  []Figure // at most three
	Verdicts []Mark   // deadlines met and missed
}

func (s *Site) incidentCard(n *note.Note) *IncidentCard {
	if n == nil {
		return nil
	}
	f, _ := note.Of[*note.Incident](n)
	return &IncidentCard{
		Incident: s.LinkTo(n), When: whenOf(n), Severity: severity(f.Severity), About: s.Said(n, n.Description),
		Figures: s.headlineFigures(n, 3), Verdicts: marks(f),
	}
}

// marks are an incident's deadlines in words.
func marks(f *note.Incident) []Mark {
	var out []Mark
	for _, v := range claim.Verdicts(f) {
		word := "missed"
		if v.Met {
			word = "met"
		}
		out = append(out, Mark{Key: v.Key, Word: word, Met: v.Met, Text: v.Name + " " + v.String()})
	}
	return out
}

// headlineFigures picks the figures that carry a telling, at most most of
// them: what changed, what it spent and saved, how long it took. A near miss
// that spent nothing is told by its times instead.
func (s *Site) headlineFigures(n *note.Note, most int) []Figure {
	f, ok := note.Of[*note.Incident](n)
	if !ok {
		return nil
	}
	var out []Figure
	fact := func(key string) {
		if fig, ok := s.figure(n, key); ok && len(out) < most {
			out = append(out, fig)
		}
	}
	metric := func(k int) {
		if k < len(f.Metrics) && len(out) < most {
			if fig, ok := s.changeOf(n, f.Metrics[k]); ok {
				out = append(out, fig)
			}
		}
	}
	metric(0)
	if b, ok := claim.BurnOf(f); ok && b.Spent > 0 {
		fact("budget_spent")
	}
	fact("revenue_saved")
	metric(1)
	fact("impact.revenue_lost")
	for _, key := range []string{"time_to_mitigate", "time_to_resolve", "time_to_detect"} {
		fact(key)
	}
	return out
}

// changeOf writes a metric as one figure: "12% → 2%".
func (s *Site) changeOf(n *note.Note, m note.Metric) (Figure, bool) {
	before, ok := s.figure(n, m.Name+".before")
	after, ok2 := s.figure(n, m.Name+".after")
	if !ok || !ok2 {
		return Figure{}, false
	}
	return Figure{Label: m.Title(), Text: before.Text + " → " + after.Text, Confidence: before.Confidence, Home: before.Home}, true
}
