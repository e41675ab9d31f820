package search

import (
	"strings"
	"testing"
)

// BenchmarkWords reads a text as long as a hundred notes.
func BenchmarkWords(b *testing.B) {
	text := strings.Repeat("At 10:02 checkout answered 12% of requests with a 503; I rolled the flag back after 38 minutes, for about $3.2M. Müller’s façade, naïve. ", 3500)
	b.SetBytes(int64(len(text)))
	words := splitter{found: func([]byte) {}}
	for b.Loop() {
		words.split(text)
	}
}
