package generator_test

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"debrief/generator"
)

// TestAnotherCompany builds a handbook on a pack of its own: principles,
// levels, rounds and red signals are data, and no code knows a company.
func TestAnotherCompany(t *testing.T) {
	r, site := build(t, &generator.Builder{Content: os.DirFS("testdata/other-company")})
	checkSite(t, site)
	for file, wants := range map[string][]string{
		"principles/half-the-parts.html": {"Half the parts, twice the life", "Remove before you add.", "Twelve minutes in the dark"},
		"principles/write-it-down.html":  {"What is not written was not decided.", "minutes nobody reads"},
		"coverage.html":                  {"Write it down", "Half the parts, twice the life", "Outage on paper"},
		"red-signals.html":               {"It was the network.", "Packets to one rack were lost for 12 minutes."},
		"levels.html":                    {"IC4", "knows the cost of an outage"},
		"rounds/paper.html":              {"Outage on paper", "Write it down", "Play"},
		"preparation.html":               {"One outage with all its times", "A long walk"},
		"process.html":                   {"The day", "Two rounds."},
		"faq.html":                       {"Is there lunch?", "Tea with the team"},
		"stories/twelve-minutes.html":    {"12\u00a0min"},
		"cheat-sheet.html":               {"Reliability Engineer", "Half the parts, twice the life"},
	} {
		page, ok := site[file]
		if !ok {
			t.Errorf("there is no %s", file)
			continue
		}
		for _, want := range wants {
			if !strings.Contains(string(page), want) {
				t.Errorf("%s does not say %q", file, want)
			}
		}
	}
	for file, page := range site {
		for _, foreign := range []string{"Amazon", "amazon", "Bias for Action", "bar raiser"} {
			if strings.HasSuffix(file, ".html") && bytes.Contains(page, []byte(foreign)) {
				t.Errorf("%s says %q", file, foreign)
			}
		}
	}
	for _, f := range r.Findings {
		if f.Rule != "principle-without-story" && f.Rule != "round-under-two-stories" {
			t.Errorf("%s:%d: %s [%s]", f.Path, f.Line, f.Message, f.Rule)
		}
	}
}
