package note

import (
	"time"

	"debrief/generator/diag"
	"debrief/generator/front"
)

var round = &Kind{
	Name: "round", Dir: "rounds", One: "Round", Many: "Rounds",
	New: func() Fields { return new(Round) },
}

// A Round is one interview of a loop.
type Round struct {
	Loop            string         `front:"loop"`
	Order           int            `front:"order"`
	ScheduledAt     front.Time     `front:"scheduled_at"`
	Type            string         `front:"type"`
	Duration        front.Duration `front:"duration"`
	Interviewer     string         `front:"interviewer"`
	InterviewerRole string         `front:"interviewer_role"`
	Principles      []front.Ref    `front:"principles,principle"`
	Stories         []front.Ref    `front:"stories"`
	Questions       []front.Ref    `front:"questions"`
	Playbooks       []front.Ref    `front:"playbooks"`
	Status          string         `front:"status"`
	Outcome         string         `front:"outcome"`
	NotesAfter      string         `front:"notes_after"`
	Sheet           SheetWish      `front:"sheet"` // of its run-sheet
}

// RoundTypes are the usual types of a round; a pack may name more.
var RoundTypes = []string{"screen", "phone", "coding", "system_design", "behavioral", "incident_simulation", "bar_raiser", "hiring_manager", "debrief", "other"}

// Refs returns the principles asked, the stories assigned, the questions and
// playbooks.
func (r *Round) Refs() []Reference {
	refs := references("principles", r.Principles, "principle")
	refs = append(refs, references("stories", r.Stories, "story")...)
	refs = append(refs, references("questions", r.Questions, "question")...)
	return append(refs, references("playbooks", r.Playbooks, "playbook")...)
}

// TellsStories reports whether stories are told in such a round at all.
func (r *Round) TellsStories() bool {
	switch r.Type {
	case "debrief", "other", "coding":
		return false
	}
	return true
}

// Check wants an order or a date, and a plausible length.
func (r *Round) Check(n *Note, report func(diag.Finding)) {
	required(n, report, "order", r.Order != 0 || r.ScheduledAt.Set || n.Front.Has("scheduled_at"), "give order: 1 for the first of the loop, or scheduled_at")
	dated(n, report, "scheduled_at", r.ScheduledAt)
	choice(n, report, at("status"), r.Status, "planned", "done", "cancelled")
	r.Sheet.check(n, report, RunSheetCards)
	if d := r.Duration; d.Set && (d.D < 10*time.Minute || d.D > 4*time.Hour) {
		report(n.Find("bad-value", diag.Warning, at("duration"), "a round takes between 10 minutes and 4 hours"))
	}
}

func (r *Round) settle() {
	settle(&r.ScheduledAt, front.Time{})
	if r.Type == "behavioural" {
		r.Type = "behavioral"
	}
}
