package note

import (
	"slices"
	"strings"
	"testing"

	"debrief/generator/diag"
)

// TestAFaultOfOursCostsNoNote holds that a note on which the program itself
// fails is shown as its text, with a finding, and is private.
func TestAFaultOfOursCostsNoNote(t *testing.T) {
	kinds := Kinds
	defer func() { Kinds = kinds }()
	Kinds = append(slices.Clone(kinds), &Kind{Name: "broken", Dir: "broken", New: func() Fields { panic("no such luck") }})
	n, found := Parse("broken/a-note.md", []byte("---\nvisibility: public\n---\nKept words.\n"), Options{Profile: Public})
	if n == nil || n.Visibility != Private || n.Title != "A note" || n.Kind != page || !strings.Contains(n.Body.Description+n.Body.Title, "Kept words.") && !n.Body.Says {
		t.Fatalf("the note is %+v", n)
	}
	for _, f := range found {
		if f.Rule == "render-panic" && f.Severity == diag.Error && f.Path == n.Path && strings.Contains(f.Message, "no such luck") {
			return
		}
	}
	t.Errorf("nothing says so: %v", found)
}

// TestUnknownKeysAreForTheAuthor holds that keys which debrief does not know,
// and so cannot judge, are never shown to others.
func TestUnknownKeysAreForTheAuthor(t *testing.T) {
	for profile, want := range map[Visibility]int{Private: 1, Shared: 0, Public: 0} {
		n, _ := Parse("a.md", []byte("---\nvisibility: public\nrecruiter_phone: \"555 0100\"\n---\n"), Options{Profile: profile})
		if len(n.Extra) != want {
			t.Errorf("a %s build keeps %v", profile, n.Extra)
		}
	}
}
