package page

import (
	"fmt"
	"slices"
	"strings"

	"debrief/generator/note"
)

// alsoTold is how many stories a round names beside those that answer it.
const alsoTold = 3

// addRounds is what each round to come asks and which story answers. Every
// sheet has it.
func (g *gathering) addRounds() (any bool) {
	c, from := g.s.rounds()
	g.add(c, from...)
	return len(c.Full) > 0
}

func roundsCard(s *Site) (c Card, from []*note.Note) {
	var full, short []Block
	for i, r := range activeRounds(s) {
		if f, _ := note.Of[*note.Round](r); f.Status == "done" {
			continue
		}
		rows, brief, told := answers(s, r)
		var also []string
		for _, story := range s.Book.StoriesIn(r) {
			if !told[story] {
				also = append(also, story.Title)
				from = append(from, story)
			}
		}
		if more := len(also) - alsoTold; more > 1 {
			also = append(also[:alsoTold:alsoTold], fmt.Sprintf("%d more", more))
		}
		if len(also) > 0 {
			rows = append(rows, Block{Kind: Item, Text: plainSpan("also: " + andList(also))})
			brief = append(brief, Span{Text: "also " + andList(also)})
		}
		if len(rows) == 0 {
			continue
		}
		from = append(from, r)
		for story := range told {
			from = append(from, story)
		}
		full = append(append(full, Block{Kind: Subhead, Text: roundHead(r, i)}), rows...)
		short = append(short, Block{Kind: Item, Label: roundShort(r, i), Text: brief})
	}
	slices.SortStableFunc(from, func(a, b *note.Note) int { return strings.Compare(a.Path, b.Path) })
	return Card{Name: "rounds", Title: "Rounds: asked → told", Priority: 88, Keep: 2, Full: full, Short: short, Why: "what each round to come asks, and the story assigned to it"}, from
}

// answers are what a round asks, each with the story told for it: a line each,
// all in one, and the stories.
func answers(s *Site, r *note.Note) (rows []Block, brief []Span, told map[*note.Note]bool) {
	told = make(map[*note.Note]bool)
	for _, p := range s.Book.PrinciplesOf(r) {
		answer := boldSpan("▲ no story")
		if stories := both(s.Book.StoriesIn(r), s.Book.StoriesShowing(p)); len(stories) > 0 {
			told[stories[0]] = true
			answer = boldSpan(stories[0].Title)
		} else if spare := s.Book.StoriesShowing(p); len(spare) > 0 {
			answer = append(answer, Span{Text: "; spare: " + spare[0].Title})
		}
		rows = append(rows, Block{Kind: Item, Text: append(plainSpan(p.Name+" → "), answer...)})
		brief = append(brief, Span{Text: p.Name + " → "}, answer[0], Span{Text: "; "})
	}
	return rows, brief, told
}

// roundHead names a round with its day and clock, as one looks for it: the
// year and the zone stand in the invitation.
func roundHead(r *note.Note, i int) []Span {
	head := r.Title
	if short := roundShort(r, i); !strings.HasPrefix(strings.ToLower(head), "round") {
		head = short + " " + head
	}
	out := boldSpan(head)
	if f, _ := note.Of[*note.Round](r); f.ScheduledAt.Set {
		out = append(out, Span{Text: " · " + f.ScheduledAt.T.Format("2\u00a0Jan\u00a015:04")})
	}
	return out
}

// addStories lists the stories with the principles they show: all there is to
// choose from when no round is planned, else where there is room.
func (g *gathering) addStories(telling []*note.Note, rounds bool) {
	c := Card{Name: "stories", Title: "Stories", Priority: 10, Keep: 3, Why: "the stories, those on the incident first, where there is room"}
	if !rounds {
		c.Priority, c.Why = 86, "no round to come names stories: all of them, those on the incident first"
	}
	all := g.s.strongest()
	order := slices.DeleteFunc(slices.Clone(telling), func(n *note.Note) bool { return n.Kind.Name != "story" })
	for _, n := range first(all, mostOnSheet) {
		if !slices.Contains(order, n) {
			order = append(order, n)
		}
	}
	order = first(order, mostOnSheet)
	c.More = len(all) - len(order)
	for _, n := range order {
		c.Full = append(c.Full, g.s.storyLine(n))
	}
	g.add(c, order...)
}

// storyLine names a story with its strength and the principles that it shows.
// The best are on every sheet, so a line is the same for all.
func (s *Site) storyLine(n *note.Note) Block {
	if known, ok := s.storyLines.Load(n); ok {
		return known.(Block)
	}
	f, _ := note.Of[*note.Story](n)
	text := boldSpan(n.Title)
	if d := dots(f.Strength); d != "" {
		text = append(text, Span{Text: " " + d})
	}
	var shows []string
	for _, p := range s.Book.PrinciplesOf(n) {
		shows = append(shows, p.Name)
	}
	if len(shows) > 0 {
		text = append(text, Span{Text: ": " + strings.Join(shows, ", ")})
	}
	line, _ := s.storyLines.LoadOrStore(n, Block{Kind: Item, Text: text, Lines: 3})
	return line.(Block)
}

