package page

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"debrief/generator/chart"
	"debrief/generator/claim"
	"debrief/generator/measure"
	"debrief/generator/note"
)

// A Story is the data of story.html: one incident told for one question.
type Story struct {
	Headline    string
	Strength    int
	Dots        string
	Particulars []Term
	Format      string // "STAR"
	Parts       []StoryPart
	Told        []int  // indices of the sections that Parts show; the rest of the text follows them
	Time        string // spoken, at the pace of the settings
	Words       int
	Pace        string // "140 words a minute"
	Aim         string // "2 min 30 s", the author's own; "" when none was given
	Over        string // by how much the telling is longer than its aim and a fifth; "" when it is not
	Incident    *IncidentCard
	Agree       Agreement // of the figures it says
	Sources     []Stand   // what those figures stand on, for paper
	Changes     []Change
	Compared    *chart.Drawing // of those, or nil
	Figures     []FigureRow    // of its own
	Questions   []Link         // that it answers
	FollowUps   []string
	Weaknesses  []string
	Signals     []SignalPair // whose good form it shows
	Evidence    []LevelProof // what it proves of the level aimed at
	Contents    []Section
}

// A StoryPart is one part of a story's format.
type StoryPart struct {
	Name    string // "Situation"
	Letter  string // "S"
	ID      string // of its heading in the text
	Section int    // of the note's body, −1 when the story has no such part
	Time    string
	Share   string // "18%", of the whole telling
	W       string // the same as a number, for a bar
}

// A LevelProof is a level signal that a story, or its incident, is evidence
// of.
type LevelProof struct {
	Signal Link
	What   string
}

// telling is how long a story takes when told. Many lists name it.
func (s *Site) telling(n *note.Note) claim.Telling {
	if t, ok := s.tellings.Load(n); ok {
		return t.(claim.Telling)
	}
	t := claim.TellingOf(n, s.Book.Settings.WordsPerMinute)
	s.tellings.Store(n, t)
	return t
}

func storyData(s *Site, n *note.Note, f *note.Story) *Story {
	pace := s.Book.Settings.WordsPerMinute
	telling := s.telling(n)
	d := &Story{
		Headline: f.Headline, Strength: f.Strength, Dots: dots(f.Strength), Format: strings.ToUpper(f.FormatOf().Name),
		Words: telling.Words, Pace: fmt.Sprintf("%d words a minute", pace),
		Questions: s.LinksTo(s.Book.QuestionsAnswered(n)), FollowUps: unanswered(n, f.FollowUps), Weaknesses: f.Weaknesses,
		Evidence: levelProofs(s, n), Agree: s.agreement(s.Ledger.Said(n)), Sources: s.stands(n),
	}
	d.Changes, d.Compared = s.changes(n, f.Metrics)
	if telling.Words > 0 {
		d.Time = measure.FormatDuration(telling.D)
	}
	if f.Length.Set {
		d.Aim = measure.FormatDuration(f.Length.D)
		if telling.D > f.Length.D+f.Length.D/5 {
			d.Over = measure.FormatDuration((telling.D - f.Length.D).Round(time.Second))
		}
	}
	for _, p := range telling.Parts {
		part := StoryPart{Name: p.Name, Letter: p.Name[:1], Section: p.Section, Time: measure.FormatDuration(p.D), Share: p.Share.Round(), W: measure.FormatNumber(float64(p.Share), 1)}
		if p.Section >= 0 {
			part.ID = cmp.Or(n.Body.Sections[p.Section].Heading.ID, partID(note.Slug(p.Name)))
			d.Told = append(d.Told, p.Section)
		}
		d.Parts = append(d.Parts, part)
	}
	slices.Sort(d.Told)
	if i := s.Book.IncidentOf(n); i != nil {
		d.Incident = s.incidentCard(i)
	}
	for _, fact := range s.Ledger.Of(n) {
		d.Figures = append(d.Figures, figureRow(s, fact))
	}
	for _, sig := range s.Book.SignalsOf(n) {
		sf, _ := note.Of[*note.Signal](sig)
		bad, good := sf.Sides(sig)
		l := s.LinkTo(sig)
		d.Signals = append(d.Signals, SignalPair{ID: sig.ID, Bad: bad, Good: good, Why: sf.Why, Link: &l})
	}
	var versions []string
	for _, v := range f.Versions {
		if v.Set {
			versions = append(versions, measure.FormatDuration(v.D))
		}
	}
	d.Particulars = terms(
		Term{Name: "Principles", Links: s.principleLinks(s.Book.PrinciplesOf(n))},
		Term{Name: "Incident", Links: s.LinksTo(s.Book.Named(n, "incident"))},
		Term{Name: "Rounds", Links: s.LinksTo(s.Book.RoundsTelling(n))},
		Term{Name: "Answers", Links: d.Questions},
		Term{Name: "My role", Text: f.Role},
		Term{Name: "Level", Text: f.Level},
		Term{Name: "Practised at", Text: andList(versions)},
		Term{Name: "Last told", When: dayOf(f.LastTold)},
		Term{Name: "Told in", Links: s.LinksTo(s.Book.Named(n, "told_in"))},
	)
	d.Particulars = append(d.Particulars, extras(n)...)
	d.Contents = d.contents(n)
	return d
}

