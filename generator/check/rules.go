package check

import (
	"slices"
	"strings"
	"time"

	"debrief/generator/claim"
	"debrief/generator/diag"
	"debrief/generator/handbook"
	"debrief/generator/note"
)

// A Rule is one thing that debrief finds, under the name by which authors
// silence it and `debrief explain` explains it.
type Rule struct {
	Name   string
	Levels []diag.Severity // that it comes at, worst first
	// Loud findings are errors about a note that could not be read as it is
	// meant. lint_ignore does not silence them: it would also silence
	// whatever goes wrong in that note later.
	Loud bool

	// How it finds; none where a note is read, a link is followed or a page is
	// planned.
	due   func(*handbook.Handbook, time.Time) diag.List // by the day, see Due
	find  finder                                        // in the whole handbook
	picks func(*handbook.Handbook) []*note.Note         // over the whole handbook
	of    func(*note.Note) diag.Finding                 // a note that it picked; follows from the note alone
	looks looker                                        // at each note
	says  sayers                                        // at the words of each note, see talk
	whole bool                                          // it finds what is missing, so it must see every note
}

type finder func(*handbook.Handbook, *claim.Ledger) diag.List

// A looker looks at one note. What it finds follows from the note, the
// incident that it stands on, and their facts and claims.
type looker func(*note.Note, *handbook.Handbook, *claim.Ledger) diag.List

// sayers look at one note's words.
type sayers func(*told, *claim.Ledger)

// Level is the rule's levels in words, like "error or warning".
func (r Rule) Level() string {
	words := make([]string, len(r.Levels))
	for i, l := range r.Levels {
		words[i] = l.String()
	}
	if last := len(words) - 1; last > 0 {
		return strings.Join(words[:last], ", ") + " or " + words[last]
	}
	return words[0]
}

var (
	errors   = []diag.Severity{diag.Error}
	warnings = []diag.Severity{diag.Warning}
	infos    = []diag.Severity{diag.Info}
	// hard rules tell the certain from the likely.
	hard = []diag.Severity{diag.Error, diag.Warning}
	soft = []diag.Severity{diag.Warning, diag.Info}
)

// Rules returns every rule of debrief, by subject: reading files, reading
// notes, what each kind of note must hold, links, and what only the whole
// handbook shows.
func Rules() []Rule { return slices.Clone(rules) }

// Named returns the rule of that name.
func Named(name string) (r Rule, ok bool) {
	i, ok := byName[name]
	if !ok {
		return Rule{}, false
	}
	return rules[i], true
}

var byName = make(map[string]int)

// rules is the table. A new rule is one line here, one function (here, or
// where the note is read), one page in docs/rules and one file in
// testdata/rules. It is filled in by init because the rule about unknown rules
// looks names up in it.
var rules []Rule

