package page

import "debrief/generator/note"

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
		if p := s.Book.PrincipleBy(n); p != nil && p.Note == n {
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
