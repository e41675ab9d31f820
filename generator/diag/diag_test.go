package diag

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestNear(t *testing.T) {
	known := []string{"ownership", "bias-for-action", "dive-deep", "earn-trust", "started_at", "mitigated_at"}
	for word, want := range map[string]string{
		"ownershp": "ownership", "Owner-ship": "ownership", "bias for acton": "bias-for-action", "divedeep": "dive-deep",
		"start_at": "started_at", "mitigate_at": "mitigated_at", "StartedAt": "started_at", "zebra": "", "": "", "deep": "",
	} {
		if got := Near(word, known); got != want {
			t.Errorf("Near(%q) = %q, want %q", word, got, want)
		}
	}
	if got := Near("cat", []string{"bat", "rat"}); got != "" {
		t.Errorf("Near of two equally near = %q, want none", got)
	}
}

func TestSort(t *testing.T) {
	l := List{
		At("b", Warning, "z.md", Pos{1, 1}, 0, "one"),
		At("b", Warning, "a.md", Pos{2, 1}, 0, "two"),
		At("a", Warning, "a.md", Pos{2, 1}, 0, "three"),
		At("b", Warning, "a.md", Pos{2, 1}, 0, "two"), // the same again
		At("b", Error, "a.md", Pos{1, 9}, 0, "four"),
	}
	l.Sort()
	var got []string
	for _, f := range l {
		got = append(got, f.Message)
	}
	if diff := cmp.Diff([]string{"four", "three", "two", "one"}, got); diff != "" {
		t.Errorf("order differs (-want +got):\n%s", diff)
	}
	if c := l.Count(); c != (Counts{Error: 1, Warning: 3}) {
		t.Errorf("Count() = %+v", c)
	}
	if !l.Fails(false) || l[1:].Fails(false) || !l[1:].Fails(true) {
		t.Error("errors fail always, warnings only when strict")
	}
}

// A hint belongs to one finding, also when two start from the same.
func TestHintsAreNotShared(t *testing.T) {
	base := At("a", Warning, "a.md", Pos{1, 1}, 0, "m").Hint("common")
	one, two := base.Hint("one"), base.Hint("two")
	if one.Hints[1] != "one" || two.Hints[1] != "two" || len(base.Hints) != 1 {
		t.Errorf("hints are %q, %q and %q", base.Hints, one.Hints, two.Hints)
	}
}
