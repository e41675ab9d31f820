package preview

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"debrief/generator/diag"
	"debrief/generator/output"
)

const here = "127.0.0.1:4545"

var hosts = []string{here, "localhost:4545", "[::1]:4545"}

// siteOf is a site of these files, drawn as they stand here.
func siteOf(files map[string]string) output.Files {
	var out output.Files
	for path, text := range files {
		out = append(out, output.File{Path: path, Draw: func() ([]byte, error) { return []byte(text), nil }})
	}
	out.Sort()
	return out
}

func page(text string) string { return "<!doctype html>\n<body><p>" + text + "</p>\n</body>\n" }

var small = map[string]string{
	"index.html":           page("home"),
	"404.html":             "<!doctype html>\n<head><link href=\"debrief/site.css\"></head><body><a href=\"index.html\">home</a> <a href=\"#main\">skip</a> <a href=\"https://example.com/x\">out</a></body>\n",
	"incidents/index.html": page("incidents"),
	"incidents/a.html":     page("incident a"),
	"incidents/a:b.html":   page("a colon"),
	"debrief/site.css":     "p{}",
	"debrief/site.js":      "1",
	"files/ü ?.png":        "png",
	"clip.mp4":             "0123456789",
	"no-body.html":         "<p>x",
}

func showing(t *testing.T, files map[string]string) *Server {
	t.Helper()
	s := New(Options{Hosts: hosts, Prefix: "content/"})
	s.Show(siteOf(files), nil, nil)
	return s
}

