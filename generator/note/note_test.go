package note

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"debrief/generator/diag"
)

func TestTheKindOfANote(t *testing.T) {
	for _, c := range []struct{ path, front, want string }{
		{"incidents/a.md", "", "incident"},
		{"Stories/a.md", "", "story"},
		{"stories/2024/a.md", "", "story"},
		{"archive/stories/a.md", "", "page"},
		{"stories/index.md", "", "page"},
		{"stories/README.md", "", "page"},
		{"stories/2024/index.md", "", "page"},
		{"a.md", "", "page"},
		{"stories/a.md", "kind: page", "page"},
		{"notes/a.md", "kind: Incident", "incident"},
		{"stories/a.md", "kind: stroy", "page"},
	} {
		text := "# A\n"
		if c.front != "" {
			text = "---\n" + c.front + "\n---\n" + text
		}
		if n, _ := Parse(c.path, []byte(text), Options{}); n.Kind.Name != c.want {
			t.Errorf("%s with %q is of kind %s, want %s", c.path, c.front, n.Kind.Name, c.want)
		}
	}
}

func TestEveryKindReadsAnEmptyNote(t *testing.T) {
	for _, k := range Kinds {
		n, found := Parse("a.md", []byte("---\nkind: "+k.Name+"\n---\n"), Options{})
		if n.Kind != k || KindNamed(k.Name) != k {
			t.Errorf("kind: %s is read as %s", k.Name, n.Kind.Name)
		}
		for _, f := range found {
			if f.Severity == diag.Error || f.Line == 0 || f.Path != "a.md" {
				t.Errorf("an empty %s: %s:%d: %s", k.Name, f.Path, f.Line, f.Message)
			}
		}
	}
}

func TestTheTitleOfANote(t *testing.T) {
	for _, c := range []struct{ path, text, want string }{
		{"a-note.md", "Text.\n", "A note"},
		{"a-note.md", "## Lower\n\n# First\n\n# Second\n", "First"},
		{"a-note.md", "---\ntitle: Given\n---\n# First\n", "Given"},
		{"a-note.md", "---\ntitle:\n---\n# First\n", "First"},
		{"Ana María.md", "", "Ana María"},
		{"stories/index.md", "", "Stories"},
		{"stories/old-ones/README.md", "", "Old ones"},
		{"principles/x.md", "---\nname: Ownership\n---\n", "Ownership"},
	} {
		if n, _ := Parse(c.path, []byte(c.text), Options{}); n.Title != c.want {
			t.Errorf("%s with %q is called %q, want %q", c.path, c.text, n.Title, c.want)
		}
	}
}

func TestWhoMaySeeANote(t *testing.T) {
	for front, want := range map[string]Visibility{
		"":                                     Private,
		"visibility: public":                   Public,
		"visibility: shareable":                Shared,
		"publish: true":                        Public,
		"visibility: public\ndraft: true":      Private,
		"visibility: public\npublish: false":   Private,
		"visibility: publc":                    Private,
		"visibility: public\ndraft: \"false\"": Private,
		"kind: offer\nvisibility: public":      Private,
		"kind: followup\npublish: true":        Private,
	} {
		if n, _ := Parse("a.md", []byte("---\n"+front+"\n---\n"), Options{}); n.Visibility != want {
			t.Errorf("%q is %s, want %s", front, n.Visibility, want)
		}
	}
}

