package generator_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"debrief/generator"
	"debrief/generator/diag"
	"debrief/generator/prose/prosetest"
)

// What follows builds handbooks of notes that nobody writes by hand: pasted
// exports, broken machines, strangers who mean harm. There is no clock in it.
// Without the limits these tests would run for hours, and the bytes that a
// build writes are counted.

// onIncident is front matter by which a note's figures are held against facts.
const onIncident = `---
kind: incident
title: Checkout
severity: SEV1
started_at: 2024-01-01T10:00:00Z
detected_at: T+4m
mitigated_at: T+38m
resolved_at: T+2h
slo: {target: 99.9%, window: 30d}
metrics:
  - {name: error_rate, before: 12%, after: 2%}
---
`

const inStory = "---\nkind: story\ntitle: Told\nincident: checkout\nprinciples: [ownership]\n---\n## Situation\n\n"

// asKinds is a text as a page, as an incident and as a story: each reads it in
// another way.
func asKinds(name, text string) map[string]string {
	return map[string]string{
		name + ".md":                text,
		"incidents/" + name + ".md": onIncident + text,
		"stories/" + name + ".md":   inStory + text,
		"incidents/checkout.md":     onIncident + "Text.\n",
	}
}

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
// note, and fails at what takes more than a second longer than a
// handbook with one word in it; `make hostile` does.
func TestHostileShapes(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: one goroutine has nothing to race with")
	}
	if n, err := strconv.Atoi(os.Getenv("HOSTILE")); err == nil {
		alone(t, n)
		return
	}
	files := make(map[string]string)
	for i, s := range prosetest.Shapes {
		kinds := asKinds(fmt.Sprintf("shape-%03d", i), s.Times(1500/len(s.Motif)))
		for name, text := range kinds {
			files[name] = text
		}
	}
	hold(t, "all shapes", files)
}

// alone builds each shape by itself and measures.
func alone(t *testing.T, n int) {
	spent := func(files map[string]string) time.Duration {
		runtime.GC()
		start := time.Now()
		hold(t, "a shape", files)
		return time.Since(start)
	}
	spent(asKinds("x", "word"))
	base := spent(asKinds("x", "word"))
	t.Logf("a handbook of one word takes %v", base.Round(time.Millisecond))
	type slow struct {
		name string
		took time.Duration
	}
	var all []slow
	for _, s := range prosetest.Shapes {
		for name, text := range asKinds("x", s.Times(n)) {
			if name == "incidents/checkout.md" {
				continue
			}
			files := map[string]string{name: text, "incidents/checkout.md": onIncident}
			took := spent(files) - base
			for range 2 { // something else may have been at work
				if took > time.Second {
					took = min(took, spent(files)-base)
				}
			}
			all = append(all, slow{name + " " + s.Name(), took})
			if took > time.Second {
				t.Errorf("%v: %.80s", took.Round(time.Millisecond), all[len(all)-1].name)
			}
		}
	}
	slices.SortFunc(all, func(a, b slow) int { return int(b.took - a.took) })
	for _, s := range all[:10] {
		t.Logf("%v: %.80s", s.took.Round(time.Millisecond), s.name)
	}
}

