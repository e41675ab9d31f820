package page

import (
	"cmp"
	"slices"
	"strings"

	"debrief/generator/handbook"
	"debrief/generator/note"
)

// Levels is the data of levels.html: what distinguishes the levels, and what
// the notes hold to show for each.
type Levels struct {
	Levels  []LevelHead
	Target  string // id of the level aimed at; "" when the settings name none
	Unknown string // a target that the pack has no level for
	Signals []LevelSignal
	Bare    int // signals without evidence
}

// A LevelHead is one rung.
type LevelHead struct {
	ID, Name, Summary string
	Target            bool
	Stories           []Link // told at this level, as they say themselves
}

// A LevelSignal is one thing interviewers look for, at each level.
type LevelSignal struct {
	ID, Name string
	Anchor   string
	Expects  string // at the level aimed at, "" without one
	Probe    string // the question that asks for it there
	Cells    []LevelCell
	Evidence []Evidence
	More     int // evidence beyond what is listed
}

// A LevelCell is what one level expects.
type LevelCell struct {
	Level   string
	Expects string
	Probe   string
	Target  bool
}

// mostEvidence is how much is listed for a signal: more than one can tell.
const mostEvidence = 6

func hasLevels(s *Site) bool { return s.Book.Prepares() && len(s.Book.Pack.Levels) > 0 }

func levelsData(s *Site) any {
	l := &Levels{}
	if aim, ok := s.Book.Pack.Level(s.Book.Settings.Target.Level); ok {
		l.Target = aim.ID
	} else {
		l.Unknown = s.Book.Settings.Target.Level
	}
	for _, level := range s.Book.Pack.Levels {
		l.Levels = append(l.Levels, LevelHead{ID: level.ID, Name: level.Name, Summary: level.Summary, Target: level.ID == l.Target, Stories: storiesAt(s, level.ID)})
		for _, sig := range level.Signals {
			i := slices.IndexFunc(l.Signals, func(x LevelSignal) bool { return x.ID == sig.ID })
			if i < 0 {
				i = len(l.Signals)
				l.Signals = append(l.Signals, LevelSignal{ID: sig.ID, Name: sig.Name, Anchor: partID(note.Slug(sig.ID))})
			}
			row := &l.Signals[i]
			row.Cells = append(row.Cells, LevelCell{Level: level.ID, Expects: sig.Expects, Probe: sig.Probe, Target: level.ID == l.Target})
			if level.ID == l.Target {
				row.Expects, row.Probe = sig.Expects, sig.Probe
			}
		}
	}
	for i := range l.Signals {
		row := &l.Signals[i]
		all := evidenceFor(s, row.ID)
		row.Evidence = first(all, mostEvidence)
		row.More = len(all) - len(row.Evidence)
		if len(all) == 0 {
			l.Bare++
		}
	}
	return l
}

func storiesAt(s *Site, level string) []Link {
	var out []Link
	for _, n := range s.Book.OfKind("story") {
		if f, _ := note.Of[*note.Story](n); strings.EqualFold(f.Level, level) {
			out = append(out, s.LinkTo(n))
		}
	}
	return out
}

// evidenceFor lists what the notes hold for a signal, by explicit data only:
// fields, principles and tags. Nothing is read out of prose except a sentence
// that names the thing itself. A signal that is not here is proved by notes
// tagged with its id.
func evidenceFor(s *Site, id string) []Evidence {
	var out []Evidence
	seen := make(map[*note.Note]bool)
	for _, source := range sourcesOf(s, id) {
		for _, n := range source.all() {
			if seen[n] {
				continue
			}
			if what, fragment := source.says(n); what != "" {
				seen[n] = true
				l := s.LinkTo(n)
				l.Fragment = fragment
				out = append(out, Evidence{l, what})
			}
		}
	}
	return out
}

// evidenceIn is what one note holds for a signal; "" when nothing.
func evidenceIn(s *Site, id string, n *note.Note) string {
	for _, source := range sourcesOf(s, id) {
		if !source.has(n) {
			continue
		}
		if what, _ := source.says(n); what != "" {
			return what
		}
	}
	return ""
}

// A source is notes that may hold evidence for a signal, and what each says.
type source struct {
	all  func() []*note.Note
	has  func(n *note.Note) bool
	says func(n *note.Note) (what, fragment string)
}

