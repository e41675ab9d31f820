package measure

import "testing"

func TestAgrees(t *testing.T) {
	for _, c := range []struct {
		said  string
		value float64
		want  bool
	}{
		{"38 min", 2280, true}, {"38 min", 2280 + 30, true}, {"38 min", 2280 - 30, true}, {"38 min", 2280 + 31, false}, {"38 min", 40 * 60, false},
		{"38.0 min", 2280 + 4, false},
		{"12.96%", 12.9629, true}, {"12.96%", 12.97, false}, {"13%", 12.96, true},
		{"17.5%", 17.4999, true}, {"17.5%", 17.45, true}, {"83.3%", 83.333333, true},
		{"$3.2M", 3_200_004, true}, {"$3.2M", 3.25e6, true}, {"$3.2M", 3.26e6, false}, {"$1.49M", 1_493_335, true},
		{"about 40 minutes", 2280, true}, {"about 40 minutes", 35 * 60, false}, {"about 21 minutes", 1260, true},
		{"under 15 minutes", 14 * 60, true}, {"under 15 minutes", 16 * 60, false}, {"under 15 minutes", 3 * 60, false},
		{"over six hours", 6.5 * 3600, true}, {"over six hours", 5 * 3600, false}, {"over six hours", 13 * 3600, false},
		{"2–3 min", 120, true}, {"2–3 min", 150, true}, {"2–3 min", 180, true}, {"2–3 min", 240, false},
		{"−18 ms", -0.018, true}, {"−18 ms", 0.018, false}, {"18 ms", -0.018, true}, {"+10 points", -10, false}, {"10 points less", -10, true},
		{"1.35×", 1.35, true}, {"twice the load", 1.9, true}, {"120 times the sustainable rate", 120.4, true},
		{"5 per week", 5. / 604800, true}, {"5 per week", 6. / 604800, false}, {"82 ms", 0.0823, true}, {"zero requests", 0, true}, {"zero requests", 1, false},
		{"at most 0%", 0, true},
		{"half an hour", 31 * 60, true}, {"half an hour", 45 * 60, false}, {"six and a half minutes", 390, true},
	} {
		found := Scan(c.said)
		if len(found) == 0 {
			t.Errorf("Scan(%q) finds nothing", c.said)
			continue
		}
		if got := found[0].Agrees(c.value); got != c.want {
			t.Errorf("%q agrees with %v = %v, want %v", c.said, c.value, got, c.want)
		}
	}
}

func TestSame(t *testing.T) {
	one := func(text string) Quantity {
		found := Scan(text)
		if len(found) != 1 {
			t.Fatalf("Scan(%q) finds %d quantities, want one", text, len(found))
		}
		return found[0].Quantity
	}
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"38 min", "30 s", true}, {"38 min", "38%", false}, {"12%", "12 points", false}, {"$5", "€5", false}, {"$5", "USD 7", true},
		{"$5 a minute", "$5", false}, {"p99 250 ms", "p50 250 ms", false}, {"p50 82 ms", "median 82 ms", true}, {"p99 250 ms", "250 ms", true},
		{"every 5 min", "5 min", false}, {"T+5 min", "5 min", false}, {"212 shops", "212 pick-up shops", true}, {"212 shops", "212 users", false},
		{"1 user", "23,000 users", true}, {"5 per week", "200 requests per second", true}, {"5 updates per week", "200 requests per second", false},
		{"1,200 rps", "200 requests per second", true}, {"1.35×", "a burn of 20×", false},
	} {
		if got := one(c.a).Same(one(c.b)); got != c.want {
			t.Errorf("%q and %q compare = %v, want %v", c.a, c.b, got, c.want)
		}
	}
	if (Quantity{}).Same(Quantity{}) {
		t.Error("no quantity is comparable with nothing")
	}
}
