package check

import (
	"slices"
	"strings"
	"testing"

	"debrief/generator/claim"
	"debrief/generator/diag"
	"debrief/generator/handbook"
	"debrief/generator/note"
)

// TestAFaultOfOursCostsOneRule holds that a rule which fails is said, with the
// note if there is one, and that all other rules are held.
func TestAFaultOfOursCostsOneRule(t *testing.T) {
	was := rules
	defer func() { rules = was }()
	rules = append([]Rule{
		{Name: "whole", find: func(*handbook.Handbook, *claim.Ledger) diag.List { panic("no such luck") }},
		{Name: "words", says: func(t *told, _ *claim.Ledger) {
			if t.note.Path == "incidents/a.md" {
				panic("no such word")
			}
		}},
	}, slices.Clone(was)...)

	var notes []*note.Note
	for _, name := range []string{"a", "b"} {
		n, _ := note.Parse("incidents/"+name+".md", []byte("---\nlint_ignore: [nothing]\nstarted_at: 2024-01-01T10:00:00Z\n---\nWords.\n"), note.Options{})
		notes = append(notes, n)
	}
	settings, _ := handbook.ReadSettings(nil)
	pack, _ := handbook.LoadPacks(settings.Packs, nil, nil)
	book, _ := handbook.Link(notes, nil, settings, pack, note.Private, &handbook.Memory{})
	ledger := claim.Build(book, &claim.Memory{})
	ledger.Faults = diag.List{diag.At("render-panic", diag.Error, "incidents/b.md", diag.Pos{}, 0, "no such figure")}
	var said []string
	unknown := 0
	for _, f := range All(book, ledger, &Memory{}) {
		if f.Rule == "render-panic" {
			said = append(said, f.Path+": "+f.Message)
		}
		if f.Rule == "unknown-rule" {
			unknown++
		}
	}
	slices.Sort(said)
	want := ": the rule whole cannot be held against the notes: no such luck|incidents/a.md: the words of this note cannot be read: no such word|incidents/b.md: no such figure"
	if got := strings.Join(said, "|"); got != want {
		t.Errorf("said %s, want %s", got, want)
	}
	if unknown != 2 {
		t.Errorf("the other rules found %d, want 2", unknown)
	}
}
