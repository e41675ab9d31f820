package search

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
)

// TestWords holds Words to the cases that the script is held to as well.
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
		if got := strings.Join(slices.Collect(Words(c.Text)), " "); got != c.Indexed {
			t.Errorf("Words(%q) = %q, want %q", c.Text, got, c.Indexed)
		}
	}
}
