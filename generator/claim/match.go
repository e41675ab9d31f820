package claim

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"debrief/generator/measure"
	"debrief/generator/prose"
)

// A scope is what the figures of one note are held against.
type scope struct {
	facts    []Fact
	subjects []subject
	backing  []backing
}

// A backing is a quantity that stands in front matter and is no fact of its
// own: it may back a claim, and contradicts none.
type backing struct {
	measure.Quantity
	from  string // "timeline, 10:26:00"
	event string // where it is one of many, so that a match may be chance: the words that the sentence must share one of
}

// A spot is a figure where it stands in a text.
type spot struct {
	text     string // of the whole passage, in lower case
	at, end  int    // the figure
	from, to int    // what lies between its neighbours, within the sentence
	sentence [2]int
	row      bool // of a table: no grammar to go by
}

// judge decides what a claim is. The words around it choose the fact it is
// held against; without such words a fact of that value still backs it. It is
// contradicted only when words and unit leave one reading, and nothing known
// has the value said.
func (s *scope) judge(c *Claim, w spot) {
	c.Status = Floating
	named := s.named(c.Quantity, w)
	if len(named) > 0 {
		c.About = named[0].fact
	}
	for _, n := range named {
		if agrees(c.Quantity, *n.fact.Quantity) {
			c.Status, c.Fact = Backed, n.fact
			return
		}
	}
	// Without words only the digits count: "more than 1.2 times" is not about
	// every larger factor.
	digits := c.Quantity
	if digits.Approx == measure.AtLeast || digits.Approx == measure.AtMost {
		digits.Approx = measure.Exact
	}
	about := oneSubject(named)
	for i := range s.facts {
		f := &s.facts[i]
		if f.Quantity == nil || !agrees(digits, *f.Quantity) || isAllowed(f.Key) && !isDeadline(w) {
			continue
		}
		if about == nil || isTime(about.Key) && isTime(f.Key) { // "back in 90 minutes" may mean resolved
			c.Status, c.Fact = Backed, f
			return
		}
	}
	for _, b := range s.backing {
		if agrees(digits, b.Quantity) && (b.event == "" || about == nil && shareAWord(b.event, c.Sentence)) {
			c.Status, c.By = Backed, b.from
			return
		}
	}
	if about != nil && !w.row && !hedged(w) && near(c.Quantity, *about.Quantity) {
		c.Status, c.Fact = Contradicted, about
	}
}

// oneSubject is the fact that subjects are about: the only one, or the last of
// a family such as the targets; nil when they are about different things.
func oneSubject(named []subject) *Fact {
	for _, n := range named {
		if n.family == "" && len(named) > 1 || n.family != named[0].family {
			return nil
		}
	}
	if len(named) == 0 {
		return nil
	}
	return named[len(named)-1].fact
}

// agrees reports whether a fact is what the figure says, at the precision
// shown.
//
// An hour shown without minutes may stand for what rounds to it, but nobody
// takes 38 minutes for one: a duration is off by a seventh at most.
func agrees(q, fact measure.Quantity) bool {
	if !q.Same(fact) || !q.Agrees(fact.Value) {
		return false
	}
	if q.Kind != measure.Duration || q.Approx != measure.Exact || q.High != q.Value {
		return true
	}
	return math.Abs(math.Abs(fact.Value)-q.Value) <= q.Value/7
}

// near reports whether a figure is so close to a fact that the two can be
// meant to be one: nobody says 3 for 308,000.
func near(q, fact measure.Quantity) bool {
	most := 3.0
	if q.Kind == measure.Duration {
		most = 10
	}
	a, b := math.Abs(q.Value), math.Abs(fact.Value)
	return a > 0 && b > 0 && a/b <= most && b/a <= most
}

// named returns the subjects that the words around a figure name: those that
// stand nearest, and none when two different ones stand equally near.
func (s *scope) named(q measure.Quantity, w spot) []subject {
	var best []subject
	nearest := math.MaxInt
	for _, sub := range s.subjects {
		if !q.Same(*sub.fact.Quantity) {
			continue
		}
		d := distance(sub, q, w)
		switch {
		case d < 0 || d > nearest:
		case d < nearest:
			best, nearest = []subject{sub}, d
		default:
			best = append(best, sub)
		}
	}
	return best
}

