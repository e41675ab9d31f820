package check

import (
	"time"

	"debrief/generator/diag"
	"debrief/generator/handbook"
	"debrief/generator/note"
)

// Due returns what is late or about to be on a day. It is apart from All
// because a site says nothing that depends on the day it is built.
func Due(book *handbook.Handbook, today time.Time) diag.List {
	var found diag.List
	for _, r := range rules {
		if r.due != nil {
			found = append(found, r.due(book, today)...)
		}
	}
	return found
}

// soon is how long before its end an offer wants an answer.
const soon = 3 * 24 * time.Hour

// stale finds action items past their due date, playbooks past their drill,
// and open offers that end within three days.
func stale(book *handbook.Handbook, today time.Time) diag.List {
	var found diag.List
	for _, n := range book.Notes {
		switch f := n.Fields.(type) {
		case *note.Incident:
			for k, a := range f.Actions {
				if a.Due.Set && a.Due.T.Before(today) && a.Status != "done" && a.Status != "dropped" {
					found = append(found, n.Find("stale", diag.Info, at("action_items", k, "due"), "%q was due on %s and is still open", a.Title, a.Due).
						Hint("an interviewer will ask what became of it: do it, drop it, or give it a date that holds"))
				}
			}
		case *note.Playbook:
			if next := f.LastDrilled.T.Add(f.DrillEvery.D); f.LastDrilled.Set && f.DrillEvery.Set && next.Before(today) {
				found = append(found, n.Find("stale", diag.Info, at("last_drilled"), "the drill was due on %s", next.Format(time.DateOnly)).
					Hint("drill it and set last_drilled, or change drill_every"))
			}
		case *note.Offer:
			if f.ExpiresOn.Set && isOpen(book, n, f) && f.ExpiresOn.T.Sub(today) <= soon {
				found = append(found, n.Find("stale", diag.Info, at("expires_on"), "this offer %s on %s", ends(f.ExpiresOn.T, today), f.ExpiresOn).
					Hint("answer it, ask for more time, or set its stage"))
			}
		}
	}
	return found
}

// isOpen reports whether an offer still waits for an answer.
func isOpen(book *handbook.Handbook, n *note.Note, f *note.Offer) bool {
	return f.Stage != "accepted" && f.Stage != "declined" && len(book.Naming(n, "offer", "supersedes")) == 0
}

func ends(on, today time.Time) string {
	if on.Before(today) {
		return "ended"
	}
	return "ends"
}

// lateFollowups finds rounds that are over and done for a day and have no
// follow-up, neither of their own nor of their loop.
func lateFollowups(book *handbook.Handbook, today time.Time) diag.List {
	thanked := make(map[string]bool)
	for _, n := range book.OfKind("followup") {
		if f, _ := note.Of[*note.Followup](n); f.Loop != "" {
			thanked[f.Loop] = true
		}
	}
	var found diag.List
	for _, n := range book.OfKind("round") {
		f, _ := note.Of[*note.Round](n)
		if f.Status != "done" || !f.ScheduledAt.Set || thanked[f.Loop] || len(book.FollowupsOf(n)) > 0 {
			continue
		}
		if f.ScheduledAt.T.Add(f.Duration.D + note.ThanksWithin).Before(today) {
			found = append(found, n.Find("followup-late", diag.Info, at("scheduled_at"), "this round is over for more than a day, and no follow-up names it").
				Hint("three sentences with one specific point, through the recruiter where you have no address: debrief new followup %q", "Thanks: "+n.Title))
		}
	}
	return found
}
