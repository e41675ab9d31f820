package generator_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"debrief/generator"
	"debrief/generator/browsertest"
	"debrief/generator/output"
)

// browser starts a Chromium that the test owns.
var browser = browsertest.Start

// onDisk writes a built site to a temporary folder and returns it.
func onDisk(t *testing.T, b *generator.Builder) (dir string, r *generator.Result) {
	t.Helper()
	r, _ = build(t, b)
	dir = filepath.Join(t.TempDir(), "site")
	if _, err := output.Write(context.Background(), dir, r.Files, output.Options{}); err != nil {
		t.Fatalf("write: %v", err)
	}
	return dir, r
}

func address(dir, file string) string {
	return (&url.URL{Scheme: "file", Path: filepath.Join(dir, filepath.FromSlash(file))}).String()
}

// onePageOfEach picks the first page of every template.
func onePageOfEach(r *generator.Result) []string {
	var files []string
	seen := make(map[string]bool)
	for _, p := range r.Site.Pages {
		if !seen[p.Template] {
			seen[p.Template] = true
			files = append(files, p.File)
		}
	}
	return files
}

// measurePage is what a reader would trip over, as lines of text.
const measurePage = `(() => {
	const out = [];
	const root = document.scrollingElement;
	if (root.scrollWidth > window.innerWidth + 1) {
		let worst = '';
		for (const e of document.querySelectorAll('body *')) {
			const r = e.getBoundingClientRect();
			if (r.right > window.innerWidth + 1 && r.width > 0 && !e.closest('.table, pre, [role=region]')) { worst = e.tagName + '.' + e.className; break; }
		}
		out.push('overflows to ' + root.scrollWidth + ' px: ' + worst);
	}
	const rgb = c => { const m = c.match(/[\d.]+/g); return m ? m.map(Number) : [0, 0, 0, 0]; };
	const lum = c => { const f = v => { v /= 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; }; return 0.2126 * f(c[0]) + 0.7152 * f(c[1]) + 0.0722 * f(c[2]); };
	const behind = e => { for (; e; e = e.parentElement) { const c = rgb(getComputedStyle(e).backgroundColor); if (c.length < 4 || c[3] > 0.99) return c; } return [255, 255, 255]; };
	const faint = new Set();
	const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	for (let n = walker.nextNode(); n; n = walker.nextNode()) {
		if (!n.data.trim()) continue;
		const e = n.parentElement, s = getComputedStyle(e);
		if (s.visibility === 'hidden' || s.display === 'none' || e.closest('svg') || !e.getClientRects().length) continue;
		const a = lum(rgb(s.color)), b = lum(behind(e));
		const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
		const size = parseFloat(s.fontSize), large = size >= 24 || size >= 18.66 && parseInt(s.fontWeight) >= 700;
		if (ratio < (large ? 4.5 : 7)) faint.add(e.tagName + '.' + e.className + ' ' + ratio.toFixed(2));
	}
	for (const f of faint) out.push('faint text: ' + f);
	return out;
})()`

// TestPagesInABrowser opens a page of every kind from disk: narrow, phone and
// desktop, light and dark. Nothing overflows, no text is faint, the console
// stays silent.
func TestPagesInABrowser(t *testing.T) {
	ctx := browser(t)
	dir, r := onDisk(t, &generator.Builder{Content: example()})
	quiet, stop := context.WithCancel(ctx)
	messages := chromedp.Console(quiet)
	for _, file := range onePageOfEach(r) {
		for _, dark := range []string{"light", "dark"} {
			scheme := chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
				_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
					Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: dark}},
				})
				return err
			})
			if err := chromedp.Do(ctx, scheme, chromedp.EmulateViewport(1280, 900), chromedp.Navigate(address(dir, file))); err != nil {
				t.Fatalf("%s: %v", file, err)
			}
			for _, width := range []int64{320, 390, 768, 1280} {
				if err := chromedp.Do(ctx, chromedp.EmulateViewport(width, 900)); err != nil {
					t.Fatalf("%s: %v", file, err)
				}
				said, err := chromedp.Run(ctx, chromedp.Evaluate[[]string](measurePage))
				if err != nil {
					t.Fatalf("%s: %v", file, err)
				}
				for _, line := range said {
					t.Errorf("%s, %s, %d px: %s", file, dark, width, line)
				}
			}
		}
	}
	time.AfterFunc(200*time.Millisecond, stop) // what the pages had to say has arrived by then
	for m, err := range messages {
		if err != nil {
			break
		}
		t.Errorf("console: %s (%s)", m, m.URL)
	}
}