func init() {
	rules = []Rule{
		// Files.
		{Name: "too-large", Levels: errors, Loud: true},
		{Name: "bad-encoding", Levels: warnings},
		{Name: "skipped-file", Levels: soft},

		// Front matter.
		{Name: "bad-front-matter", Levels: hard, Loud: true},
		{Name: "unknown-kind", Levels: hard},
		{Name: "unknown-key", Levels: soft},
		{Name: "fill-me", Levels: infos},
		{Name: "missing-field", Levels: warnings},
		{Name: "bad-value", Levels: hard, find: badValues},
		{Name: "bad-time", Levels: hard},
		{Name: "bad-duration", Levels: errors},
		{Name: "bad-unit", Levels: hard},

		// Text.
		{Name: "too-complex", Levels: warnings},
		{Name: "render-panic", Levels: errors, Loud: true},
		{Name: "unclosed-comment", Levels: warnings},
		{Name: "unclear-private", Levels: warnings},
		{Name: "unknown-callout", Levels: soft},
		{Name: "duplicate-anchor", Levels: warnings},
		{Name: "bad-url", Levels: warnings},
		{Name: "external-image", Levels: infos},

		// Incidents and playbooks.
		{Name: "time-order", Levels: hard, find: followupsBeforeTheEnd},
		{Name: "derived-mismatch", Levels: errors, looks: incidents(typedTimes)},
		{Name: "raci-no-a", Levels: warnings},
		{Name: "raci-two-a", Levels: warnings},
		{Name: "raci-no-r", Levels: warnings},
		{Name: "raci-c-and-i", Levels: warnings},
		{Name: "raci-candidate-absent", Levels: infos, looks: incidents(absentAuthor)},
		{Name: "dora-misuse", Levels: soft, looks: incidents(deliveryMetrics), says: levelWithoutYear},
		{Name: "tree-dangling", Levels: errors},
		{Name: "tree-cycle", Levels: errors},
		{Name: "tree-unreachable", Levels: warnings},
		{Name: "edge-unlabelled", Levels: warnings},

		// Stories and signals.
		{Name: "missing-section", Levels: warnings},
		{Name: "empty-section", Levels: warnings},
		{Name: "section-order", Levels: warnings},
		{Name: "signal-pair", Levels: warnings},

		// What is said, in the order of speaking: a later rule is silent about
		// a sentence that an earlier one has named, where both mean the same.
		{Name: "result-without-number", Levels: warnings, says: resultWithoutNumber},
		{Name: "vague-metric", Levels: warnings, says: vagueMetric},
		{Name: "runbook-without-outcome", Levels: warnings, says: runbookWithoutOutcome},
		{Name: "tool-without-outcome", Levels: infos, says: toolWithoutOutcome},
		{Name: "weak-ownership", Levels: warnings, says: weakOwnership},
		{Name: "passive-ownership", Levels: infos, says: passiveOwnership},
		{Name: "tone-words", Levels: infos, says: toneWords},
		{Name: "too-long", Levels: warnings, says: storyLength},
		{Name: "too-short", Levels: warnings}, // told with too-long
		{Name: "section-balance", Levels: infos, says: sectionBalance},
		{Name: "target-missed-unsaid", Levels: warnings, says: targetMissedUnsaid},
		{Name: "sla-wording", Levels: warnings, says: slaWording},
		{Name: "no-counterfactual", Levels: warnings, says: noCounterfactual},
		{Name: "bare-mttr", Levels: infos, says: bareMTTR},
		{Name: "red-signal", Levels: infos, says: redSignal},
		{Name: "still-burning", Levels: warnings, looks: incidents(stillBurning)},
		{Name: "identifies", Levels: errors, find: identifies},

		// Offers and follow-ups.
		{Name: "stale", Levels: infos, due: stale},
		{Name: "followup-late", Levels: infos, due: lateFollowups},
		{Name: "vest-sum", Levels: errors},
		{Name: "equity-form", Levels: errors},
		{Name: "implausible-equity", Levels: warnings},
		{Name: "mixed-currency", Levels: errors},
		{Name: "supersedes-cycle", Levels: errors, find: supersedesInCircles},
		{Name: "followup-generic", Levels: warnings, find: genericFollowups},

		// Figures.
		{Name: "contradicts-fact", Levels: hard, looks: contradictedClaims},
		{Name: "phase-sum", Levels: warnings, looks: phasesThatDoNotAddUp},
		{Name: "cadence", Levels: warnings, looks: brokenCadence},
		{Name: "percent-or-points", Levels: warnings, looks: percentForPoints},

		// References.
		{Name: "bad-reference", Levels: hard},
		{Name: "broken-link", Levels: []diag.Severity{diag.Error, diag.Warning, diag.Info}},
		{Name: "broken-anchor", Levels: warnings},
		{Name: "loose-anchor", Levels: infos},
		{Name: "ambiguous-link", Levels: warnings},
		{Name: "attachment-not-copied", Levels: warnings},
		{Name: "name-in-word", Levels: infos},
		{Name: "unknown-fact", Levels: soft, find: unknownFacts},
		{Name: "unknown-rule", Levels: warnings, looks: unknownRules},

		// Names and places.
		{Name: "duplicate-id", Levels: errors},
		{Name: "duplicate-order", Levels: warnings, find: duplicateOrders},
		{Name: "slug-collision", Levels: warnings},
		{Name: "generated-page-replaced", Levels: infos},

		// Coverage.
		{Name: "principle-without-story", Levels: soft, find: gaps(PrincipleWithoutStory), whole: true},
		{Name: "asked-not-told", Levels: infos, find: gaps(AskedNotTold), whole: true},
		{Name: "round-under-two-stories", Levels: warnings, find: gaps(RoundUnderTwoStories), whole: true},
		{Name: "story-without-principle", Levels: warnings, find: gaps(StoryWithoutPrinciple), whole: true},
		{Name: "story-overused", Levels: warnings, find: gaps(StoryOverused), whole: true},
		{Name: "question-unanswered", Levels: infos, find: gaps(QuestionUnanswered), whole: true},
		{Name: "one-story-per-incident", Levels: infos, picks: untoldIncidents, of: untoldIncident, whole: true},
	}
	for i, r := range rules {
		byName[r.Name] = i
	}
}
