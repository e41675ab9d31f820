package page

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"debrief/generator/handbook"
	"debrief/generator/note"
)

// Home is the data of index.html.
type Home struct {
	Intro   *note.Note // the author's own index page, or nil
	Title   string     // of the handbook
	About   string     // the author's description
	Target  string     // "Systems Development Engineer, L5, at Example"
	First   When       // the next loop's first round with a date
	Folders []FolderEntry
	Loose   []Link // notes of the root
	Empty   bool   // no notes at all

	// What prepares for interviews; nil and empty in a folder of plain notes.
	Loop     *LoopCard
	Others   []LoopCard // further loops
	Steps    []Step     // the three cheapest
	MoreDo   int        // steps beyond these
	Gaps     []Gap      // the worst three
	MoreGaps int
	Newest   *IncidentCard
	Proved   int // items of the preparation that the handbook proves
	Items    int

	Plain *PlainHome // when nothing here prepares for interviews
}

// PlainHome is what the home of any folder of notes shows.
type PlainHome struct {
	Notes  int
	Recent []DatedLink  // newest first
	Linked []CountedTag // the notes that most others link to
	Tags   []CountedTag // the most used
}

// A DatedLink is a note with the day it was written or last changed.
type DatedLink struct {
	Link
	When When
}

// A CountedTag is a link with how many notes stand behind it.
type CountedTag struct {
	Link
	Count int
}

const (
	homeSteps = 3
	homeGaps  = 3
	homeList  = 8 // notes in each list of a plain home
	homeTags  = 24
)

func homeData(s *Site) any {
	b := s.Book
	h := &Home{Title: b.Settings.Title, Target: target(b.Settings.Target), Empty: len(b.Notes) == 0}
	if b.Home != nil && b.File(b.Home) == "index.html" {
		h.Intro, h.About = b.Home, s.standfirst(b.Home)
	}
	for _, f := range sortedFolders(b) {
		h.Folders = append(h.Folders, FolderEntry{Link{Text: f.Title, File: f.File}, plural(countNotes(f), "note", "notes")})
	}
	for _, n := range b.Notes {
		if path.Dir(n.Path) == "." && n != h.Intro {
			h.Loose = append(h.Loose, s.LinkTo(n))
		}
	}
	if !b.Prepares() {
		h.Plain = plainHome(s, h.Intro)
		return h
	}
	if all := loops(s); len(all) > 0 {
		h.Loop, h.Others = &all[0], all[1:]
		for _, r := range h.Loop.Rounds {
			if r.When.Text != "" && r.Readiness != Done && r.Readiness != Cancelled {
				h.First = r.When
				break
			}
		}
	}
	all := steps(s)
	h.Steps = first(all, homeSteps)
	h.MoreDo = len(all) - len(h.Steps)
	if b.Profile == note.Private {
		missing := s.gaps()
		h.Gaps = first(missing, homeGaps)
		h.MoreGaps = len(missing) - len(h.Gaps)
	}
	for _, item := range s.items() {
		h.Items++
		if item.Done {
			h.Proved++
		}
	}
	h.Newest = s.incidentCard(b.Newest())
	return h
}

// target writes the job in one line.
func target(t handbook.Goal) string {
	var words []string
	for _, w := range []string{t.Role, t.Level} {
		if w != "" {
			words = append(words, w)
		}
	}
	text := strings.Join(words, ", ")
	switch {
	case t.Company == "":
		return text
	case text == "":
		return t.Company
	}
	return text + " at " + t.Company
}

func plainHome(s *Site, intro *note.Note) *PlainHome {
	p := &PlainHome{Notes: len(s.Book.Notes)}
	var dated []*note.Note
	for _, n := range s.Book.Notes {
		if n == intro {
			continue
		}
		if !changed(n).IsZero() {
			dated = append(dated, n)
		}
		if c := s.Book.CountBacklinks(s.Book.File(n)); c > 0 {
			p.Linked = append(p.Linked, CountedTag{s.LinkTo(n), c})
		}
	}
	slices.SortStableFunc(dated, func(a, b *note.Note) int { return cmp.Or(changed(b).Compare(changed(a)), cmp.Compare(a.Path, b.Path)) })
	for _, n := range first(dated, homeList) {
		p.Recent = append(p.Recent, DatedLink{s.LinkTo(n), When{Text: longDay(changed(n)), ISO: changed(n).Format("2006-01-02")}})
	}
	byCount := func(a, b CountedTag) int { return cmp.Compare(b.Count, a.Count) }
	slices.SortStableFunc(p.Linked, byCount)
	p.Linked = first(p.Linked, homeList)
	for _, t := range s.Book.Tags {
		p.Tags = append(p.Tags, CountedTag{Link{Text: "#" + t.Name, File: t.File}, len(t.Notes)})
	}
	slices.SortStableFunc(p.Tags, byCount)
	p.Tags = first(p.Tags, homeTags)
	return p
}
