package diag

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// golden compares got with testdata/name.
func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s differs (-want +got):\n%s", file, diff)
	}
}

// The findings that every format is held to: all severities, with and without
// places, hints and characters that each format must escape.
var sample = List{
	At("bad-reference", Error, "", Pos{}, 0, "no pack is called %q", "amazn").Hint("did you mean %q?", "amazon"),
	At("too-large", Error, "big, bigger: 100%.md", Pos{}, 0, "this note is larger than 4 MiB and is not read").Hint("split it, or ignore it in debrief.yaml"),
	At("principle-without-story", Info, "debrief.yaml", Pos{}, 0, "no story shows Frugality"),
	At("missing-field", Warning, "rounds/één.md", Pos{Line: 1}, 0, "this round has no order"),
	At("contradicts-fact", Warning, "stories/flag-rollback.md", Pos{Line: 31, Column: 17}, 10, "says 40 minutes; the incident was mitigated in 38 min").
		Hint("incidents/checkout-prime-day: mitigated_at − started_at = 38 min").
		Hint("fix the figure, or say \"about 40 minutes\""),
}

var sampleText = strings.Repeat("\n", 30) + "We were back in 40 minutes, and\nnobody had to be called."

func sampleSource(path string) []byte {
	switch path {
	case "stories/flag-rollback.md":
		return []byte(sampleText)
	case "rounds/één.md":
		return []byte("---\nkind: round\n---\n")
	}
	return nil
}

func TestPrint(t *testing.T) {
	var b bytes.Buffer
	if err := Print(&b, sample, PrintOptions{Source: sampleSource, Prefix: "content/"}); err != nil {
		t.Fatal(err)
	}
	golden(t, "print.txt", b.String())
	if strings.Contains(b.String(), "\x1b") {
		t.Error("without colour there is an escape sequence")
	}

	b.Reset()
	if err := Print(&b, sample, PrintOptions{Source: sampleSource, Color: true}); err != nil {
		t.Fatal(err)
	}
	golden(t, "color.txt", strings.ReplaceAll(b.String(), "\x1b", "\\e"))
}

// printed prints one finding about the given span of a line of its own.
func printed(line string, column, width, columns int) string {
	var b bytes.Buffer
	f := At("rule", Warning, "a.md", Pos{Line: 1, Column: column}, width, "message")
	Print(&b, List{f}, PrintOptions{Source: func(string) []byte { return []byte(line) }, Width: columns})
	_, excerpt, _ := strings.Cut(b.String(), "\n")
	return excerpt
}

func TestCaret(t *testing.T) {
	long := strings.Repeat("before ", 20) + "THE SPAN" + strings.Repeat(" after", 20)
	for _, c := range []struct {
		name, line             string
		column, width, columns int
		want                   string
	}{
		{"a word", "one two three", 5, 3, 80, "" +
			"    1 | one two three\n" +
			"      |     ^^^\n"},
		{"no width is one caret", "one two three", 5, 0, 80, "" +
			"    1 | one two three\n" +
			"      |     ^\n"},
		{"behind the end of the line", "one", 4, 0, 80, "" +
			"    1 | one\n" +
			"      |    ^\n"},
		{"far behind the end of the line", "one", 400, 9, 80, "" +
			"    1 | one\n" +
			"      |    ^\n"},
		{"a span that runs over the end", "one two", 5, 40, 80, "" +
			"    1 | one two\n" +
			"      |     ^^^\n"},
		{"tabs are spaces to the next stop", "a\tb\tc", 5, 1, 80, "" +
			"    1 | a   b   c\n" +
			"      |         ^\n"},
		{"a tab itself is as wide as it looks", "a\tb", 2, 1, 80, "" +
			"    1 | a   b\n" +
			"      |  ^^^\n"},
		{"wide letters take two columns", "障害は38分で終わった", 4, 3, 80, "" +
			"    1 | 障害は38分で終わった\n" +
			"      |       ^^^^\n"},
		{"marks join their letter", "Cafe\u0301 au lait", 7, 2, 80, "" +
			"    1 | Cafe\u0301 au lait\n" +
			"      |      ^^\n"},
		{"emoji take two columns", "🚨 page", 3, 4, 80, "" +
			"    1 | 🚨 page\n" +
			"      |    ^^^^\n"},
		{"cut on both sides", long, 141, 8, 60, "" +
			"    1 | …e before before THE SPAN after after after after a…\n" +
			"      |                  ^^^^^^^^\n"},
		{"cut on the right", long, 1, 6, 40, "" +
			"    1 | before before before before bef…\n" +
			"      | ^^^^^^\n"},
		{"cut on the left", "start " + long + " END", 276, 3, 40, "" +
			"    1 | …ter after after after after END\n" +
			"      |                              ^^^\n"},
		{"a span wider than the room", strings.Repeat("x", 200), 10, 150, 40, "" +
			"    1 | …xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…\n" +
			"      |  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"},
		{"a blank line shows nothing", "   ", 1, 0, 80, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, printed(c.line, c.column, c.width, c.columns)); diff != "" {
				t.Errorf("excerpt of %q at %d differs (-want +got):\n%s", c.line, c.column, diff)
			}
		})
	}
}