// ask sends a request as a program would, changed by change.
func ask(s *Server, method, path string, change ...string) *http.Response {
	r := httptest.NewRequest(method, "/", nil)
	r.URL.Path, r.RequestURI = path, path
	r.Host = here
	for i := 0; i < len(change); i += 2 {
		switch change[i] {
		case "Host":
			r.Host = change[i+1]
		case "Query":
			r.URL.RawQuery = change[i+1]
		default:
			r.Header.Set(change[i], change[i+1])
		}
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w.Result()
}

func body(r *http.Response) string {
	b, _ := io.ReadAll(r.Body)
	return string(b)
}

func TestServesTheSiteAsBuiltButForOneTag(t *testing.T) {
	s := showing(t, small)
	for path, want := range small {
		r := ask(s, "GET", "/"+path)
		got := body(r)
		if strings.HasSuffix(path, ".html") {
			if strings.Count(got, scriptTag) != 1 {
				t.Errorf("%s has the script %d times", path, strings.Count(got, scriptTag))
			}
			got = strings.Replace(got, scriptTag, "", 1)
		}
		if r.StatusCode != 200 || got != want {
			t.Errorf("%s: %d %q, want %q", path, r.StatusCode, got, want)
		}
	}
}

func TestAddresses(t *testing.T) {
	s := showing(t, small)
	for _, c := range []struct {
		path     string
		status   int
		location string
		text     string
	}{
		{"/", 200, "", "home"},
		{"/incidents/", 200, "", "incidents"},
		{"/incidents", 302, "./incidents/", ""},
		{"/incidents/a", 302, "./a.html", ""},
		{"/incidents/a:b", 302, "./a:b.html", ""},
		{"/index", 302, "./index.html", ""},
		{"/missing", 404, "", `href="index.html"`},
		{"/in/a/folder", 404, "", `href="/index.html"`},
		{"/in/a/folder", 404, "", `href="/debrief/site.css"`},
		{"/in/a/folder", 404, "", `href="#main"`},
		{"/in/a/folder", 404, "", `href="https://example.com/x"`},
		{"/files/", 404, "", "home"},
		{"/incidents/a.html/", 404, "", "home"},
		{"//evil.example", 404, "", "home"},
		{"//evil.example/..", 404, "", "home"},
		{"/\\evil.example", 404, "", "home"},
		{"/../preview.go", 404, "", "home"},
		{"/..%2fpreview.go", 404, "", "home"},
		{"/incidents/../index.html", 404, "", "home"},
		{"/incidents/..\\..\\go.mod", 404, "", "home"},
		{"/.git/config", 404, "", "home"},
		{"/etc/passwd", 404, "", "home"},
		{"/index.html\x00", 404, "", "home"},
		{"/_debrief/", 404, "", "home"},
	} {
		r := ask(s, "GET", c.path)
		if got := body(r); r.StatusCode != c.status || r.Header.Get("Location") != c.location || !strings.Contains(got, c.text) {
			t.Errorf("GET %s: %d %q %q, want %d %q %q", c.path, r.StatusCode, r.Header.Get("Location"), got, c.status, c.location, c.text)
		}
	}
}

func TestTypesDoNotDependOnTheSystem(t *testing.T) {
	s := showing(t, small)
	for path, want := range map[string]string{
		"/index.html":           "text/html; charset=utf-8",
		"/debrief/site.css":     "text/css; charset=utf-8",
		"/debrief/site.js":      "text/javascript; charset=utf-8",
		"/files/ü ?.png":        "image/png",
		"/_debrief/reload.js":   "text/javascript; charset=utf-8",
		"/_debrief/preview.css": "text/css; charset=utf-8",
		"/missing":              "text/html; charset=utf-8",
	} {
		if got := ask(s, "GET", path).Header.Get("Content-Type"); got != want {
			t.Errorf("%s is %q, want %q", path, got, want)
		}
	}
	if got := typeOf("x.SVG"); got != "image/svg+xml; charset=utf-8" {
		t.Errorf("an SVG is %q", got)
	}
	if got := typeOf("x.exe"); got != "application/octet-stream" {
		t.Errorf("anything else is %q", got)
	}
}

func TestHeadAndRanges(t *testing.T) {
	s := showing(t, small)
	for _, path := range []string{"/", "/missing", "/_debrief/reload.js", "/_debrief/events"} {
		if r := ask(s, "HEAD", path); body(r) != "" || r.Header.Get("Content-Type") == "" {
			t.Errorf("HEAD %s has a body or no type", path)
		}
	}
	r := ask(s, "GET", "/clip.mp4", "Range", "bytes=2-4")
	if got := body(r); r.StatusCode != 206 || got != "234" {
		t.Errorf("a range: %d %q", r.StatusCode, got)
	}
}

var everywhere = []string{"/", "/index.html", "/missing", "/_debrief/events", "/_debrief/state", "/_debrief/reload.js"}

func TestOnlyOurHostsAreAnswered(t *testing.T) {
	s := showing(t, small)
	for _, host := range hosts {
		if r := ask(s, "GET", "/", "Host", host); r.StatusCode != 200 {
			t.Errorf("%s is refused with %d", host, r.StatusCode)
		}
	}
	for _, host := range []string{
		"", "*", "evil.example", "evil.example:4545", "127.0.0.1.evil.example:4545", "localhost.evil.example:4545",
		"127.0.0.1", "localhost", "127.0.0.1:4546", "localhost:80", "0.0.0.0:4545", "[::]:4545", "2130706433:4545",
		"127.1:4545", "0x7f000001:4545", "127.0.0.2:4545", "evil.example@127.0.0.1:4545", "127.0.0.1:4545.evil.example", "localhost:4545/",
	} {
		for _, path := range everywhere {
			r := ask(s, "GET", path, "Host", host, "Origin", "http://"+host)
			if got := body(r); r.StatusCode != 403 || strings.Contains(got, "home") {
				t.Errorf("%s%s is answered: %d %q", host, path, r.StatusCode, got)
			}
		}
	}
}

// TestForwardedHeadersChangeNothing holds that what a proxy says of a request
// opens no door and closes none.
func TestForwardedHeadersChangeNothing(t *testing.T) {
	s := showing(t, small)
	for _, name := range []string{"X-Forwarded-Host", "X-Forwarded-For", "X-Original-Host", "X-Host", "Forwarded"} {
		if r := ask(s, "GET", "/", "Host", "evil.example", name, here); r.StatusCode != 403 {
			t.Errorf("a foreign host with %s gets %d", name, r.StatusCode)
		}
		if r := ask(s, "GET", "/", name, "evil.example"); r.StatusCode != 200 {
			t.Errorf("our host with a foreign %s gets %d", name, r.StatusCode)
		}
	}
}

// TestAToken holds that with a token nothing is answered to those who have not
// shown it, and that it stands in no address afterwards.
func TestAToken(t *testing.T) {
	s := New(Options{Hosts: hosts, Token: "right"})
	s.Show(siteOf(small), nil, nil)
	for _, path := range everywhere {
		for _, query := range []string{"", "token=", "token=wrong", "token=rights", "token=righ"} {
			if r := ask(s, "GET", path, "Query", query); r.StatusCode != 403 || strings.Contains(body(r), "home") {
				t.Errorf("%s with %q: %d", path, query, r.StatusCode)
			}
		}
	}
	if r := ask(s, "GET", "/", "Cookie", "debrief_4545=wrong"); r.StatusCode != 403 {
		t.Errorf("a wrong cookie gets %d", r.StatusCode)
	}
	for path, want := range map[string]string{"/": "/?x=1", "/a b.html": "/a%20b.html?x=1", "//evil.example/": "/evil.example/?x=1", "/\\evil.example": "/evil.example?x=1"} {
		r := ask(s, "GET", path, "Query", "x=1&token=right")
		if r.StatusCode != 302 || r.Header.Get("Location") != want {
			t.Errorf("%s: %d to %q, want %q", path, r.StatusCode, r.Header.Get("Location"), want)
		}
		cookie := r.Header.Get("Set-Cookie")
		if !strings.HasPrefix(cookie, "debrief_4545=right;") || !strings.Contains(cookie, "HttpOnly") || !strings.Contains(cookie, "SameSite=Lax") {
			t.Errorf("%s: the cookie is %q", path, cookie)
		}
	}
	for _, path := range everywhere[:2] {
		if r := ask(s, "GET", path, "Cookie", "debrief_4545=right"); r.StatusCode != 200 {
			t.Errorf("%s with the cookie: %d", path, r.StatusCode)
		}
	}
	if r := ask(s, "GET", "/", "Query", "token=right", "Host", "evil.example"); r.StatusCode != 403 {
		t.Errorf("a foreign host with the token gets %d", r.StatusCode)
	}
}

func TestHostsOfAnAddress(t *testing.T) {
	for addr, want := range map[string]string{
		"127.0.0.1:4545": "[127.0.0.1:4545 localhost:4545 [::1]:4545]",
		"[::1]:4545":     "[127.0.0.1:4545 localhost:4545 [::1]:4545]",
		"127.0.0.9:4545": "[127.0.0.9:4545 127.0.0.1:4545 localhost:4545 [::1]:4545]",
		"127.0.0.1:80":   "[127.0.0.1:80 localhost:80 [::1]:80 127.0.0.1 localhost [::1]]",
	} {
		a, err := net.ResolveTCPAddr("tcp", addr)
		if err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprint(Hosts(a)); got != want {
			t.Errorf("Hosts(%s) = %s, want %s", addr, got, want)
		}
	}
}

// TestHostsOfAllAddresses holds that a server on every address answers at those
// that other machines reach, and names them first.
func TestHostsOfAllAddresses(t *testing.T) {
	all, err := net.InterfaceAddrs()
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, a := range all {
		ip, _, _ := net.ParseCIDR(a.String())
		if !strings.HasPrefix(ip.String(), "127.") && ip.String() != "::1" && !strings.HasPrefix(ip.String(), "fe80:") && !strings.HasPrefix(ip.String(), "169.254.") {
			want = append(want, net.JoinHostPort(ip.String(), "4545"))
		}
	}
	want = append(want, "127.0.0.1:4545", "localhost:4545", "[::1]:4545")
	if got := Hosts(&net.TCPAddr{IP: net.IPv4zero, Port: 4545}); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestOnlyReading(t *testing.T) {
	s := showing(t, small)
	for _, method := range []string{"POST", "PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "OPTIONS", "PROPFIND", "get"} {
		for _, path := range everywhere {
			r := ask(s, method, path)
			if r.StatusCode != 405 || r.Header.Get("Allow") != "GET, HEAD" {
				t.Errorf("%s %s: %d, Allow %q", method, path, r.StatusCode, r.Header.Get("Allow"))
			}
		}
	}
}

func TestOtherSitesAreRefused(t *testing.T) {
	s := showing(t, small)
	if r := ask(s, "GET", "/", "Origin", "http://"+here, "Sec-Fetch-Site", "same-origin"); r.StatusCode != 200 {
		t.Errorf("our own page is refused with %d", r.StatusCode)
	}
	for _, origin := range []string{
		"null", "", "http://evil.example", "https://127.0.0.1:4545", "http://127.0.0.1", "http://127.0.0.1:4546", "http://localhost:4545",
		"http://[::1]:4545", "http://127.0.0.1:4545.evil.example", "http://127.0.0.1:4545/",
	} {
		for _, path := range everywhere {
			r := ask(s, "GET", path, "Origin", origin)
			if r.StatusCode != 403 {
				t.Errorf("origin %q gets %s: %d", origin, path, r.StatusCode)
			}
			for name := range r.Header {
				if strings.HasPrefix(name, "Access-Control-") {
					t.Errorf("origin %q is told %s", origin, name)
				}
			}
		}
	}
	for _, c := range []struct {
		site, mode, dest string
		status           int
	}{
		{"none", "navigate", "document", 200},
		{"same-origin", "no-cors", "image", 200},
		{"cross-site", "navigate", "document", 200}, // somebody follows a link
		{"same-site", "navigate", "document", 200},
		{"cross-site", "navigate", "iframe", 403},
		{"cross-site", "navigate", "object", 403},
		{"cross-site", "no-cors", "script", 403},
		{"cross-site", "no-cors", "image", 403},
		{"cross-site", "cors", "empty", 403},
		{"same-site", "no-cors", "script", 403}, // another port of this machine
		{"same-site", "websocket", "websocket", 403},
	} {
		r := ask(s, "GET", "/index.html", "Sec-Fetch-Site", c.site, "Sec-Fetch-Mode", c.mode, "Sec-Fetch-Dest", c.dest)
		if r.StatusCode != c.status {
			t.Errorf("%v: %d", c, r.StatusCode)
		}
	}
}

func TestEveryAnswerIsGuarded(t *testing.T) {
	s := showing(t, small)
	for _, r := range []*http.Response{
		ask(s, "GET", "/"), ask(s, "GET", "/missing"), ask(s, "GET", "/incidents"), ask(s, "POST", "/"), ask(s, "GET", "/", "Host", "evil.example"),
		ask(s, "HEAD", "/_debrief/events"), ask(s, "GET", "/_debrief/reload.js"), ask(s, "GET", "/clip.mp4", "Range", "bytes=2-4"),
	} {
		for _, h := range securityHeaders {
			if got := r.Header.Get(h[0]); got != h[1] {
				t.Errorf("status %d: %s is %q", r.StatusCode, h[0], got)
			}
		}
	}
	csp := securityHeaders[0][1]
	for _, want := range []string{
		"default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "font-src 'self'",
		"connect-src 'self'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'",
	} {
		if !strings.Contains(csp+";", want+";") {
			t.Errorf("the policy lacks %s", want)
		}
	}
	if strings.Contains(csp, "unsafe") {
		t.Error("the policy allows what is unsafe")
	}
}

func TestFilesAreDrawnWhenWantedAndOnce(t *testing.T) {
	var drawn atomic.Int32
	s := New(Options{Hosts: hosts})
	draw := func() ([]byte, error) {
		drawn.Add(1)
		time.Sleep(time.Millisecond) // so that all ask while one draws
		return []byte(page("x")), nil
	}
	s.Show(output.Files{{Path: "a.html", Draw: draw}, {Path: "b.html", Draw: draw}}, nil, nil)
	if drawn.Load() != 0 {
		t.Fatal("drawn before anybody asked")
	}
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() { ask(s, "GET", "/a.html") })
	}
	wg.Wait()
	if got := drawn.Load(); got != 1 {
		t.Errorf("drawn %d times", got)
	}
	s.Show(output.Files{{Path: "a.html", Draw: draw}}, nil, nil)
	if ask(s, "GET", "/a.html"); drawn.Load() != 2 {
		t.Error("a new build is not drawn anew")
	}
}

