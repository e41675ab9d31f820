package claim

import (
	"slices"
	"strings"
	"unicode/utf8"

	"debrief/generator/measure"
)

// distance is how many words stand between a figure and the words that name a
// subject; −1 when they do not, or not as grammar would have it.
func distance(sub subject, q measure.Quantity, w spot) int {
	switch {
	case sub.role != anyRole:
		return roleDistance(sub, w)
	case sub.margin != "":
		return marginDistance(sub, w)
	case q.Kind == measure.Duration && w.deadline != sub.deadline:
		return -1
	case sub.with != "" && !namesAny(w.text[w.sentence[0]:w.sentence[1]], sub.with):
		return -1
	case sub.family == "targets":
		return targetDistance(sub, w)
	case sub.fact.Quantity.Kind == measure.Count && !w.row:
		return countDistance(sub, w)
	case sub.family == "traffic" && !w.row:
		return trafficDistance(w)
	}
	nearest := cueDistance(sub.cues, w)
	if w.weighty && nearest < 0 {
		return cueDistance(weightyCues[sub.fact.Key], w)
	}
	return nearest
}

// cueDistance is how far from a figure the nearest of the cues stands that
// grammar connects with it.
func cueDistance(cues []string, w spot) int {
	nearest := -1
	before, after := w.text[w.from:w.at], w.text[w.end:w.to]
	for _, cue := range cues {
		if i := lastWord(before, cue); i >= 0 {
			if words := wordsBetween(before[i+len(cue):]); w.row || leads(words) {
				nearest = least(nearest, len(words))
			}
		}
		if i := firstWord(after, cue); i >= 0 {
			if words := strings.Fields(trimPunctuation(after[:i])); w.row || follows(words, after[:i]) {
				nearest = least(nearest, len(words))
			}
		}
	}
	return nearest
}

// targetDistance is how far a figure stands from the word target, where the
// verbs beside it mean that target: the nearest one before the figure, or one
// after it. In a column of targets the row's name is the verb.
func targetDistance(sub subject, w spot) int {
	meant := targetMeant(w)
	if meant != "" && meant != sub.fact.Key {
		return -1
	}
	if w.entry && meant != "" {
		return 0
	}
	return cueDistance(sub.cues, w)
}

// targetMeant is the target that the verbs of a sentence mean; "" for none.
func targetMeant(w spot) string {
	before, after := plainWords(w.text[w.sentence[0]:w.at]), clauseAfter(w)
	slices.Reverse(before)
	for _, word := range slices.Concat(before, after) {
		for _, key := range []string{"targets.detect", "targets.mitigate", "targets.resolve"} {
			if namesAny(word, ofTargets[key]) {
				return key
			}
		}
	}
	return ""
}

// marginDistance is 0 when a figure is the margin of a deadline: "missed by 23
// minutes", "22 minutes to spare", "17 minutes past our target".
func marginDistance(sub subject, w spot) int {
	sentence := w.text[w.sentence[0]:w.sentence[1]]
	before := plainWords(w.text[w.sentence[0]:w.at])
	after := plainWords(w.text[w.end:w.sentence[1]])
	if sub.margin == "spare" {
		if startsWith(after, "to spare") || startsWith(after, "of margin") && isDeadlineText(sentence) || leadsToDeadline(after, insideWords) {
			return 0
		}
		return -1
	}
	switch {
	case len(before) > 0 && before[len(before)-1] == "by" && namesAny(sentence[:w.at-w.sentence[0]], "missed|overran|exceeded"):
		return 0
	case len(after) > 0 && after[0] == "late" && ownWords(before) && isDeadlineText(w.text[w.before:w.at]):
		return 0
	case leadsToDeadline(after, pastWords):
		return 0
	}
	return -1
}

// leadsToDeadline reports whether words begin with one of some and come to a
// deadline: "over our target".
func leadsToDeadline(after []string, by map[string]bool) bool {
	return len(after) > 1 && by[after[0]] && isDeadlineText(strings.Join(after[1:min(len(after), 4)], " "))
}