// TestHostileCode builds code in fifteen languages, each of ten things that
// lexers have taken long for.
func TestHostileCode(t *testing.T) {
	languages := strings.Fields("go java python javascript typescript bash yaml json sql make ruby kotlin rust hcl markdown")
	motifs := []string{"a", " ", "\n", "\"", "'", "`", "{[(", "/* ", "$( ", "\\\n# @ - : < "}
	files := make(map[string]string)
	for _, language := range languages {
		for i, motif := range motifs {
			files[fmt.Sprintf("%s-%d.md", language, i)] = "```" + language + "\n" + strings.Repeat(motif, 20_000/len(motif)) + "\n```\n"
		}
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
		{"a chart for each fence", notes(onIncident + many("```timeline\n- {at: T+%dm, event: x}\n```\n\n", 5_000)), 3 << 20, "too-complex"},
		{"a finding for each word", notes(repeat("[[gone]] [[#gone]] {{gone}} #1a [x](javascript:y)\n\n", 5_000)), 3 << 20, "bad-url"},
		{"a figure for each word", notes(onIncident + repeat("12% to 2% ", 50_000)), 8 << 20, "too-complex"},
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

// frontMatters are what front matter has been found to hold: bombs, what takes
// readers of YAML long, and what is no front matter at all.
func frontMatters() map[string]string {
	repeat := strings.Repeat
	numbered := func(format string, n int) string {
		var b strings.Builder
		for i := range n {
			b.WriteString(strings.ReplaceAll(format, "№", strconv.Itoa(i)))
		}
		return b.String()
	}
	bomb := "a: &a [x, x, x, x, x, x, x, x, x]\n"
	for c := 'b'; c <= 'i'; c++ {
		bomb += fmt.Sprintf("%c: &%c [%s]\n", c, c, strings.TrimSuffix(repeat(fmt.Sprintf("*%c, ", c-1), 9), ", "))
	}
	merges := "k0: &k0 {a: 1}\n"
	for i := range 400 {
		merges += fmt.Sprintf("k%d: &k%d\n  <<: [*k%d, *k%d]\n", i+1, i+1, i, i)
	}
	texts := map[string]string{
		"a bomb of aliases": bomb, "a chain of merges": merges, "an alias of itself": "a: &a [*a]\n", "an alias to nothing": "a: *b\n",
		"one key, 5,000 times": repeat("title: t\n", 5_000), "5,000 keys": numbered("k№: v\n", 5_000), "60 kB of one key": repeat("title: t\n", 6_500), "keys in braces": "{" + numbered("k№: v, ", 5_000) + "}\n",
		"600 levels of lists": repeat("- ", 600) + "x\n", "600 levels of keys": numbered("a: {", 600) + repeat("}", 600) + "\n", "10,000 brackets": "a: " + repeat("[", 10_000) + "\n", "10,000 braces": "a: " + repeat("{", 10_000) + "\n", "brackets that close": "a: " + repeat("[", 10_000) + repeat("]", 10_000) + "\n",
		"5,000 question marks": repeat("? ", 5_000) + "\n", "5,000 dashes": repeat("-", 5_000) + "\n", "colons": "a" + repeat(":", 20_000) + "\n", "colons apart": repeat(": ", 20_000) + "\n", "anchors": repeat("&a ", 5_000) + "x\n", "tags": repeat("!a ", 5_000) + "x\n",
		"quotes": "a: " + repeat("\"", 20_000) + "\n", "one quote": "a: \"" + repeat("x ", 20_000) + "\n", "one apostrophe": "a: '" + repeat("''", 20_000) + "\n", "escapes": "a: \"" + repeat("\\u0041", 9_000) + "\"\n", "a bad escape": "a: \"" + repeat("\\x", 9_000) + "\"\n", "a folded text": "a: >\n" + repeat("  x\n", 15_000), "a literal text": "a: |\n" + repeat("  x\n\n", 10_000),
		"spaces": repeat(" ", 60_000) + "a: b\n", "tabs": repeat("\t", 60_000) + "a: b\n", "blank lines": repeat("\n", 60_000) + "a: b\n", "comments": repeat("# x\n", 15_000), "comments behind values": repeat("a: b # x\n", 7_000), "broken lines": repeat("a: [x\n", 10_000), "other broken lines": repeat("a: b: c\n", 8_000),
		"a tag that runs code": "a: !!python/object/apply:os.system [id]\n", "a tag of binary": "a: !!binary " + repeat("A", 20_000) + "\n", "a tag of a set": "a: !!set {x, y}\n", "a date that is none": "started_at: 99999999-99-99T99:99:99Z\n", "a number that is none": "a: 1e999999999\nb: 0x" + repeat("f", 10_000) + "\nc: .inf\nd: .nan\n", "a number of 60 kB": "a: " + repeat("9", 60_000) + "\n", "numbers by colons": "a: " + repeat("9:", 10_000) + "9\n",
		"NUL": "a: \x00b\n", "a mark inside": "\ufeffa: b\n", "line separators": "a: b\u2028c: d\u0085e: f\n", "directives": repeat("%YAML 1.2\n", 1_000) + "a: b\n", "documents": repeat("--- a\n", 5_000), "too large": "a: " + repeat("x", 70_000) + "\n", "a megabyte": repeat("a: b\n", 200_000), "long keys": repeat("k", 60_000) + ": v\n", "a key that is a list": repeat("? [a, b]\n: c\n", 2_000),
		"a timeline of all that fits": "kind: incident\nstarted_at: 2024-01-01T00:00:00Z\ntimeline:\n" + numbered("  - {at: T+№m, event: e№}\n", 240), "a tree in a circle": "kind: incident\ndecision_tree:\n  start: a\n  nodes:\n    a: {check: x, yes: b, no: a}\n    b: {check: y, yes: a, no: b}\n", "a tree of all that fits": "kind: incident\ndecision_tree:\n  start: n0\n  nodes:\n" + numbered("    n№: {check: c, yes: n№, no: m№}\n", 100),
		"years apart": "kind: incident\nstarted_at: 0001-01-01T00:00:00Z\nmitigated_at: 9999-12-31T23:59:59Z\ntimeline: [{at: 5000-01-01T00:00:00Z, event: x}]\n", "durations": "kind: incident\nslo: {target: 99.999999999999999%, window: 9999999999999999d}\nsla: -1h\ntargets: {mitigate: 1e300h}\n", "money": "kind: offer\nversions: [{base: USD 1e400, bonus: USD -1, equity: 99999999999999999999 units}]\n",
	}
	for name, text := range texts {
		texts[name] = "---\n" + text + "---\nWords of the body.\n"
	}
	texts["no end"] = "---\ntitle: x\n" + repeat("a: b\n", 10_000)
	texts["only the beginning"] = "---\n"
	texts["fences"] = repeat("---\n", 20_000)
	texts["TOML"] = "+++\n" + repeat("a = 1\n", 20_000) + "+++\nWords of the body.\n"
	texts["JSON"] = "{\"a\": " + repeat("[", 20_000) + "}\n\nWords of the body.\n"
	return texts
}

// TestHostileFrontMatter holds that each becomes a page with its body on it,
// whatever is wrong.
func TestHostileFrontMatter(t *testing.T) {
	files := make(map[string]string)
	for name, text := range frontMatters() {
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