func TestAPageThatCannotBeDrawn(t *testing.T) {
	var mu sync.Mutex
	var told []string
	s := New(Options{Hosts: hosts, Report: func(err error) {
		mu.Lock()
		defer mu.Unlock()
		told = append(told, err.Error())
	}})
	s.Show(output.Files{
		{Path: "a.html", Draw: func() ([]byte, error) { panic("no <such> field") }},
		{Path: "b.html", Draw: func() ([]byte, error) { return nil, errors.New("gone") }},
		{Path: "c.html", Draw: func() ([]byte, error) { return []byte("fine"), nil }},
	}, nil, nil)
	for range 2 {
		r := ask(s, "GET", "/a.html")
		if got := body(r); r.StatusCode != 500 || !strings.Contains(got, "draw a.html: no &lt;such&gt; field") || !strings.Contains(got, scriptTag) {
			t.Errorf("a panic is answered with %d %q", r.StatusCode, got)
		}
	}
	if r := ask(s, "GET", "/b.html"); r.StatusCode != 500 {
		t.Errorf("an error is answered with %d", r.StatusCode)
	}
	if r := ask(s, "GET", "/c.html"); r.StatusCode != 200 {
		t.Errorf("another page is answered with %d", r.StatusCode)
	}
	if len(told) != 2 {
		t.Errorf("reported: %q, want each once", told)
	}
}

