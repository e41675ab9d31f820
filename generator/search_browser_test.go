package generator_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"debrief/generator"
)

// A searching is a browser with the search of the example open.
type searching struct {
	*testing.T
	ctx context.Context
}

func openSearch(t *testing.T, dir, file string) searching {
	s := searching{t, browser(t)}
	s.do(sitting, chromedp.Navigate(address(dir, file)))
	return s
}

func (s searching) do(actions ...chromedp.Action[chromedp.Void]) {
	s.Helper()
	for _, a := range actions {
		if err := chromedp.Do(s.ctx, a); err != nil {
			s.Fatal(err)
		}
	}
}

// look evaluates an expression, which may be a promise.
func (s searching) look(js string) (text string) {
	s.Helper()
	text, err := chromedp.Run(s.ctx, chromedp.Evaluate[string](`(async () => String(`+js+`))()`, chromedp.EvalAwaitPromise))
	if err != nil {
		s.Fatalf("%s: %v", js, err)
	}
	return text
}

// hits waits for the answer and returns the pages found, a line each.
func (s searching) hits() string {
	s.Helper()
	return s.look(`await new Promise(done => {
		const hits = document.querySelector('.hits');
		const look = () => hits.ariaBusy === 'false' ? done(Array.from(hits.children, li => li.innerText.replace(/\s+/g, ' ')).join('\n')) : setTimeout(look, 5);
		look();
	})`)
}

// ask types a query anew.
func (s searching) ask(query string) string {
	s.Helper()
	s.look(`(input => { input.value = ''; input.focus(); })(document.querySelector('.ask input'))`)
	s.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, input.InsertText, input.InsertTextParams{Text: query})
		return err
	}))
	return s.hits()
}

// loadedFiles are the scripts and styles that a page has asked for by now.
const loadedFiles = `Array.from(document.querySelectorAll('script, link[rel=stylesheet]'), e => (e.src || e.href).split('/').pop())`

// TestSearchInABrowser searches from disk as a reader does: by key, with a
// slip of the finger, for figures, with a filter, by arrows, into a heading.
func TestSearchInABrowser(t *testing.T) {
	bundled(t)
	dir, _ := onDisk(t, &generator.Builder{Content: example()})
	s := openSearch(t, dir, "stories/flag-rollback.html")
	if loaded := s.look(loadedFiles); loaded != "theme.js,site.css,site.js" {
		t.Errorf("before anybody searches the page loads %s", loaded)
	}
	s.do(chromedp.KeyEvent("/"), chromedp.WaitVisible("dialog.search"))
	for query, wanted := range map[string]string{
		"cache saturation": "Cache saturation",
		"cahce saturaton":  "Cache saturation",                     // slips
		"38 min":           "Checkout 503 spike on Prime Day 2023", // its home before the many that quote it
		"$3.2M":            "Checkout 503 spike on Prime Day 2023", // however it is written
		"12.96%":           "Checkout 503 spike on Prime Day 2023",
		"rollback":         "Checkout 503 spike on Prime Day 2023", // written roll-back
	} {
		first, _, _ := strings.Cut(s.ask(query), "\n")
		if !strings.HasPrefix(first, wanted) {
			t.Errorf("%q finds first %q, want %q", query, first, wanted)
		}
	}
	if got := s.ask("xyzzy"); got != "" {
		t.Errorf("a word of nobody's finds %q", got)
	}
	if said := s.look(`await new Promise(done => setInterval(() => { const p = document.querySelector('[role=status]'); if (p.textContent.startsWith('Nothing')) done(p.textContent); }, 20))`); said != "Nothing for xyzzy." {
		t.Errorf("readers who listen hear %q", said)
	}

	choose := func(label, value string) string {
		s.look(fmt.Sprintf(`(s => { s.value = %q; s.dispatchEvent(new Event('change', {bubbles: true})); return s.value; })(Array.from(document.querySelectorAll('.by label')).find(l => l.textContent.startsWith(%q)).querySelector('select'))`, value, label))
		return s.hits()
	}
	s.ask("flag")
	stories := choose("Kind", "Story")
	if n := strings.Count(stories, "\n"); n < 2 || strings.Count(stories, "\n")+1 != strings.Count(stories, " Stories ") {
		t.Errorf("stories with a flag:\n%s", stories)
	}
	if owned := choose("Principle", "Ownership"); owned == "" || strings.Count(owned, "\n") >= strings.Count(stories, "\n") {
		t.Errorf("of these, with ownership:\n%s", owned)
	}
	choose("Principle", "")
	choose("Kind", "")

	s.ask("telemetry connection")
	s.do(chromedp.KeyEvent(kb.ArrowDown), chromedp.KeyEvent(kb.ArrowDown))
	at := s.look(`document.activeElement.href`)
	if !strings.Contains(at, ".html#") {
		t.Errorf("two arrows down the reader stands on %s, not on a heading", at)
	}
	s.do(chromedp.KeyEvent(kb.Enter))
	if got := s.look(`await new Promise(done => { const look = () => location.hash && document.readyState === 'complete' ? done(location.href) : setTimeout(look, 10); look(); })`); got != at {
		t.Errorf("Enter leads to %s, want %s", got, at)
	}
	if s.look(`document.getElementById(decodeURIComponent(location.hash.slice(1))).tagName`) != "H2" {
		t.Errorf("%s is no heading", at)
	}
}

