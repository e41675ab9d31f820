package measure

import (
	"testing"
	"time"
)

func TestParseOffset(t *testing.T) {
	for in, want := range map[string]time.Duration{
		"T+20m": 20 * time.Minute, "T+1h30m": 90 * time.Minute, "t+5 min": 5 * time.Minute, "T-5m": -5 * time.Minute, "T−00:30": -30 * time.Second,
		"T+20:30": 20*time.Minute + 30*time.Second, "T+1:20:30": 80*time.Minute + 30*time.Second, "T+0s": 0, "T+90:00": 90 * time.Minute,
	} {
		if got, err := ParseOffset(in); err != nil || got != want {
			t.Errorf("ParseOffset(%q) = %v, %v, want %v", in, got, err, want)
		}
	}
	for _, in := range []string{"", "T", "T+", "20m", "T+x", "T+1:2", "T+1:60", "T+-5m", "T+1:00:00:00", "T+:30", "T+20:3a"} {
		if got, err := ParseOffset(in); err == nil {
			t.Errorf("ParseOffset(%q) = %v, want an error", in, got)
		}
	}
}
