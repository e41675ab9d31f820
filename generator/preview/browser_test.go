package preview

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/chromedp"

	"debrief/generator/browsertest"
	"debrief/generator/diag"
)

// browser starts a Chromium that the test owns, for a minute at most.
func browser(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(browsertest.Start(t), time.Minute)
	t.Cleanup(cancel)
	return ctx
}

// TestInABrowser follows one open page through changes, failures and the end
// of the server.
func TestInABrowser(t *testing.T) {
	ctx := browser(t)
	s, address, stop := serve(t)
	var mu sync.Mutex
	var complaints []string
	err := chromedp.Listen(ctx, func(event any) {
		if e, ok := event.(*log.EventEntryAdded); ok && !strings.Contains(e.Entry.Text, "ERR_") && !strings.Contains(e.Entry.URL, "favicon") {
			mu.Lock()
			defer mu.Unlock()
			complaints = append(complaints, e.Entry.Text+" "+e.Entry.URL)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	long := func(text string) map[string]string {
		return map[string]string{"index.html": "<!doctype html><title>" + text + "</title><body><h1>" + text + "</h1>" +
			"<label>Narrow down <input type=search></label><details><summary>One</summary>1</details><details open><summary>Two</summary>2</details><details><summary>One</summary>3</details>" +
			strings.Repeat("<p>line</p>", 300) + "</body>"}
	}
	eval := func(script string) string {
		t.Helper()
		value, err := chromedp.Run(ctx, chromedp.Evaluate[string]("String("+script+")"))
		if err != nil {
			t.Fatalf("%s: %v", script, err)
		}
		return value
	}
	until := func(script, want string) {
		t.Helper()
		got := ""
		for end := time.Now().Add(20 * time.Second); ; time.Sleep(5 * time.Millisecond) {
			// while a page is being replaced there is nothing to ask
			var err error
			if got, err = chromedp.Run(ctx, chromedp.Evaluate[string]("String("+script+")")); err == nil && got == want {
				return
			}
			if time.Now().After(end) {
				t.Fatalf("%s is %q, want %q", script, got, want)
			}
		}
	}
	const (
		heading = `document.querySelector("h1").textContent`
		board   = `(() => { const b = document.querySelector("debrief-preview").shadowRoot.querySelector(".board"); return b.hidden ? "" : b.innerText.replace(/\s+/g, " ").trim() })()`
		gone    = `document.querySelector("debrief-preview").shadowRoot.querySelector(".gone").checkVisibility()`
		folds   = `[...document.querySelectorAll("details")].map((d) => d.open)`
	)

	// Nothing is built yet: the page turns into the site by itself.
	if err := chromedp.Do(ctx, chromedp.Navigate(address+"/")); err != nil {
		t.Fatal(err)
	}
	until(heading, "Not built yet")
	s.Fail(errors.New("theme: page.html:3: <b>unexpected</b> end"))
	until(board, "not built: this is the last good page theme: page.html:3: <b>unexpected</b> end")
	s.Show(siteOf(long("first")), nil, nil)
	until(heading, "first")
	until(board, "")
	if got := eval(folds); got != "false,true,false" {
		t.Errorf("at first the folds are %s", got)
	}

	// A newer page comes in place: where one was, what was opened and typed, and
	// where one typed it, stay.
	eval(`(() => { const d = document.querySelectorAll("details"); d[1].open = false; d[2].open = true; scrollTo(0, 900) })()`)
	eval(`(() => { const i = document.querySelector("input"); i.focus({ preventScroll: true }); i.value = "half a wo"; i.setSelectionRange(4, 4) })()`)
	eval(`(window.mine = 1)`)
	s.Show(siteOf(long("second")), nil, nil)
	until(heading, "second")
	until(folds, "false,false,true")
	until("scrollY", "900")
	until(`document.activeElement.tagName + document.activeElement.value + document.activeElement.selectionStart`, "INPUThalf a wo4")
	until("document.title", "second")
	until("window.mine", "1")

	// While a dialog is open it waits.
	eval(`(() => { const d = document.createElement("dialog"); document.body.append(d); d.showModal() })()`)
	s.Show(siteOf(long("third")), nil, nil)
	s.Fail(errors.New("wait for it"))
	until(board, "not built: this is the last good page wait for it")
	until(heading, "second")
	eval(`(document.querySelector("dialog").close())`)
	until(heading, "third")
	s.Show(siteOf(long("second")), nil, nil)
	until(heading, "second")

	// What the page is shown with is new: then it is loaded anew, and still keeps
	// the place.
	styled := long("second")
	styled["a.css"] = "h1 { color: red }"
	styled["index.html"] = strings.Replace(styled["index.html"], "<body>", `<link rel="stylesheet" href="a.css"><body>`, 1)
	s.Show(siteOf(styled), nil, nil)
	until("window.mine", "undefined")
	until("scrollY", "900")
	until(`document.querySelector("input").value`, "half a wo")
	s.Show(siteOf(long("second")), nil, nil)
	until(`document.querySelector("link[href='a.css']")`, "null")

	// The same again is no news.
	eval(`(window.mine = 1)`)
	s.Show(siteOf(long("second")), nil, nil)

	// A failure is shown over the page, and clears by itself.
	s.Fail(errors.New("it broke"))
	until(board, "not built: this is the last good page it broke")
	until("window.mine", "1")
	s.Show(siteOf(long("second")), diag.List{diag.At("bad-time", diag.Error, "a.md", diag.Pos{Line: 3, Column: 7}, 1, "no <time>")}, nil)
	until(board, "1 error in other notes")
	eval(`(document.querySelector("debrief-preview").shadowRoot.querySelector("summary").click())`)
	until(board, "1 error in other notes a.md:3:7 error no <time> [bad-time]")
	s.Show(siteOf(long("second")), nil, nil)
	until(board, "")
	until("window.mine", "1")

	// The message is styled although the page allows no inline styles.
	s.Fail(errors.New("it broke"))
	until(`getComputedStyle(document.querySelector("debrief-preview").shadowRoot.querySelector(".board")).position`, "fixed")

	// Without a server it says so.
	if got := eval(gone); got != "false" {
		t.Errorf("before the end, the mark is shown: %s", got)
	}
	stop()
	until(gone, "true")
	mu.Lock()
	defer mu.Unlock()
	for _, c := range complaints {
		if !strings.Contains(c, "503") { // what was answered before the first build
			t.Error(fmt.Sprint("the browser complains: ", c))
		}
	}
}

// TestALinkIntoAnExposedPreview follows the address with its token from a page
// of another site, as somebody does who got it in a chat.
func TestALinkIntoAnExposedPreview(t *testing.T) {
	ctx := browser(t)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := New(Options{Hosts: Hosts(l.Addr()), Token: "right"})
	s.Show(siteOf(map[string]string{"index.html": "<!doctype html><title>x</title><h1>home</h1>"}), nil, nil)
	preview := httptest.NewUnstartedServer(s)
	preview.Listener.Close()
	preview.Listener = l
	preview.Start()
	defer preview.Close()
	_, port, _ := net.SplitHostPort(l.Addr().String())
	chat := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprintf(w, `<!doctype html><title>x</title><h1>chat</h1><a href="http://localhost:%s/?token=right">look</a>`, port)
	}))
	defer chat.Close()
	if err := chromedp.Do(ctx, chromedp.Navigate(chat.URL), chromedp.Evaluate[chromedp.Void]("document.querySelector('a').click()")); err != nil {
		t.Fatal(err)
	}
	untilHeading(t, 0, ctx, "home")
}

