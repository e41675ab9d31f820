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
	"unicode"
	"unicode/utf8"

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
	number    map[string]int // by path
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

// A Folder is a folder of notes and the page that lists them.
type Folder struct {
	Path    string // relative to the content root
	File    string // of its page
	Title   string
	Kind    *note.Kind   // when the folder is a kind's own, else nil
	Index   *note.Note   // the author's own index.md or README.md, or nil
	Notes   []*note.Note // directly in it, index left out, in reading order
	Folders []*Folder
	Parent  *Folder // nil for those in the root
}

// A Tag is a tag and the notes that bear it.
type Tag struct {
	Name  string
	File  string
	Notes []*note.Note
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
		h.number[n.Path] = i
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
	if i, ok := h.number[n.Path]; ok && h.Notes[i] == n {
		return i
	}
	return -1
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

// Order sorts notes into reading order: by weight, those without one last;
// then rounds by their order, incidents, offers and follow-ups with the newest
// first, and all others by title.
func Order(notes []*note.Note) { slices.SortStableFunc(notes, compareNotes) }

func compareNotes(a, b *note.Note) int {
	if a.HasWeight != b.HasWeight {
		if a.HasWeight {
			return -1
		}
		return 1
	}
	if c := cmp.Or(cmp.Compare(a.Weight, b.Weight), cmp.Compare(sequel(a), sequel(b))); c != 0 {
		return c
	}
	switch a.Kind.Name {
	case "round":
		ra, _ := note.Of[*note.Round](a)
		rb, _ := note.Of[*note.Round](b)
		return cmp.Or(cmp.Compare(ra.Order, rb.Order), ra.ScheduledAt.T.Compare(rb.ScheduledAt.T),
			cmp.Compare(a.Title, b.Title), cmp.Compare(a.Path, b.Path))
	case "incident", "offer", "followup":
		if c := Day(b).Compare(Day(a)); c != 0 {
			return c
		}
	}
	return cmp.Or(compareLower(a.Title, b.Title), cmp.Compare(a.Path, b.Path))
}

// sequel is the place of kinds with an order of their own among others, in a
// list that holds several.
func sequel(n *note.Note) int {
	switch n.Kind.Name {
	case "round":
		return 0
	case "incident":
		return 1
	case "offer":
		return 2
	case "followup":
		return 3
	}
	return 4
}

// compareLower compares two texts in lower case without writing them down.
func compareLower(a, b string) int {
	for a != "" && b != "" {
		ra, sizeA := utf8.DecodeRuneInString(a)
		rb, sizeB := utf8.DecodeRuneInString(b)
		if c := cmp.Compare(unicode.ToLower(ra), unicode.ToLower(rb)); c != 0 {
			return c
		}
		a, b = a[sizeA:], b[sizeB:]
	}
	return cmp.Compare(len(a), len(b))
}

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

func (h *Handbook) listFolders(memory *Memory) {
	byPath := make(map[string]*Folder)
	var folder func(dir string) *Folder
	folder = func(dir string) *Folder {
		if dir == "." {
			return nil
		}
		if f := byPath[dir]; f != nil {
			return f
		}
		f := &Folder{Path: dir, Title: note.Words(path.Base(dir))}
		byPath[dir] = f
		h.Folders = append(h.Folders, f)
		if f.Parent = folder(path.Dir(dir)); f.Parent != nil {
			f.Parent.Folders = append(f.Parent.Folders, f)
		} else {
			for _, k := range note.Kinds {
				if strings.EqualFold(k.Dir, dir) {
					f.Kind, f.Title = k, k.Many
				}
			}
		}
		return f
	}
	for i, n := range h.Notes {
		f := folder(path.Dir(n.Path))
		switch {
		case f == nil:
		case n.IsIndex() && (f.Index == nil || strings.HasSuffix(h.files[i], "/index.html")):
			f.Index, f.Title = n, n.Title
		default:
			f.Notes = append(f.Notes, n)
		}
	}
	slices.SortFunc(h.Folders, func(a, b *Folder) int { return cmp.Compare(a.Path, b.Path) })
	taken := newFileSet(h.files...)
	if len(h.Tags) > 0 {
		taken.add("tags/index", ".html") // the list of tags, not of a folder called tags
	}
	for _, f := range h.Folders {
		f.Notes = memory.ordered("folder "+f.Path, f.Notes)
		if f.Index != nil {
			f.File = h.File(f.Index)
		} else {
			f.File = taken.add(slugPath(f.Path)+"/index", ".html") // Notes/ and notes/ are two folders
		}
	}
}

// FolderAt returns the folder of that path, or nil.
func (h *Handbook) FolderAt(dir string) *Folder {
	i, ok := slices.BinarySearchFunc(h.Folders, dir, func(f *Folder, d string) int { return cmp.Compare(f.Path, d) })
	if !ok {
		return nil
	}
	return h.Folders[i]
}

func (h *Handbook) listTags(memory *Memory) {
	byName := make(map[string]*Tag)
	for _, n := range h.Notes {
		for _, name := range n.Tags {
			key := fold(name)
			t := byName[key]
			if t == nil {
				t = &Tag{Name: name}
				byName[key] = t
				h.Tags = append(h.Tags, t)
			}
			if len(t.Notes) == 0 || t.Notes[len(t.Notes)-1] != n {
				t.Notes = append(t.Notes, n)
			}
		}
	}
	slices.SortFunc(h.Tags, func(a, b *Tag) int {
		return cmp.Or(cmp.Compare(fold(a.Name), fold(b.Name)), cmp.Compare(a.Name, b.Name))
	})
	taken := newFileSet(h.files...) // an author's own tags/x.md comes first
	for _, t := range h.Tags {
		t.File = taken.add("tags/"+or(note.Slug(t.Name), "tag"), ".html")
		t.Notes = memory.ordered("tag "+t.Name, t.Notes)
	}
}

// TagNamed returns the tag of that name in any case, or nil.
func (h *Handbook) TagNamed(name string) *Tag {
	i, ok := slices.BinarySearchFunc(h.Tags, fold(name), func(t *Tag, key string) int { return cmp.Compare(fold(t.Name), key) })
	if !ok {
		return nil
	}
	return h.Tags[i]
}
