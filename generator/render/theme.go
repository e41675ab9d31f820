package render

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"
	texttemplate "text/template"
	"text/template/parse"

	"debrief/generator/prose"
	"debrief/generator/render/quick"
)

// AssetDir is where a theme's assets lie in the site.
const AssetDir = "debrief"

// A Theme is templates and assets, ready to draw. It is immutable.
type Theme struct {
	templates map[string]func() (*drawer, error) // page templates by name, each with base and partials
	partials  *template.Template
	assets    map[string]func() []byte
	imageSize func(path string) (w, h int) // of the content's images; part of what is drawn
}

// Load reads a theme: each later folder's files take the place of the same
// names in the ones before. A template that does not parse is an error with
// its file and line; nothing is drawn with half a theme.
func Load(folders ...fs.FS) (*Theme, error) { return new(Memory).Load(folders...) }

// A Memory keeps the theme that was loaded last: while its files stay the
// same, its templates are not parsed again. The zero Memory has none.
type Memory struct {
	files map[string][]byte
	theme *Theme
}

// Load is the package's Load.
func (m *Memory) Load(folders ...fs.FS) (*Theme, error) {
	files, err := filesOf(folders)
	if err != nil {
		return nil, err
	}
	if m.theme != nil && maps.EqualFunc(files, m.files, bytes.Equal) {
		return m.theme, nil
	}
	t, err := themeOf(files)
	if err != nil {
		return nil, err
	}
	m.files, m.theme = files, t
	return t, nil
}

func filesOf(folders []fs.FS) (map[string][]byte, error) {
	files := make(map[string][]byte)
	for _, f := range folders {
		err := fs.WalkDir(f, ".", func(p string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			if dir, _, _ := strings.Cut(p, "/"); dir != "templates" && dir != "assets" {
				return nil
			}
			files[p], err = fs.ReadFile(f, p)
			return err
		})
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("read theme: %w", err)
		}
	}
	return files, nil
}

func themeOf(files map[string][]byte) (*Theme, error) {
	t := &Theme{templates: make(map[string]func() (*drawer, error)), assets: make(map[string]func() []byte), imageSize: func(string) (w, h int) { return 0, 0 }}
	var names []string
	for p := range files {
		names = append(names, p)
	}
	slices.Sort(names)
	partials := template.New("partials").Funcs(functions)
	var pages []string
	for _, p := range names {
		switch {
		case strings.HasPrefix(p, "assets/") || path.Ext(p) != ".html":
		case strings.HasPrefix(path.Base(p), "_") || path.Base(p) == "base.html":
			if _, err := partials.New(path.Base(p)).Parse(string(files[p])); err != nil {
				return nil, fmt.Errorf("theme: %w", err)
			}
		default:
			pages = append(pages, p)
		}
	}
	if partials.Lookup("base.html") == nil {
		return nil, errors.New("theme: templates/base.html is missing")
	}
	for _, p := range pages {
		name, text := path.Base(p), string(files[p])
		own, err := texttemplate.New(name).Funcs(texttemplate.FuncMap(functions)).Parse(text)
		if err != nil {
			return nil, fmt.Errorf("theme: %w", err)
		}
		if err := allCalled(own, partials); err != nil {
			return nil, err
		}
		// To clone the partials takes a millisecond, and a small handbook has
		// few kinds of pages.
		t.templates[strings.TrimSuffix(name, ".html")] = sync.OnceValues(func() (*drawer, error) {
			set, err := partials.Clone()
			if err != nil {
				return nil, err
			}
			if _, err = set.New(name).Parse(text); err != nil {
				return nil, err
			}
			return newDrawer(set), nil
		})
	}
	if t.templates["page"] == nil {
		return nil, errors.New("theme: templates/page.html is missing")
	}
	var err error
	if t.partials, err = partials.Clone(); err != nil { // what has drawn cannot be cloned any more
		return nil, fmt.Errorf("theme: %w", err)
	}
	for name, content := range assetsOf(files) {
		t.assets[name] = sync.OnceValue(func() []byte { return light(name, content) })
	}
	return t, nil
}