// distance is how many words stand between a figure and the words that name a
// subject; −1 when they do not, or not as grammar would have it.
func distance(sub subject, q measure.Quantity, w spot) int {
	if sub.role != anyRole {
		return roleDistance(sub, q, w)
	}
	if sub.with != "" && !namesAny(w.text[w.sentence[0]:w.sentence[1]], sub.with) {
		return -1
	}
	if q.Kind == measure.Duration && isDeadline(w) != sub.deadline && sub.margin == "" {
		return -1
	}
	if sub.margin != "" {
		return marginDistance(sub, w)
	}
	nearest := -1
	for _, cue := range sub.cues {
		before, after := w.text[w.from:w.at], w.text[w.end:w.to]
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

// marginDistance is 0 when a figure is the margin of a deadline: "missed by 23
// minutes", "22 minutes to spare".
func marginDistance(sub subject, w spot) int {
	before := strings.Fields(trimPunctuation(w.text[w.sentence[0]:w.at]))
	after := strings.Fields(trimPunctuation(w.text[w.end:w.sentence[1]]))
	switch {
	case sub.margin == "spare" && len(after) > 1 && after[0] == "to" && strings.HasPrefix(after[1], "spare"):
		return 0
	case sub.margin == "missed" && len(before) > 0 && before[len(before)-1] == "by" && namesAny(strings.Join(before, " "), "missed|overran|exceeded"):
		return 0
	}
	return -1
}

// namesAny reports whether a word of text begins with one of the alternatives,
// divided by "|".
func namesAny(text, alternatives string) bool {
	for _, a := range strings.Split(alternatives, "|") {
		if firstWord(text, a) >= 0 {
			return true
		}
	}
	return false
}

func least(a, b int) int {
	if a < 0 || b < a {
		return b
	}
	return a
}

// mostBetween is how many words may stand between a figure and what it is of.
const mostBetween = 5

// connectors lead from what happened to how long it took.
var connectors = words("in after within took takes taken taking lasted last ran at was is were for needed needs of only : =")

// leads reports whether words between a subject and the figure behind it
// connect the two: "mitigated in", "the outage ran for".
func leads(between []string) bool {
	if len(between) > mostBetween {
		return false
	}
	connected := len(between) == 0
	for _, word := range between {
		if breaks[word] {
			return false
		}
		connected = connected || connectors[word]
	}
	return connected
}

// follows reports whether words between a figure and the subject behind it
// connect the two: "38 minutes to mitigate", "a 30-second detection".
func follows(between []string, asTyped string) bool {
	if len(between) > mostBetween {
		return false
	}
	for _, word := range between {
		if breaks[word] {
			return false
		}
	}
	switch {
	case len(between) == 0:
		return true
	case between[0] == "to" || between[0] == "until" || between[0] == "till" || between[0] == "of" || between[0] == "for":
		return true
	}
	return len(between) == 1 && !strings.ContainsAny(asTyped, ".,;:")
}

// isTime reports whether a fact is a time taken.
func isTime(key string) bool { return strings.HasPrefix(key, "time_to_") }

// shareAWord reports whether two texts have a longer word in common, whatever
// its ending.
func shareAWord(a, b string) bool {
	b = prose.FoldCase(b)
	for _, word := range strings.FieldsFunc(prose.FoldCase(a), func(r rune) bool { return !unicode.IsLetter(r) }) {
		if len(word) > 4 && firstWord(b, word[:5]) >= 0 {
			return true
		}
	}
	return false
}

// isAllowed reports whether a fact is a time allowed.
func isAllowed(key string) bool {
	return key == "sla" || strings.HasPrefix(key, "targets.") && strings.Count(key, ".") == 1
}

// breaks are words that begin another thought.
var breaks = words("and but by then so because while when before after which that who or not than instead if would could")

// isDeadline reports whether a figure is a time allowed, not a time taken.
func isDeadline(w spot) bool {
	from := max(w.from, w.at-40)
	to := min(w.to, w.end+25)
	for !utf8.RuneStart(w.text[from]) {
		from++
	}
	around := w.text[from:w.at] + " " + w.text[w.end:to]
	for _, word := range []string{"target", "sla", "agreement", "deadline", "limit", "allow", "promise", "objective", "slo"} {
		if firstWord(around, word) >= 0 {
			return true
		}
	}
	return false
}

// roleDistance is 0 when the sentence names a metric and the figure is said in
// the role of the fact.
func roleDistance(sub subject, q measure.Quantity, w spot) int {
	if sub.role != roleOf(q, w) {
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
	last := before[strings.LastIndexAny(before, " \u00a0(")+1:]
	for _, word := range []string{"about", "roughly", "nearly", "some", "around"} {
		if last == word {
			before = strings.TrimRight(strings.TrimSuffix(before, word), " \u00a0")
			last = before[strings.LastIndexAny(before, " \u00a0(")+1:]
		}
	}
	switch {
	case strings.HasPrefix(after, "→"), strings.HasPrefix(after, "->"), last == "from":
		return fromRole
	case strings.HasSuffix(before, "→"), strings.HasSuffix(before, "->"), last == "to":
		return toRole
	case last == "by", q.Sign != 0:
		return byRole
	}
	return anyRole
}

// namesAll reports whether a sentence holds every longer word of a name.
func namesAll(sentence, name string) bool {
	found := false
	for _, word := range strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return !unicode.IsLetter(r) }) {
		if len(word) < 4 {
			continue
		}
		if firstWord(sentence, strings.TrimSuffix(word, "s")) < 0 {
			return false
		}
		found = true
	}
	return found
}

// hedges are words that take a figure away from what happened in this
// incident: other events, other times, what might have been. They match whole.
var hedges = strings.Split("had we|had i|instead|rather than|unless|planned|plan|plans|expected|predicted|"+
	"last year|year before|the year|previous|previously|earlier|like event|next|later|since|today|now|nowadays|median|average|mean|"+
	"used to|usual|usually|normal|normally|every|each|per|another|longer|shorter|more|less|fewer|ago|late|drill|drills|test|tests|rehearsed|"+
	"if|of 20|in 20|too|not|never|would|could|might|should", "|")

// hedged reports whether a figure's part of the sentence is about something
// else.
func hedged(w spot) bool {
	from, to := w.sentence[0], w.sentence[1]
	if i := strings.LastIndexAny(w.text[from:w.at], ";()"); i >= 0 {
		from += i
	}
	if i := strings.IndexAny(w.text[w.end:to], ";()"); i >= 0 {
		to = w.end + i
	}
	part := " " + w.text[from:w.at] + " " + w.text[w.end:to] + " "
	for _, h := range hedges {
		if holdsWhole(part, h) {
			return true
		}
	}
	return false
}

// holdsWhole reports whether text holds a word or phrase that ends with it; a
// number may go on.
func holdsWhole(text, phrase string) bool {
	for at := 0; ; {
		i := firstWord(text[at:], phrase)
		if i < 0 {
			return false
		}
		after, _ := utf8.DecodeRuneInString(text[at+i+len(phrase):])
		if !unicode.IsLetter(after) {
			return true
		}
		at += i + len(phrase)
	}
}

func words(list string) map[string]bool {
	set := make(map[string]bool)
	for _, w := range strings.Fields(list) {
		set[w] = true
	}
	return set
}

// wordsBetween are the words after the one that a cue begins.
func wordsBetween(s string) []string {
	rest := strings.TrimLeftFunc(s, unicode.IsLetter)
	return strings.Fields(trimPunctuation(rest))
}

// trimPunctuation takes signs off words; a colon stays, it connects.
func trimPunctuation(s string) string {
	return strings.NewReplacer("*", "", "_", "", "~", "", "≈", "", "\u00a0", " ", ":", " : ", "|", " ", "·", " ", "-", " ").Replace(s)
}

// firstWord is where a word of text begins with start; −1 when none does.
func firstWord(text, start string) int {
	for from := 0; ; {
		i := strings.Index(text[from:], start)
		if i < 0 {
			return -1
		}
		at := from + i
		if before, _ := utf8.DecodeLastRuneInString(text[:at]); at == 0 || !unicode.IsLetter(before) {
			return at
		}
		from = at + 1
	}
}

// lastWord is the same from the end.
func lastWord(text, start string) int {
	for to := len(text); ; {
		i := strings.LastIndex(text[:to], start)
		if i < 0 {
			return -1
		}
		if before, _ := utf8.DecodeLastRuneInString(text[:i]); i == 0 || !unicode.IsLetter(before) {
			return i
		}
		to = i
	}
}
