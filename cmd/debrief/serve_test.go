package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/cookiejar"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"debrief/generator/diag"
	"debrief/generator/note"
	"debrief/generator/watch"
)

// A served is a running `debrief serve`.
type served struct {
	t       *testing.T
	said    *log
	address string // with a slash at the end
	stop    func() (exit int)
}

// A log is what a command says, to be read while it runs.
type log struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *log) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *log) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

var serving = regexp.MustCompile(`serving .* at (http://\S+)`)

// startServe runs `debrief serve` in dir on a free port, and waits for the
// first build.
func startServe(t *testing.T, dir string, args ...string) *served {
	t.Helper()
	t.Chdir(dir)
	ctx, cancel := context.WithCancel(t.Context())
	s := &served{t: t, said: &log{}}
	exit := make(chan int, 1)
	go func() {
		exit <- run(ctx, append([]string{"serve", "--port", "0"}, args...), strings.NewReader(""), io.Discard, s.said)
	}()
	s.stop = sync.OnceValue(func() int {
		cancel()
		select {
		case code := <-exit:
			return code
		case <-time.After(10 * time.Second):
			t.Error("serve does not stop")
			return -1
		}
	})
	t.Cleanup(func() { s.stop() })
	s.until("the first build", func() bool {
		if m := serving.FindStringSubmatch(s.said.String()); m != nil {
			s.address = m[1]
		}
		return s.address != "" && strings.Count(s.said.String(), "\n") > 1
	})
	return s
}

// until waits for something to come true.
func (s *served) until(what string, is func() bool) {
	s.t.Helper()
	for end := time.Now().Add(20 * time.Second); !is(); {
		if time.Now().After(end) {
			s.t.Fatalf("%s never came; serve said:\n%s", what, s.said)
		}
		time.Sleep(2 * time.Millisecond)
	}
}

func (s *served) get(path string) (status int, body string) {
	s.t.Helper()
	r, err := http.Get(s.address + path)
	if err != nil {
		s.t.Fatalf("get %s: %v; serve said:\n%s", path, err, s.said)
	}
	defer r.Body.Close()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return r.StatusCode, string(b)
}

func (s *served) untilPage(path string, status int, holds string) {
	s.t.Helper()
	s.until(fmt.Sprintf("%s with %d %q", path, status, holds), func() bool {
		got, body := s.get(path)
		return got == status && strings.Contains(body, holds)
	})
}

func (s *served) untilSaid(pattern string) {
	s.t.Helper()
	re := regexp.MustCompile("(?m)" + pattern)
	s.until("the line "+pattern, func() bool { return re.MatchString(s.said.String()) })
}

// put writes files below dir, each in one step, as careful editors do.
func put(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		p := filepath.Join(dir, filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(p), 0o777), os.WriteFile(p+"~", []byte(text), 0o666), os.Rename(p+"~", p)); err != nil {
			t.Fatal(err)
		}
	}
}

func TestServeFollowsTheNotes(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, map[string]string{"a.md": "First words.", "b.md": "Other."})
	s := startServe(t, dir)
	s.untilSaid(`^serving \. at http://127\.0\.0\.1:\d+/ \(Ctrl-C stops\)$`)
	s.untilSaid(`^built \d+ pages from 2 notes in .* m?s$`)
	s.untilPage("a.html", 200, "First words")
	s.untilPage("new.html", 404, "")

	put(t, dir, map[string]string{"a.md": "Second words."})
	s.untilPage("a.html", 200, "Second words")
	s.untilSaid(`^rebuilt in .* m?s: a\.md$`)

	put(t, dir, map[string]string{"deep/er/new.md": "New."})
	s.untilPage("deep/er/new.html", 200, "New.")
	if err := os.Remove(filepath.Join(dir, "b.md")); err != nil {
		t.Fatal(err)
	}
	s.untilPage("b.html", 404, "")
	put(t, dir, map[string]string{"debrief.yaml": "title: Another title"})
	s.untilPage("a.html", 200, "Another title")

	if exit := s.stop(); exit != 0 {
		t.Errorf("exit %d", exit)
	}
	if said := s.said.String(); !strings.HasSuffix(said, "stopped\n") {
		t.Errorf("at the end serve said:\n%s", said)
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 3 {
		t.Errorf("serve left something behind: %v", entries)
	}
}

