package pdf

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"
	"unicode/utf16"

	"debrief/generator/sheet/face"
)

// font adds a font with the glyphs of a subset and returns its number. Text
// shows glyphs by their numbers in the file; a table says which characters
// they stand for.
func (w *writer) font(f face.Face, s *face.Subset) int {
	font, descendant, descriptor, file, unicode := w.number(), w.number(), w.number(), w.number(), w.number()
	name := prefix(s.File) + "+Go-" + f.String()
	w.object(font, fmt.Sprintf("<< /Type /Font /Subtype /Type0 /BaseFont /%s /Encoding /Identity-H /DescendantFonts [%d 0 R] /ToUnicode %d 0 R >>", name, descendant, unicode))
	var widths strings.Builder
	for i, wide := range s.Widths {
		if i > 0 {
			widths.WriteByte(' ')
		}
		widths.WriteString(number(thousandths(wide)))
	}
	w.object(descendant, fmt.Sprintf("<< /Type /Font /Subtype /CIDFontType2 /BaseFont /%s /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "+
		"/FontDescriptor %d 0 R /DW 1000 /W [0 [%s]] /CIDToGIDMap /Identity >>", name, descriptor, widths.String()))
	box := f.Box()
	flags, stem := 4, 80 // symbolic: its characters are of no standard set
	if f == face.Mono {
		flags |= 1
	}
	if f == face.Bold {
		stem = 140
	}
	w.object(descriptor, fmt.Sprintf("<< /Type /FontDescriptor /FontName /%s /Flags %d /FontBBox [%s %s %s %s] /ItalicAngle 0 /Ascent %s /Descent %s /CapHeight %s /StemV %d /FontFile2 %d 0 R >>",
		name, flags, number(thousandths(box.Left)), number(thousandths(box.Bottom)), number(thousandths(box.Right)), number(thousandths(box.Top)),
		number(thousandths(box.Ascent)), number(thousandths(box.Descent)), number(thousandths(box.CapHeight)), stem, file))
	w.stream(file, fmt.Sprintf("/Length1 %d ", len(s.File)), s.File)
	w.stream(unicode, "", characters(s))
	return font
}

func thousandths(units int) float64 { return float64(units) * 1000 / face.PerEm }

// prefix is six capitals that tell this subset from others of the same font.
func prefix(file []byte) string {
	sum := sha256.Sum256(file)
	var b []byte
	for _, c := range sum[:6] {
		b = append(b, 'A'+c%26)
	}
	return string(b)
}

// characters is the table from glyphs to characters. Where several characters
// share a glyph the first stands for them.
func characters(s *face.Subset) []byte {
	of := make(map[uint16]rune)
	var glyphs []uint16
	for _, r := range s.Runes {
		g := s.Glyph(r)
		if _, ok := of[g]; !ok {
			of[g] = r
			glyphs = append(glyphs, g)
		}
	}
	slices.Sort(glyphs)
	var b bytes.Buffer
	b.WriteString("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n" +
		"/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n" +
		"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n")
	for part := range slices.Chunk(glyphs, 100) { // as many as a table may have
		fmt.Fprintf(&b, "%d beginbfchar\n", len(part))
		for _, g := range part {
			fmt.Fprintf(&b, "<%04X> <", g)
			for _, u := range utf16.Encode([]rune{of[g]}) {
				fmt.Fprintf(&b, "%04X", u)
			}
			b.WriteString(">\n")
		}
		b.WriteString("endbfchar\n")
	}
	b.WriteString("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n")
	return b.Bytes()
}
