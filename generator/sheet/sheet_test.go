package sheet

import (
	"fmt"
	"math"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"debrief/generator/page"
	"debrief/generator/sheet/face"
)

var papers = []Paper{A4, Letter, Shared}

func spans(s string) []page.Span { return []page.Span{{Text: s}} }

// incidentCard is what no sheet of an incident is without.
func incidentCard(title string) page.Card {
	strip := page.Block{Kind: page.Strip}
	for i, name := range []string{"started", "detected", "acknowledged", "diagnosed", "mitigated", "resolved"} {
		strip.Moments = append(strip.Moments, page.Moment{Name: name, Stamp: "10:02:30", Since: "T+1:30:00", Took: "17 min 30 s", At: float64(i) / 5})
	}
	figures := page.Block{Kind: page.Headline, Figures: []page.Figure{
		{Text: "12% → 2%", Label: "Failing checkout requests", Confidence: "measured"}, {Text: "~$3.2M", Label: "Revenue saved", Confidence: "estimated"}, {Text: "38 min", Label: "Time to mitigate", Confidence: "measured"},
	}}
	return page.Card{Name: "incident", Title: title, Place: page.OnTop, Must: true, Priority: 200, Full: []page.Block{strip, figures}}
}

// wrong lists what a sheet must never be.
func wrong(l *Layout, s *page.Sheet) (out []string) {
	say := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	width, height := l.Paper.Inner()
	const slack = 0.01
	if l.Size < SmallBody || l.Size > largeBody {
		say("the body is %v pt", l.Size)
	}
	columns := make(map[float64]bool)
	for _, b := range l.Boxes {
		for _, a := range b.Areas {
			if a.X < -slack || a.Y < -slack || a.X+a.Width > width+slack || a.Y+a.Height > height+slack {
				say("%q stands at %v, outside", b.Card.Name, a)
			}
			if b.Card.Place == page.InColumn {
				columns[a.X] = true
			}
		}
	}
	for i, b := range l.Boxes {
		for _, o := range l.Boxes[i+1:] {
			for _, a := range b.Areas {
				for _, c := range o.Areas {
					if a.X < c.X+c.Width-slack && c.X < a.X+a.Width-slack && a.Y < c.Y+c.Height-slack && c.Y < a.Y+a.Height-slack {
						say("%q lies on %q: %v %v", b.Card.Name, o.Card.Name, a, c)
					}
				}
			}
		}
	}
	for _, line := range l.Lines {
		left, right := line.X, line.X+line.Width
		if line.RTL {
			left, right = line.X-line.Width, line.X
		}
		if left < -slack || right > width+slack || line.Y < 0 || line.Y+line.Size*0.22 > height+slack {
			say("a line runs outside, from %.1f to %.1f at %.1f: %v", left, right, line.Y, line.Runs)
		}
		if line.Size < Smallest {
			say("%.2f pt: %v", line.Size, line.Runs)
		}
	}
	there := make(map[string]bool)
	for _, b := range l.Boxes {
		there[b.Card.Name] = true
	}
	for _, c := range s.Cards {
		if c.Must && !there[c.Name] {
			say("%q must stay and is gone", c.Name)
		}
	}
	material := len(l.Missing) > 0 || l.Size < largeBody
	if material && l.Used < 0.85 {
		say("%.0f%% of the height is used, though there is more to show (%v pt, missing %d)", l.Used*100, l.Size, len(l.Missing))
	}
	if material && l.Balance < 0.8 {
		say("%d columns of %v pt are balanced to %.0f%%, missing %d: %s", l.Columns, l.Size, l.Balance*100, len(l.Missing), areasOf(l))
	}
	return out
}

func areasOf(l *Layout) string {
	var b strings.Builder
	for _, box := range l.Boxes {
		fmt.Fprintf(&b, "%s", box.Card.Name)
		for _, a := range box.Areas {
			fmt.Fprintf(&b, " (%.0f %.0f %.0f×%.0f)", a.X, a.Y, a.Width, a.Height)
		}
		b.WriteString("; ")
	}
	return b.String()
}

func solveAll(t interface{ Errorf(string, ...any) }, name string, s *page.Sheet) {
	for _, p := range papers {
		l := Solve(s, p, false)
		for _, w := range wrong(l, s) {
			t.Errorf("%s on %s: %s", name, p.Name, w)
		}
		if !reflect.DeepEqual(l, Solve(s, p, false)) {
			t.Errorf("%s on %s: solved twice, laid out in two ways", name, p.Name)
		}
	}
}

func items(n int, words string) (out []page.Block) {
	for i := range n {
		out = append(out, page.Block{Kind: page.Item, Text: spans(fmt.Sprintf("%s %d", words, i+1))})
	}
	return out
}

