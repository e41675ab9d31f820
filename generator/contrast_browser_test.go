package generator_test

import (
	"context"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"debrief/generator"
)

// system makes the page one of a reader whose system is set so: pairs of a
// media feature and its value.
func system(features ...string) chromedp.Action[chromedp.Void] {
	var set []*emulation.MediaFeature
	for i := 0; i < len(features); i += 2 {
		set = append(set, &emulation.MediaFeature{Name: features[i], Value: features[i+1]})
	}
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: set})
		return err
	})
}

// pale is what does not stand out from its ground by 3:1: the edges of
// controls, the ring of the focus, and the marks of drawings, of which the
// edge or the area has to. Text has a measure of its own.
const pale = `(() => {
	const out = new Set(), count = {};
	const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
	const rgb = c => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = c; canvas.fillRect(0, 0, 1, 1); return canvas.getImageData(0, 0, 1, 1).data; };
	const lum = c => { const f = v => { v /= 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; }; return 0.2126 * f(c[0]) + 0.7152 * f(c[1]) + 0.0722 * f(c[2]); };
	const ground = e => { for (; e; e = e.parentElement) { const c = rgb(getComputedStyle(e).backgroundColor); if (c[3] > 250) return c; } return rgb('Canvas'); };
	const stands = (c, on) => { c = rgb(c); const a = lum([0, 1, 2].map(i => on[i] + (c[i] - on[i]) * c[3] / 255)), b = lum(on); return (Math.max(a, b) + .05) / (Math.min(a, b) + .05) >= 3; };
	const say = (kind, ok, e) => { count[kind] = (count[kind] || 0) + 1; if (!ok) out.add(kind + ': ' + e.outerHTML.slice(0, 110)); };
	for (const e of document.querySelectorAll('a[href], button, input, select, summary, [tabindex="0"]')) {
		if (!e.checkVisibility({visibilityProperty: true, opacityProperty: true})) continue;
		const s = getComputedStyle(e), on = ground(e.parentElement);
		if (e.matches('button:not(.sort, .thumb *), input[type=search], select')) say('edge', parseFloat(s.borderTopWidth) >= 1 && stands(s.borderTopColor, on), e);
		e.focus({focusVisible: true});
		const f = getComputedStyle(e);
		say('focus', f.outlineStyle !== 'none' && parseFloat(f.outlineWidth) >= 2 && stands(f.outlineColor, on), e);
	}
	for (const e of document.querySelectorAll('.mark, .badge')) if (e.checkVisibility()) say('mark', stands(getComputedStyle(e).borderTopColor, ground(e.parentElement)), e);
	for (const e of document.querySelectorAll('main svg:not(.sheet) :is(rect, line, path, circle, polygon, polyline)')) {
		const s = getComputedStyle(e);
		if (!e.checkVisibility() || e.closest('defs, .paper') || s.fill.startsWith('url(')) continue;
		say('drawn', stands(s.fill, ground(e)) || parseFloat(s.strokeWidth) >= 1 && stands(s.stroke, ground(e)), e);
	}
	return [...out].concat(count.edge && count.focus ? [] : 'nothing to look at').join('\n');
})()`

// TestContrast reads a page of each kind as somebody whose system asks for
// more contrast does, or allows only colours of its own: text keeps 7:1, and
// controls, the focus, verdicts and the marks of drawings are all seen.
func TestContrast(t *testing.T) {
	dir, r := onDisk(t, &generator.Builder{Content: example()})
	_, site := build(t, &generator.Builder{Content: example()})
	s := searching{t, browser(t)}
	s.do(sitting, chromedp.EmulateViewport(1280, 900))
	for _, asked := range []string{"prefers-contrast more", "forced-colors active"} {
		for _, scheme := range []string{"light", "dark"} {
			s.do(system(append(strings.Fields(asked), "prefers-color-scheme", scheme)...))
			for _, file := range heaviestOfEach(r, site) {
				s.do(chromedp.Navigate(address(dir, file)))
				if s.look(`matchMedia('(`+strings.Replace(asked, " ", ": ", 1)+`)').matches`) != "true" {
					t.Fatalf("the browser does not know %s", asked)
				}
				for _, what := range []string{pale, measurePage + `.join('\n')`} {
					for line := range strings.SplitSeq(s.look(what), "\n") {
						if line != "" {
							t.Errorf("%s, %s, %s: %s", file, asked, scheme, line)
						}
					}
				}
			}
		}
	}
}
