package page

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"debrief/generator/diag"
	"debrief/generator/note"
	"debrief/generator/workers"
)

// CheatSheet is the data of cheat-sheet.html: what stands on one side of paper
// and is worth having in the hand, for an incident or for a round.
type CheatSheet struct {
	Sheet     Sheet
	Name      string // that `debrief print` knows it by; "" for the newest incident's
	Incident  *Link  // that it is about, or nil
	Sources   []Link // the notes that it is made of
	Incidents []Link // the cheat sheets of other incidents
	Rounds    []Link // the run-sheets of other rounds
}

// sheetFile is the sheet of the newest incident; each incident has its own
// below sheetDir, each round below runSheetDir.
const (
	sheetFile   = "cheat-sheet.html"
	sheetDir    = "cheat-sheets/"
	runSheetDir = "run-sheets/"
)

// hasCheatSheet wants a handbook for interviews, or one that is still empty:
// its sheet says what to write. A folder of plain notes has none.
func hasCheatSheet(s *Site) bool { return s.Book.Prepares() || len(s.Book.Notes) == 0 }

func cheatSheetData(s *Site) any {
	c := s.CheatSheet(s.Book.Newest())
	c.Name = ""
	return c
}

// sheetPages plans the sheets of the incidents and of the rounds.
func (s *Site) sheetPages() (found diag.List) {
	if !s.Book.Prepares() {
		return nil
	}
	plan := func(kind, kicker string, data func(*note.Note) *CheatSheet) {
		notes := s.Book.OfKind(kind)
		sheets := make([]Page, len(notes))
		workers.All(len(notes), func(i int) {
			n := notes[i]
			sheets[i] = Page{
				File: s.sheetOf(n), Template: "cheat-sheet", Title: kicker + ": " + n.Title, Description: s.Said(n, n.Description),
				Kicker: kicker, dated: n, Data: func() any { return data(n) },
			}
		})
		for i := range sheets {
			p := &sheets[i]
			if taken := s.byFile[p.File]; taken != nil && taken.Note != nil {
				found = append(found, replaced(taken))
			}
			s.add(p)
		}
	}
	plan("incident", "Cheat sheet", s.CheatSheet)
	plan("round", "Run-sheet", s.RunSheet)
	return found
}

// sheetLinks leads to a note's own sheet, unless a note of the author's stands
// there.
func (s *Site) sheetLinks(n *note.Note, text string) []Link {
	p := s.Page(s.sheetOf(n))
	if p == nil || p.Note != nil {
		return nil
	}
	return []Link{{Text: text, File: p.File}}
}

// sheetOf is the file of an incident's or a round's own sheet: the note's
// without the folder of all of its kind, if no other of the kind stands there.
func (s *Site) sheetOf(n *note.Note) string {
	file := s.Book.File(n)
	if rest, ok := strings.CutPrefix(file, n.Kind.Dir+"/"); ok {
		if other := s.Page(rest); other == nil || other.Note == nil || other.Note.Kind != n.Kind {
			file = rest
		}
	}
	if n.Kind.Name == "round" {
		return runSheetDir + path.Clean(file)
	}
	return sheetDir + path.Clean(file)
}

// CheatSheet gathers the cards for an incident, or for the handbook without
// one: what the rules put there, as the author's wishes have it.
func (s *Site) CheatSheet(incident *note.Note) *CheatSheet {
	g := &gathering{s: s, incident: incident}
	g.gather()
	c := &CheatSheet{Sheet: Sheet{Title: s.Book.Settings.Title, Subtitle: target(s.Book.Settings.Target), Cards: g.cards}}
	wishes := []note.SheetWish{s.Book.Settings.Sheet}
	if incident != nil {
		l := s.LinkTo(incident)
		c.Incident, c.Name = &l, incident.ID
		f, _ := note.Of[*note.Incident](incident)
		wishes = append([]note.SheetWish{f.Sheet}, wishes...) // the incident's own comes first
	}
	c.Sheet.Cards = wished(c.Sheet.Cards, wishes)
	if len(c.Sheet.Cards) == 0 {
		c.Sheet.Cards = []Card{emptySheet()}
	}
	c.Sources = s.LinksTo(g.sources)
	s.otherSheets(c, incident)
	return c
}

