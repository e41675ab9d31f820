package page

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"debrief/generator/check"
	"debrief/generator/note"
)

// RedSignals is the data of red-signals.html: BAD → GOOD by category, and
// where the author's own notes say the bad form.
type RedSignals struct {
	Groups  []SignalGroup
	Count   int
	scan    func() []SignalMatch
	private bool
}

// A SignalGroup is the pairs of one category.
type SignalGroup struct {
	ID    string // of its heading
	Title string
	Pairs []SignalPair
}

// A SignalPair is one sentence that interviewers flag, and the better one.
type SignalPair struct {
	ID        string // of its tick box, stable between builds
	Bad, Good string
	Why       string
	Link      *Link  // the author's note of it, or nil for the pack's
	Stories   []Link // that show the good form
}

// A SignalMatch is a place where a note says the bad form.
type SignalMatch struct {
	Note     Link
	Sentence string
	Words    string // what gave it away
	Signal   string // the pair's id
	Bad      string
}

// Matches is where the author's notes say a bad form: what the rules about
// prose have found and the author has not silenced. The sentences are looked
// up on the first call only: a preview that does not open the page does not
// pay for it. Other readers are not told.
func (r *RedSignals) Matches() []SignalMatch {
	if !r.private {
		return nil
	}
	return r.scan()
}

// Searched reports whether the notes were looked through at all.
func (r *RedSignals) Searched() bool { return r.private }

// categories are the categories of red signals in order, as headings.
var categories = []struct{ key, title string }{
	{"outcome", "Say what came of it"},
	{"metric", "Say the figure"},
	{"ownership", "Say what was yours"},
	{"communication", "Say who knew what, and when"},
	{"process", "Say why you left the path"},
	{"follow_up", "After the interview"},
	{"", "Others"},
}

func redSignalsData(s *Site) any {
	notes := s.Book.OfKind("signal")
	if !s.Book.Prepares() && len(notes) == 0 {
		return nil
	}
	byCategory := make(map[string][]SignalPair)
	add := func(category string, p SignalPair) {
		if !slices.ContainsFunc(categories, func(c struct{ key, title string }) bool { return c.key == category }) {
			category = ""
		}
		byCategory[category] = append(byCategory[category], p)
	}
	own := make(map[string]bool)
	for _, n := range notes {
		f, _ := note.Of[*note.Signal](n)
		bad, good := f.Sides(n)
		if bad == "" && good == "" {
			continue
		}
		own[n.ID] = true
		l := s.LinkTo(n)
		add(f.Category, SignalPair{ID: n.ID, Bad: bad, Good: good, Why: f.Why, Link: &l, Stories: s.LinksTo(s.Book.Named(n, "stories"))})
	}
	for _, p := range s.Book.Pack.RedSignals {
		if !own[p.ID] { // the author's own words for it come first
			add(p.Category, SignalPair{ID: p.ID, Bad: p.Bad, Good: p.Good, Why: p.Why})
		}
	}
	r := &RedSignals{private: s.Book.Profile == note.Private}
	for _, c := range categories {
		if pairs := byCategory[c.key]; len(pairs) > 0 {
			r.Groups = append(r.Groups, SignalGroup{ID: partID(cmp.Or(strings.ReplaceAll(c.key, "_", "-"), "others")), Title: c.title, Pairs: pairs})
			r.Count += len(pairs)
		}
	}
	if r.Count == 0 {
		return nil
	}
	r.scan = sync.OnceValue(func() []SignalMatch { return matches(s) })
	return r
}

// matches is where check found the bad forms, each sentence once.
func matches(s *Site) []SignalMatch {
	var out []SignalMatch
	for _, said := range check.RedSignals(s.Book, s.Findings) {
		out = append(out, SignalMatch{Note: s.LinkTo(said.Note), Sentence: shorten(said.Sentence, 240), Words: said.Words, Signal: said.Signal.ID, Bad: said.Signal.Bad})
	}
	return out
}
