package page

import (
	"fmt"
	"slices"
	"strings"

	"debrief/generator/claim"
	"debrief/generator/handbook"
	"debrief/generator/note"
)

// Preparation is the data of preparation.html: the pack's checklist, each
// item with its proof from the handbook.
type Preparation struct {
	Items   []PreparationItem
	Proved  int
	Partial bool // notes are left out of this build
}

// A PreparationItem is one item and how far the handbook proves it.
type PreparationItem struct {
	ID       string
	Text     string
	Done     bool       // the handbook proves it
	Own      bool       // nothing can prove it; the reader ticks it
	Evidence []Evidence // what proves it, or proves a part
	Missing  string     // what is missing, in words; "" when done
	Help     Link       // where to go on
}

// Evidence is a note and what it proves.
type Evidence struct {
	Link Link
	What string
}

func hasPreparation(s *Site) bool { return s.Book.Prepares() && len(s.Book.Pack.Preparation) > 0 }

func preparationData(s *Site) any {
	items := s.items()
	p := &Preparation{Items: items, Partial: s.Book.Profile > note.Private}
	for _, i := range items {
		if i.Done {
			p.Proved++
		}
	}
	return p
}

// proofs are what can tick an item, by the name a pack gives: what proves
// it, what is missing, and where to go on. An item whose proof is not here is
// the reader's own to tick.
var proofs = map[string]func(*Site) (found []Evidence, missing string, help Link){
	"phases":     provePhases,
	"raci":       proveRACI,
	"stories":    proveStories,
	"principles": provePrinciples,
	"sheet":      proveSheet,
	"pay":        provePay,
}

// preparationItems holds the pack's checklist against the handbook.
func preparationItems(s *Site) []PreparationItem {
	if !s.Book.Prepares() {
		return nil
	}
	var out []PreparationItem
	for _, p := range s.Book.Pack.Preparation {
		item := PreparationItem{ID: p.ID, Text: p.Text}
		if prove := proofs[p.Proof]; prove != nil {
			item.Evidence, item.Missing, item.Help = prove(s)
			item.Done = item.Missing == ""
		} else {
			item.Own = true
		}
		out = append(out, item)
	}
	return out
}

// provePhases wants one incident with all five times, so that each phase can
// be said with its figure.
func provePhases(s *Site) (found []Evidence, missing string, help Link) {
	help = Link{Text: "Incidents", File: folderFile(s, "incident")}
	incidents := s.Book.OfKind("incident")
	if len(incidents) == 0 {
		return nil, "there is no incident yet", help
	}
	var lacking []string
	for _, n := range incidents {
		f, _ := note.Of[*note.Incident](n)
		var times, gone []string
		for _, t := range claim.Times(f) {
			name := strings.TrimPrefix(t.Key, "time_to_")
			if fig, ok := s.figure(n, t.Key); ok && t.OK {
				times = append(times, name+" "+fig.Text)
			} else {
				gone = append(gone, name)
			}
		}
		if len(gone) == 0 {
			found = append(found, Evidence{s.LinkTo(n), strings.Join(times, ", ")})
		} else {
			lacking = append(lacking, fmt.Sprintf("“%s” has no time to %s", n.Title, andList(gone)))
		}
	}
	if len(found) == 0 {
		return nil, strings.Join(first(lacking, 3), "; "), help
	}
	return found, "", help
}

// proveRACI wants three incidents with a full RACI and, where a change was
// the cause, a delivery metric that was moved.
func proveRACI(s *Site) (found []Evidence, missing string, help Link) {
	const wanted = 3
	help = Link{Text: "Incidents", File: folderFile(s, "incident")}
	for _, n := range s.Book.OfKind("incident") {
		f, _ := note.Of[*note.Incident](n)
		if len(f.RACI) > 0 || len(f.DORA) > 0 {
			help = Link{Text: "RACI and DORA", File: "raci.html"} // then there is such a page
		}
		if lacksRACI(f) != "" {
			continue
		}
		what := plural(len(f.RACI), "activity", "activities")
		switch {
		case !f.ChangeRelated.B:
			what += "; no change was the cause, so no delivery metric"
		case len(f.DORA) == 0:
			continue
		default:
			what += ", " + plural(len(f.DORA), "delivery metric", "delivery metrics") + " moved"
		}
		found = append(found, Evidence{s.LinkTo(n), what})
	}
	if n := wanted - len(found); n > 0 {
		return found, fmt.Sprintf("%s of %d; an incident counts when each activity has one accountable and somebody responsible, others are consulted and informed, and a change that caused it has moved a delivery metric",
			plural(len(found), "incident", "incidents"), wanted), help
	}
	return found, "", help
}

// lacksRACI says what an incident's RACI lacks; "" when it is full.
func lacksRACI(f *note.Incident) string {
	if len(f.RACI) == 0 {
		return "no RACI"
	}
	consulted, informed := false, false
	for _, row := range f.RACI {
		switch {
		case len(row.A) == 0:
			return "nobody accountable for " + row.Activity
		case len(row.A) > 1:
			return plural(len(row.A), "person", "people") + " accountable for " + row.Activity
		case len(row.R) == 0:
			return "nobody responsible for " + row.Activity
		}
		consulted, informed = consulted || len(row.C) > 0, informed || len(row.I) > 0
	}
	switch {
	case !consulted:
		return "nobody consulted"
	case !informed:
		return "nobody informed"
	}
	return ""
}

