package page

import (
	"cmp"
	"slices"
	"strings"

	"debrief/generator/note"
	"debrief/generator/prose"
)

// RunSheet gathers the cards for a round: one side of paper for the room.
func (s *Site) RunSheet(round *note.Note) *CheatSheet {
	g := &gathering{s: s}
	g.gatherRound(round)
	f, _ := note.Of[*note.Round](round)
	c := &CheatSheet{Name: round.ID, Sheet: Sheet{
		Title: s.Book.Settings.Title, Subtitle: target(s.Book.Settings.Target),
		Cards: wished(g.cards, []note.SheetWish{f.Sheet, s.Book.Settings.Sheet}),
	}}
	if len(c.Sheet.Cards) == 0 {
		c.Sheet.Cards = []Card{emptySheet()}
	}
	c.Sources = s.LinksTo(g.sources)
	s.otherSheets(c, round)
	return c
}

// gatherRound adds the cards in the order of note.RunSheetCards.
func (g *gathering) gatherRound(r *note.Note) {
	f, _ := note.Of[*note.Round](r)
	d := roundData(g.s, r, f)
	stories := g.s.Book.StoriesIn(r)
	g.addRound(r, d)
	g.addAsked(r, stories)
	g.addMinutes(r, d)
	g.addTold(stories)
	g.addOwn(r)
	g.addQuestions(r)
	probes := callouts(append([]*note.Note{r}, stories...), "probe")
	probes = slices.DeleteFunc(probes, func(p calledOut) bool { return !g.isNew(p.title) })
	g.addProbes(first(probes, sheetProbes), Card{Name: "probes", Title: "Probes", Priority: 66, Why: "the first two probes of the stories told"})
	g.add(withSignals(first(d.Avoid, sheetSignals), Card{Name: "signals", Title: "Say this instead", Priority: 64, Why: "the red signals that the round's text links to, else some of all"}))
	g.addPlaybooks(r, f)
	g.addProbes(first(probes[min(len(probes), sheetProbes):], mostOnSheet), Card{Name: "more-probes", Title: "More probes", Priority: 18, Keep: 2, More: max(0, len(probes)-sheetProbes-mostOnSheet), Why: "the other probes, where there is room"})
	g.addReserve(r)
	g.add(withSignals(first(d.Avoid[min(len(d.Avoid), sheetSignals):], moreSignals), Card{Name: "more-signals", Title: "More to avoid", Priority: 8, Keep: 2, Why: "more red signals, where there is room"}))
	g.addJudgment(append([]*note.Note{r}, stories...), "the judgment of the round, else of a story told in it")
}

// addRound is when, with whom, for how long, and what is still missing.
func (g *gathering) addRound(r *note.Note, d *Round) {
	f, _ := note.Of[*note.Round](r)
	var about []string
	for _, part := range []string{d.When.Text, d.Type, d.Length, withWhom(f)} {
		if part != "" {
			about = append(about, part)
		}
	}
	if len(about) == 0 {
		about = append(about, cmp.Or(r.Description, "No date and no type yet."))
	}
	least := []Block{{Text: plainSpan(strings.Join(about, " · ")), Lines: 2}}
	full := slices.Clone(least)
	if len(d.Missing) > 0 {
		full = append(full, Block{Text: []Span{{Text: "▲ still missing: ", Bold: true}, {Text: strings.Join(d.Missing, "; ")}}, Lines: 3})
	}
	g.add(Card{Name: "round", Title: r.Title, Place: OnTop, Must: true, Priority: 200, Full: full, Least: least, Why: "the round of this sheet: when, how long, with whom, and what it still lacks"}, r)
}