// ownWords reports whether "we were" or its like stands right before.
func ownWords(before []string) bool {
	before = before[max(0, len(before)-3):]
	return slices.Contains(before, "we") || slices.Contains(before, "i")
}

// countDistance is 0 when the words beside a count say that it is of those
// who were hurt: "4,100 users were affected", "it hit 4,100 users".
func countDistance(sub subject, w spot) int {
	verbs := harm[sub.fact.Key]
	after, before := clauseAfter(w), plainWords(w.text[w.from:w.at])
	if len(after) > 3 {
		after = after[:3]
	}
	if len(before) > 2 {
		before = before[len(before)-2:]
	}
	for _, word := range slices.Concat(before, after) {
		if namesAny(word, verbs) {
			return 0
		}
	}
	return -1
}

// trafficDistance is 0 when a factor is told of the traffic of the day: "1.35
// times the usual traffic", "traffic reached 1.35 times".
func trafficDistance(w spot) int {
	for k, word := range clauseAfter(w) {
		if k > 3 {
			break
		}
		if word == "traffic" || word == "baseline" || word == "load" {
			return 0
		}
		if !usualWords[word] {
			break
		}
	}
	before := plainWords(w.text[w.from:w.at])
	for k := len(before) - 1; k >= max(0, len(before)-4); k-- {
		if before[k] == "traffic" {
			if k == 0 || usualWords[before[k-1]] {
				return 0
			}
			return -1
		}
		if !connectors[before[k]] && !approximations[before[k]] {
			return -1
		}
	}
	return -1
}

// mostBetween is how many words may stand between a figure and what it is of.
const mostBetween = 5

// leads reports whether words between a subject and the figure behind it
// connect the two: "mitigated in", "the outage ran for".
func leads(between []string) bool {
	if len(between) > mostBetween {
		return false
	}
	connected, said := false, 0
	for k, word := range between {
		if breaks[word] && (word != "after" || k != len(between)-1) {
			return false
		}
		if !approximations[word] {
			said++
		}
		connected = connected || connectors[word]
	}
	return connected || said == 0
}

// follows reports whether words between a figure and the subject behind it
// connect the two: "38 minutes to mitigate", "a 30-second detection", "20
// minutes from the alert to find the cause".
func follows(between []string, asTyped string) bool {
	if len(between) > mostBetween {
		return false
	}
	for _, word := range between {
		if breaks[word] {
			return false
		}
	}
	if len(between) == 0 {
		return true
	}
	switch between[0] {
	case "to", "until", "till":
		return true
	case "of", "for": // "of outage", not "of telemetry from the outage"
		return !slices.ContainsFunc(between[1:], func(word string) bool { return !usualWords[word] })
	case "from":
		return slices.Contains(between, "to") || slices.Contains(between, "until")
	}
	return len(between) == 1 && !strings.ContainsAny(asTyped, ".,;:")
}

// A zero is what a time in prose counts from.
type zero int

const (
	fromNowhere zero = iota // nothing is said
	fromStart
	fromAlert
	fromOther
)

// zeroOfFact is what the times of an incident count from.
var zeroOfFact = map[string]zero{
	"time_to_detect": fromStart, "time_to_mitigate": fromStart, "time_to_resolve": fromStart,
	"time_to_acknowledge": fromAlert, "time_to_diagnose": fromAlert,
}

// endOf is what the times of an incident count to.
var endOf = map[string]string{
	"time_to_detect": "detected_at", "time_to_acknowledge": "acknowledged_at", "time_to_diagnose": "diagnosed_at",
	"time_to_mitigate": "mitigated_at", "time_to_resolve": "resolved_at",
}

