package themes_test

import (
	"io/fs"
	"math"
	"regexp"
	"strconv"
	"testing"

	"debrief/generator/prose"
	"debrief/themes"
)

// TestContrast holds every text colour of the tokens to 7:1 on every
// background, and the borders that matter to 3:1, light and dark; and the
// colours of code on the ground of code.
func TestContrast(t *testing.T) {
	css, err := fs.ReadFile(themes.Default(), "assets/css/00-tokens.css")
	if err != nil {
		t.Fatal(err)
	}
	tokens := make(map[string][2]string)
	for _, m := range regexp.MustCompile(`--([\w-]+): light-dark\((#\w+), (#\w+)\)`).FindAllSubmatch(css, -1) {
		if name := string(m[1]); tokens[name][0] == "" { // the first; more contrast has its own
			tokens[name] = [2]string{string(m[2]), string(m[3])}
		}
	}
	grounds := []string{"page", "sunk", "card", "bad-tint", "good-tint", "warn-tint", "calm-tint"}
	for scheme, name := range []string{"light", "dark"} {
		hold := func(least float64, what, on string) {
			t.Helper()
			if ratio := contrast(t, tokens[what][scheme], tokens[on][scheme]); ratio < least {
				t.Errorf("%s: --%s on --%s has a contrast of %.2f:1, want %v:1", name, what, on, ratio, least)
			}
		}
		for _, on := range grounds {
			for _, text := range []string{"ink", "soft", "link", "bad", "good", "warn"} {
				hold(7, text, on)
			}
		}
		for _, on := range grounds[:3] {
			hold(3, "edge", on)
		}
	}

	code := make(map[string][]string) // class → its colour in light, then in dark
	for _, m := range regexp.MustCompile(`\.(\w+)\{[^}]*light-dark\((#\w+),(#\w+)\)`).FindAllSubmatch(prose.CSS(), -1) {
		code[string(m[1])] = []string{string(m[2]), string(m[3])}
	}
	if len(code) < 8 {
		t.Fatalf("%d colours of code", len(code))
	}
	for class, colours := range code {
		for scheme, name := range []string{"light", "dark"} {
			for _, ground := range []string{tokens["sunk"][scheme], code["hl"][scheme]} {
				if ratio := contrast(t, colours[scheme], ground); class != "hl" && ratio < 7 {
					t.Errorf("%s: code of class %s on %s has a contrast of %.2f:1", name, class, ground, ratio)
				}
			}
		}
	}
}

// contrast is WCAG's ratio of two colours written #rgb or #rrggbb.
func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	x, y := luminance(t, a), luminance(t, b)
	return (max(x, y) + .05) / (min(x, y) + .05)
}

func luminance(t *testing.T, colour string) float64 {
	t.Helper()
	if len(colour) == 4 {
		colour = "#" + string([]byte{colour[1], colour[1], colour[2], colour[2], colour[3], colour[3]})
	}
	if len(colour) != 7 {
		t.Fatalf("%q is no colour", colour)
	}
	n, err := strconv.ParseUint(colour[1:], 16, 32)
	if err != nil {
		t.Fatal(err)
	}
	sum := 0.
	for shift, weight := range map[int]float64{16: .2126, 8: .7152, 0: .0722} {
		v := float64(n>>shift&0xff) / 255
		if v <= .04045 {
			sum += weight * v / 12.92
		} else {
			sum += weight * math.Pow((v+.055)/1.055, 2.4)
		}
	}
	return sum
}