func (g *gathering) addAsked(r *note.Note, stories []*note.Note) {
	rows, brief, told := answers(g.s, r)
	var also []string
	for _, story := range stories {
		if !told[story] {
			also = append(also, story.Title)
		}
	}
	if len(rows) > 0 && len(also) > 0 {
		text := plainSpan("also: " + andList(also))
		rows, brief = append(rows, Block{Kind: Item, Text: text}), append(brief, text...)
	}
	c := Card{Name: "asked", Title: "Asked → told", Priority: 96, Full: rows, Why: "what the round asks, and the story assigned to it"}
	if len(rows) > 0 {
		c.Short = []Block{{Text: brief}}
	}
	g.add(c, stories...)
}

// addMinutes is the author's own table of minutes, else what such a round
// commonly takes: in minutes from the start, as one needs them with a clock in
// sight.
func (g *gathering) addMinutes(r *note.Note, d *Round) {
	c := Card{Name: "minutes", Title: "The minutes", Priority: 92, Keep: 3, Why: "the round's own table of minutes, else the usual ones"}
	for _, row := range d.Plan {
		c.Full = append(c.Full, Block{Kind: Row, Cells: [][]Span{boldSpan(row.From + "–" + row.To), plainSpan(row.What)}})
	}
	for _, step := range g.s.ownPlan(r).steps {
		full := Block{Kind: Row, Cells: [][]Span{boldSpan(step.when())}}
		for _, cell := range step.what {
			full.Cells = append(full.Cells, plainSpan(cell))
		}
		c.Full = append(c.Full, full)
		c.Short = append(c.Short, Block{Kind: Row, Cells: full.Cells[:min(2, len(full.Cells))]})
	}
	g.add(c, r)
}

// addTold is each story as it opens, with the figures that it must not get
// wrong.
func (g *gathering) addTold(stories []*note.Note) {
	c := Card{Name: "told", Title: "Stories, as they open", Priority: 90, Why: "the stories assigned to the round, how they open, and their figures"}
	c.More = max(0, len(stories)-mostOnSheet/2)
	for _, n := range first(stories, mostOnSheet/2) {
		told := g.s.Told(n)
		head := boldSpan(n.Title)
		if told.Time != "" {
			head = append(head, Span{Text: " · " + told.Time})
		}
		c.Full = append(c.Full, Block{Kind: Subhead, Text: head})
		c.Short = append(c.Short, Block{Kind: Item, Text: head})
		c.Least = append(c.Least, Block{Kind: Item, Text: boldSpan(n.Title), Lines: 1})
		if told.Headline != "" {
			c.Full = append(c.Full, Block{Text: plainSpan(shorten(g.s.Said(n, told.Headline), 200))})
		}
		if figures := g.figuresOf(n); len(figures) > 0 {
			c.Full = append(c.Full, Block{Text: figures})
		}
	}
	g.add(c, stories...)
}

// figuresOf are the figures of the incident that a story is about.
func (g *gathering) figuresOf(story *note.Note) []Span {
	about := g.s.Book.IncidentOf(story)
	if about == nil {
		return nil
	}
	var out []Span
	for i, fig := range g.s.headlineFigures(about, 3) {
		if i > 0 {
			out = append(out, Span{Text: "; "})
		}
		label := fig.Label
		if fig.Confidence != "measured" {
			label += ", " + fig.Confidence
		}
		out = append(out, Span{Text: fig.Text, Bold: true}, Span{Text: " " + label})
	}
	return out
}

// addOwn is the author's own text, a card for each of its parts. The table of
// minutes, probes, examples and the judgment have cards of their own.
func (g *gathering) addOwn(r *note.Note) {
	var c Card
	level, plan := topLevel(r), g.s.ownPlan(r).table
	flush := func() {
		g.add(c, r)
		c = Card{Name: "own", Priority: 80, Keep: 2, Why: "the round's own text, a card a heading"}
	}
	flush()
	for _, p := range r.Body.Passages {
		head := p.Kind == prose.Head && p.Callout == ""
		if head && p.Section >= 0 && r.Body.Sections[p.Section].Heading.Level == level {
			flush()
			c.Title = g.s.saidIn(r, &p)
			continue
		}
		if p.Kind == prose.Row && p.Table == plan || slices.Contains([]string{"probe", "bad", "good", "judgment"}, p.Callout) {
			continue
		}
		if b, ok := g.ownBlock(r, &p); ok {
			c.Full = append(c.Full, b)
		}
	}
	flush()
}

