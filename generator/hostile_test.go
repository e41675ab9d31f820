package generator_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"

	"debrief/generator"
	"debrief/generator/diag"
	"debrief/generator/prose/prosetest"
)

// What follows builds handbooks of notes that nobody writes by hand: pasted
// exports, broken machines, strangers who mean harm. There is no clock in it.
// Without the limits these tests would run for hours, and the bytes that a
// build writes are counted.

// policy is what every page tells a browser to refuse, whatever got into it.
const policy = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'">`

// hold builds a folder and holds the site to what must be true of any: no
// fault of ours, nothing in it acts, and it is not far larger than the notes.
func hold(t *testing.T, name string, files map[string]string) *generator.Result {
	t.Helper()
	r, err := (&generator.Builder{Content: folder(files)}).Build(context.Background())
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	written, wrote := 0, 0
	for _, text := range files {
		wrote += len(text)
	}
	for _, f := range r.Files {
		data, err := f.Bytes()
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		written += len(data)
		if strings.HasSuffix(f.Path, ".html") && !bytes.Contains(data, []byte(policy)) {
			t.Errorf("%s: %s has no policy, or another", name, f.Path)
		}
		for _, slip := range []string{"ZgotmplZ", "%!(", "%!v", "&lt;nil&gt;", "map[string]", "0xc000"} { // a template's
			if strings.HasSuffix(f.Path, ".html") && bytes.Contains(data, []byte(slip)) {
				t.Errorf("%s: %s shows %s", name, f.Path, slip)
			}
		}
		for _, what := range active(f.Path, data) {
			t.Errorf("%s: %s acts: %s", name, f.Path, what)
		}
	}
	if most := 2<<20 + 60*wrote + len(files)*(64<<10); written > most {
		t.Errorf("%s: %d bytes of notes became %d bytes of site, want %d at most", name, wrote, written, most)
	}
	for _, f := range r.Findings {
		if f.Rule == "render-panic" {
			t.Errorf("%s: %s: %s", name, f.Path, f.Message)
		}
	}
	return r
}

// TestHostileShapes builds every shape, small and many in one handbook.
// HOSTILE=20000 builds each by itself with so many repetitions, as each kind of
// note; what that costs is weighed in cmd/debrief. `make hostile` does both.
func TestHostileShapes(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: one goroutine has nothing to race with")
	}
	if n, err := strconv.Atoi(os.Getenv("HOSTILE")); err == nil {
		for _, s := range prosetest.Shapes {
			hold(t, s.Name(), prosetest.Kinds("x", s.Times(n)))
		}
		return
	}
	files := make(map[string]string)
	for i, s := range prosetest.Shapes {
		kinds := prosetest.Kinds(fmt.Sprintf("shape-%03d", i), s.Times(1500/len(s.Motif)))
		for name, text := range kinds {
			files[name] = text
		}
	}
	hold(t, "all shapes", files)
}

// TestHostileCode builds code in fifteen languages, each of ten things that
// lexers have taken long for.
func TestHostileCode(t *testing.T) {
	files := make(map[string]string)
	for name, text := range prosetest.Fences(20_000) {
		files[name+".md"] = text
	}
	hold(t, "code", files)
}