func TestSheets(t *testing.T) {
	long := strings.TrimSpace(strings.Repeat("a word ", 17))
	for name, s := range map[string]*page.Sheet{
		"nothing":      {},
		"only a title": {Title: "Kim's loop", Subtitle: "L5 at Example"},
		"one line":     {Title: "Loop", Cards: []page.Card{incidentCard("Outage")}},
		"long title":   {Title: long, Subtitle: long, Cards: []page.Card{incidentCard(long), {Name: "x", Title: long, Priority: 50, Full: items(3, long)}}},
		"forty":        {Title: "Loop", Cards: []page.Card{incidentCard("Outage"), {Name: "rounds", Title: "Rounds", Priority: 80, Keep: 4, Full: items(40, "A principle of some length and the story that shows it well")}}},
		"too many":     {Title: "Loop", Cards: []page.Card{incidentCard("Outage"), {Name: "a", Title: "A", Priority: 80, Keep: 4, Full: items(200, long)}, {Name: "b", Title: "B", Priority: 10, Keep: 3, Full: items(100, long)}}},
		"one word":     {Title: "Loop", Cards: []page.Card{incidentCard(strings.Repeat("Donaudampfschiff", 12)), {Name: "a", Title: "A", Priority: 80, Full: items(9, strings.Repeat("x", 700))}}},
		"japanese":     {Title: "面接", Cards: []page.Card{incidentCard("決済証明書の期限切れまで三日"), {Name: "a", Title: "質問", Priority: 80, Keep: 2, Full: items(60, "何も起きなかったのに、なぜその話をするのですか。答え：いつもの指標では見えないから。")}}},
		"arabic":       {Title: "مقابلة", Cards: []page.Card{incidentCard("شهادة الدفع قبل ثلاثة أيام من انتهائها"), {Name: "a", Title: "أسئلة", Priority: 80, Keep: 2, Full: items(40, "لم يحدث شيء، فلماذا تحكي هذه القصة؟ لأن المقاييس المعتادة لا تقول عنها شيئا")}}},
	} {
		solveAll(t, name, s)
	}
}

// TestAnySheet holds of any cards what TestSheets holds of a few.
func TestAnySheet(t *testing.T) {
	for range 3 { // a hundred each
		rapid.Check(t, anySheet)
	}
}

func anySheet(t *rapid.T) {
	s := drawnSheet(t)
	p := rapid.SampledFrom(papers).Draw(t, "paper")
	l := Solve(s, p, false)
	for _, w := range wrong(l, s) {
		t.Errorf("%s: %s", p.Name, w)
	}
}

func drawnSheet(t *rapid.T) *page.Sheet {
	words := rapid.SampledFrom([]string{"a", "the", "error", "budget", "rollback", "12%", "→", "measured", "Zuverlässigkeitsingenieurin", "障害の記録です。", "مذكرة", "~$3.2M", "checkout-503-spike/eu-west", "🎉", strings.Repeat("y", 90)})
	phrase := func(label string, most int) []page.Span {
		list := rapid.SliceOfN(words, 1, most).Draw(t, label)
		return []page.Span{{Text: strings.Join(list, " "), Bold: rapid.Bool().Draw(t, "bold")}, {Text: " " + list[0], Mono: true}}
	}
	block := rapid.Custom(func(t *rapid.T) page.Block {
		switch rapid.IntRange(0, 4).Draw(t, "kind") {
		case 0:
			return page.Block{Kind: page.Paragraph, Text: phrase("text", 60), Fine: rapid.Bool().Draw(t, "fine")}
		case 1:
			return page.Block{Kind: page.Row, Cells: [][]page.Span{phrase("a", 4), phrase("b", 12), phrase("c", 6)}}
		case 2:
			return page.Block{Kind: page.Subhead, Text: phrase("subhead", 8)}
		}
		return page.Block{Kind: page.Item, Label: rapid.SampledFrom([]string{"", "A", "Say", "a long label indeed"}).Draw(t, "label"), Text: phrase("item", 30)}
	})
	s := &page.Sheet{Title: page.PlainText(phrase("title", 20)), Subtitle: page.PlainText(phrase("subtitle", 9))}
	if rapid.Bool().Draw(t, "incident") {
		s.Cards = append(s.Cards, incidentCard(page.PlainText(phrase("incident", 25))))
	}
	for i := range rapid.IntRange(0, 12).Draw(t, "cards") {
		c := page.Card{
			Name: fmt.Sprint("card", i), Title: page.PlainText(phrase("heading", 12)), Priority: rapid.IntRange(0, 100).Draw(t, "priority"),
			Keep: rapid.IntRange(0, 5).Draw(t, "keep"), Full: rapid.SliceOfN(block, 1, 25).Draw(t, "blocks"),
		}
		if rapid.IntRange(0, 3).Draw(t, "short?") == 0 {
			c.Short = c.Full[:1]
		}
		s.Cards = append(s.Cards, c)
	}
	if rapid.Bool().Draw(t, "judgment") {
		s.Cards = append(s.Cards, page.Card{Name: "judgment", Place: page.AtBottom, Priority: 95, Full: []page.Block{{Text: phrase("judgment", 40)}}})
	}
	return s
}

