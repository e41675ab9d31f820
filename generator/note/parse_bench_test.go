package note

import (
	"os"
	"testing"
	"time"
)

// BenchmarkParse reads the example's largest note: front matter, prose, code.
func BenchmarkParse(b *testing.B) {
	src, err := os.ReadFile("../../content/incidents/checkout-prime-day-2023.md")
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		Parse("incidents/x.md", src, Options{Zone: time.UTC})
	}
}
