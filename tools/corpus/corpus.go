// Package corpus makes notes to measure builds with.
//
// A note is 500 to 1,000 words long and has five to seven headings, each with a
// link, one or two tables, a list of tasks, one to three blocks of code, no two
// alike, and two of sixty tags. There are
// incidents with their instants, stories on them, questions, playbooks and
// plain pages.
package corpus

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"strings"
)

// Notes yields a handbook of n notes: paths and texts, the settings first. The
// same n gives the same bytes. One text is made at a time, so that who writes
// them to a disk stays small.
func Notes(n int) iter.Seq2[string, []byte] {
	return func(yield func(string, []byte) bool) {
		if !yield("debrief.yaml", []byte("title: Corpus\n")) {
			return
		}
		g := &scribe{rand.New(rand.NewPCG(1, uint64(n)))}
		var names []string
		for i := range n {
			names = append(names, fmt.Sprintf("%s/note-%d.md", folders[i%len(folders)], i))
		}
		for i, name := range names {
			if !yield(name, []byte(g.note(i, names))) {
				return
			}
		}
	}
}

var (
	folders    = []string{"incidents", "stories", "pages", "questions", "stories", "playbooks", "pages", "stories", "incidents", "pages"}
	vocabulary = strings.Fields("the cache of checkout held its line while errors rose and a flag was rolled back by the second on-call who read the change log aloud before anyone had proof that latency came from one queue in front of the database because each miss kept a connection open until traffic fell below the limit we had set for a busy day with more buyers than last year")
)

type scribe struct{ r *rand.Rand }

func (g *scribe) words(n int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(vocabulary[g.r.IntN(len(vocabulary))])
	}
	return b.String()
}

func (g *scribe) note(i int, names []string) string {
	var b strings.Builder
	id := func(name string) string { return name[strings.Index(name, "/")+1 : len(name)-3] }
	fmt.Fprintf(&b, "---\ntitle: Note %d about %s\ntags: [tag-%d, tag-%d]\n", i, g.words(3), g.r.IntN(30), 30+g.r.IntN(30))
	folder, _, _ := strings.Cut(names[i], "/")
	headings := []string{"What happened", "Who was there", "What it cost", "What changed", "What we would do again", "What is left", "Questions"}[:5+g.r.IntN(3)]
	switch folder {
	case "incidents":
		fmt.Fprintf(&b, "started_at: 2024-%02d-%02dT10:02:00Z\ndetected_at: T+%dm\nmitigated_at: T+%dm\nresolved_at: T+90m\nslo: {sli: availability, target: 99.9%%, window: 30d}\nerror_rate:\n  - {from: T+0s, to: T+90m, ratio: %d%%}\nmetrics:\n  - {name: error_rate, unit: \"%%\", direction: lower_is_better, before: 12, after: 2}\n",
			1+g.r.IntN(12), 1+g.r.IntN(28), 1+g.r.IntN(5), 10+g.r.IntN(60), 1+g.r.IntN(20))
	case "stories":
		headings = append([]string{"Situation", "Task", "Action", "Result"}, headings[4:]...)
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
	blocks, tables := 1+g.r.IntN(3), 1+g.r.IntN(2)
	for h, heading := range headings {
		fmt.Fprintf(&b, "## %s\n\n%s %s %s.\n\n", heading, g.words(45+g.r.IntN(35)), link(), g.words(45+g.r.IntN(35)))
		if h%2 == 0 && h/2 < blocks {
			language := languages[g.r.IntN(len(languages))]
			fmt.Fprintf(&b, "```%s\n%s```\n\n", language, distinct(code[language], 10*i+h))
		}
		if h%2 == 1 && h/2 < tables {
			b.WriteString(g.table())
		}
	}
	for i, done := range []string{"x", "x", " "} {
		fmt.Fprintf(&b, "- [%s] %s\n", done, g.words(3+i))
	}
	return b.String()
}

func (g *scribe) table() string {
	var b strings.Builder
	b.WriteString("| measure | before | after |\n| --- | --: | --: |\n")
	for range 4 {
		fmt.Fprintf(&b, "| %s | %d | %d |\n", g.words(2), g.r.IntN(100), g.r.IntN(100))
	}
	return b.String() + "\n"
}
