package check

import (
	"fmt"
	"slices"
	"strings"

	"debrief/generator/claim"
	"debrief/generator/diag"
	"debrief/generator/handbook"
	"debrief/generator/note"
)

// A Gap is something that a loop will ask for and the handbook cannot answer
// yet. Rules find it where the author will mend it, and pages gather what is
// missing; both have it from here, so that they never say different things.
type Gap struct {
	diag.Finding
	Note       *note.Note            // the round, story or question; the handbook's start for principles that nobody asks
	Principles []*handbook.Principle // that no story shows, or none of the round
	Count      int                   // stories of the round; rounds of one loop that tell the story
	Ways       []*note.Note          // stories that would close it, strongest first
}

// gapRules are the rules that find gaps.
var gapRules = map[string]func(*handbook.Handbook) []Gap{
	PrincipleWithoutStory: principlesWithoutStory,
	AskedNotTold:          askedNotTold,
	RoundUnderTwoStories:  roundsUnderTwoStories,
	StoryWithoutPrinciple: storiesWithoutPrinciple,
	StoryOverused:         overusedStories,
	QuestionUnanswered:    unansweredQuestions,
}

// The names of the rules that find gaps.
const (
	PrincipleWithoutStory = "principle-without-story"
	AskedNotTold          = "asked-not-told"
	RoundUnderTwoStories  = "round-under-two-stories"
	StoryWithoutPrinciple = "story-without-principle"
	StoryOverused         = "story-overused"
	QuestionUnanswered    = "question-unanswered"
)

// Gaps returns what is missing for the rounds to come, rule by rule and in
// reading order, without what authors have silenced.
func Gaps(book *handbook.Handbook) []Gap {
	if !book.Prepares() {
		return nil
	}
	var out []Gap
	for _, r := range rules {
		if find := gapRules[r.Name]; find != nil {
			out = append(out, find(book)...)
		}
	}
	silence := silenceOf(book.Notes)
	return slices.DeleteFunc(out, func(g Gap) bool { return silence.hides(g.Finding) })
}

// IsGap reports whether a rule finds gaps.
func IsGap(rule string) bool { return gapRules[rule] != nil }

// gaps is a rule that finds gaps.
func gaps(rule string) finder {
	return func(book *handbook.Handbook, _ *claim.Ledger) diag.List {
		var found diag.List
		for _, g := range gapRules[rule](book) {
			found = append(found, g.Finding)
		}
		return found
	}
}

// toCome returns the rounds that one can still prepare for.
func toCome(book *handbook.Handbook) []*note.Note {
	return slices.DeleteFunc(book.OfKind("round"), func(n *note.Note) bool {
		f, _ := note.Of[*note.Round](n)
		return f.Status == "done" || f.Status == "cancelled"
	})
}

// shown returns the principles that stories show, or meant to: a misspelt one
// has its own finding.
func shown(book *handbook.Handbook) map[*handbook.Principle]bool {
	by := make(map[*handbook.Principle]bool)
	var slugs []string
	for _, p := range book.Principles {
		slugs = append(slugs, p.Slug)
	}
	for _, n := range book.OfKind("story") {
		read := make(map[diag.Pos]bool)
		for _, r := range book.References(n) {
			if r.Principle != nil {
				by[r.Principle], read[r.Ref.Pos] = true, true
			}
		}
		f, _ := note.Of[*note.Story](n)
		for _, r := range f.Principles {
			if !read[r.Pos] {
				by[book.PrincipleNamed(diag.Near(r.Name, slugs))] = true
			}
		}
	}
	return by
}

// principlesWithoutStory finds principles that a round to come asks and no
// story shows, where the first such round asks them; and, in one finding, the
// principles that nobody asks yet and no story shows.
func principlesWithoutStory(book *handbook.Handbook) []Gap {
	var found []Gap
	by := shown(book)
	asked := make(map[*handbook.Principle]bool)
	for _, n := range toCome(book) {
		for _, r := range book.References(n) {
			if r.Principle == nil || asked[r.Principle] {
				continue
			}
			asked[r.Principle] = true
			if !by[r.Principle] {
				found = append(found, Gap{Note: n, Principles: []*handbook.Principle{r.Principle},
					Finding: n.FindAt(PrincipleWithoutStory, diag.Warning, r.Ref.Pos, r.Ref.Len,
						"this round asks for %s, and no story shows it", r.Principle.Name).
						Hint("tell a story in which you did it, and name %s in its principles:", r.Principle.Slug)})
			}
		}
	}
	return append(found, unaskedPrinciples(book, by, asked)...)
}

