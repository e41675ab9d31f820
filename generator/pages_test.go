package generator_test

import (
	"context"
	"fmt"
	"html"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"debrief/generator"
	"debrief/generator/check"
	"debrief/generator/note"
	"debrief/generator/page"
)

// TestRelationsShowAtBothEnds holds that what one note names in its front
// matter is linked from its page, and that the other page links back.
func TestRelationsShowAtBothEnds(t *testing.T) {
	r, site := build(t, &generator.Builder{Content: example()})
	book := r.Site.Book
	links := func(file string) []string { return linksOf(site[file], file) }
	for _, n := range book.Notes {
		from := book.File(n)
		for _, ref := range book.References(n) {
			to := ""
			if ref.Principle != nil {
				to = ref.Principle.File
			} else {
				to = book.File(ref.Note)
			}
			if !slices.Contains(links(from), to) {
				t.Errorf("%s names %s as %s, and its page does not link there", n.Path, to, ref.Field)
			}
			if !slices.Contains(links(to), from) {
				t.Errorf("%s is named by %s as %s, and does not link back", to, n.Path, ref.Field)
			}
		}
	}
}

// TestBacklinksShowTheirSentence holds that a page names who links to it, with
// the sentence around the link.
func TestBacklinksShowTheirSentence(t *testing.T) {
	r, site := build(t, &generator.Builder{Content: example()})
	book := r.Site.Book
	seen := 0
	for _, p := range r.Site.Pages {
		if p.Note == nil {
			continue
		}
		text := html.UnescapeString(string(site[p.File]))
		for _, b := range book.Backlinks(p.File) {
			seen++
			if !slices.Contains(linksOf(site[p.File], p.File), book.File(b.From)) {
				t.Errorf("%s does not link back to %s", p.File, b.From.Path)
			}
			if words := strings.Fields(b.Context); len(words) > 4 && !strings.Contains(text, strings.Join(words[:3], " ")) {
				t.Errorf("%s does not quote %q of %s", p.File, b.Context, b.From.Path)
			}
		}
	}
	if seen < 50 {
		t.Errorf("the example has %d backlinks; the test sees nothing", seen)
	}
}

func dataOf[T any](t *testing.T, r *generator.Result, file string) T {
	t.Helper()
	p := r.Site.Page(file)
	if p == nil {
		t.Fatalf("there is no page %s", file)
	}
	data, ok := p.Data().(T)
	if !ok {
		t.Fatalf("%s has data of type %T", file, p.Data())
	}
	return data
}

// TestIncidentPage holds the figures of the example's first incident, which
// all follow from its instants and spans.
func TestIncidentPage(t *testing.T) {
	r, _ := build(t, &generator.Builder{Content: example()})
	d := dataOf[*page.Incident](t, r, "incidents/checkout-prime-day-2023.html")
	var phases []string
	for _, p := range d.Phases {
		line := p.Name + " " + p.Text
		for _, m := range p.Marks {
			line += " " + m.Word + " (" + m.Text + ")"
		}
		line += ", alone " + p.Alone
		phases = append(phases, plainSpaces(line))
	}
	want := []string{
		"detect 30 s met (with 30 s to spare; target to detect 1 min), alone 30 s",
		"acknowledge 1 min 30 s, alone 1 min 30 s",
		"diagnose 20 min, alone 18 min 30 s",
		"mitigate 38 min missed (by 23 min; target to mitigate 15 min) met (with 22 min to spare; SLA 1 h), alone 17 min 30 s",
		"resolve 1 h 30 min, alone 52 min",
	}
	if !slices.Equal(phases, want) {
		t.Errorf("phases %q, want %q", phases, want)
	}
	if d.Severity != "SEV-2" || d.Burn == nil || len(d.Burn.Spans) != 2 || d.Burn.Spans[0].Rate != "120×" || !d.Burn.Residual {
		t.Errorf("severity %q, burn %+v", d.Severity, d.Burn)
	}
	var verdicts []string
	for _, v := range d.Verdicts {
		verdicts = append(verdicts, v.Key+" "+v.Word)
	}
	if want := []string{"targets.detect met", "targets.mitigate missed", "sla met"}; !slices.Equal(verdicts, want) {
		t.Errorf("verdicts %q, want %q", verdicts, want)
	}
}

func plainSpaces(s string) string { return strings.ReplaceAll(s, "\u00a0", " ") }

