package page

import (
	"cmp"
	"slices"

	"debrief/generator/handbook"
	"debrief/generator/note"
)

// Coverage is the data of coverage.html: which story shows which principle,
// in which round.
type Coverage struct {
	Stories     []CoveredStory // strongest first; their numbers stand in the cells
	Rounds      []CoverageRound
	Rows        []CoverageRow // in the pack's order
	Gaps        []Gap         // worst first
	Asked, Told int           // pairs of a round and a principle it asks; those with a story
	Partial     bool          // notes are left out of this build, so the counts may be low
}

// A CoveredStory is one story with its number in the matrix.
type CoveredStory struct {
	Number int
	Told
}

// A CoverageRound is one column.
type CoverageRound struct {
	Round Link
	Short string // "R1"
	Type  string
}

// A CoverageRow is one principle.
type CoverageRow struct {
	Principle Link
	Summary   string
	Asked     int // rounds that ask it
	Cells     []CoverageCell
	Spare     []NumberedStory // stories that show it and that no round tells
	Count     int             // stories that show it
	Verdict   string          // in words
	Gap       bool
}

// A CoverageCell is one principle in one round.
type CoverageCell struct {
	Asked   bool
	Stories []NumberedStory // assigned to the round and showing the principle
	Gap     bool            // asked, and no story
}

// A NumberedStory refers to a CoveredStory.
type NumberedStory struct {
	Number int
	Story  Link
}

func hasCoverage(s *Site) bool {
	return len(s.Book.Principles) > 0 && (len(s.Book.OfKind("story")) > 0 || len(activeRounds(s)) > 0)
}

func coverageData(s *Site) any {
	stories, rounds := s.Book.OfKind("story"), activeRounds(s)
	slices.SortStableFunc(stories, func(a, b *note.Note) int { return cmp.Compare(storyStrength(b), storyStrength(a)) })
	c := &Coverage{Gaps: s.gaps(), Partial: s.Book.Profile > note.Private}
	number := make(map[*note.Note]int)
	for i, n := range stories {
		number[n] = i + 1
		c.Stories = append(c.Stories, CoveredStory{i + 1, s.Told(n)})
	}
	numbered := func(notes []*note.Note) []NumberedStory {
		var out []NumberedStory
		for _, n := range notes {
			out = append(out, NumberedStory{number[n], s.LinkTo(n)})
		}
		slices.SortFunc(out, func(a, b NumberedStory) int { return cmp.Compare(a.Number, b.Number) })
		return out
	}
	for i, r := range rounds {
		f, _ := note.Of[*note.Round](r)
		c.Rounds = append(c.Rounds, CoverageRound{s.LinkTo(r), roundShort(r, i), s.roundType(f)})
	}
	for _, p := range s.Book.Principles {
		row := CoverageRow{Principle: s.principleLink(p), Summary: p.Summary}
		showing := s.Book.StoriesShowing(p)
		row.Count = len(showing)
		var missing []*note.Note
		for _, r := range rounds {
			cell := CoverageCell{Asked: asks(s, r, p), Stories: numbered(both(s.Book.StoriesIn(r), showing))}
			over := len(cell.Stories) == 0 && roundDone(r) // it cannot be covered any more
			if cell.Asked && !over {
				row.Asked++
				c.Asked++
				if len(cell.Stories) > 0 {
					c.Told++
				} else {
					cell.Gap, row.Gap = true, true
					missing = append(missing, r)
				}
			}
			row.Cells = append(row.Cells, cell)
		}
		row.Spare = numbered(untold(s, showing))
		row.Verdict = coverageVerdict(row, missing)
		c.Rows = append(c.Rows, row)
	}
	return c
}

// coverageVerdict is what a row says at its end.
func coverageVerdict(row CoverageRow, missing []*note.Note) string {
	switch {
	case len(missing) > 0 && row.Count == 0:
		return "asked, no story"
	case len(missing) > 0:
		return "asked, not told in " + titles(missing)
	case row.Asked > 0:
		return "asked and told"
	case row.Count == 0:
		return "no story, not asked yet"
	}
	return "in reserve, not asked yet"
}

func roundDone(r *note.Note) bool {
	f, _ := note.Of[*note.Round](r)
	return f.Status == "done"
}

func asks(s *Site, round *note.Note, p *handbook.Principle) bool {
	return slices.Contains(s.Book.PrinciplesOf(round), p)
}

// untold returns the stories that no round tells.
func untold(s *Site, stories []*note.Note) []*note.Note {
	var out []*note.Note
	for _, n := range stories {
		if len(s.Book.RoundsTelling(n)) == 0 {
			out = append(out, n)
		}
	}
	return out
}
