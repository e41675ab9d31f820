package chart

import (
	"fmt"
	"strconv"
	"time"
)

// A Milestone is one date on the way.
type Milestone struct {
	Day  time.Time
	Kind string // "Round", as the twin says it
	Main bool   // drawn larger: a round
	Done bool   // drawn filled
	Row  int    // of the twin
}

// A Process is the dates from the first to the last, in their order.
type Process struct {
	ID, Twin   string
	Title      string
	Summary    string
	Milestones []Milestone
}

const (
	mostLabels = 16       // days that are named; more would be a list again
	mostYears  = 100      // beyond, a date is a slip of the pen
	weekly     = 10 * 7   // days up to which the ticks are weeks
	todayRow   = lineStep // kept free for the word that the browser writes
)

// Draw draws the dates on a line; nil when they are fewer than two days. Where
// today is, only the reader's clock knows: the mark is hidden until a script
// puts it in its place.
func (p Process) Draw() *Drawing {
	if len(p.Milestones) < 2 {
		return nil
	}
	first, last := dayOf(p.Milestones[0].Day), dayOf(p.Milestones[len(p.Milestones)-1].Day)
	span := last.Sub(first)
	if span <= 0 || span > mostYears*366*24*time.Hour {
		return nil
	}
	at := func(t time.Time) float64 {
		return inset + (1-2*inset)*float64(dayOf(t).Sub(first))/float64(span)
	}
	above := p.labels(at)
	var below []label
	for _, t := range weeks(first, last) {
		below = append(below, label{at: at(t), lines: []string{t.Format("2 Jan")}, class: "soft"})
	}
	c := &canvas{id: p.ID}
	line := todayRow + float64(place(above)*lineStep) + 12
	ticks := place(below)
	c.open("g", "class", "today", "data-today", first.Format(time.DateOnly)+"/"+last.Format(time.DateOnly), "data-from", decimal(inset*100), "data-to", decimal(100-inset*100))
	c.down("", inset, todayRow, line+10)
	c.text("b", inset, 0, Ascent+1, start, "today")
	c.b.WriteString("</g>")
	c.across("axis", 0, 1, line)
	c.labels(above, line, line-8, true)
	c.labels(below, line, line+10, false)
	for _, m := range p.Milestones {
		class, r := "milestone", "4"
		if m.Main {
			r = "6"
		}
		if m.Done {
			class += " done"
		}
		c.empty("circle", "class", class, "cx", pct(at(m.Day)), "cy", decimal(line), "r", r, "data-twin", strconv.Itoa(m.Row)+"|"+m.Kind)
	}
	foot := line + 10 + float64(ticks)*lineStep
	return c.drawn("100%", foot+4, Drawing{Kind: "process", Title: p.Title, Summary: p.Summary, Twin: p.Twin})
}

// labels name the days, one label a day.
func (p Process) labels(at func(time.Time) float64) []label {
	var out []label
	for i := 0; i < len(p.Milestones); {
		end := i
		for end < len(p.Milestones) && dayOf(p.Milestones[end].Day).Equal(dayOf(p.Milestones[i].Day)) {
			end++
		}
		what, class := p.Milestones[i].Kind, ""
		if end-i > 1 {
			what = fmt.Sprintf("%d dates", end-i)
			if same(p.Milestones[i:end]) {
				what = fmt.Sprintf("%d × %s", end-i, p.Milestones[i].Kind)
			}
		}
		if p.Milestones[i].Done {
			class = "soft"
		}
		out = append(out, label{at: at(p.Milestones[i].Day), lines: []string{p.Milestones[i].Day.Format("2 Jan"), what}, class: class, bold: true})
		i = end
	}
	if len(out) > mostLabels {
		return []label{out[0], out[len(out)-1]}
	}
	return out
}

func same(list []Milestone) bool {
	for _, m := range list {
		if m.Kind != list[0].Kind {
			return false
		}
	}
	return true
}

// weeks are the Mondays from first to last, or the first days of the months
// where those would be many.
func weeks(first, last time.Time) []time.Time {
	var out []time.Time
	long := last.Sub(first) > weekly*24*time.Hour
	years := last.Sub(first) > 3*365*24*time.Hour
	for t := first; !t.After(last); t = t.AddDate(0, 0, 1) {
		switch {
		case years && t.YearDay() == 1 && len(out) < 8, !years && long && t.Day() == 1 && (last.Sub(first) < 400*24*time.Hour || t.Month()%3 == 1), !long && t.Weekday() == time.Monday:
			out = append(out, t)
		}
	}
	return out
}

// dayOf is the day as its author wrote it, whatever its zone.
func dayOf(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}
