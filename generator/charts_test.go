package generator_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"debrief/generator"
	"debrief/generator/chart/charttest"
)

// TestEveryChartCanBeRead reads each chart of the example and of a folder of
// hostile incidents at the widths people read at: nothing covers anything or
// is cut off, and each chart says what its table says.
func TestEveryChartCanBeRead(t *testing.T) {
	for name, content := range map[string]fs.FS{"example": example(), "hostile": os.DirFS("testdata/hostile-charts")} {
		_, site := build(t, &generator.Builder{Content: content})
		drawn := 0
		for file, data := range site {
			if path.Ext(file) != ".html" {
				continue
			}
			faults, charts := charttest.Faults(data)
			drawn += charts
			for _, f := range faults {
				t.Errorf("%s: %s: %s", name, file, f)
			}
		}
		if drawn == 0 {
			t.Errorf("%s: no page has a chart", name)
		}
	}
}

// TestChartsWeighLittle holds a page with every chart that an incident can
// have, and nothing written around them, under 60 kB of HTML: the example's
// peak day with the run-book of its failover.
func TestChartsWeighLittle(t *testing.T) {
	front := func(name string) []byte {
		full, err := fs.ReadFile(example(), "incidents/"+name+".md")
		if err != nil {
			t.Fatal(err)
		}
		return full[:bytes.Index(full, []byte("\n---\n"))+1]
	}
	runbook := regexp.MustCompile(`(?m)^runbook:\n(?:  .*\n)+`).Find(front("orders-failover-2024"))
	note := slices.Concat(front("checkout-prime-day-2023"), runbook, []byte("---\n"))
	_, site := build(t, &generator.Builder{Content: fstest.MapFS{"incidents/peak.md": {Data: note}}})
	page := site["incidents/peak.html"]
	if _, charts := charttest.Faults(page); charts != 7 {
		t.Fatalf("the page has %d charts, not the phases, the timeline, the burn, the metrics, the load, the run-book and the tree", charts)
	}
	if len(page) > 60_000 {
		t.Errorf("the page is %d bytes", len(page))
	}
}

// TestTreesOfAnyShape draws decision trees that nobody should have to read.
func TestTreesOfAnyShape(t *testing.T) {
	deep, wide, aside, words := "", "", "", ""
	for i := range 40 {
		deep += fmt.Sprintf("  n%d: {ask: Is step %d of this way still not the last one, yes: n%d, no: end%d}\n  end%d: {end: Stop after %d}\n", i, i, i+1, i, i, i)
		aside += fmt.Sprintf("  n%d: {ask: Deeper than %d, yes: end, no: n%d}\n", i, i, i+1)
	}
	deep += "  n40: {end: At last}\n"
	aside += "  n40: {end: Far aside}\n  end: {end: Straight down}\n"
	for i := range 12 {
		wide += fmt.Sprintf("{when: an answer with the number %d and many words more, to: a%d}, ", i, i)
		words += fmt.Sprintf("  a%d: {do: %s, then: end}\n", i, []string{strings.Repeat("antidisestablishmentarian", 4), "緩和策としてまずフラグを元に戻してから、原因を調べるようにしてください", "أعد العلم إلى وضعه السابق قبل البحث عن السبب", "Roll back"}[i%4])
	}
	trees := []string{
		"start: n0\nnodes:\n" + deep,
		"start: n0\nnodes:\n" + aside,
		"start: q\ntaken: [q, a3, end]\nnodes:\n  q: {ask: Which of these, threshold: 1.2x, measured: 1.35x, options: [" + strings.TrimSuffix(wide, ", ") + "]}\n" + words + "  end: {end: Done}\n",
		"start: only\nnodes:\n  only: {end: Nothing to decide}\n",
		"start: a\nloop: true\nnodes:\n  a: {ask: Again, yes: a, no: b}\n  b: {do: '', then: a}\n",
		"start: lost\nnodes:\n  a: {ask: Where, yes: b}\n",
	}
	note := "# Trees\n"
	for _, tree := range trees {
		note += "\n```decision\n" + tree + "```\n"
	}
	_, site := build(t, &generator.Builder{Content: fstest.MapFS{
		"trees.md": {Data: []byte(note)}, "twice.md": {Data: []byte("![[trees]]\n\n![[trees]]\n")},
	}})
	for _, file := range []string{"trees.html", "twice.html"} {
		faults, charts := charttest.Faults(site[file])
		for _, f := range faults {
			t.Errorf("%s: %s", file, f)
		}
		if charts < len(trees)-1 {
			t.Errorf("%s: %d of %d trees are drawn", file, charts, len(trees))
		}
	}
}

