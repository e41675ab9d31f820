package check

import (
	"fmt"
	"strings"
	"time"

	"debrief/generator/claim"
	"debrief/generator/diag"
	"debrief/generator/handbook"
	"debrief/generator/measure"
	"debrief/generator/note"
)

// duplicateOrders finds rounds of one loop, and principles, that claim the
// same place. A cancelled round has left its place.
func duplicateOrders(book *handbook.Handbook, _ *claim.Ledger) diag.List {
	taken := make(map[string]*note.Note)
	var found diag.List
	for _, n := range book.Notes {
		place, order := "", 0
		switch f := n.Fields.(type) {
		case *note.Round:
			if f.Status == "cancelled" {
				continue
			}
			place, order = "round\x00"+f.Loop+"\x00"+n.Company, f.Order
		case *note.Principle:
			place, order = "principle", f.Order
		}
		if order == 0 {
			continue
		}
		place = fmt.Sprint(place, "\x00", order)
		other := taken[place]
		if other == nil {
			taken[place] = n
			continue
		}
		f := n.Find("duplicate-order", diag.Warning, at("order"), "order %d is also that of %s", order, other.Path)
		if n.Kind.Name == "round" {
			f = f.Hint("number the rounds of a loop as they come; rounds of another loop name it in loop:")
		}
		found = append(found, f)
	}
	return found
}

// supersedesInCircles finds offers that take the place of one another, at the
// first of them by path.
func supersedesInCircles(book *handbook.Handbook, _ *claim.Ledger) diag.List {
	const walking, done = 1, 2
	state := make(map[*note.Note]int)
	var found diag.List
	for _, n := range book.Notes {
		if n.Kind.Name != "offer" || state[n] != 0 {
			continue
		}
		var way []*note.Note
		for n != nil && state[n] == 0 {
			state[n] = walking
			way = append(way, n)
			n = supersededBy(book, n)
		}
		if n != nil && state[n] == walking {
			found = append(found, circle(way, n))
		}
		for _, passed := range way {
			state[passed] = done
		}
	}
	return found
}

func supersededBy(book *handbook.Handbook, offer *note.Note) *note.Note {
	if all := book.Named(offer, "supersedes"); len(all) > 0 {
		return all[0]
	}
	return nil
}

// circle reports the part of way that begins and ends at again.
func circle(way []*note.Note, again *note.Note) diag.Finding {
	var paths []string
	first := again
	for _, n := range way {
		if n == again || len(paths) > 0 {
			paths = append(paths, n.Path)
			if n.Path < first.Path {
				first = n
			}
		}
	}
	if len(paths) == 1 {
		return first.Find("supersedes-cycle", diag.Error, at("supersedes"), "this offer takes the place of itself").
			Hint("supersedes: names the version before")
	}
	return first.Find("supersedes-cycle", diag.Error, at("supersedes"), "%d offers take the place of one another in a circle", len(paths)).
		Hint("%s", strings.Join(append(paths, again.Path), " → ")).
		Hint("the first version supersedes none")
}

// followupsBeforeTheEnd finds follow-ups sent before their round was over.
func followupsBeforeTheEnd(book *handbook.Handbook, _ *claim.Ledger) diag.List {
	var found diag.List
	for _, n := range book.OfKind("followup") {
		f, _ := note.Of[*note.Followup](n)
		rounds := book.Named(n, "round")
		if len(rounds) == 0 || !f.SentAt.Set {
			continue
		}
		r, _ := note.Of[*note.Round](rounds[0])
		if end := r.ScheduledAt.T.Add(r.Duration.D); r.ScheduledAt.Set && f.SentAt.T.Before(end) {
			found = append(found, n.Find("time-order", diag.Error, at("sent_at"), "sent %s before its round was over", measure.FormatDuration(end.Sub(f.SentAt.T))).
				Hint("%s: scheduled_at%s = %s", rounds[0].Path, plus(r), end.Format(time.RFC3339)))
		}
	}
	return found
}

func plus(r *note.Round) string {
	if r.Duration.Set {
		return " + duration"
	}
	return ""
}