// TestFollow goes to the note that was saved, once, and not from where somebody
// has gone since.
func TestFollow(t *testing.T) {
	ctx := browser(t)
	s, address, _ := serve(t)
	pages := func(a, b string) map[string]string {
		return map[string]string{"index.html": "<!doctype html><title>a</title><h1>" + a + "</h1>", "in/障害 b.html": "<!doctype html><title>b</title><h1>" + b + "</h1>"}
	}
	s.Show(siteOf(pages("a", "b")), nil, nil)
	if err := chromedp.Do(ctx, chromedp.Navigate(address+"/")); err != nil {
		t.Fatal(err)
	}
	untilHeading(t, 0, ctx, "a")
	s.Follow("index.html")
	s.Show(siteOf(pages("a saved", "b")), nil, nil)
	untilHeading(t, 0, ctx, "a saved")
	s.Follow("in/障害 b.html")
	s.Show(siteOf(pages("a saved", "b saved")), nil, nil)
	untilHeading(t, 0, ctx, "b saved")
	// A page that has not looked yet is loaded anew when there is something newer.
	for end := time.Now().Add(10 * time.Second); ; time.Sleep(5 * time.Millisecond) {
		inStep, err := chromedp.Run(ctx, chromedp.Evaluate[string](`window.mine = 1, sessionStorage.getItem("debrief.followed") ?? ""`))
		if err == nil && inStep == "null" {
			break
		}
		if time.Now().After(end) {
			t.Fatalf("the page does not look: %q, %v", inStep, err)
		}
	}
	s.Show(siteOf(pages("a saved", "b patched")), nil, nil)
	untilHeading(t, 0, ctx, "b patched")
	if mine, err := chromedp.Run(ctx, chromedp.Evaluate[string]("String(window.mine)")); err != nil || mine != "1" {
		t.Errorf("a page with a name of its own was not patched in place: %s, %v", mine, err)
	}
	if err := chromedp.Do(ctx, chromedp.Navigate(address+"/")); err != nil {
		t.Fatal(err)
	}
	untilHeading(t, 0, ctx, "a saved")
	s.Show(siteOf(pages("a again", "b saved")), nil, nil)
	untilHeading(t, 0, ctx, "a again")
}
