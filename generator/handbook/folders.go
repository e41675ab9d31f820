package handbook

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"debrief/generator/note"
)

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
