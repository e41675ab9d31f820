package chart

import (
	"math"
	"time"
)

// A folded scale lays stretches of time side by side, each as wide as the
// square root of its length: half a minute stays visible beside an hour. It
// is not to scale, and a chart that uses it says so.
type folded struct {
	knots  []time.Time // in order
	places []float64   // of the knots, from 0 to 1
}

// least is the share of the width that a stretch takes which lasts at all.
const least = .03

// fold makes the scale of instants in order.
func fold(knots []time.Time) folded {
	s := folded{knots, make([]float64, len(knots))}
	var roots []float64
	sum := 0.0
	for i := 1; i < len(knots); i++ {
		root := math.Sqrt(math.Max(0, knots[i].Sub(knots[i-1]).Seconds()))
		roots = append(roots, root)
		sum += root
	}
	if sum == 0 {
		return s
	}
	whole := 0.0
	for i, root := range roots {
		if root > 0 {
			roots[i] = max(root/sum, least)
		}
		whole += roots[i]
	}
	at := 0.0
	for i, share := range roots {
		at += share / whole
		s.places[i+1] = min(at, 1)
	}
	return s
}

// at is the place of an instant; within a stretch time runs evenly.
func (s folded) at(t time.Time) float64 {
	for i := 1; i < len(s.knots); i++ {
		if t.After(s.knots[i]) {
			continue
		}
		if length := s.knots[i].Sub(s.knots[i-1]); length > 0 {
			part := max(0, float64(t.Sub(s.knots[i-1]))/float64(length))
			return s.places[i-1] + part*(s.places[i]-s.places[i-1])
		}
		return s.places[i-1]
	}
	if len(s.places) == 0 {
		return 0
	}
	return s.places[len(s.places)-1]
}

// An even scale is time as it runs, from one instant to another.
type even struct{ from, to time.Time }

func (s even) at(t time.Time) float64 {
	length := s.to.Sub(s.from)
	if length <= 0 {
		return .5
	}
	return min(1, max(0, float64(t.Sub(s.from))/float64(length)))
}

// tickSteps are the distances that ticks of a time axis may have.
var tickSteps = []time.Duration{
	time.Second, 5 * time.Second, 15 * time.Second, 30 * time.Second,
	time.Minute, 2 * time.Minute, 5 * time.Minute, 10 * time.Minute, 15 * time.Minute, 30 * time.Minute,
	time.Hour, 2 * time.Hour, 4 * time.Hour, 6 * time.Hour, 12 * time.Hour,
	24 * time.Hour, 2 * 24 * time.Hour, 3 * 24 * time.Hour, 5 * 24 * time.Hour, 7 * 24 * time.Hour, 14 * 24 * time.Hour, 28 * 24 * time.Hour,
	91 * 24 * time.Hour, 364 * 24 * time.Hour,
}

// ticks are round instants on the scale, at most so many, as the clock of its
// first instant shows them.
func (s even) ticks(most int) (at []time.Time, step time.Duration) {
	length := s.to.Sub(s.from)
	step = tickSteps[len(tickSteps)-1]
	for _, d := range tickSteps {
		if length/d < time.Duration(most) {
			step = d
			break
		}
	}
	for length/step >= time.Duration(most) {
		step *= 2
	}
	y, m, d := s.from.Date()
	midnight := time.Date(y, m, d, 0, 0, 0, 0, s.from.Location())
	first := midnight.Add((s.from.Sub(midnight) + step - 1) / step * step)
	for t := first; !t.After(s.to); t = t.Add(step) {
		at = append(at, t)
	}
	return at, step
}
