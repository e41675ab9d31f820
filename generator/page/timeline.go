package page

import (
	"fmt"
	"slices"
	"time"

	"debrief/generator/chart"
	"debrief/generator/front"
	"debrief/generator/measure"
	"debrief/generator/note"
)

// longGap is the silence in a timeline that somebody will ask about.
const longGap = 10 * time.Minute

// A Timeline is a list of events with their distance from the start.
type Timeline struct {
	Rows    []TimelineRow
	Zone    string         // of the clock times: "UTC−07:00"
	From    string         // what offsets count from: "the start of impact", "the first entry"
	Gaps    int            // silences of more than ten minutes while somebody was at work
	Summary string         // in one sentence
	Twin    string         // the id of its table
	Chart   *chart.Drawing // or nil when no event has a time
}

// A TimelineRow is one event.
type TimelineRow struct {
	Day    string // "11 July 2023" on the first entry of each day, else ""
	Clock  string // "10:22:30"; "" when the entry has no time
	Offset string // "T+20:30", "T+1:30:00", "T+2 d 3 h"
	Phase  string // the author's word
	Event  string
	Actor  string
	Gap    string // the silence before it: "12 min"; "" when nobody will ask
}

// Timeline lays out events of a note's front matter or of a fence in its
// text. Offsets count from the start of the incident when the note is one,
// else from the first event.
//
// Silences count from detection on: before it nobody was there to act, and
// that time has a name of its own, time to detect.
//
// The id tells this timeline from others on the page.
func (s *Site) Timeline(n *note.Note, events []note.Event, id string) Timeline {
	t := Timeline{Twin: "table." + id}
	drawn := chart.Timeline{ID: "chart." + id, Twin: t.Twin, Title: "Timeline"}
	start, detected := zeroPoint(n, events, &t)
	seconds := slices.ContainsFunc(events, func(e note.Event) bool { return e.At.Set && e.At.T.Second() != 0 })
	days := false
	for _, e := range events {
		days = days || e.At.Set && start.Set && !sameDay(e.At.T, start.T)
	}
	var last time.Time
	line := 0 // of the table
	for _, e := range events {
		row := TimelineRow{Phase: e.Phase, Event: e.Event, Actor: e.Actor}
		if e.At.Set {
			at := e.At.T
			if t.Zone == "" {
				t.Zone = offset(at)
			}
			row.Clock = clock(at, seconds)
			if start.Set {
				row.Offset = "T" + sinceStart(at.Sub(start.T))
			}
			if days && (last.IsZero() || !sameDay(last, at)) {
				row.Day = longDay(at)
			}
			if gap := at.Sub(last); !last.IsZero() && gap > longGap && detected.Set && !last.Before(detected.T) {
				row.Gap = measure.FormatDuration(gap)
				t.Gaps++
				drawn.Silences = append(drawn.Silences, chart.Silence{From: last, To: at, Says: row.Gap, Row: line})
				line++
			}
			if row.Day != "" {
				line++
			}
			last = at
			drawn.Events = append(drawn.Events, chart.Event{At: at, Lane: laneOf(e.Phase), Says: row.Offset, Row: line})
		}
		line++
		t.Rows = append(t.Rows, row)
	}
	t.Summary = timelineSummary(t, events)
	if i, ok := note.Of[*note.Incident](n); ok {
		for _, m := range i.Instants() {
			if m.At.Set {
				drawn.Instants = append(drawn.Instants, chart.Instant{Done: m.Name, At: m.At.T})
			}
		}
	}
	drawn.Summary = t.Summary
	t.Chart = drawn.Draw()
	return t
}

// laneOf is the lane of an event's phase. What the author did not name, or in
// words of his own, is something that was done.
func laneOf(phase string) chart.Lane {
	switch phase {
	case "signal", "detect":
		return chart.Signal
	case "decide":
		return chart.Decision
	case "communicate":
		return chart.Communication
	}
	return chart.Action
}

// zeroPoint finds what offsets count from, and when somebody began to act.
func zeroPoint(n *note.Note, events []note.Event, t *Timeline) (start, detected front.Time) {
	if i, ok := note.Of[*note.Incident](n); ok && i.StartedAt.Set {
		t.From = "the start of impact"
		start, detected = i.StartedAt, i.DetectedAt
	}
	for _, e := range events {
		if !e.At.Set {
			continue
		}
		if !start.Set {
			start, t.From = e.At, "the first entry"
		}
		if !detected.Set && (e.Phase == "detect" || e.Phase == "acknowledge") {
			detected = e.At
		}
	}
	if !detected.Set {
		detected = start
	}
	return start, detected
}

func timelineSummary(t Timeline, events []note.Event) string {
	var first, last time.Time
	for _, e := range events {
		if !e.At.Set {
			continue
		}
		if first.IsZero() || e.At.T.Before(first) {
			first = e.At.T
		}
		if e.At.T.After(last) {
			last = e.At.T
		}
	}
	text := plural(len(t.Rows), "entry", "entries")
	if last.After(first) {
		text += " over " + measure.FormatDuration(last.Sub(first))
	}
	if t.Gaps > 0 {
		which := "it"
		if t.Gaps > 1 {
			which = "them"
		}
		return fmt.Sprintf("%s; %s of more than ten minutes without an entry after detection. Know what happened in %s.", text, plural(t.Gaps, "stretch", "stretches"), which)
	}
	return text + "; no silence of more than ten minutes after detection."
}

func sameDay(a, b time.Time) bool {
	ya, ma, da := a.Date()
	yb, mb, db := b.Date()
	return ya == yb && ma == mb && da == db
}

// sinceStart writes an offset with its sign: "+20:30", "+1:30:00", "+9 d 6 h".
func sinceStart(d time.Duration) string {
	if d < 0 {
		return "−" + measure.Clock(-d)
	}
	return "+" + measure.Clock(d)
}
