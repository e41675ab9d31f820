package handbook

import (
	"maps"
	"slices"

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

	same    bool                // the surroundings are as they were
	changed map[*note.Note]bool // notes of the last handbook that are no more what they were
	next    map[*note.Note]resolved
	used    bool // for at least one note
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
	m.last.nearby = maps.Clone(h.names.nearby)
}
