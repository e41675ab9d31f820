package generator_test

import (
	"context"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"debrief/generator"
)

// TestDarkPrintsAsLight holds that paper shows each page's colours as they are
// in the light, whatever the reader's system and the switch say.
func TestDarkPrintsAsLight(t *testing.T) {
	dir, r := onDisk(t, &generator.Builder{Content: example()})
	s := searching{t, browser(t)}
	const colours = `Array.from(document.querySelectorAll('body, main *')).filter(e => e.checkVisibility()).map(e => {
		const s = getComputedStyle(e);
		return [e.tagName, e.className.baseVal ?? e.className, s.color, s.backgroundColor, s.borderTopColor, s.fill, s.stroke].join(' ');
	}).join('\n')`
	onPaper := func(scheme, chosen string) string {
		s.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
			_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print", Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}})
			return err
		}))
		s.look(`document.documentElement.dataset.theme = '` + chosen + `'`)
		return s.look(colours)
	}
	for _, file := range onePageOfEach(r) {
		s.do(chromedp.Navigate(address(dir, file)))
		light, dark := onPaper("light", "light"), onPaper("dark", "dark")
		if len(light) < 100 {
			t.Fatalf("%s: nothing to compare", file)
		}
		if light != dark {
			t.Errorf("%s prints other colours from the dark%s", file, firstDifference([]byte(light), []byte(dark)))
		}
		if chosen := onPaper("dark", ""); light != chosen {
			t.Errorf("%s prints other colours where the system is dark%s", file, firstDifference([]byte(light), []byte(chosen)))
		}
	}
}

// TestThemeSwitch presses the switch: what was chosen is there after the page
// is loaded anew, before its first paint, and on the next page.
func TestThemeSwitch(t *testing.T) {
	dir, _ := onDisk(t, &generator.Builder{Content: example()})
	s := searching{t, browser(t)}
	s.do(scheme("light"), chromedp.Navigate(address(dir, "index.html")))
	const press = `Array.from(document.querySelectorAll('.top button')).find(b => b.textContent.startsWith('Theme')).click()`
	const state = `[document.documentElement.dataset.theme, getComputedStyle(document.body).colorScheme, Array.from(document.querySelectorAll('.top button')).pop().textContent].join(', ')`
	for _, want := range []string{"light, light, Theme: light", "dark, dark, Theme: dark"} {
		s.look(press)
		if got := s.look(state); got != want {
			t.Errorf("pressed, the page is %q, want %q", got, want)
		}
	}
	s.do(chromedp.Navigate(address(dir, "stories/flag-rollback.html")))
	if got := s.look(state); got != "dark, dark, Theme: dark" {
		t.Errorf("the next page is %q", got)
	}
	if got := s.look(`document.querySelector('head script').src.split('/').pop() + ' ' + document.querySelector('head script').defer + ' ' + (document.querySelector('head script').compareDocumentPosition(document.querySelector('[rel=stylesheet]')) & 4)`); got != "theme.js false 4" {
		t.Errorf("the theme is set by %s, want a script before the style", got)
	}
	s.look(press)
	if got := s.look(state); got != ", light dark, Theme: auto" {
		t.Errorf("the third press gives %q", got)
	}
}
