package handbook

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"debrief/generator/diag"
	"debrief/generator/note"
	"debrief/generator/prose"
)

// A Target is what a link in a note's text leads to.
type Target struct {
	Note     *note.Note // the note, for links and embeds
	File     string     // output path; "" when it leads nowhere
	Fragment string     // id on that page, without #
	Source   string     // the attachment's path in the content
}

// A Backlink is a link seen from the page it leads to.
type Backlink struct {
	From    *note.Note
	Context string // the sentence around it; "" when front matter names the page as related
}

// Generated are the pages that debrief makes and notes may link to; whether
// each exists is known when pages are planned.
var Generated = []string{
	"index.html", "coverage.html", "red-signals.html", "raci.html", "levels.html", "figures.html", "decisions.html",
	"preparation.html", "faq.html", "process.html", "offers.html", "cheat-sheet.html", "tags/index.html",
}

// Links returns the targets of n.Body.Links, index by index.
func (h *Handbook) Links(n *note.Note) []Target {
	if i := h.Number(n); i >= 0 {
		return h.links[i]
	}
	return nil
}

// Backlinks returns the links that lead to a page, by output path, one for
// each note that links there or names it as related.
func (h *Handbook) Backlinks(file string) []Backlink {
	all := h.backlinks[file]
	out := make([]Backlink, len(all))
	for i, b := range all {
		out[i].From = h.Notes[b.from]
		if b.link >= 0 {
			out[i].Context = titled(out[i].From.Body.Links, h.links[b.from], b.link)
		}
	}
	return out
}

// CountBacklinks is how many there are.
func (h *Handbook) CountBacklinks(file string) int { return len(h.backlinks[file]) }

// A backlink is one seen from the page it leads to.
type backlink struct {
	from int // the note's number
	link int // the first of its links that lead there, -1 without one
}

// toBacklink is a backlink seen from the page it is on.
type toBacklink struct {
	file string
	link int
}

// resolved is what the links of one note mean.
type resolved struct {
	targets []Target
	found   diag.List
	shown   []string     // attachments
	back    []toBacklink // one for each page
	asked   []string     // names that no path and no id has
}

func (h *Handbook) resolveLinks(n *note.Note) (r resolved) {
	defer diag.Catch(&r.found, n.Path, "the links of this note cannot be followed")
	links := n.Body.Links
	if len(links) == 0 {
		return resolved{}
	}
	r.targets = make([]Target, len(links))
	clear(h.names.told)
	h.names.asked = nil
	for i := range links {
		if !links[i].External {
			r.targets[i] = h.resolve(n, &links[i], &r.found)
		}
	}
	r.asked = h.names.asked
	own := h.File(n)
	seen := make(map[string]bool)
	for i := range links {
		l, t := &links[i], r.targets[i]
		switch {
		case t.File == "" || t.File == own || l.Kind == prose.LinkTag:
		case t.Source != "":
			r.shown = append(r.shown, t.Source)
		case !seen[t.File]:
			seen[t.File] = true
			r.back = append(r.back, toBacklink{t.File, i})
		}
	}
	return r
}

// takeLinks makes what a note's links mean part of the handbook.
func (h *Handbook) takeLinks(number int, r resolved) {
	h.links[number] = r.targets
	for _, file := range r.shown {
		h.shown[file] = true
	}
	for _, b := range h.backlinksOf(number, r) {
		h.backlinks[b.file] = append(h.backlinks[b.file], backlink{number, b.link})
	}
}

// backlinksOf are those that a note makes: by its links, and to what it names
// as related, where it has no link too. Those names say no more than a link
// does, and no page has a place of its own for them.
func (h *Handbook) backlinksOf(number int, r resolved) []toBacklink {
	out := r.back
	for _, to := range h.named(number, "related") {
		file := h.File(to)
		if !slices.ContainsFunc(out, func(b toBacklink) bool { return b.file == file }) {
			out = append(slices.Clip(out), toBacklink{file, -1})
		}
	}
	return out
}

// titled is the sentence around link i as the page shows it: wikilinks that
// name notes by ids read as titles. An id of one plain word stays, it may be
// meant as the word.
func titled(links []prose.Link, targets []Target, i int) (said string) {
	rest := links[i].Context()
	if rest == "" {
		return ""
	}
	first := i
	for first > 0 && links[first-1].SharesContext(&links[i]) {
		first--
	}
	for k := first; k < len(links) && links[k].SharesContext(&links[i]); k++ {
		l, t := &links[k], targets[k]
		if l.Kind != prose.LinkWiki || l.HasText || !t.Titles(l) || !strings.ContainsAny(l.Target, "-_") {
			continue
		}
		if before, after, ok := strings.Cut(rest, l.Text); ok {
			said, rest = said+before+t.Note.Title, after
		}
	}
	return said + rest
}

