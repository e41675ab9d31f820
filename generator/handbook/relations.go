package handbook

import (
	"cmp"
	"slices"

	"debrief/generator/note"
)

// The relations between kinds, each readable from both ends.

// IncidentOf returns the incident that a story stands on, or nil.
func (h *Handbook) IncidentOf(story *note.Note) *note.Note {
	return incidentIn(h.References(story))
}

// Incidents are those that notes stand on, by the notes' numbers; nil where
// there is none.
func (h *Handbook) Incidents() []*note.Note {
	on := make([]*note.Note, len(h.Notes))
	for i, named := range h.refs {
		on[i] = incidentIn(named)
	}
	return on
}

func incidentIn(named []Named) *note.Note {
	for _, r := range named {
		if r.Field == "incident" && r.Note != nil {
			return r.Note
		}
	}
	return nil
}

// StoriesOn returns the stories that stand on an incident, strongest first.
func (h *Handbook) StoriesOn(incident *note.Note) []*note.Note {
	return byStrength(h.Naming(incident, "story", "incident"))
}

// StoriesShowing returns the stories that show a principle, strongest first.
// The list is the handbook's own: it is asked for by every round and page that
// speaks of the principle, and must not be changed.
func (h *Handbook) StoriesShowing(p *Principle) []*note.Note { return slices.Clip(h.showing[p]) }

// listShowing turns the principles of all stories around.
func (h *Handbook) listShowing() {
	for _, s := range byStrength(h.OfKind("story")) {
		for _, p := range h.PrinciplesOf(s) {
			h.showing[p] = append(h.showing[p], s)
		}
	}
}

// StoriesIn returns the stories assigned to a round, in the author's order.
func (h *Handbook) StoriesIn(round *note.Note) []*note.Note { return h.Named(round, "stories") }

// SpareStories returns the stories that show a principle asked in the round
// and are not assigned to it, strongest first.
func (h *Handbook) SpareStories(round *note.Note) []*note.Note {
	known := make(map[*note.Note]bool)
	for _, s := range h.StoriesIn(round) {
		known[s] = true
	}
	var out []*note.Note
	for _, p := range h.PrinciplesOf(round) {
		for _, s := range h.StoriesShowing(p) {
			if !known[s] {
				known[s] = true
				out = append(out, s)
			}
		}
	}
	return byStrength(out)
}

// RoundsTelling returns the rounds that a story is assigned to.
func (h *Handbook) RoundsTelling(story *note.Note) []*note.Note {
	return h.Naming(story, "round", "stories")
}

// StoriesAnswering returns the stories that answer a question, whichever of
// the two says so.
func (h *Handbook) StoriesAnswering(question *note.Note) []*note.Note {
	return byStrength(union(h.Named(question, "answered_by"), h.Naming(question, "story", "questions")))
}

// Answered reports whether a question has an answer: its own text or a story.
func (h *Handbook) Answered(question *note.Note) bool {
	return question.Body.Says || len(h.StoriesAnswering(question)) > 0
}

// QuestionsAnswered returns the questions that a story answers.
func (h *Handbook) QuestionsAnswered(story *note.Note) []*note.Note {
	out := union(h.Named(story, "questions"), h.Naming(story, "question", "answered_by"))
	Order(out)
	return out
}

// QuestionsIn returns the questions of a round, whichever of the two says so.
func (h *Handbook) QuestionsIn(round *note.Note) []*note.Note {
	return union(h.Named(round, "questions"), h.Naming(round, "question", "round"))
}

// PlaybookOf returns the playbook that an incident used, or nil.
func (h *Handbook) PlaybookOf(incident *note.Note) *note.Note {
	if all := h.Named(incident, "playbook"); len(all) > 0 {
		return all[0]
	}
	return nil
}

// IncidentsUsing returns the incidents that used a playbook.
func (h *Handbook) IncidentsUsing(playbook *note.Note) []*note.Note {
	return h.Naming(playbook, "incident", "playbook")
}

// PlaybooksIn returns the playbooks of a round: those it names, then those of
// the incidents that its stories stand on.
func (h *Handbook) PlaybooksIn(round *note.Note) []*note.Note {
	out := h.Named(round, "playbooks")
	for _, s := range h.StoriesIn(round) {
		if i := h.IncidentOf(s); i != nil {
			if p := h.PlaybookOf(i); p != nil && !slices.Contains(out, p) {
				out = append(out, p)
			}
		}
	}
	return out
}

// SignalsOf returns the red signals whose good form a story shows.
func (h *Handbook) SignalsOf(story *note.Note) []*note.Note {
	return h.Naming(story, "signal", "stories")
}

// FollowupsOf returns the follow-ups of a round.
func (h *Handbook) FollowupsOf(round *note.Note) []*note.Note {
	return h.Naming(round, "followup", "round")
}

func union(a, b []*note.Note) []*note.Note {
	out := slices.Clone(a)
	for _, n := range b {
		if !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	return out
}

func byStrength(stories []*note.Note) []*note.Note {
	slices.SortStableFunc(stories, func(a, b *note.Note) int { return cmp.Compare(strength(b), strength(a)) })
	return stories
}

func strength(n *note.Note) int {
	if s, ok := note.Of[*note.Story](n); ok {
		return s.Strength
	}
	return 0
}
