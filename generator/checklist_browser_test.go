package generator_test

import (
	"testing"
	"testing/fstest"

	"github.com/chromedp/chromedp"

	"debrief/generator"
	"debrief/generator/output"
)

// TestTicksStay ticks boxes and then edits the note: an item that changed its
// place, its heading or, having a name, its words keeps its tick; one of other
// words has none.
func TestTicksStay(t *testing.T) {
	notes := fstest.MapFS{"playbooks/cache.md": {Data: []byte("# Cache\n\n## Look\n\n- [ ] Read the graph\n- [ ] Ask the database team ^ask\n- [ ] Read the change log\n- [x] Page somebody\n\n## Act\n\n- [ ] Roll back\n- [ ] Tell everybody\n")}}
	dir, _ := onDisk(t, &generator.Builder{Content: notes})
	s := searching{t, browser(t)}
	state := func() string {
		return s.look(`Array.from(document.querySelectorAll('[data-task]'), b => (b.checked ? '+' : '-') + b.closest('label').textContent.trim()).join(', ') + '; ' + document.querySelector('.tally span').textContent`)
	}
	tick := func(words string) {
		s.look(`Array.from(document.querySelectorAll('label')).find(l => l.textContent.includes('` + words + `')).click()`)
	}
	s.do(sitting, chromedp.Navigate(address(dir, "playbooks/cache.html")))
	for _, words := range []string{"Ask the database", "change log", "Page somebody", "Roll back", "Tell everybody"} {
		tick(words)
	}
	before := "-Read the graph, +Ask the database team, +Read the change log, -Page somebody, +Roll back, +Tell everybody; 4 of 6 done"
	if got := state(); got != before {
		t.Fatalf("after ticking: %s", got)
	}

	notes["playbooks/cache.md"] = &fstest.MapFile{Data: []byte("# Cache\n\n## Look\n\n- [ ] Read the change log\n- [x] Page somebody\n- [ ] Ask whoever owns the database ^ask\n- [ ] Read the graph\n- [ ] Roll back\n\n## Afterwards\n\n- [ ] Tell everybody and their managers\n")}
	r, _ := build(t, &generator.Builder{Content: notes})
	if _, err := output.Write(t.Context(), dir, r.Files, output.Options{}); err != nil {
		t.Fatal(err)
	}
	s.do(chromedp.Reload())
	if got, want := state(), "+Read the change log, -Page somebody, +Ask whoever owns the database, -Read the graph, +Roll back, -Tell everybody and their managers; 3 of 6 done"; got != want {
		t.Errorf("after the edit: %s, want %s", got, want)
	}

	s.look(`navigator.clipboard.writeText = text => { window.copied = text; return Promise.resolve(); }`)
	s.look(`Array.from(document.querySelectorAll('.tally button')).find(b => b.textContent.startsWith('Copy')).click()`)
	if got, want := s.look(`window.copied`), "- [x] Read the change log\n- [ ] Page somebody\n- [x] Ask whoever owns the database\n- [ ] Read the graph\n- [x] Roll back\n- [ ] Tell everybody and their managers\n"; got != want {
		t.Errorf("copied: %s", got)
	}
	s.look(`Array.from(document.querySelectorAll('.tally button')).find(b => b.textContent.startsWith('Clear')).click()`)
	s.do(chromedp.Reload())
	if got, want := state(), "-Read the change log, +Page somebody, -Ask whoever owns the database, -Read the graph, -Roll back, -Tell everybody and their managers; 1 of 6 done"; got != want {
		t.Errorf("after clearing: %s, want %s", got, want)
	}
}
