package check_test

import (
	"fmt"
	"strings"
	"testing"

	"debrief/generator/check"
	"debrief/generator/claim"
	"debrief/generator/handbook"
	"debrief/generator/note"
)

// BenchmarkAll holds the rules over handbooks of growing size: the time for a
// note should stay what it is.
func BenchmarkAll(b *testing.B) {
	for _, size := range []int{1_000, 10_000} {
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			book, ledger, notes := handbookOf(b, size)
			for b.Loop() {
				check.Silence(check.All(book, ledger, new(check.Memory)), notes)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(size), "ns/note")
		})
	}
}

// told is a story of usual length.
var told = "## Situation\n\nOn the busiest day 12% of requests failed with a 503.\n\n## Task\n\nI had to be back within the 15-minute target.\n\n## Action\n\n" +
	strings.Repeat("I looked at traffic first, because it was above 1.2 times the baseline, and I closed that branch when I saw idle hosts. We asked a second engineer to watch the first cell using Grafana, and followed the run-book. ", 8) +
	"\n\n## Result\n\nThe error rate went from 12% to 2% in 38 minutes. Deploys are significantly faster. That saved $3.2M of revenue.\n"

// handbookOf has as many notes as asked for; each refers to others, and to
// figures that are not there.
func handbookOf(b *testing.B, size int) (*handbook.Handbook, *claim.Ledger, []*note.Note) {
	pack, _ := handbook.LoadPacks([]string{"amazon"}, nil, nil)
	var notes []*note.Note
	add := func(path, text string) {
		n, _ := note.Parse(path, []byte(text), note.Options{})
		notes = append(notes, n)
	}
	fifth := size / 5
	for k := range fifth {
		add(fmt.Sprintf("incidents/i%05d.md", k), "---\nstarted_at: 2024-01-01T10:00:00Z\nmitigated_at: 2024-01-01T10:38:00Z\ntime_to_mitigate: 40m\nraci:\n  - {activity: fix, R: [a], A: b}\n---\n")
	}
	for k := range fifth {
		add(fmt.Sprintf("offers/o%05d.md", k), fmt.Sprintf("---\ncompany: x\nstage: final\nbase: USD 1\nsupersedes: o%05d\n---\n", (k+1)%fifth))
	}
	for k := range fifth {
		add(fmt.Sprintf("questions/q%05d.md", k), "# Q\n")
	}
	for k := range fifth {
		add(fmt.Sprintf("rounds/r%05d.md", k), fmt.Sprintf("---\norder: %d\nprinciples: [ownership, dive-deep]\nstories: [s%05d, s00000]\n---\n", k, k))
	}
	for k := range fifth {
		add(fmt.Sprintf("stories/s%05d.md", k), fmt.Sprintf("---\nprinciples: [ownership]\nincident: i%05d\nlint_ignore: [missing-section]\n---\n"+told+"\nIn {{time_to_mitgate}} and {{i%05dx.time_to_mitigate}}.\n", k, k))
	}
	book, _ := handbook.Link(notes, nil, handbook.Settings{}, pack, note.Private, new(handbook.Memory))
	return book, claim.Build(book, new(claim.Memory)), notes
}
