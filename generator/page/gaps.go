package page

import (
	"cmp"
	"fmt"
	"slices"

	"debrief/generator/handbook"
	"debrief/generator/note"
)

// A Gap is something that the loop will ask for and the handbook cannot
// answer yet.
type Gap struct {
	Rule  string // the rule it breaks, by the name `debrief explain` knows
	Text  string // in words, a whole sentence without a full stop
	About Link   // the note or page to work on
	Ways  []Link // notes that would close it
	rank  int    // least is worst
}

// The rules of package check that gaps break.
const (
	rulePrincipleWithoutStory = "principle-without-story"
	ruleRoundUnderTwoStories  = "round-under-two-stories"
	ruleStoryWithoutPrinciple = "story-without-principle"
	ruleStoryOverused         = "story-overused"
	ruleQuestionUnanswered    = "question-unanswered"
	ruleAskedNotTold          = "asked-not-told"
)

// gapRules are the rules that gaps speak for, so that the same thing is not
// said a second time as a finding.
var gapRules = []string{
	rulePrincipleWithoutStory, ruleRoundUnderTwoStories, ruleStoryWithoutPrinciple, ruleStoryOverused, ruleQuestionUnanswered, ruleAskedNotTold,
}

// gaps finds what is missing for the rounds to come, worst first. What an
// author has silenced in a note stays silent.
func gaps(s *Site) []Gap {
	var out []Gap
	add := func(n *note.Note, g Gap) {
		if n == nil || !slices.Contains(n.LintIgnore, g.Rule) {
			out = append(out, g)
		}
	}
	rounds := activeRounds(s)
	for _, r := range rounds {
		roundGaps(s, r, add)
	}
	principleGaps(s, rounds, add)
	storyGaps(s, add)
	for _, q := range s.Book.OfKind("question") {
		if !s.Book.Answered(q) {
			add(q, Gap{Rule: ruleQuestionUnanswered, About: s.LinkTo(q), rank: 4,
				Text: fmt.Sprintf("“%s” has no answer and no story", q.Title)})
		}
	}
	slices.SortStableFunc(out, func(a, b Gap) int { return cmp.Compare(a.rank, b.rank) })
	return out
}

func roundGaps(s *Site, r *note.Note, add func(*note.Note, Gap)) {
	f, _ := note.Of[*note.Round](r)
	if f.Status == "done" {
		return
	}
	here := s.LinkTo(r)
	assigned := s.Book.StoriesIn(r)
	if f.TellsStories() && len(assigned) < 2 {
		text, rank := "%s has no story", 0
		if len(assigned) == 1 {
			text, rank = "%s has one story and needs a second", 2
		}
		add(r, Gap{Rule: ruleRoundUnderTwoStories, Text: fmt.Sprintf(text, r.Title), About: here, Ways: s.LinksTo(first(s.Book.SpareStories(r), 3)), rank: rank})
	}
	for _, p := range s.Book.PrinciplesOf(r) {
		showing := s.Book.StoriesShowing(p)
		if len(both(assigned, showing)) > 0 {
			continue
		}
		if len(showing) == 0 {
			add(r, Gap{Rule: rulePrincipleWithoutStory, Text: fmt.Sprintf("%s asks for %s, and no story shows it", r.Title, p.Name), About: s.principleLink(p), rank: 1})
			continue
		}
		add(r, Gap{Rule: ruleAskedNotTold, Text: fmt.Sprintf("%s asks for %s, and none of its stories shows it", r.Title, p.Name), About: here, Ways: s.LinksTo(first(showing, 3)), rank: 3})
	}
}

// principleGaps says in one gap which principles nobody asks yet and no story
// shows: sixteen separate gaps would hide the others.
func principleGaps(s *Site, rounds []*note.Note, add func(*note.Note, Gap)) {
	var bare []*handbook.Principle
	for _, p := range s.Book.Principles {
		asked := slices.ContainsFunc(rounds, func(r *note.Note) bool { return asks(s, r, p) })
		if !asked && len(s.Book.StoriesShowing(p)) == 0 {
			bare = append(bare, p)
		}
	}
	if len(bare) == 0 || !s.Book.Prepares() {
		return
	}
	var names []string
	for _, p := range bare {
		names = append(names, p.Name)
	}
	text := "No story shows " + andList(names)
	if len(names) > 4 {
		text = fmt.Sprintf("No story shows %s", andList(append(slices.Clone(names[:3]), fmt.Sprintf("%d more principles", len(names)-3))))
	}
	if len(rounds) > 0 {
		text += "; no round asks for it yet"
		if len(names) > 1 {
			text = text[:len(text)-len("it yet")] + "them yet"
		}
	}
	add(bare[0].Note, Gap{Rule: rulePrincipleWithoutStory, Text: text, About: s.principleLink(bare[0]), rank: 5})
}

func storyGaps(s *Site, add func(*note.Note, Gap)) {
	for _, n := range s.Book.OfKind("story") {
		if len(s.Book.PrinciplesOf(n)) == 0 {
			add(n, Gap{Rule: ruleStoryWithoutPrinciple, Text: fmt.Sprintf("“%s” names no principle", n.Title), About: s.LinkTo(n), rank: 4})
		}
		perLoop := make(map[string]int)
		most := 0
		for _, r := range s.Book.RoundsTelling(n) {
			f, _ := note.Of[*note.Round](r)
			perLoop[f.Loop]++
			most = max(most, perLoop[f.Loop])
		}
		if most > 2 {
			add(n, Gap{Rule: ruleStoryOverused, Text: fmt.Sprintf("“%s” is told in %d rounds of one loop; interviewers compare notes", n.Title, most), About: s.LinkTo(n), rank: 4})
		}
	}
}
