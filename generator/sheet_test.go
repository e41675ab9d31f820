package generator_test

import (
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/chromedp/chromedp"

	"debrief/generator"
	"debrief/generator/note"
	"debrief/generator/page"
	"debrief/generator/render"
	"debrief/generator/sheet"
	"debrief/generator/sheet/face"
	"debrief/generator/sheet/pdf"
	"debrief/themes"
)

// oneLine is an incident that says next to nothing.
const oneLine = "---\nkind: incident\ntitle: It broke\nstarted_at: 2025-03-01T10:00:00Z\nmitigated_at: 2025-03-01T10:38:00Z\n---\n\nIt broke.\n"

// sheetHandbooks are folders that ask a lot of one side of paper.
func sheetHandbooks() map[string]fstest.MapFS {
	with := func(files map[string]string) fstest.MapFS {
		fs := make(fstest.MapFS)
		for name, text := range files {
			fs[name] = &fstest.MapFile{Data: []byte(text)}
		}
		return fs
	}
	stories := map[string]string{"incidents/a.md": oneLine, "debrief.yaml": "title: Forty\n"}
	var names []string
	for i := range 40 {
		names = append(names, fmt.Sprintf("s%d", i))
		stories[fmt.Sprintf("stories/s%d.md", i)] = fmt.Sprintf("---\nkind: story\ntitle: The story of how number %d was told to somebody\nincident: a\nprinciples: [ownership, dive-deep]\nfollow_ups: [\"What did you do after %d?\"]\n---\n\n## Situation\n\nWords.\n\n> [!probe] Why %d?\n> Because it was so, and for no other reason that anybody could name afterwards.\n", i, i, i)
	}
	for i := range 5 {
		stories[fmt.Sprintf("rounds/r%d.md", i)] = fmt.Sprintf("---\nkind: round\ntitle: A round with a name\norder: %d\ntype: behavioral\nprinciples: [ownership, dive-deep, earn-trust]\nstories: [%s]\n---\n", i+1, strings.Join(names[8*i:8*i+8], ", "))
	}
	var events strings.Builder
	for i := range 60 {
		fmt.Fprintf(&events, "  - {at: 2025-03-01T10:%02d:00Z, phase: %s, event: \"Something happened that takes a line to tell, the %d time\", actor: me}\n", i, []string{"diagnose", "decide", "action"}[i%3], i+1)
	}
	long := strings.TrimSpace(strings.Repeat("A title of length ", 7))[:120]
	return map[string]fstest.MapFS{
		"empty":        with(map[string]string{}),
		"one line":     with(map[string]string{"incidents/a.md": oneLine}),
		"forty":        with(stories),
		"sixty events": with(map[string]string{"incidents/a.md": strings.Replace(oneLine, "---\n\nIt", "timeline:\n"+events.String()+"---\n\nIt", 1)}),
		"long titles": with(map[string]string{
			"debrief.yaml": "title: " + long + "\ntarget: {role: " + long + "}\n", "incidents/a.md": strings.Replace(oneLine, "It broke", long, 1),
			"stories/a.md": "---\nkind: story\ntitle: " + long + "\nincident: a\nprinciples: [ownership]\n---\n\n> [!probe] " + long + "\n> " + long + "\n\n> [!judgment] " + long + "\n> " + long + "\n",
			"rounds/a.md":  "---\nkind: round\ntitle: " + long + "\nprinciples: [ownership]\nstories: [stories/a]\n---\n",
		}),
		"a bare round":  with(map[string]string{"rounds/a.md": "---\nkind: round\ntitle: On Monday\norder: 1\n---\n"}),
		"a wordy round": with(map[string]string{"rounds/a.md": "---\nkind: round\ntitle: On Monday\norder: 1\n---\n\n" + strings.Repeat("## A part of it\n\nIt was said, and said again, with `code` in it, and then somebody said it once more.\n\n- one\n- two\n\n", 60)}),
		"no numbers":    with(map[string]string{"incidents/a.md": "---\nkind: incident\ntitle: It broke\n---\n\nNobody counted.\n", "stories/a.md": "---\nkind: story\ntitle: Told\n---\n"}),
		"japanese": with(map[string]string{
			"debrief.yaml": "title: 面接の準備\nlanguage: ja\n", "incidents/a.md": strings.Replace(oneLine, "It broke", "決済証明書の期限切れまで三日しかなかった話", 1) + "\n> [!probe] 何も起きなかったのに、なぜその話をするのですか。\n> いつもの指標では見えないからです。誰も呼び出されず、予算も減らず、お客様にも影響がありませんでした。\n\n> [!judgment] 動いた仕事が役に立った仕事とは限らない\n",
			"stories/a.md": "---\nkind: story\ntitle: 十回の静かな失敗\nincident: a\nprinciples: [ownership]\n---\n",
			"rounds/a.md":  "---\nkind: round\ntitle: 第一回 行動面接\norder: 1\nstories: [a]\nprinciples: [ownership]\n---\n\n## 四十五分\n\n| 分 | すること |\n| --: | --- |\n| 5 | 自己紹介 |\n| 40 | 二つの話とその質問 |\n",
		}),
		"arabic": with(map[string]string{
			"debrief.yaml": "title: التحضير للمقابلة\nlanguage: ar\n", "incidents/a.md": strings.Replace(oneLine, "It broke", "شهادة الدفع قبل ثلاثة أيام من انتهائها", 1) + "\n> [!probe] لم يحدث شيء، فلماذا تحكي هذه القصة؟\n> لأن المقاييس المعتادة لا تقول عنها شيئا، ولم يتصل بنا أحد في تلك الليلة.\n",
			"stories/a.md": "---\nkind: story\ntitle: عشر إخفاقات صامتة\nincident: a\nprinciples: [ownership]\n---\n",
			"rounds/a.md":  "---\nkind: round\ntitle: الجولة الأولى\norder: 1\nstories: [a]\nprinciples: [ownership]\n---\n\n## الدقائق\n\n- أبدأ بما كان قراري أنا\n- ثم أقول ما كلفنا\n",
		}),
	}
}

