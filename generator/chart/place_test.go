package chart

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// collisions says which placed labels cover one another or leave the chart
// at a width.
func collisions(labels []label, chart float64) (found []string) {
	for i, l := range labels {
		from, to := l.extent(chart)
		if from < -1e-6 || to > chart+1e-6 {
			found = append(found, fmt.Sprintf("%q stands from %.1f to %.1f of %.0f", l.lines, from, to, chart))
		}
		for _, o := range labels[:i] {
			oFrom, oTo := o.extent(chart)
			if from < oTo && oFrom < to && l.row < o.row+len(o.lines) && o.row < l.row+len(l.lines) {
				found = append(found, fmt.Sprintf("%q covers %q at %.0f", l.lines, o.lines, chart))
			}
		}
	}
	return found
}

func TestPlacedLabelsNeverMeet(t *testing.T) {
	words := rapid.SampledFrom([]string{"start", "+0:30", "acknowledged +2:00", "検知しました", "בדיקה", "", "✗ missed by 23 min", strings.Repeat("target ", 12), strings.Repeat("x", 80)})
	rapid.Check(t, func(t *rapid.T) {
		var labels []label
		for range rapid.IntRange(0, 14).Draw(t, "labels") {
			labels = append(labels, label{
				at:    rapid.OneOf(rapid.Float64Range(0, 1), rapid.SampledFrom([]float64{0, .001, .5, .999, 1})).Draw(t, "at"),
				lines: rapid.SliceOfN(words, 1, 2).Draw(t, "lines"), bold: rapid.Bool().Draw(t, "bold"),
			})
		}
		rows := place(labels)
		for _, l := range labels {
			if l.row+len(l.lines) > rows {
				t.Errorf("%q is in row %d of %d", l.lines, l.row, rows)
			}
		}
		for _, w := range []float64{Narrow, 288, 333, 720, 1280, 5000} {
			for _, c := range collisions(labels, w) {
				t.Error(c)
			}
		}
	})
}

// TestPolesPassLabels holds that labels crowded at one edge hang like steps:
// no pole runs through another label's text.
func TestPolesPassLabels(t *testing.T) {
	for _, places := range [][]float64{{0, .04, .11, .36, .59, 1}, {0, .9, .95, .97, 1}, {.3, .31, .32, .33}, {0, 0, 0}, {1, 1}} {
		var labels []label
		for i, at := range places {
			labels = append(labels, label{at: at, lines: []string{fmt.Sprintf("+1:0%d:00", i)}})
		}
		place(labels)
		for i, l := range labels {
			for j, o := range labels {
				if i != j && !clear(l, o) {
					t.Errorf("%v: the pole at %v crosses the label at %v", places, l.at, o.at)
				}
			}
		}
	}
}

func TestShorten(t *testing.T) {
	for _, c := range []struct {
		text string
		most float64
		want string
	}{
		{"diagnose", 200, "diagnose"},
		{"acknowledge, then wait", 90, "acknowledg…"},
		{"one, two", 38, "one…"},
		{"日本語の文章", 45, "日本…"},
		{"x", 1, ""},
	} {
		got := shorten(c.text, false, c.most)
		if got != c.want {
			t.Errorf("shorten(%q, %v) = %q, want %q", c.text, c.most, got, c.want)
		}
		if Width(got, false) > c.most {
			t.Errorf("%q is wider than %v", got, c.most)
		}
	}
}

func TestWidth(t *testing.T) {
	for _, c := range []struct {
		text string
		want float64
	}{
		{"", 0}, {"i", 3.36}, {"m", 11.76}, {"e\u0301", 7.44}, {"日", 12.48}, {"\u2068", 0},
	} {
		if got := Width(c.text, false); got < c.want-.01 || got > c.want+.01 {
			t.Errorf("Width(%q) = %v, want %v", c.text, got, c.want)
		}
	}
	if Width("met", true) <= Width("met", false) {
		t.Error("bold text is no wider")
	}
}
