package claim

import (
	"time"

	"debrief/generator/measure"
	"debrief/generator/note"
	"debrief/generator/prose"
)

// A Telling is how long a story takes when spoken.
type Telling struct {
	Words int
	D     time.Duration
	Parts []ToldPart
}

// A ToldPart is one part of a story.
type ToldPart struct {
	note.Part
	Words int
	D     time.Duration
	Share measure.Percent // of the whole story's words
}

// TellingOf counts the words of a story's parts (notes, tables and code are
// not spoken; a figure counts as two words) and times them at a pace in words
// a minute.
func TellingOf(n *note.Note, pace int) Telling {
	var t Telling
	at := func(words int) time.Duration {
		return (time.Duration(words) * time.Minute / time.Duration(max(pace, 1))).Round(time.Second)
	}
	for _, p := range note.Parts(n) {
		part := ToldPart{Part: p}
		if p.Section >= 0 {
			part.Words = prose.SpokenWords(n.Body.Sections[p.Section].Text)
		}
		part.D = at(part.Words)
		t.Words += part.Words
		t.Parts = append(t.Parts, part)
	}
	for i := range t.Parts {
		if t.Words > 0 {
			t.Parts[i].Share = measure.Percent(float64(t.Parts[i].Words) / float64(t.Words) * 100)
		}
	}
	t.D = at(t.Words)
	return t
}