// unaskedPrinciples says in one finding what no story shows and no round asks:
// sixteen would hide the others. It stands at the start of the handbook, since
// it is about no note in particular.
func unaskedPrinciples(book *handbook.Handbook, shown, asked map[*handbook.Principle]bool) []Gap {
	place := startOf(book)
	if place == nil {
		return nil
	}
	var bare []*handbook.Principle
	var names []string
	for _, p := range book.Principles {
		if !shown[p] && !asked[p] && !silences(p.Note, PrincipleWithoutStory) {
			bare, names = append(bare, p), append(names, p.Name)
		}
	}
	if len(bare) == 0 {
		return nil
	}
	return []Gap{{Note: place, Principles: bare,
		Finding: place.Find(PrincipleWithoutStory, diag.Info, at("title"), "no story shows %s; no round asks for %s yet", few(names), them(len(names))).
			Hint("interviewers share the principles out among them; prepare the ones your target asks for first")}}
}

// startOf is the note that stands for the handbook as a whole: its home, else
// its first round or story; nil while there is nothing to tell yet.
func startOf(book *handbook.Handbook) *note.Note {
	told := append(book.OfKind("round"), book.OfKind("story")...)
	switch {
	case len(told) == 0:
		return nil
	case book.Home != nil:
		return book.Home
	}
	return told[0]
}

func silences(n *note.Note, rule string) bool { return n != nil && slices.Contains(n.LintIgnore, rule) }

// few names the first of many.
func few(names []string) string {
	const most = 4
	switch n := len(names); {
	case n == 1:
		return names[0]
	case n <= most:
		return strings.Join(names[:n-1], ", ") + " and " + names[n-1]
	default:
		return fmt.Sprintf("%s and %d more principles", strings.Join(names[:most-1], ", "), n-most+1)
	}
}

func them(n int) string {
	if n == 1 {
		return "it"
	}
	return "them"
}

// askedNotTold finds principles that a round asks, that a story shows, and
// that no story of the round shows. A round whose stories are still to be
// chosen, or are misspelt, is told that alone.
func askedNotTold(book *handbook.Handbook) []Gap {
	var found []Gap
	for _, n := range toCome(book) {
		f, _ := note.Of[*note.Round](n)
		stories := book.StoriesIn(n)
		if !f.TellsStories() || len(stories) < 2 || len(stories) < distinct(f.Stories) {
			continue
		}
		told := make(map[*handbook.Principle]bool)
		for _, s := range stories {
			for _, p := range book.PrinciplesOf(s) {
				told[p] = true
			}
		}
		for _, r := range book.References(n) {
			if r.Principle == nil || told[r.Principle] {
				continue
			}
			if would := book.StoriesShowing(r.Principle); len(would) > 0 {
				found = append(found, Gap{Note: n, Principles: []*handbook.Principle{r.Principle}, Ways: would,
					Finding: n.FindAt(AskedNotTold, diag.Info, r.Ref.Pos, r.Ref.Len,
						"this round asks for %s, and none of its stories shows it", r.Principle.Name).
						Hint("%s would", would[0].Path)})
			}
		}
	}
	return found
}

// given reports whether the author gave a list enough items; one that is still
// to be filled in has its own finding and counts as many.
func given(n *note.Note, key string, items, enough int) bool {
	return items >= enough || n.Front.Unfilled(key)
}

// roundsUnderTwoStories finds rounds to come with fewer than two stories.
// Names that lead nowhere have their own finding and count.
func roundsUnderTwoStories(book *handbook.Handbook) []Gap {
	var found []Gap
	for _, n := range toCome(book) {
		f, _ := note.Of[*note.Round](n)
		if !f.TellsStories() || given(n, "stories", distinct(f.Stories), 2) {
			continue
		}
		what := "no story is assigned to this round"
		if distinct(f.Stories) > 0 {
			what = "only one story is assigned to this round"
		}
		g := Gap{Note: n, Count: distinct(f.Stories), Ways: book.SpareStories(n), Finding: n.Find(RoundUnderTwoStories, diag.Warning, at("stories"), "%s", what)}
		if len(g.Ways) > 0 {
			g.Finding = g.Hint("%s shows a principle that is asked here", g.Ways[0].Path)
		}
		g.Finding = g.Hint("interviewers commonly ask for a second story; list two in stories:")
		found = append(found, g)
	}
	return found
}