// sourcesOf are where evidence for a signal is found, the best first.
func sourcesOf(s *Site, id string) []source {
	kind := func(name string, says func(n *note.Note) (what, fragment string)) source {
		return source{func() []*note.Note { return s.Book.OfKind(name) }, func(n *note.Note) bool { return n.Kind.Name == name }, says}
	}
	incident := func(part string, what func(n *note.Note, f *note.Incident) string) source {
		return kind("incident", func(n *note.Note) (string, string) {
			f, _ := note.Of[*note.Incident](n)
			return what(n, f), part
		})
	}
	var out []source
	switch id {
	case "breadth":
		out = append(out, incident("", func(_ *note.Note, f *note.Incident) string { return breadth(f) }))
	case "cross-service":
		out = append(out, incident(partID("downstream"), func(_ *note.Note, f *note.Incident) string {
			if reached := downstream(f); len(reached) > 0 {
				return "downstream: " + strings.Join(first(reached, 2), "; ")
			}
			return ""
		}))
	case "decisions":
		out = append(out, incident(partID("decision"), func(_ *note.Note, f *note.Incident) string { return decided(f) }))
	case "prevention":
		out = append(out, incident(partID("actions"), func(_ *note.Note, f *note.Incident) string { return closed(f, "prevent", "detect", "mitigate") }))
	case "strategy":
		out = append(out, incident(partID("actions"), func(_ *note.Note, f *note.Incident) string { return closed(f, "process") }))
	case "mentoring":
		if p := s.Book.PrincipleNamed("hire-and-develop-the-best"); p != nil {
			out = append(out, showing(s, p))
		}
		out = append(out, kind("story", func(n *note.Note) (string, string) {
			said := sentenceWith(n, mentoringWords)
			return said, sectionSaying(n, said)
		}))
	case "figures":
		out = append(out, incident(FiguresID, func(n *note.Note, f *note.Incident) string { return quantified(s, n, f) }))
	}
	if t := s.Book.TagNamed(id); t != nil {
		out = append(out, source{
			func() []*note.Note { return t.Notes }, func(n *note.Note) bool { return slices.Contains(t.Notes, n) },
			func(*note.Note) (string, string) { return "tagged " + t.Name, "" },
		})
	}
	return out
}

// breadth is how many services an incident went over, and in which role.
func breadth(f *note.Incident) string {
	if len(f.Services) < 2 {
		return ""
	}
	text := plural(len(f.Services), "service", "services") + ": " + strings.Join(f.Services, ", ")
	if f.Role != "" {
		text = "as " + f.Role + ", " + text
	}
	return text
}

// downstream leaves out the entries that say there was nobody.
func downstream(f *note.Incident) []string {
	return slices.DeleteFunc(slices.Clone(f.Downstream), func(d string) bool {
		word, _, _ := strings.Cut(strings.ToLower(d), ";")
		return strings.HasPrefix(word, "none") || strings.HasPrefix(word, "no one")
	})
}

// decided is a decision tree with the way that was taken.
func decided(f *note.Incident) string {
	if f.DecisionTree == nil || len(f.DecisionTree.Taken) == 0 {
		return ""
	}
	asked := 0
	for _, id := range f.DecisionTree.Taken {
		if node, ok := f.DecisionTree.Node(id); ok && node.Ask != "" {
			asked++
		}
	}
	return "a decision tree, " + plural(asked, "question", "questions") + " on the way taken"
}

// closed names the action items of some types that are done.
func closed(f *note.Incident, types ...string) string {
	var done []string
	for _, a := range f.Actions {
		if a.Status == "done" && slices.Contains(types, a.Type) {
			done = append(done, a.Title)
		}
	}
	if len(done) == 0 {
		return ""
	}
	text := "done: " + done[0]
	if more := len(done) - 1; more > 0 {
		text += ", and " + plural(more, "more", "more")
	}
	return text
}

// quantified says what an incident can be probed on.
func quantified(s *Site, n *note.Note, f *note.Incident) string {
	var words []string
	if fig, ok := s.figure(n, "budget_spent"); ok {
		words = append(words, fig.Text+" of the error budget")
	}
	if v := marks(f); len(v) > 0 {
		words = append(words, plural(len(v), "verdict", "verdicts"))
	}
	if f.Counterfactual != nil && f.Counterfactual.Basis != "" {
		words = append(words, "money with its basis")
	}
	if len(words) < 2 {
		return ""
	}
	return strings.Join(words, ", ")
}

// showing are the stories that show a principle.
func showing(s *Site, p *handbook.Principle) source {
	return source{
		func() []*note.Note { return s.Book.StoriesShowing(p) },
		func(n *note.Note) bool { return n.Kind.Name == "story" && slices.Contains(s.Book.PrinciplesOf(n), p) },
		func(n *note.Note) (string, string) {
			f, _ := note.Of[*note.Story](n)
			return cmp.Or(f.Headline, "shows "+p.Name), ""
		},
	}
}

// mentoringWords are the words that a sentence about coaching cannot do
// without.
var mentoringWords = []string{"coached", "mentored", "i trained", "i taught", "shadowed me", "from the deputy"}

// sectionSaying is the id of the heading that a quoted sentence stands below,
// "" when it stands below none.
func sectionSaying(n *note.Note, quoted string) string {
	id := ""
	for _, sec := range n.Body.Sections {
		if quoted != "" && strings.Contains(sec.Text, strings.Trim(quoted, "“”")) {
			id = sec.Heading.ID // the innermost comes last
		}
	}
	return id
}

// sentenceWith quotes the first sentence of a story that holds one of the
// words; the words are in lower case.
func sentenceWith(n *note.Note, words []string) string {
	for _, text := range told(n) {
		lower := strings.ToLower(text)
		for _, w := range words {
			if at := strings.Index(lower, w); at >= 0 && len(lower) == len(text) {
				return "“" + sentenceAt(text, at) + "”"
			}
		}
	}
	return ""
}