// TestEveryFaultAtItsPlace reads a note in which every field is wrong and
// wants all of it said in one run.
func TestEveryFaultAtItsPlace(t *testing.T) {
	text := strings.TrimPrefix(`
---
kind: incident
visibility: publc
draft: "false"
started_at: "10:02"
detected_at: 2024-01-01
mitigated_at: soon
detected_by: alrt
slo: {target: 100%, window: month}
targets: {mitigate: 15}
sla: ninety
error_rate:
  - {from: 2024-01-01T10:00:00Z, ratio: 5%}
traffic: {baseline: some}
metrics:
  - {name: latency, before: 100, after: 82, direction: down}
  - {name: latency, before: 1ms, after: 2s, confidence: sure}
timeline:
  - {at: 2024-01-01T11:00:00Z, event: "later"}
  - {at: 2024-01-01T10:00:00Z, phase: detct, event: "earlier"}
  - {at: 2024-01-01T12:00:00Z}
raci:
  - {A: [me, ana], C: [bo], I: [Bo]}
dora:
  - {metric: uptime}
decision_tree: {start: a, nodes: {a: {ask: "?", yes: b}}}
action_items:
  - {title: x, type: cure, due: May, status: opn}
playbook: {a: b}
foo: bar
---
`, "\n")
	_, found := Parse("incidents/bad.md", []byte(text), Options{Zone: time.UTC})
	found.Sort()
	var got []string
	for _, f := range found {
		if f.Path != "incidents/bad.md" || f.Column == 0 {
			t.Errorf("a finding without a place: %+v", f)
		}
		got = append(got, fmt.Sprintf("%d:%d %s", f.Line, f.Column, f.Rule))
	}
	want := []string{
		"3:13 bad-value", "4:8 bad-front-matter", "5:13 bad-time", "6:14 bad-time", "7:15 bad-time", "8:14 bad-value",
		"9:15 bad-value", "9:29 bad-duration", "10:21 bad-duration", "11:6 bad-duration", "13:5 missing-field",
		"14:21 bad-unit", "16:5 bad-unit", "16:56 bad-value", "17:12 bad-value", "17:41 bad-unit", "17:57 bad-value",
		"20:10 time-order", "20:39 bad-value", "21:5 missing-field", "23:5 missing-field", "23:5 raci-no-r", "23:9 raci-two-a", "23:32 raci-c-and-i",
		"25:14 bad-value", "26:38 edge-unlabelled", "26:54 tree-dangling", "28:22 bad-value", "28:33 bad-time", "28:46 bad-value",
		"29:11 bad-reference", "30:1 unknown-key",
	}
	for _, w := range want {
		if !slices.Contains(got, w) {
			t.Errorf("not found: %s", w)
		}
	}
	for _, g := range got {
		if !slices.Contains(want, g) {
			t.Errorf("found as well: %s", g)
		}
	}
}

// TestATimeWithoutADay holds that a clock time which no start explains is said
// and counts as not given: read as it stands it would be of the year 1.
func TestATimeWithoutADay(t *testing.T) {
	for _, c := range []struct {
		kind, key string
		set       func(*Note) bool
	}{
		{"incident", "started_at", func(n *Note) bool { return n.Fields.(*Incident).StartedAt.Set }},
		{"round", "scheduled_at", func(n *Note) bool { return n.Fields.(*Round).ScheduledAt.Set }},
		{"followup", "sent_at", func(n *Note) bool { return n.Fields.(*Followup).SentAt.Set }},
		{"followup", "due_at", func(n *Note) bool { return n.Fields.(*Followup).DueAt.Set }},
	} {
		for _, when := range []string{`"10:02"`, "T+38m"} {
			n, found := Parse("a.md", []byte("---\nkind: "+c.kind+"\n"+c.key+": "+when+"\n---\n"), Options{})
			if c.set(n) || !slices.ContainsFunc(found, func(f diag.Finding) bool { return f.Rule == "bad-time" && f.Line == 3 }) {
				t.Errorf("%s: %s of a %s is taken for a time", c.key, when, c.kind)
			}
		}
	}
}

func TestClocksAndOffsetsOfAnIncident(t *testing.T) {
	n, found := Parse("a.md", []byte("---\nkind: incident\nstarted_at: 2023-07-11T23:50:00-07:00\ndetected_at: T+30s\nmitigated_at: \"00:28\"\n---\n"), Options{})
	i := n.Fields.(*Incident)
	if len(found) > 0 || i.DetectedAt.T.Sub(i.StartedAt.T) != 30*time.Second || i.MitigatedAt.T.Sub(i.StartedAt.T) != 38*time.Minute {
		t.Errorf("detected %v, mitigated %v, found %v", i.DetectedAt.T, i.MitigatedAt.T, found)
	}
}