// storiesWithoutPrinciple finds stories that no principle finds.
func storiesWithoutPrinciple(book *handbook.Handbook) []Gap {
	var found []Gap
	if len(book.Principles) == 0 {
		return nil // a pack without principles asks for none
	}
	for _, n := range book.OfKind("story") {
		f, _ := note.Of[*note.Story](n)
		if !n.Unread && !given(n, "principles", distinct(f.Principles), 1) {
			found = append(found, Gap{Note: n,
				Finding: n.Find(StoryWithoutPrinciple, diag.Warning, at("title"), "this story names no principle, so no round finds it").
					Hint("name one to three that its actions prove, like principles: [%s]", book.Principles[0].Slug)})
		}
	}
	return found
}

// manyPrinciples finds stories that are said to show more than three. It counts
// principles, not words: [Are Right, A Lot] without quotes is one.
func manyPrinciples(book *handbook.Handbook) diag.List {
	var found diag.List
	for _, n := range book.OfKind("story") {
		if shown := len(book.PrinciplesOf(n)); shown > 3 {
			found = append(found, n.Find("bad-value", diag.Warning, at("principles"), "a story shows one to three principles, not %d", shown).
				Hint("keep the ones that the actions prove; interviewers write down one or two"))
		}
	}
	return found
}

// overusedStories finds stories told in more than two rounds of one loop.
func overusedStories(book *handbook.Handbook) []Gap {
	type telling struct{ loop, company string }
	var found []Gap
	for _, n := range book.OfKind("story") {
		rounds := make(map[telling][]string)
		var most []string // of one loop
		for _, r := range book.RoundsTelling(n) {
			f, _ := note.Of[*note.Round](r)
			if f.Status == "cancelled" {
				continue
			}
			loop := telling{f.Loop, r.Company}
			if rounds[loop] = append(rounds[loop], r.Path); len(rounds[loop]) > len(most) {
				most = rounds[loop]
			}
		}
		if len(most) > 2 {
			found = append(found, Gap{Note: n, Count: len(most),
				Finding: n.Find(StoryOverused, diag.Warning, at("title"), "this story is told in more than two rounds of one loop").
					Hint("%s tell it; interviewers compare notes afterwards", strings.Join(most, ", ")).
					Hint("give one of the rounds another story")})
		}
	}
	return found
}

// unansweredQuestions finds questions with neither a text nor a story.
func unansweredQuestions(book *handbook.Handbook) []Gap {
	var found []Gap
	for _, n := range book.OfKind("question") {
		f, _ := note.Of[*note.Question](n)
		if book.Answered(n) || given(n, "answered_by", distinct(f.AnsweredBy), 1) {
			continue
		}
		found = append(found, Gap{Note: n,
			Finding: n.Find(QuestionUnanswered, diag.Info, at("title"), "this question has no answer and no story").
				Hint("write the answer as the note's text, or name a story in answered_by:")})
	}
	return found
}

// untoldIncidents are those that no story stands on. While a story's incident
// is misspelt, which one lacks a story cannot be told.
func untoldIncidents(book *handbook.Handbook) []*note.Note {
	incidents := book.OfKind("incident")
	told := make(map[*note.Note]bool, len(incidents))
	stories := 0
	for i, on := range book.Incidents() {
		n := book.Notes[i]
		f, ok := note.Of[*note.Story](n)
		if !ok {
			continue
		}
		if on == nil && (f.Incident.Name != "" || n.Front.Unfilled("incident")) {
			return nil
		}
		told[on] = true
		stories++
	}
	if stories == 0 {
		return nil // nothing is told yet; the rounds say so
	}
	return slices.DeleteFunc(incidents, func(n *note.Note) bool { return told[n] })
}

func untoldIncident(n *note.Note) diag.Finding {
	return n.Find("one-story-per-incident", diag.Info, at("title"), "no story stands on this incident").
		Hint("write one with incident: %s, or leave the incident as background", n.ID)
}
