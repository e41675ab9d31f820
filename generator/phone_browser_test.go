package generator_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/chromedp/chromedp"

	"debrief/generator"
)

// until waits in the page for a condition.
func (s searching) until(js string) {
	s.Helper()
	s.look(`await new Promise((done, failed) => { let n = 0; const look = () => ` + js + ` ? done() : n++ > 500 ? failed('never: ' + ` + "`" + js + "`" + `) : setTimeout(look, 10); look(); })`)
}

// TestInterviewDay opens the mode by its address, as a phone's home screen
// does: the clock of the round, the step it is at, and nothing of the frame.
func TestInterviewDay(t *testing.T) {
	dir, _ := onDisk(t, &generator.Builder{Content: fstest.MapFS{
		"rounds/one.md":    {Data: []byte("---\nkind: round\ntitle: Round one\nscheduled_at: 2026-12-15T09:00:00-08:00\nduration: 45m\n---\n\n| minutes | what |\n| --: | --- |\n| 5 | Greet |\n| 25 | Tell |\n| 15 | Ask |\n")},
		"rounds/two.md":    {Data: []byte("---\nkind: round\ntitle: Round two\ntype: behavioral\n---\n")},
		"stories/story.md": {Data: []byte("# A story\n")},
	}})
	s := searching{t, browser(t)}
	at := func(clock string) string {
		s.look(`(Date.now = () => Date.parse('2026-12-15T` + clock + `-08:00'), document.dispatchEvent(new Event('visibilitychange')))`)
		return s.look(`Array.from(document.querySelectorAll('.day-bar p'), p => p.textContent).filter(Boolean).join(' | ') + ' | ' + Array.from(document.querySelectorAll('[aria-current=step]'), r => r.cells[1].textContent)`)
	}
	s.do(sitting, chromedp.EmulateViewport(390, 800), chromedp.Navigate(address(dir, "rounds/one.html")+"#day"))
	s.until(`document.querySelector('.day-bar')`)
	for clock, want := range map[string]string{
		"07:48:00": "in 1 h 12 min | First: Greet | ",
		"08:59:05": "in 0:55 | First: Greet | ",
		"09:04:59": "4:59, 40:01 left | Greet, until minute 5 | Next: Tell | Greet",
		"09:05:00": "5:00, 40:00 left | Tell, until minute 30 | Next: Ask | Tell",
		"09:40:00": "40:00, 5:00 left | Ask, until minute 45 | Ask",
		"10:00:00": "Over | ",
	} {
		if got := at(clock); got != want {
			t.Errorf("at %s the page says %q, want %q", clock, got, want)
		}
	}
	const frame = `Array.from(document.querySelectorAll('.top, .menu, .thumb, .foot, .crumbs, .day-bar')).filter(e => e.checkVisibility()).map(e => e.className)`
	if got := s.look(frame); got != "day-bar" {
		t.Errorf("besides the run-sheet the page shows %s", got)
	}
	s.do(chromedp.Click(".day-keys button"))
	if got := s.look(`document.querySelector('.day-time').textContent`); got != "0:00, 45:00 left" {
		t.Errorf("started by hand the clock says %q", got)
	}
	s.do(chromedp.KeyEvent("\u001b"))
	if got := s.look(frame + ` + location.hash + document.activeElement.className`); got != "top,crumbs,foot,thumbday-open" {
		t.Errorf("after Escape the page shows %s", got)
	}
	s.do(chromedp.Click(".day-open"))
	s.until(`document.querySelector('.day-bar')`)
	s.look(`history.back()`)
	s.until(`!document.querySelector('.day-bar')`)

	s.do(chromedp.Navigate(address(dir, "stories/story.html") + "#day"))
	if got := s.look(`document.querySelectorAll('.day-bar, .day-open').length`); got != "0" {
		t.Error("a story has an interview day")
	}
	s.do(chromedp.Navigate(address(dir, "rounds/two.html") + "#day"))
	s.until(`document.querySelector('.day-bar')`)
	if got := s.look(`document.querySelector('.day-time').textContent`); got != "No time is set" {
		t.Errorf("without a time the page says %q", got)
	}
}

// TestThumb walks with one hand: the menu and the contents come up from below
// and go back to where they were; on a wide screen there is no bar.
func TestThumb(t *testing.T) {
	dir, _ := onDisk(t, &generator.Builder{Content: example()})
	s := searching{t, browser(t)}
	s.do(sitting, chromedp.EmulateViewport(390, 800), chromedp.Navigate(address(dir, "stories/flag-rollback.html")))
	if small := s.look(`Array.from(document.querySelectorAll('.thumb > *')).filter(e => e.getBoundingClientRect().height < 44 || e.getBoundingClientRect().bottom > innerHeight).length`); small != "0" {
		t.Errorf("%s of the bar's buttons are too small or out of reach", small)
	}
	for label, within := range map[string]string{"Menu": ".menu nav", "Contents": ".contents ul"} {
		press := `Array.from(document.querySelectorAll('.thumb button')).find(b => b.textContent === '` + label + `').click()`
		links := s.look(`document.querySelectorAll('` + within + ` a').length`)
		s.look(press)
		if got := s.look(`document.querySelectorAll('dialog[open] a').length + ' ' + document.querySelector('dialog[open]').contains(document.activeElement)`); got != links+" true" {
			t.Errorf("%s opens %s, want %s links and the focus", label, got, links)
		}
		s.do(chromedp.KeyEvent("\u001b"))
		s.until(`document.querySelector('` + within + ` a') && document.activeElement.textContent`)
		if got := s.look(`document.querySelectorAll('` + within + ` a').length + ' ' + document.activeElement.textContent`); got != links+" "+label {
			t.Errorf("closed, %s leaves %s", label, got)
		}
	}
	if next := s.look(`document.querySelector('.thumb a').href`); !strings.Contains(next, "/stories/") {
		t.Errorf("next leads to %s", next)
	}
	if end := s.look(`(scrollTo({top: 1e6, behavior: 'instant'}), document.querySelector('.foot').getBoundingClientRect().bottom <= document.querySelector('.thumb').getBoundingClientRect().top)`); end != "true" {
		t.Error("the foot of the page ends under the bar")
	}
	s.do(chromedp.EmulateViewport(1280, 900))
	if s.look(`document.querySelector('.thumb').checkVisibility()`) != "false" {
		t.Error("a wide screen shows the bar")
	}
	if top := s.look(`(scrollTo({top: 1500, behavior: 'instant'}), document.querySelector('.menu nav').getBoundingClientRect().top)`); top != "0" {
		t.Errorf("scrolled down a wide screen, the menu stands at %s px", top)
	}
}

// TestMenuWithoutItsScript: what brings up the menu on a phone may not have
// arrived.
func TestMenuWithoutItsScript(t *testing.T) {
	dir, _ := onDisk(t, &generator.Builder{Content: example()})
	if err := os.Remove(filepath.Join(dir, "debrief", "site.js")); err != nil {
		t.Fatal(err)
	}
	s := searching{t, browser(t)}
	s.do(sitting, chromedp.EmulateViewport(390, 800), chromedp.Navigate(address(dir, "stories/flag-rollback.html")))
	s.until(`['.menu', '.contents'].every(one => document.querySelector(one).checkVisibility())`)
}