// An excerpt never gets wider than the terminal, and shows what is meant,
// wherever in a long line that is.
func TestExcerptFits(t *testing.T) {
	lines := []string{
		strings.Repeat("word and word ", 100),
		strings.Repeat("障害", 400),
		strings.Repeat("e\u0301", 700),
		strings.Repeat("\t-", 500),
		strings.Repeat("🚨a", 500),
	}
	for _, line := range lines {
		n := utf8.RuneCountInString(line)
		for _, columns := range []int{30, 61, 120} {
			for column := 1; column <= n+1; column += 7 {
				text, indent, carets := excerpt([]byte(line), column, column+5, columns)
				if w := textWidth(text); w > columns || indent+carets > columns || carets < 1 {
					t.Fatalf("excerpt(%.20q…, %d, width %d): text takes %d columns, carets %d to %d", line, column, columns, w, indent, indent+carets)
				}
				want := column - 1
				if want == n { // the place behind the end
					continue
				}
				shown := []rune(text)
				at, cols := 0, 0
				for cols < indent || cols == indent && at < len(shown) && runeWidth(shown[at]) == 0 && runeWidth([]rune(line)[want]) != 0 {
					cols += runeWidth(shown[at])
					at++
				}
				if r := []rune(line)[want]; r != '\t' && runeWidth(r) > 0 && (at >= len(shown) || shown[at] != r) {
					t.Fatalf("excerpt(%.20q…, %d, width %d) = %q with the caret at column %d, want it under %q", line, column, columns, text, indent, r)
				}
			}
		}
	}
}

func textWidth(s string) int {
	n := 0
	for _, r := range s {
		n += runeWidth(r)
	}
	return n
}

// A line of a megabyte costs no more than what is shown of it.
func TestLongLine(t *testing.T) {
	line := strings.Repeat("x", 1<<20) + "MARK" + strings.Repeat("y", 1<<20)
	got := printed(line, 1<<20+1, 4, 40)
	want := "    1 | …xxxxxxxxxxMARKyyyyyyyyyyyyyyyy…\n      |            ^^^^\n"
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("excerpt differs (-want +got):\n%s", diff)
	}
}

