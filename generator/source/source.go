// Package source is the folder of notes: which files there are, what is
// ignored, and their bytes made fit to read.
//
// It never looks outside the root and never follows a symbolic link. What a
// file means is none of its business.
package source

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"debrief/generator/diag"
)

// MaxNote is the largest note that is read. Far smaller ones are too large to
// be read as Markdown (package prose) and show as plain text; beyond this no
// page would open in a browser.
const MaxNote = 6 << 20

// MaxAttachment is the largest file that is copied for a note: a photo, the
// slides of a talk. Each is held in memory while it is cleaned and
// read for what must not be shown.
const MaxAttachment = 10 << 20

// MaxNotes is how many notes a handbook may have: ten times what anybody has
// written, and far fewer than a home folder holds.
const MaxNotes = 100_000

// MaxAttachments is how many other files may lie beside the notes.
const MaxAttachments = 200_000

// Errors that say that a folder is no handbook's.
var (
	ErrTooManyNotes       = tooMany(MaxNotes, "notes")
	ErrTooManyAttachments = tooMany(MaxAttachments, "files that are no notes")
)

func tooMany(most int, what string) error {
	return fmt.Errorf("more than %d %s lie in this folder; name the folder of the handbook with --content, or leave folders out with ignore: in debrief.yaml", most, what)
}

// SettingsFile is the optional file of settings in the content root.
const SettingsFile = "debrief.yaml"

// NotSettings are names that people and other tools give to such a file. What
// it forbids to show would be shown.
var NotSettings = []string{"debrief.yml", ".debrief.yaml", ".debrief.yml", "_debrief.yaml", "_debrief.yml", "debrief.json", "debrief.toml", "debrief.yaml.txt"}

// A Folder is the list of what a content root holds, each list sorted.
type Folder struct {
	fsys        fs.FS
	found       diag.List
	Notes       []string // slash-separated, relative to the root
	Attachments []string // every other file; read only when a page shows it

	large map[string]int64  // attachments over MaxAttachment by their path on disk: their bytes
	real  map[string]string // of files that Renamed gave another name
}

// Renamed is the folder with other names for its files, under which they are
// read. Two files stay two: the second of a name gets a number.
func (f *Folder) Renamed(name func(path string) string) *Folder {
	lists := [][]string{f.Notes, f.Attachments}
	var changed [][2]string
	for _, list := range lists {
		for _, p := range list {
			if now := name(p); now != p {
				changed = append(changed, [2]string{p, now})
			}
		}
	}
	if len(changed) == 0 {
		return f
	}
	taken := make(map[string]bool, len(f.Notes)+len(f.Attachments))
	for _, p := range slices.Concat(lists...) {
		taken[p] = true
	}
	for _, c := range changed {
		delete(taken, c[0])
	}
	g := &Folder{fsys: f.fsys, found: f.found, Notes: slices.Clone(f.Notes), Attachments: slices.Clone(f.Attachments), large: f.large, real: make(map[string]string, len(changed))}
	shown := make(map[string]string, len(changed))
	for _, c := range changed {
		now := c[1]
		ext := path.Ext(now)
		for i := 2; taken[now]; i++ {
			now = fmt.Sprintf("%s-%d%s", strings.TrimSuffix(c[1], ext), i, ext)
		}
		taken[now] = true
		g.real[now], shown[c[0]] = c[0], now
	}
	for _, list := range [][]string{g.Notes, g.Attachments} {
		for i, p := range list {
			if now, ok := shown[p]; ok {
				list[i] = now
			}
		}
		slices.Sort(list)
	}
	return g
}

// Real is the path of a file on disk.
func (f *Folder) Real(p string) string {
	if real, ok := f.real[p]; ok {
		return real
	}
	return p
}

// Options say what not to look at.
type Options struct {
	Ignore []string // from the settings: names, paths, globs; a final / means folders
	Output string   // the output folder when it lies inside the root, else ""
}

