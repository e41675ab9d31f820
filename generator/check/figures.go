package check

import (
	"fmt"
	"math"
	"strings"
	"time"

	"debrief/generator/claim"
	"debrief/generator/diag"
	"debrief/generator/handbook"
	"debrief/generator/measure"
	"debrief/generator/note"
)

// contradictedClaims finds figures in prose that differ from the fact they are
// about. In a headline or a result they are what a panel will quote.
func contradictedClaims(n *note.Note, _ *handbook.Handbook, ledger *claim.Ledger) diag.List {
	var found diag.List
	for _, c := range ledger.Said(n) {
		if c.Status != claim.Contradicted || inPhaseSum(ledger, c) || pointsOf(ledger, c) != nil {
			continue
		}
		severity := diag.Warning
		if c.Weighty {
			severity = diag.Error
		}
		f := c.Note.FindAt("contradicts-fact", severity, c.Pos, c.Len, "says %s; %s is %s", c.Text, lowered(c.Fact.Label), c.Fact.Text)
		f = f.Hint("%s", origin(c.Fact))
		found = append(found, f.Hint("%s", repair(c)))
	}
	return found
}

// origin says where a fact comes from: its note, its line and how it follows.
func origin(f *claim.Fact) string {
	text := fmt.Sprintf("%s:%d: ", f.Note.Path, max(f.Pos.Line, 1))
	if f.Formula != "" {
		return text + f.Formula + " = " + f.Text
	}
	return text + f.Key + " = " + f.Text
}

// repair is the honest way out, nearest first.
func repair(c claim.Claim) string {
	if q := *c.Fact.Quantity; q.Value != 0 && math.Abs(c.Quantity.Value-math.Abs(q.Value)) <= math.Abs(q.Value)/10 {
		return fmt.Sprintf("they will quote the figure back: fix it, or say \"about %s\"", c.Text)
	}
	return "they will quote the figure back: fix it, fix the field, or say what else it counts"
}

func lowered(label string) string {
	if label == "" || strings.ToUpper(label[:1]) != label[:1] || len(label) > 1 && strings.ToUpper(label[1:2]) == label[1:2] {
		return label // SLA, SLO
	}
	return strings.ToLower(label[:1]) + label[1:]
}

// A phaseSum is a sentence that divides an outage into phases.
type phaseSum struct {
	total  claim.Claim
	parts  []claim.Claim
	others float64 // seconds of what the sentence tells besides: it may be a phase by another name
}

// phaseSums finds sentences that give the whole outage and then its phases:
// "90 minutes: 30 seconds to detect it, 20 minutes to …".
func phaseSums(claims []claim.Claim) []phaseSum {
	var out []phaseSum
	for i, c := range claims {
		if c.Quantity.Kind != measure.Duration || aboutKey(c) != "time_to_resolve" {
			continue
		}
		rest := c.Sentence[strings.Index(c.Sentence, c.Text)+len(c.Text):]
		if !strings.HasPrefix(strings.TrimLeft(rest, " )"), ":") {
			continue
		}
		s := phaseSum{total: c}
		for _, p := range claims[i+1:] {
			if p.Sentence != c.Sentence || p.Quantity.Kind != measure.Duration {
				break
			}
			if strings.HasPrefix(aboutKey(p), "time_to_") && aboutKey(p) != aboutKey(c) {
				s.parts = append(s.parts, p)
			} else {
				s.others += p.Quantity.Value
			}
		}
		if len(s.parts) > 1 {
			out = append(out, s)
		}
	}
	return out
}

// difference is how much of the whole the phases leave out, in seconds; ok is
// false when they add up at the precision shown.
func (s phaseSum) difference() (seconds float64, ok bool) {
	sum, step := 0.0, s.total.Quantity.Step
	for _, p := range s.parts {
		sum += p.Quantity.Value
		step = max(step, p.Quantity.Step)
	}
	seconds = s.total.Quantity.Value - sum
	return seconds, math.Abs(seconds) > step/2 && math.Abs(seconds-s.others) > step/2
}

