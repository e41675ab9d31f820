package prose

import (
	"bytes"
	"strings"
	"testing"
)

// TestWhatCannotBeReadShowsNothingPrivate holds that a body which is refused
// shows others nothing that may have been private, however it was spelt.
func TestWhatCannotBeReadShowsNothingPrivate(t *testing.T) {
	tooDeep := strings.Repeat("> ", 2000) + "x\n\n"
	for _, part := range []string{"> [!private]\n> secret\n", "> [!prviate] Mine\n> secret\n", ":::pirvate\nsecret\n:::\n", "!!! privat\n    secret\n", "%% secret %%\n", "<!-- secret -->\n"} {
		for _, drop := range []bool{true, false} {
			d, _ := Parse([]byte(tooDeep+part), Options{DropPrivate: drop})
			if !d.Plain {
				t.Fatal("the body is not refused; make it deeper")
			}
			var b bytes.Buffer
			d.Write(&b, nil)
			comment := part[0] == '%' || part[0] == '<'
			if shown := strings.Contains(b.String(), "secret"); shown != (!drop && !comment) {
				t.Errorf("%q, private parts left out: %v: shown is %v", part, drop, shown)
			}
		}
	}
}
