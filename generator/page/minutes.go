package page

import (
	"encoding/json"
	"regexp"
	"strconv"
	"strings"

	"debrief/generator/note"
	"debrief/generator/prose"
)

// A minutePlan is the author's own table of minutes for a round.
type minutePlan struct {
	table int // as passages count them; 0 without a plan
	steps []minuteStep
}

// A minuteStep is a row of a table of minutes.
type minuteStep struct {
	as       string // its first cell as written
	from, to int    // minutes from the start; −1 where nobody can say
	what     []string
}

// when is the step's place on the clock: "5–20", "40–" while its end is open,
// or as written.
func (s *minuteStep) when() string {
	switch {
	case s.from < 0:
		return s.as
	case s.to < 0:
		return strconv.Itoa(s.from) + "–"
	}
	return strconv.Itoa(s.from) + "–" + strconv.Itoa(s.to)
}

// ownPlan finds the first table whose first column plans minutes, whatever the
// language of its head.
func (s *Site) ownPlan(n *note.Note) minutePlan {
	f, _ := note.Of[*note.Round](n)
	length := int(f.Duration.D.Minutes())
	var p minutePlan
	for i := range n.Body.Passages {
		row := &n.Body.Passages[i]
		if row.Kind != prose.Row || row.Top || len(row.Cells) < 2 {
			continue
		}
		if row.Table != p.table {
			if setClock(p.steps, length) {
				return p
			}
			p = minutePlan{table: row.Table}
		}
		cells := s.cellsIn(n, row)
		p.steps = append(p.steps, minuteStep{as: cells[0], from: -1, to: -1, what: cells[1:]})
	}
	if setClock(p.steps, length) {
		return p
	}
	return minutePlan{}
}

// setClock sets the minutes of a round that takes length minutes, or 0, by
// what stands in the first column: lengths, or from 0 on the minutes at which
// something starts, or stretches. False is for any other column.
func setClock(steps []minuteStep, length int) bool {
	timed := steps
	if last := len(steps) - 1; last > 0 && !strings.ContainsAny(steps[last].as, "0123456789") {
		timed = steps[:last] // "end"
	}
	if len(timed) == 0 || !readMinutes(timed) {
		return false
	}
	starts, at := timed[0].from == 0 && timed[0].to < 0, 0
	for i := range timed {
		switch s := &timed[i]; {
		case s.to >= 0:
		case !starts:
			s.from, s.to = at, at+s.from
		case i+1 < len(timed):
			s.to = timed[i+1].from
		case length > s.from:
			s.to = length
		}
		at = timed[i].to
	}
	return true
}

var minuteCell = regexp.MustCompile(`^(\d{1,3})(?: ?[–-] ?(\d{1,3}))?(?: min)?$`)

// readMinutes reads each first cell as one number or two; false when one is
// neither, or when they only number the rows: 1, 2, 3.
func readMinutes(steps []minuteStep) bool {
	numbers := len(steps) > 1
	for i := range steps {
		s := &steps[i]
		m := minuteCell.FindStringSubmatch(s.as)
		if m == nil {
			return false
		}
		s.from, _ = strconv.Atoi(m[1])
		if m[2] != "" {
			s.to, _ = strconv.Atoi(m[2])
		}
		numbers = numbers && s.from == i+1 && s.to < 0
	}
	return !numbers
}

// forTheDay is a table of minutes as interview day reads it: its first column,
// by which a page finds it, each with the minute at which the step ends, null
// while that is open and nothing where the row is none.
func forTheDay(steps []minuteStep) string {
	if len(steps) == 0 {
		return ""
	}
	var rows [][]any
	for _, s := range steps {
		switch {
		case s.from < 0:
			rows = append(rows, []any{s.as})
		case s.to < 0:
			rows = append(rows, []any{s.as, nil})
		default:
			rows = append(rows, []any{s.as, s.to})
		}
	}
	text, _ := json.Marshal(rows) // of texts and numbers alone
	return string(text)
}
