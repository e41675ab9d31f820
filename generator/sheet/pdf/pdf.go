// Package pdf writes a sheet as a PDF file (ISO 32000-1) of one page: its
// lines as text that can be searched and copied, its rules as strokes, and of
// each font the characters that it needs.
//
// The same layout gives the same bytes: there is no date in the file, and its
// identifier is made of what it holds.
package pdf

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode/utf16"

	"debrief/generator/sheet"
	"debrief/generator/sheet/face"
)

// About is what a file says of itself.
type About struct {
	Title    string
	Language string // a tag like "en" or "pt-BR"
}

// Write returns a layout as a file. What the fonts lack leaves a gap; a layout
// whose letters they lack (see sheet.Layout.Foreign) needs another program.
func Write(l *sheet.Layout, about About) []byte {
	w := &writer{}
	catalog, pages, page, info, content := w.number(), w.number(), w.number(), w.number(), w.number()
	fonts := make(map[face.Face]*face.Subset)
	var resources strings.Builder
	for _, f := range face.Faces {
		if runes := l.Runes(f); len(runes) > 0 {
			fonts[f] = f.Subset(runes)
			fmt.Fprintf(&resources, "/%s %d 0 R ", nameOf(f), w.font(f, fonts[f]))
		}
	}
	w.object(catalog, fmt.Sprintf("<< /Type /Catalog /Pages %d 0 R /Lang %s /ViewerPreferences << /DisplayDocTitle true >> >>", pages, text(about.Language)))
	w.object(pages, fmt.Sprintf("<< /Type /Pages /Kids [%d 0 R] /Count 1 >>", page))
	w.object(page, fmt.Sprintf("<< /Type /Page /Parent %d 0 R /MediaBox [0 0 %s %s] /Resources << /Font << %s>> >> /Contents %d 0 R >>",
		pages, number(l.Paper.Width), number(l.Paper.Height), resources.String(), content))
	w.object(info, fmt.Sprintf("<< /Title %s /Producer (debrief) >>", text(about.Title)))
	w.stream(content, "", drawing(l, fonts))
	return w.file(catalog, info)
}

func nameOf(f face.Face) string { return "F" + strconv.Itoa(int(f)+1) }

// drawing is the page's content. PDF counts from the lower left corner.
func drawing(l *sheet.Layout, fonts map[face.Face]*face.Subset) []byte {
	var b bytes.Buffer
	left, top := l.Paper.Margin, l.Paper.Height-l.Paper.Margin
	for _, r := range l.Rules {
		fmt.Fprintf(&b, "%s w %s %s m %s %s l S\n", number(r.Weight), number(left+r.X1), number(top-r.Y1), number(left+r.X2), number(top-r.Y2))
	}
	b.WriteString("BT\n")
	for _, line := range l.Lines {
		x := line.X
		if line.RTL {
			x -= line.Width
		}
		for _, run := range line.Runs {
			fmt.Fprintf(&b, "/%s %s Tf 1 0 0 1 %s %s Tm [", nameOf(run.Face), number(line.Size), number(left+x+run.X), number(top-line.Y))
			shown(&b, run, fonts[run.Face])
			b.WriteString("] TJ\n")
		}
	}
	b.WriteString("ET\n")
	return b.Bytes()
}

// shown writes a run's glyphs, and a gap as wide as a character that the font
// lacks.
func shown(b *bytes.Buffer, run sheet.Run, font *face.Subset) {
	open := false
	for _, r := range run.Text {
		g := font.Glyph(r)
		if g == 0 {
			if open {
				b.WriteByte('>')
			}
			fmt.Fprintf(b, "%d", -run.Face.Width(r)*1000/face.PerEm)
			open = false
			continue
		}
		if !open {
			b.WriteByte('<')
		}
		fmt.Fprintf(b, "%04X", g)
		open = true
	}
	if open {
		b.WriteByte('>')
	}
}

// number writes a number as PDF has them: without exponents, to a hundredth.
func number(f float64) string {
	s := strconv.FormatFloat(math.Round(f*100)/100+0, 'f', 2, 64) // + 0: there is no negative zero
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}

// text writes a string of text: in UTF-16, as a hexadecimal string.
func text(s string) string {
	var b strings.Builder
	b.WriteString("<FEFF")
	for _, u := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&b, "%04X", u)
	}
	return b.String() + ">"
}

// A writer collects objects. They are numbered from 1.
type writer struct{ objects [][]byte }

func (w *writer) number() int {
	w.objects = append(w.objects, nil)
	return len(w.objects)
}

func (w *writer) object(n int, body string) { w.objects[n-1] = []byte(body) }

// stream is an object with data; entries are more of its dictionary.
func (w *writer) stream(n int, entries string, data []byte) {
	var packed bytes.Buffer
	z, _ := zlib.NewWriterLevel(&packed, zlib.BestCompression) // the level is known
	z.Write(data)                                              // to memory
	z.Close()
	w.objects[n-1] = fmt.Appendf(nil, "<< /Length %d /Filter /FlateDecode %s>>\nstream\n%s\nendstream", packed.Len(), entries, packed.Bytes())
}

// file puts the objects together with the table of where they begin.
func (w *writer) file(catalog, info int) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n%\xE2\xE3\xCF\xD3\n")
	starts := make([]int, len(w.objects))
	for i, o := range w.objects {
		starts[i] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	id := sha256.Sum256(b.Bytes())
	at := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(starts)+1)
	for _, s := range starts {
		fmt.Fprintf(&b, "%010d 00000 n \n", s)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R /ID [<%X> <%X>] >>\nstartxref\n%d\n%%%%EOF\n", len(starts)+1, catalog, info, id[:16], id[:16], at)
	return b.Bytes()
}
