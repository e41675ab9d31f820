package claim

import (
	"math"
	"slices"
	"strings"

	"debrief/generator/measure"
)

// A scope is what the figures of one note are held against.
type scope struct {
	facts    []Fact
	subjects []subject
	backing  []backing
	own      map[string]bool // stems of the words that name the incident
}

// A backing is a quantity that stands in front matter and is no fact of its
// own: it may back a claim, and contradicts none.
type backing struct {
	measure.Quantity
	between [2]string // the instants that it is the time between: only for what says from when it counts
	span    bool      // a span of errors: not where the words name a time
	from    string    // "timeline, 10:26:00"
	event   string    // where it is one of many, so that a match may be chance: the words that the sentence must share one of
}

// A spot is a figure where it stands in a text.
type spot struct {
	text     string // of the whole passage, in lower case
	at, end  int    // the figure
	from, to int    // what lies between its neighbours, within the sentence
	sentence [2]int
	before   int    // where the sentence before it begins
	row      bool   // of a table: no grammar to go by
	header   string // of that row's table; of the column alone once the row is cut down to an entry
	entry    bool   // the text is a row's name and one value of it
	task     bool   // of what a story had to reach: times in it are times allowed
	weighty  bool   // of a headline or a result
	deadline bool   // it is a time allowed, not a time taken
	role     role
	many     bool              // the sentence holds more figures in that role
	partner  *measure.Quantity // the other end of a change; nil for none
}

// judge decides what a claim is. The words around it choose the fact it is
// held against; without such words a fact of that value still backs it, unless
// the sentence is about something else. It is contradicted only when words and
// unit leave one reading, and nothing known has the value said.
func (s *scope) judge(c *Claim, w spot) {
	c.Status = Floating
	q := c.Quantity
	if q.Mark == "T+" {
		q.Mark, q.Sign = "", 0 // counted from the start, as most times are
	}
	named := s.named(q, w)
	if len(named) > 0 {
		c.About = named[0].fact
	}
	for _, n := range named {
		if agrees(q, *n.fact.Quantity) {
			c.Status, c.Fact = Backed, n.fact
			return
		}
	}
	about := oneSubject(named)
	if s.back(c, q, about, w) {
		return
	}
	if about != nil && s.contradicts(q, about, w) {
		c.Status, c.Fact = Contradicted, about
	}
}

// back looks for a home of a figure that no words give it.
func (s *scope) back(c *Claim, q measure.Quantity, about *Fact, w spot) bool {
	// Without words only the digits count: "more than 1.2 times" is not about
	// every larger factor.
	if q.Approx == measure.AtLeast || q.Approx == measure.AtMost {
		q.Approx = measure.Exact
	}
	timed := about != nil && isTime(about.Key)
	for i := range s.facts {
		f := &s.facts[i]
		if f.Quantity == nil || !agrees(q, *f.Quantity) || !mayBack(f, c, w) {
			continue
		}
		if about == nil || timed && isTime(f.Key) { // "back in 90 minutes" may mean resolved
			c.Status, c.Fact = Backed, f
			return true
		}
	}
	zero := zeroOf(w)
	for _, b := range s.backing {
		switch {
		case !agrees(q, b.Quantity):
		case b.event != "" && (about != nil || !shareAWord(b.event, c.Sentence)):
		case b.between[0] != "" && !countsFrom(b.between, zero, c.Quantity.Mark):
		case b.between[0] != "" && zero == fromOther && !namesAny(w.text[w.sentence[0]:w.sentence[1]], endings):
		case b.span && (w.deadline || timed && zero != fromOther || isElsewhere(w, "") || asideFor(w)):
		default:
			c.Status, c.By = Backed, b.from
			return true
		}
	}
	return false
}

// contradicts reports whether a figure that no fact backs is said of the fact
// it is about, and of nothing else.
func (s *scope) contradicts(q measure.Quantity, about *Fact, w spot) bool {
	if !near(q, *about.Quantity) || w.task && isTime(about.Key) {
		return false
	}
	if isTime(about.Key) && (w.role == fromRole || w.role == toRole) {
		return false // "resolve 4 h → 1 h 50" sets one time against another
	}
	if isTime(about.Key) && s.endsThere(q, about) {
		return false // from another zero: "the diagnosis took 33 minutes", since I was there
	}
	if w.row {
		return w.entry && !strings.ContainsAny(w.header, "0123456789") && s.allPlain(w.text+" "+w.header, tableWords) && !isElsewhere(w, "") && w.deadline == isAllowed(about.Key)
	}
	if !s.tellsPlainly(w) {
		return false
	}
	if w.role != anyRole && strings.Contains(about.Key, ".") {
		return !isElsewhere(w, unless) && !w.many && s.otherEndAgrees(about, w)
	}
	if isMargin(about.Key) {
		return !isElsewhere(w, "")
	}
	if hedged(w) {
		return false
	}
	switch {
	case isTime(about.Key):
		zero := zeroOf(w)
		return (zero == fromNowhere || zero == zeroOfFact[about.Key]) && tellsOfTheWhole(q, about, w)
	case about.Key == "slo.target": // another service's, when ours is named beside it
		return !strings.Contains(w.text[max(w.sentence[0]-aBlock, 0):min(w.sentence[1]+aBlock, len(w.text))], about.Text)
	case isAllowed(about.Key) && about.Key != "sla":
		return about.Key == "targets.mitigate" || targetMeant(w) == about.Key
	case about.Key == "error_ratio_peak":
		after := clauseAfter(w)
		return !slices.ContainsFunc(after[:min(len(after), 4)], func(word string) bool { return subsets[word] })
	}
	return true
}

