package sheet

import "debrief/generator/page"

// strip sets moments along a line: true to scale on the line, evenly below it.
func (s setter) strip(b entry) piece {
	p := s.blank()
	p.gap, p.tie = s.size*0.5, within
	n := len(b.Moments)
	if n == 0 {
		return p
	}
	axis, fan := 4.0, s.size*1.1
	top := axis + fan + 2
	each := s.width / float64(n)
	s.rule(p, Rule{0, axis, s.width, axis, 1.6})
	for i, m := range b.Moments {
		x, at := each*float64(i), m.At*s.width
		s.rule(p, Rule{at, axis - 3.5, at, axis + 3.5, 1})
		s.rule(p, Rule{at, axis + 3.5, x + 0.25, top - 1, 0.4})
		y := top
		cell := func(text string, bold bool, size float64) {
			y = s.cell(p, s.read.short(page.Span{Text: text, Bold: bold}), Area{x, y, each - s.size*0.6, 0}, size, false)
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
func (s setter) headline(b entry) piece {
	p := s.blank()
	p.gap, p.tie = s.size*0.7, within
	n := len(b.Figures)
	if n == 0 {
		return p
	}
	each := s.width / float64(n)
	large := s.size * 1.75
	for _, f := range b.Figures {
		wide := s.read.short(page.Span{Text: f.Text, Bold: true}).width
		large = min(large, (each-s.size)/float64(max(wide, 1))*2048)
	}
	large = max(large, s.size)
	for i, f := range b.Figures {
		x, y := each*float64(i), 0.0
		cell := func(text string, bold bool, size float64) {
			y = s.cell(p, s.read.short(page.Span{Text: text, Bold: bold}), Area{x, y, each - s.size, 0}, size, false)
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
