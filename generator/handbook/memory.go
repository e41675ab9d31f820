package handbook

import (
	"maps"
	"path"
	"slices"
	"strings"

	"debrief/generator/diag"
	"debrief/generator/note"
)

// A Memory keeps what each note was found to mean, from one handbook to the
// next. That depends on the note, on the names and the places of all others,
// and on the headings of those it leads to: while the names and places stay as
// they were, only notes that changed, or lead to one that did, are looked at
// again. The zero Memory knows nothing.
type Memory struct {
	last        *Handbook
	settings    Settings // as they were given
	attachments []Attachment
	found       diag.List    // about names and places
	refs        []references // by number
	links       []resolved   // by number
	keys        map[*note.Note]*keys
	lists       map[string]list

	// While a handbook is linked:
	known     []resolved          // links of the last one, or nil when none of them hold
	changed   map[*note.Note]bool // notes of the last one that are no more what they were
	used      bool                // known held for at least one note
	nextKeys  map[*note.Note]*keys
	nextLists map[string]list
}

// begin compares a handbook, as far as it is joined, with the last one.
func (m *Memory) begin(h *Handbook, attachments []Attachment, s Settings, found diag.List) {
	m.known, m.changed, m.used = nil, make(map[*note.Note]bool), false
	if m.last != nil && slices.Equal(attachments, m.attachments) && alike(h, m.last) {
		m.known = m.links
		for i, n := range m.last.Notes {
			if h.Notes[i] != n {
				m.changed[n], m.changed[h.Notes[i]] = true, true
			}
		}
		// Suggestions are limited: what was looked up counts.
		maps.Copy(h.names.nearby, m.last.names.nearby)
	}
	m.last, m.settings, m.attachments, m.found = h, s, attachments, found
	m.refs, m.links = make([]references, len(h.Notes)), make([]resolved, len(h.Notes))
}

// alike reports whether all that a link can depend on, but for the text of
// notes, is the same in both.
func alike(h, g *Handbook) bool {
	return h.Pack == g.Pack && h.Profile == g.Profile && slices.Equal(h.files, g.files) &&
		slices.EqualFunc(h.Notes, g.Notes, func(a, b *note.Note) bool {
			return a == b || a.Path == b.Path && a.ID == b.ID && a.GivenID == b.GivenID && a.Title == b.Title && a.Kind == b.Kind && slices.Equal(a.Aliases, b.Aliases)
		}) &&
		slices.EqualFunc(h.Folders, g.Folders, func(a, b *Folder) bool { return a.Path == b.Path && a.File == b.File }) &&
		slices.EqualFunc(h.Tags, g.Tags, func(a, b *Tag) bool { return a.Name == b.Name && a.File == b.File }) &&
		slices.EqualFunc(h.Principles, g.Principles, func(a, b *Principle) bool {
			return a.Slug == b.Slug && a.Name == b.Name && a.File == b.File
		})
}

// refsOf is what a note's front matter names.
func (m *Memory) refsOf(h *Handbook, number int) references {
	m.refs[number] = h.resolveRefs(h.Notes[number])
	return m.refs[number]
}

// linksOf is what the links of a note mean, remembered or found.
func (m *Memory) linksOf(h *Handbook, number int) resolved {
	r := &m.links[number]
	if m.known != nil {
		*r = m.known[number]
	}
	if m.known == nil || m.changed[h.Notes[number]] || slices.ContainsFunc(r.targets, func(t Target) bool { return m.changed[t.Note] }) {
		*r = h.resolveLinks(h.Notes[number])
	} else {
		m.used = true
	}
	return *r
}

// end forgets what the last handbook had and this one has not, and returns all
// that was found.
func (m *Memory) end() diag.List {
	m.known, m.changed = nil, nil
	m.keys, m.nextKeys = m.nextKeys, nil
	m.lists, m.nextLists = m.nextLists, nil
	return m.findings()
}

func (m *Memory) findings() diag.List {
	found := slices.Clone(m.found)
	for _, r := range m.refs {
		found = append(found, r.found...)
	}
	for _, r := range m.links {
		found = append(found, r.found...)
	}
	return found
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
