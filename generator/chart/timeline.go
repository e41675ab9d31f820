package chart

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A Lane is what an event of a timeline was.
type Lane int

const (
	Signal Lane = iota
	Decision
	Action
	Communication
	lanes
)

var laneNames = [lanes]string{"signal", "decision", "action", "communication"}

// laneShapes are the marks of each lane: what can be told apart without
// colour.
var laneShapes = [lanes]string{"M0-6L6 5H-6Z", "M0-6.5L6.5 0 0 6.5-6.5 0Z", "M-5-5H5V5H-5Z", "M0-5.5A5.5 5.5 0 1 1 0 5.5A5.5 5.5 0 1 1 0-5.5Z"}

// An Event is one mark on a timeline.
type Event struct {
	At   time.Time
	Lane Lane
	Says string // its distance from the start, as the twin has it: "T+20:30"
	Row  int    // of the twin
}

// A Silence is a stretch without an entry that somebody will ask about.
type Silence struct {
	From, To time.Time
	Says     string // "12 min"
	Row      int    // of the twin
}

// A Timeline is what happened, in lanes under a clock.
type Timeline struct {
	ID, Twin string
	Title    string
	Events   []Event
	Silences []Silence
	Instants []Instant // of the incident's phases
	Summary  string    // of the events, to go on from
}

const (
	laneHigh = 36.0
	laneLine = 25.0        // from a lane's top to its marks
	markHalf = 6.5         // of a single mark
	inset    = 9. / Narrow // on both sides, so that marks at the ends are whole
	rail     = 8.          // under the lanes, for silences
	named    = 3           // silences that get a label, the longest
)

// Draw draws the lanes; nil when no event has a time.
func (t Timeline) Draw() *Drawing {
	scale, ok := t.span()
	if !ok {
		return nil
	}
	at := func(x time.Time) float64 { return inset + (1-2*inset)*scale.at(x) }
	c := &canvas{id: t.ID}
	c.b.WriteString("<defs>")
	for l, shape := range laneShapes {
		c.empty("path", "id", c.id+"."+strconv.Itoa(l), "class", "mark-"+laneNames[l], "d", shape)
	}
	c.b.WriteString("</defs>\n")

	var above, below []label
	for _, in := range t.Instants {
		above = append(above, label{at: at(in.At), lines: []string{in.Done}, class: "soft"})
	}
	ticks, step := scale.ticks(4)
	for _, x := range ticks {
		below = append(below, label{at: at(x), lines: []string{tickText(x, step)}, class: "soft"})
	}
	longest := slices.Clone(t.Silences)
	slices.SortStableFunc(longest, func(a, b Silence) int { return int(b.To.Sub(b.From).Seconds() - a.To.Sub(a.From).Seconds()) })
	top := float64(place(above)*lineStep) + 4
	foot := top + laneHigh*float64(lanes) + rail
	tickRows := place(below)
	var quiet []label
	for _, s := range longest[:min(named, len(longest))] {
		quiet = append(quiet, label{at: (at(s.From) + at(s.To)) / 2, lines: []string{s.Says + " silent"}, class: "warn"})
	}
	quietTop := foot + float64(tickRows)*lineStep + 6
	height := quietTop + float64(place(quiet)*lineStep) + 2

	for _, s := range t.Silences {
		c.rect("silent", at(s.From), at(s.To)-at(s.From), foot-rail, rail, "fill", c.hatched(), "data-twin", strconv.Itoa(s.Row)+"|"+s.Says)
	}
	for l := range lanes {
		c.across("lane", 0, 1, top+laneHigh*float64(l)+laneLine)
	}
	c.across("axis", 0, 1, foot)
	for _, in := range t.Instants {
		c.down("lane", at(in.At), top, foot)
	}
	c.labels(above, top, top-4, true)
	c.labels(below, foot, foot+4, false)
	c.labels(quiet, foot, quietTop, false)
	c.b.WriteString("\n")
	for l := range lanes {
		t.lane(c, l, top+laneHigh*float64(l), at)
	}
	return c.drawn("100%", height, Drawing{Kind: "timeline", Title: t.Title, Summary: t.summary(), Twin: t.Twin})
}

