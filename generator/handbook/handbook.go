// Package handbook links all notes into one handbook: where each page lies,
// what every link and reference means, who names whom.
//
// A Handbook is immutable once linked and holds only what the build's profile
// may show. What the notes should hold is for package check, how it looks for
// page and render.
package handbook

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"debrief/generator/diag"
	"debrief/generator/measure"
	"debrief/generator/note"
)

// A Handbook is every note, linked.
type Handbook struct {
	Settings   Settings
	Pack       *Pack
	Profile    note.Visibility
	Notes      []*note.Note // by path
	Principles []*Principle // the pack's in order, then the author's own
	Folders    []*Folder    // by path; the root is not among them
	Tags       []*Tag       // by name
	Home       *note.Note   // the root's index.md or README.md, or nil

	// Notes are numbered by their place in Notes: what is known of each is
	// looked up by its number, so that most of it stays when a note changes.
	number    map[string]int       // by path
	met       map[*note.Note]int32 // the same of the notes of the last handbook that was linked as a whole
	files     []string
	links     [][]Target
	refs      [][]Named
	naming    [][]naming
	backlinks map[string][]backlink // by output path, in the order of their notes
	asking    map[*Principle][]naming

	byKind      map[string][]*note.Note // in reading order
	names       *names
	attachments map[string]string           // path → output path
	tooLarge    map[string]int64            // attachments that are not copied for their size: bytes by path
	byBase      map[string]string           // attachments by folded file name, the first by path
	byFolded    map[string]string           // attachments by folded path, the first by path
	fileDirs    map[string]bool             // folders that hold attachments, at any depth
	principleOf map[string]*Principle       // by slug
	principleBy map[string]*Principle       // by folded name and slug, the first in order
	showing     map[*Principle][]*note.Note // stories, strongest first
	shown       map[string]bool             // attachments that pages show, by path
}

// A Principle is a leadership principle: the pack's, the author's, or both.
type Principle struct {
	Slug, Name, Since string
	Summary           string
	Asks              []string
	LooksFor, Traps   []string
	Order             int
	FromPack          bool
	Note              *note.Note // what the author adds, or nil
	File              string
}

// Link joins parsed notes into a handbook. notes must be sorted by path and
// hold only what profile may show; attachments are the other files, sorted by path.
//
// What memory knows is used as far as it still holds.
func Link(notes []*note.Note, attachments []Attachment, s Settings, pack *Pack, profile note.Visibility, memory *Memory) (*Handbook, diag.List) {
	if h, found := memory.amend(notes, attachments, s, pack, profile); h != nil {
		return h, found
	}
	h, found := linkAll(notes, attachments, s, pack, profile, memory)
	if h.names.refused && memory.used {
		// Which names still get a suggestion depends on all that were looked up.
		*memory = Memory{}
		h, found = linkAll(notes, attachments, s, pack, profile, memory)
	}
	return h, found
}

func linkAll(notes []*note.Note, attachments []Attachment, s Settings, pack *Pack, profile note.Visibility, memory *Memory) (*Handbook, diag.List) {
	h := &Handbook{
		Settings: s, Pack: pack, Profile: profile, Notes: notes,
		number:      make(map[string]int, len(notes)),
		met:         make(map[*note.Note]int32, len(notes)),
		files:       make([]string, len(notes)),
		links:       make([][]Target, len(notes)),
		refs:        make([][]Named, len(notes)),
		naming:      make([][]naming, len(notes)),
		backlinks:   make(map[string][]backlink),
		asking:      make(map[*Principle][]naming),
		byKind:      make(map[string][]*note.Note),
		attachments: make(map[string]string, len(attachments)),
		tooLarge:    make(map[string]int64),
		byBase:      make(map[string]string, len(attachments)),
		byFolded:    make(map[string]string, len(attachments)),
		fileDirs:    make(map[string]bool),
		principleOf: make(map[string]*Principle),
		principleBy: make(map[string]*Principle),
		showing:     make(map[*Principle][]*note.Note),
		shown:       make(map[string]bool),
	}
	var found diag.List
	for i, n := range notes {
		h.number[n.Path], h.met[n] = i, int32(i)
		h.byKind[n.Kind.Name] = append(h.byKind[n.Kind.Name], n)
		if path.Dir(n.Path) == "." && n.IsIndex() && (h.Home == nil || strings.HasPrefix(strings.ToLower(n.Path), "index")) {
			h.Home = n
		}
	}
	for kind, of := range h.byKind {
		h.byKind[kind] = memory.ordered("kind "+kind, of)
	}
	if h.Settings.Title == "" {
		h.Settings.Title = "Handbook"
		if h.Home != nil && !strings.EqualFold(h.Home.Title, "index") && !strings.EqualFold(h.Home.Title, "readme") {
			h.Settings.Title = h.Home.Title
		}
	}
	h.placeFiles(attachments, memory, &found)
	h.joinPrinciples()
	h.listTags(memory)
	h.listFolders(memory)
	h.names = h.index(memory, &found)
	memory.begin(h, attachments, s, found)
	for i := range notes {
		h.takeRefs(i, memory.refsOf(h, i))
	}
	h.listShowing()
	for i := range notes {
		h.takeLinks(i, memory.linksOf(h, i))
	}
	return h, memory.end()
}

