package note

import (
	"strings"

	"debrief/generator/diag"
	"debrief/generator/front"
)

var signal = &Kind{
	Name: "signal", Dir: "signals", One: "Red signal", Many: "Red signals",
	New: func() Fields { return new(Signal) },
}

// A Signal is a sentence that interviewers flag, and what to say instead.
type Signal struct {
	Bad      string      `front:"bad"`
	Good     string      `front:"good"`
	Why      string      `front:"why"`
	Category string      `front:"category"`
	Stories  []front.Ref `front:"stories"`
}

// Refs returns the stories that show the good form.
func (s *Signal) Refs() []Reference { return references("stories", s.Stories, "story") }

// Check wants both sides, and them to differ.
func (s *Signal) Check(n *Note, report func(diag.Finding)) {
	choice(n, report, at("category"), s.Category, "outcome", "metric", "ownership", "communication", "process", "follow_up")
	bad, good := s.Sides(n)
	switch {
	case bad == "" || good == "":
		side := "bad"
		if bad != "" {
			side = "good"
		}
		if !n.Front.Has(side) {
			report(n.Find("signal-pair", diag.Warning, at("bad"), "this red signal has no %s side", side).
				Hint("give it bad: and good:, or headings ## Bad and ## Good"))
		}
	case strings.EqualFold(bad, good):
		report(n.Find("signal-pair", diag.Warning, at("good"), "bad and good are the same sentence"))
	}
}

// Sides returns the bad and the good sentence: front matter's, else the
// sections or the first callouts of those names.
func (s *Signal) Sides(n *Note) (bad, good string) {
	side := func(given, name string) string {
		if given != "" {
			return given
		}
		for _, sec := range n.Body.Sections {
			if strings.EqualFold(strings.Trim(sec.Heading.Text, " :"), name) && sec.Text != "" {
				return sec.Text
			}
		}
		for _, c := range n.Body.Callouts {
			if c.Type == name && c.Text != "" {
				return c.Text
			}
		}
		return ""
	}
	return side(s.Bad, "bad"), side(s.Good, "good")
}
