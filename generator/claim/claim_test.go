package claim

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"debrief/generator/diag"
	"debrief/generator/handbook"
	"debrief/generator/note"
)

// primeDay is the worked example that all figures of the example handbook
// follow from.
const primeDay = `---
kind: incident
id: prime-day
started_at: 2023-07-11T10:02:00-07:00
detected_at: 2023-07-11T10:02:30-07:00
acknowledged_at: 2023-07-11T10:04:00-07:00
diagnosed_at: 2023-07-11T10:22:30-07:00
mitigated_at: 2023-07-11T10:40:00-07:00
resolved_at: 2023-07-11T11:32:00-07:00
slo: {sli: availability, target: 99.9%, window: 30d}
targets: {mitigate: 15m}
sla: 60m
traffic: {baseline: 1.0, peak: 1.35, unit: x}
error_rate:
  - {from: 2023-07-11T10:02:00-07:00, to: 2023-07-11T10:40:00-07:00, ratio: 12%}
  - {from: 2023-07-11T10:40:00-07:00, to: 2023-07-11T11:32:00-07:00, ratio: 2%}
counterfactual: {basis: "like event of 2022, 138 min", minutes_avoided: 100, revenue_per_minute: USD 266667, failing_ratio: 12%}
metrics:
  - {name: error_rate, unit: "%", direction: lower_is_better, before: 12, after: 2}
  - {name: cache_miss, unit: ms, direction: lower_is_better, before: 100, after: 82}
---
`

func parse(t *testing.T, path, text string) *note.Note {
	t.Helper()
	n, found := note.Parse(path, []byte(text), note.Options{})
	for _, f := range found {
		if f.Severity > diag.Info && f.Rule != "missing-section" {
			t.Fatalf("%s:%d: %s", path, f.Line, f.Message)
		}
	}
	return n
}

func ledger(t *testing.T, notes ...*note.Note) *Ledger {
	t.Helper()
	book, found := handbook.Link(notes, nil, handbook.Settings{}, &handbook.Pack{}, note.Private, new(handbook.Memory))
	if len(found) > 0 {
		t.Fatalf("link: %v", found)
	}
	return Build(book, new(Memory))
}

func said(s string) string { return strings.ReplaceAll(s, "\u00a0", " ") }

func TestTheFiguresOfAnIncident(t *testing.T) {
	n := parse(t, "incidents/prime-day.md", primeDay)
	l := ledger(t, n)
	for key, want := range map[string]string{
		"time_to_detect":             "30 s",
		"time_to_acknowledge":        "1 min 30 s",
		"time_to_diagnose":           "20 min",
		"time_to_mitigate":           "38 min",
		"time_to_resolve":            "1 h 30 min",
		"targets.mitigate":           "15 min",
		"targets.mitigate.verdict":   "15 min, missed by 23 min (2.53×)",
		"sla.verdict":                "1 h, met with 22 min to spare",
		"slo.target":                 "99.9%",
		"budget":                     "43 min 12 s",
		"error_minutes":              "5.6 min",
		"budget_spent":               "12.96%",
		"budget_spent_weighted":      "17.5%",
		"burn_peak":                  "120×",
		"burn_residual":              "20×",
		"exhaustion":                 "36 h",
		"revenue_saved":              "$3.2M",
		"revenue_per_avoided_minute": "$32,000",
		"error_rate.absolute":        "−10 points",
		"error_rate.relative":        "−83.3%",
		"error_rate.factor":          "6×",
		"cache_miss.absolute":        "−18 ms",
		"cache_miss.relative":        "−18%",
	} {
		f, ok := l.Fact(n, key)
		if !ok {
			t.Errorf("there is no %s", key)
		} else if said(f.Text) != want {
			t.Errorf("%s = %q, want %q", key, said(f.Text), want)
		}
	}
	i, _ := note.Of[*note.Incident](n)
	// Not 17.496, which one gets from the rounded 12.96% × 1.35.
	if b, _ := BurnOf(i); fmt.Sprintf("%.3f", float64(b.Weighted)) != "17.500" {
		t.Errorf("weighted by traffic the budget spent is %s, want 17.500%%", b.Weighted)
	}
	if times := Times(i); times[4].D.Minutes() != 90 {
		t.Errorf("time to resolve is %v, want 90 min", times[4].D)
	}
}

// TestNothingIsGuessed holds that a fact whose inputs are missing does not
// exist.
func TestNothingIsGuessed(t *testing.T) {
	n := parse(t, "incidents/a.md", "---\nkind: incident\nstarted_at: 2024-01-01T10:00:00Z\nmitigated_at: 2024-01-01T10:38:00Z\nslo: {target: 99.9%}\n---\n")
	l := ledger(t, n)
	for _, key := range []string{"time_to_detect", "time_to_resolve", "sla", "budget_spent", "revenue_saved", "targets.mitigate"} {
		if f, ok := l.Fact(n, key); ok {
			t.Errorf("%s = %s, and nothing says so", key, f.Text)
		}
	}
	if f, ok := l.Fact(n, "time_to_mitigate"); !ok || said(f.Text) != "38 min" || f.Pos.Line != 4 {
		t.Errorf("time_to_mitigate = %q at line %d, want 38 min at line 4", f.Text, f.Pos.Line)
	}
}