// TestOddFolderInABrowser opens what no example holds: long words, other
// scripts, a wide table.
func TestOddFolderInABrowser(t *testing.T) {
	ctx := browser(t)
	wide := "| " + strings.Repeat("a column | ", 30) + "\n|" + strings.Repeat("---|", 30) + "\n| " + strings.Repeat("value | ", 30) + "\n"
	dir, r := onDisk(t, &generator.Builder{Content: fstest.MapFS{
		"日本語/メモ 一.md": {Data: []byte("# 障害の記録\n\n本文です。[[مذكرة]]\n")},
		"مذكرة.md":    {Data: []byte("# مذكرة عن العطل\n\n[[メモ 一]]\n")},
		"long.md":     {Data: []byte("# " + strings.Repeat("Donaudampfschifffahrtsgesellschaft", 5) + "\n\n" + strings.Repeat("x", 400) + "\n\n`" + strings.Repeat("y", 300) + "`\n\n" + wide)},
		"x.md":        {Data: []byte("")},
		"x/index.md":  {Data: []byte("no title")},
	}})
	for _, p := range r.Site.Pages {
		if err := chromedp.Do(ctx, chromedp.EmulateViewport(320, 800), chromedp.Navigate(address(dir, p.File))); err != nil {
			t.Fatalf("%s: %v", p.File, err)
		}
		said, err := chromedp.Run(ctx, chromedp.Evaluate[[]string](measurePage))
		if err != nil {
			t.Fatalf("%s: %v", p.File, err)
		}
		for _, line := range said {
			t.Errorf("%s: %s", p.File, line)
		}
	}
}

// TestCheatSheetPrintsOnOnePage prints the example's sheet on A4 and Letter.
func TestCheatSheetPrintsOnOnePage(t *testing.T) {
	ctx := browser(t)
	dir, _ := onDisk(t, &generator.Builder{Content: example()})
	if err := chromedp.Do(ctx, chromedp.Navigate(address(dir, "cheat-sheet.html"))); err != nil {
		t.Fatal(err)
	}
	for _, paper := range []chromedp.PaperSize{chromedp.PaperA4, chromedp.PaperLetter} {
		pdf, err := chromedp.Run(ctx, chromedp.PrintToPDF(chromedp.PDFPaper(paper)))
		if err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(string(pdf), "/Type /Page\n"); n != 1 {
			t.Errorf("the cheat sheet takes %d pages on %v, want 1", n, fmt.Sprint(paper))
		}
	}
}

// sitting makes the page behave as if somebody sat before it: it has the focus.
var sitting = chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
	_, err := cdp.Call(ctx, t, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})
	return err
})

// TestFocusShowsTheSource holds that a figure reached by keyboard says what it
// stands on, as one under the mouse does, and that the words are on the screen.
func TestFocusShowsTheSource(t *testing.T) {
	ctx := browser(t)
	dir, _ := onDisk(t, &generator.Builder{Content: example()})
	if err := chromedp.Do(ctx, sitting, chromedp.EmulateViewport(390, 800), chromedp.Navigate(address(dir, "stories/flag-rollback.html"))); err != nil {
		t.Fatal(err)
	}
	said, err := chromedp.Run(ctx, chromedp.Evaluate[[]string](`(() => {
		const f = document.querySelector('a.fact');
		f.focus({focusVisible: true});
		const s = getComputedStyle(f, '::before');
		return [f.title, s.content, s.position, String(document.documentElement.scrollWidth <= innerWidth)];
	})()`))
	if err != nil {
		t.Fatal(err)
	}
	if said[0] == "" || !strings.Contains(said[1], said[0]) || said[2] != "fixed" || said[3] != "true" {
		t.Errorf("a focused figure shows %q", said)
	}
}

