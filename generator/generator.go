// Package generator turns a folder of notes into the files of a handbook.
//
// It is the corridor that the packages beside it stand in, and the only place
// that knows all of them. Each room remembers what it found while that holds,
// see docs/decisions. Nothing here prints or writes.
package generator

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"debrief/generator/cache"
	"debrief/generator/check"
	"debrief/generator/claim"
	"debrief/generator/cover"
	"debrief/generator/diag"
	"debrief/generator/handbook"
	"debrief/generator/note"
	"debrief/generator/output"
	"debrief/generator/page"
	"debrief/generator/render"
	"debrief/generator/source"
	"debrief/themes"
)

// A Builder builds one content folder, as often as it is asked. It remembers
// parsed notes by their bytes, so a second build parses only what changed. A
// Builder is for one build at a time.
type Builder struct {
	Content fs.FS
	Output  string          // the output folder's path inside the content, or ""
	Profile note.Visibility // what may be shown
	Theme   fs.FS           // laid over the default theme, or nil
	BaseURL string          // instead of the settings'
	Cache   *cache.Cache    // of coloured code, or nil; a site does not depend on it
	Today   time.Time       // the day to hold dates against; zero holds none, as a site must not depend on it

	touched []string // since the last build that read the notes
	told    bool     // Touched was called since then
	all     bool     // and said that anything may have changed
	listed  *source.Folder
	ignore  []string // with which it was listed
	canary  string   // random, so that no note holds it by chance
	parsed  map[string]*parsed
	themes  render.Memory
	packs   handbook.PackMemory
	linked  handbook.Memory
	claimed claim.Memory
	checked check.Memory
}

// maxFindings is how often one rule speaks about one file.
const maxFindings = 100

// A Result is a built handbook. The files draw themselves when asked.
type Result struct {
	Site     *page.Site
	Files    output.Files
	Findings diag.List // sorted; what the author silenced is left out
	Notes    int       // read, whatever the profile shows
	folder   *source.Folder
	attached *sync.Map // path on disk → digest of an attachment that was drawn
	canary   string    // planted in everything that the profile hides
}

// Pages is how many pages the site has.
func (r *Result) Pages() int { return len(r.Site.Pages) }

// NoteAt is the path of the note that a file of the site shows, or "".
func (r *Result) NoteAt(file string) string {
	if p := r.Site.Page(file); p != nil && p.Note != nil {
		return r.folder.Real(p.Note.Path)
	}
	return ""
}

// NotesByFile tells which note each page shows, path by output path.
func (r *Result) NotesByFile() map[string]string {
	notes := make(map[string]string, len(r.Site.Pages))
	for _, p := range r.Site.Pages {
		if n := r.NoteAt(p.File); n != "" {
			notes[p.File] = n
		}
	}
	return notes
}

// Searchable reports whether the site has its search: debrief's own scripts
// may have been left out when it was built.
func (r *Result) Searchable() bool {
	_, ok := r.Files.Get(render.SearchIndex)
	return ok
}

// Source returns a note's text as it was read, for printing findings; nil
// when it is gone.
func (r *Result) Source(path string) []byte {
	text, _, err := r.folder.Read(path)
	if err != nil {
		return nil
	}
	return text
}

// Build turns the folder of notes into the files of a handbook.
//
// The findings are for the author of the notes. The error is for whoever runs
// debrief: a folder that cannot be read, a template that does not parse, or a
// fault of debrief's own, which must not take a preview down.
func (b *Builder) Build(ctx context.Context) (result *Result, err error) {
	defer func() {
		if v := recover(); v != nil {
			result, err = nil, fmt.Errorf("build: %v (%s); this is a fault in debrief, not in the notes", v, panicked())
		}
	}()
	settings, found, err := b.settings()
	if err != nil {
		return nil, err
	}
	theme, more, err := b.theme(settings)
	if err != nil {
		return nil, err
	}
	found = append(found, more...)
	folder, only, more, err := b.list(source.Options{Ignore: ignored(settings), Output: b.Output})
	if err != nil {
		return nil, err
	}
	found = append(found, more...)
	names := b.names(settings)
	if b.canary == "" && b.Profile > note.Private {
		b.canary = "canary" + strings.ToLower(rand.Text())
	}
	told := names.Coarsen(settings.Coarse(b.Profile)) // of notes; packs are not about anybody's figures
	settings = settings.Covered(names)
	folder = folder.Renamed(names.Path)
	notes, more, err := b.parse(ctx, folder, only, note.Options{Zone: settings.Zone, Profile: b.Profile, Canary: b.canary, Names: told, Cache: b.Cache})
	if err != nil {
		return nil, err
	}
	found = append(found, more...)
	pack, more := b.packs.Load(settings.Packs, b.Content, names)
	found = append(found, more...)
	book, more := handbook.Link(visible(notes, b.Profile), filesBeside(folder), settings, pack, b.Profile, &b.linked)
	found = append(found, more...)
	ledger := claim.Build(book, &b.claimed)
	found = append(found, check.All(book, ledger, &b.checked)...)
	if !b.Today.IsZero() {
		found = append(found, check.Due(book, b.Today)...)
	}
	found = check.Silence(found, notes)
	found.Sort()
	found = found.AtMost(maxFindings)
	site, more := page.Plan(book, ledger, found)
	if len(more) > 0 {
		found = append(found, check.Silence(more, notes)...)
		found.Sort()
	}
	if !told.Empty() {
		found = original(found, notes, folder)
	}
	shown := new(sync.Map)
	attached, sizes := attachments(folder, book, names, shown)
	files := render.Pages(theme, site, sizes).With(attached)
	if b.Profile > note.Private {
		files = files.Sealed() // between the gate and the disk
	}
	return &Result{Site: site, Files: files, Findings: found, Notes: len(notes), folder: folder, attached: shown, canary: b.canary}, ctx.Err()
}

