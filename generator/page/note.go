package page

import (
	"debrief/generator/handbook"
	"debrief/generator/note"
)

// noteData gathers what the template of a note's kind sees. A kind without a
// page of its own is shown plainly, with its text.
func noteData(s *Site, n *note.Note) any {
	switch f := n.Fields.(type) {
	case *note.Incident:
		return incidentData(s, n, f)
	case *note.Story:
		return storyData(s, n, f)
	case *note.Playbook:
		return playbookData(s, n, f)
	case *note.Signal:
		return signalData(s, n, f)
	case *note.Round:
		return roundData(s, n, f)
	case *note.Principle:
		if p := s.tellsOf(n); p != nil {
			return principleData(s, p)
		}
	case *note.Question:
		return questionData(s, n, f)
	case *note.Offer:
		return offerData(s, n, f)
	case *note.Followup:
		return followupData(s, n, f)
	}
	return plainData(s, n)
}

// tellsOf is the principle whose page a note is, nil for any other: of two
// notes on one principle the first has its page, the second one of its own.
func (s *Site) tellsOf(n *note.Note) *handbook.Principle {
	if p := s.Book.PrincipleBy(n); p != nil && p.Note == n {
		return p
	}
	return nil
}

// templateOf is the template that noteData gathers for.
func (s *Site) templateOf(n *note.Note) string {
	if _, ok := n.Fields.(*note.Principle); ok && s.tellsOf(n) == nil {
		return "page"
	}
	return n.Kind.Name
}