// What a note holds is shown, not obeyed: no escape sequence, no carriage
// return, no mark that turns the direction of writing reaches the terminal.
func TestHostileNotes(t *testing.T) {
	evil := "\x1b[2J\x1b]8;;http://evil\x07click\r\x9b31m\u202egnp.exe\u2066\u2028\x7f"
	f := At("bad-\x1b[0m", Warning, "evil\x1b[31m.md", Pos{Line: 1, Column: 1}, 3, "%s", "says "+evil).Hint("%s", evil)
	var b bytes.Buffer
	if err := Print(&b, List{f}, PrintOptions{Source: func(string) []byte { return []byte(evil) }}); err != nil {
		t.Fatal(err)
	}
	if err := WriteGitHub(&b, Report{Findings: List{f}}); err != nil {
		t.Fatal(err)
	}
	for _, r := range b.String() {
		if r != '\n' && hostile(r) {
			t.Errorf("%U reaches the terminal", r)
		}
	}
	if !strings.Contains(b.String(), "␛[2J") {
		t.Errorf("the escape sequence is not to be seen in %q", b.String())
	}
	if family := "👩‍👩‍👧"; Visible(family) != family {
		t.Errorf("Visible(%q) = %q, want it whole", family, Visible(family))
	}
}

func FuzzPrint(f *testing.F) {
	f.Add("one two three", 5, 3, 80)
	f.Add("\t障害\x1b[31m", 2, 9, 1)
	f.Add("e\u0301\u0301", 2, -4, 0)
	f.Fuzz(func(t *testing.T, line string, column, width, columns int) {
		if i := strings.IndexByte(line, '\n'); i >= 0 {
			line = line[:i]
		}
		for _, r := range printed(line, column, width%1000, columns) {
			if r != '\n' && hostile(r) {
				t.Errorf("%U is printed of %q", r, line)
			}
		}
	})
}

func TestWriteJSON(t *testing.T) {
	var b bytes.Buffer
	if err := WriteJSON(&b, Report{Version: "0.1.0", Findings: sample, Notes: 41, Pages: 57}); err != nil {
		t.Fatal(err)
	}
	golden(t, "findings.json", b.String())

	b.Reset()
	if err := WriteJSON(&b, Report{}); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(b.String(), `"findings": []`) {
		t.Errorf("no findings are written as %s, want an empty list", b.String())
	}
}

func TestWriteGitHub(t *testing.T) {
	var b bytes.Buffer
	if err := WriteGitHub(&b, Report{Findings: sample, Prefix: "content/"}); err != nil {
		t.Fatal(err)
	}
	golden(t, "github.txt", b.String())
	for line := range strings.Lines(b.String()) {
		if !strings.HasPrefix(line, "::") {
			t.Errorf("%q is not a workflow command", line)
		}
	}
}

func TestWriteSARIF(t *testing.T) {
	var b bytes.Buffer
	summary := func(rule string) string {
		if rule == "too-large" {
			return "A note is larger than debrief reads."
		}
		return ""
	}
	if err := WriteSARIF(&b, Report{Version: "0.1.0", Findings: sample, Prefix: "content/", Summary: summary}); err != nil {
		t.Fatal(err)
	}
	golden(t, "findings.sarif", b.String())

	// What the schema requires and code scanning services insist on.
	var log struct {
		Version string
		Runs    []struct {
			Tool struct {
				Driver struct {
					Name  string
					Rules []struct{ ID string }
				}
			}
			Results []struct {
				RuleID    string
				RuleIndex int
				Level     string
				Message   struct{ Text string }
			}
		}
	}
	if err := json.Unmarshal(b.Bytes(), &log); err != nil {
		t.Fatal(err)
	}
	if log.Version != "2.1.0" || len(log.Runs) != 1 || log.Runs[0].Tool.Driver.Name != "debrief" {
		t.Errorf("the log says version %q with %d runs", log.Version, len(log.Runs))
	}
	for _, r := range log.Runs[0].Results {
		if got := log.Runs[0].Tool.Driver.Rules[r.RuleIndex].ID; got != r.RuleID {
			t.Errorf("rule %q points at rule %q", r.RuleID, got)
		}
		if r.Message.Text == "" || !strings.Contains(" error warning note ", " "+r.Level+" ") {
			t.Errorf("result of %s has level %q and message %q", r.RuleID, r.Level, r.Message.Text)
		}
	}
	b.Reset()
	if err := WriteSARIF(&b, Report{}); err != nil || !strings.Contains(b.String(), `"results": []`) {
		t.Errorf("no findings are written as %s (%v), want an empty list of results", b.String(), err)
	}
}