// span is the time from the first event or instant to the last.
func (t Timeline) span() (s even, ok bool) {
	grow := func(x time.Time) {
		if s.from.IsZero() || x.Before(s.from) {
			s.from = x
		}
		if s.to.IsZero() || x.After(s.to) {
			s.to = x
		}
	}
	for _, e := range t.Events {
		grow(e.At)
	}
	for _, in := range t.Instants {
		grow(in.At)
	}
	return s, len(t.Events) > 0
}

// tickText writes a tick's time as finely as the ticks are apart.
func tickText(x time.Time, step time.Duration) string {
	midnight := x.Hour() == 0 && x.Minute() == 0 && x.Second() == 0
	switch {
	case midnight && step >= 2*time.Hour:
		return x.Format("2\u00a0Jan")
	case step < time.Minute:
		return x.Format("15:04:05")
	}
	return x.Format("15:04")
}

// A cluster is events of a lane that stand too close for marks of their own.
type cluster struct {
	events []Event
	x      float64
}

// half is how far its mark reaches to each side, in pixels.
func (c cluster) half() float64 {
	if len(c.events) == 1 {
		return markHalf
	}
	return Width(strconv.Itoa(len(c.events)), true)/2 + 5
}

// clusters puts the events of a lane together until no two marks meet on the
// narrowest page.
func clusters(events []Event, at func(time.Time) float64) []cluster {
	events = slices.Clone(events)
	slices.SortStableFunc(events, func(a, b Event) int { return a.At.Compare(b.At) })
	var out []cluster
	for _, e := range events {
		out = append(out, cluster{[]Event{e}, at(e.At)})
		for len(out) > 1 {
			a, b := out[len(out)-2], out[len(out)-1]
			if (b.x-a.x)*Narrow >= a.half()+b.half()+1 {
				break
			}
			both := cluster{events: append(slices.Clone(a.events), b.events...)}
			both.x = (at(both.events[0].At) + at(e.At)) / 2
			edge := both.half() / Narrow
			both.x = min(max(both.x, edge), 1-edge)
			out = append(out[:len(out)-2], both)
		}
	}
	return out
}

// lane draws the name of a lane, what is in it, and its marks.
func (t Timeline) lane(c *canvas, l Lane, top float64, at func(time.Time) float64) {
	var events []Event
	for _, e := range t.Events {
		if e.Lane == l {
			events = append(events, e)
		}
	}
	count := "none"
	if len(events) > 0 {
		count = strconv.Itoa(len(events))
	}
	c.text("soft", 0, 0, top+13, start, laneNames[l]+" · "+count)
	for _, g := range clusters(events, at) {
		var rows []string
		for _, e := range g.events {
			rows = append(rows, strconv.Itoa(e.Row))
		}
		twin, y := strings.Join(rows, ","), top+laneLine
		if len(g.events) == 1 {
			c.empty("use", "href", "#"+c.id+"."+strconv.Itoa(int(l)), "x", pct(g.x), "y", decimal(y), "data-twin", twin+"|"+g.events[0].Says)
			continue
		}
		c.empty("rect", "class", "many mark-"+laneNames[l], "x", pct(g.x), "transform", "translate("+decimal(-g.half())+")", "width", decimal(2*g.half()), "y", decimal(y-8), "height", "16", "rx", "8", "data-twin", twin)
		c.text("b", g.x, 0, y+4, middle, strconv.Itoa(len(g.events)))
	}
}

func (t Timeline) summary() string {
	var parts []string
	for l := range lanes {
		n := 0
		for _, e := range t.Events {
			if e.Lane == l {
				n++
			}
		}
		parts = append(parts, fmt.Sprintf("%s\u00a0%d", laneNames[l], n))
	}
	return strings.TrimSpace(t.Summary + " By lane: " + strings.Join(parts, ", ") + ".")
}
