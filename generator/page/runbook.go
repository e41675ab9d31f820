package page

import (
	"time"

	"debrief/generator/chart"
	"debrief/generator/measure"
	"debrief/generator/note"
)

// runbookDrawing sets the steps of a run-book against what was done, from
// detection; nil where no step has both times.
func runbookDrawing(steps []note.RunbookStep) *chart.Drawing {
	d := chart.Bars{ID: "chart.runbook", Twin: "table.runbook", Kind: "runbook", Title: "Run-book",
		Table: &chart.Table{Head: []string{"Step", "Planned", "Done", "Verdict"}}}
	late := 0
	var worst time.Duration
	worstStep := ""
	for _, s := range steps {
		if s.Step == "" || !s.Planned.Set || !s.Actual.Set {
			continue
		}
		planned, actual := measure.FormatDuration(s.Planned.D), measure.FormatDuration(s.Actual.D)
		by := s.Actual.D - s.Planned.D
		verdict, word := "✓ on the minute", "better"
		switch {
		case by > 0:
			late++
			verdict, word = "✗ late by "+measure.FormatDuration(by), "worse"
			if by > worst {
				worst, worstStep = by, s.Step
			}
		case by < 0:
			verdict = "✓ with " + measure.FormatDuration(-by) + " to spare"
		}
		row := len(d.Table.Rows)
		d.Comparisons = append(d.Comparisons, chart.Comparison{Name: s.Step, Word: word, Verdict: verdict, Bars: []chart.Bar{
			{Value: s.Planned.D.Seconds(), Says: planned + " planned", Old: true, Twin: planned, Row: row},
			{Value: s.Actual.D.Seconds(), Says: actual + " done", Twin: actual, Row: row},
		}})
		d.Table.Rows = append(d.Table.Rows, []string{s.Step, planned, actual, verdict})
	}
	d.Summary = plural(len(d.Comparisons), "step", "steps") + " from detection, each on its own scale; "
	if late == 0 {
		d.Summary += "none was late."
	} else {
		d.Summary += plural(late, "was", "were") + " late, the latest by " + measure.FormatDuration(worst) + ": " + worstStep + "."
	}
	return d.Draw()
}
