package render

import (
	"bytes"

	"debrief/generator/page"
)

// Drawn is a page as package quick draws it, nil when it leaves that to
// html/template, and as html/template does.
func Drawn(theme *Theme, s *page.Site, p *page.Page) (quick, slow []byte, err error) {
	d, err := theme.drawer(p.Template)
	if err != nil {
		return nil, nil, err
	}
	view := func() *View { return &View{Page: p, Site: s, Data: p.Data(), theme: theme} }
	var b bytes.Buffer
	if d.quick != nil && d.quick.Execute(&b, view()) == nil {
		quick = bytes.Clone(b.Bytes())
	}
	b.Reset()
	err = d.set.ExecuteTemplate(&b, "base.html", view())
	return quick, b.Bytes(), err
}
