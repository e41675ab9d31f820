package page

import (
	"cmp"
	"path"
	"slices"

	"debrief/generator/handbook"
	"debrief/generator/measure"
	"debrief/generator/note"
)

// A Folder is the data of folder.html and tag.html: what lies in one folder,
// or bears one tag.
type Folder struct {
	Folders []FolderEntry // the folders in it
	List    List
}

// A FolderEntry is a folder in a folder.
type FolderEntry struct {
	Link
	Count string // "12 notes"
}

// A List is notes as a table that can be sorted and narrowed down.
type List struct {
	Entries   []Entry
	ShowKind  bool   // the notes are of several kinds
	ShowDate  bool   // at least one has a date
	Feature   string // heading of the column that its kind is chosen by; "" for none
	ShowAbout bool   // at least one has a description of its own
}

// An Entry is one note of a list.
type Entry struct {
	Link
	Kind    string
	When    When
	About   string // the author's description
	Feature string // what one chooses by, as text
	Sort    string // the feature as a number to sort by, or ""
}

// features are what readers choose the notes of a kind by.
var features = map[string]string{
	"incident": "Mitigated in", "story": "Strength", "round": "Type", "question": "Type",
	"playbook": "Last drilled", "offer": "Stage", "followup": "To", "signal": "Category",
}

// List gathers notes for a table, in the order given.
func (s *Site) List(notes []*note.Note) List {
	var l List
	for _, n := range notes {
		e := Entry{Link: s.LinkTo(n), Kind: n.Kind.One, When: whenOf(n), About: s.standfirst(n)}
		e.Feature, e.Sort = s.feature(n)
		l.Entries = append(l.Entries, e)
		l.ShowKind = l.ShowKind || n.Kind != notes[0].Kind
		l.ShowDate = l.ShowDate || e.When.Text != ""
		l.ShowAbout = l.ShowAbout || e.About != ""
	}
	if !l.ShowKind && len(notes) > 0 && slices.ContainsFunc(l.Entries, func(e Entry) bool { return e.Feature != "" }) {
		l.Feature = features[notes[0].Kind.Name]
	}
	return l
}

func (s *Site) feature(n *note.Note) (text, sort string) {
	switch f := n.Fields.(type) {
	case *note.Incident:
		if fact, ok := s.Ledger.Fact(n, "time_to_mitigate"); ok {
			return fact.Text, measure.FormatNumber(f.MitigatedAt.T.Sub(f.StartedAt.T).Seconds(), 0)
		}
	case *note.Story:
		if f.Strength > 0 {
			return dots(f.Strength), measure.FormatNumber(float64(f.Strength), 0)
		}
	case *note.Round:
		return s.roundType(f), ""
	case *note.Question:
		return s.questionType(f), ""
	case *note.Playbook:
		return dayOf(f.LastDrilled).Text, f.LastDrilled.String()
	case *note.Offer:
		return f.Stage, ""
	case *note.Followup:
		return f.To, ""
	case *note.Signal:
		return note.Words(f.Category), ""
	}
	return "", ""
}

// folderPage plans the page of a folder without an index of the author's.
func folderPage(s *Site, f *handbook.Folder) *Page {
	return &Page{
		File: f.File, Template: "folder", Title: f.Title,
		Data: func() any { return folderData(s, f) },
	}
}

func folderData(s *Site, f *handbook.Folder) *Folder {
	d := &Folder{List: s.List(f.Notes)}
	if f.Kind != nil && f.Kind.Name == "principle" {
		d.List = s.listPrinciples()
	}
	for _, sub := range f.Folders {
		d.Folders = append(d.Folders, FolderEntry{Link{Text: sub.Title, File: sub.File}, plural(countNotes(sub), "note", "notes")})
	}
	return d
}

func countNotes(f *handbook.Folder) int {
	n := len(f.Notes)
	for _, sub := range f.Folders {
		n += countNotes(sub)
	}
	return n
}

// principlesIndex is where the list of principles lies when the author has no
// folder for them.
const principlesIndex = "principles/index.html"

// principlesPage plans that list; where the author has a folder of that name
// its page comes first.
func principlesPage(s *Site) *Page {
	return &Page{
		File: principlesIndex, Template: "folder", Title: "Principles",
		Data: func() any { return &Folder{List: s.listPrinciples()} },
	}
}

// listPrinciples lists all principles, the pack's and the author's, in order.
func (s *Site) listPrinciples() List {
	l := List{ShowAbout: true, Feature: "Stories"}
	for _, p := range s.Book.Principles {
		n := len(s.Book.StoriesShowing(p))
		text := plural(n, "story", "stories")
		if n == 0 {
			text = "none yet"
		}
		l.Entries = append(l.Entries, Entry{
			Link: Link{Text: p.Name, File: p.File}, Kind: "Principle", About: p.Summary,
			Feature: text, Sort: measure.FormatNumber(float64(n), 0),
		})
	}
	return l
}

// sortedFolders are the folders in the root, those of kinds in the kinds'
// order and the others by name after them.
func sortedFolders(book *handbook.Handbook) []*handbook.Folder {
	rank := func(f *handbook.Folder) int {
		if i := slices.Index(note.Kinds, f.Kind); f.Kind != nil && i >= 0 {
			return i
		}
		return len(note.Kinds)
	}
	var out []*handbook.Folder
	for _, f := range book.Folders {
		if f.Parent == nil {
			out = append(out, f)
		}
	}
	slices.SortStableFunc(out, func(a, b *handbook.Folder) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(path.Base(a.Path), path.Base(b.Path)))
	})
	return out
}
