package generator_test

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"strings"
	"testing"
	"testing/fstest"

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
