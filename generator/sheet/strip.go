package sheet

import "debrief/generator/page"

// strip sets moments along a line: true to scale on the line, evenly below it.
func (s setter) strip(b page.Block) piece {
	p := piece{gap: s.size * 0.5, tie: within}
	n := len(b.Moments)
	if n == 0 {
		return p
	}
	axis, fan := 4.0, s.size*1.1
	top := axis + fan + 2
	each := s.width / float64(n)
	p.rules = append(p.rules, Rule{0, axis, s.width, axis, 1.6})
	for i, m := range b.Moments {
		x, at := each*float64(i), m.At*s.width
		p.rules = append(p.rules, Rule{at, axis - 3.5, at, axis + 3.5, 1}, Rule{at, axis + 3.5, x + 0.25, top - 1, 0.4})
		y := top
		cell := func(text string, bold bool, size float64) {
			width := units(each-s.size*0.6, size)
			for _, l := range capped(broken(s.read.short(page.Span{Text: text, Bold: bold}), width), 2, width) {
				p.lines = append(p.lines, s.line(l, x, y+rise(size, 1.18), size, false))
				y += size * 1.18
			}
		}
		cell(m.Name, true, s.size)
		cell(m.Stamp, false, s.size)
		cell(m.Since, false, s.fine())
		cell(m.Took, false, s.fine())
		p.height = max(p.height, y)
	}
	return p
}

// headline sets a few figures in large type beside each other.
func (s setter) headline(b page.Block) piece {
	p := piece{gap: s.size * 0.7, tie: within}
	n := len(b.Figures)
	if n == 0 {
		return p
	}
	each := s.width / float64(n)
	large := s.size * 1.75
	for _, f := range b.Figures {
		wide := widthOf(s.read.short(page.Span{Text: f.Text, Bold: true}))
		large = min(large, (each-s.size)/float64(max(wide, 1))*2048)
	}
	large = max(large, s.size)
	for i, f := range b.Figures {
		x, y := each*float64(i), 0.0
		cell := func(text string, bold bool, size float64) {
			width := units(each-s.size, size)
			for _, l := range capped(broken(s.read.short(page.Span{Text: text, Bold: bold}), width), 2, width) {
				p.lines = append(p.lines, s.line(l, x, y+rise(size, 1.18), size, false))
				y += size * 1.18
			}
		}
		cell(f.Text, true, large)
		label := f.Label
		if f.Confidence != "" {
			label += " (" + f.Confidence + ")"
		}
		cell(label, false, s.fine())
		p.height = max(p.height, y)
	}
	return p
}