// aBlock is how far around a sentence its paragraph is looked at, in bytes.
const aBlock = 4000

// tellsOfTheWhole reports whether a time is said of the incident outright: not
// of what is usual, nor of a part that recovered, nor of some outage or other.
func tellsOfTheWhole(q measure.Quantity, about *Fact, w spot) bool {
	part := w.text[w.from:w.to]
	before := plainWords(w.text[w.from:w.at])
	for k, word := range before {
		if habits[word] || wishes[word] && k+1 < len(before) && (before[k+1] == "in" || before[k+1] == "within") {
			return false
		}
	}
	switch {
	case about.Key == "time_to_mitigate" && namesAny(part, weakCues) && !namesAny(part, "mitigat|contain|bound"):
		return w.weighty || !slices.Contains(before, "i") && math.Abs(q.Value-about.Quantity.Value) < about.Quantity.Value/2
	case about.Key == "time_to_resolve":
		return slices.Contains(before, "i") || !namesAny(strings.Join(before, " "), "an outage|another outage|their outage")
	}
	return true
}

// endsThere reports whether a time is one that ends when a fact's does,
// whatever it counts from.
func (s *scope) endsThere(q measure.Quantity, about *Fact) bool {
	for _, b := range s.backing {
		if b.between[1] == endOf[about.Key] && b.between[1] != "" && agrees(q, b.Quantity) {
			return true
		}
	}
	return false
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
// takes 38 minutes for one, nor 2.6 times for three: a duration is off by a
// seventh at most, a factor by an eighth. Near 100% what counts is what is missing: 99.9% is
// not 99.95%, and 100% is nothing less.
func agrees(q, fact measure.Quantity) bool {
	if !same(q, fact) || !q.Agrees(fact.Value) {
		return false
	}
	off := math.Abs(math.Abs(fact.Value) - q.Value)
	switch {
	case q.Kind == measure.Share && q.Value >= 90 && q.Approx == measure.Exact && q.High == q.Value:
		return off <= (100-math.Abs(fact.Value))/2
	case q.Kind == measure.Factor && q.Approx == measure.Exact && q.High == q.Value:
		return off <= q.Value/8
	case q.Kind != measure.Duration, q.High != q.Value:
		return true
	case q.Approx == measure.Exact, q.Approx == measure.About:
		return off <= q.Value/7
	}
	return true
}

// same reports whether a figure and a fact measure one thing. Users are
// people, whatever a site calls them.
func same(q, fact measure.Quantity) bool {
	if q.Kind == measure.Count && fact.Kind == measure.Count && fact.Unit == "users" {
		return peopleWords[q.Unit[strings.LastIndexByte(q.Unit, ' ')+1:]]
	}
	return q.Same(fact)
}

// near reports whether a figure is so close to a fact that the two can be
// meant to be one: nobody says 3 for 308,000.
func near(q, fact measure.Quantity) bool {
	const most = 3.0
	a, b := math.Abs(q.Value), math.Abs(fact.Value)
	return a > 0 && b > 0 && a/b <= most && b/a <= most
}

// otherEndAgrees reports whether the other figure of a change, from one to the
// other, is what the fact's metric says. When neither is, the change is
// another one.
func (s *scope) otherEndAgrees(about *Fact, w spot) bool {
	if w.partner == nil {
		return true
	}
	name, what, _ := cutLast(about.Key, ".")
	other := name + map[string]string{"before": ".after", "after": ".before"}[what]
	for i := range s.facts {
		if f := &s.facts[i]; f.Key == other && f.Note == about.Note && f.Quantity != nil {
			return agrees(*w.partner, *f.Quantity)
		}
	}
	return true
}

// named returns the subjects that the words around a figure name: those that
// stand nearest, and none when two different ones stand equally near.
func (s *scope) named(q measure.Quantity, w spot) []subject {
	var best []subject
	nearest := math.MaxInt
	for _, sub := range s.subjects {
		if !same(q, *sub.fact.Quantity) {
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