// Number is a note's place in Notes; −1 for one of another handbook.
func (h *Handbook) Number(n *note.Note) int {
	if n == nil {
		return -1
	}
	if i, ok := h.met[n]; ok && h.Notes[i] == n {
		return int(i)
	}
	if i, ok := h.number[n.Path]; ok && h.Notes[i] == n {
		return i
	}
	return -1
}

// NumberFrom is Number for one who knows where the note probably is: at the
// number that it has in another state of the handbook.
func (h *Handbook) NumberFrom(likely int, n *note.Note) int {
	if likely < len(h.Notes) && h.Notes[likely] == n {
		return likely
	}
	return h.Number(n)
}

// numbered are the notes with those numbers.
func (h *Handbook) numbered(numbers []int) []*note.Note {
	if len(numbers) == 0 {
		return nil
	}
	out := make([]*note.Note, len(numbers))
	for i, k := range numbers {
		out[i] = h.Notes[k]
	}
	return out
}

// Coarse says which figures the build tells in round numbers.
func (h *Handbook) Coarse() measure.Coarse { return h.Settings.Coarse(h.Profile) }

// File returns the output path of a note's page.
func (h *Handbook) File(n *note.Note) string {
	if i := h.Number(n); i >= 0 {
		return h.files[i]
	}
	return ""
}

// At returns the note of that path in the content, or nil.
func (h *Handbook) At(path string) *note.Note {
	if i, ok := h.number[path]; ok {
		return h.Notes[i]
	}
	return nil
}

// OfKind returns the notes of a kind in reading order, see Order.
func (h *Handbook) OfKind(kind string) []*note.Note { return slices.Clone(h.byKind[kind]) }

// Newest returns the newest incident, or nil: by its start, else its date.
func (h *Handbook) Newest() *note.Note {
	if all := h.OfKind("incident"); len(all) > 0 {
		return slices.MaxFunc(all, func(a, b *note.Note) int {
			return cmp.Or(Day(a).Compare(Day(b)), cmp.Compare(b.Path, a.Path))
		})
	}
	return nil
}

// Prepares reports whether the handbook prepares for interviews, as opposed
// to a folder of plain notes: only then do the pack's pages mean anything.
func (h *Handbook) Prepares() bool {
	for _, kind := range []string{"incident", "story", "round", "question"} {
		if len(h.byKind[kind]) > 0 {
			return true
		}
	}
	return false
}

// PrincipleNamed returns the principle of that slug, or nil.
func (h *Handbook) PrincipleNamed(slug string) *Principle { return h.principleOf[slug] }

// joinPrinciples puts the author's principle notes onto the pack's.
func (h *Handbook) joinPrinciples() {
	if !h.Prepares() && len(h.byKind["principle"]) == 0 {
		return
	}
	add := func(p *Principle) {
		h.Principles = append(h.Principles, p)
		h.principleOf[p.Slug] = p
		for _, key := range []string{foldPrinciple(p.Name), foldPrinciple(p.Slug)} {
			if h.principleBy[key] == nil {
				h.principleBy[key] = p
			}
		}
	}
	for i, p := range h.Pack.Principles {
		add(&Principle{
			Slug: p.Slug, Name: p.Name, Since: p.Since, Summary: p.Summary, Asks: p.Asks, LooksFor: p.LooksFor, Traps: p.Traps,
			Order: i + 1, FromPack: true, File: "principles/" + note.Slug(p.Slug) + ".html",
		})
	}
	for _, n := range h.OfKind("principle") {
		f, _ := note.Of[*note.Principle](n)
		p := h.PrincipleBy(n)
		if p == nil {
			p = &Principle{Slug: n.ID, Name: n.Title, Order: f.Order}
			add(p)
		}
		p.Note, p.File = n, h.File(n)
		p.Summary, p.Since = or(f.Summary, p.Summary), or(f.Since, p.Since)
		p.Asks = append(slices.Clone(f.Asks), p.Asks...)
		p.LooksFor = append(slices.Clone(f.LooksFor), p.LooksFor...)
		p.Traps = append(slices.Clone(f.Traps), p.Traps...)
	}
}

// PrincipleBy returns the principle that a principle note adds to: the one of
// its id or title; nil when there is none.
func (h *Handbook) PrincipleBy(n *note.Note) *Principle {
	if p := h.principleOf[n.ID]; p != nil {
		return p
	}
	return h.principleBy[foldPrinciple(n.Title)]
}
