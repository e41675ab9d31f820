package page

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"debrief/generator/front"
	"debrief/generator/measure"
	"debrief/generator/note"
)

func (g *gathering) facts() *note.Incident {
	f, _ := note.Of[*note.Incident](g.incident)
	return f
}

// addIncident is the card that no sheet of an incident is without: its
// phases, its figures, and what became of its deadlines.
func (g *gathering) addIncident() {
	n, f := g.incident, g.facts()
	strip, zone := phaseStrip(f)
	var about []string
	for _, part := range []string{severity(f.Severity), whenOf(n).Text, f.Role} {
		if part != "" {
			about = append(about, part)
		}
	}
	if zone != "" {
		about = append(about, "clock in "+zone+", T is the start of the impact")
	}
	var full, least []Block
	meta := Block{Text: plainSpan(strings.Join(about, " · ")), Fine: true, Lines: 2}
	if len(about) > 0 {
		full = append(full, meta)
	}
	if len(strip.Moments) > 0 {
		full, least = append(full, strip), append(least, strip)
	}
	if figures := g.s.headlineFigures(n, 3); len(figures) > 0 {
		b := Block{Kind: Headline, Figures: figures}
		full, least = append(full, b), append(least, b)
	}
	if len(least) == 0 && len(full) == 0 {
		full = []Block{{Text: plainSpan(cmp.Or(g.s.Said(n, n.Description), "No times and no figures yet.")), Lines: 3}}
	}
	short := slices.Clone(full)
	var verdicts []Span
	for i, m := range marks(f) {
		if i > 0 {
			verdicts = append(verdicts, Span{Text: " · "})
		}
		name, rest, _ := strings.Cut(m.Text, m.Word)
		verdicts = append(verdicts, Span{Text: name}, Span{Text: m.Word, Bold: true}, Span{Text: rest})
	}
	if len(verdicts) > 0 {
		full = append(full, Block{Text: verdicts})
	}
	g.add(Card{
		Name: "incident", Title: n.Title, Place: OnTop, Must: true, Priority: 200, Full: full, Short: short, Least: least,
		Why: "the incident of this sheet: its phases to the second, three figures with their confidence, its deadlines",
	}, n)
}

// phaseStrip lays the instants of an incident on a line. Their times are of one
// zone, which is named once.
func phaseStrip(f *note.Incident) (b Block, zone string) {
	b.Kind = Strip
	var set []note.Moment
	for _, m := range f.Instants() {
		if m.At.Set && m.At.Form == front.Instant {
			set = append(set, m)
		}
	}
	if len(set) == 0 {
		return b, ""
	}
	first, last := set[0].At.T, set[0].At.T
	days := false
	for _, m := range set {
		if m.At.T.Before(first) {
			first = m.At.T
		}
		if m.At.T.After(last) {
			last = m.At.T
		}
		days = days || !sameDay(m.At.T, set[0].At.T)
	}
	zone = offset(set[0].At.T)
	for i, m := range set {
		at := m.At.T
		mo := Moment{Name: m.Name, Stamp: clock(at, true), ISO: at.Format("2006-01-02T15:04:05Z07:00")}
		if days {
			mo.Stamp = at.Format("2\u00a0Jan ") + mo.Stamp
		}
		if o := offset(at); o != zone {
			mo.Stamp += " " + o
		}
		if f.StartedAt.Set {
			mo.Since = "T" + sinceStart(at.Sub(f.StartedAt.T))
		}
		if i > 0 {
			if d := at.Sub(set[i-1].At.T); d >= 0 {
				mo.Took = "after " + measure.FormatDuration(d)
			}
		}
		if whole := last.Sub(first); whole > 0 {
			mo.At = float64(at.Sub(first)) / float64(whole)
		}
		b.Moments = append(b.Moments, mo)
	}
	return b, zone
}

