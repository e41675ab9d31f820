package generator_test

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/net/html"

	"debrief/generator"
	"debrief/generator/note"
)

// build builds a folder and draws every file.
func build(t testing.TB, b *generator.Builder) (*generator.Result, map[string][]byte) {
	t.Helper()
	r, err := b.Build(context.Background())
	if err != nil {
		t.Fatalf("build: %v", err)
	}
	site := make(map[string][]byte, len(r.Files))
	for _, f := range r.Files {
		data, err := f.Draw()
		if err != nil {
			t.Fatalf("draw: %v", err)
		}
		if _, twice := site[f.Path]; twice {
			t.Errorf("two files are called %s", f.Path)
		}
		site[f.Path] = data
	}
	return r, site
}

func example() fs.FS { return os.DirFS("../content") }

func TestExampleHasNothingToSay(t *testing.T) {
	for _, profile := range []note.Visibility{note.Private, note.Shared, note.Public} {
		r, _ := build(t, &generator.Builder{Content: example(), Profile: profile})
		for _, f := range r.Findings {
			t.Errorf("%s build: %s:%d:%d: %s [%s]", profile, f.Path, f.Line, f.Column, f.Message, f.Rule)
		}
	}
}

// TestEveryLinkLands crawls the example as a reader could: every address is
// relative, names a file of the site, and its anchor exists.
func TestEveryLinkLands(t *testing.T) {
	for _, profile := range []note.Visibility{note.Private, note.Public} {
		_, site := build(t, &generator.Builder{Content: example(), Profile: profile})
		checkSite(t, site)
		reached := map[string]bool{"index.html": true}
		queue := []string{"index.html"}
		for len(queue) > 0 {
			from := queue[0]
			queue = queue[1:]
			for _, to := range linksOf(site[from], from) {
				if !reached[to] && strings.HasSuffix(to, ".html") {
					reached[to] = true
					queue = append(queue, to)
				}
			}
		}
		for file := range site {
			if strings.HasSuffix(file, ".html") && !reached[file] && file != "404.html" {
				t.Errorf("%s build: no way leads from home to %s", profile, file)
			}
		}
	}
}

// checkSite holds every page of a site to what all pages must be.
func checkSite(t testing.TB, site map[string][]byte) {
	t.Helper()
	ids := make(map[string]map[string]bool)
	docs := make(map[string]*html.Node)
	for file, data := range site {
		if !strings.HasSuffix(file, ".html") {
			continue
		}
		doc, err := html.Parse(bytes.NewReader(data))
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		docs[file], ids[file] = doc, make(map[string]bool)
		h1, titles := 0, 0
		for n := range doc.Descendants() {
			if n.Type != html.ElementNode {
				continue
			}
			switch n.Data {
			case "h1":
				h1++
			case "title":
				if n.Parent != nil && n.Parent.Data == "head" {
					titles++
				}
			case "script":
				if attr(n, "src") == "" {
					t.Errorf("%s: an inline script", file)
				}
			case "style":
				t.Errorf("%s: an inline style sheet", file)
			}
			for _, a := range n.Attr {
				switch {
				case a.Key == "id" && ids[file][a.Val]:
					t.Errorf("%s: the id %q stands twice", file, a.Val)
				case a.Key == "id":
					ids[file][a.Val] = true
				case a.Key == "style", strings.HasPrefix(a.Key, "on"):
					t.Errorf("%s: <%s %s=%q>", file, n.Data, a.Key, a.Val)
				}
			}
		}
		if h1 != 1 || titles != 1 {
			t.Errorf("%s: %d h1 and %d titles, want one of each", file, h1, titles)
		}
		for _, bad := range []string{"ZgotmplZ", "&lt;nil&gt;", "%!", "map["} {
			if bytes.Contains(data, []byte(bad)) && !strings.Contains(file, "rules") {
				t.Errorf("%s: holds %s", file, bad)
			}
		}
	}
	for file, doc := range docs {
		for n := range doc.Descendants() {
			for _, key := range []string{"href", "src"} {
				raw := attr(n, key)
				if raw == "" {
					continue
				}
				u, err := url.Parse(raw)
				if err != nil {
					t.Errorf("%s: the address %q cannot be read", file, raw)
					continue
				}
				if u.Scheme != "" {
					if key == "src" || n.Data == "link" {
						t.Errorf("%s: asks another host for %s", file, raw)
					}
					continue
				}
				if strings.HasPrefix(u.Path, "/") || u.Host != "" {
					t.Errorf("%s: the address %q is not relative", file, raw)
					continue
				}
				to := file
				if u.Path != "" {
					to = path.Join(path.Dir(file), u.Path)
				}
				if _, ok := site[to]; !ok {
					t.Errorf("%s: the link %q leads nowhere", file, raw)
					continue
				}
				if u.Fragment != "" && !ids[to][u.Fragment] {
					t.Errorf("%s: the link %q has no anchor there", file, raw)
				}
			}
		}
	}
}

