package main

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"debrief/generator/prose/prosetest"
	"debrief/generator/source"
)

// What a hostile note may cost a build, over one of a handbook with one word
// in it.
const (
	maxPeak = 256 << 20   // bytes of memory
	maxCPU  = time.Second // of all processors together
)

// peakFile is where the program writes the most memory that it has held. The
// kernel's own answer to whoever waits for it (getrusage) counts what the
// parent held when it began the program.
const peakFile = "DEBRIEF_TEST_PEAK"

func init() { programs["debrief-measured"] = measured }

// measured is main that tells at its end how much memory it took.
func measured() {
	exit := run(context.Background(), os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	status, err := os.ReadFile("/proc/self/status")
	if err == nil {
		err = os.WriteFile(os.Getenv(peakFile), status, 0o600)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(99)
	}
	os.Exit(exit)
}

// A cost is what a build took.
type cost struct {
	name string
	peak int // bytes
	cpu  time.Duration
}

// weigh builds the handbook in dir in a process of its own, as a user does.
func weigh(t *testing.T, name, dir string, args ...string) cost {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(self, append(strings.Fields("build --content . --out "+filepath.Join(t.TempDir(), "site")), args...)...)
	c.Args[0] = "debrief-measured" // testscript.Main goes by this name
	status := filepath.Join(t.TempDir(), "status")
	c.Dir, c.Env = dir, append(os.Environ(), peakFile+"="+status, "GORACE=atexit_sleep_ms=0")
	var said bytes.Buffer
	c.Stdout, c.Stderr = io.Discard, &said
	if err := c.Run(); err != nil {
		t.Errorf("%s: %v\n%.2000s", name, err, said.String())
	}
	text, err := os.ReadFile(status)
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(text), "VmHWM:")
	kib, err := strconv.Atoi(strings.TrimSpace(strings.Split(rest, "kB")[0]))
	if err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return cost{name, kib << 10, c.ProcessState.UserTime() + c.ProcessState.SystemTime()}
}

// TestHostileNotesInLittleMemory builds what has been found to take most.
// HOSTILE=20000 builds every shape with so many repetitions, every front matter
// and every block of code, each by itself, and looks at the time of processors
// as well; `make hostile` does.
func TestHostileNotesInLittleMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: the race detector takes memory of its own")
	}
	n, err := strconv.Atoi(os.Getenv("HOSTILE"))
	all := err == nil
	if !all {
		n = 20_000
	}
	handbooks := hostileHandbooks(n)
	build := func(name string, files map[string]string) cost {
		dir := t.TempDir()
		put(t, dir, files)
		return weigh(t, name, dir, profileOf(files)...)
	}
	base := build("one word", prosetest.Kinds("x", "word"))
	var costs []cost
	for _, name := range slices.Sorted(maps.Keys(handbooks)) {
		if !all && !slices.ContainsFunc(dearest, func(part string) bool { return strings.Contains(name, part) }) {
			continue
		}
		c := build(name, handbooks[name])
		for range 2 { // whatever else is at work makes the same work dearer
			if all && c.cpu-base.cpu > maxCPU {
				again := build(name, handbooks[name])
				c.cpu, c.peak = min(c.cpu, again.cpu), max(c.peak, again.peak)
			}
		}
		c.peak, c.cpu = c.peak-base.peak, c.cpu-base.cpu
		costs = append(costs, c)
		if c.peak > maxPeak {
			t.Errorf("%d MiB more than a handbook of one word, want %d at most: %.80s", c.peak>>20, maxPeak>>20, c.name)
		}
		if all && c.cpu > maxCPU {
			t.Errorf("%v more than a handbook of one word: %.80s", c.cpu.Round(time.Millisecond), c.name)
		}
	}
	t.Logf("a handbook of one word: %d MiB, %v", base.peak>>20, base.cpu.Round(time.Millisecond))
	most := func(what string, by func(a, b cost) int) {
		slices.SortFunc(costs, by)
		for _, c := range costs[:min(15, len(costs))] {
			t.Logf("most %s: %d MiB, %v: %.80s", what, c.peak>>20, c.cpu.Round(time.Millisecond), c.name)
		}
	}
	most("memory", func(a, b cost) int { return cmp.Compare(b.peak, a.peak) })
	most("time", func(a, b cost) int { return cmp.Compare(b.cpu, a.cpu) })
}

