package pdf

import (
	"fmt"
	"html"
	"strings"

	"debrief/generator/sheet"
	"debrief/generator/sheet/face"
)

// Page returns the files of a page, index.html and its fonts, that a browser
// prints as the same sheet: the way for scripts that the fonts lack, which the
// browser sets in fonts of its own.
func Page(l *sheet.Layout, about About) map[string][]byte {
	files := make(map[string][]byte)
	var b strings.Builder
	fmt.Fprintf(&b, `<!doctype html><html lang="%s"><head><meta charset="utf-8"><title>%s</title><style>`, html.EscapeString(about.Language), html.EscapeString(about.Title))
	for _, f := range face.Faces {
		if runes := l.Runes(f); len(runes) > 0 {
			name := f.String() + ".ttf"
			files[name] = f.Subset(runes).File
			fmt.Fprintf(&b, `@font-face{font-family:%v;src:url(%s)}`, f, name)
		}
	}
	fmt.Fprintf(&b, `@page{size:%spt %spt;margin:0}body{margin:0}svg{display:block}text{font-family:regular,sans-serif;font-kerning:none;font-variant-ligatures:none;white-space:pre}`+
		`.b{font-family:bold,sans-serif;font-weight:700;font-synthesis:none}.m{font-family:mono,monospace}</style></head><body>`, number(l.Paper.Width), number(l.Paper.Height))
	fmt.Fprintf(&b, `<svg width="%spt" height="%spt" viewBox="%s %s %s %s">`, number(l.Paper.Width), number(l.Paper.Height-0.5),
		number(-l.Paper.Margin), number(-l.Paper.Margin), number(l.Paper.Width), number(l.Paper.Height-0.5))
	for _, r := range l.Rules {
		fmt.Fprintf(&b, `<line x1="%s" y1="%s" x2="%s" y2="%s" stroke="#000" stroke-width="%s"/>`, number(r.X1), number(r.Y1), number(r.X2), number(r.Y2), number(r.Weight))
	}
	for _, line := range l.Lines {
		direction := "ltr"
		if line.RTL {
			direction = "rtl"
		}
		fmt.Fprintf(&b, `<text x="%s" y="%s" font-size="%s" direction="%s">`, number(line.X), number(line.Y), number(line.Size), direction)
		for _, run := range line.Runs {
			if class := run.Class(); class != "" {
				fmt.Fprintf(&b, `<tspan class="%s">%s</tspan>`, class, html.EscapeString(run.Text))
			} else {
				b.WriteString(html.EscapeString(run.Text))
			}
		}
		b.WriteString("</text>\n")
	}
	b.WriteString("</svg></body></html>\n")
	files["index.html"] = []byte(b.String())
	return files
}
