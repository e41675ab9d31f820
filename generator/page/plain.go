package page

import (
	"path"

	"debrief/generator/note"
)

// A Plain is the data of page.html: any note that is just its text.
type Plain struct {
	Contents []Section // its headings; none when the author wants none or they are few
	Folders  []FolderEntry
	List     List // what lies beside it, when it is the index of its folder
}

// fewHeadings need no contents beside the text.
const fewHeadings = 3

func plainData(s *Site, n *note.Note) *Plain {
	d := &Plain{Contents: headings(n)}
	if f, ok := note.Of[*note.Page](n); len(d.Contents) < fewHeadings || ok && f.TOC.Set && !f.TOC.B {
		d.Contents = nil
	}
	if f := s.Book.FolderAt(path.Dir(n.Path)); f != nil && f.Index == n {
		all := folderData(s, f)
		d.Folders, d.List = all.Folders, all.List
	}
	return d
}
