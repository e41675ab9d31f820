package page

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"debrief/generator/chart"
	"debrief/generator/measure"
	"debrief/generator/note"
)

// Process is the data of process.html: the way from application to offer,
// and the author's own dates on it.
type Process struct {
	Summary string
	Dates   []ProcessDate // in order of time
	Strip   *chart.Drawing
	Undated []Link        // rounds without a date
	Loop    string        // "5 rounds, 3 h 45 min", of the loop to come
	Weeks   []ProcessWeek // as the pack tells them
	Without []Link        // rounds that are done and have no follow-up; private builds only
}

// A ProcessDate is one of the author's own dates. Whether it is due is for
// the reader's clock to say.
type ProcessDate struct {
	When When
	Day  string // for the browser to count to: "2026-12-15"
	Kind string // "Round", "Follow-up due", "Offer expires"
	Note Link
	What string // in a few words
	Done bool   // over and done, whatever the clock says
	Word string // its state: planned, done, sent, draft …
	at   time.Time
}

// A ProcessWeek is one week with its stages.
type ProcessWeek struct {
	Week   string
	Stages []ProcessStage
}

// A ProcessStage is one stage, with the author's own notes that belong to it.
type ProcessStage struct {
	Name, Typical, What string
	Sure                string // how well it is known, in words
	Own                 []Link
}

// sure says in words what a pack's confidence means.
var sure = map[string]string{
	"A": "from the company's own pages",
	"B": "several independent sources agree",
	"C": "commonly told; nobody promises it",
}

func hasProcess(s *Site) bool { return s.Book.Prepares() || len(s.Book.OfKind("offer")) > 0 }

func processData(s *Site) any {
	p := &Process{Summary: s.Book.Pack.Process.Summary}
	for _, st := range s.Book.Pack.Process.Stages {
		stage := ProcessStage{Name: st.Name, Typical: st.Typical, What: st.What, Sure: sure[st.Confidence], Own: s.LinksTo(stageNotes(s, st.ID))}
		if len(p.Weeks) == 0 || p.Weeks[len(p.Weeks)-1].Week != st.Week {
			p.Weeks = append(p.Weeks, ProcessWeek{Week: st.Week})
		}
		week := &p.Weeks[len(p.Weeks)-1]
		week.Stages = append(week.Stages, stage)
	}
	p.dates(s)
	p.Strip = stripOf(p.Dates)
	if len(p.Dates) == 0 && len(p.Undated) == 0 && len(p.Weeks) == 0 {
		return nil
	}
	if all := loops(s); len(all) > 0 {
		p.Loop = plural(len(all[0].Rounds), "round", "rounds")
		if all[0].Length != "" {
			p.Loop += ", " + all[0].Length
		}
	}
	return p
}

// stripOf draws the dates on a line; nil when they are fewer than two days.
func stripOf(dates []ProcessDate) *chart.Drawing {
	d := chart.Process{ID: "chart.process", Twin: "dates", Title: "The way"}
	done := 0
	for i, date := range dates {
		d.Milestones = append(d.Milestones, chart.Milestone{Day: date.at, Kind: date.Kind, Main: date.Kind == "Round", Done: date.Done, Row: i})
		if date.Done {
			done++
		}
	}
	if len(dates) > 1 {
		first, last := dates[0], dates[len(dates)-1]
		d.Summary = fmt.Sprintf("%s from %s to %s, %d of them done. Filled marks are done, hollow ones are ahead; the larger ones are rounds.",
			plural(len(dates), "date", "dates"), longDay(first.at), longDay(last.at), done)
	}
	return d.Draw()
}

