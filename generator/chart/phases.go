package chart

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"debrief/generator/measure"
)

// An Instant is a named point in an incident.
type Instant struct {
	Done string // "mitigated"
	Verb string // of the phase that it ends: "mitigate"; "" for the first
	At   time.Time
}

// A Stage is the time between two neighbouring instants of an incident.
type Stage struct {
	From, To Instant
	Told     bool // no instant is missing between them, so it is the phase that To ends
	Row      int  // of the twin
}

// Name is the phase's, or says that nobody wrote down what happened.
func (s Stage) Name() string {
	if s.Told {
		return s.To.Verb
	}
	return "unexplained"
}

// Length is how long it took, to the second.
func (s Stage) Length() string { return measure.ExactDuration(s.To.At.Sub(s.From.At)) }

// Stages cuts an incident at its known instants. They are given in the order
// in which they should come; those without a time are missing.
func Stages(instants []Instant) []Stage {
	var known []int
	for i, in := range instants {
		if !in.At.IsZero() {
			known = append(known, i)
		}
	}
	slices.SortStableFunc(known, func(i, j int) int { return instants[i].At.Compare(instants[j].At) })
	var out []Stage
	for k := 1; k < len(known); k++ {
		from, to := known[k-1], known[k]
		out = append(out, Stage{From: instants[from], To: instants[to], Told: to == from+1})
	}
	return out
}

// A Deadline is a time that the incident was held to.
type Deadline struct {
	Name  string // "target to mitigate"
	Limit time.Duration
	Took  time.Duration // both from the start
	Row   int           // of the twin
}

// verdict is how it ended, in words.
func (d Deadline) verdict() string {
	switch by := measure.ExactDuration((d.Took - d.Limit).Abs()); {
	case d.Took > d.Limit:
		return "missed by " + by
	case d.Took == d.Limit:
		return "met to the second"
	default:
		return "met with " + by + " to spare"
	}
}

// Margin is what follows the word met or missed: "by 23 min; target to
// mitigate 15 min".
func (d Deadline) Margin() string {
	_, margin, _ := strings.Cut(d.verdict(), " ")
	return margin + "; " + d.Name + " " + measure.ExactDuration(d.Limit)
}

// A Band is the phases of one incident.
type Band struct {
	ID, Twin  string
	Stages    []Stage
	Deadlines []Deadline
}

// beyond is the share of the width for deadlines after the last instant.
const beyond = .12

