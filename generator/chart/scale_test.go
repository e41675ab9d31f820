package chart

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

var morning = time.Date(2023, 7, 11, 10, 2, 0, 0, time.FixedZone("", -7*3600))

func after(ds ...time.Duration) (at []time.Time) {
	for _, d := range ds {
		at = append(at, morning.Add(d))
	}
	return at
}

// TestFoldedScale keeps half a minute visible beside hours and days, in order.
func TestFoldedScale(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var lengths []time.Duration
		for range rapid.IntRange(0, 8).Draw(t, "knots") {
			lengths = append(lengths, time.Duration(rapid.Int64Range(0, int64(40*24*time.Hour)).Draw(t, "length")))
		}
		slices.Sort(lengths)
		s := fold(after(lengths...))
		for i := 1; i < len(lengths); i++ {
			wide := s.places[i] - s.places[i-1]
			if wide < 0 || lengths[i] == lengths[i-1] && wide > 0 {
				t.Fatalf("%v lies from %v to %v", lengths[i]-lengths[i-1], s.places[i-1], s.places[i])
			}
			if lengths[i] > lengths[i-1] && wide*Narrow < 6 {
				t.Errorf("%v of %v is %.1f pixels wide", lengths[i]-lengths[i-1], lengths, wide*Narrow)
			}
			middle := morning.Add((lengths[i] + lengths[i-1]) / 2)
			if at := s.at(middle); at < s.places[i-1]-1e-9 || at > s.places[i]+1e-9 {
				t.Errorf("the middle of %v to %v lies at %v", s.places[i-1], s.places[i], at)
			}
		}
		for _, p := range s.places {
			if p < 0 || p > 1 {
				t.Errorf("%v lies outside", p)
			}
		}
	})
}

func TestTicksAreRoundAndFew(t *testing.T) {
	for _, c := range []struct {
		length time.Duration
		step   time.Duration
		first  string
	}{
		{90 * time.Minute, 30 * time.Minute, "10:30:00"},
		{10 * time.Second, 5 * time.Second, "10:02:00"},
		{11 * 24 * time.Hour, 3 * 24 * time.Hour, "00:00:00"},
		{30 * 24 * time.Hour, 14 * 24 * time.Hour, "00:00:00"},
		{400 * 24 * time.Hour, 364 * 24 * time.Hour, "00:00:00"},
		{0, time.Second, "10:02:00"},
	} {
		at, step := even{morning, morning.Add(c.length)}.ticks(4)
		if step != c.step || len(at) > 4 {
			t.Errorf("%v has %d ticks each %v, want each %v", c.length, len(at), step, c.step)
		}
		if len(at) > 0 && at[0].Format(time.TimeOnly) != c.first {
			t.Errorf("%v begins at %v, want %v", c.length, at[0].Format(time.TimeOnly), c.first)
		}
	}
}