func TestServeSaysWhatAppearedAndCleared(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, map[string]string{"a.md": "[x](gone.md)", "b.md": "Text."})
	s := startServe(t, dir)
	s.untilSaid("^built .* \\(1 error; `debrief check` lists them\\)$")
	put(t, dir, map[string]string{"b.md": "[y](lost.md)"})
	s.untilSaid(`^rebuilt in .*: b\.md \(2 errors, 1 new\)\nb\.md:1:5: error: .*lost\.md`)
	put(t, dir, map[string]string{"a.md": "One line more.\n\n[x](gone.md)"}) // the same, elsewhere
	s.untilSaid(`^rebuilt in .*: a\.md \(2 errors\)$`)
	put(t, dir, map[string]string{"a.md": "Fine."})
	s.untilSaid(`^rebuilt in .*: a\.md \(1 error, 1 cleared\)$`)
	put(t, dir, map[string]string{"b.md": "Fine."})
	s.untilSaid(`^rebuilt in .*: b\.md \(no errors or warnings, 1 cleared\)$`)

	var many strings.Builder
	for i := range 50 {
		fmt.Fprintf(&many, "[x](gone-%d.md)\n\n", i)
	}
	put(t, dir, map[string]string{"b.md": many.String()})
	s.untilSaid("^and 45 more: `debrief check` lists them$")
	if n := strings.Count(s.said.String(), "error: "); n > 10 {
		t.Errorf("a flood of %d findings", n)
	}
}

func TestServeKeepsTheLastGoodSite(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, map[string]string{"notes/a.md": "First words.", "look/templates/_x.html": "{{/* nothing yet */}}"})
	s := startServe(t, dir, "--content", "notes", "--theme", "look")
	s.untilPage("a.html", 200, "First words")
	page := filepath.Join("look", "templates", "page.html")
	put(t, dir, map[string]string{page: "{{define \"main\"}}\n{{if}}"})
	s.untilSaid(`^debrief: build the handbook: theme: .*page\.html:2`)
	s.untilPage("a.html", 200, "First words")
	put(t, dir, map[string]string{"notes/a.md": "Second words."}) // still broken: not said again
	put(t, dir, map[string]string{page: "{{define \"main\"}}My own look: {{.Page.Title}}{{end}}"})
	s.untilPage("a.html", 200, "My own look")
	s.untilSaid(`^rebuilt in .*: .*page\.html`)
	if n := strings.Count(s.said.String(), "debrief: "); n != 1 {
		t.Errorf("said %d times:\n%s", n, s.said)
	}

	// A page that breaks only while it is drawn is one page.
	put(t, dir, map[string]string{page: "{{define \"main\"}}{{.Page.NoSuchField}}{{end}}"})
	s.untilPage("a.html", 500, "NoSuchField")
	s.untilSaid(`^debrief: draw a\.html: `)
	s.untilPage("index.html", 200, "")
	if exit := s.stop(); exit != 0 {
		t.Errorf("exit %d", exit)
	}
}

// TestServeFollow leads pages to the note that was saved, and nowhere when there
// are several.
func TestServeFollow(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, map[string]string{"a.md": "One.", "deep/b.md": "Two."})
	s := startServe(t, dir, "--follow")
	s.untilPage("a.html", 200, "One")
	led := func() string {
		_, state := s.get("_debrief/state?page=/a.html")
		_, saved, _ := strings.Cut(state, `"saved":{"page":"`)
		page, _, _ := strings.Cut(saved, `"`)
		return page
	}
	if got := led(); got != "" {
		t.Errorf("before anything is saved, pages are led to %q", got)
	}
	put(t, dir, map[string]string{"deep/b.md": "Two, saved."})
	s.untilPage("deep/b.html", 200, "saved")
	s.until("pages are led to the note saved", func() bool { return led() == "deep/b.html" })
	put(t, dir, map[string]string{"deep/new.md": "Three."})
	s.until("pages are led to the new note", func() bool { return led() == "deep/new.html" })

	saved := func(paths ...string) string {
		for i := range paths {
			paths[i] = filepath.Join(dir, paths[i])
		}
		return (&site{notes: &folder{dir: dir}}).saved(watch.Change{Hints: paths}, map[string]string{"a.html": "a.md", "b.html": "b.md"})
	}
	for got, want := range map[string]string{saved("a.md", "x.png"): "a.html", saved("a.md", "b.md"): "", saved(): ""} {
		if got != want {
			t.Errorf("led to %q, want %q", got, want)
		}
	}
}

