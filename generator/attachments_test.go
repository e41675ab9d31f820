package generator

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"debrief/generator/source"
)

// TestALargeAttachmentIsNotCopied holds that a note that links to one still has
// its page, on which the words lead nowhere, and that its author is told where.
func TestALargeAttachmentIsNotCopied(t *testing.T) {
	r, err := (&Builder{Content: fstest.MapFS{
		"a.md":     {Data: []byte("See [the film](film.mov) and [the log](out.log).\n\n![the map](map.png)\n")},
		"film.mov": {Data: make([]byte, source.MaxAttachment+1)},
		"map.png":  {Data: make([]byte, source.MaxAttachment+1)},
		"out.log":  {Data: []byte("10:00 checkout answered 503\n")},
	}}).Build(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	var said []string
	for _, f := range r.Findings {
		if f.Rule == "attachment-not-copied" {
			said = append(said, fmt.Sprintf("%s:%d: %s", f.Path, f.Line, f.Message))
		}
	}
	if len(said) != 2 || !strings.HasPrefix(said[0], "a.md:1:") || !strings.Contains(said[0], "10 MiB") || !strings.HasPrefix(said[1], "a.md:3:") {
		t.Errorf("said %q, want lines 1 and 3", said)
	}
	for name, want := range map[string]bool{"film.mov": false, "map.png": false, "out.log": true} {
		if _, ok := r.Files.Get(name); ok != want {
			t.Errorf("%s is in the site: %v, want %v", name, ok, want)
		}
	}
	page, _ := r.Files.Get("a.html")
	html, err := page.Bytes()
	if err != nil || strings.Contains(string(html), "film.mov\"") || strings.Contains(string(html), "map.png\"") || !strings.Contains(string(html), "the film") || !strings.Contains(string(html), `href="out.log"`) {
		t.Errorf("the page leads to what is not there, or lost its words: %v\n%s", err, html)
	}
}