// zeroOf reads what a time counts from: "38 minutes after the start", "20
// minutes after the alert", "52 minutes later", "another 52 minutes".
func zeroOf(w spot) zero {
	if before := plainWords(w.text[w.from:w.at]); len(before) > 0 && furtherWords[before[len(before)-1]] {
		return fromOther
	}
	after := clauseAfter(w)
	if len(after) == 0 {
		return fromNowhere
	}
	switch after[0] {
	case "later", "afterwards", "more", "further", "longer":
		return fromOther
	case "in":
		if len(after) == 1 {
			return fromStart
		}
	case "after", "from", "since":
		for _, word := range after[1:min(len(after), 5)] {
			switch {
			case namesAny(word, "start|began|begin|begun|onset|impact|first"):
				return fromStart
			case namesAny(word, "alert|alarm|detect|page|report"):
				return fromAlert
			}
		}
		return fromOther
	}
	return fromNowhere
}

// countsFrom reports whether a time between two instants is what a figure says
// that counts from zero.
func countsFrom(between [2]string, from zero, mark string) bool {
	switch {
	case mark == "T+" || from == fromStart:
		return between[0] == "started_at"
	case from == fromAlert:
		return between[0] == "detected_at"
	case from == fromOther:
		return between[0] != "started_at" && (between[1] == "mitigated_at" || between[1] == "resolved_at")
	}
	return false
}

// isDeadline reports whether a figure is a time allowed, not a time taken.
func isDeadline(w spot) bool {
	if w.task || strings.HasPrefix(w.text[w.sentence[0]:w.at], "to ") { // "To mitigate within 45 minutes."
		return true
	}
	from := max(w.from, w.at-60)
	to := min(w.to, w.end+25)
	for !utf8.RuneStart(w.text[from]) {
		from++
	}
	before, after := w.text[from:w.at], w.text[w.end:to]
	if i := strings.IndexAny(after, ",;("); i >= 0 {
		after = after[:i]
	}
	before = before[strings.LastIndexAny(before, ";)")+1:]
	for _, took := range []string{"took ", "needed ", "lasted "} { // "target 45, took 65 minutes"
		before = before[strings.LastIndex(before, took)+1:]
	}
	return isDeadlineText(before) || isDeadlineText(after)
}

func isDeadlineText(text string) bool { return namesAny(text, deadlineWords) }

// isTime reports whether a fact is a time taken.
func isTime(key string) bool { return strings.HasPrefix(key, "time_to_") }

// isAllowed reports whether a fact is a time allowed.
func isAllowed(key string) bool {
	return key == "sla" || strings.HasPrefix(key, "targets.") && strings.Count(key, ".") == 1
}

// isMargin reports whether a fact is by how much a deadline was missed or met.
func isMargin(key string) bool {
	return strings.HasSuffix(key, ".missed_by") || strings.HasSuffix(key, ".spare")
}

// roleDistance is 0 when the sentence names a metric and the figure is said in
// the role of the fact.
func roleDistance(sub subject, w spot) int {
	if sub.role != w.role {
		return -1
	}
	sentence := w.text[w.sentence[0]:w.sentence[1]]
	for _, cue := range sub.cues {
		if namesAll(sentence, cue) {
			return 0
		}
	}
	return -1
}

// roleOf is what a figure does in a change.
func roleOf(q measure.Quantity, w spot) role {
	before := strings.TrimRight(w.text[w.sentence[0]:w.at], " \u00a0~≈$€£")
	after := strings.TrimLeft(w.text[w.end:w.sentence[1]], " \u00a0")
	last := lastOf(before)
	for approximations[last] {
		before = strings.TrimRight(strings.TrimSuffix(before, last), " \u00a0")
		last = lastOf(before)
	}
	switch {
	case strings.HasPrefix(after, "→"), strings.HasPrefix(after, "->"), last == "from":
		return fromRole
	case strings.HasSuffix(before, "→"), strings.HasSuffix(before, "->"), last == "to":
		return toRole
	case last == "by", q.Sign != 0:
		return byRole
	case last == "of" && changeNouns[lastOf(strings.TrimRight(strings.TrimSuffix(before, "of"), " \u00a0"))]:
		return byRole
	case last == "or" && w.role == byRole: // of the figure before
		return byRole
	}
	return anyRole
}

func lastOf(text string) string { return text[strings.LastIndexAny(text, " \u00a0(")+1:] }