func TestServeWaitsForAFolderThatIsGone(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, map[string]string{"notes/a.md": "First words."})
	s := startServe(t, dir, "--content", "notes")
	s.untilPage("a.html", 200, "First words")
	if err := os.Rename(filepath.Join(dir, "notes"), filepath.Join(dir, "away")); err != nil {
		t.Fatal(err)
	}
	s.untilSaid(`^debrief: the folder notes is gone; the last site stays until it is back$`)
	s.untilPage("a.html", 200, "First words")
	put(t, dir, map[string]string{"notes/a.md": "Another folder.", "notes/pic.md": "![x](p.png)", "notes/p.png": "\x89PNG\r\n\x1a\n"})
	s.untilPage("a.html", 200, "Another folder")
	s.untilPage("p.png", 200, "PNG")
	put(t, dir, map[string]string{"notes/a.md": "And on."})
	s.untilPage("a.html", 200, "And on")
}

func TestServeRefusesWhatMustNotBeShown(t *testing.T) {
	dir := t.TempDir()
	public := "---\nvisibility: public\n---\n"
	put(t, dir, map[string]string{"a.md": public + "First words.", "secret.md": "Mine.", "debrief.yaml": "redact: [Falcon]"})
	token := "ghp_" + strings.Repeat("x1", 18)
	s := startServe(t, dir, "--profile", "public")
	s.untilPage("a.html", 200, "First words")
	s.untilPage("secret.html", 404, "")
	put(t, dir, map[string]string{"a.md": public + "Second words on Falcon: " + token})
	s.untilSaid(`^debrief: not shown: 1 place would show what others must not see$`)
	s.untilPage("a.html", 200, "First words")
	if said := s.said.String(); strings.Contains(said, "alcon") || strings.Contains(said, token[4:]) {
		t.Errorf("the term is told:\n%s", said)
	}
	put(t, dir, map[string]string{"a.md": public + "Third words."})
	s.untilPage("a.html", 200, "Third words")
}

func TestServeShowsWhatBuildWrites(t *testing.T) {
	dir := t.TempDir()
	if exit, _, said := do(t, dir, "init", "--demo", "loop"); exit != 0 {
		t.Fatal(said)
	}
	dir = filepath.Join(dir, "loop")
	if exit, _, said := do(t, dir, "build"); exit != 0 {
		t.Fatal(said)
	}
	s := startServe(t, dir)
	for name, want := range filesBelow(t, filepath.Join(dir, "site")) {
		if strings.HasPrefix(name, ".") {
			continue // the manifest
		}
		status, got := s.get(name)
		if name == "404.html" && status == 200 {
			status = 200
		}
		got = strings.Replace(got, `<script src="/_debrief/reload.js" defer></script>`, "", 1)
		if status != 200 || got != want {
			t.Errorf("%s is served (%d) as %d bytes, built as %d", name, status, len(got), len(want))
		}
		if strings.Contains(want, "EventSource") || strings.Contains(want, "_debrief/") {
			t.Errorf("%s is built with something of the preview", name)
		}
	}
}

