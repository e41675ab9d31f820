package claim

import (
	"strings"
	"testing"
)

// TestFollows holds which words may stand between a figure and what it is of.
func TestFollows(t *testing.T) {
	for _, c := range []struct {
		words []string
		typed string
		want  bool
	}{
		{nil, " ", true},
		{[]string{"to"}, " to ", true},
		{[]string{"service"}, " service ", true},
		{[]string{"a"}, " *a* ", true}, // its signs are gone from the words
		{[]string{"root", "cause"}, " root-cause ", false},
		{[]string{"later"}, ". Later ", false},
		{[]string{"and"}, " and ", false},
	} {
		if got := follows(c.words, c.typed); got != c.want {
			t.Errorf("follows(%q, %q) = %v, want %v", c.words, c.typed, got, c.want)
		}
	}
}

// outage is what the sentences below are held against: detected after 3
// minutes, acknowledged 2 later, diagnosed 15 after the alert, mitigated after
// 40 and resolved after 65; 30 allowed, 45 agreed.
const outage = `---
kind: incident
id: outage
started_at: 2025-01-20T10:00:00Z
detected_at: T+3m
acknowledged_at: T+5m
diagnosed_at: T+18m
mitigated_at: T+40m
resolved_at: T+65m
slo: {target: 99.9%, window: 30d}
targets: {mitigate: 30m}
sla: 45m
traffic: {baseline: 1.0, peak: 1.5, unit: x}
error_rate:
  - {from: T+0s, to: T+40m, ratio: 10%}
  - {from: T+40m, to: T+65m, ratio: 2%}
impact: {users: 9000, requests: 120000, revenue_lost: USD 90000}
counterfactual: {basis: "like event, 100 min", minutes_avoided: 60, revenue_per_minute: USD 20000, failing_ratio: 10%}
metrics:
  - {name: write_latency_p99, label: Write latency, unit: ms, direction: lower_is_better, before: 420, after: 65, at: p99}
  - {name: hit_ratio, label: Hit ratio, unit: "%", direction: higher_is_better, before: 94, after: 97}
---

`

const floats = ""

