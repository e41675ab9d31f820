package handbook

import (
	"cmp"
	"maps"
	"path"
	"reflect"
	"slices"

	"debrief/generator/diag"
	"debrief/generator/note"
)

// mostAmended is how many notes may have changed for the last handbook to be
// amended. It is about as many as somebody saves at a time.
const mostAmended = 16

// An amendment is the last handbook with a few of its notes in a new state.
// What the last one holds is shared with it and never changed: pages of it may
// still be drawn.
type amendment struct {
	m       *Memory
	last    *Handbook
	h       *Handbook
	changed []int                     // numbers of the notes
	instead map[*note.Note]*note.Note // by the note of the last handbook
	called  map[string]bool           // titles that came or went, as they are looked up
	refs    map[int]references        // looked up anew
	links   map[int]resolved
}

// amend links notes that differ in few places from those of the last handbook,
// in text or title. It returns nil when more is different, for instance a name
// that others may use or what a note refers to.
func (m *Memory) amend(notes []*note.Note, attachments []Attachment, s Settings, pack *Pack, profile note.Visibility) (*Handbook, diag.List) {
	a := m.amendment(notes)
	if a == nil || a.last.Pack != pack || a.last.Profile != profile || !slices.Equal(attachments, m.attachments) || !reflect.DeepEqual(s, m.settings) {
		return nil, nil
	}
	a.list()
	if !a.lookUp() {
		return nil, nil
	}
	a.relink()
	if a.h.names.refused {
		*m = Memory{} // see Link
		return nil, nil
	}
	return a.keep()
}

// amendment begins one, or returns nil.
func (m *Memory) amendment(notes []*note.Note) *amendment {
	last := m.last
	if last == nil || len(notes) != len(last.Notes) || last.names.bySlug != nil {
		return nil
	}
	h, names := *last, *last.names
	h.Notes, h.names = notes, &names
	a := &amendment{m: m, last: last, h: &h, instead: make(map[*note.Note]*note.Note), called: make(map[string]bool), refs: make(map[int]references), links: make(map[int]resolved)}
	for i, n := range notes {
		old := last.Notes[i]
		if n == old {
			continue
		}
		if len(a.changed) == mostAmended || !m.takesPlace(old, n) {
			return nil
		}
		a.changed, a.instead[old] = append(a.changed, i), n
	}
	return a
}

// takesPlace reports whether a note can stand where an older state of it
// stood: its page, its names but for the title, and its part in the handbook
// are the same.
func (m *Memory) takesPlace(old, n *note.Note) bool {
	return old.Path == n.Path && old.Kind == n.Kind && old.ID == n.ID && old.GivenID == n.GivenID &&
		slices.Equal(old.Aliases, n.Aliases) && slices.Equal(old.Tags, n.Tags) &&
		!n.IsIndex() && n.Kind.Name != "principle" && // they name a folder, a principle
		!slices.ContainsFunc(m.found, func(f diag.Finding) bool { return f.Path == n.Path })
}

// list puts the notes into the lists that the handbook has of them.
func (a *amendment) list() {
	h := a.h
	h.byKind, h.showing = maps.Clone(h.byKind), maps.Clone(h.showing)
	for _, i := range a.changed {
		old, n := a.last.Notes[i], h.Notes[i]
		h.byKind[n.Kind.Name] = replace(h.byKind[n.Kind.Name], old, n, compareNotes)
		for _, p := range a.last.PrinciplesOf(old) {
			h.showing[p] = replace(h.showing[p], old, n, compareStrength)
		}
		if old.Title != n.Title {
			a.retitle(i, fold(old.Title), fold(n.Title))
		}
	}
	h.Tags = slices.Clone(h.Tags)
	for i, t := range h.Tags {
		if slices.ContainsFunc(t.Notes, a.left) {
			tag := *t
			tag.Notes = a.replaced(t.Notes)
			h.Tags[i] = &tag
		}
	}
	a.listFolders()
}

// left reports whether a note of the last handbook is none of this one.
func (a *amendment) left(n *note.Note) bool { return a.instead[n] != nil }

// replaced is a list in reading order with notes as they are now.
func (a *amendment) replaced(notes []*note.Note) []*note.Note {
	for _, i := range a.changed {
		notes = replace(notes, a.last.Notes[i], a.h.Notes[i], compareNotes)
	}
	return notes
}

// replace puts n into an ordered list for old, if that is in it.
func replace(notes []*note.Note, old, n *note.Note, order func(a, b *note.Note) int) []*note.Note {
	at := slices.Index(notes, old)
	if at < 0 {
		return notes
	}
	out := slices.Delete(slices.Clone(notes), at, at+1)
	at, _ = slices.BinarySearchFunc(out, n, order)
	return slices.Insert(out, at, n)
}

// compareStrength orders stories, the strongest first.
func compareStrength(a, b *note.Note) int {
	return cmp.Or(cmp.Compare(strength(b), strength(a)), compareNotes(a, b))
}

