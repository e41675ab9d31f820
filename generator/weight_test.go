package generator_test

import (
	"bytes"
	"compress/gzip"
	"path"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"debrief/generator"
)

// TestFirstLoad weighs what a phone fetches for a page before anybody does
// anything, as a server would send it. The author's own pictures are not
// counted, nor the icon, which browsers fetch when everything else is there.
func TestFirstLoad(t *testing.T) {
	r, site := build(t, &generator.Builder{Content: example()})
	sum := make(map[string]int) // gzipped, by kind of page, the heaviest
	for _, p := range r.Site.Pages {
		page, scripts, requests := gzipped(t, site[p.File]), 0, 1
		for _, file := range fetched(t, site[p.File], p.File) {
			data, ok := site[file]
			if !ok {
				t.Fatalf("%s asks for %s", p.File, file)
			}
			size := gzipped(t, data)
			page += size
			requests++
			if strings.HasSuffix(file, ".js") {
				scripts += size
			}
		}
		sum[p.Template] = max(sum[p.Template], page)
		if scripts > 8<<10 {
			t.Errorf("%s: %d bytes of scripts, want at most 8 KB", p.File, scripts)
		}
		if requests > 4 && p.Template != "cheat-sheet" { // which brings its own style, to be printed
			t.Errorf("%s: %d requests, want at most 4", p.File, requests)
		}
		if page > 30<<10 {
			t.Errorf("%s: %d bytes, want at most 30 KB", p.File, page)
		}
	}
	t.Logf("the heaviest of each kind, in bytes: %v", sum)
}

// fetched are the files of the theme that a browser gets with a page.
func fetched(t *testing.T, page []byte, file string) (files []string) {
	t.Helper()
	doc, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	for n := range doc.Descendants() {
		switch {
		case n.Type != html.ElementNode:
		case n.Data == "script":
			files = append(files, path.Join(path.Dir(file), attr(n, "src")))
		case n.Data == "link" && attr(n, "rel") == "stylesheet":
			files = append(files, path.Join(path.Dir(file), attr(n, "href")))
		}
	}
	return files
}

func gzipped(t *testing.T, data []byte) int {
	t.Helper()
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Len()
}
