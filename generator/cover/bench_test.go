package cover_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// BenchmarkCover covers the notes of the example, and reads them as the gate
// does.
func BenchmarkCover(b *testing.B) {
	files, err := filepath.Glob("../../content/*/*.md")
	if err != nil || len(files) == 0 {
		b.Fatal("no example", err)
	}
	var all strings.Builder
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			b.Fatal(err)
		}
		all.Write(text)
	}
	n, text := names(b), all.String()
	b.Run("body", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		for b.Loop() {
			n.Body([]byte(text))
		}
	})
	b.Run("find", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		for b.Loop() {
			n.Find(text)
		}
	})
}
