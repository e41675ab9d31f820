package handbook

import (
	"io/fs"
	"maps"
	"slices"
	"strings"
	"testing"

	"debrief/generator/note"
	"debrief/generator/source"
)

// FuzzLinks holds that wherever a link seems to lead, it leads to a file of the
// site or nowhere, and that a broken one is said where it stands.
func FuzzLinks(f *testing.F) {
	for _, target := range []string{
		"install", "guide/install", "../guide/install.md", "/guide/install.md#first-step", "install#First step", "^blk", "guide#^blk", "Dive Deep", "the-api", "api", "same", "Report 1.pdf", "LICENSE", "demo.html", "reference/", "..", "../..", "../../etc/passwd", "/", ".", "", "#", "a\\b", "a%2f..%2fb",
		"%2e%2e/x", "con", "C:\\x", "\x00", "ﷺ", "e\u0301", strings.Repeat("../", 40), "file:///etc/passwd", "//evil", "javascript:x", "x|y", "x|30x20", "![[x]]", "[[x", "index.html", "coverage", "tags/x", "debrief/site.js", ".git/config",
	} {
		f.Add(target)
	}
	whole, _ := link(f, world)
	f.Fuzz(func(t *testing.T, target string) {
		files := maps.Clone(world)
		raw := "[[" + target + "]] ![[" + target + "]]\n\n[x](<" + target + ">) ![y](" + target + ") [z]\n\n[z]: " + target + "\n\n#" + target + "\n"
		clean, _ := source.Text([]byte(raw))
		text := string(clean)
		files["guide/from.md"] = text
		n, found := note.Parse("guide/from.md", clean, note.Options{})
		notes := append(slices.Clone(whole.Notes), n)
		slices.SortFunc(notes, func(a, b *note.Note) int { return strings.Compare(a.Path, b.Path) })
		h, more := Link(notes, attachments(slices.Sorted(maps.Keys(whole.attachments))), whole.Settings, whole.Pack, note.Private, &Memory{})
		found = append(found, more...)
		site := make(map[string]bool)
		for _, n := range h.Notes {
			site[h.File(n)] = true
		}
		for _, file := range Generated {
			site[file] = true
		}
		for _, p := range h.Principles {
			site[p.File] = true
		}
		for _, d := range h.Folders {
			site[d.File] = true
		}
		for _, tag := range h.Tags {
			site[tag.File] = true
		}
		for _, file := range h.attachments {
			site[file] = true
		}
		for file := range site {
			if !fs.ValidPath(file) || strings.ContainsAny(file, "\\\x00") || strings.HasPrefix(file, ".") || strings.Contains(file, "/.") {
				t.Fatalf("%q makes a file %q", target, file)
			}
		}
		from := h.At("guide/from.md")
		for i, to := range h.Links(from) {
			if to.File != "" && !site[to.File] {
				t.Fatalf("%q: link %d leads to %q, which is not in the site", target, i, to.File)
			}
			if to.Source != "" && files[to.Source] == "" {
				t.Fatalf("%q: link %d reads %q, which is not in the folder", target, i, to.Source)
			}
			if strings.ContainsAny(to.Fragment, " \t\n") || to.Fragment != "" && to.Note != nil && !to.Note.Body.Anchors[to.Fragment] {
				t.Fatalf("%q: link %d leads to #%q, which is not there", target, i, to.Fragment)
			}
		}
		lines := strings.Count(text, "\n") + 1
		for _, f := range found {
			if f.Rule == "render-panic" || f.Path == "guide/from.md" && (f.Line < 1 || f.Line > lines) {
				t.Fatalf("%q: %+v", target, f)
			}
		}
	})
}

func attachments(paths []string) []Attachment {
	files := make([]Attachment, len(paths))
	for i, p := range paths {
		files[i].Path = p
	}
	return files
}