// Titles reports whether a wikilink without words of its own is shown as the
// title of its note: where it names the note by its id and no part of it.
func (t Target) Titles(l *prose.Link) bool {
	return t.Note != nil && l.Fragment == "" && (l.Target == t.Note.ID || strings.HasSuffix(l.Target, "/"+t.Note.ID))
}

// resolve finds what a link means. A link that leads nowhere is a finding,
// except where a note may be hidden from this build.
func (h *Handbook) resolve(n *note.Note, l *prose.Link, found *diag.List) Target {
	switch l.Kind {
	case prose.LinkTag:
		if t := h.TagNamed(l.Target); t != nil {
			return Target{File: t.File}
		}
		return Target{}
	case prose.LinkImage:
		return h.resolveFile(n, l, found)
	case prose.LinkWiki, prose.EmbedWiki:
		return h.resolveWiki(n, l, found)
	}
	return h.resolvePath(n, l, found)
}

func (h *Handbook) broken(n *note.Note, l *prose.Link, severity diag.Severity, found *diag.List, format string, args ...any) Target {
	if h.Profile > note.Private {
		return Target{} // the note may be hidden; saying more would say that it exists
	}
	if !h.names.untold(l.Target) {
		return Target{}
	}
	f := n.FindAt("broken-link", severity, l.Pos, l.Len, format, args...)
	if near := h.near(l.Target); near != "" {
		f = f.Hint("did you mean %q?", near)
	}
	*found = append(*found, f)
	return Target{}
}

// unwritten is a wikilink to a note that is not there. In a folder of plain
// notes that is how one plans what to write next; only a likely slip is worth
// a warning.
func (h *Handbook) unwritten(n *note.Note, l *prose.Link, found *diag.List) Target {
	switch strings.ToLower(strings.Trim(l.Target, "_")) {
	case "toc", "tableofcontents":
		return Target{} // a table of contents, as wikis write it
	}
	severity := diag.Info
	if h.Prepares() || h.near(l.Target) != "" {
		severity = diag.Warning
	}
	return h.broken(n, l, severity, found, "no note is called %q", l.Target)
}

// toNote points at a note, and checks the fragment.
func (h *Handbook) toNote(from, to *note.Note, l *prose.Link, found *diag.List) Target {
	t := Target{Note: to, File: h.File(to)}
	if l.Fragment == "" {
		return t
	}
	id, exact, ok := to.Body.HasAnchor(l.Fragment)
	switch {
	case !ok:
		*found = append(*found, from.FindAt("broken-anchor", diag.Warning, l.Pos, l.Len, "%s has no heading or block %q", to.Path, l.Fragment).
			Hint("%s", headings(to, l.Fragment)))
	case !exact:
		t.Fragment = id
		*found = append(*found, from.FindAt("loose-anchor", diag.Info, l.Pos, l.Len, "the anchor #%s was read as #%s", l.Fragment, id))
	default:
		t.Fragment = id
	}
	return t
}

func headings(n *note.Note, wanted string) string {
	var ids []string
	for _, hd := range n.Body.Outline {
		ids = append(ids, hd.ID)
	}
	if near := diag.Near(wanted, ids); near != "" {
		return fmt.Sprintf("did you mean #%s?", near)
	}
	if len(ids) == 0 {
		return "it has no headings"
	}
	return "its headings are " + strings.Join(ids[:min(len(ids), 8)], ", ")
}

func (h *Handbook) resolveWiki(n *note.Note, l *prose.Link, found *diag.List) Target {
	if l.Target == "" {
		return h.toNote(n, n, l, found)
	}
	candidates := h.lookup(l.Target)
	if a := h.attachment(n, l.Target); a != "" && (path.Ext(a) != "" || len(candidates) == 0) {
		return h.toFile(n, l, a, found)
	}
	if len(candidates) == 0 && strings.HasPrefix(l.Target, ".") {
		if to := h.byRelative(n, l.Target); to != nil {
			candidates = []*note.Note{to}
		}
	}
	if len(candidates) == 0 {
		if p := h.principle(l.Target); p != nil {
			return Target{Note: p.Note, File: p.File}
		}
		if i := slices.Index(Generated, note.Slug(l.Target)+".html"); i >= 0 {
			return Target{File: Generated[i]}
		}
		if f := h.FolderAt(strings.Trim(l.Target, "/")); f != nil {
			return Target{File: f.File, Note: f.Index}
		}
		return h.unwritten(n, l, found)
	}
	return h.chosen(n, l, candidates, found)
}