// names are what the build must not show; none when it is for the author. A
// pattern that cannot be read is told by the settings' findings, and the gate
// lets nothing pass while there is one.
func (b *Builder) names(s handbook.Settings) *cover.Names {
	if b.Profile == note.Private {
		return nil
	}
	names, _ := s.Names()
	return names
}

// original leads findings from covered notes back to the author's files.
func original(found diag.List, notes []*note.Note, folder *source.Folder) diag.List {
	byPath := make(map[string]*note.Note, len(notes))
	for _, n := range notes {
		byPath[n.Path] = n
	}
	for i, f := range found {
		if n := byPath[f.Path]; n != nil {
			f = n.Original(f)
		}
		f.Path = folder.Real(f.Path)
		found[i] = f
	}
	found.Sort()
	return found
}

// panicked names the line of ours that a panic came from.
func panicked() string {
	pcs := make([]uintptr, 64)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(3, pcs)])
	for {
		f, more := frames.Next()
		if name, ours := strings.CutPrefix(f.Function, "debrief/"); ours || !more {
			return fmt.Sprintf("%s, line %d", name, f.Line)
		}
	}
}

func (b *Builder) settings() (handbook.Settings, diag.List, error) {
	raw, err := fs.ReadFile(b.Content, source.SettingsFile)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return handbook.Settings{}, nil, fmt.Errorf("read settings: %w", err)
	}
	text, found := source.Text(raw)
	s, more := handbook.ReadSettings(text)
	for _, name := range source.NotSettings {
		if info, err := fs.Stat(b.Content, name); err == nil && !info.IsDir() {
			f := diag.At("skipped-file", diag.Warning, name, diag.Pos{}, 0, "settings are read from %s alone, so nothing in this file counts", source.SettingsFile).
				Hint("rename it, or bring the two together")
			s.Unread, more = append(s.Unread, f), append(more, f)
		}
	}
	if b.BaseURL != "" {
		s.BaseURL = b.BaseURL
	}
	return s, append(found, more...), nil
}

func (b *Builder) theme(s handbook.Settings) (*render.Theme, diag.List, error) {
	folders := []fs.FS{themes.Default(), themes.Client()}
	var found diag.List
	if s.Theme != "" {
		own, err := fs.Sub(b.Content, s.Theme)
		if err == nil {
			_, err = fs.Stat(own, ".")
		}
		switch {
		case err == nil:
			folders = append(folders, own)
		case errors.Is(err, fs.ErrNotExist), errors.Is(err, fs.ErrInvalid):
			found = append(found, diag.At("bad-value", diag.Error, source.SettingsFile, diag.Pos{}, 0, "theme: there is no folder %q", s.Theme).
				Hint("a theme is a folder beside the notes, with templates/ or assets/ in it"))
		default:
			return nil, nil, fmt.Errorf("theme %q of %s: %w", s.Theme, source.SettingsFile, err)
		}
	}
	if b.Theme != nil {
		folders = append(folders, b.Theme)
	}
	theme, err := b.themes.Load(folders...)
	if err != nil {
		return nil, nil, err
	}
	theme, more := theme.WithTokens(s.Tokens)
	return theme, append(found, more...), nil
}

// ignored is what the settings leave out; a theme's own Markdown is no note.
func ignored(s handbook.Settings) []string {
	if s.Theme == "" {
		return s.Ignore
	}
	return append(slices.Clone(s.Ignore), s.Theme+"/")
}

// visible is the one place where a profile decides: nothing after it ever
// holds a note that the build must not show.
func visible(notes []*note.Note, profile note.Visibility) []*note.Note {
	if profile == note.Private {
		return notes
	}
	var shown []*note.Note
	for _, n := range notes {
		if n.Visibility >= profile {
			shown = append(shown, n)
		}
	}
	return shown
}
