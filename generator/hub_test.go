package generator_test

import (
	"fmt"
	"testing"

	"debrief/generator"
)

// BenchmarkHub builds handbooks in which everything names the same few notes:
// one incident with all the stories, one principle that they all show, rounds
// that all ask for it, one playbook that all others are related to.
func BenchmarkHub(b *testing.B) {
	for _, n := range []int{300, 3000} {
		files := map[string]string{
			"incidents/i.md": "---\nstarted_at: 2024-01-01T10:00:00Z\nmitigated_at: T+10m\nplaybook: p\n---\n# I\n",
			"playbooks/p.md": "# P\n",
		}
		for k := range n {
			files[fmt.Sprintf("stories/s%d.md", k)] = fmt.Sprintf("---\nincident: i\nprinciples: [ownership]\nstrength: %d\n---\n# Story %d\n\n## Situation\n\nSee [[i]] and [[p]].\n", k%5+1, k)
			files[fmt.Sprintf("playbooks/p%d.md", k)] = fmt.Sprintf("---\nrelated: [p]\n---\n# Playbook %d\n", k)
		}
		for k := range n / 100 {
			files[fmt.Sprintf("rounds/r%d.md", k)] = fmt.Sprintf("---\norder: %d\nprinciples: [ownership, dive-deep]\nstories: [s%d, s%d]\n---\n# Round %d\n", k+1, k, k+1, k)
		}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				drawn(b, &generator.Builder{Content: folder(files)})
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/float64(2*n), "µs/note")
		})
	}
}
