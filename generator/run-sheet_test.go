package generator_test

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/chromedp/chromedp"

	"debrief/generator"
	"debrief/generator/page"
)

// runSheet are the cards of a round's sheet as lines: the card's name, then
// what its blocks say, the cells of a row between bars.
func runSheet(t *testing.T, front, body string, others fstest.MapFS) map[string][]string {
	t.Helper()
	folder := fstest.MapFS{"rounds/r.md": {Data: []byte("---\nkind: round\ntitle: On Monday\norder: 1\n" + front + "---\n\n" + body)}}
	for name, file := range others {
		folder[name] = file
	}
	r, _ := build(t, &generator.Builder{Content: folder})
	cards := make(map[string][]string)
	for _, c := range r.Site.RunSheet(r.Site.Book.OfKind("round")[0]).Sheet.Cards {
		if c.Name == "own" {
			cards["own"] = append(cards["own"], "# "+c.Title)
		}
		for _, b := range c.Full {
			line := page.PlainText(b.Text)
			for i, cell := range b.Cells {
				if i > 0 {
					line += " | "
				}
				line += page.PlainText(cell)
			}
			cards[c.Name] = append(cards[c.Name], line)
		}
	}
	return cards
}

// TestLinksOnASheet holds that a link shows the title of its note, and that
// neither the words around it nor the cells of a table move.
func TestLinksOnASheet(t *testing.T) {
	others := fstest.MapFS{
		"checkout.md":    {Data: []byte("# Pay · the outage\n\nIt broke. ^broke\n\n## Why\n\nSo.\n")},
		"lists/pager.md": {Data: []byte("# Who is paged\n")},
	}
	cards := runSheet(t, "", "Say checkout first, then [[checkout]], and `[[checkout]]` never.\n\n[[checkout#^broke]], [[checkout#Why]], [[checkout|ours]], [[lists]], [lists](lists/), [more](lists/)\n\n| who | | what |\n| --- | --- | --- |\n| me | | [[checkout]] |\n", others)
	want := []string{"# ", "Say checkout first, then Pay · the outage, and [[checkout]] never.", "Pay · the outage, Pay · the outage › Why, ours, Lists, lists, more", "who |  | what", "me |  | Pay · the outage"}
	if !slices.Equal(cards["own"], want) {
		t.Errorf("the sheet says\n%s\nwant\n%s", strings.Join(cards["own"], "\n"), strings.Join(want, "\n"))
	}
}

// plans are tables of minutes, as the run-sheet prints them and as interview
// day goes through them.
var plans = []struct {
	name, front, body string
	sheet             []string
	day               string
}{
	{
		"lengths", "", "| minutes | what |\n| --: | --- |\n| 5 | Greet |\n| 40 min | Tell |\n",
		[]string{"0–5 | Greet", "5–45 | Tell"}, "Greet, until minute 5 > Tell, until minute 45 > ",
	},
	{
		"starts", "", "| minute | what |\n| --- | --- |\n| 0 | Intro |\n| 5 | Story one |\n| 20 | Story two |\n| 40 | Questions |\n",
		[]string{"0–5 | Intro", "5–20 | Story one", "20–40 | Story two", "40– | Questions"},
		"Intro, until minute 5 > Story one, until minute 20 > Story two, until minute 40 > Questions",
	},
	{
		"starts in a round of known length", "duration: 45m\n", "| minute | what |\n| --- | --- |\n| 0 | Intro |\n| 5 | Story |\n| end | Your questions |\n",
		[]string{"0–5 | Intro", "5–45 | Story", "end | Your questions"}, "Intro, until minute 5 > Story, until minute 45 > ",
	},
	{
		"stretches, with another hand", "", "| minute | what |\n| --- | --- |\n| 0-5 | Intro |\n| 5 – 20 min | Story |\n| 10 | Questions |\n",
		[]string{"0–5 | Intro", "5–20 | Story", "20–30 | Questions"}, "Intro, until minute 5 > Story, until minute 20 > Questions, until minute 30 > ",
	},
	{
		"japanese, after tables that plan nothing", "",
		"| 見出し |\n| --- |\n\n| # | 問い |\n| --- | --- |\n| 1 | なぜ |\n| 2 | いつ |\n\n| 年 | 何 |\n| --- | --- |\n| 2023 | 決済 |\n\n## 四十五分\n\n| 分 | すること |\n| --: | --- |\n| 5 | 自己紹介 |\n| 40 | 質問 |\n",
		[]string{"0–5 | 自己紹介", "5–45 | 質問"}, "自己紹介, until minute 5 > 質問, until minute 45 > ",
	},
	{
		"the usual one", "type: behavioral\n", "Hello.\n",
		[]string{"0–5 | Introductions", "5–20 | First story: three minutes, then probes", "20–35 | Second story: three minutes, then probes", "35–40 | A short third question", "40–45 | Your questions"},
		"Introductions, until minute 5 > First story: three minutes, then probes, until minute 20 > Second story: three minutes, then probes, until minute 35 > A short third question, until minute 40 > Your questions, until minute 45 > ",
	},
	{"no plan", "", "## The minutes\n\n| part | minutes |\n| --- | --- |\n| Greet | 5 |\n", nil, ""},
}

