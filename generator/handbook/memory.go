package handbook

import (
	"maps"
	"path"
	"slices"
	"strings"

	"debrief/generator/note"
)

// A Memory keeps what the links of each note were found to mean, from one
// handbook to the next. That depends on the note, on the names and the places
// of all others, and on the headings of those it leads to: while the names and
// places stay as they were, only notes that changed, or lead to one that did,
// are looked at again. The zero Memory knows nothing.
type Memory struct {
	last  surroundings
	links map[*note.Note]resolved
	keys  map[*note.Note]*keys
	lists map[string]list

	same    bool                // the surroundings are as they were
	changed map[*note.Note]bool // notes of the last handbook that are no more what they were
	next    map[*note.Note]resolved
	used    bool // for at least one note

	nextKeys  map[*note.Note]*keys
	nextLists map[string]list
}

// The surroundings are all that a link can depend on, but for the text of notes.
type surroundings struct {
	notes       []*note.Note
	files       map[*note.Note]string
	attachments []string
	pages       []string // of folders, tags and principles, with their names
	pack        *Pack
	profile     note.Visibility
	nearby      map[string]string
}

func surroundingsOf(h *Handbook, attachments []string) surroundings {
	w := surroundings{notes: h.Notes, files: h.files, attachments: attachments, pack: h.Pack, profile: h.Profile}
	for _, f := range h.Folders {
		w.pages = append(w.pages, f.Path, f.File)
	}
	for _, t := range h.Tags {
		w.pages = append(w.pages, t.Name, t.File)
	}
	for _, p := range h.Principles {
		w.pages = append(w.pages, p.Slug, p.Name, p.File)
	}
	return w
}

// equal reports whether names and places are the same in both.
func (w *surroundings) equal(v *surroundings) bool {
	return w.pack == v.pack && w.profile == v.profile && slices.Equal(w.pages, v.pages) && slices.Equal(w.attachments, v.attachments) &&
		slices.EqualFunc(w.notes, v.notes, func(a, b *note.Note) bool {
			if a != b && (a.Path != b.Path || a.ID != b.ID || a.GivenID != b.GivenID || a.Title != b.Title || a.Kind != b.Kind || !slices.Equal(a.Aliases, b.Aliases)) {
				return false
			}
			return w.files[a] == v.files[b]
		})
}

// begin compares a handbook, as far as it is joined, with the last one.
func (m *Memory) begin(h *Handbook, attachments []string) {
	now := surroundingsOf(h, attachments)
	m.same = m.links != nil && now.equal(&m.last)
	m.changed, m.used = make(map[*note.Note]bool), false
	if m.same {
		for i, n := range m.last.notes {
			if now.notes[i] != n {
				m.changed[n] = true
			}
		}
		// Suggestions are limited: what was looked up counts.
		for name, near := range m.last.nearby {
			h.names.nearby[name] = near
		}
	}
	m.last = now
	m.next = make(map[*note.Note]resolved, len(h.Notes))
}

// linksOf is what the links of a note mean, remembered or found.
func (m *Memory) linksOf(h *Handbook, n *note.Note) resolved {
	r, known := m.links[n]
	if m.same && known && !slices.ContainsFunc(r.targets, func(t Target) bool { return m.changed[t.Note] }) {
		m.used = true
	} else {
		r = h.resolveLinks(n)
	}
	m.next[n] = r
	return r
}

// end forgets what the last handbook had and this one has not.
func (m *Memory) end(h *Handbook) {
	m.links, m.next, m.changed = m.next, nil, nil
	m.keys, m.nextKeys = m.nextKeys, nil
	m.lists, m.nextLists = m.nextLists, nil
	m.last.nearby = maps.Clone(h.names.nearby)
}

// keys are the names of a note as they are looked up and as its page is called.
type keys struct {
	isIndex   bool
	base      string // of its file, in lower case, without extension
	stem      string // of its page
	index     string // of its page when it is its folder's own
	tails     []string
	id, title string
	aliases   []string
}

// keysOf spells a note's names, once while the note stays the same.
func (m *Memory) keysOf(n *note.Note) *keys {
	k := m.nextKeys[n]
	if k != nil {
		return k
	}
	if k = m.keys[n]; k == nil {
		k = spell(n)
	}
	if m.nextKeys == nil {
		m.nextKeys = make(map[*note.Note]*keys, len(m.keys))
	}
	m.nextKeys[n] = k
	return k
}

func spell(n *note.Note) *keys {
	bare, dir := strings.TrimSuffix(n.Path, path.Ext(n.Path)), path.Dir(n.Path)
	k := &keys{
		isIndex: n.IsIndex(), base: strings.ToLower(path.Base(bare)), stem: slugPath(bare), index: path.Join(slugPath(dir), "index"),
		id: fold(n.ID), title: fold(n.Title),
	}
	for tail, more := bare, true; more; {
		k.tails = append(k.tails, fold(tail))
		_, tail, more = strings.Cut(tail, "/")
	}
	if k.isIndex && dir != "." {
		k.aliases = append(k.aliases, fold(path.Base(dir)))
	}
	for _, a := range n.Aliases {
		k.aliases = append(k.aliases, fold(a))
	}
	return k
}

// A list is notes in the order of their paths and in reading order.
type list struct{ in, out []*note.Note }

// ordered puts notes, which are in the order of their paths, into reading
// order. While a list of that name has the same notes, or others that sort
// alike, it is not sorted again.
func (m *Memory) ordered(name string, notes []*note.Note) []*note.Note {
	if m.nextLists == nil {
		m.nextLists = make(map[string]list, len(m.lists))
	}
	now := list{in: notes}
	if before, ok := m.lists[name]; ok && len(before.in) == len(notes) {
		now.out = before.with(notes)
	}
	if now.out == nil {
		now.out = slices.Clone(notes)
		Order(now.out)
	}
	m.nextLists[name] = now
	return slices.Clone(now.out)
}

// with is the list with notes in the place of its own, or nil when they may
// sort differently.
func (l list) with(notes []*note.Note) []*note.Note {
	instead := make(map[*note.Note]*note.Note)
	for i, old := range l.in {
		switch n := notes[i]; {
		case old == n:
		case !sortAlike(old, n):
			return nil
		default:
			instead[old] = n
		}
	}
	if len(instead) == 0 {
		return l.out
	}
	out := slices.Clone(l.out)
	for i, n := range out {
		if now := instead[n]; now != nil {
			out[i] = now
		}
	}
	return out
}

// sortAlike reports whether Order would put both in the same place.
func sortAlike(a, b *note.Note) bool {
	if a.Path != b.Path || a.Title != b.Title || a.Kind != b.Kind || a.HasWeight != b.HasWeight || a.Weight != b.Weight || !Day(a).Equal(Day(b)) {
		return false
	}
	ra, _ := note.Of[*note.Round](a)
	rb, ok := note.Of[*note.Round](b)
	return !ok || ra.Order == rb.Order && ra.ScheduledAt.T.Equal(rb.ScheduledAt.T)
}