// chosen points at one of several notes that a link may mean.
func (h *Handbook) chosen(n *note.Note, l *prose.Link, candidates []*note.Note, found *diag.List) Target {
	to, sure := choose(n, l.Target, candidates)
	if !sure && h.names.untold(l.Target) {
		*found = append(*found, n.FindAt("ambiguous-link", diag.Warning, l.Pos, l.Len, "%q may mean %s", l.Target, paths(candidates)).
			Hint("the first was taken; write more of the path"))
	}
	return h.toNote(n, to, l, found)
}

// isNotePath reports whether a target names a note's file and says no more
// than a name or a tail of its path.
func isNotePath(target string) bool {
	ext := strings.ToLower(path.Ext(target))
	return (ext == ".md" || ext == ".markdown") && !strings.HasPrefix(target, ".") && !strings.HasPrefix(target, "/")
}

// resolvePath resolves a Markdown link: relative to the note, or from the
// content root when it begins with /. Files, folders, and names without an
// extension all count.
func (h *Handbook) resolvePath(n *note.Note, l *prose.Link, found *diag.List) Target {
	if l.Target == "" {
		return h.toNote(n, n, l, found)
	}
	if to := h.byRelative(n, l.Target); to != nil {
		return h.toNote(n, to, l, found)
	}
	if isNotePath(l.Target) {
		// Obsidian writes the shortest path that is unique, or the path from
		// the root, and looks a link up accordingly.
		if candidates := h.numbered(h.names.byPath[stemKey(l.Target)]); len(candidates) > 0 {
			return h.chosen(n, l, candidates, found)
		}
	}
	p, ok := join(n, l.Target)
	if !ok {
		return h.broken(n, l, diag.Warning, found, "%q leads out of the handbook", l.Target)
	}
	if f := h.FolderAt(p); f != nil {
		return Target{File: f.File, Note: f.Index}
	}
	if p == "." {
		return Target{File: "index.html", Note: h.Home}
	}
	if slices.Contains(Generated, p) {
		return Target{File: p}
	}
	if pr := h.principleByFile(p); pr != nil {
		return Target{File: pr.File, Note: pr.Note}
	}
	if a := h.attachment(n, l.Target); a != "" {
		return h.toFile(n, l, a, found)
	}
	if h.hasFiles(p) {
		return h.broken(n, l, diag.Warning, found, "the folder %q holds no notes, so it has no page", l.Target)
	}
	return h.broken(n, l, diag.Error, found, "%q is not there", l.Target)
}

func (h *Handbook) principleByFile(p string) *Principle {
	for _, ext := range []string{"", ".html", ".md"} {
		stem, ok := strings.CutSuffix(p, ext)
		if !ok {
			continue
		}
		if slug, ok := strings.CutPrefix(stem, "principles/"); ok {
			if pr := h.principleOf[slug]; pr != nil {
				return pr
			}
		}
	}
	return nil
}

// byRelative finds the note that a path written in n means.
func (h *Handbook) byRelative(n *note.Note, target string) *note.Note {
	p, ok := join(n, target)
	if !ok {
		return nil
	}
	if to := h.At(p); to != nil {
		return to
	}
	stem := p
	for _, ext := range []string{".html", ".htm"} {
		stem = strings.TrimSuffix(stem, ext)
	}
	for _, try := range []string{stem + ".md", stem + ".markdown", path.Join(p, "index.md"), path.Join(p, "README.md"), path.Join(p, "readme.md"), path.Join(p, "_index.md")} {
		if to := h.At(try); to != nil {
			return to
		}
	}
	// File systems that fold case, and Unicode forms, let such links work at home.
	if notes := h.numbered(h.names.byPath[fold(stem)]); len(notes) == 1 {
		if full := strings.TrimSuffix(notes[0].Path, path.Ext(notes[0].Path)); fold(full) == fold(strings.TrimSuffix(stem, path.Ext(notes[0].Path))) {
			return notes[0]
		}
	}
	if bare, ok := strings.CutSuffix(fold(p), ".md"); ok {
		for _, c := range h.numbered(h.names.byPath[bare]) {
			if fold(strings.TrimSuffix(c.Path, path.Ext(c.Path))) == bare {
				return c
			}
		}
	}
	return nil
}

// join resolves a target against the note's folder; ok is false when it
// leads out of the root.
func join(n *note.Note, target string) (p string, ok bool) {
	if rooted, ok := strings.CutPrefix(target, "/"); ok {
		p = path.Clean("./" + rooted)
	} else {
		p = path.Join(path.Dir(n.Path), target)
	}
	return p, p != ".." && !strings.HasPrefix(p, "../")
}
