package preview

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// TestEightTabs opens more tabs than a browser has connections to one server,
// and holds that each follows: the one that has the stream and, when that is
// closed, the next, and all others.
func TestEightTabs(t *testing.T) {
	first := browser(t)
	s, address, _ := serve(t)
	pages := func(text string) map[string]string {
		return map[string]string{"index.html": "<!doctype html><title>x</title><body><h1>" + text + "</h1></body>"}
	}
	s.Show(siteOf(pages("old")), nil, nil)
	tabs := []context.Context{first}
	for range 7 {
		ctx, cancel := chromedp.NewContext(first)
		t.Cleanup(cancel)
		tabs = append(tabs, ctx)
	}
	for i, tab := range tabs {
		if err := chromedp.Do(tab, chromedp.Navigate(address+"/")); err != nil {
			t.Fatalf("tab %d: %v", i, err)
		}
	}
	follow := func(text string, tabs []context.Context) {
		t.Helper()
		s.Show(siteOf(pages(text)), nil, nil)
		for i, tab := range tabs {
			untilHeading(t, i, tab, text)
		}
	}
	follow("new", tabs)

	// In a tab that does not hold the stream, a dialog keeps the page until it
	// is closed.
	const open = `(() => {
		const dialog = document.body.appendChild(document.createElement('dialog')), listen = dialog.addEventListener;
		dialog.addEventListener = function () { window.waits = true; listen.apply(this, arguments); };
		dialog.showModal();
	})()`
	if err := chromedp.Do(tabs[1], chromedp.Evaluate[chromedp.Void](open)); err != nil {
		t.Fatal(err)
	}
	follow("while a dialog is open", slices.Concat(tabs[:1], tabs[2:]))
	const waits = `new Promise(done => { const look = () => window.waits ? done(document.querySelector('h1').textContent) : setTimeout(look, 10); look(); })`
	if got, err := chromedp.Run(tabs[1], chromedp.Evaluate[string](waits, chromedp.EvalAwaitPromise)); err != nil || got != "new" {
		t.Errorf("under a dialog the page says %q, want %q (%v)", got, "new", err)
	}
	if err := chromedp.Do(tabs[1], chromedp.Evaluate[chromedp.Void]("document.querySelector('dialog').close()")); err != nil {
		t.Fatal(err)
	}
	untilHeading(t, 1, tabs[1], "while a dialog is open")

	if err := chromedp.Do(tabs[0], chromedp.Navigate("about:blank")); err != nil {
		t.Fatal(err)
	}
	follow("newer", tabs[1:])
}

func untilHeading(t *testing.T, i int, tab context.Context, want string) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		got, err := chromedp.Run(tab, chromedp.Evaluate[string]("document.querySelector('h1').textContent"))
		if err == nil && got == want {
			return
		}
		if time.Now().After(end) {
			t.Errorf("tab %d shows %q, want %q (%v)", i, got, want, err)
			return
		}
	}
}