// allCalled holds that every {{template "name"}} of a page and of the partials
// names a template of either: html/template itself would find out only while
// drawing.
func allCalled(page *texttemplate.Template, partials *template.Template) error {
	var trees []*parse.Tree
	for _, t := range page.Templates() {
		trees = append(trees, t.Tree)
	}
	for _, t := range partials.Templates() {
		if page.Lookup(t.Name()) == nil { // else the page's takes its place
			trees = append(trees, t.Tree)
		}
	}
	has := func(name string) bool { return page.Lookup(name) != nil || partials.Lookup(name) != nil }
	for _, t := range trees {
		if t == nil {
			continue
		}
		if n := uncalled(has, t.Root); n != nil {
			place, _ := t.ErrorContext(n)
			return fmt.Errorf("theme: %s: there is no template %q", place, n.Name)
		}
	}
	return nil
}

// uncalled returns the first call of a template that there is not.
func uncalled(has func(name string) bool, node parse.Node) *parse.TemplateNode {
	branches := func(lists ...*parse.ListNode) *parse.TemplateNode {
		for _, l := range lists {
			if l == nil {
				continue
			}
			for _, n := range l.Nodes {
				if found := uncalled(has, n); found != nil {
					return found
				}
			}
		}
		return nil
	}
	switch n := node.(type) {
	case *parse.TemplateNode:
		if !has(n.Name) {
			return n
		}
	case *parse.ListNode:
		return branches(n)
	case *parse.IfNode:
		return branches(n.List, n.ElseList)
	case *parse.RangeNode:
		return branches(n.List, n.ElseList)
	case *parse.WithNode:
		return branches(n.List, n.ElseList)
	}
	return nil
}

// withSizes returns the theme knowing the sizes of the content's images, so
// that pages can reserve their place.
func (t *Theme) withSizes(size func(path string) (w, h int)) *Theme {
	u := *t
	u.imageSize = size
	return &u
}

// fragment draws the partial _name.html.
func (t *Theme) fragment(name string, v *View, data any) (template.HTML, error) {
	b := takeBuffer()
	defer giveBack(b)
	err := t.partials.ExecuteTemplate(b, "_"+name+".html", v.With(data))
	return template.HTML(b.String()), err
}

// drawer is the one of a page's template, else of the generic one.
func (t *Theme) drawer(template string) (*drawer, error) {
	prepare := t.templates[template]
	if prepare == nil {
		prepare = t.templates["page"]
	}
	return prepare()
}

// A drawer draws pages of one kind.
type drawer struct {
	set   *template.Template
	quick *quick.Template // the same set, or nil when only html/template knows how to draw it
}

func newDrawer(set *template.Template) *drawer {
	d := &drawer{set: set}
	d.quick, _ = quick.Compile(set, "base.html", known)
	return d
}

func (d *drawer) draw(w *bytes.Buffer, v *View) error {
	if d.quick != nil && d.quick.Execute(w, v) == nil {
		return nil
	}
	return d.set.ExecuteTemplate(w, "base.html", v)
}

// styleSheet is the one style sheet of every page.
const styleSheet = "site.css"

// assetsOf are a theme's assets. Its css/*.css, in the order of their names, and
// the code colours are one style sheet: one request instead of many.
func assetsOf(files map[string][]byte) map[string][]byte {
	assets := make(map[string][]byte)
	var css bytes.Buffer
	for _, p := range slices.Sorted(maps.Keys(files)) {
		name, ok := strings.CutPrefix(p, "assets/")
		switch {
		case !ok:
		case strings.HasPrefix(name, "css/"):
			css.Write(files[p])
		default:
			assets[name] = files[p]
		}
	}
	css.Write(prose.CSS())
	assets[styleSheet] = css.Bytes()
	return assets
}
