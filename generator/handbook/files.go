package handbook

import (
	"fmt"
	"path"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"debrief/generator/diag"
	"debrief/generator/note"
)

// placeFiles gives every note and attachment its output path. The site
// mirrors the folder; names that would be one file on any file system get a
// suffix that depends on nothing but the order of paths.
func (h *Handbook) placeFiles(attachments []string, found *diag.List) {
	taken := make(map[string]bool)
	owner := make(map[string]string)
	// Index pages first: a folder's address is the folder's, whatever a
	// README beside it is called.
	for _, wanted := range []string{"index", "_index", "readme", ""} {
		for _, n := range h.Notes {
			base := strings.ToLower(strings.TrimSuffix(path.Base(n.Path), path.Ext(n.Path)))
			if (wanted == "") == n.IsIndex() || wanted != "" && base != wanted {
				continue
			}
			stem := slugPath(strings.TrimSuffix(n.Path, path.Ext(n.Path)))
			if n.IsIndex() {
				if index := path.Join(slugPath(path.Dir(n.Path)), "index"); !taken[index+".html"] {
					stem = index
				}
			}
			file := unique(stem, ".html", taken)
			if file != stem+".html" {
				*found = append(*found, diag.At("slug-collision", diag.Warning, n.Path, diag.Pos{Line: 1, Column: 1}, 0,
					"this note and %s would be the same page %s.html; this one becomes %s", owner[stem+".html"], stem, file).
					Hint("rename one of the files"))
			}
			owner[file] = n.Path
			h.files[n] = file
		}
	}
	for _, a := range attachments {
		ext := strings.ToLower(path.Ext(a))
		if base := strings.ToLower(path.Base(a)); h.byBase[base] == "" {
			h.byBase[base] = a
		}
		h.attachments[a] = unique(slugPath(strings.TrimSuffix(a, path.Ext(a))), ext, taken)
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

// unique returns stem+ext, or the first stem-2+ext, stem-3+ext … that is not
// taken, and takes it.
func unique(stem, ext string, taken map[string]bool) string {
	file := stem + ext
	for i := 2; taken[file]; i++ {
		file = fmt.Sprintf("%s-%d%s", stem, i, ext)
	}
	taken[file] = true
	return file
}

// fold makes names comparable: NFC, lower case, single spaces.
func fold(s string) string {
	return strings.Join(strings.Fields(strings.ToLower(norm.NFC.String(s))), " ")
}

// foldPrinciple also looks past the apostrophe's form, ampersands and
// punctuation, so that near-misses of a principle's name are found.
func foldPrinciple(s string) string {
	s = strings.NewReplacer("’", "", "'", "", "&", "and", ";", " ", ",", " ", "-", " ").Replace(fold(s))
	return strings.Join(strings.Fields(s), " ")
}

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