// TestMinutes holds that paper and screen read a table of minutes alike.
func TestMinutes(t *testing.T) {
	s := searching{t, browser(t)}
	for _, plan := range plans {
		cards := runSheet(t, plan.front, plan.body, nil)
		if !slices.Equal(cards["minutes"], plan.sheet) {
			t.Errorf("%s: the sheet says %q, want %q", plan.name, cards["minutes"], plan.sheet)
		}
		for _, row := range plan.sheet {
			if _, what, _ := strings.Cut(row, " | "); strings.Contains(strings.Join(cards["own"], "\n"), what) {
				t.Errorf("%s: %q stands on the sheet twice: %q", plan.name, what, cards["own"])
			}
		}
		dir, _ := onDisk(t, &generator.Builder{Content: fstest.MapFS{
			"rounds/r.md": {Data: []byte("---\nkind: round\ntitle: On Monday\norder: 1\n" + plan.front + "---\n\n" + plan.body)},
		}})
		s.do(sitting, chromedp.Navigate(address(dir, "rounds/r.html")+"#day"))
		s.until(`document.querySelector('.day-bar')`)
		s.do(chromedp.Click(".day-keys button"))
		if got := s.look(`(() => {
			const began = Date.now(), said = [];
			for (let minute = 0; minute < 60; minute++) {
				Date.now = () => began + minute * 6e4 + 3e4;
				document.dispatchEvent(new Event('visibilitychange'));
				const now = document.querySelector('.day-now').textContent;
				if (now !== said[said.length - 1]) said.push(now);
			}
			return said.join(' > ');
		})()`); got != plan.day {
			t.Errorf("%s: the day goes %q, want %q", plan.name, got, plan.day)
		}
	}
}

// TestOwnWordsBesideTheMinutes holds that a round's text stays on its sheet,
// whatever it speaks of; only the table that has a card of its own goes.
func TestOwnWordsBesideTheMinutes(t *testing.T) {
	cards := runSheet(t, "", "## The 45 minutes\n\nKeep to it.\n\n| minutes | what |\n| --: | --- |\n| 5 | Greet |\n\n| need | have |\n| --- | --- |\n| water | yes |\n\n## What I say in the last minutes\n\nThank you.\n\n### Really\n\nBye.\n\n## The end\n\nGo.\n", nil)
	want := []string{"# The 45 minutes", "Keep to it.", "need | have", "water | yes", "# What I say in the last minutes", "Thank you.", "Really", "Bye.", "# The end", "Go."}
	if !slices.Equal(cards["own"], want) {
		t.Errorf("the sheet says %q, want %q", cards["own"], want)
	}
}

// TestSheetsAndNotesOfOneName holds that a note in the place of a sheet is
// spoken of, and that nothing leads to a sheet that is another's.
func TestSheetsAndNotesOfOneName(t *testing.T) {
	r, site := build(t, &generator.Builder{Content: fstest.MapFS{
		"rounds/one.md":            {Data: []byte("---\ntitle: One\norder: 1\n---\n")},
		"rounds/two.md":            {Data: []byte("---\ntitle: Two\norder: 2\n---\n")},
		"two.md":                   {Data: []byte("---\nkind: round\ntitle: Two again\norder: 3\n---\n")},
		"incidents/it-broke.md":    {Data: []byte(oneLine)},
		"run-sheets/one.md":        {Data: []byte("# My own sheet\n")},
		"cheat-sheets/it-broke.md": {Data: []byte("# My own sheet\n")},
	}})
	var replaced []string
	for _, f := range r.Findings {
		if f.Rule == "generated-page-replaced" {
			replaced = append(replaced, f.Path+": "+f.Message)
		}
	}
	if want := []string{
		"cheat-sheets/it-broke.md: this note takes the place of the generated page cheat-sheets/it-broke.html",
		"run-sheets/one.md: this note takes the place of the generated page run-sheets/one.html",
	}; !slices.Equal(replaced, want) {
		t.Errorf("%q, want %q", replaced, want)
	}
	for file, want := range map[string]string{
		"rounds/one.html": "", "incidents/it-broke.html": "", "rounds/two.html": "../run-sheets/rounds/two.html", "two.html": "run-sheets/two.html",
	} {
		_, after, _ := strings.Cut(string(site[file]), "<dt>On paper</dt>")
		_, after, _ = strings.Cut(after, `href="`)
		if got, _, _ := strings.Cut(after, `"`); got != want {
			t.Errorf("on paper %s is %q, want %q", file, got, want)
		}
	}
	for file, title := range map[string]string{"run-sheets/two.html": "Two again", "run-sheets/rounds/two.html": "Two"} {
		if !strings.Contains(string(site[file]), "Run-sheet: "+title+"<") {
			t.Errorf("%s is not the sheet of %s", file, title)
		}
	}
}
