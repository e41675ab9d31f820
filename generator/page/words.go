package page

import (
	"slices"
	"strings"
	"time"

	"debrief/generator/handbook"
	"debrief/generator/note"
)

// titles joins the titles of notes.
func titles(notes []*note.Note) string {
	var out []string
	for _, n := range notes {
		out = append(out, n.Title)
	}
	return andList(out)
}

// both returns the notes of a that are in b too, in a's order.
func both(a, b []*note.Note) []*note.Note {
	var out []*note.Note
	for _, n := range a {
		if slices.Contains(b, n) {
			out = append(out, n)
		}
	}
	return out
}

// first returns at most the first n items.
func first[T any](items []T, n int) []T { return items[:min(n, len(items))] }

// principleLink leads to a principle's page.
func (s *Site) principleLink(p *handbook.Principle) Link { return Link{Text: p.Name, File: p.File} }

func storyStrength(n *note.Note) int {
	if f, ok := note.Of[*note.Story](n); ok {
		return f.Strength
	}
	return 0
}

// changed is the day a note says it was last changed, else written; the zero
// time when it says neither.
func changed(n *note.Note) time.Time {
	if n.Updated.Set {
		return n.Updated.T
	}
	return n.Date.T
}

// kindCount writes how many notes are of a kind, in lower case: "2 incidents".
func kindCount(notes []*note.Note, one string, n int) string {
	for _, x := range notes {
		if x.Kind.One == one {
			return plural(n, strings.ToLower(x.Kind.One), strings.ToLower(x.Kind.Many))
		}
	}
	return ""
}

// whenOrder compares the days of notes.
func whenOrder(a, b *note.Note) int { return handbook.Day(a).Compare(handbook.Day(b)) }