func (d *Story) contents(n *note.Note) []Section {
	var out []Section
	shown := make(map[string]bool)
	for _, p := range d.Parts {
		if p.Section >= 0 {
			out = append(out, Section{p.ID, p.Name, 2})
			shown[p.ID] = true
		}
	}
	for _, h := range headings(n) {
		if !shown[h.ID] {
			out = append(out, h)
		}
	}
	part := func(there bool, id, text string) {
		if there {
			out = append(out, Section{partID(id), text, 2})
		}
	}
	part(len(d.FollowUps) > 0, "follow-ups", "Follow-up questions")
	part(len(d.Weaknesses) > 0, "weaknesses", "Weak spots")
	part(d.Incident != nil || len(d.Changes) > 0, "figures", "Figures behind it")
	part(len(d.Evidence) > 0, "level", "What it proves")
	part(len(d.Signals) > 0, "signals", "Red signals it avoids")
	return out
}

// levelProofs are the level signals that a story, or the incident it stands
// on, is evidence of.
func levelProofs(s *Site, n *note.Note) []LevelProof {
	if s.byFile["levels.html"] == nil {
		return nil
	}
	of := []*note.Note{n}
	if i := s.Book.IncidentOf(n); i != nil {
		of = append(of, i)
	}
	var out []LevelProof
	for _, n := range of {
		for _, l := range s.signalLinks() {
			if slices.ContainsFunc(out, func(p LevelProof) bool { return p.Signal == l.link }) {
				continue
			}
			if what := evidenceIn(s, l.id, n); what != "" {
				out = append(out, LevelProof{l.link, what})
			}
		}
	}
	return out
}

// A signalLink leads to a signal on the levels page.
type signalLink struct {
	id   string
	link Link
}

// signalLinks are the pack's level signals, each once.
func (s *Site) signalLinks() []signalLink {
	var out []signalLink
	for _, level := range s.Book.Pack.Levels {
		for _, sig := range level.Signals {
			if !slices.ContainsFunc(out, func(l signalLink) bool { return l.id == sig.ID }) {
				out = append(out, signalLink{sig.ID, Link{Text: sig.Name, File: "levels.html", Fragment: partID(note.Slug(sig.ID))}})
			}
		}
	}
	return out
}

// unanswered are the follow-up questions that no probe in the story's own text
// answers: those the page shows with their answers.
func unanswered(n *note.Note, questions []string) []string {
	answered := make(map[string]bool)
	for _, p := range callouts([]*note.Note{n}, "probe") {
		answered[foldText(p.title)] = true
	}
	return slices.DeleteFunc(slices.Clone(questions), func(q string) bool { return answered[foldText(q)] })
}
