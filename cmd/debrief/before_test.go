package main

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestABuildWithNothingToDoKnowsIt changes each thing that a site depends on:
// the next build must not take the site for its own, and the one after it must.
func TestABuildWithNothingToDoKnowsIt(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("XDG_CACHE_HOME", filepath.Join(dir, "cache"))
	t.Setenv("HOME", filepath.Join(dir, "home"))
	in := func(name string) string { return filepath.Join(dir, filepath.FromSlash(name)) }
	write := func(name, text string) func() {
		return func() {
			t.Helper()
			if err := os.MkdirAll(filepath.Dir(in(name)), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(in(name), []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	remove := func(name string) func() {
		return func() {
			t.Helper()
			if err := os.Remove(in(name)); err != nil {
				t.Fatal(err)
			}
		}
	}
	same := func() bool {
		t.Helper()
		a := &app{out: newStream(io.Discard), err: newStream(io.Discard), content: in("notes")}
		f := buildFlags{siteFlags: siteFlags{profile: "private", theme: in("theme")}, out: in("site")}
		s, err := a.site(f.siteFlags, f.out)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		b := a.before(context.Background(), s, f)
		defer b.Close()
		_, ok := b.same(context.Background())
		return ok
	}
	build := func(more ...string) (said string) {
		t.Helper()
		var out strings.Builder
		args := append([]string{"build", "--content", in("notes"), "--theme", in("theme"), "--out", in("site")}, more...)
		if exit := run(context.Background(), args, nil, &out, &out); exit != 0 {
			t.Fatalf("build: exit %d\n%s", exit, &out)
		}
		return out.String()
	}

	write("notes/debrief.yaml", "title: Ours\ntheme: look\npacks: [amazon, own.yaml]\ntime_zone: Europe/Berlin\n")()
	write("notes/own.yaml", "principles: []\n")()
	write("notes/look/assets/css/50-own.css", "body { color: black }\n")()
	write("notes/stories/one.md", "# One\n\n![](plan.svg) and 40 minutes.\n")()
	write("notes/plan.svg", `<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>`)()
	write("notes/unused.txt", "nobody shows this\n")()
	write("theme/assets/css/60-more.css", "body { margin: 0 }\n")()
	first := build()
	if !same() {
		t.Fatal("a build of what was just built has something to do")
	}
	withoutTime := func(said string) string { // "in 12 ms"
		before, after, _ := strings.Cut(said, " in ")
		_, after, _ = strings.Cut(after, "s ")
		return before + after
	}
	if second := build(); withoutTime(first) != withoutTime(second) {
		t.Errorf("the first build says\n%s\nand one with nothing to do\n%s", first, second)
	}
	for _, change := range []struct {
		what string
		do   func()
	}{
		{"a note is changed", write("notes/stories/one.md", "# One\n\n![](plan.svg) and 41 minutes.\n")},
		{"a note is added", write("notes/stories/two.md", "# Two\n")},
		{"a note is removed", remove("notes/stories/two.md")},
		{"an attachment is changed", write("notes/plan.svg", `<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"/>`)},
		{"an attachment that is linked to is added", write("notes/stories/plan.svg", `<svg xmlns="http://www.w3.org/2000/svg" width="30" height="10"/>`)},
		{"an attachment is removed", remove("notes/stories/plan.svg")},
		{"the settings change", write("notes/debrief.yaml", "title: Mine\ntheme: look\npacks: [amazon, own.yaml]\ntime_zone: Europe/Berlin\n")},
		{"settings appear that nobody reads", write("notes/.debrief.yaml", "redact: [Ours]\n")},
		{"they are gone", remove("notes/.debrief.yaml")},
		{"a pack is changed", write("notes/own.yaml", "principles:\n  - {id: calm, name: Calm}\n")},
		{"the settings' theme is changed", write("notes/look/assets/css/50-own.css", "body { color: white }\n")},
		{"the theme is changed", write("theme/assets/css/60-more.css", "body { margin: 1px }\n")},
		{"the theme grows", write("theme/assets/css/70-most.css", "body { margin: 2px }\n")},
		{"a page was changed by hand", write("site/stories/one.html", "mine\n")},
		{"a page is missing", remove("site/stories/one.html")},
		{"the list of what was written is missing", remove("site/.debrief-manifest.json")},
	} {
		if change.do(); same() {
			t.Errorf("%s, and a build has nothing to do", change.what)
		}
		if change.what == "the list of what was written is missing" {
			if err := os.RemoveAll(in("site")); err != nil { // it is nobody's now
				t.Fatal(err)
			}
		}
		if build(); !same() {
			t.Errorf("after %s a build of what was just built has something to do", change.what)
		}
		build("--verify")
	}
	if write("notes/unused.txt", "nobody shows this either\n")(); !same() {
		t.Error("a file that no note shows gives a build something to do")
	}
}
