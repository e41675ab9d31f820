package generator_test

import (
	"context"
	"mime"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"debrief/generator"
	"debrief/generator/note"
	"debrief/generator/publish"
)

// visited is what a page leads to, holds, and could not show.
const visited = `({
	links: [...document.links].map(a => a.href),
	ids: [...document.querySelectorAll("[id]")].map(e => e.id),
	broken: [...document.images].filter(i => i.complete && !i.naturalWidth).map(i => i.src)
		.concat(document.styleSheets.length ? [] : ["no style sheet"]),
})`

// TestThePublishedExampleInABrowser publishes the example to a repository,
// serves what lies there under /handbook/, as GitHub Pages would, and follows
// every link in a browser: all lead to a page and an anchor that is there, and
// the console stays silent.
func TestThePublishedExampleInABrowser(t *testing.T) {
	ctx := browser(t)
	files := published(t, &generator.Builder{Content: example(), Profile: note.Public})
	var mu sync.Mutex
	missing := make(map[string]bool)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name, under := strings.CutPrefix(r.URL.Path, "/handbook/")
		if name == "" || strings.HasSuffix(name, "/") {
			name += "index.html"
		}
		data, ok := files[name]
		if !under || !ok {
			mu.Lock()
			missing[r.URL.Path] = true
			mu.Unlock()
			w.WriteHeader(http.StatusNotFound)
			data = files["404.html"]
			name = "404.html"
		}
		w.Header().Set("Content-Type", mime.TypeByExtension(path.Ext(name)))
		w.Write(data)
	}))
	defer server.Close()
	home := server.URL + "/handbook/"

	quiet, stop := context.WithCancel(ctx)
	messages := chromedp.Console(quiet)
	ids := make(map[string]map[string]bool) // of each page that was visited
	wanted := make(map[string]string)       // address with anchor → the page that it was found on
	queue := []string{home}
	seen := map[string]bool{home: true}
	for len(queue) > 0 {
		at := queue[0]
		queue = queue[1:]
		if err := chromedp.Do(ctx, chromedp.Navigate(at)); err != nil {
			t.Fatalf("%s: %v", at, err)
		}
		page, err := chromedp.Run(ctx, chromedp.Evaluate[struct{ Links, IDs, Broken []string }](visited))
		if err != nil {
			t.Fatalf("%s: %v", at, err)
		}
		for _, b := range page.Broken {
			t.Errorf("%s does not show %s", at, b)
		}
		ids[at] = make(map[string]bool)
		for _, id := range page.IDs {
			ids[at][id] = true
		}
		for _, link := range page.Links {
			if !strings.HasPrefix(link, server.URL) {
				continue // other sites are theirs to keep
			}
			to, anchor, _ := strings.Cut(link, "#")
			if anchor != "" {
				wanted[link] = at
			}
			if !seen[to] {
				seen[to] = true
				if path.Ext(to) == ".html" || strings.HasSuffix(to, "/") {
					queue = append(queue, to)
				} else if name := strings.TrimPrefix(to, home); files[name] == nil {
					t.Errorf("%s links %s, which is not there", at, to)
				}
			}
		}
	}
	if len(ids) < 100 {
		t.Errorf("only %d pages were found", len(ids))
	}
	for link, from := range wanted {
		to, anchor, _ := strings.Cut(link, "#")
		if id, err := url.PathUnescape(anchor); err != nil || ids[to] != nil && !ids[to][id] {
			t.Errorf("%s links %s, and there is no such anchor", from, link)
		}
	}
	mu.Lock()
	for path := range missing {
		t.Errorf("%s was asked for and is not there", path)
	}
	mu.Unlock()
	time.AfterFunc(200*time.Millisecond, stop) // what the pages had to say has arrived by then
	for m, err := range messages {
		if err != nil {
			break
		}
		t.Errorf("console: %s (%s)", m, m.URL)
	}
}

// published publishes a site to a new repository and returns what lies there.
func published(t *testing.T, b *generator.Builder) map[string][]byte {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("no git here")
	}
	top := t.TempDir()
	for name, value := range map[string]string{
		"HOME": top, "XDG_CONFIG_HOME": top, "GIT_CONFIG_NOSYSTEM": "1",
		"GIT_AUTHOR_NAME": "Kim", "GIT_AUTHOR_EMAIL": "kim@example.com", "GIT_COMMITTER_NAME": "Kim", "GIT_COMMITTER_EMAIL": "kim@example.com",
	} {
		t.Setenv(name, value)
	}
	user, remote := filepath.Join(top, "user"), filepath.Join(top, "remote.git")
	for _, args := range [][]string{{"init", "-q", "--bare", remote}, {"init", "-q", user}, {"-C", user, "remote", "add", "origin", remote}} {
		if out, err := exec.Command("git", args...).CombinedOutput(); err != nil {
			t.Fatalf("git: %v\n%s", err, out)
		}
	}
	r, _ := build(t, b)
	look := func() *publish.Branch {
		branch, err := publish.Look(t.Context(), user, publish.Options{Branch: publish.DefaultBranch})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(branch.Close)
		return branch
	}
	branch := look()
	if _, err := branch.Commit(t.Context(), r.Files, "Publish"); err != nil {
		t.Fatal(err)
	}
	if err := branch.Push(t.Context()); err != nil {
		t.Fatal(err)
	}
	files := look().Replaced(r.Files)
	if len(files) != len(r.Files) {
		t.Fatalf("%d files were published of %d", len(files), len(r.Files))
	}
	return files
}
