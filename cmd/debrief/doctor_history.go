package main

import (
	"bytes"
	"context"
	"maps"
	"slices"
	"strings"

	"debrief/generator/note"
	"debrief/generator/publish"
	"debrief/generator/source"
)

// private are the paths of notes that were private in a version of the given
// history, sorted.
func (c *checkup) private(ctx context.Context, revisions []string) ([]string, error) {
	versions, err := c.Notes(ctx, revisions...)
	if err != nil || len(versions) == 0 {
		return nil, err
	}
	if c.known == nil {
		if c.known, err = c.lookForNotes(ctx); err != nil {
			return nil, err
		}
	}
	held, err := c.Read(ctx, versions)
	if err != nil {
		return nil, err
	}
	found := make(map[string]bool)
	for i, v := range versions {
		text, _ := source.Text(held[i])
		if found[v.Path] || !c.known.isNote(v, text) {
			continue
		}
		if n, _ := note.Parse(c.known.inHandbook(v.Path), text, note.Options{}); n.Visibility == note.Private {
			found[v.Path] = true
		}
	}
	return slices.Sorted(maps.Keys(found)), nil
}

// knownNotes tell notes from other Markdown, such as a README or the pages of
// another tool, wherever in a repository they lie or lay.
type knownNotes struct {
	prefix   string          // of the notes today
	contents map[string]bool // what a note has held at some time, by git's name
	names    map[string]bool // what a note was called at some time, in the handbook
	tracked  map[string]bool // what lies there today
}

func (c *checkup) lookForNotes(ctx context.Context) (*knownNotes, error) {
	k := &knownNotes{c.prefix, make(map[string]bool), make(map[string]bool), make(map[string]bool)}
	all, err := c.Notes(ctx, publish.Everything()...)
	if err != nil {
		return nil, err
	}
	for _, v := range all {
		if k.below(v.Path) {
			k.contents[v.ID], k.names[k.inHandbook(v.Path)] = true, true
		}
	}
	tracked, err := c.Tracked(ctx)
	if err != nil {
		return nil, err
	}
	for _, path := range tracked {
		k.tracked[path] = true
	}
	return k, nil
}

// below reports a path that the handbook of today reads.
func (k *knownNotes) below(path string) bool {
	path, below := strings.CutPrefix(path, k.prefix)
	return below && !ignoredAnywhere(path)
}

// isNote reports whether a file is or was a note of the handbook. Elsewhere
// that is a copy of one, or one from before the notes were moved. Markdown with
// front matter that lies beside the notes today is somebody else's, unless it
// speaks of visibility.
func (k *knownNotes) isNote(v publish.Version, text []byte) bool {
	if k.below(v.Path) || k.contents[v.ID] || !k.tracked[v.Path] && k.names[v.Path] {
		return true
	}
	n, _ := note.Parse(v.Path, text, note.Options{})
	return bytes.HasPrefix(text, []byte("---")) && (!k.tracked[v.Path] || n.Front.Has("visibility"))
}

// inHandbook is a path counted from the root of the handbook that it lies or
// lay in: the folder above the one that gives notes their kind.
func (k *knownNotes) inHandbook(path string) string {
	if k.below(path) {
		return strings.TrimPrefix(path, k.prefix)
	}
	parts := strings.Split(path, "/")
	for i, part := range parts[:len(parts)-1] {
		if slices.ContainsFunc(note.Kinds, func(kind *note.Kind) bool { return kind.Dir != "" && strings.EqualFold(kind.Dir, part) }) {
			return strings.Join(parts[i:], "/")
		}
	}
	return path
}

// ignoredAnywhere reports a path that no handbook reads.
func ignoredAnywhere(path string) bool {
	for part := range strings.SplitSeq(path, "/") {
		if source.Ignored(part, false, source.Options{}) {
			return true
		}
	}
	return false
}
