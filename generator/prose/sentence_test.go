package prose

import (
	"slices"
	"strings"
	"testing"
)

func TestSentences(t *testing.T) {
	for _, want := range [][]string{
		{},
		{"One."},
		{"One.", "Two.", "Three"},
		{"No full stop at the end"},
		{"It cost $3.2M in 38 min.", "Then v1.2.3 went out."},
		{"Tools, e.g. Grafana, i.e. graphs, vs. nothing, took approx. five minutes.", "Done."},
		{"We asked J. Smith and Dr. Jones.", "They knew."},
		{"A limit of 50 ms.", "Ms. Jones asked.", "It fell by 3 min. or so."},
		{"So did I.", "We went on."},
		{"Restart node.js at 10.02.", "See db.example.com."},
		{"We waited ... and waited.", "Then… nothing.", "It ended…", "We slept."},
		{"“Roll it back.” She said so.", "“Why?” he asked.", "“Now!”", "We did."},
		{"Really?!", "Yes."},
		{"(That was late.)", "We knew."},
		{"rolled back.", "errors fell.", "went to bed."},
		{"At 3 a.m. the page came.", "It was 3 a.m.", "Nobody slept."},
		{"See no. 4 of the list.", "Was it no.", "It was."},
		{"First line", "second line"},
		{"障害は38分。", "原因は不明。"},
		{"Feb. 11 was calm, etc. and so on.", "Logs, graphs, etc.", "Then sleep."},
	} {
		text := strings.Join(want, " ")
		if len(want) == 2 && want[0] == "First line" {
			text = strings.Join(want, "\n")
		}
		got := []string{}
		for _, s := range Sentences(text) {
			got = append(got, text[s[0]:s[1]])
		}
		// A quotation that ends in a full stop ends its sentence too.
		if strings.HasPrefix(text, "“Roll") {
			want = []string{"“Roll it back.”", "She said so.", "“Why?” he asked.", "“Now!”", "We did."}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q\n got %q\nwant %q", text, got, want)
		}
	}
}

func FuzzSentences(f *testing.F) {
	f.Add("One. Two… “Three.” e.g. 3.2M\n4")
	f.Fuzz(func(t *testing.T, text string) {
		end := 0
		for _, s := range Sentences(text) {
			if s[0] < end || s[1] <= s[0] || s[1] > len(text) {
				t.Fatalf("%q gives %v", text, Sentences(text))
			}
			end = s[1]
		}
	})
}