func TestBeforeTheFirstBuild(t *testing.T) {
	s := New(Options{Hosts: hosts})
	r := ask(s, "GET", "/incidents/a.html")
	if got := body(r); r.StatusCode != 503 || !strings.Contains(got, scriptTag) {
		t.Errorf("%d %q", r.StatusCode, got)
	}
	if got := s.stateOf("/").Version; got != "none" {
		t.Errorf("version %q", got)
	}
	s.Show(siteOf(map[string]string{"a.html": "a"}), nil, nil)
	if r := ask(s, "GET", "/nowhere"); r.StatusCode != 404 { // and the site has no page for it
		t.Errorf("%d", r.StatusCode)
	}
}

func TestAPageIsNewWhenItOrWhatItShowsIsNew(t *testing.T) {
	s := New(Options{Hosts: hosts})
	files := map[string]string{
		"index.html": page("home"), "404.html": page("lost"), "other.html": page("other"),
		"x/a.html":     `<link rel="stylesheet" href="../s.css"><img alt="" src="my%20map.png"><a href="../other.html">other</a><img src="https://example.com/x.png"></body>`,
		"x/my map.png": "map", "s.css": "p{}", "unused.css": "p{}",
	}
	versions := func() map[string]string {
		v := make(map[string]string)
		for _, p := range []string{"/", "/index.html", "/x/a.html", "/x/a", "/nowhere"} {
			v[p] = s.stateOf(p).Version
		}
		return v
	}
	show := func(path, text string) map[string]string {
		files[path] = text
		s.Show(siteOf(files), nil, nil)
		return versions()
	}
	before := show("s.css", "p{}")
	if before["/"] != before["/index.html"] {
		t.Error("one page has two versions")
	}
	for _, c := range []struct{ path, text, changed string }{
		{"s.css", "p{}", ""}, // nothing is new
		{"unused.css", "q{}", ""},
		{"other.html", page("another"), ""}, // only linked
		{"index.html", page("home 2"), "/ /index.html"},
		{"s.css", "q{}", "/x/a.html"},
		{"x/my map.png", "map 2", "/x/a.html"},
		{"404.html", page("lost 2"), "/x/a /nowhere"},
		{"nowhere", "found", "/nowhere"},
	} {
		after := show(c.path, c.text)
		for p := range after {
			if want := strings.Contains(" "+c.changed+" ", " "+p+" "); (after[p] != before[p]) != want {
				t.Errorf("after a change of %s, %s is new: %v, want %v", c.path, p, !want, want)
			}
		}
		before = after
	}
	if got, want := ask(s, "GET", "/x/a.html").Header.Get("Server-Timing"), `page;desc="`+before["/x/a.html"]+`"`; got != want {
		t.Errorf("the page says it is %s, want %s", got, want)
	}
	delete(files, "x/a.html")
	s.Show(siteOf(files), nil, nil)
	if after := versions(); after["/x/a.html"] != after["/nowhere"] && after["/x/a.html"] == before["/x/a.html"] {
		t.Error("a page that is gone is not new")
	}
}