func TestTheNamesOfDeliveryMetrics(t *testing.T) {
	for name, want := range map[string]string{
		"change_fail_rate": "change_fail_rate", "Change fail rate": "change_fail_rate", "change-failure-rate": "change_fail_rate",
		"MTTR": "failed_deployment_recovery_time", "time_to_restore": "failed_deployment_recovery_time", "uptime": "", "": "",
	} {
		if got := DORAMetric(name); got != want {
			t.Errorf("DORAMetric(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestSlug(t *testing.T) {
	for in, want := range map[string]string{
		"Flag rollback": "flag-rollback", "Earth's Best": "earths-best", "C++": "cpp", "con": "con-note", "Größe": "größe", "a/b": "a-b", "!!!": "",
		strings.Repeat("ä", 60): strings.Repeat("ä", 40),
	} {
		if got := Slug(in); got != want {
			t.Errorf("Slug(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestValuesThatCannotBe(t *testing.T) {
	const times = "started_at: 2024-01-01T10:00:00Z\nresolved_at: 2024-01-01T11:00:00Z\n"
	for _, c := range []struct{ front, want string }{
		{"kind: incident\n" + times + "sla: -5m", "bad-duration"},
		{"kind: incident\n" + times + "error_rate: [{from: T+0s, to: T+5m, ratio: 200%}]", "bad-value"},
		{"kind: incident\nstarted_at: soon\nerror_rate: [{from: T+0s, to: T+5m, ratio: 200%}]", "bad-time bad-value"},
		{"kind: incident\n" + times + "impact: {requests: -3}", "bad-value"},
		{"kind: incident\n" + times + "impact: {requests: 3}", ""},
		{"kind: offer\ncompany: Example\nstage: final\nbase: USD 1\nbonus: 900%", "bad-value"},
		{"kind: offer\ncompany: Example\nstage: final\nbase: USD 1\nequity: {shares: -1}", "bad-value"},
		{"kind: offer\ncompany: Example\nstage: final\nbase: USD 1\nvisibility: public", "bad-value"},
		{"kind: offer\ncompany: Example\nstage: final\nbase: USD 1\nvisibility: private", ""},
		{"kind: followup\nto: recruiter\npublish: true", "bad-value"},
	} {
		_, found := Parse("a.md", []byte("---\n"+c.front+"\n---\nText.\n"), Options{})
		var rules []string
		for _, f := range found {
			if f.Severity >= diag.Warning && f.Rule != "missing-field" {
				rules = append(rules, f.Rule)
			}
		}
		if got := strings.Join(rules, " "); got != c.want {
			t.Errorf("%q: %q, want %q (%v)", c.front, got, c.want, found)
		}
	}
}

func TestPercentHasItsSign(t *testing.T) {
	n, _ := Parse("a.md", []byte("---\nkind: story\nmetrics: [{name: x, unit: percent, before: 12, after: 2}]\n---\n"), Options{})
	s, _ := Of[*Story](n)
	if got := s.Metrics[0].UnitOr(); got != "%" {
		t.Errorf("the unit percent is read as %q, want %%", got)
	}
}

// TestClockTimesOfShortDays holds that 10:22 is 10:22 on the day on which
// clocks are set to summer time, too, and on the day after it.
func TestClockTimesOfShortDays(t *testing.T) {
	zone, err := time.LoadLocation("America/Los_Angeles")
	if err != nil {
		t.Skip(err)
	}
	n, _ := Parse("a.md", []byte("---\nkind: incident\nstarted_at: 2024-03-10 00:30\ndetected_at: \"10:22\"\n---\n"), Options{Zone: zone})
	i, _ := Of[*Incident](n)
	if got := i.DetectedAt.T.Format(time.RFC3339); got != "2024-03-10T10:22:00-07:00" {
		t.Errorf("10:22 of 10 March 2024 is read as %s", got)
	}
	n, _ = Parse("a.md", []byte("---\nkind: incident\nstarted_at: 2024-03-09 23:30\ndetected_at: \"04:10\"\n---\n"), Options{Zone: zone})
	i, _ = Of[*Incident](n)
	if got := i.DetectedAt.T.Format(time.RFC3339); got != "2024-03-10T04:10:00-07:00" {
		t.Errorf("04:10 after 23:30 of 9 March 2024 is read as %s", got)
	}
}
