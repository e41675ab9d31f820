package generator_test

import (
	"os"
	"strings"
	"testing"

	"debrief/generator"
)

// TestThePageAndTheRulesFindTheSamePlaces holds the page of red signals to
// what the rules about prose find, and no more.
func TestThePageAndTheRulesFindTheSamePlaces(t *testing.T) {
	_, site := build(t, &generator.Builder{Content: os.DirFS("../testdata/article-as-told")})
	page := string(site["red-signals.html"])
	_, said, ok := strings.Cut(page, `id="part.matches"`)
	if !ok {
		t.Fatal("the page does not say where the notes say a bad form")
	}
	for _, want := range []string{"waiting for the recruiter", "I took the pages of that week using PagerDuty.", "improved reliability", "one-hour SLA breach"} {
		if !strings.Contains(said, want) {
			t.Errorf("the page does not show %q", want)
		}
	}
	_, site = build(t, &generator.Builder{Content: example()})
	if strings.Contains(string(site["red-signals.html"]), `id="part.matches"`) {
		t.Error("the page finds a bad form in the example")
	}
}