func TestAFactIsFoundFromWhereItIsNamed(t *testing.T) {
	incident := parse(t, "incidents/prime-day.md", primeDay)
	story := parse(t, "stories/s.md", "---\nkind: story\nincident: prime-day\nmetrics:\n  - {name: saved, unit: h, before: 5, after: 1}\n---\n")
	page := parse(t, "pages/p.md", "# Page\n")
	l := ledger(t, incident, page, story)
	for _, c := range []struct {
		from       *note.Note
		name, want string
		near       string
	}{
		{incident, "time_to_mitigate", "38 min", ""},
		{story, "time_to_mitigate", "38 min", ""},
		{story, "saved.after", "1 h", ""},
		{page, "prime-day.slo.target", "99.9%", ""},
		{page, "time_to_mitigate", "", ""},
		{story, "time_to_mitgate", "", "time_to_mitigate"},
		{page, "prime-day.slo.targte", "", "slo.target"},
	} {
		f, near, ok := l.Find(c.from, c.name)
		if said(f.Text) != c.want || ok != (c.want != "") || near != c.near {
			t.Errorf("from %s {{%s}} is %q, near %q; want %q, near %q", c.from.Path, c.name, said(f.Text), near, c.want, c.near)
		}
	}
}

func TestThePayOfAnOffer(t *testing.T) {
	for _, c := range []struct {
		terms string
		want  []float64 // by year, then the sum
	}{
		{"base: USD 165000\nsign_on: [USD 30000, USD 24000]\nequity: {shares: 520, price: USD 210, vest: [5%, 15%, 40%, 40%]}", []float64{200460, 205380, 208680, 208680, 823200}},
		{"base: USD 175000\nsign_on: [USD 35000, USD 28000]\nequity: {shares: 620, price: USD 210, vest: [5%, 15%, 40%, 40%]}", []float64{216510, 222530, 227080, 227080, 893200}},
		{"base: USD 100000\nbonus: 10%", []float64{110000, 110000, 110000, 110000, 440000}},
	} {
		n := parse(t, "offers/o.md", "---\nkind: offer\ncompany: Example\nstage: final\n"+c.terms+"\n---\n")
		o, _ := note.Of[*note.Offer](n)
		years, ok := PayOf(o)
		if !ok {
			t.Fatalf("no pay for %s", c.terms)
		}
		var got []float64
		for _, y := range years {
			got = append(got, y.Total.Amount)
		}
		if got = append(got, PayTotal(years).Amount); !slices.Equal(got, c.want) {
			t.Errorf("pay of\n%s\nis %v, want %v", c.terms, got, c.want)
		}
	}
}

func TestTwoCurrenciesAreNotAdded(t *testing.T) {
	n, _ := note.Parse("offers/o.md", []byte("---\nkind: offer\nbase: USD 165000\nsign_on: [EUR 20000]\n---\n"), note.Options{})
	o, _ := note.Of[*note.Offer](n)
	if years, ok := PayOf(o); ok {
		t.Errorf("pay is %v, without a rate", years)
	}
}

func TestPartsSumToTheGrant(t *testing.T) {
	for _, c := range []struct {
		whole float64
		parts []float64
		want  []float64
	}{
		{520, []float64{.05, .15, .4, .4}, []float64{26, 78, 208, 208}},
		{100, []float64{1. / 3, 1. / 3, 1. / 3}, []float64{34, 33, 33}},
		{7, []float64{.25, .25, .25, .25}, []float64{2, 2, 2, 1}},
		{10, []float64{.05, .15, .4, .4}, []float64{1, 1, 4, 4}},
		{0, []float64{.5, .5}, []float64{0, 0}},
		{5, nil, []float64{}},
		// A schedule that does not sum to one has its finding; the build goes on.
		{1e18, []float64{0, 0}, []float64{1, 1}},
		{10, []float64{.25}, []float64{3}},
		{10, []float64{.6, .6}, []float64{6, 6}},
	} {
		if got := LargestRemainder(c.whole, c.parts); !slices.Equal(got, c.want) {
			t.Errorf("LargestRemainder(%v, %v) = %v, want %v", c.whole, c.parts, got, c.want)
		}
	}
}

// TestSpansThatCannotBeCountForNothing holds that a span of errors which is at
// fault has its finding and spoils no figure.
func TestSpansThatCannotBeCountForNothing(t *testing.T) {
	const head = "---\nkind: incident\nstarted_at: 2023-07-11T10:00:00Z\nmitigated_at: 2023-07-11T10:40:00Z\nslo: {sli: x, target: 99.9%, window: 30d}\nerror_rate:\n"
	const good = "  - {from: T+0s, to: T+40m, ratio: 12%}\n"
	burn := func(spans string) (Burn, bool) {
		n, _ := note.Parse("incidents/a.md", []byte(head+spans+"---\n"), note.Options{})
		i, _ := note.Of[*note.Incident](n)
		return BurnOf(i)
	}
	want, _ := burn(good)
	for _, bad := range []string{
		"  - {from: T+0s, to: T+40m, ratio: 1000000000000000%}\n",
		"  - {from: T+0s, to: T+40m, ratio: -5%}\n",
		"  - {from: 9999-01-01T00:00:00Z, to: 0001-01-01T00:00:00Z, ratio: 5%}\n",
		"  - {from: T+0s, ratio: 5%}\n",
	} {
		if b, ok := burn(bad); ok {
			t.Errorf("%q gives a burn of %+v", bad, b)
		}
		if got, _ := burn(bad + good); got != want {
			t.Errorf("%q changes the burn from %+v to %+v", bad, want, got)
		}
	}
	if b, ok := burn("  - {from: 0001-01-01T00:00:00Z, to: 9999-01-01T00:00:00Z, ratio: 100%}\n  - {from: 0001-01-01T00:00:00Z, to: 9999-01-01T00:00:00Z, ratio: 100%}\n"); !ok || b.ErrorTime <= 0 || b.Spent <= 0 {
		t.Errorf("two spans of centuries give %+v", b)
	}
}
