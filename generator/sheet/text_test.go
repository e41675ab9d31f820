package sheet

import (
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"debrief/generator/page"
)

// TestLinesAsLetterByLetter holds that breaking by words comes to what reading
// letter by letter comes to, and that counting lines is breaking them.
func TestLinesAsLetterByLetter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		said := rapid.StringOf(rapid.SampledFrom([]rune("abcde  -/→。語、(é\u0301\u200dم\u00a0🎉W"))).Draw(t, "text")
		width, most := rapid.IntRange(0, 20000).Draw(t, "width"), rapid.IntRange(0, 4).Draw(t, "most")
		text := testText(spans(said))
		got, want := slices.Collect(text.lines(width)), letterByLetter(text.letters, width)
		if !slices.EqualFunc(got, want, slices.Equal[[]letter]) {
			t.Errorf("%q on %d: %v, letter by letter %v", said, width, got, want)
		}
		if n, lines := text.count(width, most), text.capped(nil, width, most); n != len(lines) {
			t.Errorf("%q on %d, at most %d: counts as %d lines, has %d", said, width, most, n, len(lines))
		}
	})
}

func testText(spans []page.Span) *text {
	r := newReader()
	return r.newText(spans)
}

func letterByLetter(ls []letter, width int) (lines [][]letter) {
	for start := 0; start < len(ls); {
		wide, at, end := 0, -1, start
		for ; end < len(ls); end++ {
			if end > start && mayBreak(ls[end-1].r, ls[end].r) {
				at = end
			}
			if ls[end].r != ' ' && wide+int(ls[end].width) > width && end > start {
				break
			}
			wide += int(ls[end].width)
		}
		if end < len(ls) && at < 0 {
			line, next := torn(ls, start, end, width)
			lines, start = append(lines, line), next
			continue
		}
		if end == len(ls) {
			at = end
		}
		line := ls[start:at]
		if line[len(line)-1].r == ' ' {
			line = line[:len(line)-1]
		}
		lines, start = append(lines, line), at
	}
	return lines
}

// TestTextsAreToldApart holds that texts that say the same in other styles, or
// are cut into other spans, have keys of their own.
func TestTextsAreToldApart(t *testing.T) {
	seen := make(map[string][]page.Span)
	for _, spans := range [][]page.Span{
		{},
		{{Text: "ab"}, {Text: "c"}}, {{Text: "a"}, {Text: "bc"}}, {{Text: "abc"}, {}}, {{}, {Text: "abc"}},
		{{Text: "ab", Bold: true}, {Text: "c"}}, {{Text: "ab", Mono: true}, {Text: "c"}}, {{Text: "ab"}, {Text: "c", Bold: true}},
		{{Text: "ab\x00\x01c"}, {}}, {{Text: "ab"}, {Text: "c", Bold: true, Mono: true}},
	} {
		key := string(keyOf(nil, spans))
		if other, ok := seen[key]; ok {
			t.Errorf("%v and %v have one key", spans, other)
		}
		seen[key] = spans
	}
}

// TestScratchIsForgotten lays out a sheet among others that leave their texts
// and their room: it comes out the same.
func TestScratchIsForgotten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawnSheet(t)
		first := Solve(s, A4, false)
		Solve(drawnSheet(t), Letter, true)
		if again := Solve(s, A4, false); !reflect.DeepEqual(first, again) {
			t.Errorf("laid out as %v, later as %v", first.Lines, again.Lines)
		}
	})
}
