package generator

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"path"
	"time"

	"debrief/generator/diag"
	"debrief/generator/source"
	"debrief/generator/workers"
)

// A Summary is what is said of a built site, without the site. Whoever keeps
// it beside a digest of the inputs need not build the same again.
type Summary struct {
	Findings   diag.List
	Pages      int
	Notes      int
	Searchable bool
	Attached   map[string][sha256.Size]byte // the digests of what notes show, by path
}

// Summary sums up a result whose files have been drawn.
func (r *Result) Summary() Summary {
	s := Summary{Findings: r.Findings, Pages: r.Pages(), Notes: r.Notes, Searchable: r.Searchable(), Attached: make(map[string][sha256.Size]byte)}
	r.attached.Range(func(path, sum any) bool {
		s.Attached[path.(string)] = sum.([sha256.Size]byte)
		return true
	})
	return s
}

// Inputs is a digest of all that Build makes a site of: settings, themes,
// packs, which files there are, and the bytes of the notes. Of the attachments
// only those count that notes show, and which those are a build has to say:
// see SameAttached.
func (b *Builder) Inputs(ctx context.Context) (sum [sha256.Size]byte, err error) {
	settings, _, err := b.settings()
	if err != nil {
		return sum, err
	}
	in := inputs{sha256.New()}
	in.say("debrief inputs 1", b.Output, b.BaseURL, b.Profile.String(), b.Today.String())
	in.file(b.Content, source.SettingsFile)
	for _, name := range source.NotSettings {
		_, err := fs.Stat(b.Content, name)
		in.say(name, fmt.Sprint(err == nil))
	}
	in.zone(settings.Zone)
	for _, pack := range settings.Packs {
		in.say("pack", pack)
		in.file(b.Content, pack)
	}
	if settings.Theme != "" {
		if err := in.folder(b.Content, settings.Theme); err != nil {
			return sum, err
		}
	}
	if b.Theme != nil {
		if err := in.folder(b.Theme, "."); err != nil {
			return sum, err
		}
	}
	folder, found, err := source.List(b.Content, source.Options{Ignore: ignored(settings), Output: b.Output})
	if err != nil {
		return sum, err
	}
	said, err := json.Marshal(found)
	if err != nil {
		return sum, err
	}
	in.say(string(said))
	in.say(folder.Attachments...)
	sums, err := digests(ctx, b.Content, folder.Notes)
	if err != nil {
		return sum, err
	}
	for i, p := range folder.Notes {
		in.say("note", p)
		in.Write(sums[i][:])
	}
	return [sha256.Size]byte(in.Sum(nil)), nil
}

// SameAttached reports whether the attachments of a site are as they were.
func (b *Builder) SameAttached(ctx context.Context, s Summary) bool {
	var paths []string
	for p := range s.Attached {
		paths = append(paths, p)
	}
	sums, err := digests(ctx, b.Content, paths)
	if err != nil {
		return false
	}
	for i, p := range paths {
		if sums[i] != s.Attached[p] {
			return false
		}
	}
	return true
}

// Source returns a note's text, for printing findings; nil when it is gone.
func (b *Builder) Source(p string) []byte {
	raw, err := fs.ReadFile(b.Content, p)
	if err != nil {
		return nil
	}
	text, _ := source.Text(raw)
	return text
}

// digests reads files, several at a time.
func digests(ctx context.Context, fsys fs.FS, paths []string) ([][sha256.Size]byte, error) {
	sums := make([][sha256.Size]byte, len(paths))
	return sums, workers.Each(ctx, 0, len(paths), func(i int) (err error) {
		sums[i], err = digest(fsys, paths[i])
		return err
	})
}

func digest(fsys fs.FS, name string) (sum [sha256.Size]byte, err error) {
	f, err := fsys.Open(name)
	if err != nil {
		return sum, err
	}
	defer f.Close()
	h := sha256.New()
	if _, err = io.Copy(h, f); err == nil {
		h.Sum(sum[:0])
	}
	return sum, err
}

// inputs is a digest in the making. What is said is told apart by its length.
type inputs struct{ hash.Hash }

func (in inputs) say(texts ...string) {
	in.Write(binary.LittleEndian.AppendUint64(nil, uint64(len(texts))))
	for _, t := range texts {
		in.Write(binary.LittleEndian.AppendUint64(nil, uint64(len(t))))
		in.Write([]byte(t))
	}
}

// file says what a file holds, or why it cannot be read.
func (in inputs) file(fsys fs.FS, name string) {
	text, err := fs.ReadFile(fsys, name)
	in.say(name, string(text), fmt.Sprint(err))
}

// folder says all that a folder holds; nothing when it is missing.
func (in inputs) folder(fsys fs.FS, dir string) error {
	dir = path.Clean(dir)
	in.say("folder", dir)
	if !fs.ValidPath(dir) {
		return nil
	}
	err := fs.WalkDir(fsys, dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		in.say(p, d.Type().String())
		if !d.IsDir() {
			in.file(fsys, p)
		}
		return nil
	})
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// zone says how the clocks of a zone went and will go: its name stays when the
// machine's list of zones changes.
func (in inputs) zone(zone *time.Location) {
	in.say("zone", zone.String())
	last := ""
	for day := time.Date(1990, 1, 1, 12, 0, 0, 0, time.UTC); day.Year() < 2050; day = day.AddDate(0, 0, 1) {
		if now := day.In(zone).Format("MST -07:00:00"); now != last {
			in.say(day.Format(time.DateOnly), now)
			last = now
		}
	}
}
