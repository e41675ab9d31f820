package page

import "testing"

func TestHoldsFigure(t *testing.T) {
	for text, want := range map[string]bool{
		"fell from 12% to 2%":              true,
		"bounded in 38 minutes":            true,
		"saved $3.2M of orders":            true,
		"about ~5 s":                       true,
		"1.35× the traffic":                true,
		"minus 18 ms (−18%)":               true,
		"(n = 4)":                          true,
		"a range of 3–5 days":              true,
		"":                                 false,
		"it was better":                    false,
		"in 2023 we had a SEV-1":           false,
		"at 10:40 the p99 of L5 was P0":    false,
		"answers with HTTP 503":            false,
		"version v2 of tier-1, status 404": false,
		"2023 and then 90 minutes":         true,
		"第3回、38分":                          false,
	} {
		if got := holdsFigure(text); got != want {
			t.Errorf("holdsFigure(%q) = %v, want %v", text, got, want)
		}
	}
}

func TestSpoken(t *testing.T) {
	for text, want := range map[string]string{
		"38m": "38\u00a0min", "1h30m": "1\u00a0h\u00a030\u00a0min", "1.2x": "1.2×", "80%": "80%", "5": "5", "": "", "1 per week": "1 per week", "box": "box",
	} {
		if got := spoken(text); got != want {
			t.Errorf("spoken(%q) = %q, want %q", text, got, want)
		}
	}
}
