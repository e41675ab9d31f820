package page

import (
	"slices"
	"strings"

	"debrief/generator/handbook"
	"debrief/generator/note"
)

// groups are the navigation's groups in order, with the kinds of notes whose
// folders belong to them.
var groups = []struct {
	title string
	kinds []string
}{
	{"Prepare", []string{"round", "followup", "offer"}},
	{"Tell", []string{"story", "principle", "question", "signal"}},
	{"Act", []string{"incident", "playbook"}},
	{"Print", nil},
	{"Notes", nil},
}

// maxRootNotes is how many notes of the root the navigation lists; with more
// it would be the page.
const maxRootNotes = 12

// navigation gathers the links that stand on every page: folders of notes
// first in each group, then the pages over them.
func navigation(s *Site) []NavGroup {
	byTitle := make(map[string][]Link)
	seen := make(map[string]bool)
	add := func(group string, l Link) {
		if s.byFile[l.File] != nil && !seen[l.File] && !slices.ContainsFunc(byTitle[group], func(o Link) bool { return o.Text == l.Text }) {
			seen[l.File] = true
			byTitle[group] = append(byTitle[group], l)
		}
	}
	overviewTitles := make(map[string]bool)
	for _, o := range overviews() {
		if p := s.byFile[o.File]; p != nil && p.Note == nil {
			overviewTitles[o.Title] = true
		}
	}
	for _, g := range groups {
		for _, kind := range g.kinds {
			for _, f := range sortedFolders(s.Book) {
				// Two links of one name would be a riddle; the page over all
				// of them leads to the notes as well.
				if f.Kind != nil && f.Kind.Name == kind && !overviewTitles[f.Title] {
					add(g.title, Link{Text: f.Title, File: f.File})
				}
			}
			if kind == "principle" {
				add(g.title, Link{Text: "Principles", File: principlesIndex})
			}
		}
	}
	for _, o := range overviews() {
		if o.Group != "" {
			add(o.Group, Link{Text: o.Title, File: o.File})
		}
	}
	for _, f := range sortedFolders(s.Book) {
		if f.Kind == nil {
			add("Notes", Link{Text: f.Title, File: f.File})
		}
	}
	for _, n := range rootNotes(s) {
		add("Notes", s.LinkTo(n))
	}
	var nav []NavGroup
	for _, g := range groups {
		links := byTitle[g.title]
		if g.title == "Notes" {
			// Tags come last, after the author's own folders.
			slices.SortStableFunc(links, func(a, b Link) int { return tagsLast(a) - tagsLast(b) })
		}
		if len(links) > 0 {
			nav = append(nav, NavGroup{Title: g.title, Links: links})
		}
	}
	return nav
}

func tagsLast(l Link) int {
	if l.File == "tags/index.html" {
		return 1
	}
	return 0
}

// rootNotes are the notes beside the home page, unless there are too many.
func rootNotes(s *Site) []*note.Note {
	var out []*note.Note
	for _, n := range s.Book.Notes {
		if !strings.Contains(n.Path, "/") && n != s.Book.Home {
			out = append(out, n)
		}
	}
	if len(out) > maxRootNotes {
		return nil
	}
	handbook.Order(out)
	return out
}
