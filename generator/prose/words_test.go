package prose

import "testing"

func TestSpokenWords(t *testing.T) {
	for text, want := range map[string]int{
		"": 0, " - — … ": 0, "one two\nthree": 3, "roll-back it's done": 3, "naïve été": 2, "a\u00a0b": 2,
		"in 38 minutes": 4, "$3.2M 12%": 4, "p99 was": 3, "４２": 2,
		"took {{time_to_mitigate}} in all": 5, "a{{b}}": 1, "{b} {": 1,
		"語を話す": 4, "p99は良い": 5,
	} {
		if got := SpokenWords(text); got != want {
			t.Errorf("%q is %d words when said, want %d", text, got, want)
		}
	}
}
