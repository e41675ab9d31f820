package claim

import (
	"slices"
	"time"

	"debrief/generator/measure"
	"debrief/generator/note"
)

// An Across is one time over several incidents. Durations of incidents are
// heavily skewed, so it has a median and a range and no mean (VOID reports
// 2021 and 2022); of one incident there is none: it has a time.
type Across struct {
	Key, Label  string
	N           int // incidents that know it, two or more
	Median      time.Duration
	Least, Most time.Duration
}

// String writes it as one would say it: "median 41 min of 5 (19 min to 9 h)".
func (a Across) String() string {
	return "median " + measure.FormatDuration(a.Median) + " of " + measure.FormatNumber(float64(a.N), 0) +
		" (" + measure.FormatDuration(a.Least) + " to " + measure.FormatDuration(a.Most) + ")"
}

// Across returns the times that two or more incidents know. Near misses are
// left out: nobody was harmed, so nothing was restored.
func (l *Ledger) Across() []Across {
	var out []Across
	took := make(map[string][]time.Duration)
	for _, n := range l.book.OfKind("incident") {
		f, _ := note.Of[*note.Incident](n)
		if f.NearMiss.B {
			continue
		}
		for _, t := range Times(f) {
			if !t.OK {
				continue
			}
			if !slices.ContainsFunc(out, func(a Across) bool { return a.Key == t.Key }) {
				out = append(out, Across{Key: t.Key, Label: t.Label})
			}
			took[t.Key] = append(took[t.Key], t.D)
		}
	}
	for i := range out {
		a := &out[i]
		all := took[a.Key]
		slices.Sort(all)
		a.N, a.Least, a.Most = len(all), all[0], all[len(all)-1]
		a.Median = (all[(len(all)-1)/2] + all[len(all)/2]) / 2
	}
	return slices.DeleteFunc(out, func(a Across) bool { return a.N < 2 })
}
