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
	"io/fs"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"debrief/generator/diag"
)

// MaxNote is the largest note that is read (DESIGN section 14).
const MaxNote = 4 << 20

// SettingsFile is the optional file of settings in the content root.
const SettingsFile = "debrief.yaml"

// A Folder is the list of what a content root holds, each list sorted.
type Folder struct {
	fsys        fs.FS
	Notes       []string // slash-separated, relative to the root
	Attachments []string // every other file; read only when a page shows it
	Dirs        []string // folders that hold notes, "." included when it does
}

// Options say what not to look at.
type Options struct {
	Ignore []string // from the settings: names, paths, globs; a final / means folders
	Output string   // the output folder when it lies inside the root, else ""
}

// List walks the root. Unreadable folders and files are errors: a site built
// without them would be a wrong site.
func List(fsys fs.FS, o Options) (*Folder, diag.List, error) {
	f := &Folder{fsys: fsys}
	var found diag.List
	err := fs.WalkDir(fsys, ".", func(p string, entry fs.DirEntry, err error) error {
		if err != nil {
			if p != "." && errors.Is(err, fs.ErrNotExist) {
				return nil // gone between listing and looking
			}
			return err
		}
		if p == "." {
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
				found = append(found, diag.At("skipped-file", diag.Info, p, diag.Pos{}, 0, "only plain files are read; this is a %s", typeName(entry.Type())))
			}
			return nil
		case isNote(p):
			f.Notes = append(f.Notes, p)
			if dir := path.Dir(p); !slices.Contains(f.Dirs, dir) {
				f.Dirs = append(f.Dirs, dir)
			}
		default:
			f.Attachments = append(f.Attachments, p)
		}
		return nil
	})
	if err != nil {
		return nil, found, fmt.Errorf("list notes: %w", err)
	}
	slices.Sort(f.Notes)
	slices.Sort(f.Attachments)
	slices.Sort(f.Dirs)
	return f, found, nil
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
	if info, err := fs.Stat(f.fsys, p); err == nil && info.Size() > MaxNote {
		return nil, diag.List{diag.At("too-large", diag.Error, p, diag.Pos{}, 0, "this note is larger than 4 MiB and is not read").
			Hint("split it, or ignore it in debrief.yaml")}, nil
	}
	raw, err := fs.ReadFile(f.fsys, p)
	if err != nil {
		return nil, nil, fmt.Errorf("read note: %w", err)
	}
	text, found := Text(raw)
	for i := range found {
		found[i].Path = p
	}
	return text, found, nil
}

// ReadAttachment returns an attachment's bytes as they are.
func (f *Folder) ReadAttachment(p string) ([]byte, error) {
	raw, err := fs.ReadFile(f.fsys, p)
	if err != nil {
		return nil, fmt.Errorf("read attachment: %w", err)
	}
	return raw, nil
}

// Text makes bytes fit to read: see Read.
func Text(raw []byte) ([]byte, diag.List) {
	var found diag.List
	raw = bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf"))
	if bytes.HasPrefix(raw, []byte("\xff\xfe")) || bytes.HasPrefix(raw, []byte("\xfe\xff")) {
		found = append(found, diag.At("bad-encoding", diag.Warning, "", diag.Pos{Line: 1, Column: 1}, 0, "this file is UTF-16").Hint("save it as UTF-8"))
		raw = decodeUTF16(raw)
	}
	if bytes.IndexByte(raw, '\r') >= 0 {
		raw = bytes.ReplaceAll(raw, []byte("\r\n"), []byte("\n"))
		raw = bytes.ReplaceAll(raw, []byte("\r"), []byte("\n"))
	}
	if !utf8.Valid(raw) {
		at := 0
		for at < len(raw) {
			r, size := utf8.DecodeRune(raw[at:])
			if r == utf8.RuneError && size == 1 {
				break
			}
			at += size
		}
		line := 1 + bytes.Count(raw[:at], []byte("\n"))
		column := 1 + utf8.RuneCount(raw[bytes.LastIndexByte(raw[:at], '\n')+1:at])
		found = append(found, diag.At("bad-encoding", diag.Warning, "", diag.Pos{Line: line, Column: column}, 1,
			"this byte is not UTF-8; it shows as �").Hint("save the file as UTF-8"))
		raw = bytes.ToValidUTF8(raw, []byte("\uFFFD"))
	}
	if bytes.IndexByte(raw, 0) >= 0 {
		raw = bytes.ReplaceAll(raw, []byte{0}, []byte("\uFFFD")) // as CommonMark wants
	}
	return raw, found
}

func decodeUTF16(raw []byte) []byte {
	little := raw[0] == 0xff
	var out []rune
	for i := 2; i+1 < len(raw); i += 2 {
		u := uint16(raw[i])<<8 | uint16(raw[i+1])
		if little {
			u = uint16(raw[i+1])<<8 | uint16(raw[i])
		}
		out = append(out, rune(u))
	}
	return []byte(string(out))
}
