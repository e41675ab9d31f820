package handbook

import (
	"fmt"
	"path"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"debrief/generator/diag"
	"debrief/generator/note"
)

// themeDir is where package render puts the theme's own files; attachments
// from a folder of that name move out of its way.
const themeDir = "debrief"

// placeFiles gives every note and attachment its output path. The site
// mirrors the folder; names that would be one file on any file system get a
// suffix that depends on nothing but the order of paths.
func (h *Handbook) placeFiles(attachments []Attachment, memory *Memory, found *diag.List) {
	taken := newFileSet("robots.txt", "sitemap.xml") // ours
	owner := make(map[string]string)
	// Index pages first: a folder's address is the folder's, whatever a
	// README beside it is called.
	for _, wanted := range []string{"index", "_index", "readme", ""} {
		for i, n := range h.Notes {
			k := memory.keysOf(n)
			if (wanted == "") == k.isIndex || wanted != "" && k.base != wanted {
				continue
			}
			stem := k.stem
			if k.isIndex && !taken.has(k.index+".html") {
				stem = k.index
			}
			file := taken.add(stem, ".html")
			if file != stem+".html" {
				*found = append(*found, diag.At("slug-collision", diag.Warning, n.Path, diag.Pos{Line: 1, Column: 1}, 0,
					"this note and %s would be the same page %s.html; this one becomes %s", owner[sameFile(stem+".html")], stem, file).
					Hint("rename one of the files"))
			}
			owner[sameFile(file)] = n.Path
			h.files[i] = file
		}
	}
	for _, file := range attachments {
		a := file.Path
		if file.TooLarge > 0 {
			h.tooLarge[a] = file.TooLarge
		}
		stem, ext := strings.TrimSuffix(a, path.Ext(a)), strings.ToLower(path.Ext(a))
		if base := fold(path.Base(a)); h.byBase[base] == "" {
			h.byBase[base] = a
		}
		if key := fold(a); h.byFolded[key] == "" {
			h.byFolded[key] = a
		}
		for dir := path.Dir(a); dir != "." && !h.fileDirs[dir]; dir = path.Dir(dir) {
			h.fileDirs[dir] = true
		}
		if ext == "" {
			ext = ".txt" // browsers guess what a nameless type is, and may guess a page
		}
		stem = slugPath(stem)
		if rest, ok := strings.CutPrefix(stem, themeDir+"/"); ok {
			stem = themeDir + "-files/" + rest
		}
		h.attachments[a] = taken.add(stem, ext)
	}
}

// slugPath slugs each segment of a path; "." stays.
func slugPath(p string) string {
	if p == "." {
		return "."
	}
	parts := strings.Split(p, "/")
	for i, s := range parts {
		parts[i] = or(note.Slug(s), "note")
	}
	return strings.Join(parts, "/")
}

// A fileSet is the files of a site so far, on any file system.
type fileSet map[string]bool

func newFileSet(files ...string) fileSet {
	s := make(fileSet, len(files))
	for _, f := range files {
		s[sameFile(f)] = true
	}
	return s
}

func (s fileSet) has(file string) bool { return s[sameFile(file)] }

// add takes stem+ext, or the first stem-2+ext, stem-3+ext … that is free.
func (s fileSet) add(stem, ext string) (file string) {
	file = stem + ext
	for i := 2; s.has(file); i++ {
		file = fmt.Sprintf("%s-%d%s", stem, i, ext)
	}
	s[sameFile(file)] = true
	return file
}

// sameFile maps paths that some file system takes for the same to one key: by
// the letter's case, and by cases that have no letter of their own, so that
// ß.html and ss.html are one.
func sameFile(file string) string {
	for i := range len(file) {
		if file[i] >= utf8.RuneSelf {
			return norm.NFC.String(caseFold.String(norm.NFC.String(file)))
		}
	}
	return strings.ToLower(file)
}

var caseFold = cases.Fold()

// fold makes names comparable: NFC, lower case, single spaces.
func fold(s string) string {
	return strings.Join(strings.Fields(strings.ToLower(norm.NFC.String(s))), " ")
}

// foldPrinciple also looks past the apostrophe's form, ampersands and
// punctuation, so that near-misses of a principle's name are found.
func foldPrinciple(s string) string {
	return strings.Join(strings.Fields(unpunctuated.Replace(fold(s))), " ")
}

var unpunctuated = strings.NewReplacer("’", "", "'", "", "&", "and", ";", " ", ",", " ", "-", " ")

// Day is when a note happened: an incident's start, a round's time, else the
// date it gives; the zero time when it gives none.
func Day(n *note.Note) time.Time {
	switch f := n.Fields.(type) {
	case *note.Incident:
		if f.StartedAt.Set {
			return f.StartedAt.T
		}
	case *note.Round:
		if f.ScheduledAt.Set {
			return f.ScheduledAt.T
		}
	}
	return n.Date.T
}
