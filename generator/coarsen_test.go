package generator_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"debrief/generator"
	"debrief/generator/note"
)

// TestFiguresThatIdentifyAreToldInRoundNumbers holds that others read sizes in
// round numbers, results as they are, and that the two agree.
func TestFiguresThatIdentifyAreToldInRoundNumbers(t *testing.T) {
	content := fstest.MapFS{
		"debrief.yaml": {Data: []byte("coarsen:\n  shared: [money]\n  public: [money, counts]\n")},
		"incidents/down.md": {Data: []byte(`---
title: Checkout down
visibility: public
started_at: 2024-03-02T10:00:00Z
mitigated_at: 2024-03-02T10:38:00Z
error_rate:
  - {from: 2024-03-02T10:00:00Z, to: 2024-03-02T10:38:00Z, ratio: 12.3%}
traffic: {baseline: 10240, peak: 13824, unit: rps}
impact: {users: 41237, requests: 1834512, revenue_lost: USD 3.24M}
counterfactual: {basis: "same hour last week", minutes_avoided: 18.3, revenue_per_minute: USD 174321, failing_ratio: 12.3%}
metrics:
  - {name: orders_lost, before: 5432, after: 18, unit: orders, better: lower}
  - {name: bill, label: Bill of a month, unit: USD, before: 40100, after: 19360}
  - {name: p99, before: 1260ms, after: 240ms}
timeline:
  - {at: 2024-03-02T10:05:00Z, event: "41,237 users cannot pay"}
---
It hit 41,237 users and cost about $3.24M; {{impact.users}} users, {{impact.revenue_lost}}. After 38 minutes 12.3% failed no more. 13,824 requests per second came in.
We saved {{revenue_saved}}. In 2024 5,432 orders were lost, then 18. It took 38 min.
`)},
		"stories/told.md": {Data: []byte("---\ntitle: How I told it\nvisibility: public\nincident: down\nprinciples: [ownership]\nheadline: I kept $3.24M and 41,237 users\n---\n**Situation:** 41,237 users could not pay.\n**Task:** I led.\n**Action:** I warmed the cache.\n**Result:** 12.3% became 0 in 38 minutes; it cost $3.24M.\n")},
	}
	sizes := []string{"41,237", "41237", "1,834,512", "1834512", "13,824", "13824", "10,240", "10240", "5,432", "5432", "5,414", "5414"}
	money := []string{"$3.24", "3,240,000", "174,321", "174321", "40,100", "40100", "19,360", "19360", "20,740", "20740"}
	results := []string{"38 min", "12.3%", "1.35×", "1,260", "240"}
	for profile, gone := range map[note.Visibility][]string{note.Private: nil, note.Shared: money, note.Public: append(money, sizes...)} {
		r, site := build(t, &generator.Builder{Content: content, Profile: profile})
		var all strings.Builder
		for file, data := range site {
			if !strings.HasSuffix(file, ".html") && !strings.HasSuffix(file, ".js") {
				continue
			}
			for _, figure := range gone {
				if at := strings.Index(string(data), figure); at >= 0 {
					t.Errorf("%s build: %s tells %s: …%s…", profile, file, figure, data[max(0, at-80):min(len(data), at+40)])
				}
			}
			all.Write(data)
		}
		for _, figure := range results {
			if !strings.Contains(all.String(), figure) {
				t.Errorf("%s build: the result %s is lost", profile, figure)
			}
		}
		for _, f := range r.Findings {
			if f.Rule == "contradicts-fact" || f.Rule == "derived-mismatch" || f.Rule == "bad-front-matter" || f.Rule == "bad-unit" {
				t.Errorf("%s build: %s:%d:%d: %s [%s]", profile, f.Path, f.Line, f.Column, f.Message, f.Rule)
			}
		}
		page := string(site["incidents/down.html"])
		want := map[note.Visibility]string{note.Private: "41,237 users", note.Shared: "41,237 users", note.Public: "about 40,000 users"}[profile]
		if !strings.Contains(page, want) {
			t.Errorf("%s build: the incident does not say %q", profile, want)
		}
	}
}