// List walks the root. Unreadable folders and files are errors: a site built
// without them would be a wrong site.
func List(fsys fs.FS, o Options) (*Folder, diag.List, error) {
	f := &Folder{fsys: fsys, large: make(map[string]int64)}
	if err := f.walk(".", o); err != nil {
		return nil, f.found, err
	}
	f.sort()
	return f, slices.Clone(f.found), nil
}

// Again is List for somebody who knows which paths may have changed since f
// was listed, each with all below it, and that o is as it was.
func (f *Folder) Again(touched []string, o Options) (*Folder, diag.List, error) {
	touched = slices.Sorted(slices.Values(touched)) // a folder before what it holds
	in := func(p string) bool { return Touches(touched, p) }
	g := &Folder{
		fsys: f.fsys, Notes: slices.DeleteFunc(slices.Clone(f.Notes), in), Attachments: slices.DeleteFunc(slices.Clone(f.Attachments), in),
		found: slices.DeleteFunc(slices.Clone(f.found), func(d diag.Finding) bool { return in(d.Path) }),
		large: maps.Clone(f.large),
	}
	maps.DeleteFunc(g.large, func(p string, _ int64) bool { return in(p) })
	for i, p := range touched {
		if Touches(touched[:i], p) || !reached(f.fsys, p, o) {
			continue
		}
		if err := g.walk(p, o); err != nil {
			return nil, g.found, err
		}
	}
	g.sort()
	return g, slices.Clone(g.found), nil
}

// Touches reports whether p is one of the touched paths or lies below one.
func Touches(touched []string, p string) bool {
	return slices.ContainsFunc(touched, func(t string) bool {
		return p == t || len(p) > len(t) && p[len(t)] == '/' && strings.HasPrefix(p, t)
	})
}

// reached reports whether a walk from the root would come to p, which may be
// gone: nothing above it is ignored, or a link to elsewhere.
func reached(fsys fs.FS, p string, o Options) bool {
	for dir := path.Dir(p); dir != "."; dir = path.Dir(dir) {
		info, err := fs.Lstat(fsys, dir)
		if err != nil || !info.IsDir() || Ignored(dir, true, o) {
			return false
		}
	}
	return true
}

