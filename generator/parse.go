package generator

import (
	"context"
	"crypto/sha256"
	"errors"
	"io/fs"
	"maps"
	"slices"

	"debrief/generator/diag"
	"debrief/generator/note"
	"debrief/generator/source"
	"debrief/generator/workers"
)

// Touched tells the next build which paths in Content may have changed since
// the last one, each with all below it; nil is any. Other files are then not
// looked at. Without it each build looks at everything.
func (b *Builder) Touched(paths []string) {
	b.told = true
	b.all = b.all || paths == nil || slices.Contains(paths, ".")
	b.touched = append(b.touched, paths...)
}

// parsed is a note as it was read, and what that depended on.
type parsed struct {
	sum   [sha256.Size]byte
	by    options
	note  *note.Note
	found diag.List
	read  diag.List // what reading the file itself found: the same text may come from other bytes
}

// read is what reading a file came to.
type read struct {
	parsed *parsed // nil when there is no note
	anew   bool
	found  diag.List // in the file itself
}

// options are note.Options that can be compared: a time zone is loaded anew in
// each build, and its name is all that stays the same.
type options struct {
	zone    string
	profile note.Visibility
	names   string
	file    string // on disk, which names may have given another one's name
}

// list lists the files. When only some can have changed, only says which.
func (b *Builder) list(o source.Options) (folder *source.Folder, only func(path string) bool, found diag.List, err error) {
	if b.listed == nil || !b.told || b.all || !slices.Equal(b.ignore, o.Ignore) {
		folder, found, err = source.List(b.Content, o)
		only = func(string) bool { return true }
	} else {
		touched := b.touched
		folder, found, err = b.listed.Again(touched, o)
		only = func(path string) bool { return source.Touches(touched, path) }
	}
	if err == nil {
		b.listed, b.ignore = folder, o.Ignore
	}
	return folder, only, found, err
}

// parse reads every note that may have changed, several at a time; what was
// parsed before from the same bytes is not parsed again.
func (b *Builder) parse(ctx context.Context, folder *source.Folder, only func(path string) bool, o note.Options) ([]*note.Note, diag.List, error) {
	results := make([]read, len(folder.Notes))
	by := options{zone: o.Zone.String(), profile: o.Profile, names: o.Names.String()}
	err := workers.Each(ctx, 0, len(results), func(i int) (err error) {
		results[i], err = b.parseOne(folder, folder.Notes[i], only, o, by)
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	if b.parsed == nil {
		b.parsed = make(map[string]*parsed, len(results))
	}
	notes := make([]*note.Note, 0, len(results))
	var found diag.List
	for i, r := range results {
		found = append(found, r.found...)
		switch {
		case r.parsed == nil:
			delete(b.parsed, folder.Notes[i])
			continue
		case r.anew:
			b.parsed[folder.Notes[i]] = r.parsed
		}
		found = append(found, r.parsed.found...)
		notes = append(notes, r.parsed.note)
	}
	if len(b.parsed) > len(notes) { // files that are gone are forgotten
		maps.DeleteFunc(b.parsed, func(path string, _ *parsed) bool {
			_, listed := slices.BinarySearch(folder.Notes, path)
			return !listed
		})
	}
	b.touched, b.told, b.all = nil, false, false
	return notes, found, nil
}

// parseOne reads one note, or gives back what is known of it. There is no note
// when the file is gone or too large.
func (b *Builder) parseOne(folder *source.Folder, path string, only func(path string) bool, o note.Options, by options) (read, error) {
	by.file = folder.Real(path)
	known := b.parsed[path]
	if known != nil && known.by != by {
		known = nil
	}
	if known != nil && !only(by.file) {
		return read{parsed: known, found: known.read}, nil
	}
	text, found, err := folder.Read(path)
	if errors.Is(err, fs.ErrNotExist) {
		return read{}, nil // gone since the folder was listed
	}
	if err != nil || text == nil && len(found) > 0 {
		return read{found: found}, err
	}
	now := &parsed{sum: sha256.Sum256(text), by: by, read: found}
	if known != nil && known.sum == now.sum {
		now.note, now.found = known.note, known.found
	} else {
		now.note, now.found = note.Parse(path, text, o)
	}
	return read{now, true, found}, nil
}
