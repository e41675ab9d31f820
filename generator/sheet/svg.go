package sheet

import (
	"html/template"
	"math"
	"strconv"
)

// SVG is the layout as a drawing, in the classes of the sheet's style: an
// image of its text, which stands beside it for those who do not see it.
//
// A sheet is a hundred lines of half a dozen numbers each. From a template,
// calling a function for each number, they took an eighth of a build.
func (l *Layout) SVG() template.HTML {
	d := drawing{buf: make([]byte, 0, 128*(len(l.Lines)+len(l.Rules)+1))}
	d.text(`<svg viewBox="0 0 `).number(l.Width()).text(" ").number(l.Height()).text(`" aria-hidden="true" focusable="false" direction="ltr">`)
	for _, r := range l.Rules {
		d.text("\n<line").attr("x1", r.X1).attr("y1", r.Y1).attr("x2", r.X2).attr("y2", r.Y2).attr("stroke-width", r.Weight).text("/>")
	}
	for _, line := range l.Lines {
		d.text("\n<text").attr("x", line.X).attr("y", line.Y).attr("font-size", line.Size)
		if line.RTL {
			d.text(` direction="rtl"`)
		}
		d.text(">")
		for _, r := range line.Runs {
			if class := r.Class(); class != "" {
				d.text(`<tspan class="` + class + `">`).text(template.HTMLEscapeString(r.Text)).text("</tspan>")
			} else {
				d.text(template.HTMLEscapeString(r.Text))
			}
		}
		d.text("</text>")
	}
	d.text("\n</svg>")
	return template.HTML(d.buf)
}

type drawing struct{ buf []byte }

func (d *drawing) text(s string) *drawing {
	d.buf = append(d.buf, s...)
	return d
}

// number is in points, to a hundredth.
func (d *drawing) number(f float64) *drawing {
	d.buf = strconv.AppendFloat(d.buf, math.Round(f*100)/100, 'f', -1, 64)
	return d
}

func (d *drawing) attr(name string, f float64) *drawing {
	return d.text(" " + name + `="`).number(f).text(`"`)
}