func filesBelow(t *testing.T, dir string) map[string]string {
	t.Helper()
	found := make(map[string]string)
	err := filepath.WalkDir(dir, func(p string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(p)
		rel, _ := filepath.Rel(dir, p)
		found[filepath.ToSlash(rel)] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// TestServeAfterManyEditsIsACleanBuild edits without waiting, and holds that
// what is shown in the end is what a build of the notes gives.
func TestServeAfterManyEditsIsACleanBuild(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, map[string]string{"0.md": "Start."})
	s := startServe(t, dir)
	seed := uint64(time.Now().UnixNano())
	random := rand.New(rand.NewPCG(seed, 0))
	for i := range 60 {
		name := filepath.Join([]string{".", "stories", "x/y"}[random.IntN(3)], strconv.Itoa(random.IntN(6))+".md")
		switch random.IntN(5) {
		case 0:
			os.Remove(filepath.Join(dir, name))
		case 1:
			os.RemoveAll(filepath.Join(dir, filepath.Dir(name), "y"))
		default:
			put(t, dir, map[string]string{name: fmt.Sprintf("# Note %d\n\nEdit %d, see [[%d]].", i, i, random.IntN(6))})
		}
		if i%10 == 0 {
			s.get("index.html")
		}
	}
	put(t, dir, map[string]string{"last.md": "The last edit."})
	s.untilPage("last.html", 200, "The last edit")
	out := filepath.Join(t.TempDir(), "site")
	if exit, _, said := do(t, dir, "build", "--out", out); exit != 0 {
		t.Fatal(said)
	}
	built := filesBelow(t, out)
	s.until(fmt.Sprintf("the clean build (seed %d)", seed), func() bool {
		for name, want := range built {
			if strings.HasPrefix(name, ".") {
				continue
			}
			if _, got := s.get(name); strings.Replace(got, `<script src="/_debrief/reload.js" defer></script>`, "", 1) != want {
				return false
			}
		}
		return true
	})
}

// editors are how programs save a file.
var editors = map[string]func(name string, text []byte) error{
	"in place": func(name string, text []byte) error { return os.WriteFile(name, text, 0o666) },
	"in two writes": func(name string, text []byte) error {
		f, err := os.OpenFile(name, os.O_WRONLY|os.O_TRUNC, 0)
		if err != nil {
			return err
		}
		_, first := f.Write(text[:len(text)/2])
		_, second := f.Write(text[len(text)/2:])
		return errors.Join(first, second, f.Close())
	},
	"vim": func(name string, text []byte) error {
		return errors.Join(os.Rename(name, name+"~"), os.WriteFile(name, text, 0o666), os.Remove(name+"~"))
	},
	"emacs": func(name string, text []byte) error {
		lock := filepath.Join(filepath.Dir(name), ".#"+filepath.Base(name))
		return errors.Join(os.Symlink("kim@host.1:2", lock), os.WriteFile(name, text, 0o666), os.Remove(lock))
	},
	"JetBrains": func(name string, text []byte) error {
		return errors.Join(os.WriteFile(name+"___jb_tmp___", text, 0o666), os.Rename(name, name+"___jb_old___"),
			os.Rename(name+"___jb_tmp___", name), os.Remove(name+"___jb_old___"))
	},
	"VS Code": func(name string, text []byte) error {
		return errors.Join(os.WriteFile(name+".tmp", text, 0o666), os.Rename(name+".tmp", name))
	},
}

// TestServeMissesNoSave saves as editors do, all of them at once and many
// times, and reads the pages meanwhile: each save is seen, and no page ever
// shows half of one.
func TestServeMissesNoSave(t *testing.T) {
	saves := 200
	if testing.Short() {
		saves = 20
	}
	text := func(i int) string {
		return fmt.Sprintf("Begin %d.\n\n%s\n\nEnd %d.\n", i, strings.Repeat("Words. ", 2000), i)
	}
	dir := t.TempDir()
	for name := range editors {
		put(t, dir, map[string]string{note.Slug(name) + ".md": text(0)})
	}
	s := startServe(t, dir)
	both := regexp.MustCompile(`(?s)<p>Begin (\d+)\..*<p>End (\d+)\.`)
	var all sync.WaitGroup
	for name, save := range editors {
		all.Go(func() {
			file := note.Slug(name)
			for i := 1; i <= saves; i++ {
				if err := save(filepath.Join(dir, file+".md"), []byte(text(i))); err != nil {
					t.Errorf("%s: %v", name, err)
					return
				}
				for end := time.Now().Add(20 * time.Second); ; {
					status, body := s.get(file + ".html")
					m := both.FindStringSubmatch(body)
					if m == nil || m[1] != m[2] {
						t.Errorf("%s: save %d is served by half (%d)", name, i, status)
						return
					}
					if m[1] == strconv.Itoa(i) {
						break
					}
					if time.Now().After(end) {
						t.Errorf("%s: save %d is never served", name, i)
						return
					}
				}
			}
		})
	}
	all.Wait()
}

func TestServeTellsOpenPages(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, map[string]string{"a.md": "First words."})
	s := startServe(t, dir, "--poll=100ms")
	s.untilSaid(`^changes are noticed by polling every 100ms \(as asked\)$`)
	r, err := http.Get(s.address + "_debrief/events?page=/a.html")
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	lines := bufio.NewScanner(r.Body)
	next := func() string {
		for lines.Scan() {
			if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
				return data
			}
		}
		t.Fatalf("the stream ends: %v", lines.Err())
		return ""
	}
	first := next()
	put(t, dir, map[string]string{"a.md": "Second words."})
	if now := next(); now == first {
		t.Errorf("told %s again", now)
	}
	if exit := s.stop(); exit != 0 { // with the stream still open
		t.Errorf("exit %d", exit)
	}
}