// listFolders lists folders anew where a note is in one: they lead to each
// other, so none of the last handbook's can stay.
func (a *amendment) listFolders() {
	dirs := make(map[string]bool)
	for _, i := range a.changed {
		dirs[path.Dir(a.h.Notes[i].Path)] = true
	}
	delete(dirs, ".")
	if len(dirs) == 0 {
		return
	}
	now := make(map[*Folder]*Folder, len(a.h.Folders))
	folders := make([]*Folder, len(a.h.Folders))
	for i, f := range a.last.Folders {
		g := *f
		if dirs[f.Path] {
			g.Notes = a.replaced(f.Notes)
		}
		folders[i], now[f] = &g, &g
	}
	for _, f := range folders {
		f.Parent, f.Folders = now[f.Parent], slices.Clone(f.Folders)
		for i, g := range f.Folders {
			f.Folders[i] = now[g]
		}
	}
	a.h.Folders = folders
}

// retitle lets a note be found by its new title instead of the old one.
func (a *amendment) retitle(number int, old, title string) {
	if len(a.called) == 0 {
		a.h.names.byTitle = maps.Clone(a.h.names.byTitle)
	}
	byTitle := a.h.names.byTitle
	byTitle[old] = slices.DeleteFunc(slices.Clone(byTitle[old]), func(i int) bool { return i == number })
	if of := byTitle[title]; title != "" && !slices.Contains(of, number) {
		at, _ := slices.BinarySearch(of, number)
		byTitle[title] = slices.Insert(slices.Clone(of), at, number)
	}
	a.called[old], a.called[title] = true, true
}

// asks reports whether one of the names means something else now.
func (a *amendment) asks(names []string) bool {
	return len(a.called) > 0 && slices.ContainsFunc(names, func(s string) bool { return a.called[s] })
}

// lookUp looks up what front matter names. It reports whether that is what it
// was, so that nothing but the notes' states is new.
func (a *amendment) lookUp() bool {
	h := a.h
	for i, n := range h.Notes {
		if n != a.last.Notes[i] || a.asks(a.m.refs[i].asked) {
			a.refs[i] = h.resolveRefs(n)
		}
	}
	for i, r := range a.refs {
		if !slices.EqualFunc(r.named, a.m.refs[i].named, a.sameNamed) {
			return false
		}
	}
	// Others name the notes that changed.
	h.refs = slices.Clone(h.refs)
	for _, i := range a.changed {
		for _, by := range h.naming[i] {
			if _, anew := a.refs[by.from]; !anew {
				a.refs[by.from] = a.renamed(a.m.refs[by.from])
			}
		}
	}
	for i, r := range a.refs {
		h.refs[i] = r.named
	}
	return true
}

// sameNamed reports whether two references are to the same: b is the last
// handbook's.
func (a *amendment) sameNamed(now, before Named) bool {
	if now.Field != before.Field || now.Principle != before.Principle {
		return false
	}
	to := before.Note
	if instead := a.instead[to]; instead != nil {
		to = instead
	}
	return now.Note == to
}

// renamed are references with notes as they are now.
func (a *amendment) renamed(r references) references {
	r.named = slices.Clone(r.named)
	for i, to := range r.named {
		if n := a.instead[to.Note]; n != nil {
			r.named[i].Note = n
		}
	}
	return r
}

// relink finds the links of the notes that changed, lead to one that did, or
// name what means another one now, and the backlinks that come of them.
func (a *amendment) relink() {
	h := a.h
	for i, n := range h.Notes {
		was := &a.m.links[i]
		if n != a.last.Notes[i] || slices.ContainsFunc(was.targets, func(t Target) bool { return t.Note != nil && a.left(t.Note) }) || a.asks(was.asked) {
			a.links[i] = h.resolveLinks(n)
		}
	}
	h.links = slices.Clone(h.links)
	cloned, shown := false, true
	for _, i := range slices.Sorted(maps.Keys(a.links)) {
		r, was := a.links[i], a.m.links[i]
		h.links[i] = r.targets
		shown = shown && slices.Equal(r.shown, was.shown)
		back, before := h.backlinksOf(i, r), a.last.backlinksOf(i, was)
		if slices.Equal(back, before) {
			continue
		}
		if !cloned {
			h.backlinks, cloned = maps.Clone(h.backlinks), true
		}
		h.rewire(i, before, back)
	}
	if !shown {
		a.show()
	}
}

// rewire makes the backlinks of one note what they are now.
func (h *Handbook) rewire(number int, before, now []toBacklink) {
	for _, b := range before {
		left := slices.DeleteFunc(slices.Clone(h.backlinks[b.file]), func(l backlink) bool { return l.from == number })
		if h.backlinks[b.file] = left; len(left) == 0 {
			delete(h.backlinks, b.file)
		}
	}
	for _, b := range now {
		all := h.backlinks[b.file]
		at, _ := slices.BinarySearchFunc(all, number, func(l backlink, n int) int { return cmp.Compare(l.from, n) })
		h.backlinks[b.file] = slices.Insert(slices.Clone(all), at, backlink{number, b.link})
	}
}

// show lists the attachments that pages show.
func (a *amendment) show() {
	a.h.shown = make(map[string]bool)
	for i, r := range a.m.links {
		if now, anew := a.links[i]; anew {
			r = now
		}
		for _, file := range r.shown {
			a.h.shown[file] = true
		}
	}
}

// keep makes the amended handbook the last one.
func (a *amendment) keep() (*Handbook, diag.List) {
	for i, r := range a.refs {
		a.m.refs[i] = r
	}
	for i, r := range a.links {
		a.m.links[i] = r
	}
	for old := range a.instead {
		delete(a.m.keys, old)
	}
	a.m.last = a.h
	return a.h, a.m.findings()
}
