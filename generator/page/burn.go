package page

import (
	"cmp"
	"slices"
	"time"

	"debrief/generator/chart"
	"debrief/generator/claim"
	"debrief/generator/measure"
	"debrief/generator/note"
)

// Burn is what an incident did to its error budget.
type Burn struct {
	Spans    []BurnSpan
	Figures  []Figure // budget, error-minutes, share spent, burn rates
	Summary  string   // in one sentence
	Chart    *chart.Drawing
	Residual bool // it still burned faster than sustainable when it was called resolved
}

// A BurnSpan is a stretch of time with one error ratio.
type BurnSpan struct {
	From, To string // clock times
	Length   string
	Ratio    string // "12%"; "no data" where no span is given
	Rate     string // "120×"
}

// burnOf is what an incident did to its error budget; nil when that cannot be
// computed. Its spans stand in the order of time, and what they leave open
// stands between them.
func burnOf(s *Site, n *note.Note, f *note.Incident) *Burn {
	b, ok := claim.BurnOf(f)
	if !ok {
		return nil
	}
	d := &Burn{Figures: s.figures(n, "budget", "error_minutes", "budget_spent", "budget_spent_weighted", "burn_peak", "burn_residual", "exhaustion")}
	drawn := chart.Burn{ID: "chart.burn", Twin: "table.burn", Spent: float64(b.Spent)}
	for _, span := range claim.Spans(f) {
		drawn.Spans = append(drawn.Spans, chart.Span{From: span.From.T, To: span.To.T, Ratio: span.Ratio.P.String(), Rate: span.Ratio.P.Share() / b.Share})
	}
	slices.SortStableFunc(drawn.Spans, func(a, b chart.Span) int { return cmp.Compare(a.From.UnixNano(), b.From.UnixNano()) })
	from, to := drawn.Spans[0].From, drawn.Spans[0].To
	if f.StartedAt.Set {
		from = f.StartedAt.T
	}
	if f.ResolvedAt.Set {
		to = f.ResolvedAt.T
		drawn.Resolved = to
	}
	drawn.Holes = chart.Holes(drawn.Spans, from, to)
	d.rows(&drawn)
	if b.EndsAtResolve {
		drawn.Residual = b.Residual
	}
	d.Residual = drawn.Residual > 1
	d.Summary = "It spent " + measure.FormatNumber(float64(b.Spent), 2) + "% of the error budget of " + measure.FormatDuration(b.Window) +
		"; at the peak the budget burned " + measure.FormatNumber(b.Peak, 1) + " times as fast as it lasts."
	if b.ErrorTime == 0 {
		d.Summary = "It spent nothing of the error budget of " + measure.FormatDuration(b.Window) + "."
	}
	drawn.Summary = d.Summary
	d.Chart = drawn.Draw()
	return d
}

// rows makes the table of spans and holes, and tells the chart which is which.
func (d *Burn) rows(drawn *chart.Burn) {
	hole := func(until time.Time) {
		for i := range drawn.Holes {
			if h := &drawn.Holes[i]; h.Row < 0 && (until.IsZero() || h.From.Before(until)) {
				h.Row = len(d.Spans)
				d.Spans = append(d.Spans, BurnSpan{From: clock(h.From, true), To: clock(h.To, true), Length: measure.ExactDuration(h.To.Sub(h.From)), Ratio: "no data"})
			}
		}
	}
	for i := range drawn.Holes {
		drawn.Holes[i].Row = -1
	}
	for i := range drawn.Spans {
		span := &drawn.Spans[i]
		hole(span.From)
		span.Row = len(d.Spans)
		d.Spans = append(d.Spans, BurnSpan{
			From: clock(span.From, true), To: clock(span.To, true), Length: measure.ExactDuration(span.To.Sub(span.From)),
			Ratio: span.Ratio, Rate: measure.FormatNumber(span.Rate, 1) + "×",
		})
	}
	hole(time.Time{})
}
