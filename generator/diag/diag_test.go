package diag

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
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

// TestSortAnyRuns holds the merging of runs against a sort that knows none.
func TestSortAnyRuns(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := List(rapid.SliceOf(rapid.Custom(func(t *rapid.T) Finding {
			at := func(what string) int { return rapid.IntRange(0, 3).Draw(t, what) }
			return At(string(rune('a'+at("rule"))), Warning, string(rune('a'+at("path"))), Pos{at("line"), at("column")}, at("width"), "m%d", at("message"))
		})).Draw(t, "findings"))
		want := slices.Clone(l)
		slices.SortStableFunc(want, func(a, b Finding) int { return compare(&a, &b) })
		want = slices.CompactFunc(want, func(a, b Finding) bool { return compare(&a, &b) == 0 })
		if l.Sort(); !cmp.Equal(l, want, cmpopts.EquateEmpty()) {
			t.Errorf("got %v\nwant %v", l, want)
		}
	})
}

// A hint belongs to one finding, also when two start from the same.
func TestHintsAreNotShared(t *testing.T) {
	base := At("a", Warning, "a.md", Pos{1, 1}, 0, "m").Hint("common")
	one, two := base.Hint("one"), base.Hint("two")
	if one.Hints[1] != "one" || two.Hints[1] != "two" || len(base.Hints) != 1 {
		t.Errorf("hints are %q, %q and %q", base.Hints, one.Hints, two.Hints)
	}
}

// TestAtMost holds that a file of one mistake over and over is told of once,
// and that nothing else is left out.
func TestAtMost(t *testing.T) {
	var l List
	for i := range 10 {
		l = append(l, At("a", Warning, "x.md", Pos{Line: i + 1, Column: 1}, 0, "again"))
	}
	l = append(l, At("b", Error, "x.md", Pos{Line: 20, Column: 1}, 0, "other"), At("a", Warning, "y.md", Pos{Line: 1, Column: 1}, 0, "elsewhere"))
	got := l.AtMost(3)
	if len(got) != 5 || got[2].Line != 3 || len(got[2].Hints) != 1 || got[2].Hints[0] != "and 7 more like it in this file" || got[3].Rule != "b" || got[4].Path != "y.md" {
		t.Errorf("AtMost(3) = %+v", got)
	}
	if whole := l[:3].AtMost(3); len(whole) != 3 || whole[2].Hints != nil {
		t.Errorf("AtMost(3) of three = %+v", whole)
	}
	// A file with much of another rule: this one has just as many as it may.
	two := append(slices.Clone(l[:10]), At("b", Error, "x.md", Pos{Line: 20, Column: 1}, 0, "other"), At("b", Error, "x.md", Pos{Line: 21, Column: 1}, 0, "other"))
	if got := two.AtMost(2); len(got) != 4 || got[3].Hints != nil {
		t.Errorf("AtMost(2) = %+v", got)
	}
}
