package measure

import (
	"errors"
	"strconv"
	"strings"
	"time"
)

// An Instant is a point in time that knows its place. Two instants are parted
// by the time that passed, whatever clocks did in between.
type Instant struct{ time.Time }

var errInstant = errors.New("not a time; write it like 2023-07-11T10:02:00-07:00")

// ErrNoZone says that a time was read which names no zone; it was taken in the
// zone given.
var ErrNoZone = errors.New("a time without a zone")

// instantForms are RFC 3339 and what people write instead of it.
var instantForms = []string{"2006-01-02T15:04:05Z07:00", "2006-01-02T15:04Z07:00"}

// ParseInstant reads a time with its offset. One without an offset is taken in
// the zone given (UTC when nil), together with ErrNoZone; a wall time that the
// zone skips or repeats is an error, since nobody can tell which was meant.
func ParseInstant(s string, zone *time.Location) (Instant, error) {
	text := strings.Replace(plain(s), " ", "T", 1)
	text = strings.ReplaceAll(text, " ", "")
	for _, form := range instantForms {
		if t, err := time.Parse(form, text); err == nil {
			return Instant{t}, nil
		}
	}
	if zone == nil {
		zone = time.UTC
	}
	for _, form := range instantForms {
		form = strings.TrimSuffix(form, "Z07:00")
		t, err := time.ParseInLocation(form, text, zone)
		if err != nil {
			continue
		}
		if t.Format(form) != text {
			return Instant{}, errors.New("a time that the clocks skipped; write it with its offset")
		}
		if repeated(t) {
			return Instant{}, errors.New("a time that the clocks showed twice; write it with its offset")
		}
		return Instant{t}, ErrNoZone
	}
	return Instant{}, errInstant
}

// repeated reports whether another instant within three hours shows the same
// wall time.
func repeated(t time.Time) bool {
	const wall = "2006-01-02T15:04:05"
	for d := 15 * time.Minute; d <= 3*time.Hour; d += 15 * time.Minute {
		if t.Add(d).Format(wall) == t.Format(wall) || t.Add(-d).Format(wall) == t.Format(wall) {
			return true
		}
	}
	return false
}

// Since returns the time that passed from o to i, measured between instants
// and never between wall clocks.
func (i Instant) Since(o Instant) time.Duration { return i.Sub(o.Time) }

// String writes i in RFC 3339 with its own offset.
func (i Instant) String() string { return i.Format(time.RFC3339) }

var errOffset = errors.New("not an offset; write it like T+20m or T+0:20:30")

// ParseOffset reads the distance of an event from the start of an incident:
// "T+20m", "T+1h30m", "T-5m", "T+20:30" (minutes and seconds, as a stopwatch
// shows them) and "T+1:20:30".
func ParseOffset(s string) (time.Duration, error) {
	text := plain(s)
	if len(text) < 3 || text[0]|0x20 != 't' || text[1] != '+' && text[1] != '-' {
		return 0, errOffset
	}
	sign, rest := time.Duration(1), strings.TrimSpace(text[2:])
	if text[1] == '-' {
		sign = -1
	}
	if !strings.Contains(rest, ":") {
		d, err := ParseDuration(rest)
		if err != nil || d < 0 {
			return 0, errOffset
		}
		return sign * d, nil
	}
	parts := strings.Split(rest, ":")
	if len(parts) > 3 {
		return 0, errOffset
	}
	var total int
	for i, part := range parts {
		n, err := strconv.Atoi(part)
		if err != nil || n < 0 || n > 9999 || !isDigit(part[0]) || i > 0 && (len(part) != 2 || n > 59) {
			return 0, errOffset
		}
		total = total*60 + n
	}
	return sign * time.Duration(total) * time.Second, nil
}

// FormatOffset writes a distance from the start: "T+20:30", "T+1:20:30".
func FormatOffset(d time.Duration) string {
	sign := "+"
	if d < 0 {
		sign, d = "−", -d
	}
	seconds := int(d.Round(time.Second) / time.Second)
	two := func(n int) string {
		if n < 10 {
			return "0" + strconv.Itoa(n)
		}
		return strconv.Itoa(n)
	}
	if seconds < 3600 {
		return "T" + sign + two(seconds/60) + ":" + two(seconds%60)
	}
	return "T" + sign + strconv.Itoa(seconds/3600) + ":" + two(seconds/60%60) + ":" + two(seconds%60)
}
