package check

import (
	"time"

	"debrief/generator/claim"
	"debrief/generator/diag"
	"debrief/generator/front"
	"debrief/generator/measure"
	"debrief/generator/note"
)

// typedTimes finds times that were typed although they follow from instants,
// and differ from them.
func typedTimes(n *note.Note, i *note.Incident, report func(diag.Finding)) {
	typed := map[string]front.Duration{
		"time_to_detect": i.TimeToDetect, "time_to_acknowledge": i.TimeToAcknowledge, "time_to_diagnose": i.TimeToDiagnose,
		"time_to_mitigate": i.TimeToMitigate, "time_to_resolve": i.TimeToResolve,
	}
	for _, t := range claim.Times(i) {
		said := typed[t.Key]
		if !t.OK || !said.Set || agrees(t.D, said.D) {
			continue
		}
		from, to := line(n, t.From), line(n, t.To)
		report(n.Find("derived-mismatch", diag.Error, at(t.Key), "says %s; the times say %s", measure.FormatDuration(said.D), measure.FormatDuration(t.D)).
			Hint("%s (line %d) − %s (line %d) = %s", t.To, to, t.From, from, measure.FormatDuration(t.D)).
			Hint("leave %s out: debrief derives it", t.Key))
	}
}

// agrees reports whether said is exact at the precision it was given with:
// 38 min for 37 min 40 s, and for 38 min 20 s, but not 1 min for 30 s.
func agrees(exact, said time.Duration) bool {
	unit := time.Minute
	if said%time.Minute != 0 {
		unit = time.Second
	}
	return (exact.Round(unit) == said || exact.Truncate(unit) == said) && (exact-said).Abs() <= exact/20
}

func line(n *note.Note, key string) int {
	pos, _ := n.Front.Span(key)
	return pos.Line
}
