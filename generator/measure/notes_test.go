package measure

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// body is a note without its front matter.
func body(t testing.TB, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("../../content", name))
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(strings.TrimPrefix(string(text), "---\n"), "\n---\n")
	return rest
}

// What a person finds who reads three of our notes with a pencil.
func TestScanNotes(t *testing.T) {
	for name, want := range map[string]string{
		"stories/flag-rollback.md": `1.35 times|12%|15-minute|60-minute|five minutes|seven times|1.2 times|61%|two hours|20 minutes|
			a quarter of an hour|$32,000|12%|2%|38 minutes|15-minute|23 minutes|12.96%|38.33%|100 minutes|$3.2M|$1.49M|
			four failed flag changes|11 minutes|30 seconds|12%|38 minutes|2%|15-minute|60-minute|$3.2M|21 minutes|
			$266,667 of orders a minute|12%|$32,000`,
		"stories/dns-cutover.md": `18%|30-minute|six and a half minutes|3600 seconds|212 pick-up shops|41 minutes|30-minute|11 minutes|5-minute|
			60-minute|36.87%|four-week|4 minutes|12%|5%|30 seconds|18%|41 minutes|4 minutes`,
		"incidents/orders-failover-2024.md": `34%|94 seconds|1,410 orders|7 minutes 30 seconds|a minute|1 min|20 s|20 min|1 min|34%|19 minutes|0.5%|
			10 minutes|6.51 error-minutes|15.07%|99.9%|30 days|9.56%|15.07%|seven minutes|34%|5.51%|94 seconds|15 orders a second|
			two minutes|28 seconds|two minutes|94 seconds`,
	} {
		text := body(t, name)
		var got []string
		for _, f := range Scan(text) {
			got = append(got, text[f.From:f.To])
		}
		expected := strings.Split(strings.Join(strings.FieldsFunc(want, func(r rune) bool { return r == '\n' || r == '\t' }), ""), "|")
		if strings.Join(got, "|") != strings.Join(expected, "|") {
			t.Errorf("%s:\n got %s\nwant %s", name, strings.Join(got, "|"), strings.Join(expected, "|"))
		}
	}
}

// hostile are texts that make a careless reader look at everything again for
// each thing it looks at.
var hostile = []string{
	"1", "-", "–", "1-", "from 1 to ", "1 to ", "1 ", "$", "`", "{{", "{{ `", "one ", "a hundred ", "twenty-", "1,", "1.", "1:", "1/", "1 h ", "1 h and ", "burn ", "20× ", "failed ", "failed-",
	"p99 of ", "n = ", "T+", "PT", "½", "x", " ", "\n", "~", "about ", "of the ", "1 000", "1\u202f000", "µ", "\xff", "http://", "more than ", "or ", "5 failing ", "no more than 5% or more ",
}

func TestScanTakesLinearTime(t *testing.T) {
	for _, bit := range hostile {
		text := strings.Repeat(bit, 1<<20/len(bit))
		start := time.Now()
		Scan(text)
		if took := time.Since(start); took > 3*time.Second {
			t.Errorf("a megabyte of %q took %v", bit, took)
		}
	}
}

func BenchmarkScan(b *testing.B) {
	story := body(b, "stories/flag-rollback.md")
	for len(strings.Fields(story)) < 1000 {
		story += body(b, "stories/dns-cutover.md")
	}
	words := strings.Fields(story)[:1000]
	story = story[:strings.LastIndex(story, words[999])]
	b.ReportMetric(float64(len(strings.Fields(story))), "words")
	for b.Loop() {
		Scan(story)
	}
}