func strongest(s *Site) []*note.Note {
	all := s.Book.OfKind("story")
	slices.SortStableFunc(all, func(a, b *note.Note) int { return storyStrength(b) - storyStrength(a) })
	return all
}

// addProbes takes questions with their answers. There is one length for each
// alternate; the least is the questions.
func (g *gathering) addProbes(probes []calledOut, c Card) {
	for _, p := range probes {
		c.Full = append(c.Full, Block{Kind: Subhead, Text: boldSpan(p.title)})
		c.Short = append(c.Short, Block{Kind: Subhead, Text: boldSpan(p.title)})
		c.Least = append(c.Least, Block{Kind: Item, Text: boldSpan(p.title)})
		if p.text != "" {
			c.Full = append(c.Full, Block{Text: plainSpan(shorten(g.s.Said(p.from, p.text), 420))})
			c.Short = append(c.Short, Block{Text: plainSpan(shorten(g.s.Said(p.from, p.text), 160))})
		}
		g.sourcesOf(p.from)
	}
	g.add(c)
}

func (g *gathering) sourcesOf(n *note.Note) {
	if !slices.Contains(g.sources, n) {
		g.sources = append(g.sources, n)
	}
}

// withSignals is a card that says what not to say, and what instead.
func withSignals(pairs []SignalPair, c Card) Card {
	for _, p := range pairs {
		if p.Bad != "" {
			c.Full = append(c.Full, Block{Kind: Item, Label: "Not", Text: plainSpan(p.Bad)})
		}
		if p.Good != "" {
			c.Full = append(c.Full, Block{Kind: Item, Label: "But", Text: plainSpan(p.Good), Tied: p.Bad != ""})
			c.Short = append(c.Short, Block{Kind: Item, Label: "But", Text: plainSpan(p.Good)})
		}
	}
	return c
}

// signalCards are the red signals that every sheet of an incident has, and
// those where there is room.
func signalCards(s *Site) (few, more Card) {
	signals := s.signals()
	few = withSignals(first(signals, sheetSignals), Card{Name: "signals", Title: "Red signals", Priority: 64, Why: "red signals from different categories, your own first"})
	more = withSignals(signals[len(first(signals, sheetSignals)):], Card{Name: "more-signals", Title: "More red signals", Priority: 8, Keep: 2, Why: "more red signals, where there is room"})
	return few, more
}

// addRemember is the judgment of pages that ask to be on the sheet, and of the
// stories on the incident.
func (g *gathering) addRemember(telling []*note.Note) {
	c := Card{Name: "remember", Title: "Remember", Priority: 56, Keep: 1, Why: "the judgment of the stories on the incident, and of pages with cheat_sheet: true"}
	for _, j := range slices.Concat(g.s.remember(), callouts(telling[min(1, len(telling)):], "judgment")) {
		c.Full = append(c.Full, Block{Kind: Item, Text: plainSpan(judgment(g.s.Said(j.from, j.title), g.s.Said(j.from, j.text)))})
		g.sourcesOf(j.from)
	}
	g.add(c)
}

// toRemember are the judgments of pages that ask to be on every sheet.
func toRemember(s *Site) []calledOut {
	var asking []*note.Note
	for _, n := range s.Book.OfKind("page") {
		if f, ok := note.Of[*note.Page](n); ok && f.CheatSheet.B {
			asking = append(asking, n)
		}
	}
	return callouts(asking, "judgment")
}

// addFollowUps is what interviewers asked after the stories on the incident.
func (g *gathering) addFollowUps(telling []*note.Note) {
	c := Card{Name: "follow-ups", Title: "Follow-up questions", Priority: 16, Keep: 2, Why: "follow-up questions of the stories on the incident"}
	for _, n := range telling {
		if f, ok := note.Of[*note.Story](n); ok {
			for _, q := range f.FollowUps {
				if !g.isNew(q) {
					continue
				}
				if len(c.Full) == mostOnSheet {
					c.More++
					continue
				}
				c.Full = append(c.Full, Block{Kind: Item, Text: plainSpan(q)})
			}
		}
	}
	g.add(c)
}

// addJudgment is the line to end on.
func (g *gathering) addJudgment(telling []*note.Note, why string) {
	all := callouts(telling[:min(1, len(telling))], "judgment")
	if len(all) == 0 {
		all = callouts(telling, "judgment")
	}
	if len(all) == 0 {
		return
	}
	j := all[0]
	title, text := g.s.Said(j.from, j.title), g.s.Said(j.from, j.text)
	g.add(Card{
		Name: "judgment", Place: AtBottom, Priority: 95, Full: []Block{{Text: boldSpan(judgment(title, text))}},
		Short: []Block{{Text: boldSpan(judgment(title, text)), Lines: 1}}, Why: why,
	}, j.from)
}
