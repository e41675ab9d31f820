package note

import (
	"strings"

	"debrief/generator/diag"
	"debrief/generator/front"
)

var story = &Kind{
	Name: "story", Dir: "stories", One: "Story", Many: "Stories",
	Claims: true,
	New:    func() Fields { return new(Story) },
}

// A Story is one incident told for one interview question, in the parts of a
// format such as STAR.
type Story struct {
	Format     string           `front:"format"` // star when empty
	Principles []front.Ref      `front:"principles,principle"`
	Incident   front.Ref        `front:"incident"`
	Role       string           `front:"role"`
	Level      string           `front:"level"`
	Headline   string           `front:"headline"`
	Metrics    []Metric         `front:"metrics"`
	Length     front.Duration   `front:"length"` // target when spoken
	Versions   []front.Duration `front:"versions"`
	Questions  []front.Ref      `front:"questions"`
	FollowUps  []string         `front:"follow_ups"`
	Strength   int              `front:"strength"` // 1 to 5
	LastTold   front.Date       `front:"last_told"`
	ToldIn     []front.Ref      `front:"told_in"`
	Weaknesses []string         `front:"weaknesses"`
}

// A Format is a way to tell a story: its parts in order.
type Format struct {
	Name  string
	Parts []string
	Why   string
}

// Formats are the story formats in use (sources and shares: see
// docs/rules/missing-section.md).
var Formats = []Format{
	{"star", []string{"Situation", "Task", "Action", "Result"}, "the default"},
	{"starl", []string{"Situation", "Task", "Action", "Result", "Learning"}, "with what it taught"},
	{"soar", []string{"Situation", "Obstacle", "Action", "Result"}, "for hard problems"},
	{"carl", []string{"Context", "Action", "Result", "Learning"}, "shorter set-up"},
	{"car", []string{"Context", "Action", "Result"}, "one minute"},
}

// FormatOf returns the story's format; an unknown one counts as STAR.
func (s *Story) FormatOf() Format {
	name := strings.ToLower(strings.ReplaceAll(s.Format, "-", ""))
	if name == "par" {
		name = "car"
	}
	for _, f := range Formats {
		if f.Name == name {
			return f
		}
	}
	return Formats[0]
}

// A Part is one part of a story as the note tells it.
type Part struct {
	Name    string
	Section int // index into Body.Sections, -1 when the note has no such part
}

// partNames are other names for the parts of the formats.
var partNames = map[string]string{
	"problem": "context", "objective": "obstacle", "learnings": "learning", "lessons": "learning", "lesson": "learning",
	"actions": "action", "results": "result", "tasks": "task", "outcome": "result",
}

// Parts finds the story's parts: headings by their names (of any level and
// case), or bold words that open a paragraph, as in **Situation:**.
func Parts(n *Note) []Part {
	s, ok := Of[*Story](n)
	if !ok {
		return nil
	}
	var parts []Part
	for _, name := range s.FormatOf().Parts {
		part := Part{name, -1}
		for i, sec := range n.Body.Sections {
			title := strings.ToLower(strings.Trim(sec.Heading.Text, " :"))
			if other, ok := partNames[title]; ok {
				title = other
			}
			if title == strings.ToLower(name) {
				part.Section = i
				break
			}
		}
		parts = append(parts, part)
	}
	return parts
}

// Refs returns the incident, the principles, the questions and the rounds.
func (s *Story) Refs() []Reference {
	refs := references("principles", s.Principles, "principle")
	refs = append(refs, references("incident", []front.Ref{s.Incident}, "incident")...)
	refs = append(refs, references("questions", s.Questions, "question")...)
	return append(refs, references("told_in", s.ToldIn, "round")...)
}

// Check holds the story to its format.
func (s *Story) Check(n *Note, report func(diag.Finding)) {
	known := []string{"par"}
	for _, f := range Formats {
		known = append(known, f.Name)
	}
	if s.Format != "" {
		choice(n, report, at("format"), strings.ToLower(strings.ReplaceAll(s.Format, "-", "")), known...)
	}
	if s.Strength < 0 || s.Strength > 5 {
		report(n.Find("bad-value", diag.Warning, at("strength"), "strength goes from 1 (weak) to 5, not to %d", s.Strength))
	}
	checkMetrics(n, report, s.Metrics)
	s.checkParts(n, report)
}

func (s *Story) checkParts(n *Note, report func(diag.Finding)) {
	format := s.FormatOf()
	last := -1
	var missing, headings []string
	for _, p := range Parts(n) {
		if p.Section < 0 {
			missing, headings = append(missing, "no "+p.Name), append(headings, "## "+p.Name)
			continue
		}
		sec := n.Body.Sections[p.Section]
		if strings.TrimSpace(sec.Text) == "" {
			report(n.FindAt("empty-section", diag.Warning, sec.Heading.Pos, len([]rune(sec.Heading.Text)), "%s is empty", p.Name))
		}
		if p.Section < last {
			report(n.FindAt("section-order", diag.Warning, sec.Heading.Pos, len([]rune(sec.Heading.Text)), "%s comes too early or too late", p.Name).
				Hint("tell it as %s", list(format.Parts)))
		}
		last = max(last, p.Section)
	}
	if len(missing) > 0 {
		report(n.FindAt("missing-section", diag.Warning, diag.Pos{}, 0, "this %s story has %s", strings.ToUpper(format.Name), list(missing)).
			Hint("write %s", list(headings)))
	}
}
