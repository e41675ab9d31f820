package handbook

import (
	"fmt"
	"testing"
)

// TestCoversThatCannotWorkAreFound holds that a faulty cover is told where it
// is written, before anything is shown to others.
func TestCoversThatCannotWorkAreFound(t *testing.T) {
	_, found := ReadSettings([]byte("cover_names:\n  Contoso: a retailer\n  Fabrikam: not Contoso\n  Tailspin: contoso-like\n  Empty:\nredact: [fine, 'INC-\\d+', '(open']\n"))
	found.Sort()
	var got []string
	for _, f := range found {
		got = append(got, fmt.Sprintf("%d:%d %s", f.Line, f.Column, f.Rule))
	}
	want := "[3:13 bad-value 4:13 bad-value 6:27 bad-value]"
	if fmt.Sprint(got) != want {
		t.Errorf("found %v, want %s", got, want)
	}
}
