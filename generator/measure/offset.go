package measure

import (
	"errors"
	"strconv"
	"strings"
	"time"
)

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