// TestStoryPage holds a story's parts to their times and shares.
func TestStoryPage(t *testing.T) {
	said := "---\nlength: 10s\nprinciples: [ownership]\n---\n\n## Situation\n\n" + strings.Repeat("word ", 14) + "\n\n## Task\n\n" + strings.Repeat("word ", 14) +
		"\n\n## Action\n\n" + strings.Repeat("word ", 84) + "\n\n## Result\n\n" + strings.Repeat("word ", 28) + "\n\n## Aside\n\nnot told\n"
	r, _ := build(t, &generator.Builder{Content: fstest.MapFS{"stories/s.md": {Data: []byte(said)}}})
	d := dataOf[*page.Story](t, r, "stories/s.html")
	var parts []string
	for _, p := range d.Parts {
		parts = append(parts, plainSpaces(p.Letter+" "+p.Time+" "+p.Share))
	}
	if want := []string{"S 6 s 10%", "T 6 s 10%", "A 36 s 60%", "R 12 s 20%"}; !slices.Equal(parts, want) {
		t.Errorf("parts %q, want %q", parts, want)
	}
	if d.Words != 140 || plainSpaces(d.Time) != "1 min" || plainSpaces(d.Over) != "50 s" {
		t.Errorf("%d words in %q, over by %q", d.Words, d.Time, d.Over)
	}
}

// TestRoundPage holds that a round without a plan of its own gets the pack's,
// and says what is missing.
func TestRoundPage(t *testing.T) {
	content := fstest.MapFS{
		"rounds/live.md":  {Data: []byte("---\norder: 5\ntype: incident_simulation\nprinciples: [dive-deep]\nstatus: planned\n---\n# Live\n")},
		"rounds/owned.md": {Data: []byte("---\norder: 4\ntype: bar_raiser\n---\n# Owned\n\n## My 45 minutes\n\nfirst this\n")},
		"stories/s.md":    {Data: []byte("---\nprinciples: [dive-deep]\n---\n# Found it\n")},
	}
	r, _ := build(t, &generator.Builder{Content: content})
	d := dataOf[*page.Round](t, r, "rounds/live.html")
	if len(d.Plan) == 0 || d.Plan[0].From != "0" || d.Readiness != page.NotReady || len(d.SpareTold) != 1 {
		t.Errorf("plan %v, %s, spare %v", d.Plan, d.Readiness, d.SpareTold)
	}
	if want := "no story is assigned"; !slices.Contains(d.Missing, want) {
		t.Errorf("missing %q, want %q among them", d.Missing, want)
	}
	if d := dataOf[*page.Round](t, r, "rounds/owned.html"); len(d.Plan) > 0 {
		t.Errorf("the author's own minutes are doubled by the pack's: %v", d.Plan)
	}
}

// TestOnlyPrivateBuildsShowOffers holds that pay never leaves the machine.
func TestOnlyPrivateBuildsShowOffers(t *testing.T) {
	for profile, want := range map[note.Visibility]bool{note.Private: true, note.Shared: false, note.Public: false} {
		r, site := build(t, &generator.Builder{Content: example(), Profile: profile})
		if (r.Site.Page("offers.html") != nil) != want {
			t.Errorf("%s build: offers.html exists: %v", profile, !want)
		}
		for file := range site {
			if !want && strings.HasPrefix(file, "offers") {
				t.Errorf("%s build holds %s", profile, file)
			}
		}
	}
}

