package generator_test

import (
	"bytes"
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"debrief/generator"
)

// watchShifts keeps what moves on a page, and tells the server when something
// has been painted.
const watchShifts = `
	const shifts = [], keep = entries => entries.forEach(e => shifts.push(e.value.toFixed(4) + ' ' + e.sources.map(s => {
		const n = s.node?.nodeType === 3 ? s.node.parentElement : s.node;
		return (n ? n.tagName + '.' + n.className : '?') + ' from ' + s.previousRect.y + ' to ' + s.currentRect.y;
	}).join(', ')));
	const watch = new PerformanceObserver(list => keep(list.getEntries()));
	watch.observe({type: 'layout-shift', buffered: true});
	new PerformanceObserver(list => list.getEntries().forEach(e => e.name === 'first-contentful-paint' && fetch('/painted'))).observe({type: 'paint', buffered: true});
	globalThis.shifted = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => {
		keep(watch.takeRecords());
		done(shifts.join('\n'));
	})));`

// TestNothingMoves opens the heaviest page of each kind where the script of
// all pages comes late, only when the page has been painted without it: what
// it adds finds its room kept. The window is as tall as most pages, so that
// all of it counts.
func TestNothingMoves(t *testing.T) {
	r, site := build(t, &generator.Builder{Content: example()})
	server := scriptsLate(t, site)
	s := searching{t, browser(t)}
	s.do(sitting, chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, cdppage.AddScriptToEvaluateOnNewDocument, cdppage.AddScriptToEvaluateOnNewDocumentParams{Source: "{" + watchShifts + "}"})
		return err
	}))
	for _, width := range []int64{320, 390, 1280} {
		s.do(chromedp.EmulateViewport(width, 8000))
		for _, file := range heaviestOfEach(r, site) {
			s.do(chromedp.Navigate(server.URL + "/" + file))
			if said := s.look("await shifted()"); said != "" {
				t.Errorf("%s, %d px: %s", file, width, said)
			}
		}
	}
}

// heaviestOfEach picks the longest page of every template.
func heaviestOfEach(r *generator.Result, site map[string][]byte) (files []string) {
	heaviest := make(map[string]string)
	for _, p := range r.Site.Pages {
		if len(site[p.File]) > len(site[heaviest[p.Template]]) {
			heaviest[p.Template] = p.File
		}
	}
	for _, p := range r.Site.Pages {
		if heaviest[p.Template] == p.File {
			files = append(files, p.File)
		}
	}
	return files
}

// scriptsLate serves a site and keeps the script of all pages back until the
// page has asked for /painted.
func scriptsLate(t *testing.T, site map[string][]byte) *httptest.Server {
	t.Helper()
	painted := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := strings.TrimPrefix(r.URL.Path, "/")
		switch name {
		case "painted":
			painted <- struct{}{}
			return
		case "debrief/site.js":
			<-painted
		}
		if site[name] == nil {
			t.Errorf("%s was asked for and is not there", name)
		}
		w.Header().Set("Cache-Control", "no-store")
		http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(site[name]))
	}))
	t.Cleanup(server.Close)
	return server
}