// dates gathers the author's own dates.
func (p *Process) dates(s *Site) {
	for _, n := range s.Book.OfKind("round") {
		f, _ := note.Of[*note.Round](n)
		if !f.ScheduledAt.Set {
			if f.Status != "cancelled" {
				p.Undated = append(p.Undated, s.LinkTo(n))
			}
			continue
		}
		what := s.roundType(f)
		if f.Duration.Set {
			what += ", " + measure.FormatDuration(f.Duration.D)
		}
		word := cmp.Or(f.Status, "planned")
		p.Dates = append(p.Dates, ProcessDate{
			When: whenOf(n), Day: f.ScheduledAt.T.Format(time.DateOnly), Kind: "Round", Note: s.LinkTo(n), What: what,
			Done: word != "planned", Word: word, at: f.ScheduledAt.T,
		})
		if f.Status == "done" && s.Book.Profile == note.Private && len(s.Book.FollowupsOf(n)) == 0 && !loopThanked(s, f.Loop) {
			p.Without = append(p.Without, s.LinkTo(n))
		}
	}
	for _, n := range s.Book.OfKind("followup") {
		p.followup(s, n)
	}
	for _, n := range s.Book.OfKind("offer") {
		f, _ := note.Of[*note.Offer](n)
		if f.Date.Set {
			p.Dates = append(p.Dates, ProcessDate{When: dayOf(f.Date), Day: f.Date.String(), Kind: "Offer", Note: s.LinkTo(n), What: offerStage(f), Done: true, Word: "received", at: f.Date.T})
		}
		if f.ExpiresOn.Set {
			over := f.Stage == "accepted" || f.Stage == "declined" || superseded(s, n)
			word := "open"
			if over {
				word = "over"
			}
			p.Dates = append(p.Dates, ProcessDate{When: dayOf(f.ExpiresOn), Day: f.ExpiresOn.String(), Kind: "Offer expires", Note: s.LinkTo(n), What: offerStage(f), Done: over, Word: word, at: f.ExpiresOn.T})
		}
	}
	slices.SortStableFunc(p.Dates, func(a, b ProcessDate) int { return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.Note.File, b.Note.File)) })
}

func (p *Process) followup(s *Site, n *note.Note) {
	f, _ := note.Of[*note.Followup](n)
	what := ""
	if f.To != "" {
		what = "to the " + f.To
	}
	sent := f.SentAt.Set || f.Status == "sent" || f.Status == "replied"
	switch {
	case f.SentAt.Set:
		p.Dates = append(p.Dates, ProcessDate{When: instantOf(f.SentAt), Day: f.SentAt.T.Format(time.DateOnly), Kind: "Follow-up", Note: s.LinkTo(n), What: what, Done: true, Word: cmp.Or(f.Status, "sent"), at: f.SentAt.T})
	case f.DueAt.Set:
		p.Dates = append(p.Dates, ProcessDate{When: instantOf(f.DueAt), Day: f.DueAt.T.Format(time.DateOnly), Kind: "Follow-up due", Note: s.LinkTo(n), What: what, Done: sent, Word: cmp.Or(f.Status, "to send"), at: f.DueAt.T})
	}
	if f.NextOn.Set {
		p.Dates = append(p.Dates, ProcessDate{When: dayOf(f.NextOn), Day: f.NextOn.String(), Kind: "Ask again", Note: s.LinkTo(n), What: what, Word: "planned", at: f.NextOn.T})
	}
}

// loopThanked reports whether a follow-up speaks of a whole loop: one through
// the recruiter commonly stands for all its rounds.
func loopThanked(s *Site, loop string) bool {
	return loop != "" && slices.ContainsFunc(s.Book.OfKind("followup"), func(n *note.Note) bool {
		f, _ := note.Of[*note.Followup](n)
		return f.Loop == loop
	})
}

func superseded(s *Site, offer *note.Note) bool {
	return len(s.Book.Naming(offer, "offer", "supersedes")) > 0
}

// offerStage is an offer in a few words.
func offerStage(f *note.Offer) string {
	stage := cmp.Or(f.Stage, "offer")
	if f.Company != "" {
		return fmt.Sprintf("%s, %s", f.Company, stage)
	}
	return stage
}

// stageNotes are the author's notes that belong to a stage of the process, by
// the stage's id.
func stageNotes(s *Site, stage string) []*note.Note {
	rounds := func(types ...string) []*note.Note {
		var out []*note.Note
		for _, n := range s.Book.OfKind("round") {
			if f, _ := note.Of[*note.Round](n); slices.Contains(types, f.Type) {
				out = append(out, n)
			}
		}
		return out
	}
	switch stage {
	case "screen":
		return rounds("screen", "phone")
	case "loop":
		return rounds("coding", "system_design", "behavioral", "incident_simulation", "bar_raiser", "hiring_manager", "other", "")
	case "debrief":
		return rounds("debrief")
	case "thanks":
		return s.Book.OfKind("followup")
	case "offer":
		return s.Book.OfKind("offer")
	}
	return nil
}