// eachSheet builds the example and every folder, and hands on all their
// sheets.
func eachSheet(t *testing.T, do func(name string, r *generator.Result, about *page.CheatSheet)) {
	t.Helper()
	books := map[string]*generator.Result{}
	r, _ := build(t, &generator.Builder{Content: example()})
	books["example"] = r
	for name, folder := range sheetHandbooks() {
		r, _ := build(t, &generator.Builder{Content: folder})
		books[name] = r
	}
	for name, r := range books {
		incidents := r.Site.Book.OfKind("incident")
		if len(incidents) == 0 {
			do(name, r, r.Site.CheatSheet(nil))
		}
		for _, n := range incidents {
			do(name+", "+n.ID, r, r.Site.CheatSheet(n))
		}
		for _, n := range r.Site.Book.OfKind("round") {
			do(name+", "+n.ID, r, r.Site.RunSheet(n))
		}
	}
}

// TestSheetsOfHandbooks lays out every sheet for every paper: all of it within
// the margins, no smaller than one can read, the page filled where there is
// something to fill it with, and the incident's phases and figures always on
// it.
func TestSheetsOfHandbooks(t *testing.T) {
	eachSheet(t, func(name string, r *generator.Result, about *page.CheatSheet) {
		for _, c := range about.Sheet.Cards {
			if !slices.Contains(note.AllSheetCards(), c.Name) && c.Name != "start" || c.Why == "" {
				t.Errorf("%s: the card %q cannot be hidden or explained", name, c.Name)
			}
		}
		for _, paper := range []sheet.Paper{sheet.A4, sheet.Letter, sheet.Shared} {
			l := sheet.Solve(&about.Sheet, paper, render.Direction(r.Site.Book.Settings.Language) == "rtl")
			width, height := paper.Inner()
			for _, line := range l.Lines {
				from, to := line.X, line.X+line.Width
				if line.RTL {
					from, to = line.X-line.Width, line.X
				}
				if from < -0.01 || to > width+0.01 || line.Y > height-line.Size*0.2 || line.Size < sheet.Smallest {
					t.Errorf("%s on %s: %v is set in %v pt from %.1f to %.1f at %.1f", name, paper.Name, line.Runs, line.Size, from, to, line.Y)
				}
			}
			if l.Size < sheet.SmallBody {
				t.Errorf("%s on %s: the body is %v pt", name, paper.Name, l.Size)
			}
			if (len(l.Missing) > 0 || l.Size < 11.5) && (l.Used < 0.85 || l.Balance < 0.8) {
				t.Errorf("%s on %s: %.0f%% of the height used, columns balanced to %.0f%%; %s", name, paper.Name, l.Used*100, l.Balance*100, l.Said())
			}
			if about.Incident != nil {
				checkIncidentBox(t, name, about, l)
			}
		}
	})
}

// checkIncidentBox holds that the incident has its strip and figures.
func checkIncidentBox(t *testing.T, name string, about *page.CheatSheet, l *sheet.Layout) {
	t.Helper()
	want, got := map[page.BlockKind]bool{}, map[page.BlockKind]bool{}
	for _, b := range about.Sheet.Cards[0].Full {
		want[b.Kind] = b.Kind == page.Strip || b.Kind == page.Headline
	}
	for _, box := range l.Boxes {
		if box.Card.Name == "incident" {
			for _, b := range box.Blocks {
				got[b.Kind] = true
			}
		}
	}
	for kind, wanted := range want {
		if wanted && !got[kind] {
			t.Errorf("%s: the sheet lacks the incident's block of kind %d", name, kind)
		}
	}
}

var pageObject = regexp.MustCompile(`/Type ?/Page[^s]`)

