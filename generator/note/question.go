package note

import (
	"debrief/generator/diag"
	"debrief/generator/front"
)

var question = &Kind{
	Name: "question", Dir: "questions", One: "Question", Many: "Questions",
	New: func() Fields { return new(Question) },
}

// A Question is one that an interviewer may ask; its answer is the note's
// text or a story.
type Question struct {
	Text       string      `front:"text"`
	Principles []front.Ref `front:"principles,principle"`
	Type       string      `front:"type"`
	Round      front.Ref   `front:"round"`
	AnsweredBy []front.Ref `front:"answered_by"`
	Difficulty string      `front:"difficulty"`
	Source     string      `front:"source"`
	AskedOn    front.Date  `front:"asked_on"`
	FAQ        front.Bool  `front:"faq"`
}

// Refs returns the principles, the round and the stories that answer it.
func (q *Question) Refs() []Reference {
	refs := references("principles", q.Principles, "principle")
	refs = append(refs, references("round", []front.Ref{q.Round}, "round")...)
	return append(refs, references("answered_by", q.AnsweredBy, "story")...)
}

// Check knows the types of questions.
func (q *Question) Check(n *Note, report func(diag.Finding)) {
	choice(n, report, at("type"), q.Type, "behavioral", "behavioural", "technical", "design", "process")
}

// Wording is the question as asked.
func (q *Question) Wording(n *Note) string {
	if q.Text != "" {
		return q.Text
	}
	return n.Title
}
