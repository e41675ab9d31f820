package generator_test

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"debrief/generator"
	"debrief/generator/page"
)

// runSheet are the cards of a round's sheet as lines: the card's name, then
// what its blocks say, the cells of a row between bars.
func runSheet(t *testing.T, front, body string, others fstest.MapFS) map[string][]string {
	t.Helper()
	folder := fstest.MapFS{"rounds/r.md": {Data: []byte("---\nkind: round\ntitle: On Monday\norder: 1\n" + front + "---\n\n" + body)}}
	for name, file := range others {
		folder[name] = file
	}
	r, _ := build(t, &generator.Builder{Content: folder})
	cards := make(map[string][]string)
	for _, c := range r.Site.RunSheet(r.Site.Book.OfKind("round")[0]).Sheet.Cards {
		if c.Name == "own" {
			cards["own"] = append(cards["own"], "# "+c.Title)
		}
		for _, b := range c.Full {
			line := page.PlainText(b.Text)
			for i, cell := range b.Cells {
				if i > 0 {
					line += " | "
				}
				line += page.PlainText(cell)
			}
			cards[c.Name] = append(cards[c.Name], line)
		}
	}
	return cards
}

// TestLinksOnASheet holds that a link shows the title of its note, and that
// neither the words around it nor the cells of a table move.
func TestLinksOnASheet(t *testing.T) {
	others := fstest.MapFS{"checkout.md": {Data: []byte("# Pay · the outage\n")}}
	cards := runSheet(t, "", "Say checkout first, then [[checkout]], and `[[checkout]]` never.\n\n| who | | what |\n| --- | --- | --- |\n| me | | [[checkout]] |\n", others)
	want := []string{"# ", "Say checkout first, then Pay · the outage, and [[checkout]] never.", "who |  | what", "me |  | Pay · the outage"}
	if !slices.Equal(cards["own"], want) {
		t.Errorf("the sheet says\n%s\nwant\n%s", strings.Join(cards["own"], "\n"), strings.Join(want, "\n"))
	}
}
