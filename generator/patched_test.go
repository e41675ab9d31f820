package generator_test

import (
	"context"
	"net"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/chromedp/chromedp"

	"debrief/generator"
	"debrief/generator/preview"
)

// previewed serves a handbook; edit puts a line into the front matter of a note
// while its page is open, and returns when the newer page stands in its place.
func previewed(t *testing.T, ctx context.Context) (address string, show func(), edit func(note string)) {
	t.Helper()
	notes := copyOf(t, example())
	builder := &generator.Builder{Content: notes}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := preview.New(preview.Options{Hosts: preview.Hosts(listener.Addr())})
	serving, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(serving, listener) }()
	t.Cleanup(func() { stop(); <-ended })
	show = func() {
		t.Helper()
		r, err := builder.Build(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		server.Show(r.Files, r.Findings, r.NoteAt)
	}
	edit = func(note string) {
		t.Helper()
		notes[note] = &fstest.MapFile{Data: append([]byte("---\ndescription: It is new.\n"), notes[note].Data[len("---\n"):]...)}
		// The promise stands before the build begins, and is awaited after it.
		if _, err := chromedp.Run(ctx, chromedp.Evaluate[bool](`window.patched = new Promise(done => addEventListener("debrief:patched", () => setTimeout(done, 0, true), { once: true })), true`)); err != nil {
			t.Fatal(err)
		}
		show()
		if _, err := chromedp.Run(ctx, chromedp.Evaluate[bool](`window.patched`, chromedp.EvalAwaitPromise)); err != nil {
			t.Fatalf("%s: %v", note, err)
		}
	}
	return "http://" + listener.Addr().String() + "/", show, edit
}

// TestAPatchedPageIsWhole edits the note of an open page and holds that the
// newer page, put in its place, has all that the theme's scripts add, once.
func TestAPatchedPageIsWhole(t *testing.T) {
	ctx := browser(t)
	address, show, edit := previewed(t, ctx)
	const added = `[...document.querySelectorAll(".top button, .thumb, dialog.sheet, figure.code button, .tally, .filter")].map(e => e.className + e.textContent.replace(/\s+/g, " ")).join("|")`
	for page, note := range map[string]string{"playbooks/dns-change.html": "playbooks/dns-change.md", "stories/index.html": "stories/flag-rollback.md"} {
		show()
		if err := chromedp.Do(ctx, chromedp.EmulateViewport(1280, 900), chromedp.Navigate(address+page)); err != nil {
			t.Fatal(err)
		}
		before, err := chromedp.Run(ctx, chromedp.Evaluate[string](`window.mine = 1; `+added))
		if err != nil || before == "" {
			t.Fatalf("%s: the scripts added %q (%v)", page, before, err)
		}
		edit(note)
		after, err := chromedp.Run(ctx, chromedp.Evaluate[string](added+` + (window.mine === 1 ? "" : " anew")`))
		if err != nil || after != before {
			t.Errorf("%s: the patched page has\n%s\nbefore it had\n%s (%v)", page, after, before, err)
		}
	}
}

// TestTheClockOfADayGoesOn edits the note of a round whose clock runs.
func TestTheClockOfADayGoesOn(t *testing.T) {
	ctx := browser(t)
	address, show, edit := previewed(t, ctx)
	show()
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(390, 800), chromedp.Navigate(address+"rounds/round-5-live-incident.html#day"),
		chromedp.WaitVisible(".day-keys button"), chromedp.Click(".day-keys button")); err != nil {
		t.Fatal(err)
	}
	edit("rounds/round-5-live-incident.md")
	const clock = `document.querySelector(".day-time").textContent`
	if err := chromedp.Do(ctx, chromedp.WaitVisible(".day-time")); err != nil {
		t.Fatal(err)
	}
	if got, err := chromedp.Run(ctx, chromedp.Evaluate[string](clock)); err != nil || !strings.Contains(got, " left") {
		t.Errorf("the clock says %q (%v)", got, err)
	}
}
