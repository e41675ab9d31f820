package claim

import "testing"

// TestFollows holds which words may stand between a figure and what it is of.
func TestFollows(t *testing.T) {
	for _, c := range []struct {
		words []string
		typed string
		want  bool
	}{
		{nil, " ", true},
		{[]string{"to"}, " to ", true},
		{[]string{"service"}, " service ", true},
		{[]string{"a"}, " *a* ", true}, // its signs are gone from the words
		{[]string{"root", "cause"}, " root-cause ", false},
		{[]string{"later"}, ". Later ", false},
		{[]string{"and"}, " and ", false},
	} {
		if got := follows(c.words, c.typed); got != c.want {
			t.Errorf("follows(%q, %q) = %v, want %v", c.words, c.typed, got, c.want)
		}
	}
}