// dearest are parts of the names of the handbooks that take most memory.
var dearest = []string{`"> [!bad]\n> b№\n\n> [!good]\n> g№\n\n" in stories`, `"# a-1\n# a\n" in stories`, "as large as a note", `for others: "Contoso."`}

// TestLargeAttachmentsInLittleMemory builds notes that show files of all sizes,
// for their author and for others: what is copied is read as a whole, what is
// larger never. HOSTILE has others' build read a file of noise too, which takes
// long.
func TestLargeAttachmentsInLittleMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: the race detector takes memory of its own")
	}
	top := t.TempDir()
	film, scan, log := filepath.Join(top, "film.mov"), filepath.Join(top, "scan.pdf"), filepath.Join(top, "out.log")
	noise := make([]byte, source.MaxAttachment)
	rand.NewChaCha8([32]byte{}).Read(noise)
	copy(noise, "%PDF-1.7\n")
	line := []byte("10:00:00 checkout at Contoso answered 503 in 12 ms\n")
	for name, data := range map[string][]byte{film: nil, scan: noise, log: bytes.Repeat(line, source.MaxAttachment/len(line))} {
		if err := os.WriteFile(name, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Truncate(film, 1<<30); err != nil {
		t.Fatal(err)
	}
	settings := "cover_names: {Contoso: a retailer, Fabrikam: a bank}\nredact: ['INC-\\d+']\nallow_attachments: [scan.pdf]\n"
	for _, c := range []struct{ profile, text string }{
		{"private", "[film](film.mov) [scan](scan.pdf) [log](out.log)\n"},
		{"public", "[film](film.mov) [log](out.log)\n"},
		{"public", "[scan](scan.pdf) [log](out.log)\n"},
	} {
		if c.profile == "public" && strings.Contains(c.text, "scan") && os.Getenv("HOSTILE") == "" {
			continue
		}
		build := func(text string) cost {
			dir := t.TempDir()
			for _, name := range []string{film, scan, log} {
				if err := os.Link(name, filepath.Join(dir, filepath.Base(name))); err != nil {
					t.Fatal(err)
				}
			}
			put(t, dir, map[string]string{"a.md": "---\nvisibility: public\n---\n" + text, "debrief.yaml": settings})
			return weigh(t, c.profile, dir, "--profile", c.profile)
		}
		base, all := build("word"), build(c.text)
		t.Logf("%s build of %s%d MiB, %v", c.profile, c.text, (all.peak-base.peak)>>20, all.cpu-base.cpu)
		if all.peak-base.peak > maxPeak {
			t.Errorf("a %s build of %stakes %d MiB more than one of a word, want %d at most", c.profile, c.text, (all.peak-base.peak)>>20, maxPeak>>20)
		}
	}
}

// hostileHandbooks are folders with one hostile note each.
func hostileHandbooks(n int) map[string]map[string]string {
	all := make(map[string]map[string]string)
	for _, s := range prosetest.Shapes {
		kinds := prosetest.Kinds("x", s.Times(n))
		for name, text := range kinds {
			if name != "incidents/checkout.md" {
				all[s.Name()+" in "+name] = map[string]string{name: text, "incidents/checkout.md": prosetest.OnIncident}
			}
		}
	}
	all["text as large as a note may be"] = map[string]string{"x.md": strings.Repeat("a <b> ", source.MaxNote/6)}
	for name, text := range prosetest.FrontMatters() {
		all["front matter: "+name] = map[string]string{"x.md": text}
	}
	for name, text := range prosetest.Fences(n) {
		all["code: "+name] = map[string]string{"x.md": text}
	}
	for _, motif := range []string{"Contoso ", "Contoso.", "Con**to**so\n", "[Contoso](Contoso.md) ", "`Contoso` ", "<a href=Contoso", "%43ontoso ", "INC-1 ", "12% to 2% "} {
		all[fmt.Sprintf("for others: %q", motif)] = map[string]string{
			"x.md":         "---\nvisibility: public\n---\n" + strings.Repeat(motif, n),
			"debrief.yaml": "cover_names: {Contoso: a retailer}\nredact: ['INC-\\d+']\n",
		}
	}
	return all
}

// profileOf builds for others what has names that they must not read.
func profileOf(files map[string]string) []string {
	if files["debrief.yaml"] != "" {
		return []string{"--profile", "public"}
	}
	return nil
}