func linksOf(data []byte, file string) []string {
	doc, err := html.Parse(bytes.NewReader(data))
	if err != nil {
		return nil
	}
	var links []string
	for n := range doc.Descendants() {
		if u, err := url.Parse(attr(n, "href")); n.Data == "a" && err == nil && u.Scheme == "" && u.Path != "" {
			links = append(links, path.Join(path.Dir(file), u.Path))
		}
	}
	return links
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func TestSameNotesSameBytes(t *testing.T) {
	_, first := build(t, &generator.Builder{Content: example()})
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	_, alone := build(t, &generator.Builder{Content: example()})
	differences(t, "with one processor", first, alone)
}

func differences(t testing.TB, when string, want, got map[string][]byte) {
	t.Helper()
	for file := range want {
		if !bytes.Equal(want[file], got[file]) {
			t.Errorf("%s: %s differs%s", when, file, firstDifference(want[file], got[file]))
		}
	}
	for file := range got {
		if _, ok := want[file]; !ok {
			t.Errorf("%s: %s is new", when, file)
		}
	}
}

func firstDifference(a, b []byte) string {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	around := func(s []byte) string { return string(s[max(0, i-40):min(len(s), i+40)]) }
	return fmt.Sprintf(" at byte %d: %q, %q", i, around(a), around(b))
}

// TestAPrivateNoteChangesNothingPublic adds a private note, full of links to
// and from public ones, and finds not one byte of the public build changed.
func TestAPrivateNoteChangesNothingPublic(t *testing.T) {
	public := copyOf(t, example())
	_, before := build(t, &generator.Builder{Content: public, Profile: note.Public})
	public["stories/canary.md"] = &fstest.MapFile{Data: []byte("---\nkind: story\ntitle: Canary Xyzzy\nincident: checkout-prime-day-2023\nprinciples: [ownership]\ntags: [xyzzy]\naliases: [xyzzy]\n---\n\nXyzzy, see [[flag-rollback]].\n")}
	public["zz-draft.md"] = &fstest.MapFile{Data: []byte("---\ntitle: Draft xyzzy\ndraft: true\nvisibility: public\n---\n\nxyzzy\n")}
	public["zz-quoted.md"] = &fstest.MapFile{Data: []byte("---\ntitle: Quoted xyzzy\npublish: \"false\"\nvisibility: public\n---\n\nxyzzy\n")}
	_, after := build(t, &generator.Builder{Content: public, Profile: note.Public})
	differences(t, "with a private note", before, after)
}

func copyOf(t testing.TB, from fs.FS) fstest.MapFS {
	t.Helper()
	to := make(fstest.MapFS)
	err := fs.WalkDir(from, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(from, p)
		to[p] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return to
}

func TestEmptyFolderHasAHome(t *testing.T) {
	_, site := build(t, &generator.Builder{Content: fstest.MapFS{}})
	if site["index.html"] == nil || site["404.html"] == nil {
		t.Error("an empty folder has no home or no 404 page")
	}
	checkSite(t, site)
}
