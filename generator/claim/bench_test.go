package claim

import (
	"fmt"
	"strings"
	"testing"

	"debrief/generator/handbook"
	"debrief/generator/note"
)

const benchIncident = `
The alert fired after 30 seconds and I acknowledged it 90 seconds later. It took 20 minutes from the alert to find
the cause: a pool of 200 connections with a time-out of 45 seconds. The damage was mitigated in 38 minutes, missed the
15-minute target by 23 minutes and kept the SLA with 22 minutes to spare. 12% of requests failed. The event spent
12.96% of the error budget, with a burn rate of 120x, against an SLO of 99.9%. A like event the year before ran for 138
minutes; the drill in May took 9 minutes. We saved about $3.2M at 1.35 times the usual traffic.

| phase | time | target |
| --- | --- | --- |
| mitigate | 38 min | 15 min |

- The error rate went from 12% to 2%, by 10 points.
- Cache-miss latency fell from 100 ms to 82 ms, by 18 ms or 18%.
`

const benchStory = `---
kind: story
id: s%d
incident: i%d
headline: I bounded an outage in 38 minutes, missed the target by 23 minutes.
---

## Situation

On a busy day checkout took 1.35 times its traffic, and 12%% of requests failed.

## Task

Mitigate in 15 minutes, in any case inside the 60-minute agreement.

## Action

I posted a status every five minutes, tried 3 hosts, and rolled back 6 cells, 90 seconds each.

## Result

Mitigated in 38 minutes, with 22 minutes to spare on the SLA. It spent 12.96%% of the error budget.
`

// BenchmarkBuild holds the figures of 1,000 notes against their facts; parsing
// is not part of it.
func BenchmarkBuild(b *testing.B) {
	var notes []*note.Note
	add := func(path, text string) {
		n, _ := note.Parse(path, []byte(text), note.Options{})
		notes = append(notes, n)
	}
	for i := range 500 {
		add(fmt.Sprintf("incidents/i%d.md", i), strings.Replace(primeDay, "id: prime-day", fmt.Sprintf("id: i%d", i), 1)+benchIncident)
		add(fmt.Sprintf("stories/s%d.md", i), fmt.Sprintf(benchStory, i, i))
	}
	book, _ := handbook.Link(notes, nil, handbook.Settings{}, &handbook.Pack{}, note.Private, new(handbook.Memory))
	b.ResetTimer()
	for b.Loop() {
		Build(book, new(Memory))
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/1000, "µs/note")
}
