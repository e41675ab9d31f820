package page

import "debrief/generator/note"

// A Followup is the data of followup.html: a message after a round.
type Followup struct {
	Particulars []Term
	Status      string // draft, sent, replied
	Sent        When
	Due         When // when it should go out; one day after the round when the author gave no time
	Refers      []string
}

func followupData(s *Site, n *note.Note, f *note.Followup) *Followup {
	rounds := s.Book.Named(n, "round")
	d := &Followup{Status: f.Status, Sent: instantOf(f.SentAt), Due: s.followupDue(n), Refers: f.References}
	d.Particulars = terms(
		Term{Name: "To", Text: f.To},
		Term{Name: "Round", Links: s.LinksTo(rounds)},
		Term{Name: "Loop", Text: f.Loop},
		Term{Name: "Channel", Text: note.Words(f.Channel)},
		Term{Name: "Status", Text: note.Words(f.Status)},
		Term{Name: "Sent", When: d.Sent},
		Term{Name: "Due", When: d.Due, Ahead: true},
		Term{Name: "Next word on", When: dayOf(f.NextOn), Ahead: true},
	)
	return d
}

// followupDue is when a message should be out: as given, else a day after its
// round's end.
func (s *Site) followupDue(n *note.Note) When {
	f, ok := note.Of[*note.Followup](n)
	if !ok || f.SentAt.Set {
		return When{}
	}
	if f.DueAt.Set {
		return instantOf(f.DueAt)
	}
	for _, r := range s.Book.Named(n, "round") {
		if round, ok := note.Of[*note.Round](r); ok && round.ScheduledAt.Set {
			due := round.ScheduledAt
			due.T = due.T.Add(round.Duration.D + note.ThanksWithin)
			return instantOf(due)
		}
	}
	return When{}
}
