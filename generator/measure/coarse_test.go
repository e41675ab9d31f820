package measure

import "testing"

func TestRoughly(t *testing.T) {
	for in, want := range map[string]string{
		"$3.2M": "$3M", "USD 174,321": "USD 200,000", "41,237 users": "40,000 users", "1834512": "2000000", "12.5k rps": "10k rps", "9.6": "10", "0.034": "0.03",
		"$950K": "$1M", "USD 970 million": "USD 1 billion", "960k rps": "1M rps", "99.7 thousand": "100 thousand", "$999K to $1.2M": "$1M to $1M", "960 KB": "1000 KB", "999 kids": "1000 kids",
		"2–3M": "2–3M", "96,000": "100,000", "7": "7", "0": "0", "no number": "no number",
	} {
		if got := Roughly(in); got != want {
			t.Errorf("Roughly(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestCoarseCovers(t *testing.T) {
	for text, want := range map[string][2]bool{ // by money, by counts
		"$3.2M": {true, false}, "41,237 users": {false, true}, "1,200 requests per second": {false, true}, "five engineers": {}, "12 hosts": {},
		"38 min": {}, "12.3%": {}, "1.35×": {}, "3 points": {},
	} {
		for _, f := range Scan("It was " + text + ".") {
			got := [2]bool{Coarse{Money: true}.Covers(f.Quantity), Coarse{Counts: true}.Covers(f.Quantity)}
			if got != want {
				t.Errorf("%s: covered by money, counts: %v, want %v", text, got, want)
			}
		}
	}
}