func TestAFailureKeepsTheLastGoodSite(t *testing.T) {
	s := showing(t, small)
	good := s.stateOf("/")
	if good.Failure != "" || good.Here.Errors+good.Others.Errors != 0 {
		t.Errorf("a good build is told as %+v", good)
	}
	s.Fail(errors.New("theme: page.html:3: unexpected EOF"))
	bad := s.stateOf("/")
	if bad.Version != good.Version || bad.Failure != "theme: page.html:3: unexpected EOF" {
		t.Errorf("after a failure: %+v", bad)
	}
	if got := body(ask(s, "GET", "/")); !strings.Contains(got, "home") {
		t.Errorf("after a failure the page is %q", got)
	}
	s.Show(siteOf(small), nil, nil)
	if again := s.stateOf("/"); again.Failure != "" || again.Version != good.Version {
		t.Errorf("after the repair: %+v", again)
	}
}

func TestFindingsAreShownOverPages(t *testing.T) {
	s := showing(t, small)
	found := diag.List{
		diag.At("bad-time", diag.Error, "incidents/a.md", diag.Pos{Line: 3, Column: 7}, 4, "no time is written like this"),
		diag.At("note-too-large", diag.Error, "big.md", diag.Pos{}, 0, "too large"),
		diag.At("vague", diag.Warning, "x.md", diag.Pos{Line: 1}, 0, "vague"),
		diag.At("loose", diag.Info, "big.md", diag.Pos{Line: 1}, 0, "loose"),
	}
	s.Show(siteOf(small), found, nil)
	const (
		none    = `{"errors":0,"warnings":0}`
		badTime = `{"severity":"error","place":"content/incidents/a.md:3:7","message":"no time is written like this","rule":"bad-time"}`
		large   = `{"severity":"error","place":"content/big.md","message":"too large","rule":"note-too-large"}`
		vague   = `{"severity":"warning","place":"content/x.md:1","message":"vague","rule":"vague"}`
	)
	for _, c := range []struct {
		shows        map[string]string // the note that the page is of
		here, others string
	}{
		{nil, none, `{"errors":2,"warnings":0,"list":[` + badTime + `,` + large + `]}`},
		{map[string]string{"index.html": "x.md"}, `{"errors":0,"warnings":1,"list":[` + vague + `]}`, `{"errors":2,"warnings":0,"list":[` + badTime + `,` + large + `]}`},
		{map[string]string{"index.html": "big.md"}, `{"errors":1,"warnings":0,"list":[` + large + `]}`, `{"errors":1,"warnings":0,"list":[` + badTime + `]}`},
	} {
		s.Show(siteOf(small), found, func(file string) string { return c.shows[file] })
		for which, got := range map[string]findings{c.here: s.stateOf("/").Here, c.others: s.stateOf("/").Others} {
			if text, err := json.Marshal(got); err != nil || string(text) != which {
				t.Errorf("with %v: got %s\nwant %s (%v)", c.shows, text, which, err)
			}
		}
	}
	var many diag.List
	for i := range mostFindings + 5 {
		many = append(many, diag.At("r", diag.Error, fmt.Sprintf("%d.md", i), diag.Pos{Line: 1}, 0, "m"))
	}
	s.Show(siteOf(small), many, nil)
	if now := s.stateOf("/").Others; len(now.List) != mostFindings || now.More != 5 || now.Errors != mostFindings+5 {
		t.Errorf("of many, %d are listed, %d more, %d counted", len(now.List), now.More, now.Errors)
	}
}

