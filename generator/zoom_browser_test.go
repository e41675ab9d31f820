package generator_test

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"debrief/generator"
)

// lost is what a reader cannot read: text that lies under other text, beyond
// the edge of the page, or beyond that of a box which neither grows nor
// scrolls. Drawings have a test of their own.
const lost = `(() => {
	const out = [], texts = [];
	const unpainted = e => { while (e && getComputedStyle(e).clipPath === 'none') e = e.parentElement; return e; };
	const scroller = e => { while (e && !/auto|scroll/.test(getComputedStyle(e).overflowX)) e = e.parentElement; return e; };
	const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	for (let n = walker.nextNode(); n; n = walker.nextNode()) {
		const e = n.parentElement;
		if (!n.data.trim() || e.closest('svg, .skip, .thumb, .menu nav') || unpainted(e) || !e.checkVisibility({visibilityProperty: true})) continue;
		const range = document.createRange();
		range.selectNodeContents(n);
		for (const r of range.getClientRects()) {
			if (!r.width) continue;
			const box = scroller(e)?.getBoundingClientRect();
			if (!box && (r.left < -1 || r.right > innerWidth + 1)) out.push('beyond the edge: ' + n.data.trim().slice(0, 60));
			if (!box || r.top < box.bottom && r.left < box.right)
				texts.push({ n, top: r.top, bottom: r.bottom, left: r.left, right: Math.min(r.right, box?.right ?? r.right) });
		}
	}
	texts.sort((a, b) => a.top - b.top);
	texts.forEach((a, i) => {
		for (let j = i + 1; j < texts.length && texts[j].top < a.bottom - 4; j++) {
			const b = texts[j];
			// Lines stand closer than the boxes of their letters.
			const high = Math.min(a.bottom, b.bottom) - b.top, of = Math.min(a.bottom - a.top, b.bottom - b.top);
			if (Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2 && high > of / 2)
				out.push('one on the other: ' + a.n.data.trim().slice(0, 40) + ' | ' + b.n.data.trim().slice(0, 40));
		}
	});
	for (const e of document.querySelectorAll('body *')) {
		const s = getComputedStyle(e);
		if (e.closest('svg') || unpainted(e) || !e.checkVisibility()) continue;
		if (/hidden|clip/.test(s.overflowX) && e.scrollWidth > e.clientWidth + 1 || /hidden|clip/.test(s.overflowY) && e.scrollHeight > e.clientHeight + 1)
			out.push('cut off: ' + e.tagName + '.' + e.className + ' ' + e.textContent.trim().slice(0, 40));
	}
	return out.concat(texts.length > 10 ? [] : 'no text').join('\n');
})()`

// TestZoom reads the heaviest page of each kind at 200 %, in a window for a
// desk and in one half as wide: zoomed, a window has half the width and half
// the height in twice the pixels. Nothing is lost, nothing scrolls sideways,
// and the focus is seen.
func TestZoom(t *testing.T) {
	dir, r := onDisk(t, &generator.Builder{Content: example()})
	_, site := build(t, &generator.Builder{Content: example()})
	s := searching{t, browser(t)}
	s.do(sitting, scheme("light"))
	for _, window := range []int64{1280, 640} {
		s.do(chromedp.EmulateViewport(window/2, 900/2, chromedp.EmulateScale(2)))
		for _, file := range heaviestOfEach(r, site) {
			s.do(chromedp.Navigate(address(dir, file)))
			s.look(`document.querySelectorAll('main details').forEach(d => { d.open = true; })`)
			for _, what := range []string{lost, measurePage + `.join('\n')`, unseen} {
				for line := range strings.SplitSeq(s.look(what), "\n") {
					if line != "" {
						t.Errorf("%s, %d px at 200 %%: %s", file, window, line)
					}
				}
			}
		}
	}
}