func inPhaseSum(ledger *claim.Ledger, c claim.Claim) bool {
	for _, s := range phaseSums(ledger.Said(c.Note)) {
		if _, wrong := s.difference(); !wrong {
			continue
		}
		for _, p := range append(s.parts, s.total) {
			if p.Pos == c.Pos {
				return true
			}
		}
	}
	return false
}

// phasesThatDoNotAddUp finds outages whose phases are told as parts of the
// whole and are not.
func phasesThatDoNotAddUp(n *note.Note, _ *handbook.Handbook, ledger *claim.Ledger) diag.List {
	var found diag.List
	for _, s := range phaseSums(ledger.Said(n)) {
		left, wrong := s.difference()
		if !wrong {
			continue
		}
		var parts []string
		for _, p := range s.parts {
			parts = append(parts, p.Text)
		}
		sum := s.total.Quantity.Value - left
		f := n.FindAt("phase-sum", diag.Warning, s.total.Pos, s.total.Len, "%s add up to %s, not to %s; %s", strings.Join(parts, " + "), spoken(sum), s.total.Text, unexplained(left))
		for _, p := range s.parts {
			if p.Status == claim.Contradicted {
				f = f.Hint("%s is not what the incident says either: %s", p.Text, origin(p.Fact))
			}
		}
		found = append(found, f.Hint("they will ask where the minutes went: say from when to when each phase counts, or name the one that is missing"))
	}
	return found
}

func unexplained(seconds float64) string {
	if seconds < 0 {
		return spoken(-seconds) + " too many"
	}
	return spoken(seconds) + " are not accounted for"
}

// spoken writes seconds as minutes and their fraction, or as a duration.
func spoken(seconds float64) string {
	if minutes := seconds / 60; minutes >= 1 && minutes < 600 {
		return measure.FormatNumber(minutes, 1) + "\u00a0min"
	}
	return measure.FormatDuration(time.Duration(seconds * float64(time.Second)))
}

var (
	// tellingWords say that a rhythm is about telling people.
	tellingWords = []string{"status every", "update every", "updates every", "word every", "inform", "told", "tell", "posted", "post a", "sent", "gave", "wrote", "communicat", "reported to", "updated", "status"}

	// machineWords say that a rhythm is a machine's, or one that others ask for.
	machineWords = []string{"dashboard", "poll", "refresh", "scrape", "cron", "job", "probe", "check", "crash", "runs", "policy", "asks", "asked", "should", "would", "require", "agreed", "sampl", "retry", "retries", "if ", "metric", "report comes", "reports come"}
)

// toldEvery reports whether a rhythm is one of telling people: the words of
// its clause say so, and no machine's.
func toldEvery(c claim.Claim) bool {
	at := strings.Index(c.Sentence, c.Text)
	if at < 0 {
		return false
	}
	clause := c.Sentence[strings.LastIndexAny(c.Sentence[:at], ",;(:")+1:]
	at = strings.Index(clause, c.Text)
	if end := strings.IndexAny(clause[at:], ",;):"); end >= 0 {
		clause = clause[:at+end]
	}
	return holdsAny(clause, tellingWords) && !holdsAny(clause, machineWords)
}

// brokenCadence finds a promise of updates at a rhythm that the timeline does
// not show. One update less is nobody's business.
func brokenCadence(n *note.Note, book *handbook.Handbook, ledger *claim.Ledger) diag.List {
	var found diag.List
	for _, c := range ledger.Said(n) {
		if c.Quantity.Mark != "every" || c.Quantity.Kind != measure.Duration || !toldEvery(c) {
			continue
		}
		home := c.Note
		if i := book.IncidentOf(home); i != nil {
			home = i
		}
		f, ok := note.Of[*note.Incident](home)
		if !ok || !f.StartedAt.Set || !f.MitigatedAt.Set || c.Quantity.Value <= 0 {
			continue
		}
		logged := 0
		for _, e := range f.Timeline {
			if e.Phase == "communicate" && e.At.Set && !e.At.T.After(f.MitigatedAt.T) {
				logged++
			}
		}
		lasted := f.MitigatedAt.T.Sub(f.StartedAt.T)
		needed := int(lasted.Seconds() / c.Quantity.Value)
		if logged == 0 || needed-logged < 2 {
			continue
		}
		found = append(found, c.Note.FindAt("cadence", diag.Warning, c.Pos, c.Len, "a word every %s needs %d updates in %s; the timeline logs %d", c.Text, needed, measure.FormatDuration(lasted), logged).
			Hint("%s: timeline, phase: communicate", home.Path).
			Hint("they will count: log the updates that are missing, or name the rhythm that was kept"))
	}
	return found
}

