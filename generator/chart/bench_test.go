package chart

import (
	"testing"
	"time"
)

// BenchmarkBand draws the phases of an incident with all deadlines: the chart
// with the most labels to place.
func BenchmarkBand(b *testing.B) {
	b.ReportAllocs()
	band := Band{ID: "b", Twin: "t", Stages: Stages([]Instant{
		{"started", "", morning}, {"detected", "detect", morning.Add(30 * time.Second)}, {"acknowledged", "acknowledge", morning.Add(2 * time.Minute)},
		{"diagnosed", "diagnose", morning.Add(20 * time.Minute)}, {"mitigated", "mitigate", morning.Add(38 * time.Minute)}, {"resolved", "resolve", morning.Add(90 * time.Minute)},
	}), Deadlines: []Deadline{
		{"target to detect", time.Minute, 30 * time.Second, 0}, {"target to mitigate", 15 * time.Minute, 38 * time.Minute, 3}, {"SLA", time.Hour, 38 * time.Minute, 3},
	}}
	for b.Loop() {
		if band.Draw() == nil {
			b.Fatal("nothing drawn")
		}
	}
}