func TestServePorts(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, map[string]string{"a.md": "Text."})
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	port := taken.Addr().(*net.TCPAddr).Port
	exit, _, said := do(t, dir, "serve", "--port", strconv.Itoa(port))
	if want := fmt.Sprintf("debrief: port %d is in use by another program; choose another, or leave --port out for the next free one\n", port); exit != exitIO || said != want {
		t.Errorf("exit %d, %q, want %q", exit, said, want)
	}

	var out bytes.Buffer
	a := &app{err: newStream(&out)}
	l, err := a.listen(serveFlags{port: port, bind: "localhost"}) // as when nobody asked for it
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if got := l.Addr().(*net.TCPAddr).Port; got <= port || out.String() != fmt.Sprintf("port %d is in use; taking %d\n", port, got) {
		t.Errorf("port %d, said %q", got, out.String())
	}

	for _, c := range [][]string{
		{"--port", "65536", "up to 65535"},
		{"--port", "-1", "up to 65535"},
		{"--bind", "0.0.0.0", "would show your notes to others"},
		{"--bind", "::", "would show your notes to others"},
		{"--bind", "192.168.1.7", "would show your notes to others"},
		{"--bind", "example.com", "is an address of this machine"},
		{"--poll=-1s", "--quiet=false", "is a time between two looks"},
		{"--poll=often", "--quiet=false", "see `debrief help serve`"},
		{"--profile", "everyone", "private, shared or public"},
		{"--theme", "nowhere", "there is no folder nowhere"},
		{"--content", "nowhere", "there is no folder nowhere"},
	} {
		exit, _, said := do(t, dir, append([]string{"serve"}, c[:2]...)...)
		if exit != exitUsage || !strings.Contains(said, c[2]) || strings.Count(said, "\n") != 1 {
			t.Errorf("%v: exit %d, %q", c[:2], exit, said)
		}
	}
}

func TestServeOpensTheBrowser(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("the stand-in for the browser is a Linux one")
	}
	dir, tools := t.TempDir(), t.TempDir()
	put(t, dir, map[string]string{"a.md": "Text."})
	t.Setenv("PATH", tools)
	s := startServe(t, dir, "--open")
	s.untilSaid(`^no browser could be opened \(.*xdg-open.*\); the address is http://127\.0\.0\.1:\d+/$`)
	s.untilPage("a.html", 200, "Text")
	s.stop()

	program := "#!/bin/sh\necho \"$@\" > " + filepath.Join(tools, "opened") + "\n"
	if err := os.WriteFile(filepath.Join(tools, "xdg-open"), []byte(program), 0o755); err != nil {
		t.Fatal(err)
	}
	s = startServe(t, dir, "--open")
	s.until("the browser", func() bool {
		opened, err := os.ReadFile(filepath.Join(tools, "opened"))
		return err == nil && string(opened) == s.address+"\n"
	})
}