func holdsAny(text string, words []string) bool {
	text = strings.ToLower(text)
	for _, w := range words {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}

var (
	gainWords         = []string{"improv", "increas", "gain", "rise", "rose", "better", "went up", "grew", "raised"}
	availabilityWords = []string{"availability", "uptime"}
)

// percentForPoints finds relative changes that cannot be, changes in
// percentage points told as percent, and points of nothing in particular.
func percentForPoints(n *note.Note, _ *handbook.Handbook, ledger *claim.Ledger) diag.List {
	var found diag.List
	for _, c := range ledger.Said(n) {
		find := func(format string, args ...any) diag.Finding {
			return c.Note.FindAt("percent-or-points", diag.Warning, c.Pos, c.Len, format, args...)
		}
		switch c.Quantity.Kind {
		case measure.Points:
			if c.About == nil && c.Status != claim.Backed && holdsAny(c.Sentence, []string{"burn"}) {
				found = append(found, find("%s of what? a burn is a rate, not a share", c.Text).
					Hint("say the share of the budget spent, before and after, or the burn rate: 120× to 20×"))
			}
		case measure.Share:
			if points := pointsOf(ledger, c); points != nil {
				found = append(found, find("says %s; from %s that is %s, or %s relative", c.Text, points.span, points.absolute, points.relative).
					Hint("the difference of two percentages is in percentage points"))
			} else if c.About == nil && c.Quantity.Value >= 1 && c.Quantity.Sign >= 0 && isGain(c) && holdsAny(c.Sentence, availabilityWords) {
				most := measure.FormatNumber(100/(1+c.Quantity.Value/100), 1) + "%"
				found = append(found, find("availability cannot gain %s from above %s", c.Text, most).
					Hint("say percentage points, or from what to what: 88%% to 98%% is 10 points").
					Hint("or say how many times fewer requests failed"))
			}
		}
	}
	return found
}

// isGain reports whether a percentage is told as a gain: "a 12% improvement",
// "improved by 12%", not "improved to 99.9%".
func isGain(c claim.Claim) bool {
	before, after, _ := strings.Cut(strings.ToLower(c.Sentence), strings.ToLower(c.Text))
	words := strings.Fields(after)
	if len(words) > 0 && holdsAny(words[0], gainWords) {
		return true
	}
	before = strings.TrimRight(before, " ")
	return strings.HasSuffix(before, " by") && holdsAny(before, gainWords)
}

type pointsTold struct{ span, absolute, relative string }

// pointsOf returns the change that a claimed percentage is the points of.
func pointsOf(ledger *claim.Ledger, c claim.Claim) *pointsTold {
	name, ok := strings.CutSuffix(aboutKey(c), ".relative")
	if !ok || c.Fact == c.About {
		return nil
	}
	absolute, ok := ledger.Fact(c.About.Note, name+".absolute")
	if !ok || absolute.Quantity == nil || absolute.Quantity.Kind != measure.Points || !c.Quantity.Agrees(absolute.Quantity.Value) {
		return nil
	}
	before, _ := ledger.Fact(c.About.Note, name+".before")
	after, _ := ledger.Fact(c.About.Note, name+".after")
	return &pointsTold{before.Text + " → " + after.Text, absolute.Text, c.About.Text}
}

func aboutKey(c claim.Claim) string {
	if c.About == nil {
		return ""
	}
	return c.About.Key
}
