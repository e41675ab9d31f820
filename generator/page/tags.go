package page

import "slices"

// Tags is the data of tags/index.html: every tag and what bears it.
type Tags struct {
	Tags []TagRow // by name
}

// A TagRow is one tag.
type TagRow struct {
	Tag   Link
	Count int
	Notes []Link // the first few, in reading order
	More  int    // notes beyond these
	Kinds string // "2 incidents, 1 story"
}

// tagNotes is how many notes a tag names beside its count.
const tagNotes = 4

func hasTags(s *Site) bool { return len(s.Book.Tags) > 0 }

func tagsData(s *Site) any {
	t := &Tags{}
	for _, tag := range s.Book.Tags {
		row := TagRow{Tag: Link{Text: "#" + tag.Name, File: tag.File}, Count: len(tag.Notes), Notes: s.LinksTo(first(tag.Notes, tagNotes))}
		row.More = row.Count - len(row.Notes)
		var kinds []string
		counts := make(map[string]int)
		for _, n := range tag.Notes {
			if counts[n.Kind.One]++; !slices.Contains(kinds, n.Kind.One) {
				kinds = append(kinds, n.Kind.One)
			}
		}
		for i, k := range kinds {
			if i > 0 {
				row.Kinds += ", "
			}
			row.Kinds += kindCount(tag.Notes, k, counts[k])
		}
		t.Tags = append(t.Tags, row)
	}
	return t
}