// Draw draws the phases side by side; nil when there is none.
func (b Band) Draw() *Drawing {
	if len(b.Stages) == 0 {
		return nil
	}
	knots := []time.Time{b.Stages[0].From.At}
	for _, s := range b.Stages {
		knots = append(knots, s.To.At)
	}
	scale := fold(knots)
	first, last := knots[0], knots[len(knots)-1]
	var late []time.Duration // deadlines that lie after the end
	for _, d := range b.Deadlines {
		if first.Add(d.Limit).After(last) {
			late = append(late, d.Limit)
		}
	}
	slices.Sort(late)
	late = slices.Compact(late)
	inside := 1.0
	if len(late) > 0 {
		inside -= beyond
	}
	if last.Equal(first) && len(late) == 0 {
		inside = .5
	}
	at := func(t time.Time) float64 { return scale.at(t) * inside }
	limit := func(d Deadline) float64 {
		if i := slices.Index(late, d.Limit); i >= 0 {
			return inside + beyond*float64(i+1)/float64(len(late)+1)
		}
		return at(first.Add(d.Limit))
	}

	c := &canvas{id: b.ID}
	c.b.WriteString(`<defs><path id="` + b.ID + `.flag" d="M0 0L4 7H-4Z"/></defs>` + "\n")
	const high, edge = 42.0, 4.0
	var above, below []label
	for i, s := range b.Stages {
		if !b.fits(s, scale.places[i+1]*inside-scale.places[i]*inside) {
			above = append(above, label{at: (scale.places[i] + scale.places[i+1]) / 2 * inside, lines: []string{s.Name() + " " + s.Length()}})
		}
	}
	below = append(below, label{at: 0, lines: []string{b.Stages[0].From.Done + " " + knots[0].Format("15:04:05")}, class: "soft"})
	for i, s := range b.Stages {
		text := "+" + measure.Clock(s.To.At.Sub(first))
		if !s.Told {
			text += " " + s.To.Done
		}
		below = append(below, label{at: scale.places[i+1] * inside, lines: []string{text}, class: "soft"})
	}
	for _, d := range b.Deadlines {
		l := label{at: limit(d), lines: []string{d.Name + " " + measure.ExactDuration(d.Limit), "✓ " + d.verdict()}, class: "met", bold: true}
		if d.Took > d.Limit {
			l.class, l.lines[1] = "missed", "✗ "+d.verdict()
		}
		below = append(below, l)
	}
	top := float64(place(above)*lineStep) + 4
	if len(above) == 0 {
		top = 1
	}
	under := top + high + edge + 4
	rows := place(below)

	for i, s := range b.Stages {
		from, to := scale.places[i]*inside, scale.places[i+1]*inside
		class, fill := "phase", ""
		if !s.Told {
			class, fill = "untold", c.hatched()
		} else if s.To.Verb == "resolve" {
			class = "phase calm"
		}
		twin := strconv.Itoa(s.Row) + "|" + s.Length() + "|" + s.Name()
		c.rect(class, from, to-from, top, high, "fill", fill, "data-twin", twin)
	}
	for i, s := range b.Stages {
		from, to := scale.places[i]*inside, scale.places[i+1]*inside
		c.down("cut", from, top, top+high)
		if i == len(b.Stages)-1 {
			c.down("cut", to, top, top+high)
		}
		if b.fits(s, to-from) {
			c.text("in b", (from+to)/2, 0, top+18, middle, s.Name())
			c.text("in", (from+to)/2, 0, top+18+lineStep, middle, s.Length())
		}
	}
	if len(late) > 0 {
		c.across("after", inside, 1, top+high/2)
	}
	c.b.WriteString("\n")
	for _, d := range b.Deadlines {
		if d.Took > d.Limit {
			c.rect("late", limit(d), max(0, at(first.Add(d.Took))-limit(d)), top+high, edge)
		}
	}
	c.labels(above, top, top-4, true)
	c.labels(below, top+high, under, false)
	for _, d := range b.Deadlines {
		class := "flag met"
		if d.Took > d.Limit {
			class = "flag missed"
		}
		c.empty("use", "class", class, "href", "#"+b.ID+".flag", "x", pct(limit(d)), "y", decimal(top+high),
			"data-twin", strconv.Itoa(d.Row)+"|"+measure.ExactDuration(d.Limit)+"|"+d.verdict())
	}
	height := under + float64(rows+1)*lineStep + 2
	c.text("soft", 1, 0, height-Descent, end, "Not to scale: square root of time")
	return c.drawn("100%", height, Drawing{Kind: "phases", Title: "Phases", Summary: b.summary(first), Twin: b.Twin})
}

// fits reports whether a stage's name and length stand inside its bar.
func (b Band) fits(s Stage, share float64) bool {
	return max(Width(s.Name(), true), Width(s.Length(), false))+6 <= share*Narrow
}

func (b Band) summary(first time.Time) string {
	var parts []string
	unexplained := time.Duration(0)
	for _, s := range b.Stages {
		if !s.Told {
			unexplained += s.To.At.Sub(s.From.At)
		}
		parts = append(parts, s.To.Done+" after "+measure.ExactDuration(s.To.At.Sub(first)))
	}
	text := capital(strings.Join(parts, ", ")) + "."
	if unexplained > 0 {
		text += " " + measure.ExactDuration(unexplained) + " are unexplained: an instant between is missing."
	}
	for _, d := range b.Deadlines {
		text += " " + capital(d.Name) + " " + measure.ExactDuration(d.Limit) + ": " + d.verdict() + "."
	}
	return text
}

// capital makes one of our own texts begin with a capital.
func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }
