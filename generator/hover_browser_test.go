package generator_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/chromedp/chromedp"

	"debrief/generator"
	"debrief/generator/note"
)

// TestLinksSayWhereTheyLead stops at links by keyboard: a note's words about
// itself come up beside its link and go with Escape; a heading of the same
// page, a link out and a note without words have none.
func TestLinksSayWhereTheyLead(t *testing.T) {
	dir, r := onDisk(t, &generator.Builder{Profile: note.Shared, Content: fstest.MapFS{
		"one.md":           {Data: []byte("---\nvisibility: shared\n---\n# One\n\n[two](two%20&%20a%20half.md) [mute](mute.md) [below](#below) [out](https://example.com/)\n\n## Below\n")},
		"two & a half.md":  {Data: []byte("---\nvisibility: shared\nkind: story\ntitle: Two\ndescription: About <two>, told.\n---\n")},
		"mute.md":          {Data: []byte("---\nvisibility: shared\n---\n# Mute\n")},
		"stories/three.md": {Data: []byte("---\ndescription: hidden from you\n---\n# Three\n")},
	}})
	s := searching{t, browser(t)}
	s.do(sitting, chromedp.EmulateViewport(390, 600), chromedp.Navigate(address(dir, "one.html")))
	if loaded := s.look(loadedFiles); loaded != "theme.js,site.css,site.js" {
		t.Errorf("before a link is reached the page loads %s", loaded)
	}
	reach := func(words string) {
		s.look(`Array.from(document.querySelectorAll('.prose a')).find(a => a.textContent === '` + words + `').focus({focusVisible: true})`)
	}
	reach("two")
	s.until(`document.querySelector('.preview')?.checkVisibility()`)
	if got, want := s.look(`document.getElementById(document.activeElement.getAttribute('aria-describedby')).innerText.replace(/\s+/g, ' ')`), "Two Story About <two>, told."; got != want {
		t.Errorf("the link says %q, want %q", got, want)
	}
	if s.look(`(b => b.left >= 0 && b.right <= innerWidth && b.bottom <= innerHeight && document.documentElement.scrollWidth <= innerWidth)(document.querySelector('.preview').getBoundingClientRect())`) != "true" {
		t.Error("what it says leaves the screen")
	}
	s.do(chromedp.KeyEvent("\u001b"))
	if s.look(`document.querySelector('.preview').checkVisibility() || document.activeElement.hasAttribute('aria-describedby')`) != "false" {
		t.Error("Escape does not take it away")
	}
	// From here on what would come up after a rest comes at once.
	s.look(`(set => { window.turn = () => new Promise(done => set(done, 0)); window.setTimeout = f => set(f, 0); document.activeElement.blur(); })(setTimeout)`)
	for _, words := range []string{"mute", "below", "out"} {
		reach("two")
		if s.look(`(await turn(), document.querySelector('.preview').checkVisibility())`) != "true" {
			t.Error("a second look shows nothing")
		}
		reach(words)
		if s.look(`(await turn(), document.querySelector('.preview').checkVisibility())`) != "false" {
			t.Errorf("the link %q says %q", words, s.look(`document.querySelector('.preview').innerText`))
		}
	}
	f, _ := r.Files.Get("debrief/previews.js")
	data, err := f.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	if text := string(data); !strings.Contains(text, `"two-a-half.html":["Two","Story","About <two>, told."]`) || strings.Contains(text, "hidden from you") || strings.Contains(text, "Three") {
		t.Errorf("the file says %s", text)
	}
}
