package charttest

import (
	"slices"
	"strings"
	"testing"
)

const page = `<svg role="img" height="40" aria-labelledby="t" aria-describedby="d" aria-details="w"><title id="t">T</title><desc id="d">D</desc>%</svg>
<table id="w"><tbody><tr><td>one</td></tr></tbody></table>`

// TestFaultsAreSeen holds that the reader of charts sees what it is for.
func TestFaultsAreSeen(t *testing.T) {
	const whole = `<rect x="0%" width="9%" y="0" height="9" data-twin="0|one"></rect>`
	for _, c := range []struct{ svg, want string }{
		{whole, ""},
		{whole + `<text x="0%" y="12">same</text><text x="1%" y="14">place</text>`, "covers"},
		{whole + `<text x="99%" y="12">far out</text>`, "leaves the chart"},
		{whole + `<rect x="0" width="9" y="38" height="9"></rect>`, "leaves the chart"},
		{`<rect x="0" width="9" y="0" height="9" data-twin="0|two"></rect>`, `says "two"`},
		{``, "is not drawn"},
		{whole + `<text id="t" x="0" y="12">x</text>`, "two elements"},
	} {
		faults, _ := Faults([]byte(strings.Replace(page, "%</svg>", c.svg+"</svg>", 1)))
		if c.want == "" && len(faults) > 0 || c.want != "" && !slices.ContainsFunc(faults, func(f string) bool { return strings.Contains(f, c.want) }) {
			t.Errorf("%s: %q, want %q", c.svg, faults, c.want)
		}
	}
}
