package handbook

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"debrief/generator/diag"
	"debrief/generator/note"
)

// names is the index that references are looked up in. Nothing here walks
// all notes per look-up.
type names struct {
	// Each leads to the numbers of notes.
	byPath  map[string][]int // path without extension, and each of its tails
	byID    map[string][]int
	byTitle map[string][]int
	byAlias map[string][]int
	bySlug  map[string][]int // all of these; only where names are covered

	known   []string // ids, for did-you-mean
	nearby  map[string]string
	told    map[string]bool // targets in the note at hand that have their finding
	asked   []string        // names in the note at hand that no path and no id has
	refused bool            // a suggestion, since there were too many names to compare
}

func (h *Handbook) index(memory *Memory, found *diag.List) *names {
	x := &names{
		byPath: make(map[string][]int, 2*len(h.Notes)), byID: make(map[string][]int, len(h.Notes)),
		byTitle: make(map[string][]int, len(h.Notes)), byAlias: make(map[string][]int),
		nearby: make(map[string]string), told: make(map[string]bool),
	}
	given := make(map[string]*note.Note)
	for i, n := range h.Notes {
		if n.GivenID {
			if other := given[n.ID]; other != nil {
				*found = append(*found, n.Find("duplicate-id", diag.Error, []any{"id"}, "the id %q is also that of %s", n.ID, other.Path).
					Hint("ids name one note each; change one of them"))
			} else {
				given[n.ID] = n
			}
		}
		add := func(m map[string][]int, key string) {
			if of := m[key]; key != "" && (len(of) == 0 || of[len(of)-1] != i) {
				m[key] = append(of, i)
			}
		}
		k := memory.keysOf(n)
		for _, tail := range k.tails {
			add(x.byPath, tail)
		}
		add(x.byID, k.id)
		add(x.byTitle, k.title)
		for _, a := range k.aliases {
			add(x.byAlias, a)
		}
		x.known = append(x.known, n.ID)
	}
	if h.Profile > note.Private && len(h.Settings.CoverNames)+len(h.Settings.Redact) > 0 {
		x.indexSlugs()
	}
	return x
}

// indexSlugs lets a name be found however it is written. What covers a name
// has spaces in a title and hyphens in an id; the name itself may have had
// neither, and its links must not break.
func (x *names) indexSlugs() {
	x.bySlug = make(map[string][]int)
	for _, m := range []map[string][]int{x.byPath, x.byID, x.byTitle, x.byAlias} {
		for _, key := range slices.Sorted(maps.Keys(m)) {
			slug := slugPath(key)
			for _, i := range m[key] {
				if !slices.Contains(x.bySlug[slug], i) {
					x.bySlug[slug] = append(x.bySlug[slug], i)
				}
			}
		}
	}
}

// lookup returns every note that name may mean, by the first of: path or file
// name, id, title, alias.
func (h *Handbook) lookup(name string) []*note.Note {
	key := stemKey(name)
	if key == "" {
		return nil
	}
	x := h.names
	for _, m := range []map[string][]int{x.byPath, x.byID} {
		if of := m[key]; len(of) > 0 {
			return h.numbered(of)
		}
	}
	x.asked = append(x.asked, key)
	for _, m := range []map[string][]int{x.byTitle, x.byAlias} {
		if of := m[key]; len(of) > 0 {
			return h.numbered(of)
		}
	}
	if x.bySlug == nil {
		return nil
	}
	return h.numbered(x.bySlug[slugPath(key)])
}

// stemKey is the key of a note's path or name, with or without its extension.
func stemKey(name string) string {
	key := fold(strings.TrimPrefix(name, "/"))
	for _, ext := range []string{".md", ".markdown"} {
		key = strings.TrimSuffix(key, ext)
	}
	return key
}

// choose picks one of several candidates: the only one, one in the same
// folder as from, one at exactly that path. ok is false when the choice is a
// guess; then it is the first by path.
func choose(from *note.Note, name string, notes []*note.Note) (n *note.Note, ok bool) {
	switch len(notes) {
	case 0:
		return nil, true
	case 1:
		return notes[0], true
	}
	var beside []*note.Note
	for _, c := range notes {
		if path.Dir(c.Path) == path.Dir(from.Path) {
			beside = append(beside, c)
		}
	}
	if len(beside) == 1 {
		return beside[0], true
	}
	for _, c := range notes {
		if strings.EqualFold(strings.TrimSuffix(c.Path, path.Ext(c.Path)), strings.TrimSuffix(strings.TrimPrefix(name, "/"), path.Ext(c.Path))) {
			return c, true
		}
	}
	return notes[0], false
}

// paths lists notes for a finding; a handbook may have a README in every
// folder.
func paths(notes []*note.Note) string {
	const most = 6
	var out []string
	for _, n := range notes[:min(len(notes), most)] {
		out = append(out, n.Path)
	}
	if more := len(notes) - most; more > 0 {
		out = append(out, fmt.Sprintf("and %d more", more))
	}
	return strings.Join(out, ", ")
}

// maxCompared is how many ids near compares with names, over the whole
// handbook: enough for every name of an ordinary one, and nobody reads a
// thousand suggestions.
const maxCompared = 150_000

// near suggests a note for a name that nothing has, in the same words the
// author would use.
func (h *Handbook) near(name string) string {
	stem := path.Base(strings.TrimSuffix(name, path.Ext(name)))
	x := h.names
	found, known := x.nearby[stem]
	switch {
	case known:
	case len(x.nearby)*len(x.known) < maxCompared:
		found = diag.Near(stem, x.known)
		x.nearby[stem] = found
	default:
		x.refused = true
	}
	return found
}

// untold reports, once for each target of a note, that nothing has been found
// wrong with it yet: a hundred links to one missing file are one mistake.
func (x *names) untold(target string) bool {
	if x.told[target] {
		return false
	}
	x.told[target] = true
	return true
}
