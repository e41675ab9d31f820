package generator_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"debrief/generator"
)

// tool returns the folder of an npm package that only tests need. In CI
// `make test` has fetched it.
func tool(t *testing.T, name string) string {
	t.Helper()
	dir, err := filepath.Abs("../themes/client/node_modules/" + name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(dir); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatalf("no %s: this test must run in CI; `make test` fetches it", name)
		}
		t.Skipf("no %s; `make test` fetches it", name)
	}
	return dir
}

// axe runs every rule of axe-core but those for whole sites, and returns what
// is wrong: the rule and the element, a line each.
const axe = `(await axe.run(document, {resultTypes: ['violations']})).violations.flatMap(v => v.nodes.map(n => v.id + ': ' + n.html.slice(0, 160))).join('\n')`

// scheme asks for light or dark, as the reader's system does, and for no
// motion.
func scheme(name string) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: name}, {Name: "prefers-reduced-motion", Value: "reduce"}},
		})
		return err
	})
}

// TestAxe holds a page of each kind to WCAG 2.2 and to good practice: light
// and dark, on a phone and at a desk, with everything open that opens.
func TestAxe(t *testing.T) {
	source, err := os.ReadFile(filepath.Join(tool(t, "axe-core"), "axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	dir, r := onDisk(t, &generator.Builder{Content: example()})
	files := onePageOfEach(r)
	whole := browser(t)
	for _, colours := range []string{"light", "dark"} {
		for where, width := range map[string]int64{"phone": 390, "desk": 1280} {
			t.Run(colours+" "+where, func(t *testing.T) {
				t.Parallel()
				tab, stop := chromedp.NewContext(whole)
				defer stop()
				a := axing{searching{t, tab}, string(source)}
				a.do(sitting, scheme(colours), chromedp.EmulateViewport(width, 900))
				for _, file := range files {
					a.load(address(dir, file))
					if where == "phone" && colours == "light" {
						a.folds(file)
					}
					a.look(`document.querySelectorAll('main details').forEach(d => { d.open = true; })`)
					a.check(file)
				}
				a.states(dir, where == "phone")
			})
		}
	}
}

type axing struct {
	searching
	source string
}

func (a axing) load(address string) {
	a.Helper()
	a.do(chromedp.Navigate(address))
	if _, err := chromedp.Run(a.ctx, chromedp.Evaluate[bool](a.source+"; true")); err != nil {
		a.Fatal(err)
	}
}

func (a axing) check(where string) {
	a.Helper()
	for line := range strings.SplitSeq(a.look(axe), "\n") {
		if line != "" {
			a.Errorf("%s: %s", where, line)
		}
	}
}

// folds looks at a page as it opens on phones of several heights: whatever
// lies at the fold is partly under the bar.
func (a axing) folds(file string) {
	a.Helper()
	for _, height := range []int64{640, 823} {
		a.do(chromedp.EmulateViewport(390, height))
		for line := range strings.SplitSeq(a.look(strings.Replace(axe, "document, {", "document, {runOnly: ['target-size'], ", 1)), "\n") {
			if line != "" {
				a.Errorf("%s, %d px high: %s", file, height, line)
			}
		}
	}
	a.do(chromedp.EmulateViewport(390, 900))
}

// states are what a page becomes under its reader's hands.
func (a axing) states(dir string, phone bool) {
	a.Helper()
	a.load(address(dir, "stories/flag-rollback.html"))
	if a.look(`'search' in document.querySelector('script[src$="site.js"]').dataset`) == "true" {
		a.do(chromedp.KeyEvent("/"), chromedp.WaitVisible("dialog.search"))
		a.ask("cache")
		a.check("with the search open")
		a.ask("xyzzy")
		a.check("with nothing found")
		a.do(chromedp.KeyEvent("\u001b"))
	}
	a.look(`document.querySelector('.text .prose a:not(.fact, .anchor)').focus({focusVisible: true})`)
	a.until(`document.querySelector('.preview')?.checkVisibility()`)
	a.check("at a link that says where it leads")
	a.do(chromedp.KeyEvent("\u001b"))
	if phone {
		for _, label := range []string{"Menu", "Contents"} {
			a.look(`Array.from(document.querySelectorAll('.thumb button')).find(b => b.textContent === '` + label + `').click()`)
			a.check("with " + label + " open")
			a.do(chromedp.KeyEvent("\u001b"))
			a.until(`!document.querySelector('dialog[open]')`)
		}
	}
	a.load(address(dir, "rounds/round-1-design-peak-checkout.html") + "#day")
	a.until(`document.querySelector('.day-bar')`)
	a.check("on interview day")
}
