package preview

import (
	"context"
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
