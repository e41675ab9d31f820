package page

// NotFound is the data of 404.html: where a lost reader may have wanted to go.
type NotFound struct {
	Folders []FolderEntry
}

func notFoundData(s *Site) any {
	d := &NotFound{}
	for _, f := range sortedFolders(s.Book) {
		d.Folders = append(d.Folders, FolderEntry{Link{Text: f.Title, File: f.File}, plural(countNotes(f), "note", "notes")})
	}
	return d
}
