package page

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"debrief/generator/check"
	"debrief/generator/diag"
	"debrief/generator/note"
)

// A Step is one thing to do next, with the rule that asks for it.
type Step struct {
	Text   string
	Way    string // how, when the rule says so
	Link   Link   // the note or page to work on
	Rule   string // of the finding, the gap, or the item of the preparation
	Effort string // in words, not a promise
	cost   int
	weight int // within a cost, least first
}

// The efforts, cheapest first.
var efforts = [...]string{"a minute", "a quarter of an hour", "an evening"}

// costs are what it takes to satisfy a rule, as an index into efforts. A rule
// that is not here takes a quarter of an hour.
var costs = map[string]int{
	"bad-front-matter": 0, "unknown-kind": 0, "bad-time": 0, "bad-duration": 0, "bad-unit": 0, "bad-value": 0, "bad-reference": 0,
	"duplicate-id": 0, "broken-link": 0, "broken-anchor": 0, "ambiguous-link": 0, "contradicts-fact": 0, "contradicts-front-matter": 0,
	"derived-mismatch": 0, "vest-sum": 0, "equity-form": 0, "mixed-currency": 0, "edge-unlabelled": 0, "tree-dangling": 0,
	"raci-no-a": 0, "raci-two-a": 0, "raci-no-r": 0, "raci-c-and-i": 0, "bare-mttr": 0, "percent-or-points": 0, "target-missed-unsaid": 0,
	check.AskedNotTold: 0, check.StoryWithoutPrinciple: 0,
	"missing-section": 2, check.PrincipleWithoutStory: 2, check.RoundUnderTwoStories: 2,
}

// tellingInfos are findings of the least severity that are worth a step;
// the others are only to be known.
var tellingInfos = []string{"fill-me", "question-unanswered", "stale", "followup-late", "followup-generic"}

const (
	ruleToldLongestAgo = "told-longest-ago"
	preparationPrefix  = "preparation: "
)

// steps are the next things to do, cheapest first: what was found in the
// notes, what the rounds lack, what the preparation still wants. Each note
// comes once for a rule. Only the author is told.
func steps(s *Site) []Step {
	if s.Book.Profile > note.Private {
		return nil
	}
	out := findingSteps(s)
	for _, g := range s.gaps() {
		out = append(out, gapStep(g))
	}
	for k, item := range s.items() {
		if item.Done || item.Own {
			continue
		}
		out = append(out, Step{Text: capital(item.Text), Way: item.Missing, Link: item.Help, Rule: preparationPrefix + item.ID,
			Effort: efforts[2], cost: 2, weight: 10 + k})
	}
	if next, ok := nextTelling(s); ok {
		out = append(out, next)
	}
	slices.SortStableFunc(out, func(a, b Step) int { return cmp.Or(cmp.Compare(a.cost, b.cost), cmp.Compare(a.weight, b.weight)) })
	return out
}

func findingSteps(s *Site) []Step {
	type cause struct{ rule, path string }
	seen := make(map[cause]bool)
	var out []Step
	for _, f := range s.Findings {
		n := s.Book.At(f.Path)
		switch {
		case n == nil, seen[cause{f.Rule, f.Path}], check.IsGap(f.Rule):
			continue
		case f.Severity == diag.Info && !slices.Contains(tellingInfos, f.Rule):
			continue
		}
		seen[cause{f.Rule, f.Path}] = true
		cost, ok := costs[f.Rule]
		if !ok {
			cost = 1
		}
		step := Step{Text: asSentence(f.Message), Link: s.LinkTo(n), Rule: f.Rule, Effort: efforts[cost], cost: cost, weight: int(diag.Error - f.Severity)}
		if len(f.Hints) > 0 {
			step.Way = f.Hints[0]
		}
		out = append(out, step)
	}
	return out
}

func gapStep(g Gap) Step {
	cost, ok := costs[g.Rule]
	if !ok {
		cost = 1
	}
	step := Step{Text: g.Text, Link: g.About, Rule: g.Rule, weight: 3 + g.rank}
	if len(g.Ways) > 0 {
		cost = 0 // the story exists; it only has to be assigned
		step.Way = "assign “" + g.Ways[0].Text + "”"
	}
	step.Effort, step.cost = efforts[cost], cost
	return step
}

// nextTelling is the story to say aloud next: one never told, else the one
// told longest ago. The strongest comes first among equals.
func nextTelling(s *Site) (Step, bool) {
	stories := s.Book.OfKind("story")
	if len(stories) == 0 {
		return Step{}, false
	}
	told := func(n *note.Note) *note.Story { f, _ := note.Of[*note.Story](n); return f }
	next := slices.MinFunc(stories, func(a, b *note.Note) int {
		return cmp.Or(told(a).LastTold.T.Compare(told(b).LastTold.T), cmp.Compare(told(b).Strength, told(a).Strength), cmp.Compare(a.Path, b.Path))
	})
	text := fmt.Sprintf("Tell “%s” aloud against the clock; it was never told yet", next.Title)
	if last := told(next).LastTold; last.Set {
		text = fmt.Sprintf("Tell “%s” aloud against the clock; it was last told on %s, longest ago of all", next.Title, longDay(last.T))
	}
	return Step{Text: text, Link: s.LinkTo(next), Rule: ruleToldLongestAgo, Effort: efforts[1], cost: 1, weight: 9}, true
}

// asSentence makes a finding begin as a sentence does, but for the key that it
// may begin with: sent_at is never Sent_at.
func asSentence(message string) string {
	if first, _, _ := strings.Cut(message, " "); strings.ContainsAny(first, "_.:[") {
		return message
	}
	return capital(message)
}
