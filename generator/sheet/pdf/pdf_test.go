package pdf

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"debrief/generator/page"
	"debrief/generator/sheet"
)

func example() *page.Sheet {
	s := &page.Sheet{Title: "Kim's loop", Subtitle: "L5 at Example", Cards: []page.Card{{
		Name: "incident", Title: "Checkout 503 spike", Place: page.OnTop, Must: true, Priority: 200,
		Full: []page.Block{{Kind: page.Headline, Figures: []page.Figure{{Text: "12% → 2%", Label: "Fehlerquote, gemäß Übung", Confidence: "measured"}}}},
	}}}
	c := page.Card{Name: "raci", Title: "RACI (who)", Priority: 50}
	for i := range 30 {
		c.Full = append(c.Full, page.Block{Kind: page.Item, Text: []page.Span{{Text: fmt.Sprintf("line %d of ", i+1)}, {Text: "bold", Bold: true}, {Text: " and `mono` 🎉 ≥ 9 pt", Mono: true}}})
	}
	s.Cards = append(s.Cards, c)
	return s
}

// TestWrite reads a file back with programs that are not ours, where there
// are any.
func TestWrite(t *testing.T) {
	for _, paper := range []sheet.Paper{sheet.A4, sheet.Letter} {
		l := sheet.Solve(example(), paper, false)
		file := Write(l, About{Title: "Prüfung (1)", Language: "de"})
		if !bytes.Equal(file, Write(sheet.Solve(example(), paper, false), About{Title: "Prüfung (1)", Language: "de"})) {
			t.Error("written twice, the bytes differ")
		}
		if len(file) > 200<<10 {
			t.Errorf("%d bytes", len(file))
		}
		checkTable(t, file)
		path := filepath.Join(t.TempDir(), "sheet.pdf")
		if err := os.WriteFile(path, file, 0o666); err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			program string
			args    []string
			want    []string
		}{
			{"pdfinfo", []string{path}, []string{`Title:\s+Prüfung \(1\)`, `Pages:\s+1\n`, `Page size:\s+` + number(paper.Width) + ` x`}},
			{"pdffonts", []string{path}, []string{`[A-Z]{6}\+Go-regular\s+CID TrueType\s+Identity-H\s+yes yes yes`, `Go-bold`, `Go-mono`}},
			{"pdftotext", []string{"-layout", path, "-"}, []string{`Checkout 503 spike`, `12% → 2%`, `gemäß Übung`, "line 30 of bold and `mono`\\s+≥ 9 pt"}},
		} {
			program, err := exec.LookPath(c.program)
			if err != nil {
				t.Logf("no %s here", c.program)
				continue
			}
			out, err := exec.Command(program, c.args...).CombinedOutput()
			if err != nil || strings.Contains(string(out), "Error") {
				t.Errorf("%s: %v\n%s", c.program, err, out)
			}
			for _, want := range c.want {
				if !regexp.MustCompile(want).Match(out) {
					t.Errorf("%s, %s: no %s in\n%s", paper.Name, c.program, want, out)
				}
			}
		}
	}
}

// checkTable holds that every object begins where the table says.
func checkTable(t *testing.T, file []byte) {
	t.Helper()
	m := regexp.MustCompile(`startxref\n(\d+)\n%%EOF\n$`).FindSubmatch(file)
	if m == nil {
		t.Fatal("no end")
	}
	var at int
	fmt.Sscan(string(m[1]), &at)
	rows := regexp.MustCompile(`(\d{10}) 00000 n `).FindAllSubmatch(file[at:], -1)
	if len(rows) < 10 {
		t.Errorf("%d objects", len(rows))
	}
	for i, row := range rows {
		var start int
		fmt.Sscanf(string(row[1]), "%d", &start)
		if want := fmt.Sprintf("%d 0 obj\n", i+1); !bytes.HasPrefix(file[start:], []byte(want)) {
			t.Errorf("object %d does not begin at %d", i+1, start)
		}
	}
}

func TestNumbers(t *testing.T) {
	for f, want := range map[float64]string{0: "0", 10: "10", 1.5: "1.5", -0.004: "0", 100.239: "100.24", 1e-9: "0"} {
		if got := number(f); got != want {
			t.Errorf("number(%v) = %q, want %q", f, got, want)
		}
	}
}
