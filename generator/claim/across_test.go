package claim_test

import (
	"context"
	"strings"
	"testing"
	"testing/fstest"

	"debrief/generator"
)

// TestAcross holds that several incidents have a median and a range, and one
// has neither.
func TestAcross(t *testing.T) {
	incident := func(extra, mitigated string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte("---\nstarted_at: 2024-01-01T10:00:00Z\nmitigated_at: T+" + mitigated + "\n" + extra + "---\n")}
	}
	across := func(content fstest.MapFS) string {
		r, err := (&generator.Builder{Content: content}).Build(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, a := range r.Site.Ledger.Across() {
			out = append(out, a.Key+": "+strings.ReplaceAll(a.String(), "\u00a0", " "))
		}
		return strings.Join(out, "; ")
	}
	content := fstest.MapFS{"incidents/a.md": incident("", "38m"), "incidents/near.md": incident("near_miss: true\n", "9d")}
	if got := across(content); got != "" {
		t.Errorf("one incident has %q, want nothing", got)
	}
	content["incidents/b.md"] = incident("", "20m")
	if got, want := across(content), "time_to_mitigate: median 29 min of 2 (20 min to 38 min)"; got != want {
		t.Errorf("two incidents have %q, want %q", got, want)
	}
	content["incidents/c.md"] = incident("", "9h")
	if got, want := across(content), "time_to_mitigate: median 38 min of 3 (20 min to 9 h)"; got != want {
		t.Errorf("three incidents have %q, want %q", got, want)
	}
}
