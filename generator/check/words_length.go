package check

import (
	"fmt"
	"strings"
	"time"

	"debrief/generator/claim"
	"debrief/generator/diag"
	"debrief/generator/measure"
)

// A band is the share of a story that a part should have, in percent.
type band struct{ low, high float64 }

// bands are what guides agree on within a few points (docs/rules/section-balance.md
// has the sources). A format that tells two parts as one gives it both shares.
var bands = map[string]band{
	"situation": {5, 20}, "task": {5, 15}, "obstacle": {5, 20}, "context": {10, 30}, "action": {45, 65}, "result": {15, 30}, "learning": {0, 15},
}

const (
	slack    = 5.0              // points outside a band that are let pass
	longest  = 3 * time.Minute  // of a story without a length of its own
	shortest = 60 * time.Second // below it there is nothing to grade
	over     = 1.2              // of the length that the author aims at
	weighed  = 90               // words from which shares mean something
)

// tellable returns how long a story takes; ok is false when a part of it is
// missing or still empty, which has its own finding.
func (t *told) tellable() (telling claim.Telling, ok bool) {
	if t.story == nil {
		return telling, false
	}
	telling = claim.TellingOf(t.note, t.book.Settings.WordsPerMinute)
	for _, p := range telling.Parts {
		if p.Words == 0 {
			return telling, false
		}
	}
	return telling, len(telling.Parts) > 0
}

// storyLength finds stories that are over when they begin, or go on when the
// listener has stopped.
func storyLength(t *told, _ *claim.Ledger) {
	telling, ok := t.tellable()
	if !ok {
		return
	}
	limit, why := longest, "three minutes are what a listener follows"
	if aim := t.story.Length; aim.Set && aim.D > 0 {
		limit, why = time.Duration(float64(aim.D)*over), "length: says "+measure.FormatDuration(aim.D)
	}
	pace := t.book.Settings.WordsPerMinute
	took := measure.FormatDuration(telling.D)
	switch {
	case telling.D > limit:
		most := telling.Parts[0]
		for _, p := range telling.Parts {
			if p.Words > most.Words {
				most = p
			}
		}
		spare := int((telling.D-limit).Minutes()*float64(pace)) + 1
		t.report(t.note.Find("too-long", diag.Warning, at("length"), "%d words take %s to tell; %s", telling.Words, took, why).
			Hint("an interviewer will interrupt, and choose what you do not get to tell").
			Hint("take about %d words out, first of %s with its %d; detail can wait for the probes", spare, most.Name, most.Words))
	case telling.D < shortest && !(t.story.Length.Set && t.story.Length.D <= shortest+15*time.Second):
		t.report(t.note.Find("too-short", diag.Warning, at("length"), "%d words take %s to tell; there is nothing to grade in less than a minute", telling.Words, took).
			Hint("an interviewer will ask for all of it: what you saw, what you weighed, what you did").
			Hint("tell the decision in Action in full, or say that this is the short version: length: %s", measure.ShortDuration(max(telling.D, 15*time.Second).Round(5*time.Second))))
	}
}

// sectionBalance finds stories whose weight lies where nothing is graded.
func sectionBalance(t *told, _ *claim.Ledger) {
	telling, ok := t.tellable()
	if !ok || telling.Words < weighed {
		return
	}
	var out []string
	worst, farthest := -1, 0.0
	for k, p := range telling.Parts {
		want, share := bands[strings.ToLower(p.Name)], float64(p.Share)
		off := max(want.low-share, share-want.high)
		if off <= slack {
			continue
		}
		out = append(out, fmt.Sprintf("%s %.0f%% (usual: %.0f to %.0f%%)", p.Name, share, want.low, want.high))
		if off > farthest {
			worst, farthest = k, off
		}
	}
	if worst < 0 {
		return
	}
	p := telling.Parts[worst]
	h := t.note.Body.Sections[p.Section].Heading
	hint := "move words from the parts with too many to Action: it is what they grade"
	if p.Name == "Action" && float64(p.Share) > bands["action"].high {
		hint = "Action may stay as it is when Result is told: say what came of it, in figures"
	}
	t.report(t.note.FindAt("section-balance", diag.Info, h.Pos, len([]rune(h.Text)), "the parts are out of balance: %s", strings.Join(out, ", ")).Hint("%s", hint))
}