// onPaper says what of a page would be wasted or lost on paper: what only
// leads elsewhere, and what is folded away. A tree that was drawn to fit the
// paper stands for its list.
const onPaper = `[...document.querySelectorAll("nav, button:not(.sort), input[type=search], .backlinks, .tags")]
	.filter(e => e.checkVisibility()).map(e => "prints " + (e.className || e.tagName) + ": " + e.textContent.trim().slice(0, 40))
	.concat([...document.querySelectorAll("main details:not(.findings) > :not(summary)")]
		.filter(e => e.textContent.trim() && !e.closest(".backlinks, nav, .chart-tree.on-paper") && !e.getClientRects().length)
		.map(e => "keeps folded: " + e.textContent.trim().slice(0, 40)))
	.concat([...document.querySelectorAll("main :is(td, th, p, li, pre, svg, img)")]
		.filter(e => e.checkVisibility() && !e.closest(".vh") && (e.getBoundingClientRect().right > innerWidth + 1 || e.getBoundingClientRect().left < -1))
		.map(e => "is cut by the edge: " + e.tagName + " " + e.textContent.trim().slice(0, 40)))`

// paperWidth is that of A4 within the margins of the pages, in CSS pixels.
const paperWidth = 680

// TestPagesOnPaper prints the first page of each template: nothing to click
// is on the paper, nothing that a click would open is missing, the edge cuts
// nothing off, and no heading is left behind at the foot of a page.
func TestPagesOnPaper(t *testing.T) {
	ctx := browser(t)
	dir, r := onDisk(t, &generator.Builder{Content: example()})
	paper := chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
		return err
	})
	for _, file := range onePageOfEach(r) {
		if err := chromedp.Do(ctx, chromedp.EmulateViewport(paperWidth, 900), paper, chromedp.Navigate(address(dir, file))); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		said, err := chromedp.Run(ctx, chromedp.Evaluate[[]string](onPaper))
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		for _, line := range said {
			t.Errorf("%s: %s", file, line)
		}
		for _, heading := range leftBehind(t, ctx) {
			t.Errorf("%s: the heading %q ends a page", file, heading)
		}
	}
}

// leftBehind prints the page that is open on papers of several heights, so
// that it breaks at several places, and returns the headings that stand last on
// a sheet. On lower papers than these no decision tree has room.
func leftBehind(t *testing.T, ctx context.Context) (out []string) {
	t.Helper()
	const all = `[...document.querySelectorAll("main :is(h2, h3, h4)")].map(e => e.innerText.replace(/\s+/g, " ").trim())`
	headings, err := chromedp.Run(ctx, chromedp.Evaluate[[]string](all))
	if err != nil {
		t.Fatal(err)
	}
	for _, height := range []float64{9, 9.5, 10, 10.5, chromedp.PaperLetter.Height, chromedp.PaperA4.Height} {
		printed, err := chromedp.Run(ctx, chromedp.PrintToPDF(chromedp.PDFPaper(chromedp.PaperSize{Width: chromedp.PaperA4.Width, Height: height})))
		if err != nil {
			t.Fatal(err)
		}
		sheets := strings.Split(strings.TrimSpace(pdfText(t, printed)), "\f")
		for _, sheet := range sheets[:len(sheets)-1] {
			lines := strings.Split(strings.TrimSpace(sheet), "\n")
			if last := strings.Join(strings.Fields(lines[len(lines)-1]), " "); slices.Contains(headings, last) {
				out = append(out, last)
			}
		}
	}
	return out
}

// pdfText reads a PDF with an independent reader; nothing without one.
func pdfText(t *testing.T, pdf []byte) string {
	t.Helper()
	read := exec.Command("pdftotext", "-layout", "-", "-")
	read.Stdin = bytes.NewReader(pdf)
	text, err := read.Output()
	if errors.Is(err, exec.ErrNotFound) && os.Getenv("CI") == "" {
		t.Log("no pdftotext here; `make test` installs it")
	} else if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
