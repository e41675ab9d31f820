package claim

import (
	"testing"

	"debrief/generator/handbook"
	"debrief/generator/note"
)

// TestAFaultOfOursCostsOneNote holds that a note on which the reading of
// figures fails is named, and that the others keep theirs.
func TestAFaultOfOursCostsOneNote(t *testing.T) {
	const incident = "---\nstarted_at: 2024-01-01T10:00:00Z\nmitigated_at: T+38m\n---\nIt took 38 minutes to mitigate.\n"
	var notes []*note.Note
	for _, name := range []string{"a", "b", "c"} {
		n, _ := note.Parse("incidents/"+name+".md", []byte(incident), note.Options{})
		notes = append(notes, n)
	}
	settings, _ := handbook.ReadSettings(nil)
	pack, _ := handbook.LoadPacks(settings.Packs, nil, nil)
	book, _ := handbook.Link(notes, nil, settings, pack, note.Private, &handbook.Memory{})
	notes[0].Body = nil                     // no text to read
	notes[1].Fields = (*note.Incident)(nil) // no fields to derive from
	l := Build(book, &Memory{})
	if len(l.Faults) < 2 || l.Faults[0].Path != "incidents/b.md" || l.Faults[1].Path != "incidents/a.md" || l.Faults[0].Rule != "render-panic" {
		t.Errorf("faults are %+v", l.Faults)
	}
	if len(l.Said(notes[2])) != 1 || len(l.Of(notes[2])) == 0 {
		t.Errorf("the third note says %v and has %v", l.Said(notes[2]), l.Of(notes[2]))
	}
}