// TestWhatASentenceSays holds sentences against an incident: the fact that the
// figure in brackets is held to be. A fact with an exclamation mark is
// contradicted. Whatever may be meant otherwise floats.
func TestWhatASentenceSays(t *testing.T) {
	for _, c := range []struct{ sentence, want string }{
		// Times taken.
		{"The alert fired after [3 minutes].", "time_to_detect"},
		{"It took us [seven minutes] to notice.", "time_to_detect!"},
		{"TTD [4 min].", "time_to_detect!"},
		{"Ack [6 min] after the page.", "time_to_acknowledge!"},
		{"It took [25 minutes] from the alert to find the cause.", "time_to_diagnose!"},
		{"Diagnosed after [22 min]: a pool of 200 connections.", "time_to_diagnose!"},
		{"The damage was contained after [50 minutes].", "time_to_mitigate!"},
		{"Contained in [50 minutes] and closed 20 minutes later.", "time_to_mitigate!"},
		{"[50 minutes] from the start to mitigated.", "time_to_mitigate!"},
		{"Mitigated in [40 minutes].", "time_to_mitigate"},
		{"A 90-minute outage", floats}, // names nothing in brackets
		{"It was a [90-minute] outage.", "time_to_resolve!"},
		{"The outage ran for [90 minutes].", "time_to_resolve!"},
		{"The outage lasted [an hour and five minutes].", "time_to_resolve"},
		{"Resolved at [T+70m].", "time_to_resolve!"},
		{"Resolved at [T+65m].", "time_to_resolve"},
		{"[T+5 min] I answered the page.", "acknowledged_at − started_at"},

		// From another zero.
		{"It was mitigated [37 minutes] after the alert.", "mitigated_at − detected_at"},
		{"It was mitigated [50 minutes] after the alert.", floats},
		{"Mitigated at 40 minutes and resolved [25 minutes] later.", "a span of error_rate"},
		{"Mitigated, and resolved another [31 minutes] later.", floats},

		// Another event, another time, what is usual or might have been.
		{"The following year one fault was mitigated in [25 minutes].", floats},
		{"The previous outage lasted [90 minutes].", floats},
		{"The previous key was put back and the incident was mitigated in [50 minutes].", "time_to_mitigate!"},
		{"Last outage of this kind: mitigated in [50 minutes].", floats},
		{"An outage in May lasted [90 minutes].", floats},
		{"Checkout had an outage of [55 minutes].", floats},
		{"Search's outage lasted [55 minutes].", floats},
		{"The ads team mitigates in [25 minutes].", floats},
		{"The regional team detected its own lag in [6 minutes].", floats},
		{"The mail provider lost [$120,000] itself.", floats},
		{"The June 4 event was mitigated in [25 minutes].", floats},
		{"The goal for Q3: mitigate in [15 minutes].", floats},
		{"A stuck release was resolved in [30 minutes].", floats},
		{"Our last three incidents were mitigated in [25 minutes].", floats},
		{"We rehearsed it in spring. It was mitigated in [25 minutes].", floats},
		{"With a canary it would have been detected in [2 minutes].", floats},
		{"Pool exhaustion is now detected in [2 minutes].", floats},
		{"The replica recovered in [15 minutes].", floats},
		{"A tenth, [10%] of requests from mobile, failed.", "error_ratio_peak"},
		{"Why the diagnosis took [13 minutes].", floats},
		{"Target to mitigate 30, took [40 minutes].", "time_to_mitigate"},
		{"| event | elapsed |\n| --- | --- |\n| Acknowledged | [5 min] |", floats},
		{"Resolved [4 h] → 1 h 05.", floats},
		{"Detect in 3, mitigate in [50 minutes].", floats},
		{"Cancelling takes [40 minutes] if the window is open.", floats},
		{"The lock has a time-out of [3 minutes].", floats},
		{"The alert on the job was set to [40 minutes].", floats},
		{"Scale-up takes [10 minutes].", floats},
		{"I took one hour, [60 minutes], of telemetry from the outage.", floats},
		{"They asked for [one hour] of telemetry from the outage.", floats},

		// Deadlines and their margins.
		{"The target was [30 minutes].", "targets.mitigate"},
		{"We missed the [20-minute] target.", "targets.mitigate!"},
		{"We missed the target by [15 minutes].", "targets.mitigate.missed_by!"},
		{"The target is 30 minutes. We were [15 minutes] late.", "targets.mitigate.missed_by!"},
		{"That was [17 minutes] over our target.", "targets.mitigate.missed_by!"},
		{"We kept the SLA with [12 minutes] to spare.", "sla.spare!"},
		{"The contract was kept with [12 minutes] of margin.", "sla.spare!"},
		{"Mitigated, [8 minutes] inside the SLA.", "sla.spare!"},
		{"We had promised [45 minutes].", "sla"},
		{"The SLA is [60 minutes].", "sla!"},
		{"Order events came [15 minutes] late.", floats},
		{"The desk's target is [20 minutes].", floats},
		{"The target to detect is [20 minutes].", floats},
		{"To mitigate within [30 minutes].", "targets.mitigate"},
		{"Latency by cache misses grew by [15 ms].", floats},

		// Shares, budget, burn, objective.
		{"[14%] of requests failed.", "error_ratio_peak!"},
		{"[4%] of requests from mobile failed.", floats},
		{"It spent [15%] of the error budget.", "budget_spent!"},
		{"Both events together used [15%] of the error budget.", floats},
		{"We burned at [70x].", "burn_peak!"},
		{"Our SLO is [99.95%].", "slo.target!"},
		{"The page, whose SLO is [99.5%], was fine.", floats},
		{"Our SLO is 99.9%, the gateway has an SLO of [99.95%].", floats},
		{"The flag went to [100%] of hosts.", floats},

		// Counts, money, traffic.
		{"[12,000 users] were affected.", "impact.users!"},
		{"[12,000 customers] were affected.", "impact.users!"},
		{"[9,000 shoppers] saw an error.", "impact.users"},
		{"[4,000 customers] rang us.", floats},
		{"[150,000 requests] failed.", "impact.requests!"},
		{"We lost about [$120,000].", "impact.revenue_lost!"},
		{"It ate [15%] of the error budget and cost us $90,000.", "budget_spent!"},
		{"It cost us [$120,000].", "impact.revenue_lost!"},
		{"An hour of downtime costs [$120,000].", floats},
		{"Marketing reckons that [$120,000] was lost.", floats},
		{"That saved about [$160,000].", "revenue_saved!"},
		{"Traffic was [1.8x] its baseline.", "traffic.factor!"},
		{"The day brought [1.5 times] the usual traffic.", "traffic.peak"},
		{"We plan for [2 times] the traffic.", floats},
		{"Retry traffic was [2 times] the day's.", floats},

		// Changes.
		{"Write latency at p99 fell from [480 ms] to 65 ms.", "write_latency_p99.before!"},
		{"Write latency at p99 fell from 420 ms to [85 ms].", "write_latency_p99.after!"},
		{"Write latency at p99 fell from 480 ms to [85 ms].", floats},
		{"Write latency at p99 has since been cut from [480 ms] to 65 ms.", "write_latency_p99.before!"},
		{"Write latency fell to 200 ms, then to [85 ms].", floats},
		{"Write latency saw a reduction of [335 ms] or about 85%.", "write_latency_p99.absolute!"},
		{"Write latency saw a reduction of 355 ms or about [70%].", "write_latency_p99.relative!"},
		{"The hit ratio rose by [5 points].", "hit_ratio.absolute!"},

		// A table contradicts where a row is an entry and its value. A task never does.
		{"| phase | time |\n| --- | --- |\n| Mitigated | [50 min] |", "time_to_mitigate!"},
		{"| Metric | Value |\n| --- | --- |\n| Users affected | [12,000 users] |", "impact.users!"},
		{"| phase | target |\n| --- | --- |\n| Mitigated | [50 min] |", "targets.mitigate!"},
		{"| phase | like event |\n| --- | --- |\n| Mitigated | [50 min] |", floats},
		{"| team | time |\n| --- | --- |\n| Ads, mitigated | [50 min] |", floats},
		{"| phase | time | target |\n| --- | --- | --- |\n| Mitigated | [50 min] | 1 h |", "time_to_mitigate!"},
		{"| phase | target | time |\n| --- | --- | --- |\n| Mitigated | [25 min] | 40 min |", "targets.mitigate!"},
		{"| phase | target | time |\n| --- | --- | --- |\n| Mitigated | 30 min | [40 min] |", "time_to_mitigate"},
		{"| phase | 2022 | 2023 |\n| --- | --- | --- |\n| Mitigated | [50 min] | 40 min |", floats},
		{"| phase | like event | this one |\n| --- | --- | --- |\n| Mitigated | [50 min] | 40 min |", floats},
		{"| phase | time |\n| --- | --- |\n| Start | 0 |\n\n| phase | goal |\n| --- | --- |\n| Mitigated | [50 min] |", "targets.mitigate!"},
		{"| phase | time |\n| --- | --- |\n| Mitigated | [40 min] |", "time_to_mitigate"},
		{"## Task\n\nFifty minutes, [50 minutes], to mitigate.", floats},
		{"## Task\n\nMitigate in [30 minutes].", "targets.mitigate"},
		{"## Result\n\nI had the shop back in [50 minutes].", "time_to_mitigate!"},
		{"## Action\n\nI was back in [50 minutes].", floats},
	} {
		if got := heldTo(t, c.sentence); got != c.want {
			t.Errorf("%q is held to %q, want %q", c.sentence, got, c.want)
		}
	}
}

// heldTo says what the figure in brackets is held to be.
func heldTo(t *testing.T, sentence string) string {
	t.Helper()
	text := strings.NewReplacer("[", "", "]", "").Replace(sentence)
	_, rest, _ := strings.Cut(sentence, "[")
	figure, _, _ := strings.Cut(rest, "]")
	incident, body := outage, ""
	notes := "stories/s.md"
	if strings.HasPrefix(sentence, "## ") {
		body = "---\nkind: story\nincident: outage\n---\n\n" + text + "\n"
	} else {
		incident, notes = outage+text+"\n", "incidents/outage.md"
		body = "---\nkind: story\n---\n"
	}
	l := ledger(t, parse(t, "incidents/outage.md", incident), parse(t, "stories/s.md", body))
	for _, c := range l.Claims() {
		if c.Note.Path != notes || figure == "" || !strings.Contains(figure, c.Text) || len(c.Text) < len(figure)-1 {
			continue
		}
		switch {
		case c.Status == Floating:
			return floats
		case c.Status == Contradicted:
			return c.Fact.Key + "!"
		case c.Fact == nil:
			return c.By
		}
		return c.Fact.Key
	}
	return floats
}
