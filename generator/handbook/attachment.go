package handbook

import (
	"path"
	"slices"
	"strings"

	"debrief/generator/diag"
	"debrief/generator/note"
	"debrief/generator/prose"
	"debrief/generator/source"
)

// An Attachment is a file beside the notes that is none.
type Attachment struct {
	Path     string
	TooLarge int64 // bytes of one that is too large to be copied, else 0
}

// Attachments returns the attachments that notes show or link to, by path in
// the content, sorted, with their output paths.
func (h *Handbook) Attachments() (sources, files []string) {
	for a := range h.shown {
		sources = append(sources, a)
	}
	slices.Sort(sources)
	for _, a := range sources {
		files = append(files, h.attachments[a])
	}
	return sources, files
}

func (h *Handbook) resolveFile(n *note.Note, l *prose.Link, found *diag.List) Target {
	a := h.attachment(n, l.Target)
	if a == "" {
		return h.broken(n, l, diag.Error, found, "the image %q is not there", l.Target)
	}
	return h.toFile(n, l, a, found)
}

func (h *Handbook) toFile(n *note.Note, l *prose.Link, a string, found *diag.List) Target {
	size := h.tooLarge[a]
	switch {
	case !acts(a) && size == 0:
		return Target{File: h.attachments[a], Source: a}
	case !h.names.untold(l.Target):
	case size > 0:
		*found = append(*found, n.FindAt("attachment-not-copied", diag.Warning, l.Pos, l.Len, "this file has %d MiB, and files over %d MiB are not copied into the site", size>>20, source.MaxAttachment>>20).
			Hint("make it smaller, or link to where it lies on the web"))
	default:
		*found = append(*found, n.FindAt("attachment-not-copied", diag.Warning, l.Pos, l.Len, "files of this type are not copied into the site").
			Hint("a page or a script from elsewhere could read the whole handbook"))
	}
	return Target{}
}

// acts reports whether a file may do something when a reader opens it: a page
// or a script run as the site's own, a program run as the reader's. What is
// not known to be still is taken to act. A file without an extension is
// copied as text, see placeFiles.
func acts(file string) bool {
	ext := strings.ToLower(path.Ext(file))
	return ext != "" && !still[strings.TrimPrefix(ext, ".")]
}

// still are the types of attachments that cannot act when opened.
var still = words(`
	png jpg jpeg jfif gif apng webp avif svg ico bmp tif tiff heic psd
	mp3 m4a wav ogg oga opus flac 3gp mp4 m4v webm ogv mov mkv srt vtt
	pdf txt text log rst adoc org tex bib rtf doc docx xls xlsx ppt pptx odt ods odp epub pages numbers ics vcf eml
	csv tsv json jsonl ndjson json5 yaml yml toml ini conf cfg properties env sql parquet ipynb sqlite db
	canvas base excalidraw drawio puml mmd dot fig sketch stl
	diff patch lock sum mod zip gz tgz tar bz2 xz zst 7z rar
	go py rb rs java kt c h cc cpp hpp cs swift ts tsx jsx scala clj ex exs erl hs ml lua pl r jl dart zig nim
	tf tfvars hcl proto graphql gradle cmake mk nix bazel bzl ttf otf woff woff2
`)

func words(list string) map[string]bool {
	set := make(map[string]bool)
	for _, w := range strings.Fields(list) {
		set[w] = true
	}
	return set
}

// attachment finds a file that is not a note: by path from the note or the
// root, or, as wikilinks do, by its name anywhere. A name without an extension
// must be exact: `LICENSE` is a file, `license` more likely a note.
func (h *Handbook) attachment(n *note.Note, target string) string {
	if p, ok := join(n, target); ok {
		if _, is := h.attachments[p]; is {
			return p
		}
	}
	p := path.Clean(strings.TrimPrefix(target, "/"))
	if h.attachments[p] != "" {
		return p
	}
	if path.Ext(target) == "" {
		return ""
	}
	// As with notes, file systems that fold case and Unicode forms let a link
	// work at home.
	if p, ok := join(n, target); ok {
		if a := h.byFolded[fold(p)]; a != "" {
			return a
		}
	}
	if strings.Contains(target, "/") {
		return h.byFolded[fold(p)]
	}
	return h.byBase[fold(path.Base(target))]
}

// hasFiles reports whether a path is that of a folder with attachments.
func (h *Handbook) hasFiles(dir string) bool { return h.fileDirs[dir] }
