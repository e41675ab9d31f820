package generator_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/fstest"

	"debrief/generator"
	"debrief/generator/output"
)

// BenchmarkBuild builds folders of generated notes from nothing: read, parse,
// link, check, draw every file. µs/note says whether growth is linear.
func BenchmarkBuild(b *testing.B) {
	eachSize(b, func(b *testing.B, notes fstest.MapFS) {
		var bytes int64
		for b.Loop() {
			bytes = drawn(b, &generator.Builder{Content: notes})
		}
		b.ReportMetric(float64(bytes)/float64(len(notes)), "bytes/note")
	})
}

// BenchmarkBuildEdit changes one note and builds again with the Builder that
// remembers the others; the note's own page is drawn, as in a preview.
func BenchmarkBuildEdit(b *testing.B) {
	eachSize(b, func(b *testing.B, notes fstest.MapFS) {
		builder := &generator.Builder{Content: notes}
		if _, err := builder.Build(context.Background()); err != nil {
			b.Fatal(err)
		}
		edited := notes["stories/note-1.md"].Data
		i := 0
		for b.Loop() {
			i++
			notes["stories/note-1.md"] = &fstest.MapFile{Data: fmt.Appendf(nil, "%s\nEdit %d.\n", edited, i)}
			builder.Touched([]string{"stories/note-1.md"})
			r, err := builder.Build(context.Background())
			if err != nil {
				b.Fatal(err)
			}
			page, _ := r.Files.Get("stories/note-1.html")
			if _, err := page.Bytes(); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkBuildAndWrite is what `debrief build` does in an empty folder.
func BenchmarkBuildAndWrite(b *testing.B) {
	eachSize(b, func(b *testing.B, notes fstest.MapFS) {
		for b.Loop() {
			r, err := (&generator.Builder{Content: notes}).Build(context.Background())
			if err != nil {
				b.Fatal(err)
			}
			if _, err := output.Write(context.Background(), b.TempDir()+"/site", r.Files, output.Options{}); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func eachSize(b *testing.B, run func(*testing.B, fstest.MapFS)) {
	for _, n := range []int{100, 1000, 10000} {
		notes := corpus(n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			run(b, notes)
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/float64(n), "µs/note")
		})
	}
}

func drawn(b testing.TB, builder *generator.Builder) (bytes int64) {
	r, err := builder.Build(context.Background())
	if err != nil {
		b.Fatal(err)
	}
	for _, f := range r.Files {
		data, err := f.Draw()
		if err != nil {
			b.Fatal(err)
		}
		bytes += int64(len(data))
	}
	return bytes
}

// corpus makes n notes of the example's shape: 600 to 900 words, a table, two
// blocks of code, no two alike, six links, tags; incidents with their instants,
// stories on them, questions, playbooks and plain pages. The same n gives the
// same bytes.
func corpus(n int) fstest.MapFS {
	g := &scribe{rand.New(rand.NewPCG(1, uint64(n)))}
	var names []string
	for i := range n {
		names = append(names, fmt.Sprintf("%s/note-%d.md", corpusFolders[i%len(corpusFolders)], i))
	}
	notes := fstest.MapFS{"debrief.yaml": {Data: []byte("title: Corpus\n")}}
	for i, name := range names {
		notes[name] = &fstest.MapFile{Data: []byte(g.note(i, names))}
	}
	return notes
}

var (
	corpusFolders = []string{"incidents", "stories", "pages", "questions", "stories", "playbooks", "pages", "stories", "incidents", "pages"}
	corpusWords   = strings.Fields("the cache of checkout held its line while errors rose and a flag was rolled back by the second on-call who read the change log aloud before anyone had proof that latency came from one queue in front of the database because each miss kept a connection open until traffic fell below the limit we had set for a busy day with more buyers than last year")
	corpusCode    = map[string]string{
		"go":     "func retry(ctx context.Context, budget *Budget, call func() error) error {\n\tfor attempt := 0; ; attempt++ {\n\t\terr := call()\n\t\tif err == nil || !budget.Take(1) {\n\t\t\treturn err // no budget, no retry\n\t\t}\n\t\tselect {\n\t\tcase <-time.After(backoff(attempt)):\n\t\tcase <-ctx.Done():\n\t\t\treturn ctx.Err()\n\t\t}\n\t}\n}\n",
		"sql":    "SELECT cell, count(*) AS failed, 100.0 * count(*) / sum(count(*)) OVER () AS share\nFROM requests\nWHERE status >= 500 AND at >= now() - interval '10 minutes'\nGROUP BY cell\nHAVING count(*) > 10\nORDER BY failed DESC\nLIMIT 20;\n",
		"bash":   "for cell in a b c d e f; do\n  kubectl --context \"$cell\" rollout undo deployment/checkout\n  sleep 20 # one cell at a time\n  curl -fsS \"https://$cell.example/health\" || break\ndone\n",
		"yaml":   "alert: CacheConnectionWait\nexpr: histogram_quantile(0.99, sum by (cell, le) (rate(wait_seconds_bucket[2m]))) > 0.02\nfor: 2m\nlabels: {severity: page}\nannotations:\n  summary: requests wait for a connection\n",
		"python": "def budget_spent(spans, target, window):\n    \"\"\"Share of the error budget that spans of (minutes, ratio) spend.\"\"\"\n    budget = (1 - target) * window\n    return sum(minutes * ratio for minutes, ratio in spans) / budget\n",
	}
	corpusLangs = []string{"go", "sql", "bash", "yaml", "python"}
)

// distinct returns code that no other block of the corpus is.
func distinct(code string, n int) string {
	return strings.NewReplacer("cell", fmt.Sprint("cell", n), "budget", fmt.Sprint("budget", n)).Replace(code)
}

type scribe struct{ r *rand.Rand }

func (g *scribe) words(n int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(corpusWords[g.r.IntN(len(corpusWords))])
	}
	return b.String()
}

func (g *scribe) note(i int, names []string) string {
	var b strings.Builder
	id := func(name string) string { return name[strings.Index(name, "/")+1 : len(name)-3] }
	fmt.Fprintf(&b, "---\ntitle: Note %d about %s\ntags: [tag-%d, tag-%d]\n", i, g.words(3), g.r.IntN(30), 30+g.r.IntN(30))
	folder, _, _ := strings.Cut(names[i], "/")
	headings := []string{"What happened", "What it cost", "What changed"}
	switch folder {
	case "incidents":
		fmt.Fprintf(&b, "started_at: 2024-%02d-%02dT10:02:00Z\ndetected_at: T+%dm\nmitigated_at: T+%dm\nresolved_at: T+90m\nslo: {sli: availability, target: 99.9%%, window: 30d}\nerror_rate:\n  - {from: T+0s, to: T+90m, ratio: %d%%}\nmetrics:\n  - {name: error_rate, unit: \"%%\", direction: lower_is_better, before: 12, after: 2}\n",
			1+g.r.IntN(12), 1+g.r.IntN(28), 1+g.r.IntN(5), 10+g.r.IntN(60), 1+g.r.IntN(20))
	case "stories":
		headings = []string{"Situation", "Task", "Action", "Result"}
		fmt.Fprintf(&b, "principles: [ownership, dive-deep]\nincident: %s\nstrength: %d\n", id(names[i/10*10]), 1+g.r.IntN(5))
	}
	b.WriteString("---\n\n")
	link := func() string {
		to := names[g.r.IntN(len(names))]
		if g.r.IntN(2) == 0 {
			return "[[" + id(to) + "]]"
		}
		return "[" + g.words(2) + "](../" + to + ")"
	}
	for h, heading := range headings {
		fmt.Fprintf(&b, "## %s\n\n", heading)
		for p := range 2 {
			fmt.Fprintf(&b, "%s %s %s.\n\n", g.words(45+g.r.IntN(20)), link(), g.words(45+g.r.IntN(20)))
			if h > 0 && p > 0 && len(headings) == 4 {
				break
			}
		}
		switch h {
		case 0, 2:
			lang := corpusLangs[g.r.IntN(len(corpusLangs))]
			fmt.Fprintf(&b, "```%s\n%s```\n\n", lang, distinct(corpusCode[lang], i*len(headings)+h))
		case 1:
			b.WriteString("| measure | before | after |\n| --- | --: | --: |\n")
			for range 4 {
				fmt.Fprintf(&b, "| %s | %d | %d |\n", g.words(2), g.r.IntN(100), g.r.IntN(100))
			}
			b.WriteString("\n")
		}
	}
	return b.String()
}