// TestScriptSplitsWords holds the script to the cases that package search is
// held to: what is typed must be split as what is read.
func TestScriptSplitsWords(t *testing.T) {
	s := searching{t, browser(t)}
	code, err := os.ReadFile("../themes/client/words.js")
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile("render/search/testdata/words.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []struct{ Text, Indexed, Typed string }
	if err := json.Unmarshal(data, &cases); err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		call := fmt.Sprintf("(() => { %s; return indexed(%q).join(' ') + '|' + typed(%[2]q).join(' '); })()", strings.ReplaceAll(string(code), "\nexport ", "\n"), c.Text)
		if got := s.look(call); got != c.Indexed+"|"+c.Typed {
			t.Errorf("%q: %q, want %q", c.Text, got, c.Indexed+"|"+c.Typed)
		}
	}
}

// TestExcerptsShowTheHit holds that the words that answer stand in what is
// shown of a page, also where nothing parts words, or a long address stands
// before them.
func TestExcerptsShowTheHit(t *testing.T) {
	bundled(t)
	dir, _ := onDisk(t, &generator.Builder{Content: fstest.MapFS{
		"a.md": {Data: []byte("# 見出し\n\n" + strings.Repeat("これは長い文章で", 40) + "障害" + strings.Repeat("さらに続きがあります。", 20) + "\n")},
		"b.md": {Data: []byte("# Long\n\n" + strings.Repeat("word ", 40) + "https://example.com/" + strings.Repeat("a", 180) + "/needle/tail " + strings.Repeat("word ", 40) + "\n")},
	}})
	s := openSearch(t, dir, "a.html")
	s.do(chromedp.KeyEvent("/"), chromedp.WaitVisible("dialog.search"))
	for query, want := range map[string]string{"障害": "障害", "needle": "needle"} {
		s.ask(query)
		if got := s.look(`Array.from(document.querySelectorAll('.hits .said mark'), m => m.textContent)`); got != want {
			t.Errorf("%q: the excerpt marks %q in %q", query, got, s.look(`document.querySelector('.hits .said').textContent`))
		}
		if n := len([]rune(s.look(`document.querySelector('.hits .said').textContent`))); n < 60 || n > 200 {
			t.Errorf("%q: the excerpt has %d letters", query, n)
		}
	}
}

// TestSearchOnInterviewDay holds that Escape leaves the search, and not the
// interview day below it.
func TestSearchOnInterviewDay(t *testing.T) {
	bundled(t)
	dir, _ := onDisk(t, &generator.Builder{Content: example()})
	s := searching{t, browser(t)}
	s.do(sitting, chromedp.Navigate(address(dir, "rounds/round-1-design-peak-checkout.html")+"#day"))
	s.until(`document.querySelector('.day-bar')`)
	s.do(chromedp.KeyEvent("/"), chromedp.WaitVisible("dialog.search"), chromedp.KeyEvent(kb.Escape))
	s.until(`!document.querySelector('dialog.search').open`)
	if got := s.look(`document.querySelectorAll('.day-bar').length`); got != "1" {
		t.Error("Escape in the search leaves the interview day")
	}
	s.do(chromedp.KeyEvent(kb.Escape))
	if got := s.look(`document.querySelectorAll('.day-bar').length`); got != "0" {
		t.Error("Escape does not leave the interview day")
	}
}