// TestQuestionsOfOneWording holds that each has an anchor of its own, and that
// a thousand of them do not make anchors of a thousand words.
func TestQuestionsOfOneWording(t *testing.T) {
	files := make(map[string]string)
	for k := range 1000 {
		files[fmt.Sprintf("questions/q%d.md", k)] = "---\ntext: Why here?\n---\n# Why here\n\nBecause.\n"
	}
	r, err := (&generator.Builder{Content: folder(files)}).Build(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	seen := make(map[string]bool)
	for _, g := range dataOf[*page.FAQ](t, r, "faq.html").Groups {
		for _, e := range g.Entries {
			if seen[e.ID] || len(e.ID) > 200 {
				t.Fatalf("the anchor %q is taken or too long", e.ID)
			}
			seen[e.ID] = true
		}
	}
	if len(seen) < 1000 {
		t.Errorf("the FAQ has %d questions", len(seen))
	}
}

// TestPreparationLeadsOn holds that an item which is not proved leads to the
// page that shows what is missing, once there is one.
func TestPreparationLeadsOn(t *testing.T) {
	for raci, want := range map[string]string{"": "incidents/index.html", "raci: [{activity: decide, A: me}]\n": "raci.html"} {
		r, err := (&generator.Builder{Content: folder(map[string]string{
			"incidents/a.md": "---\nstarted_at: 2024-01-01T10:00:00Z\nresolved_at: T+5m\n" + raci + "---\n# A\n",
		})}).Build(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		items := dataOf[*page.Preparation](t, r, "preparation.html").Items
		i := slices.IndexFunc(items, func(i page.PreparationItem) bool { return i.ID == "raci" })
		if i < 0 || items[i].Done || items[i].Help.File != want {
			t.Errorf("with %q the items are %+v, want raci to lead to %s", raci, items, want)
		}
	}
}

// TestPagesAndFindingsNameTheSameGaps holds that what the coverage page says is
// missing is what the rules find, one for one: whatever is misspelt, cancelled,
// over or silenced.
func TestPagesAndFindingsNameTheSameGaps(t *testing.T) {
	files := map[string]string{
		"rounds/r1.md":   "---\norder: 1\nprinciples: [ownership, dive-deep]\nstories: [a, b]\n---\n# R1\n",
		"rounds/r2.md":   "---\norder: 2\nprinciples: [frugality]\nstories: [a]\n---\n# R2\n",
		"rounds/r3.md":   "---\norder: 3\nstories: [a, misspelt]\n---\n# R3\n",
		"rounds/r4.md":   "---\norder: 4\nstatus: cancelled\nprinciples: [earn-trust]\nstories: [a]\n---\n# R4\n",
		"rounds/r5.md":   "---\norder: 5\nstatus: done\nprinciples: [think-big]\n---\n# R5\n",
		"rounds/r6.md":   "---\norder: 6\nlint_ignore: [round-under-two-stories]\n---\n# R6\n",
		"rounds/old.md":  "---\nloop: last year\norder: 1\nstatus: cancelled\n---\n# Old\n",
		"stories/a.md":   "---\nprinciples: [ownership]\n---\n# A\n",
		"stories/b.md":   "---\nprinciples: [ownershp]\n---\n# B\n",
		"stories/c.md":   "---\nprinciples: [dive-deep]\n---\n# C\n",
		"stories/d.md":   "# D\n",
		"questions/q.md": "# Why\n",
		"questions/p.md": "---\nanswered_by: [misspelt]\n---\n# What\n",
	}
	for _, done := range []bool{false, true} {
		if done { // no round is to come
			for path, text := range files {
				if strings.HasPrefix(path, "rounds/r") {
					files[path] = strings.Replace(text, "---\norder", "---\nstatus: done\norder", 1)
				}
			}
		}
		r, err := (&generator.Builder{Content: folder(files)}).Build(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		var found, said []string
		for _, f := range r.Findings {
			if check.IsGap(f.Rule) {
				found = append(found, f.Rule)
			}
		}
		for _, g := range dataOf[*page.Coverage](t, r, "coverage.html").Gaps {
			said = append(said, g.Rule)
		}
		slices.Sort(found)
		slices.Sort(said)
		if !slices.Equal(found, said) || len(said) < 3 {
			t.Errorf("rounds over: %v; found\n%q, the page says\n%q", done, found, said)
		}
	}
}

// TestExcerptsPrintFigures holds that a reference to a figure is printed where
// a sentence is shown outside its own text.
func TestExcerptsPrintFigures(t *testing.T) {
	_, site := build(t, &generator.Builder{Content: fstest.MapFS{
		"incidents/dns.md": {Data: []byte("---\ntitle: The resolver\nstarted_at: 2025-03-04T09:12:00Z\nmitigated_at: T+31m\n---\n\nWe were back after {{time_to_mitigate}}, see [[plan]]. {{nothing}} stays.\n")},
		"stories/flush.md": {Data: []byte("---\ntitle: I flushed it\nincident: dns\ndescription: Back in {{time_to_mitigate}}.\n---\n")},
		"plan.md":          {Data: []byte("# Plan\n")},
	}})
	for file, want := range map[string]string{
		"index.html":         "We were back after 31 min, see plan. {{nothing}} stays.",
		"plan.html":          "We were back after 31 min, see plan.",
		"stories/flush.html": "Back in 31 min.",
		"stories/index.html": "Back in 31 min.",
	} {
		text := strings.ReplaceAll(string(site[file]), "\u00a0", " ")
		if !strings.Contains(text, want) || strings.Contains(text, "{{time_to_mitigate}}</") {
			t.Errorf("%s does not say %q", file, want)
		}
	}
}

// TestFollowUpsAreAskedOnce holds that a follow-up question with a probe that
// answers it is not listed again without the answer.
func TestFollowUpsAreAskedOnce(t *testing.T) {
	_, site := build(t, &generator.Builder{Content: fstest.MapFS{"stories/a.md": {Data: []byte(
		"---\nkind: story\ntitle: Told\nfollow_ups: [\"Why so late?\", \"Who else saw it?\"]\n---\n\nWords.\n\n> [!probe] Why so late?\n> Nobody looked.\n")}}})
	page := string(site["stories/a.html"])
	_, list, _ := strings.Cut(page, `<h2 id="part.follow-ups">`)
	if strings.Contains(list, "Why so late?") || !strings.Contains(list, "Who else saw it?") || !strings.Contains(page, "Nobody looked.") {
		t.Errorf("the follow-up questions are listed as %s", list)
	}
}

// TestTwoNotesOnOnePrinciple holds that a copied note has a page like any.
func TestTwoNotesOnOnePrinciple(t *testing.T) {
	_, site := build(t, &generator.Builder{Content: folder(map[string]string{
		"principles/ownership.md": "---\nname: Ownership\n---\nFirst words.\n", "principles/copy.md": "---\nname: Ownership\n---\nSecond words.\n",
	})})
	for file, word := range map[string]string{"principles/ownership.html": "First words", "principles/copy.html": "Second words"} {
		if !strings.Contains(string(site[file]), word) {
			t.Errorf("%s does not say %q", file, word)
		}
	}
}
