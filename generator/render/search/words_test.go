package search

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
)

// TestWords holds a splitter to the cases that the script is held to as well.
func TestWords(t *testing.T) {
	data, err := os.ReadFile("testdata/words.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []struct{ Text, Indexed string }
	if err := json.Unmarshal(data, &cases); err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		var words []string
		s := splitter{found: func(word []byte) { words = append(words, string(word)) }}
		s.split(c.Text)
		if got := strings.Join(words, " "); got != c.Indexed {
			t.Errorf("split(%q) = %q, want %q", c.Text, got, c.Indexed)
		}
	}
}

// TestFolds holds what is not folded to what folding makes of it.
func TestFolds(t *testing.T) {
	for r := range rune(0x3000) {
		if folds(r) || 'A' <= r && r <= 'Z' { // those are small by then
			continue
		}
		if got := string(folded([]byte("é" + string(r)))); got != "e"+string(r) {
			t.Errorf("%q is folded to %q", "é"+string(r), got)
		}
	}
}