// walk adds what there is at from and below it.
func (f *Folder) walk(from string, o Options) error {
	visit := func(p string, entry fs.DirEntry, err error) error {
		if err != nil {
			if p != "." && errors.Is(err, fs.ErrNotExist) {
				return nil // gone between listing and looking
			}
			return err
		}
		if p == "." {
			return nil
		}
		if !utf8.ValidString(p) {
			name := strings.ToValidUTF8(p, "\uFFFD")
			f.found = append(f.found, diag.At("skipped-file", diag.Warning, name, diag.Pos{}, 0, "this name is not UTF-8, so nothing can refer to it and it is not read").
				Hint("rename it"))
			if entry.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if Ignored(p, entry.IsDir(), o) {
			if entry.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		switch {
		case entry.IsDir():
			return nil
		case !entry.Type().IsRegular():
			if isNote(p) || entry.Type()&fs.ModeSymlink != 0 {
				f.found = append(f.found, diag.At("skipped-file", diag.Info, p, diag.Pos{}, 0, "only plain files are read; this is a %s", typeName(entry.Type())))
			}
			return nil
		case isNote(p):
			if len(f.Notes) == MaxNotes {
				return ErrTooManyNotes
			}
			f.Notes = append(f.Notes, p)
		default:
			if len(f.Attachments) == MaxAttachments {
				return ErrTooManyAttachments
			}
			f.Attachments = append(f.Attachments, p)
			if info, err := entry.Info(); err == nil && info.Size() > MaxAttachment {
				f.large[p] = info.Size()
			}
		}
		return nil
	}
	var err error
	switch info, errAt := fs.Lstat(f.fsys, from); {
	case errors.Is(errAt, fs.ErrNotExist) && from != ".":
	case errAt == nil && !info.IsDir():
		// A walk that begins at a link would follow it.
		if err = visit(from, fs.FileInfoToDirEntry(info), nil); errors.Is(err, fs.SkipDir) {
			err = nil
		}
	default:
		err = fs.WalkDir(f.fsys, from, visit)
	}
	if err != nil {
		return fmt.Errorf("list notes: %w", err)
	}
	return nil
}

// sort puts the files in order: a walk goes through a folder before what is
// beside it, and adds after what is there.
func (f *Folder) sort() {
	slices.Sort(f.Notes)
	slices.Sort(f.Attachments)
}

// Ignored reports whether a path is left alone: what starts with a dot,
// node_modules, editors' droppings, the output, and what the settings say.
func Ignored(p string, isDir bool, o Options) bool {
	name := path.Base(p)
	switch {
	case strings.HasPrefix(name, "."), name == "node_modules", strings.HasSuffix(name, "~"),
		strings.HasPrefix(name, "#") && strings.HasSuffix(name, "#"), name == "4913", name == "Thumbs.db",
		p == SettingsFile, o.Output != "" && p == o.Output:
		return true
	}
	for _, pattern := range o.Ignore {
		folder := strings.HasSuffix(pattern, "/")
		pattern = strings.TrimPrefix(strings.TrimSuffix(pattern, "/"), "/")
		if folder && !isDir {
			continue
		}
		if pattern == p || !strings.Contains(pattern, "/") && matches(pattern, name) || matches(pattern, p) {
			return true
		}
	}
	return false
}

// Named reports whether one of the names, paths or globs means the file p.
func Named(p string, patterns []string) bool {
	return slices.ContainsFunc(patterns, func(pattern string) bool {
		return pattern == p || matches(pattern, path.Base(p)) || matches(pattern, p)
	})
}

func matches(pattern, name string) bool {
	ok, err := path.Match(pattern, name)
	return err == nil && ok
}

func isNote(p string) bool {
	ext := strings.ToLower(path.Ext(p))
	return ext == ".md" || ext == ".markdown"
}

func typeName(m fs.FileMode) string {
	switch {
	case m&fs.ModeSymlink != 0:
		return "symbolic link"
	case m&fs.ModeNamedPipe != 0:
		return "pipe"
	case m&fs.ModeSocket != 0:
		return "socket"
	}
	return "device"
}

// Read returns a note's bytes with \n line ends, valid UTF-8 and no byte
// order mark, so that the same text from any editor is the same note.
func (f *Folder) Read(p string) ([]byte, diag.List, error) {
	if info, err := fs.Stat(f.fsys, f.Real(p)); err == nil && info.Size() > MaxNote {
		return nil, diag.List{diag.At("too-large", diag.Error, p, diag.Pos{}, 0, "this note is larger than %d MiB and is not read", MaxNote>>20).
			Hint("split it, or ignore it in debrief.yaml")}, nil
	}
	raw, err := fs.ReadFile(f.fsys, f.Real(p))
	if err != nil {
		return nil, nil, fmt.Errorf("read note: %w", err)
	}
	text, found := Text(raw)
	for i := range found {
		found[i].Path = p
	}
	return text, found, nil
}

// TooLarge is how many bytes an attachment had when it was listed, if it is too
// large to be read; else 0.
func (f *Folder) TooLarge(p string) int64 { return f.large[f.Real(p)] }

// ReadAttachment returns an attachment's bytes as they are.
func (f *Folder) ReadAttachment(p string) ([]byte, error) {
	file, err := f.Open(p)
	if err != nil {
		return nil, fmt.Errorf("read attachment: %w", err)
	}
	defer file.Close()
	var raw bytes.Buffer
	if info, err := file.Stat(); err == nil {
		raw.Grow(int(min(info.Size(), MaxAttachment)) + bytes.MinRead)
	}
	if _, err := raw.ReadFrom(io.LimitReader(file, MaxAttachment+1)); err != nil {
		return nil, fmt.Errorf("read attachment: %w", err)
	}
	if raw.Len() > MaxAttachment { // it has grown since it was listed
		return nil, fmt.Errorf("read attachment: %s is larger than %d MiB", f.Real(p), MaxAttachment>>20)
	}
	return raw.Bytes(), nil
}

// Open opens an attachment, for those who want its beginning only.
func (f *Folder) Open(p string) (fs.File, error) { return f.fsys.Open(f.Real(p)) }
