package main

import (
	"bytes"
	"fmt"
	"math"
	"os/exec"
	"slices"
	"time"
)

// A cost is what one run of a program took.
type cost struct {
	wall, cpu float64 // seconds
	peak      float64 // MiB
}

// measured runs a program to its end. It begins when what was written before is
// on disk: debrief waits for its own site to be there, and would wait for the
// sites of all others with it.
func measured(c *exec.Cmd) (cost, error) {
	flush()
	var said bytes.Buffer
	c.Stdout, c.Stderr = &said, &said
	start := time.Now()
	if err := c.Run(); err != nil {
		return cost{}, fmt.Errorf("%v: %w\n%s", c.Args, err, said.Bytes())
	}
	wall := time.Since(start).Seconds()
	s := c.ProcessState
	return cost{wall, (s.UserTime() + s.SystemTime()).Seconds(), peak(s)}, nil
}

// A table is what each program took, round by round.
type table map[string][]cost

// The columns of a cost, as they are printed.
var columns = []struct {
	name string
	of   func(cost) float64
}{
	{"wall", func(c cost) float64 { return c.wall }},
	{"CPU", func(c cost) float64 { return c.cpu }},
	{"peak", func(c cost) float64 { return c.peak }},
}

func (t table) median(name string, of func(cost) float64) float64 {
	var values []float64
	for _, c := range t[name] {
		values = append(values, of(c))
	}
	return median(values)
}

// ratio says how one program compares with another: the median of the rounds'
// ratios with the lowest and the highest.
func (t table) ratio(name, to string) string {
	line := fmt.Sprintf("  %-28s", name+" / "+to)
	for _, column := range columns {
		var ratios []float64
		for i := range min(len(t[name]), len(t[to])) {
			ratios = append(ratios, column.of(t[name][i])/column.of(t[to][i]))
		}
		line += "  " + column.name + " " + spread(ratios, "%.3f")
	}
	return line
}

func median(values []float64) float64 {
	if len(values) == 0 {
		return math.NaN()
	}
	values = slices.Sorted(slices.Values(values))
	half := len(values) / 2
	if len(values)%2 == 1 {
		return values[half]
	}
	return (values[half-1] + values[half]) / 2
}

func spread(values []float64, form string) string {
	if len(values) == 0 {
		return "–"
	}
	return fmt.Sprintf(form+" ("+form+"–"+form+")", median(values), slices.Min(values), slices.Max(values))
}
