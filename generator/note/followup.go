package note

import (
	"time"

	"debrief/generator/diag"
	"debrief/generator/front"
)

var followup = &Kind{
	Name: "followup", Dir: "followups", One: "Follow-up", Many: "Follow-ups", Hidden: true,
	New: func() Fields { return new(Followup) },
}

// A Followup is a message after a round. It never leaves the machine through
// debrief.
type Followup struct {
	To         string     `front:"to"`
	Round      front.Ref  `front:"round"`
	Loop       string     `front:"loop"`
	SentAt     front.Time `front:"sent_at"`
	DueAt      front.Time `front:"due_at"`
	Channel    string     `front:"channel"`
	References []string   `front:"references"` // the specific point it takes up
	Status     string     `front:"status"`
	NextOn     front.Date `front:"next_on"`
}

// ThanksWithin is when thanks are due after a round, as is commonly advised.
const ThanksWithin = 24 * time.Hour

// Refs returns the round.
func (f *Followup) Refs() []Reference { return references("round", []front.Ref{f.Round}, "round") }

// Check wants somebody to write to and a round or loop to write about.
func (f *Followup) Check(n *Note, report func(diag.Finding)) {
	required(n, report, "to", f.To != "", "who reads it, by role: the recruiter, the hiring manager")
	required(n, report, "round", f.Round.Name != "" || f.Loop != "" || n.Front.Has("loop"), "name the round or the loop it follows")
	dated(n, report, "sent_at", f.SentAt)
	dated(n, report, "due_at", f.DueAt)
	choice(n, report, at("channel"), f.Channel, "email", "recruiter", "linkedin")
	choice(n, report, at("status"), f.Status, "draft", "sent", "replied")
}

func (f *Followup) settle() {
	settle(&f.SentAt, front.Time{})
	settle(&f.DueAt, front.Time{})
}