// otherSheets names the sheets around the one of a note.
func (s *Site) otherSheets(c *CheatSheet, of *note.Note) {
	links := func(kind string) (out []Link) {
		for _, n := range besides(s.Book.OfKind(kind), of) {
			out = append(out, s.sheetLinks(n, n.Title)...)
		}
		return out
	}
	c.Incidents, c.Rounds = links("incident"), links("round")
}

// mostOthers is how many other sheets one names: all of them on each would
// make a large handbook's pages grow with the square of its incidents. Each
// incident and each round leads to its own.
const mostOthers = 12

// besides are the notes around one of them in their order.
func besides(all []*note.Note, one *note.Note) []*note.Note {
	at := slices.Index(all, one)
	from := max(0, min(at-mostOthers/2, len(all)-mostOthers-1))
	near := slices.Clone(all[from:min(len(all), from+mostOthers+1)])
	return slices.DeleteFunc(near, func(n *note.Note) bool { return n == one })
}

// wished applies what the author wants, the more special wish first: an order
// is taken from the first that has one, and what one hides no other pins.
func wished(cards []Card, wishes []note.SheetWish) []Card {
	var order []string
	hidden, pinned := make(map[string]bool), make(map[string]bool)
	for _, w := range wishes {
		if len(order) == 0 {
			order = w.Order
		}
		for _, name := range w.Pin {
			pinned[name] = !hidden[name]
		}
		for _, name := range w.Hide {
			hidden[name] = !pinned[name] || slices.Contains(w.Pin, name)
		}
	}
	cards = slices.DeleteFunc(cards, func(c Card) bool { return hidden[c.Name] })
	for i := range cards {
		if c := &cards[i]; pinned[c.Name] && !c.Must {
			c.Must, c.Priority, c.Why = true, 190, c.Why+"; pinned by the `sheet` key"
		}
	}
	slices.SortStableFunc(cards, func(a, b Card) int { return rank(order, a.Name) - rank(order, b.Name) })
	return cards
}

// emptySheet says what would fill the sheet of a handbook that has nothing for
// it.
func emptySheet() Card {
	c := Card{Name: "start", Title: "Nothing to say yet", Place: OnTop, Must: true, Priority: 200, Why: "the handbook has nothing for a sheet"}
	for _, text := range []string{
		"An incident brings its phases to the second, three figures, the decision path and who did what.",
		"A story brings the principles that it shows, a probe its answer, a judgment the line to end on.",
		"A round brings what it asks, and the story told for it.",
	} {
		c.Full = append(c.Full, Block{Kind: Item, Text: plainSpan(text)})
	}
	return c
}

// rank is a name's place in an order; what is not named comes after.
func rank(order []string, name string) int {
	if i := slices.Index(order, name); i >= 0 {
		return i
	}
	return len(order)
}

// A gathering collects the cards of one sheet.
type gathering struct {
	s        *Site
	incident *note.Note   // or nil
	cards    []Card       // in reading order
	sources  []*note.Note // that the cards are made of
	asked    map[string]bool
}

// isNew reports a question that the sheet does not have yet.
func (g *gathering) isNew(question string) bool {
	key := foldText(question)
	if g.asked[key] {
		return false
	}
	if g.asked == nil {
		g.asked = make(map[string]bool)
	}
	g.asked[key] = true
	return true
}

// add takes a card that has something to say.
func (g *gathering) add(c Card, from ...*note.Note) {
	if len(c.Full) == 0 {
		return
	}
	if more := len(c.Full) - 2*mostOnSheet; more > 0 {
		c.Full, c.More = c.Full[:2*mostOnSheet], c.More+more
	}
	g.cards = append(g.cards, c)
	for _, n := range from {
		if n != nil && !slices.Contains(g.sources, n) {
			g.sources = append(g.sources, n)
		}
	}
}

