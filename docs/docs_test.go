package docs

import (
	"strings"
	"testing"
)

func TestEveryPageHasTheSameForm(t *testing.T) {
	if len(Rules()) == 0 {
		t.Fatal("no pages")
	}
	for _, name := range Rules() {
		page, ok := Rule(name)
		if !ok {
			t.Errorf("%s: listed and not there", name)
		}
		if !strings.HasPrefix(page, "# "+name+"\n\n"+Summary(name)+"\n\nLevel: ") {
			t.Errorf("%s: does not begin with its name, a line that sums it up and its level", name)
		}
		for _, part := range []string{"**What it finds.**", "**Why it matters.**", "\nBad:\n", "\nGood", "**Silence.**"} {
			if !strings.Contains(page, part) {
				t.Errorf("%s: has no %s", name, strings.TrimSpace(part))
			}
		}
		if lines := strings.Count(page, "\n"); lines > 35 {
			t.Errorf("%s: %d lines; a page is read in a terminal between two edits", name, lines)
		}
	}
}

func TestThereIsNoPageAboutNothing(t *testing.T) {
	for _, name := range []string{"", "no-such-rule", "../docs", "time-order.md"} {
		if page, ok := Rule(name); ok || page != "" || Summary(name) != "" {
			t.Errorf("Rule(%q) has a page", name)
		}
	}
}
