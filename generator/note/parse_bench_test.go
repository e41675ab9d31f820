package note

import (
	"os"
	"strings"
	"testing"
	"time"
)

// BenchmarkParse reads the example's largest note, and a plain one of 5 KB
// with two blocks of code, which take most of its time.
func BenchmarkParse(b *testing.B) {
	incident, err := os.ReadFile("../../content/incidents/checkout-prime-day-2023.md")
	if err != nil {
		b.Fatal(err)
	}
	code := "```go\n" + strings.Repeat("if err := run(ctx, os.Args[1:]); err != nil { // it failed\n\tlog.Printf(\"x %d: %v\", 42, err)\n}\n", 6) + "```\n\n"
	plain := strings.Repeat("Some **running** text with [a link](x.md), `code`, [[a wikilink|to this]], a #tag and enough words for a line.\n\n", 30)
	for name, src := range map[string]string{
		"incident": string(incident),
		"plain":    "---\ntitle: A note\ntags: [a, b]\n---\n" + plain + code + "## Two\n\n" + code,
		"prose":    plain,
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(src)))
			b.ReportAllocs()
			for b.Loop() {
				Parse("incidents/x.md", []byte(src), Options{Zone: time.UTC})
			}
		})
	}
}