// gather adds the cards in the order of note.SheetCards.
func (g *gathering) gather() {
	var telling []*note.Note // the incident and the stories on it, the best first
	if g.incident != nil {
		telling = append([]*note.Note{g.incident}, g.s.Book.StoriesOn(g.incident)...)
		g.addIncident()
		g.addDecision()
		g.addRACI()
	}
	rounds := g.addRounds()
	g.addStories(telling, rounds)
	probes := slices.DeleteFunc(callouts(telling, "probe"), func(p calledOut) bool { return !g.isNew(p.title) })
	g.addProbes(first(probes, sheetProbes), Card{Name: "probes", Title: "Probes", Priority: 78, Why: "the first two probes of the incident and its stories"})
	signals, more := g.s.signalCards()
	g.add(signals)
	g.addRemember(telling)
	if g.incident != nil {
		g.addChanges()
		g.addTimeline()
	}
	g.addProbes(first(probes[min(len(probes), sheetProbes):], mostOnSheet), Card{Name: "more-probes", Title: "More probes", Priority: 18, Keep: 2, More: max(0, len(probes)-sheetProbes-mostOnSheet), Why: "the other probes, where there is room"})
	g.addFollowUps(telling)
	if g.incident != nil {
		g.addFactors()
		g.addActions()
	}
	g.add(more)
	g.addJudgment(telling, "the judgment of the incident, else of a story on it")
}

const (
	sheetProbes  = 2
	sheetSignals = 4
	moreSignals  = 12 // where there is room
	mostOnSheet  = 30 // entries of a list: more fit on no sheet
)

// calledOut is a callout with the note it stands in.
type calledOut struct {
	title, text string
	from        *note.Note
}

// callouts are the callouts of a type in several notes that say something.
func callouts(notes []*note.Note, kind string) []calledOut {
	var out []calledOut
	for _, n := range notes {
		for _, c := range n.Body.Callouts {
			if c.Type == kind && strings.TrimSpace(c.Text+c.Title) != "" {
				out = append(out, calledOut{c.Title, c.Text, n})
			}
		}
	}
	return out
}

// judgment joins a callout's title and text: the title is the line, unless
// the author gave none.
func judgment(title, text string) string {
	text = shorten(text, 200)
	if strings.EqualFold(title, "judgment") || strings.EqualFold(title, "judgement") || title == "" {
		return text
	}
	if text == "" {
		return title
	}
	return strings.TrimRight(title, ".") + ". " + text
}

// raciLines turns activities × letters into a line a letter, each person with
// the activities it holds for, or how many when they are many.
func raciLines(rows []note.RACI) []Block {
	var out []Block
	for _, l := range []struct {
		letter string
		of     func(note.RACI) []string
	}{
		{"A", func(r note.RACI) []string { return r.A }},
		{"R", func(r note.RACI) []string { return r.R }},
		{"C", func(r note.RACI) []string { return r.C }},
		{"I", func(r note.RACI) []string { return r.I }},
	} {
		var order []string
		did := make(map[string][]string)
		for _, r := range rows {
			for _, who := range l.of(r) {
				if _, ok := did[who]; !ok {
					order = append(order, who)
				}
				did[who] = append(did[who], r.Activity)
			}
		}
		slices.SortStableFunc(order, func(a, b string) int { return len(did[b]) - len(did[a]) })
		var text []Span
		for i, who := range order {
			if i > 0 {
				text = append(text, Span{Text: "; "})
			}
			what := fmt.Sprintf(" (%s)", strings.Join(did[who], ", "))
			switch n := len(did[who]); {
			case n == len(rows) && n > 1:
				what = " (all)"
			case n > 3:
				what = fmt.Sprintf(" (%d of %d)", n, len(rows))
			}
			text = append(text, Span{Text: who, Bold: isMe(who)}, Span{Text: what})
		}
		if len(text) > 0 {
			out = append(out, Block{Kind: Item, Label: l.letter, Text: text})
		}
	}
	return out
}

// pickSignals picks a few red signals, from different categories before
// two of one: the author's own first, since those are the ones they fell for.
func pickSignals(s *Site) []SignalPair {
	const most = sheetSignals + moreSignals
	r, ok := redSignalsData(s).(*RedSignals)
	if !ok {
		return nil
	}
	var out []SignalPair
	for _, own := range []bool{true, false} {
		for depth := 0; depth < r.Count && len(out) < most; depth++ {
			for _, g := range r.Groups {
				pairs := slices.DeleteFunc(slices.Clone(g.Pairs), func(p SignalPair) bool { return (p.Link != nil) != own })
				if depth < len(pairs) && len(out) < most {
					out = append(out, pairs[depth])
				}
			}
		}
	}
	return out
}
