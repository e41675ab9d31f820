package generator_test

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"debrief/generator"
)

// unseen walks through everything that takes the focus and says where a
// reader would not see it: no outline, off the screen, or under something
// else.
const unseen = `await (async () => {
	const out = [];
	const all = Array.from(document.querySelectorAll('a[href], button, input, select, summary, [tabindex="0"]'))
		.filter(e => !e.disabled && e.checkVisibility() && getComputedStyle(e).visibility === 'visible');
	for (const e of all) {
		e.focus({focusVisible: true});
		if (document.activeElement !== e) { out.push('takes no focus: ' + e.outerHTML.slice(0, 100)); continue; }
		const s = getComputedStyle(e), r = e.getClientRects()[0];
		if (s.outlineStyle === 'none' || parseFloat(s.outlineWidth) < 2) out.push('no outline: ' + e.outerHTML.slice(0, 100));
		if (!r) continue;
		const x = Math.min(Math.max(r.left + 3, 1), innerWidth - 2), y = Math.min(Math.max(r.top + 3, 1), innerHeight - 2);
		const whole = e.getBoundingClientRect();
		if (whole.right < 1 || whole.left > innerWidth || whole.bottom < 1 || whole.top > innerHeight) { out.push('off the screen: ' + e.outerHTML.slice(0, 100)); continue; }
		const over = document.elementFromPoint(x, y)?.closest('.thumb, .top, .contents, .menu');
		if (over && !over.contains(e)) out.push('hidden by ' + over.className + ': ' + e.outerHTML.slice(0, 100));
	}
	return [all.length > 5 ? '' : 'nothing takes the focus'].concat(out).filter(Boolean).join('\n');
})()`

// TestKeyboard reaches everything by keyboard, and sees where it is.
func TestKeyboard(t *testing.T) {
	dir, r := onDisk(t, &generator.Builder{Content: example()})
	s := searching{t, browser(t)}
	s.do(sitting, scheme("light"))
	for where, width := range map[string]int64{"phone": 390, "desk": 1280} {
		s.do(chromedp.EmulateViewport(width, 700))
		for _, file := range onePageOfEach(r) {
			s.do(chromedp.Navigate(address(dir, file)))
			for line := range strings.SplitSeq(s.look(unseen), "\n") {
				if line != "" {
					t.Errorf("%s, %s: %s", file, where, line)
				}
			}
		}
	}

	s.do(chromedp.Navigate(address(dir, "stories/flag-rollback.html")))
	var stops []string
	for range 4 {
		s.do(chromedp.KeyEvent(kb.Tab))
		stops = append(stops, s.look(`document.activeElement.className`))
	}
	if got := strings.Join(stops, ", "); !strings.HasPrefix(got, "skip, brand, ") {
		t.Errorf("the first stops are %s", got)
	}
	s.do(chromedp.Navigate(address(dir, "stories/flag-rollback.html")), chromedp.KeyEvent(kb.Tab), chromedp.KeyEvent(kb.Enter))
	s.until(`document.activeElement.tagName === 'MAIN'`)
}
