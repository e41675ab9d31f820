package page

import "debrief/generator/note"

// A Signal is the data of signal.html: a sentence that interviewers flag, and
// the better one.
type Signal struct {
	Bad, Good, Why string
	Particulars    []Term
	Stories        []Told // that show the good form
	Contents       []Section
}

func signalData(s *Site, n *note.Note, f *note.Signal) *Signal {
	d := &Signal{
		Why:         f.Why,
		Particulars: terms(Term{Name: "Category", Text: note.Words(f.Category)}),
		Stories:     s.AllTold(s.Book.Named(n, "stories")),
	}
	d.Bad, d.Good = f.Sides(n)
	if all := headings(n); len(all) >= fewHeadings {
		d.Contents = all
	}
	return d
}