// addDecision is the way that was taken through the decision tree.
func (g *gathering) addDecision() {
	t := g.facts().DecisionTree
	if t == nil || len(t.Taken) == 0 {
		return
	}
	var full []Block
	for i, id := range t.Taken {
		node, ok := t.Node(id)
		if !ok {
			continue
		}
		text := []Span{{Text: node.Text()}}
		if node.Ask != "" && i+1 < len(t.Taken) {
			for _, w := range node.Ways() {
				if w.To == t.Taken[i+1] && w.When != "" {
					text = append(text, Span{Text: " " + w.When, Bold: true})
					break
				}
			}
		}
		var limits []string
		if node.Measured != "" {
			limits = append(limits, spoken(node.Measured))
		}
		if node.Threshold != "" {
			limits = append(limits, "limit "+spoken(node.Threshold))
		}
		if len(limits) > 0 {
			text = append(text, Span{Text: " (" + strings.Join(limits, ", ") + ")"})
		}
		full = append(full, Block{Kind: Item, Label: fmt.Sprint(i + 1), Text: text})
	}
	g.add(Card{
		Name: "decision", Title: "Decision path", Priority: 84, Full: full, Short: []Block{{Text: plainSpan(pathInWords(t))}},
		Why: "the path taken through the incident's decision tree",
	})
}

func (g *gathering) addRACI() {
	full := raciLines(g.facts().RACI)
	var short []Block
	for _, b := range full {
		b.Lines = 1
		short = append(short, b)
	}
	g.add(Card{Name: "raci", Title: "RACI", Priority: 70, Full: full, Short: short, Why: "the incident's RACI, a line a letter"})
}

// addChanges is every metric before and after.
func (g *gathering) addChanges() {
	c := Card{Name: "changes", Title: "Before → after", Priority: 29, Keep: 2, Why: "the incident's metrics"}
	changes, _ := g.s.changes(g.incident, g.facts().Metrics)
	for _, m := range changes {
		c.Full = append(c.Full, Block{Kind: Row, Cells: [][]Span{plainSpan(m.Name), boldSpan(beforeAfter(m.Before, m.After)), plainSpan(m.Relative)}})
	}
	g.add(c)
}

// beforeAfter writes a change; one side may be unknown.
func beforeAfter(before, after string) string {
	switch {
	case before == "":
		return after
	case after == "":
		return "was " + before
	}
	return before + " → " + after
}

// turns are the phases whose events a telling cannot do without.
var turns = []string{"detect", "acknowledge", "decide", "mitigate", "resolve"}

func (g *gathering) addTimeline() {
	c := Card{Name: "timeline", Title: "Timeline", Priority: 24, Keep: 4, Why: "the incident's events; where room is short, those that turned it"}
	f := g.facts()
	for i, row := range g.s.Timeline(g.incident, f.Timeline, "timeline").Rows {
		stamp := cmp.Or(row.Offset, row.Clock)
		if at := f.Timeline[i].At; at.Set && f.StartedAt.Set && at.T.Sub(f.StartedAt.T).Abs() >= 48*time.Hour {
			stamp = at.T.Format("2\u00a0Jan\u00a015:04")
		}
		b := Block{Kind: Row, Cells: [][]Span{boldSpan(stamp), plainSpan(row.Event)}}
		if slices.Contains(turns, f.Timeline[i].Phase) && len(c.Short) < 2*mostOnSheet {
			c.Short = append(c.Short, b)
		}
		if len(c.Full) == 2*mostOnSheet {
			c.More++
			continue
		}
		c.Full = append(c.Full, b)
	}
	if n := len(c.Short); n > 0 {
		c.Keep = n // a telling that stops before the end is none
	}
	g.add(c)
}

func (g *gathering) addFactors() {
	c := Card{Name: "factors", Title: "Contributing factors", Priority: 14, Keep: 2, Why: "the incident's contributing factors"}
	for _, text := range g.facts().Factors {
		c.Full = append(c.Full, Block{Kind: Item, Text: plainSpan(text)})
	}
	g.add(c)
}

func (g *gathering) addActions() {
	c := Card{Name: "actions", Title: "Action items", Priority: 12, Keep: 2, Why: "the incident's action items"}
	for _, a := range g.facts().Actions {
		text := []Span{{Text: a.Title}}
		state := cmp.Or(a.Status, "open")
		if a.Owner != "" {
			state = a.Owner + ", " + state
		}
		if a.DoneAt.Set {
			state += " " + dayOf(a.DoneAt).Text
		}
		c.Full = append(c.Full, Block{Kind: Item, Text: append(text, Span{Text: " (" + state + ")"})})
	}
	g.add(c)
}
