package measure

import (
	"errors"
	"testing"
	"time"
	_ "time/tzdata" // the test names a zone
)

func mustInstant(t *testing.T, s string, zone *time.Location) Instant {
	t.Helper()
	i, err := ParseInstant(s, zone)
	if err != nil && !errors.Is(err, ErrNoZone) {
		t.Fatalf("ParseInstant(%q): %v", s, err)
	}
	return i
}

// An outage in the night when the clocks go forward lasts 30 minutes, although
// they show 1 h 30 min.
func TestSinceAcrossClockChanges(t *testing.T) {
	pacific, err := time.LoadLocation("America/Los_Angeles")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		from, to string
		zone     *time.Location
		want     time.Duration
	}{
		{"2026-03-08T01:45:00", "2026-03-08T03:15:00", pacific, 30 * time.Minute},
		{"2026-11-01T00:30", "2026-11-01T02:30", pacific, 3 * time.Hour},
		{"2026-03-07 12:00", "2026-03-08 12:00", pacific, 23 * time.Hour},
		{"2026-11-01T01:30:00-07:00", "2026-11-01T01:30:00-08:00", nil, time.Hour},
		{"2026-11-01T10:02:00-07:00", "2026-11-01T17:40:00Z", nil, 38 * time.Minute},
		{"2026-07-11 10:02", "2026-07-11 10:40", nil, 38 * time.Minute},
	} {
		if got := mustInstant(t, c.to, c.zone).Since(mustInstant(t, c.from, c.zone)); got != c.want {
			t.Errorf("from %s to %s = %v, want %v", c.from, c.to, got, c.want)
		}
	}
	for _, s := range []string{"2026-03-08T02:30:00", "2026-11-01T01:30:00", "2026-13-01T00:00", "10:02", "", "yesterday"} {
		if got, err := ParseInstant(s, pacific); err == nil || errors.Is(err, ErrNoZone) {
			t.Errorf("ParseInstant(%q) = %v, %v, want an error", s, got, err)
		}
	}
	if _, err := ParseInstant("2026-07-11T10:02:00", pacific); !errors.Is(err, ErrNoZone) {
		t.Errorf("a time without an offset = %v, want ErrNoZone", err)
	}
}

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