// TestOutputDoesNotExplode builds what is short to write and long to show.
func TestOutputDoesNotExplode(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: one goroutine has nothing to race with")
	}
	repeat := strings.Repeat
	notes := func(special string) map[string]string {
		files := map[string]string{"special.md": special}
		for i := range 50 {
			files[fmt.Sprintf("n%d.md", i)] = "[[special]]"
		}
		return files
	}
	ring := make(map[string]string)
	for i := range 6 {
		ring[fmt.Sprintf("n%d.md", i)] = repeat(fmt.Sprintf("![[n%d]]\n\n", (i+1)%6), 30) + "word"
	}
	many := func(format string, n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, format, i)
		}
		return b.String()
	}
	for _, c := range []struct {
		name  string
		files map[string]string
		most  int    // bytes of the largest file of the site
		rule  string // that says so; "" where the page does
	}{
		{"notes that embed each other", ring, 18 << 20, ""},
		{"one address, used often", notes("[r]: http://x/" + repeat("a", 10_000) + "\n\n" + repeat("[r]\n\n", 100_000)), 1 << 20, "too-complex"},
		{"a long title", notes("---\ntitle: " + repeat("t", 60_000) + "\n---\nx"), 1 << 20, "bad-value"},
		{"a long heading", notes("# " + repeat("t ", 50_000) + "\n\nx"), 1 << 20, ""},
		{"a page for each tag", notes(many("#t%d ", 20_000)), 1 << 20, "too-complex"},
		{"a page for each tag in front matter", notes("---\ntags: [" + many("t%d, ", 9_000) + "]\n---\n"), 1 << 20, "bad-value"},
		{"a chart for each fence", notes(prosetest.OnIncident + many("```timeline\n- {at: T+%dm, event: x}\n```\n\n", 5_000)), 3 << 20, "too-complex"},
		{"a finding for each word", notes(repeat("[[gone]] [[#gone]] {{gone}} #1a [x](javascript:y)\n\n", 5_000)), 3 << 20, "bad-url"},
		{"a figure for each word", notes(prosetest.OnIncident + repeat("12% to 2% ", 50_000)), 8 << 20, "too-complex"},
	} {
		r, err := (&generator.Builder{Content: folder(c.files)}).Build(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range r.Files {
			if data, err := f.Bytes(); err != nil || len(data) > c.most {
				t.Errorf("%s: %s has %d bytes, want %d at most; %v", c.name, f.Path, len(data), c.most, err)
			}
		}
		said := make(map[string]int)
		for _, f := range r.Findings {
			said[f.Rule]++
		}
		if c.rule != "" && said[c.rule] == 0 {
			t.Errorf("%s: nothing says so: %v", c.name, said)
		}
		for rule, n := range said {
			if n > 200 {
				t.Errorf("%s: %d findings of %s", c.name, n, rule)
			}
		}
	}
}

// TestOrdinaryBigNotes holds that the limits are in nobody's way.
func TestOrdinaryBigNotes(t *testing.T) {
	var prose, table, code strings.Builder
	for i := 0; prose.Len() < 1_300_000; i++ {
		fmt.Fprintf(&prose, "## Part %d\n\nIt began at 10:%02d and **nobody** was paged, see [the log](log.md) and `kubectl get pods`. We rolled back after %d minutes, because the deployment had changed what the client does when it is told to wait, and waited until the graphs were flat again. Then we told everybody who had asked, and wrote down what we would have liked to know an hour before.\n\n- one\n- two: *three*\n\n", i, i%60, i%90+1)
	}
	table.WriteString("| time | who | what | error rate | note |\n|---|---|---|--:|---|\n")
	for i := range 2_000 {
		fmt.Fprintf(&table, "| 10:%02d:%02d | @kim | `restart %d` | %d%% | [[log]] and **more** |\n", i/60%60, i%60, i, i%100)
	}
	code.WriteString("```go\n")
	for i := range 5_000 {
		fmt.Fprintf(&code, "\tif err := step%d(ctx, %q); err != nil { return err }\n", i, "x")
	}
	code.WriteString("```\n")
	r := hold(t, "ordinary big notes", map[string]string{"prose.md": prose.String(), "table.md": table.String(), "code.md": code.String(), "log.md": "# Log\n"})
	for _, n := range r.Site.Book.Notes {
		if n.Body.Plain {
			t.Errorf("%s is shown as plain text", n.Path)
		}
	}
	for _, f := range r.Findings {
		if f.Severity > diag.Info {
			t.Errorf("%s:%d: %s [%s]", f.Path, f.Line, f.Message, f.Rule)
		}
	}
}

// TestHostileFrontMatter holds that each becomes a page with its body on it,
// whatever is wrong.
func TestHostileFrontMatter(t *testing.T) {
	files := make(map[string]string)
	for name, text := range prosetest.FrontMatters() {
		files[name+".md"] = text
	}
	r := hold(t, "front matter", files)
	said := make(map[string]bool)
	for _, f := range r.Findings {
		said[f.Path] = true
	}
	for file, text := range files {
		n := r.Site.Book.At(file)
		if n == nil {
			t.Errorf("%s has no page", file)
			continue
		}
		f, _ := r.Files.Get(r.Site.Book.File(n))
		if page, err := f.Bytes(); err != nil || strings.Contains(text, "Words of the body") && !strings.Contains(string(page), "Words of the body") {
			t.Errorf("%s lost its body: %v", file, err)
		}
	}
	for _, name := range []string{"a bomb of aliases", "one key, 5,000 times", "5,000 keys", "600 levels of lists", "10,000 brackets", "too large", "a megabyte", "TOML"} {
		if !said[name+".md"] {
			t.Errorf("nothing is said of %s", name)
		}
	}
}
