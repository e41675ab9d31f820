package claim

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"debrief/generator/measure"
	"debrief/generator/note"
)

// TestBudgetArithmetic holds the arithmetic of error budgets to worked figures
// (Google SRE Workbook, chapter 5; computed by hand here).
func TestBudgetArithmetic(t *testing.T) {
	minute := func(d time.Duration) string { return measure.FormatNumber(d.Minutes(), 2) }
	share := func(p measure.Percent) string { return measure.FormatNumber(float64(p), 2) }
	for _, c := range []struct{ name, spans, want string }{
		{"12% failing", "{from: T+0s, to: T+38m, ratio: 12%}", "budget 43.2, spent 4.56 = 10.56%, peak 120, residual 120, a full budget lasts 6 h"},
		// From 12% to 2% in a straight line is 7% on average.
		{"12% to 2% in a line", "{from: T+0s, to: T+38m, ratio: 7%}", "budget 43.2, spent 2.66 = 6.16%, peak 70, residual 70, a full budget lasts 10 h 17 min"},
		{"2% left", "{from: T+0s, to: T+38m, ratio: 12%}, {from: T+38m, to: T+90m, ratio: 2%}", "budget 43.2, spent 5.6 = 12.96%, peak 120, residual 20, a full budget lasts 36 h"},
		{"all requests, for the whole budget", "{from: T+0s, to: T+43m12s, ratio: 100%}", "budget 43.2, spent 43.2 = 100%, peak 1,000, residual 1,000, a full budget lasts 43 min 12 s"},
	} {
		n := parse(t, "incidents/x.md", "---\nkind: incident\nstarted_at: 2023-07-11T10:02:00-07:00\nresolved_at: T+90m\nslo: {target: 99.9%, window: 30d}\nerror_rate: ["+c.spans+"]\n---\n")
		f, _ := note.Of[*note.Incident](n)
		b, ok := BurnOf(f)
		got := fmt.Sprintf("budget %s, spent %s = %s%%, peak %s, residual %s, a full budget lasts %s", minute(b.Budget), minute(b.ErrorTime), share(b.Spent),
			measure.FormatNumber(b.Peak, 1), measure.FormatNumber(b.Residual, 1), said(measure.FormatDuration(b.Exhaustion)))
		if !ok || got != c.want {
			t.Errorf("%s: %s\nwant %s", c.name, got, c.want)
		}
	}
}

// TestSpokenLength holds that 92 words take about 39 seconds at 140 a minute.
func TestSpokenLength(t *testing.T) {
	words := func(n int) string { return strings.Repeat("word ", n) }
	n := parse(t, "stories/s.md", "---\nkind: story\nprinciples: [ownership]\n---\n\n## Situation\n\n"+words(20)+"\n\n## Task\n\n"+words(10)+"\n\n## Action\n\n"+words(50)+"\n\n## Result\n\n"+words(12)+"\n")
	telling := TellingOf(n, 140)
	if telling.Words != 92 || telling.D != 39*time.Second {
		t.Errorf("%d words take %v, want 92 and 39 s", telling.Words, telling.D)
	}
}
