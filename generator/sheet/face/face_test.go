package face

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	"debrief/generator/ready"
)

// TestLinesAreAsWideAsTheirCharacters holds that the fonts neither kern nor
// join letters: else a browser and a PDF would set other lines than we measure.
func TestLinesAreAsWideAsTheirCharacters(t *testing.T) {
	for _, f := range Faces {
		for _, tag := range []string{"kern", "GPOS", "GSUB", "morx"} {
			if _, ok := tablesOf(f.TTF())[tag]; ok {
				t.Errorf("Go %v has a table %s", f, tag)
			}
		}
	}
}

// TestSubset reads subsets back with another reader: outlines, widths and the
// way from a character to its glyph are those of the whole font.
func TestSubset(t *testing.T) {
	texts := []string{"", " ", "Kim’s loop: 12% → 2%, ~38 min", "Ünïcödé Ångström Ğ ﬁ", "Кириллица Ελληνικά √≈≤≥●○▲", "日本語 مذكرة"}
	for _, f := range Faces {
		for _, text := range texts {
			s := f.Subset([]rune(text))
			if !bytes.Equal(s.File, f.Subset([]rune(text+text)).File) {
				t.Errorf("%v, %q: two subsets of the same characters differ", f, text)
			}
			compare(t, f, s.File, text)
			if len(s.Widths) > 0 && s.Widths[s.Glyph('K')] != f.Width('K') && strings.Contains(text, "K") {
				t.Errorf("%v: K is %d wide in the subset, %d in the font", f, s.Widths[s.Glyph('K')], f.Width('K'))
			}
		}
		for _, p := range []Part{Common, More} {
			var all []rune
			for _, r := range p.Ranges() {
				for c := r[0]; c <= r[1]; c++ {
					all = append(all, c)
				}
			}
			compare(t, f, f.Web(p), string(all))
			t.Logf("Go %v, part %d: %d bytes of %d", f, p, len(f.Web(p)), len(f.TTF()))
		}
	}
}

func compare(t *testing.T, f Face, file []byte, text string) {
	t.Helper()
	whole, err := sfnt.Parse(f.TTF())
	if err != nil {
		t.Fatal(err)
	}
	part, err := sfnt.Parse(file)
	if err != nil {
		t.Fatalf("%v, subset for %.20q: %v", f, text, err)
	}
	var b sfnt.Buffer
	for _, r := range text {
		if !f.Has(r) {
			continue
		}
		a, _ := whole.GlyphIndex(&b, r)
		p, err := part.GlyphIndex(&b, r)
		if err != nil || p == 0 {
			t.Errorf("%v: %q is not in the subset (%v)", f, r, err)
			continue
		}
		wa, _ := whole.GlyphAdvance(&b, a, fixed.I(PerEm), font.HintingNone)
		wp, _ := part.GlyphAdvance(&b, p, fixed.I(PerEm), font.HintingNone)
		if wa != wp {
			t.Errorf("%v: %q is %v wide, in the subset %v", f, r, wa, wp)
		}
		one, err := whole.LoadGlyph(&b, a, fixed.I(PerEm), nil)
		if err != nil {
			t.Fatal(err)
		}
		one = append(sfnt.Segments(nil), one...)
		two, err := part.LoadGlyph(&b, p, fixed.I(PerEm), nil)
		if err != nil {
			t.Errorf("%v: %q in the subset: %v", f, r, err)
			continue
		}
		if len(one) != len(two) {
			t.Errorf("%v: %q has %d strokes, in the subset %d", f, r, len(one), len(two))
			continue
		}
		for i := range one {
			if one[i] != two[i] {
				t.Errorf("%v: %q is drawn differently in the subset", f, r)
				break
			}
		}
	}
}

// TestWebFontsAreReady holds the fonts that were cut before the program was
// compiled to what would be cut now.
func TestWebFontsAreReady(t *testing.T) {
	for _, f := range Faces {
		for _, p := range []Part{Common, More} {
			want := f.cut(p)
			got := ready.Or(f.readyAs(p), func() []byte {
				if os.Getenv("CI") != "" {
					t.Errorf("%s is not ready; make ready", f.readyAs(p))
				}
				return want
			})
			if !bytes.Equal(got, want) {
				t.Errorf("%s is ready as it was cut from something else; make ready", f.readyAs(p))
			}
		}
	}
}

func TestGuessedWidths(t *testing.T) {
	for _, c := range []struct {
		r        rune
		from, to int // in percent of the em
	}{
		{'語', 100, 100}, {'カ', 100, 100}, {'。', 100, 100}, {'한', 100, 100}, {'م', 60, 100}, {'ש', 60, 100}, {'ก', 60, 100},
		{'\u0301', 0, 0}, {'\u200d', 0, 0}, {'✓', 80, 150}, {'🎉', 120, 150},
	} {
		if w := Regular.Width(c.r) * 100 / PerEm; w < c.from || w > c.to {
			t.Errorf("%q is guessed at %d%% of the em, want %d to %d", c.r, w, c.from, c.to)
		}
		if Regular.Width(c.r) > Bold.Width(c.r) {
			t.Errorf("%q is narrower in bold", c.r)
		}
	}
}
