package generator

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"debrief/generator/diag"
	"debrief/generator/gate"
	"debrief/generator/handbook"
	"debrief/generator/note"
	"debrief/generator/output"
	"debrief/generator/render"
	"debrief/generator/source"
	"debrief/themes"
)

// Leaks reads every file of a shared or public build and returns the places
// that show what others must not see, by file. A private build may show
// everything and is not read. The error is for what cannot be read, a pattern
// of the settings among it: with that unread, nothing may be shown.
func (r *Result) Leaks(ctx context.Context) ([]gate.Leak, error) { return r.LeaksIn(ctx, r.Files) }

// LeaksIn reads other files made of the same handbook as Leaks reads its own.
func (r *Result) LeaksIn(ctx context.Context, files output.Files) ([]gate.Leak, error) {
	book := r.Site.Book
	if book.Profile == note.Private {
		return nil, nil
	}
	if faults := book.Settings.Unread; len(faults) > 0 {
		return nil, unread(faults[0])
	}
	names, err := book.Settings.Names()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", source.SettingsFile, err)
	}
	allowed := make(map[string]bool)
	sources, targets := book.Attachments()
	for i, src := range sources {
		allowed[targets[i]] = source.Named(r.folder.Real(src), book.Settings.Allowed)
	}
	leaks, err := gate.Read(ctx, files, gate.Rules{
		Names: names, Canary: r.canary, Own: ownFiles(book.Settings), Allowed: func(path string) bool { return allowed[path] },
	})
	notes := r.NotesByFile()
	for i := range leaks {
		leaks[i].Note = notes[leaks[i].File]
	}
	return withoutEchoes(leaks), err
}

// unread is why nothing is shown: what the settings forbid to show, nobody knows.
func unread(f diag.Finding) error {
	place := cmp.Or(f.Path, source.SettingsFile)
	if f.Line > 0 {
		place = fmt.Sprintf("%s:%d", place, f.Line)
	}
	what := strings.Join(append([]string{f.Message}, f.Hints...), "; ")
	return fmt.Errorf("%s: nobody knows what must not be shown: %s", place, what)
}

// withoutEchoes leaves out what is held because a page holds it: mending
// the page mends it.
func withoutEchoes(leaks []gate.Leak) []gate.Leak {
	onPage := make(map[string]bool)
	for _, l := range leaks {
		if !render.Echoes(l.File) {
			onPage[l.Entry] = true
		}
	}
	return slices.DeleteFunc(leaks, func(l gate.Leak) bool { return render.Echoes(l.File) && onPage[l.Entry] })
}

// Brought tells files that say nothing of the author's: what debrief itself
// brings, and what only repeats its pages.
func (r *Result) Brought() func(output.File) bool {
	own := ownFiles(r.Site.Book.Settings)
	return func(f output.File) bool { return render.Echoes(f.Path) || f.Path == "robots.txt" || own(f) }
}

// ownTheme is what debrief itself brings into a site.
var ownTheme = sync.OnceValue(func() *render.Theme {
	theme, err := render.Load(themes.Default(), themes.Client())
	if err != nil {
		panic(err) // embedded; a test holds that it parses
	}
	return theme
})

// ownFiles tells files that debrief itself brought: no note reaches them, and
// a style sheet's "-apple-system" is no company. One that a theme has changed
// is the author's; of the tokens the settings' own names have been covered.
func ownFiles(s handbook.Settings) func(output.File) bool {
	theme, _ := ownTheme().WithTokens(s.Tokens)
	files := append(theme.Assets(), render.Fonts()...)
	files.Sort()
	return func(f output.File) bool {
		original, ok := files.Get(f.Path)
		if !ok {
			return false
		}
		is, err := f.Bytes()
		was, err2 := original.Bytes()
		return err == nil && err2 == nil && bytes.Equal(is, was)
	}
}
