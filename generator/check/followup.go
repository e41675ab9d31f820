package check

import (
	"debrief/generator/diag"
	"debrief/generator/note"
)

// genericFollowup finds follow-ups that could have been written without the
// round.
func genericFollowup(n *note.Note, f *note.Followup, report func(diag.Finding)) {
	for _, point := range f.References {
		if point != "" {
			return
		}
	}
	if n.Front.Unfilled("references") {
		return
	}
	report(n.Find("followup-generic", diag.Warning, at("title"), "this follow-up takes up no point of the conversation").
		Hint("say in references: which sentence of theirs it answers"))
}