// topLevel is the level of the headings that part a note's text.
func topLevel(n *note.Note) int {
	level := 0
	for _, sec := range n.Body.Sections {
		if l := sec.Heading.Level; l > 0 && (level == 0 || l < level) {
			level = l
		}
	}
	return level
}

// ownBlock is a passage of the author's text as a block.
func (g *gathering) ownBlock(n *note.Note, p *prose.Passage) (Block, bool) {
	text := g.s.saidIn(n, p)
	switch {
	case text == "":
		return Block{}, false
	case p.Kind == prose.Head:
		return Block{Kind: Subhead, Text: boldSpan(text)}, true
	case p.Kind == prose.Row:
		b := Block{Kind: Row}
		for _, cell := range g.s.cellsIn(n, p) {
			b.Cells = append(b.Cells, []Span{{Text: cell, Bold: p.Top}})
		}
		return b, true
	case p.Section >= 0 && slices.Contains(n.Body.Sections[p.Section].Items, strings.TrimSpace(p.Shown)):
		return Block{Kind: Item, Text: plainSpan(text)}, true
	}
	return Block{Text: plainSpan(text)}, true
}

func (g *gathering) addQuestions(r *note.Note) {
	c := Card{Name: "questions", Title: "Questions to expect", Priority: 72, Keep: 3, Why: "the questions listed for the round, and the stories that answer them"}
	all := g.s.Book.QuestionsIn(r)
	c.More = max(0, len(all)-mostOnSheet)
	for _, q := range first(all, mostOnSheet) {
		g.isNew(q.Title)
		text := plainSpan(q.Title)
		if by := g.s.Book.StoriesAnswering(q); len(by) > 0 {
			text = append(text, Span{Text: " → "}, Span{Text: by[0].Title, Bold: true})
		}
		c.Full = append(c.Full, Block{Kind: Item, Text: text})
		c.Short = append(c.Short, Block{Kind: Item, Text: plainSpan(q.Title), Lines: 1})
	}
	g.add(c, all...)
}

// addPlaybooks is what the playbooks begin with: in a simulation they are what
// one is tested on.
func (g *gathering) addPlaybooks(r *note.Note, f *note.Round) {
	c := Card{Name: "playbooks", Title: "Playbooks", Priority: 22, Keep: 1, Why: "the playbooks of the round; of weight in an incident simulation only"}
	if f.Type == "incident_simulation" {
		c.Priority = 74
	}
	all := g.s.Book.PlaybooksIn(r)
	for _, n := range all {
		text := boldSpan(n.Title)
		if p, ok := note.Of[*note.Playbook](n); ok && p.Trigger != "" {
			text = append(text, Span{Text: ": " + g.s.Said(n, p.Trigger)})
		}
		c.Full = append(c.Full, Block{Kind: Item, Text: text})
		c.Short = append(c.Short, Block{Kind: Item, Text: boldSpan(n.Title), Lines: 1})
	}
	g.add(c, all...)
}

// addReserve is what could be told besides.
func (g *gathering) addReserve(r *note.Note) {
	c := Card{Name: "reserve", Title: "In reserve", Priority: 20, Keep: 2, Why: "stories that show a principle asked and are not assigned"}
	spare := first(g.s.Book.SpareStories(r), roundSpares)
	for _, n := range spare {
		text := boldSpan(n.Title)
		if f, ok := note.Of[*note.Story](n); ok && f.Headline != "" {
			text = append(text, Span{Text: ": " + g.s.Said(n, f.Headline)})
		}
		c.Full = append(c.Full, Block{Kind: Item, Text: text, Lines: 3})
	}
	g.add(c, spare...)
}
