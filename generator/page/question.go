package page

import (
	"strings"

	"debrief/generator/note"
)

// A Question is the data of question.html: a question, and what answers it.
type Question struct {
	Wording     string // as asked, when the title says it in other words
	Particulars []Term
	Stories     []Told // that answer it, strongest first
	Answered    bool   // by the text or by a story
	HasText     bool
	Contents    []Section
}

func questionData(s *Site, n *note.Note, f *note.Question) *Question {
	d := &Question{
		Stories: s.AllTold(s.Book.StoriesAnswering(n)),
		HasText: n.Body.Says || n.Body.Plain,
		Particulars: terms(
			Term{Name: "Type", Text: s.questionType(f)},
			Term{Name: "Difficulty", Text: f.Difficulty},
			Term{Name: "Principles", Links: s.principleLinks(s.Book.PrinciplesOf(n))},
			Term{Name: "Rounds", Links: s.LinksTo(s.roundsAsking(n))},
			Term{Name: "Source", Text: f.Source},
			Term{Name: "Asked on", When: dayOf(f.AskedOn)},
		),
	}
	if w := f.Wording(n); !strings.EqualFold(w, n.Title) {
		d.Wording = w
	}
	d.Answered = d.HasText || len(d.Stories) > 0
	if all := headings(n); len(all) >= fewHeadings {
		d.Contents = all
	}
	return d
}

// roundsAsking returns the rounds of a question, whichever of the two says so.
func (s *Site) roundsAsking(question *note.Note) []*note.Note {
	out := s.Book.Named(question, "round")
	for _, r := range s.Book.Naming(question, "round", "questions") {
		if len(out) == 0 || out[0] != r {
			out = append(out, r)
		}
	}
	return out
}

// questionType is what a reader calls a type of question: the pack's word for
// rounds of that type, where it has one.
func (s *Site) questionType(f *note.Question) string {
	if f.Type == "" {
		return ""
	}
	if word, ok := s.Book.Pack.RoundTypes.Get(f.Type); ok {
		return word
	}
	return note.Words(f.Type)
}
