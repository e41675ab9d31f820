// Package render draws pages: theme and page data in, bytes out, with every
// link relative to the page it stands on.
//
// Drawing is a pure function of the theme and the page's data, so a page may
// be drawn when it is wanted or all at once, with the same bytes.
package render

import (
	"html/template"
	"slices"
	"strings"

	"debrief/generator/diag"
	"debrief/generator/handbook"
	"debrief/generator/note"
	"debrief/generator/page"
	"debrief/generator/prose"
	"debrief/generator/sheet"
)

// A View is what a template sees: the page, the site, and the ways to write
// links and notes' text from where the page lies.
type View struct {
	*page.Page
	Site *page.Site
	Data any // the page's own data, see themes/README.md

	theme *Theme
}

// Href returns the relative address of another page, for a page.Link or an
// output path; "" when there is no such page, so that templates can leave
// the link out with {{with}}.
func (v *View) Href(to any) (string, error) {
	switch to := to.(type) {
	case string:
		return v.relative(to, ""), nil
	case page.Link:
		return v.relative(to.File, to.Fragment), nil
	case *page.Link:
		return v.relative(to.File, to.Fragment), nil
	case *note.Note:
		return v.relative(v.Site.Book.File(to), ""), nil
	case *handbook.Principle:
		return v.relative(to.File, ""), nil
	case *handbook.Folder:
		return v.relative(to.File, ""), nil
	case *handbook.Tag:
		return v.relative(to.File, ""), nil
	}
	return "", errUnlinkable{to}
}

func (v *View) relative(file, fragment string) string {
	if v.Site.Page(file) == nil {
		return ""
	}
	return v.address(file, fragment)
}

func (v *View) address(file, fragment string) string {
	href := Relative(v.File, file)
	if v.File == "404.html" && v.Site.Book.Settings.BaseURL != "" {
		// A host serves 404.html at any depth; only an absolute address holds there.
		href = strings.TrimSuffix(v.Site.Book.Settings.BaseURL, "/") + "/" + escapePath(file)
	}
	if fragment != "" {
		href += "#" + escapeFragment(fragment)
	}
	return href
}

// Link returns a link to a page, or its text alone when there is no such page
// or it is the page itself.
func (v *View) Link(to any) (template.HTML, error) {
	var text string
	switch to := to.(type) {
	case page.Link:
		text = to.Text
	case *page.Link:
		text = to.Text
	case *note.Note:
		text = to.Title
	case *handbook.Principle:
		text = to.Name
	default:
		return "", errUnlinkable{to}
	}
	href, err := v.Href(to)
	if err != nil || href == "" || href == Relative(v.File, v.File) {
		return template.HTML(template.HTMLEscapeString(text)), err
	}
	return template.HTML(`<a href="` + template.HTMLEscapeString(href) + `">` + template.HTMLEscapeString(text) + `</a>`), nil
}

// With returns the same view of other data, for partials.
func (v *View) With(data any) *View {
	w := *v
	w.Data = data
	return &w
}

// Current is the value of aria-current for a link of the navigation: "page"
// for the page itself, "true" for the folder it lies in, else "".
func (v *View) Current(to page.Link) string {
	if to.File == v.File {
		return "page"
	}
	for _, c := range v.Crumbs {
		if c.File == to.File && c.File != "index.html" {
			return "true"
		}
	}
	return ""
}

// Canonical is the page's absolute address, "" when the site has none.
func (v *View) Canonical() string {
	base := v.Site.Book.Settings.BaseURL
	if base == "" {
		return ""
	}
	return strings.TrimSuffix(base, "/") + "/" + escapePath(v.File)
}

// Direction is the way the handbook's language is written: "ltr" or "rtl".
func (v *View) Direction() string { return Direction(v.Site.Book.Settings.Language) }

// Direction is the way a language is written, by its tag: "ltr" or "rtl".
func Direction(language string) string {
	language, _, _ = strings.Cut(strings.ToLower(language), "-")
	if slices.Contains(rightToLeft, language) {
		return "rtl"
	}
	return "ltr"
}

// rightToLeft are languages written from right to left.
var rightToLeft = []string{"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"}

// Asset returns the relative address of a file of the theme, "" when the
// theme has none of that name.
func (v *View) Asset(name string) string {
	if _, ok := v.theme.assets[name]; !ok {
		return ""
	}
	return v.address(AssetDir+"/"+name, "")
}

// Layout lays a sheet out on the area that A4 and Letter share.
func (v *View) Layout(s page.Sheet) *sheet.Layout {
	return sheet.Solve(&s, sheet.Shared, v.Direction() == "rtl")
}

// Body returns a note's whole text as HTML; behind one with a checklist, room
// for how much of it is done.
func (v *View) Body(n *note.Note) template.HTML {
	b := takeBuffer()
	defer giveBack(b)
	n.Body.Write(b, v.filler(n))
	if len(n.Body.Tasks) > 0 {
		b.WriteString("<p class=\"tally\"></p>\n")
	}
	return template.HTML(b.String())
}

// Intro returns a note's text before its first heading.
func (v *View) Intro(n *note.Note) template.HTML {
	from, to := n.Body.Intro()
	return v.Part(n, from, to)
}

// Section returns one section of a note, with or without its heading.
func (v *View) Section(n *note.Note, i int, heading bool) template.HTML {
	b := takeBuffer()
	defer giveBack(b)
	if i >= 0 && i < len(n.Body.Sections) {
		n.Body.WriteSection(b, i, v.filler(n), heading)
	}
	return template.HTML(b.String())
}

// Part returns a range of a note's text, as a callout's.
func (v *View) Part(n *note.Note, from, to int) template.HTML {
	b := takeBuffer()
	defer giveBack(b)
	n.Body.WriteRange(b, from, to, v.filler(n))
	return template.HTML(b.String())
}

// Rest returns a note's text after its intro, without the sections of the
// given indices: what is left when a page has shown those in places of their
// own.
func (v *View) Rest(n *note.Note, without []int) template.HTML {
	b := takeBuffer()
	defer giveBack(b)
	f := v.filler(n)
	_, from := n.Body.Intro()
	for _, i := range without {
		if i < 0 || i >= len(n.Body.Sections) {
			continue
		}
		if s := n.Body.Sections[i]; s.HTMLFrom >= from {
			n.Body.WriteRange(b, from, s.HTMLFrom, f)
			from = s.HTMLTo
		}
	}
	n.Body.WriteRange(b, from, n.Body.Parts(), f)
	return template.HTML(b.String())
}

// Backlinks returns the links from other notes to this page.
func (v *View) Backlinks() []handbook.Backlink {
	back := slices.Clone(v.Site.Book.Backlinks(v.File))
	for i := range back {
		back[i].Context = v.Site.Said(back[i].From, back[i].Context)
	}
	return back
}

// Outline returns the headings of the page's note.
func (v *View) Outline() []prose.Heading {
	if v.Note == nil {
		return nil
	}
	return v.Note.Body.Outline
}

// NoteFindings returns what was found in the page's note.
func (v *View) NoteFindings() diag.List {
	if v.Note == nil {
		return nil
	}
	return v.Site.FindingsOf(v.Note)
}

// IsPublic reports whether anybody may read this build.
func (v *View) IsPublic() bool { return v.Site.Book.Profile == note.Public }

type errUnlinkable struct{ what any }

func (e errUnlinkable) Error() string { return "a link needs a page, a note or a path" }
