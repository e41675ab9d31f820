package page

import "debrief/generator/handbook"

// tagPage plans the page of a tag: the notes that bear it.
func tagPage(s *Site, t *handbook.Tag) *Page {
	return &Page{
		File: t.File, Template: "tag", Title: "#" + t.Name, Kicker: "Tag",
		Data: func() any { return &Folder{List: s.List(t.Notes)} },
	}
}
