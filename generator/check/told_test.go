package check

import (
	"slices"
	"testing"

	"debrief/generator/handbook"
)

func blockOf(t *testing.T, text string) *block {
	t.Helper()
	pack, _ := handbook.LoadPacks([]string{"amazon"}, nil, nil)
	b := &block{text: text}
	b.read(wordsOf(pack), new(room))
	return b
}

func TestTokens(t *testing.T) {
	var got []string
	for _, token := range tokens(nil, "I’d follow the Run-book: $3.2M, 1,410 orders, p99 (12%) naïve.") {
		got = append(got, token.text)
	}
	want := []string{"i'd", "follow", "the", "run", "book", "3.2m", "1,410", "orders", "p99", "12", "naïve"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestAnyFigureWillDo holds what counts as a quantity where a sentence without
// one is the fault: numbers in words, and those that measure.Scan leaves alone
// because they could be read in two ways.
func TestAnyFigureWillDo(t *testing.T) {
	for text, want := range map[string]bool{
		"fell from 12% to 2%": true, "in 38 minutes": true, "a 38-minute outage": true, "saved $3.2M": true, "1.35× the traffic": true, "(n = 4)": true, "18ms": true,
		"it took half the time": true, "twice as fast": true, "three teams use it": true, "one minute later": true, "a third of them": true, "{{time_to_mitigate}} later": true, "200 requests": true, "503 orders": true,
		"it was better": false, "in 2023 we had a SEV-1": false, "at 10:40 the p99 of L5 was P0": false, "answers with a 503": false, "5xx errors and 503s": false,
		"on 2023-07-11": false, "on 11 July": false, "version v2 of tier-1, step 4, us-east-1": false, "the 2nd host, around 24/7": false, "one of them": false, "": false,
	} {
		b := blockOf(t, text)
		got := len(b.sentences) > 0 && b.holdsFigure(b.sentences[0])
		if got != want {
			t.Errorf("%q holds a figure: %v, want %v", text, got, want)
		}
	}
}

func TestPhrases(t *testing.T) {
	for text, want := range map[string]string{
		"I followed our own database Run-book to the end.": "followed our own database Run-book",
		"We followed the runbook.":                         "followed the runbook",
		"We followed it. The runbook was old.":             "",
		"See followed-the-runbook there.":                  "",
	} {
		b := blockOf(t, text)
		got := ""
		for _, h := range b.hits {
			if h.list == runbookWords {
				got = b.words(h.from, h.to)
			}
		}
		if got != want {
			t.Errorf("%q: found %q, want %q", text, got, want)
		}
	}
}

func TestIdentifies(t *testing.T) {
	for text, want := range map[string]string{
		"mail kim@contoso.com, please": "kim@contoso.com", "(kim@contoso.com)": "kim@contoso.com", "kim@example.org": "", "git@github.com:a/b": "", "@kim and a@b": "",
		"see INC-4711.": "INC-4711", "[OPS-12]": "OPS-12", "CVE-2024-12345 and UTF-16": "", "X-12, us-east-1, sda-12": "", "UTC-07:00": "", "ISO-8601": "",
		"on db-1.prod.internal": "db-1.prod.internal", "https://wiki.corp/x": "https://wiki.corp/x", "the .local suffix": "", "an internal host.": "", "api.default.svc.cluster.local": "",
		"+49 30 1234567": "+49 30 1234567", "(212) 867-5309": "(212) 867-5309", "212-867-5309": "212-867-5309", "212-555-0123": "", "+12% and +3 points": "", "1 000 000 000": "", "2026-11-25": "", "10.0.0.1": "", "+100 200 of 300": "",
	} {
		got := ""
		identifiesIn(text, func(from, to int, _, _ string) { got = text[from:to] })
		if got != want {
			t.Errorf("%q: found %q, want %q", text, got, want)
		}
	}
}