// TestServeEndsWithCtrlC sends the signal to a real process that 200 pages
// listen to.
func TestServeEndsWithCtrlC(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no such signal")
	}
	dir := t.TempDir()
	put(t, dir, map[string]string{"a.md": "Text."})
	said := &log{}
	c := exec.Command(itself(t), "serve", "--port", "0")
	c.Dir, c.Stderr = dir, said
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	defer c.Process.Kill()
	s := &served{t: t, said: said}
	s.untilSaid(`^built`)
	address := regexp.MustCompile(`http://\S+`).FindString(said.String())
	client := &http.Client{Transport: &http.Transport{MaxConnsPerHost: 0}}
	defer client.CloseIdleConnections()
	for range 200 {
		r, err := client.Get(address + "_debrief/events?page=/a.html")
		if err != nil {
			t.Fatal(err)
		}
		defer r.Body.Close()
		if _, err := r.Body.Read(make([]byte, 1)); err != nil {
			t.Fatal(err)
		}
	}
	if err := c.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if err := c.Wait(); err != nil || !strings.HasSuffix(said.String(), "\nstopped\n") {
		t.Errorf("%v, said:\n%s", err, said)
	}
}

// itself is the test binary under the name by which it acts as the program.
func itself(t *testing.T) string {
	t.Helper()
	program := filepath.Join(t.TempDir(), "debrief")
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(self, program); err != nil {
		t.Fatal(err)
	}
	return program
}

// TestServeExposed holds that other machines get in with the token alone, and
// only where that was asked for.
func TestServeExposed(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, map[string]string{"a.md": "Secret words."})
	if exit, _, said := do(t, dir, "serve", "--bind", "192.0.2.1"); exit != 2 || !strings.Contains(said, "add --expose") {
		t.Errorf("--bind alone: %d %s", exit, said)
	}
	s := startServe(t, dir, "--expose", "--bind", "127.0.0.1")
	s.untilSaid("warning: whoever has this address")
	s.untilSaid("^built ")
	bare, token, ok := strings.Cut(s.address, "?token=")
	if !ok || len(token) < 20 {
		t.Fatalf("the address is %s", s.address)
	}
	for address, want := range map[string]int{bare + "a.html": 403, bare + "_debrief/events": 403, bare + "a.html?token=" + token[1:]: 403} {
		r, err := http.Get(address)
		if err != nil {
			t.Fatal(err)
		}
		r.Body.Close()
		if r.StatusCode != want {
			t.Errorf("%s gets %d", strings.TrimPrefix(address, bare), r.StatusCode)
		}
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	browser := &http.Client{Jar: jar}
	for _, address := range []string{bare + "a.html?token=" + token, bare + "a.html"} {
		r, err := browser.Get(address)
		if err != nil {
			t.Fatal(err)
		}
		text, _ := io.ReadAll(r.Body)
		r.Body.Close()
		if r.StatusCode != 200 || !strings.Contains(string(text), "Secret words.") || r.Request.URL.RawQuery != "" {
			t.Errorf("with the token: %d at %s", r.StatusCode, r.Request.URL)
		}
	}
}

func TestServeAnswersOnlyThisMachine(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, map[string]string{"a.md": "Secret words."})
	s := startServe(t, dir)
	r, err := http.NewRequest("GET", s.address+"a.html", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Host = "evil.example"
	got, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer got.Body.Close()
	if got.StatusCode != 403 {
		t.Errorf("a foreign host gets %d", got.StatusCode)
	}
}

func TestWithoutIgnoresLinesAndCountsRepeats(t *testing.T) {
	at := func(line int, message string) diag.Finding {
		return diag.At("r", diag.Warning, "a.md", diag.Pos{Line: line, Column: 1}, 0, "%s", message)
	}
	before := diag.List{at(1, "x"), at(2, "x"), at(3, "y")}
	after := diag.List{at(5, "x"), at(6, "z")}
	if got := without(after, before); len(got) != 1 || got[0].Message != "z" {
		t.Errorf("appeared: %v", got)
	}
	if got := without(before, after); len(got) != 2 || got[0].Message != "x" || got[1].Message != "y" {
		t.Errorf("cleared: %v", got)
	}
}

func TestBothChanges(t *testing.T) {
	hints := func(names ...string) watch.Change { return watch.Change{Hints: names} }
	if got := both(hints("b", "a"), hints("a", "c")); fmt.Sprint(got.Hints) != "[a b c]" {
		t.Errorf("%v", got.Hints)
	}
	if got := both(hints("a"), watch.Change{}); got.Hints != nil {
		t.Errorf("everything and something is %v", got.Hints)
	}
}
