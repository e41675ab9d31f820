package page

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

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

// Matches finds where the author's notes say a bad form. The text of all
// notes is read on the first call only: a preview that does not open the page
// does not pay for it. Other readers are not told.
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

// matches looks for the pack's words in the text of every note but the
// signals themselves, each sentence once.
func matches(s *Site) []SignalMatch {
	type phrase struct{ folded, words, id, bad string }
	var phrases []phrase
	for _, p := range s.Book.Pack.RedSignals {
		for _, w := range p.Match {
			phrases = append(phrases, phrase{foldCase(w), w, p.ID, p.Bad})
		}
	}
	var out []SignalMatch
	for _, n := range s.Book.Notes {
		if n.Kind.Name == "signal" {
			continue
		}
		seen := make(map[string]bool)
		for _, text := range told(n) {
			folded := foldCase(text)
			for _, p := range phrases {
				at := wordsAt(folded, p.folded)
				if at < 0 || quoted(text, at) {
					continue
				}
				sentence := sentenceAt(text, at)
				if !seen[sentence] {
					seen[sentence] = true
					out = append(out, SignalMatch{Note: s.LinkTo(n), Sentence: shorten(sentence, 240), Words: text[at : at+len(p.folded)], Signal: p.id, Bad: p.bad})
				}
			}
		}
	}
	return out
}

// wordsAt finds words in text as whole words, both folded; −1 if not there.
func wordsAt(text, words string) int {
	for from := 0; words != ""; {
		i := strings.Index(text[from:], words)
		if i < 0 {
			return -1
		}
		at := from + i
		before, _ := utf8.DecodeLastRuneInString(text[:at])
		after, _ := utf8.DecodeRuneInString(text[at+len(words):])
		if !wordRune(before) && !wordRune(after) {
			return at
		}
		from = at + 1
	}
	return -1
}

func wordRune(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

// quoted reports whether the byte at stands between quotation marks in its
// line: then the author speaks about the words, not with them.
func quoted(text string, at int) bool {
	from := strings.LastIndexByte(text[:at], '\n') + 1
	line := text[from:at]
	if open := strings.LastIndexAny(line, "“„«"); open >= 0 && !strings.ContainsAny(line[open:], "”»") {
		return true
	}
	return strings.Count(line, `"`)%2 == 1
}
