package page

import (
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"debrief/generator/claim"
	"debrief/generator/front"
	"debrief/generator/handbook"
	"debrief/generator/measure"
	"debrief/generator/note"
)

// A When is a day or an instant: as a reader reads it, and as machines do.
type When struct {
	Text string // "11 July 2023", "17 December 2026, 09:00 UTC−08:00"; "" when unknown
	ISO  string // for <time datetime>
}

// dayOf writes a date.
func dayOf(d front.Date) When {
	if !d.Set {
		return When{}
	}
	return When{Text: longDay(d.T), ISO: d.String()}
}

// instantOf writes an instant with its clock and its offset.
func instantOf(t front.Time) When {
	if !t.Set {
		return When{}
	}
	return When{Text: longDay(t.T) + ", " + clock(t.T, false) + " " + offset(t.T), ISO: t.T.Format(time.RFC3339)}
}

// whenOf is when a note happened: to the minute for a round, to the day else.
func whenOf(n *note.Note) When {
	day := handbook.Day(n)
	if day.IsZero() {
		return When{}
	}
	if f, ok := note.Of[*note.Round](n); ok && f.ScheduledAt.Set {
		return instantOf(f.ScheduledAt)
	}
	return When{Text: longDay(day), ISO: day.Format(time.DateOnly)}
}

func longDay(t time.Time) string { return t.Format("2\u00a0January\u00a02006") }

// clock writes the time of day; seconds where they matter.
func clock(t time.Time, seconds bool) string {
	if seconds {
		return t.Format("15:04:05")
	}
	return t.Format("15:04")
}

// offset writes an instant's distance from UTC: "UTC−07:00", "UTC".
func offset(t time.Time) string {
	_, seconds := t.Zone()
	if seconds == 0 {
		return "UTC"
	}
	return "UTC" + strings.Replace(t.Format("-07:00"), "-", "−", 1)
}

// A Term is one line of a list of particulars: what it is called, and what
// stands beside the name: text, a time, links.
type Term struct {
	Name  string
	Text  string
	When  When
	Ahead bool // the browser says how far off it is
	Links []Link
}

// terms keeps the particulars that say something.
func terms(all ...Term) []Term {
	var out []Term
	for _, t := range all {
		if t.Text != "" || t.When.Text != "" || len(t.Links) > 0 {
			out = append(out, t)
		}
	}
	return out
}

// extras are the keys of a note that no kind knows, kept for the reader.
func extras(n *note.Note) []Term {
	var out []Term
	for _, f := range n.Extra {
		out = append(out, Term{Name: note.Words(f.Key), Text: f.Value})
	}
	return terms(out...)
}

// A Mark is a verdict: the word comes first, its look second.
type Mark struct {
	Key  string // what it judges: "targets.mitigate", "sla"
	Word string // "met", "missed"
	Met  bool
	Text string // with its margin: "15 min, missed by 23 min (2.53×)"
}

// A Figure is a quantity as pages show it, with where it comes from.
type Figure struct {
	Label      string // "Time to mitigate (from start)"
	Text       string // "38 min"; with a tilde when it is not measured
	Formula    string // "mitigated_at − started_at"; "" for a field itself
	Confidence string // measured, estimated, recalled
	Home       Link   // the note it lives in
}

// figure reads a fact of the ledger.
func (s *Site) figure(n *note.Note, key string) (Figure, bool) {
	f, ok := s.Ledger.Fact(n, key)
	if !ok {
		return Figure{}, false
	}
	return s.figureOf(f), true
}

func (s *Site) figureOf(f claim.Fact) Figure {
	return Figure{Label: f.Label, Text: f.Shown(), Formula: f.Formula, Confidence: f.Confidence, Home: s.LinkTo(f.Note)}
}

// A Told is a story as other pages name it: enough to choose by.
type Told struct {
	Link
	Headline   string
	Strength   int    // 1 to 5; 0 when the author gave none
	Dots       string // the strength drawn: "●●●○○"
	Time       string // when spoken: "2 min 43 s"
	Principles []Link
	Rounds     []Link // that it is assigned to
	Incident   *Link
}

// Told returns a story's line; the note must be a story.
func (s *Site) Told(n *note.Note) Told {
	t := Told{Link: s.LinkTo(n), Principles: s.principleLinks(s.Book.PrinciplesOf(n)), Rounds: s.LinksTo(s.Book.RoundsTelling(n))}
	if f, ok := note.Of[*note.Story](n); ok {
		t.Headline, t.Strength, t.Dots = f.Headline, f.Strength, dots(f.Strength)
	}
	if telling := s.telling(n); telling.Words > 0 {
		t.Time = measure.FormatDuration(telling.D)
	}
	if i := s.Book.IncidentOf(n); i != nil {
		l := s.LinkTo(i)
		t.Incident = &l
	}
	return t
}

// AllTold returns the lines of several stories.
func (s *Site) AllTold(stories []*note.Note) []Told {
	var out []Told
	for _, n := range stories {
		out = append(out, s.Told(n))
	}
	return out
}

// dots draws a strength from 1 to 5; "" when there is none.
func dots(strength int) string {
	if strength < 1 || strength > 5 {
		return ""
	}
	return strings.Repeat("●", strength) + strings.Repeat("○", 5-strength)
}

func (s *Site) principleLinks(principles []*handbook.Principle) []Link {
	var out []Link
	for _, p := range principles {
		out = append(out, Link{Text: p.Name, File: p.File})
	}
	return out
}

// A Section is an entry of a page's contents: a part that the page itself
// writes, or a heading of the note's text.
type Section struct {
	ID, Text string
	Level    int // 2 or 3
}

// partID is the id of a part that a page writes itself. Ids made of headings
// hold no dot, so the two never meet.
func partID(name string) string { return "part." + name }

// headings are the note's own headings, as contents list them.
func headings(n *note.Note) []Section {
	var out []Section
	for _, h := range n.Body.Outline {
		if h.Level <= 3 && h.ID != "" {
			out = append(out, Section{h.ID, h.Text, max(h.Level, 2)})
		}
	}
	return out
}

// plural writes a count with its noun: "1 story", "3 stories".
func plural(n int, one, many string) string {
	if n == 1 {
		return "1\u00a0" + one
	}
	return fmt.Sprintf("%d\u00a0%s", n, many)
}

// andList joins words as a sentence does: "a, b and c".
func andList(words []string) string {
	switch len(words) {
	case 0:
		return ""
	case 1:
		return words[0]
	}
	return strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1]
}

// capital makes a text begin with a capital.
func capital(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return s
	}
	return string(unicode.ToUpper(r)) + s[size:]
}
