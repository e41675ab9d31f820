package watch

import (
	"fmt"
	"slices"
	"testing"
	"time"
)

func TestBurst(t *testing.T) {
	const ms = time.Millisecond
	start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	tests := []struct {
		name  string
		paths int           // touched one after the other
		apart time.Duration // with this time between
		want  time.Duration // from the first to when it is due
	}{
		{"one save", 1, 0, 8 * ms},
		{"a save that touches three files", 3, 1 * ms, 10 * ms},
		{"a few files", 4, 1 * ms, 3*ms + 16*ms},
		{"a checkout", 100, 1 * ms, 99*ms + 64*ms},
		{"one that does not end", 400, 5 * ms, 500 * ms},
	}
	for _, test := range tests {
		b := burst{quiet: 8 * ms}
		for i := range test.paths {
			b.add(fmt.Sprint(i), start.Add(time.Duration(i)*test.apart))
		}
		if got := b.due().Sub(start); got != test.want {
			t.Errorf("%s: due after %v, want %v", test.name, got, test.want)
		}
	}
}

func TestBurstHints(t *testing.T) {
	b := burst{quiet: time.Millisecond}
	for _, path := range []string{"b", "a", "b"} {
		b.add(path, time.Time{})
	}
	if got := b.take(); !slices.Equal(got, []string{"a", "b"}) {
		t.Errorf("hints = %q, want a and b", got)
	}
	b.add("c", time.Time{})
	if got := b.take(); !slices.Equal(got, []string{"c"}) {
		t.Errorf("hints of the next burst = %q, want c alone", got)
	}
	b.add("a", time.Time{})
	b.add("", time.Time{})
	if got := b.take(); got != nil {
		t.Errorf("hints = %q, want none: everywhere", got)
	}
	for i := range maxHints + 1 {
		b.add(fmt.Sprint(i), time.Time{})
	}
	if got := b.take(); got != nil {
		t.Errorf("%d hints, want none: everywhere", len(got))
	}
}
