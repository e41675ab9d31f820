package page

import (
	"cmp"
	"fmt"
	"slices"

	"debrief/generator/check"
	"debrief/generator/diag"
	"debrief/generator/handbook"
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

// gaps gathers what is missing for the rounds to come, worst first. What is a
// gap is for package check to say.
func gaps(s *Site) []Gap {
	var out []Gap
	for _, g := range check.Gaps(s.Book) {
		out = append(out, s.gap(g))
	}
	slices.SortStableFunc(out, func(a, b Gap) int { return cmp.Compare(a.rank, b.rank) })
	return out
}

// gap puts a gap into the words of a page that speaks of many notes.
func (s *Site) gap(g check.Gap) Gap {
	out := Gap{Rule: g.Rule, About: s.LinkTo(g.Note), Ways: s.LinksTo(first(g.Ways, 3)), rank: 4}
	say := func(format string, args ...any) { out.Text = fmt.Sprintf(format, args...) }
	switch {
	case g.Rule == check.RoundUnderTwoStories && g.Count == 0:
		say("%s has no story", g.Note.Title)
		out.rank = 0
	case g.Rule == check.RoundUnderTwoStories:
		say("%s has one story and needs a second", g.Note.Title)
		out.rank = 2
	case g.Rule == check.PrincipleWithoutStory && g.Severity == diag.Info: // nobody asks for them
		say("%s", noStoryShows(g.Principles, len(s.Book.OfKind("round")) > 0))
		out.About, out.rank = s.principleLink(g.Principles[0]), 5
	case g.Rule == check.PrincipleWithoutStory:
		say("%s asks for %s, and no story shows it", g.Note.Title, g.Principles[0].Name)
		out.About, out.rank = s.principleLink(g.Principles[0]), 1
	case g.Rule == check.AskedNotTold:
		say("%s asks for %s, and none of its stories shows it", g.Note.Title, g.Principles[0].Name)
		out.rank = 3
	case g.Rule == check.StoryWithoutPrinciple:
		say("“%s” names no principle", g.Note.Title)
	case g.Rule == check.StoryOverused:
		say("“%s” is told in %d rounds of one loop; interviewers compare notes", g.Note.Title, g.Count)
	case g.Rule == check.QuestionUnanswered:
		say("“%s” has no answer and no story", g.Note.Title)
	default:
		say("“%s”: %s", g.Note.Title, g.Message)
	}
	return out
}

// noStoryShows says which principles nobody asks yet and no story shows.
func noStoryShows(principles []*handbook.Principle, rounds bool) string {
	var names []string
	for _, p := range principles {
		names = append(names, p.Name)
	}
	they := "them"
	if len(names) == 1 {
		they = "it"
	}
	if more := len(names) - 3; more > 1 {
		names = append(names[:3], fmt.Sprintf("%d more principles", more))
	}
	text := "No story shows " + andList(names)
	if rounds {
		text += "; no round asks for " + they + " yet"
	}
	return text
}
