package search_test

import (
	"context"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"debrief/generator"
	"debrief/generator/note"
	"debrief/generator/prose/prosetest"
	"debrief/generator/render/search"
	"debrief/tools/corpus"

	"github.com/google/go-cmp/cmp"
)

// holdScan holds that what was scanned of a page is what the tokenizer reads
// of it, with texts and without, and reports whether it could be scanned.
func holdScan(t *testing.T, name string, page []byte) (scanned bool) {
	t.Helper()
	for _, texts := range []bool{true, false} {
		got, want, ok := search.Scanned(page, texts)
		if !ok {
			return false
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s, texts %v:\n%s", name, texts, diff)
		}
	}
	with, without := search.Read(page), search.Headings(page)
	for i := range with {
		with[i].Text = ""
	}
	if diff := cmp.Diff(with, without); diff != "" {
		t.Errorf("%s: with texts the headings are others:\n%s", name, diff)
	}
	return true
}

// TestPagesAreScanned holds every page that the default theme draws, of the
// example, of generated notes and of notes that mean harm: none needs the slow
// reader, and all are read as it reads them.
func TestPagesAreScanned(t *testing.T) {
	generated, hostile := make(fstest.MapFS), make(fstest.MapFS)
	for name, text := range corpus.Notes(100) {
		generated[name] = &fstest.MapFile{Data: text}
	}
	for name, text := range prosetest.Handbook() {
		hostile[name] = &fstest.MapFile{Data: []byte(text)}
	}
	example := os.DirFS("../../../content")
	for _, c := range []struct {
		content fs.FS
		profile note.Visibility
	}{{example, note.Private}, {example, note.Public}, {generated, note.Private}, {hostile, note.Private}} {
		r, err := (&generator.Builder{Content: c.content, Profile: c.profile}).Build(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		pages := 0
		for _, f := range r.Files {
			if !strings.HasSuffix(f.Path, ".html") {
				continue
			}
			page, err := f.Bytes()
			if err != nil {
				t.Fatal(err)
			}
			if !holdScan(t, f.Path, page) {
				t.Errorf("%s needs the tokenizer", f.Path)
			}
			pages++
		}
		if pages < 50 {
			t.Errorf("%d pages were read", pages)
		}
	}
}

// handwritten is HTML as a theme of somebody else may write it.
var handwritten = []string{
	`<MAIN><P>loud</P></MAIN>`,
	`<main><h2 ID="a" Class=x>A</h2>one</main>`,
	`<main><h2 id=a>A</h2><p class=tags>two</p></main>`,
	`<main><h2 id = "a">A</h2><p class = 'tags'>two</p>three</main>`,
	`<main><h2 id="a&amp;b" id="c">A</h2><p class="&#116;ags">two</p></main>`,
	`<main><h2 id id="c">A</h2><h2 id="a"id="b">B</h2><h3 id="">C</h3></main>`,
	"<main><h2 id=\"a\r\nb\x00\">A</h2></main>",
	`<!-- <main>no --><main>yes<!-- no --></main>`,
	`<!doctype html><!DOCTYPE><!x><![CDATA[<main>no]]><main>yes</main>`,
	`<?xml version="1.0"?><main>yes</main>`,
	`<script>"<main>no"</script><script>if (a<b) "</script>"</script><main>yes</main>`,
	`<script><!-- <script> <main>no </script> --></script><main>yes</main>`,
	`<title><main>no</title><title/>no<main></title><main>yes</main>`,
	`<main><textarea>a &amp; b</textarea><noscript>&amp;</noscript><style></style>c</main>`,
	`<main><svg viewBox="0 0 1 1"><title>a</title><svg/><svg><path d=""/></svg>no</svg>yes</main>`,
	`<main><svg><title>a<b</title></svg>yes</main>`,
	`<main><plaintext>all </main> the rest`,
	`<main>1 < 2, 3 <4, <> </> </ p> <`,
	`<main>a<p b="c>d" e='"'>f<p/g>h<br/>i<br />j<a b/>k<a / b>l<a b / c>m<a ="n">o</main>`,
	`<main>a<p`, `<main>a<p b="`, `<main>a</p`, `<main>a</`, `<main>a<!d`,
	`<main>a</p b="c>d">e</p/>f</p >g</main >h`,
	`<main><h2 id="a">A<h3 id="b">B</h2>C</h3>D</main>E</h2><main>F</main>`,
	`<main>&amp;&lt&notit;&#x26;&#0;&bogus; &ampx=1&nbsp;&#160;x` + "\xc2<b>\xa0</b>\xff\u2003y</main>",
	`<main><x-y class="embed">no<x-z>no</x-y>no</x-z>yes</main>`,
	`<main><nav>no<nav/>no</nav>yes<input aria-hidden="true">yes<i aria-hidden="true">no</i></main>`,
	`<main aria-hidden="true" class="vh">yes<main/>yes</main>`,
}

// TestAnyPageIsReadAsTheTokenizerReadsIt holds hand-written HTML: most of it
// is not scanned, and what is scanned is read alike.
func TestAnyPageIsReadAsTheTokenizerReadsIt(t *testing.T) {
	scanned := 0
	for _, page := range handwritten {
		if holdScan(t, page, []byte(page)) {
			scanned++
		}
	}
	if scanned < 6 || scanned == len(handwritten) {
		t.Errorf("%d of %d pages were scanned", scanned, len(handwritten))
	}
}

// FuzzRead holds that no page whatever is read otherwise than the tokenizer
// reads it.
func FuzzRead(f *testing.F) {
	for _, page := range handwritten {
		f.Add([]byte(page))
	}
	f.Fuzz(func(t *testing.T, page []byte) { holdScan(t, "page", page) })
}
