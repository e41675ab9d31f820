package measure

import (
	"strings"
	"testing"
	"time"
)

func TestExactAndClock(t *testing.T) {
	for d, want := range map[time.Duration][2]string{
		0:                         {"0 s", "0:00"},
		30 * time.Second:          {"30 s", "0:30"},
		90 * time.Minute:          {"1 h 30 min", "1:30:00"},
		time.Hour + 5*time.Second: {"1 h 5 s", "1:00:05"},
		250*time.Hour + time.Minute + time.Second: {"10 d 10 h 1 min 1 s", "10 d 10 h"},
	} {
		got := [2]string{strings.ReplaceAll(ExactDuration(d), nbsp, " "), strings.ReplaceAll(Clock(d), nbsp, " ")}
		if got != want {
			t.Errorf("%v: got %q, want %q", d, got, want)
		}
	}
}