// TestSheetsInABrowser prints every sheet from Chromium and holds what it drew
// against the paper.
func TestSheetsInABrowser(t *testing.T) {
	ctx := browser(t)
	const outside = `(() => {
		const svg = document.querySelector('.paper svg'), out = [], box = svg.viewBox.baseVal;
		for (const e of svg.querySelectorAll('text')) {
			const b = e.getBBox();
			if (b.x < -0.6 || b.y < -0.6 || b.x + b.width > box.width + 0.6 || b.y + b.height > box.height + 1) out.push(e.textContent + ' ' + [b.x, b.y, b.width, b.height].map(Math.round));
			if (parseFloat(getComputedStyle(e).fontSize) < 8) out.push(e.textContent + ' is too small');
		}
		return out;
	})()`
	for name, folder := range sheetHandbooks() {
		r, _ := build(t, &generator.Builder{Content: folder})
		sheets := sheetFiles(r)
		if len(sheets) == 0 {
			t.Errorf("%s has no sheet", name)
			continue
		}
		dir, _ := onDisk(t, &generator.Builder{Content: folder})
		for _, file := range sheets {
			if err := chromedp.Do(ctx, chromedp.EmulateViewport(1280, 900), chromedp.Navigate(address(dir, file))); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			said, err := chromedp.Run(ctx, chromedp.Evaluate[[]string](outside))
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			for _, line := range said {
				t.Errorf("%s, %s: outside the paper: %s", name, file, line)
			}
			for _, paper := range []chromedp.PaperSize{chromedp.PaperA4, chromedp.PaperLetter} {
				printed, err := chromedp.Run(ctx, chromedp.PrintToPDF(chromedp.PDFPaper(paper)))
				if err != nil {
					t.Fatal(err)
				}
				if n := len(pageObject.FindAll(printed, -1)); n != 1 {
					t.Errorf("%s, %s takes %d pages on %v, want 1", name, file, n, paper)
				}
			}
		}
	}
}

// sheetFiles are the sheets of a site that are worth printing in turn: the
// handbook's own, and two rounds'.
func sheetFiles(r *generator.Result) []string {
	var out []string
	for _, p := range r.Site.Pages {
		if p.Template == "cheat-sheet" && (p.File == "cheat-sheet.html" || strings.HasPrefix(p.File, "run-sheets/") && len(out) < 3) {
			out = append(out, p.File)
		}
	}
	return out
}

// TestSheetOnAPhone holds that a reader meets each card once: drawn where there
// is room, as text on a phone, and to screen readers always as text.
func TestSheetOnAPhone(t *testing.T) {
	ctx := browser(t)
	dir, _ := onDisk(t, &generator.Builder{Content: example()})
	if err := chromedp.Do(ctx, chromedp.Navigate(address(dir, "cheat-sheet.html"))); err != nil {
		t.Fatal(err)
	}
	const seen = `(() => {
		const box = q => document.querySelector(q).getBoundingClientRect();
		const svg = document.querySelector('.paper svg');
		return [box('.paper').height > 100, box('.sheet-flow').height > 100, svg.getAttribute('aria-hidden') === 'true',
			document.querySelectorAll('.sheet-flow a, .paper a').length === 0].join(' ');
	})()`
	for width, want := range map[int64]string{390: "false true true true", 1280: "true false true true"} {
		if err := chromedp.Do(ctx, chromedp.EmulateViewport(width, 900)); err != nil {
			t.Fatal(err)
		}
		if got, err := chromedp.Run(ctx, chromedp.Evaluate[string](seen)); err != nil || got != want {
			t.Errorf("%d px: drawing, text, hidden from readers, without links: %s, want %s (%v)", width, got, want, err)
		}
	}
}

// TestOurPDFs writes every sheet with our own writer, or finds that another
// must.
func TestOurPDFs(t *testing.T) {
	eachSheet(t, func(name string, r *generator.Result, about *page.CheatSheet) {
		for _, paper := range []sheet.Paper{sheet.A4, sheet.Letter} {
			l := sheet.Solve(&about.Sheet, paper, false)
			foreign := strings.HasPrefix(name, "japanese") || strings.HasPrefix(name, "arabic")
			if (len(l.Foreign()) > 0) != foreign {
				t.Errorf("%s: foreign letters %q", name, string(l.Foreign()))
			}
			file := pdf.Write(l, pdf.About{Title: name, Language: "en"})
			if n := len(pageObject.FindAll(file, -1)); n != 1 || len(file) > 200<<10 {
				t.Errorf("%s on %s: %d pages in %d bytes", name, paper.Name, n, len(file))
			}
		}
	})
}

// TestSheetStylesKnowTheFonts holds the ranges that the style sheet names to
// what the font files hold.
func TestSheetStylesKnowTheFonts(t *testing.T) {
	css := readFile(t, themes.Default(), "assets/sheet.css")
	for _, p := range []face.Part{face.Common, face.More} {
		var ranges []string
		for _, r := range p.Ranges() {
			ranges = append(ranges, fmt.Sprintf("U+%X-%X", r[0], r[1]))
		}
		want := "unicode-range: " + strings.Join(ranges, ", ")
		if n := strings.Count(css, want); n != len(face.Faces) {
			t.Errorf("sheet.css says %q %d times, want %d", want, n, len(face.Faces))
		}
	}
}

func readFile(t *testing.T, from fs.FS, name string) string {
	t.Helper()
	data, err := fs.ReadFile(from, name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
