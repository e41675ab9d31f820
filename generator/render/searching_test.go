package render

import (
	"bytes"
	"errors"
	"testing"

	"debrief/generator/handbook"
	"debrief/generator/page"
)

// TestIndexNeedsEveryPage holds that a page that cannot be drawn is no empty
// page for the search, however often it is asked; and that one that was drawn
// is not drawn again.
func TestIndexNeedsEveryPage(t *testing.T) {
	failure, drawn := errors.New("no such field"), 0
	write := func(to *bytes.Buffer, p *page.Page) error {
		if p.File == "a.html" {
			return failure
		}
		drawn++
		to.WriteString("<main>text</main>")
		return nil
	}
	broken := &drawnPage{Page: &page.Page{File: "a.html"}, write: write, searchable: true}
	sound := &drawnPage{Page: &page.Page{File: "b.html"}, write: write, searchable: true}
	for range 2 {
		for _, f := range searchFiles(&handbook.Handbook{}, []*drawnPage{broken, sound}) {
			if _, err := f.Bytes(); !errors.Is(err, failure) {
				t.Errorf("%s: %v", f.Path, err)
			}
		}
		for _, f := range searchFiles(&handbook.Handbook{}, []*drawnPage{sound}) {
			if _, err := f.Bytes(); err != nil {
				t.Errorf("%s: %v", f.Path, err)
			}
		}
	}
	if drawn != 1 {
		t.Errorf("a page was drawn %d times for its index", drawn)
	}
}