// TestPayOfAnySize draws offers of nothing, of far too much, of one version and
// of six.
func TestPayOfAnySize(t *testing.T) {
	notes := fstest.MapFS{}
	offer := func(name, front string) {
		notes["offers/"+name+".md"] = &fstest.MapFile{Data: []byte("---\nkind: offer\n" + front + "---\n")}
	}
	offer("nothing", "company: Nil\nbase: USD 0\n")
	offer("huge", "company: 株式会社とても長い名前の会社\nbase: USD 900000000000000000\nsign_on: [USD 1]\nequity: {shares: 1, price: USD 0.01}\n")
	offer("long", "company: Long\nbase: EUR 90000\nequity: {value: EUR 400000, vest: [10%, 10%, 10%, 10%, 10%, 10%, 10%, 10%, 10%, 10%]}\nbonus: {percent: 15%}\n")
	for i, stage := range []string{"initial", "counter", "counter", "counter", "counter", "final"} {
		offer(fmt.Sprint("many", i), fmt.Sprintf("company: Many\nstage: %s\nbase: GBP %d\nequity: {shares: %d, price: GBP 21.5}\n", stage, 80000+i, 1000*i))
	}
	_, site := build(t, &generator.Builder{Content: notes})
	for file, want := range map[string]int{"offers.html": 3, "offers/long.html": 1, "offers/many0.html": 1, "offers/nothing.html": 0} {
		faults, charts := charttest.Faults(site[file])
		for _, f := range faults {
			t.Errorf("%s: %s", file, f)
		}
		if charts != want {
			t.Errorf("%s: %d charts, want %d", file, charts, want)
		}
	}
}

// TestDatesFarApart draws ways of a day, of years, and of dates that cannot be.
func TestDatesFarApart(t *testing.T) {
	for name, c := range map[string]struct {
		days  []string
		drawn int
	}{
		"one day":     {[]string{"2026-12-15T09:00:00Z", "2026-12-15T11:00:00Z"}, 0},
		"two days":    {[]string{"2026-12-15T09:00:00Z", "2026-12-16T11:00:00Z"}, 1},
		"three years": {[]string{"2024-01-15T09:00:00Z", "2025-12-16T11:00:00Z", "2027-12-16T11:00:00+14:00"}, 1},
		"for ever":    {[]string{"0001-01-01T09:00:00Z", "9999-12-16T11:00:00Z"}, 0},
		"daily":       {days(40), 1},
	} {
		notes := fstest.MapFS{}
		for i, day := range c.days {
			notes[fmt.Sprintf("rounds/%02d.md", i)] = &fstest.MapFile{Data: []byte("---\ntitle: " + strings.Repeat("ラウンド", 20) + "\norder: 1\nscheduled_at: " + day + "\n---\n")}
		}
		_, site := build(t, &generator.Builder{Content: notes})
		faults, charts := charttest.Faults(site["process.html"])
		for _, f := range faults {
			t.Errorf("%s: %s", name, f)
		}
		if charts != c.drawn {
			t.Errorf("%s: %d charts, want %d", name, charts, c.drawn)
		}
	}
}

func days(n int) (out []string) {
	for i := range n {
		out = append(out, time.Date(2026, 11, 1+i, 9, 0, 0, 0, time.UTC).Format(time.RFC3339))
	}
	return out
}