// TestLinesLoseNothing holds that broken lines say what the text says, no
// line wider than it may be.
func TestLinesLoseNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		said := rapid.StringOf(rapid.SampledFrom([]rune("ab c-/→。語、(é\u0301م 🎉W"))).Draw(t, "text")
		width := rapid.IntRange(3000, 20000).Draw(t, "width")
		ls := letters(nil, []page.Span{{Text: said}})
		var got strings.Builder
		for line := range testText(spans(said)).lines(width) {
			if w := widthOf(line); w > width && len(line) > 1 {
				joined := true
				for _, l := range line[1:] {
					joined = joined && joins(l.r)
				}
				if !joined {
					t.Errorf("a line is %d wide, may be %d: %v", w, width, runs(line, 10))
				}
			}
			for _, r := range runs(line, 10) {
				got.WriteString(r.Text)
			}
		}
		strip := func(s string) string {
			return strings.NewReplacer(" ", "", "-", "").Replace(s)
		}
		var want strings.Builder
		for _, l := range ls {
			want.WriteRune(l.r)
		}
		if strip(got.String()) != strip(want.String()) {
			t.Errorf("%q was broken into %q", want.String(), got.String())
		}
	})
}

func TestBreaking(t *testing.T) {
	em := func(n float64) int { return int(n * face.PerEm) }
	for _, c := range []struct {
		text  string
		width int
		want  string
	}{
		{"one two three", em(4), "one two|three"},
		{"well-known", em(3), "well-|known"},
		{"no\u00a0break here", em(4.6), "no\u00a0break|here"},
		{"障害の記録です。", em(4), "障害の記|録です。"},
		{"障害の記録。です", em(5), "障害の記|録。です"},
		{"extraordinary", em(3.5), "extrao-|rdinary"},
	} {
		var got []string
		for line := range testText(spans(c.text)).lines(c.width) {
			s := ""
			for _, r := range runs(line, 10) {
				s += r.Text
			}
			got = append(got, s)
		}
		if strings.Join(got, "|") != c.want {
			t.Errorf("%q breaks as %q, want %q", c.text, strings.Join(got, "|"), c.want)
		}
	}
}

func TestSharedWidths(t *testing.T) {
	for _, c := range []struct {
		natural []float64
		width   float64
		want    []float64
	}{
		{[]float64{10, 20}, 100, []float64{10, 90}},
		{[]float64{10, 200}, 100, []float64{10, 90}},
		{[]float64{100, 300}, 100, []float64{35, 65}},
	} {
		got := shared(c.natural, c.width)
		for i := range got {
			if math.Abs(got[i]-c.want[i]) > 0.001 {
				t.Errorf("shared(%v, %v) = %v, want %v", c.natural, c.width, got, c.want)
			}
		}
	}
}

func BenchmarkSolve(b *testing.B) {
	s := &page.Sheet{Title: "Loop", Cards: []page.Card{incidentCard("Outage")}}
	for i := range 14 {
		s.Cards = append(s.Cards, page.Card{Name: fmt.Sprint(i), Title: "A card", Priority: 6 * i, Keep: 3, Full: items(14, "some dozen words that say what was done and who did it when")})
	}
	for b.Loop() {
		Solve(s, A4, false)
	}
}

// TestMoreThanAnySideHolds pins far more cards than fit at their least: nothing
// runs off the paper, and each card stands there or is named as left out.
func TestMoreThanAnySideHolds(t *testing.T) {
	s := &page.Sheet{Title: "Too much", Cards: []page.Card{incidentCard("Too much")}}
	for i := range 150 {
		s.Cards = append(s.Cards, page.Card{Name: fmt.Sprintf("pinned-%d", i), Title: fmt.Sprintf("Pinned %d", i), Must: true, Priority: 90, Full: []page.Block{
			{Kind: page.Paragraph, Text: spans(strings.Repeat("What must not be left out. ", 12))},
		}})
	}
	for _, p := range papers {
		l := Solve(s, p, false)
		width, height := p.Inner()
		for _, line := range l.Lines {
			if line.X < 0 || line.X+line.Width > width+.01 || line.Y+line.Size*0.22 > height+.01 {
				t.Fatalf("%s: a line runs outside, at %.1f, %.1f: %v", p.Name, line.X, line.Y, line.Runs)
			}
		}
		there, named := make(map[string]bool), make(map[string]bool)
		for _, b := range l.Boxes {
			there[b.Card.Name] = true
		}
		for _, c := range l.Missing {
			named[c.Card.Name] = c.Gone
		}
		for _, c := range s.Cards {
			if there[c.Name] == named[c.Name] && c.Place == page.InColumn {
				t.Errorf("%s: %s is there: %v, named as left out: %v", p.Name, c.Name, there[c.Name], named[c.Name])
			}
		}
		if len(there) < 20 || !there["incident"] {
			t.Errorf("%s: %d cards are left", p.Name, len(there))
		}
	}
}