// proveStories wants a figure in each story: in its result, and at home in
// metrics of its own or of its incident.
func proveStories(s *Site) (found []Evidence, missing string, help Link) {
	help = Link{Text: "Stories", File: folderFile(s, "story")}
	stories := s.Book.OfKind("story")
	if len(stories) == 0 {
		return nil, "there is no story yet", help
	}
	var lacking []string
	for _, n := range stories {
		switch {
		case !resultHasFigure(n):
			lacking = append(lacking, fmt.Sprintf("“%s” has no figure in its result", n.Title))
		case !hasMetrics(s, n):
			lacking = append(lacking, fmt.Sprintf("“%s” stands on no incident with metrics and has none of its own", n.Title))
		}
	}
	if len(lacking) > 0 {
		missing = strings.Join(first(lacking, 3), "; ")
		if more := len(lacking) - 3; more > 0 {
			missing += fmt.Sprintf("; and %d more", more)
		}
		return nil, missing, help
	}
	return []Evidence{{help, plural(len(stories), "story", "stories") + ", each with a figure in its result and a home for it"}}, "", help
}

func hasMetrics(s *Site, story *note.Note) bool {
	if f, _ := note.Of[*note.Story](story); len(f.Metrics) > 0 {
		return true
	}
	i := s.Book.IncidentOf(story)
	if i == nil {
		return false
	}
	f, _ := note.Of[*note.Incident](i)
	return len(f.Metrics) > 0
}

// resultHasFigure reports whether a story's result holds a quantity.
func resultHasFigure(story *note.Note) bool {
	for _, p := range note.Parts(story) {
		if p.Name == "Result" && p.Section >= 0 {
			return holdsFigure(story.Body.Sections[p.Section].Text)
		}
	}
	return false
}

// firstPrinciples are those that the way to prepare names above others: one
// story is not enough for them. A pack without them wants none.
var firstPrinciples = []string{"ownership", "bias-for-action"}

// provePrinciples wants a story for each principle that a round asks, and two
// for the first two.
func provePrinciples(s *Site) (found []Evidence, missing string, help Link) {
	help = Link{Text: "Coverage", File: "coverage.html"}
	rounds := activeRounds(s)
	var lacking []string
	for _, p := range s.Book.Principles {
		wanted := 0
		if slices.ContainsFunc(rounds, func(r *note.Note) bool { return asks(s, r, p) }) {
			wanted = 1
		}
		if slices.Contains(firstPrinciples, p.Slug) {
			wanted = 2
		}
		switch n := len(s.Book.StoriesShowing(p)); {
		case wanted == 0:
		case n < wanted:
			lacking = append(lacking, fmt.Sprintf("%s has %s", p.Name, [...]string{"no story", "one story"}[n]))
		default:
			found = append(found, Evidence{s.principleLink(p), plural(n, "story", "stories")})
		}
	}
	switch {
	case len(lacking) > 0:
		return found, andList(lacking), help
	case len(found) == 0:
		return nil, "no round says which principles it asks", help
	}
	return found, "", help
}

// proveSheet wants an incident that fills a sheet: phases and three figures.
func proveSheet(s *Site) (found []Evidence, missing string, help Link) {
	help = Link{Text: "Cheat sheet", File: "cheat-sheet.html"}
	newest := s.Book.Newest()
	if newest == nil {
		return nil, "there is no incident yet", Link{Text: "Incidents", File: folderFile(s, "incident")}
	}
	candidates := append([]*note.Note{newest}, s.Book.OfKind("incident")...)
	for _, n := range candidates {
		f, _ := note.Of[*note.Incident](n)
		if f.DetectedAt.Set && (f.MitigatedAt.Set || f.ResolvedAt.Set) && len(s.headlineFigures(n, 3)) == 3 {
			return []Evidence{{s.LinkTo(n), "phases and three figures are there"}}, "", help
		}
	}
	return nil, fmt.Sprintf("“%s” needs the times of detection and mitigation, and three figures", newest.Title), s.LinkTo(newest)
}

// payTags mark the notes that hold research about pay.
var payTags = []string{"pay", "compensation", "salary"}

// provePay wants an offer, or a note tagged with what it is about. A note
// that only answers a question about pay is no research, but it is a start
// and counts.
func provePay(s *Site) (found []Evidence, missing string, help Link) {
	for _, n := range s.Book.OfKind("offer") {
		found = append(found, Evidence{s.LinkTo(n), "an offer with its figures"})
	}
	for _, name := range payTags {
		if t := s.Book.TagNamed(name); t != nil {
			for _, n := range t.Notes {
				if n.Kind.Name != "offer" {
					found = append(found, Evidence{s.LinkTo(n), "tagged " + t.Name})
				}
			}
		}
	}
	if len(found) > 0 {
		return found, "", Link{Text: "Offers", File: "offers.html"}
	}
	return nil, "write a note tagged pay, with public figures for the level and place and the day you looked", Link{Text: "Process", File: "process.html"}
}

// folderFile is the page of a kind's folder, or the home page without one.
func folderFile(s *Site, kind string) string {
	if i := slices.IndexFunc(s.Book.Folders, func(f *handbook.Folder) bool { return f.Kind != nil && f.Kind.Name == kind }); i >= 0 {
		return s.Book.Folders[i].File
	}
	return "index.html"
}