// A reader is an open page: the stream as a browser reads it.
type reader struct {
	t      *testing.T
	body   io.ReadCloser
	lines  *bufio.Scanner
	status int
}

func serve(t *testing.T) (s *Server, address string, stop func()) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s = New(Options{Hosts: Hosts(l.Addr())})
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ctx, l) }()
	stop = sync.OnceFunc(func() {
		cancel()
		select {
		case err := <-ended:
			if err != nil {
				t.Errorf("the server ends with %v", err)
			}
		case <-time.After(10 * time.Second):
			t.Error("the server does not end")
		}
	})
	t.Cleanup(stop)
	return s, "http://" + l.Addr().String(), stop
}

var client = &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}

func open(t *testing.T, address, page string) *reader {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), "GET", address+eventsPath+"?page="+page, nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { response.Body.Close() })
	return &reader{t, response.Body, bufio.NewScanner(response.Body), response.StatusCode}
}

func (r *reader) next() state {
	r.t.Helper()
	for r.lines.Scan() {
		if data, ok := strings.CutPrefix(r.lines.Text(), "data: "); ok {
			var s state
			if err := json.Unmarshal([]byte(data), &s); err != nil {
				r.t.Fatal(err)
			}
			return s
		}
	}
	r.t.Fatalf("the stream ends: %v", r.lines.Err())
	return state{}
}

func TestAnOpenPageIsTold(t *testing.T) {
	s, address, _ := serve(t)
	s.Show(siteOf(small), nil, nil)
	r := open(t, address, "/incidents/a.html")
	first := r.next()
	s.Fail(errors.New("broken\nin two lines"))
	if now := r.next(); now.Version != first.Version || now.Failure != "broken\nin two lines" {
		t.Errorf("after a failure: %+v", now)
	}
	s.Show(siteOf(small), nil, nil)
	if now := r.next(); now.Version != first.Version || now.Failure != "" {
		t.Errorf("after the same again: %+v", now)
	}
	changed := map[string]string{"index.html": page("changed")}
	for k, v := range small {
		if changed[k] == "" {
			changed[k] = v
		}
	}
	s.Show(siteOf(changed), nil, nil) // not this page: nothing is told
	changed["incidents/a.html"] = page("changed")
	s.Show(siteOf(changed), nil, nil)
	if now := r.next(); now.Version == first.Version {
		t.Errorf("after a change: %+v", now)
	}
	late := open(t, address, "/incidents/a.html")
	if now := late.next(); now.Version == first.Version {
		t.Errorf("who comes back later is told %+v", now)
	}
}

func TestManyPagesAndSomeThatDoNotRead(t *testing.T) {
	s, address, stop := serve(t)
	s.Show(siteOf(small), nil, nil)
	for range 3 { // ask, and never read
		c, err := net.Dial("tcp", strings.TrimPrefix(address, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		fmt.Fprintf(c, "GET %s?page=/ HTTP/1.1\r\nHost: %s\r\n\r\n", eventsPath, strings.TrimPrefix(address, "http://"))
	}
	var readers []*reader
	for range 60 {
		r := open(t, address, "/")
		r.next()
		readers = append(readers, r)
	}
	start := time.Now()
	for i := range 200 { // faster than anybody reads
		s.Fail(fmt.Errorf("failure %d", i))
	}
	s.Fail(errors.New("last"))
	if took := time.Since(start); took > time.Second {
		t.Errorf("telling took %v", took)
	}
	for _, r := range readers {
		for r.next().Failure != "last" {
		}
	}
	start = time.Now()
	stop()
	if took := time.Since(start); took > 2*time.Second {
		t.Errorf("ending with open streams took %v", took)
	}
	for _, r := range readers {
		r.body.Close()
	}
	waitFor(t, func() bool {
		s.mu.Lock()
		defer s.mu.Unlock()
		return len(s.clients) == 0
	})
}

func TestOnlySoManyStreams(t *testing.T) {
	s, address, _ := serve(t)
	for range mostClients {
		if s.join() == nil {
			t.Fatal("refused too early")
		}
	}
	if r := open(t, address, "/"); r.status != http.StatusServiceUnavailable {
		t.Errorf("one more gets %d", r.status)
	}
}

func TestWhoLeavesIsForgotten(t *testing.T) {
	s, address, _ := serve(t)
	before := runtime.NumGoroutine()
	for range 100 {
		r := open(t, address, "/")
		r.next()
		r.body.Close()
	}
	waitFor(t, func() bool {
		s.mu.Lock()
		defer s.mu.Unlock()
		return len(s.clients) == 0
	})
	waitFor(t, func() bool { return runtime.NumGoroutine() <= before+10 })
}

func waitFor(t *testing.T, true func() bool) {
	t.Helper()
	for end := time.Now().Add(5 * time.Second); !true(); {
		if time.Now().After(end) {
			t.Fatal("it never came to be")
		}
		time.Sleep(time.Millisecond)
	}
}

func TestShowAndAskAtOnce(t *testing.T) {
	s := showing(t, small)
	var wg sync.WaitGroup
	for i := range 4 {
		wg.Go(func() {
			for j := range 50 {
				if i == 0 {
					s.Show(siteOf(map[string]string{"index.html": page(fmt.Sprint(j))}), nil, nil)
					s.Fail(errors.New("x"))
				} else if r := ask(s, "GET", "/"); r.StatusCode != 200 {
					t.Errorf("status %d", r.StatusCode)
				}
			}
		})
	}
	wg.Wait()
}
