package note

import (
	"bytes"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"debrief/generator/cache"
	"debrief/generator/cover"
	"debrief/generator/diag"
	"debrief/generator/front"
	"debrief/generator/prose"
)

// Options are what a note's meaning depends on beside its bytes.
type Options struct {
	Zone    *time.Location // of times written without an offset
	Profile Visibility     // of the build: parts that it must not show are left out
	Canary  string         // planted in what is left out; it must never come out again
	Names   *cover.Names   // what others must not read; nil covers nothing
	Cache   *cache.Cache   // of coloured code, or nil; a note does not depend on it
}

// common is the front matter of every note.
type common struct {
	Kind       string     `front:"kind"`
	ID         string     `front:"id"`
	Title      string     `front:"title"`
	Date       front.Date `front:"date,created"`
	Updated    front.Date `front:"updated,lastmod,modified,last-modified"`
	Tags       front.Tags `front:"tags,tag"`
	Aliases    []string   `front:"aliases,alias"`
	Desc       string     `front:"description,summary"`
	Weight     *int       `front:"weight,order"`
	Draft      front.Bool `front:"draft"`
	Publish    front.Bool `front:"publish"`
	Visibility visibility `front:"visibility"`
	Anonymized front.Bool `front:"anonymized,anonymised"`
	Company    string     `front:"company"`
	CSSClasses []string   `front:"cssclasses,cssclass"`
	LintIgnore []string   `front:"lint_ignore"`
}

// Parse reads one note. src has \n line ends, no byte order mark and is valid
// UTF-8. Faults are findings and never cost the page, not even a fault of ours.
func Parse(file string, src []byte, o Options) (n *Note, found diag.List) {
	defer func() {
		if v := recover(); v != nil {
			n, found = unread(file, src, o, v)
		}
	}()
	n = &Note{Path: file}
	matter, body, matterLine, bodyLine, found := split(src)
	fm, more := front.Parse(matter, matterLine, front.ForNotes)
	fm.Uncomment()
	fm.Cover(o.Names)
	body, n.edits = o.Names.Body(body)
	n.bodyLine = bodyLine
	found = append(found, more...)
	n.Front = fm
	n.Unread = slices.ContainsFunc(found, func(f diag.Finding) bool { return f.Severity == diag.Error })

	var c common
	n.Kind = n.kind(fm, &found)
	n.Fields = n.Kind.New()
	extra, more := fm.Decode(front.Options{Zone: o.Zone, Free: n.Kind == page}, &c, n.Fields)
	found = append(found, more...)
	if o.Profile == Private {
		n.Extra = extra // what is in them nobody knows, so they are the author's to see
	}
	n.take(c)
	if key, hides := hiding(extra); hides && n.Visibility > Private {
		n.Visibility = Private
		found = append(found, diag.At("bad-value", diag.Error, "", key.Pos, utf8.RuneCountInString(key.Key), "debrief does not know %q; it may be meant to hide this note, which counts as private", key.Key).
			Hint("write visibility: private, or draft: true, or leave it out"))
	}
	if n.Unread || fm.Unfilled("draft") || fm.Unfilled("publish") || fm.Unfilled("visibility") {
		n.Visibility = Private // what could not be read, or is not written yet, may be meant to hide it
	}
	if s, ok := n.Fields.(interface{ settle() }); ok {
		s.settle()
	}
	if i, ok := n.Fields.(*Offer); ok {
		n.Company, n.Date = i.Company, i.Date // an offer has these as fields of its own
	}

	title := c.Title
	if p, ok := n.Fields.(*Principle); ok && title == "" {
		title = p.Name
	}
	if n.Visibility < o.Profile && o.Canary != "" {
		body = append(slices.Clip(body), "\n\n"+o.Canary+"\n"...)
		defer n.plant(o.Canary)
	}
	if long := len(title); long > prose.MaxTitle {
		title = cut(title, prose.MaxTitle) + "…"
		found = append(found, n.Find("bad-value", diag.Warning, at("title"), "title: of %d bytes; the limit is %d, and the rest is left out", long, prose.MaxTitle))
	}
	n.Body, more = prose.Parse(body, prose.Options{Title: title, DropPrivate: o.Profile > Private, Canary: o.Canary, FirstLine: bodyLine, Passages: true, Figures: n.Kind.Claims, Cache: o.Cache})
	found = append(found, more...)
	if slices.ContainsFunc(more, func(f diag.Finding) bool { return f.Rule == "unclosed-comment" || f.Rule == "unclear-private" }) {
		n.Visibility = Private // who knows what was meant to be hidden
	}
	n.Title = firstOf(title, n.Body.Title, titleFromPath(file))
	if n.Description == "" {
		n.Description = n.Body.Description
	}
	for _, t := range n.Body.Tags {
		if !slices.Contains(n.Tags, t) {
			n.Tags = append(n.Tags, t)
		}
	}
	for i := range found {
		found[i].Path = file
	}
	report := func(f diag.Finding) { found = append(found, f) }
	if many := len(n.Tags); many > prose.MaxTags {
		n.Tags = n.Tags[:prose.MaxTags]
		report(n.Find("bad-value", diag.Warning, at("tags"), "tags: %d of them; the limit of a note is %d, and the rest is left out", many, prose.MaxTags))
	}
	n.checkHidden(c, report)
	n.readBlocks(o, report)
	n.findUnfilled(body, bodyLine, report)
	if n.Visibility >= o.Profile {
		for _, p := range append(o.Names.Inside(matter, matterLine), o.Names.Inside(body, bodyLine)...) {
			report(n.FindAt("name-in-word", diag.Info, p.Pos, p.Len, "a name that must not be shown stands inside a word and is left").
				Hint("write the name as a word of its own, or add the whole word to redact"))
		}
	}
	n.Fields.Check(n, report)
	return n, found
}

// plant marks a note that the build must not show, in whatever of it might be
// shown: its names, its tags, its text.
func (n *Note) plant(canary string) {
	n.ID += "-" + canary
	n.Title += " " + canary
	n.Description += " " + canary
	n.Company += " " + canary
	n.Tags = append(n.Tags, canary)
	n.Aliases = append(n.Aliases, canary)
}

// unread is a note that could not be read, as plain a page as there is. It is
// private, since what it says of itself is not known.
func unread(file string, src []byte, o Options, why any) (*Note, diag.List) {
	n := &Note{Path: file, Kind: page, Fields: page.New(), ID: Slug(strings.TrimSuffix(path.Base(file), path.Ext(file))), Title: titleFromPath(file)}
	n.Front, _ = front.Parse(nil, 1, front.ForNotes)
	var found diag.List
	src, n.edits = o.Names.Body(src)
	n.bodyLine = 1
	n.Body, found = prose.Parse(src, prose.Options{Title: n.Title, DropPrivate: o.Profile > Private, Cache: o.Cache})
	for i := range found {
		found[i].Path = file
	}
	return n, append(found, diag.At("render-panic", diag.Error, file, diag.Pos{}, 0, "this note cannot be read and is shown as its text alone: %v", why).
		Hint("this is a fault in debrief, not in the note; please report it with the note"))
}

// kind reads the kind from front matter, else from the top folder.
func (n *Note) kind(fm *front.Doc, found *diag.List) *Kind {
	given := fm.Text("kind")
	if name := strings.ToLower(given); name != "" {
		if k := KindNamed(name); k != nil {
			return k
		}
		pos, width := fm.Span("kind")
		f := diag.At("unknown-kind", diag.Error, "", pos, width, "no kind of note is called %q", given)
		if near := diag.Near(given, KindNames()); near != "" {
			f = f.Hint("did you mean %q?", near)
		} else {
			f.Severity = diag.Warning // it may mean something to another tool
			f = f.Hint("it is shown as a page; kinds are %s", list(KindNames()))
		}
		*found = append(*found, f)
		return page
	}
	if top, rest, ok := strings.Cut(n.Path, "/"); ok && !isIndex(rest) {
		for _, k := range Kinds {
			if k.Dir != "" && strings.EqualFold(k.Dir, top) {
				return k
			}
		}
	}
	return page
}

// isIndex reports whether a file name is the page of its folder.
func isIndex(name string) bool {
	base := strings.ToLower(strings.TrimSuffix(path.Base(name), path.Ext(name)))
	return base == "index" || base == "readme" || base == "_index"
}

// IsIndex reports whether the note is the page of its folder.
func (n *Note) IsIndex() bool { return isIndex(n.Path) }

func (n *Note) take(c common) {
	n.ID = c.ID
	n.GivenID = c.ID != ""
	if n.ID == "" {
		n.ID = Slug(strings.TrimSuffix(path.Base(n.Path), path.Ext(n.Path)))
	}
	n.Date, n.Updated = c.Date, c.Updated
	for _, t := range c.Tags {
		if !slices.Contains(n.Tags, t) {
			n.Tags = append(n.Tags, t)
		}
	}
	for _, a := range c.Aliases {
		if a != "" {
			n.Aliases = append(n.Aliases, a)
		}
	}
	n.Description, n.Company, n.Anonymized = c.Desc, c.Company, c.Anonymized.B
	if c.Weight != nil {
		n.Weight, n.HasWeight = *c.Weight, true
	}
	n.LintIgnore = c.LintIgnore
	n.Visibility = visibilityOf(c, n.Kind)
}

// readBlocks reads the YAML of the fences that are ours.
func (n *Note) readBlocks(o Options, report func(diag.Finding)) {
	for k, fence := range n.Body.Fences {
		first := fence.Pos.Line
		if isBareList(fence) {
			first-- // wrap puts a line before the list
		}
		doc, found := front.Parse(wrap(fence), first, front.ForNotes)
		doc.Uncomment()
		b := Block{Fence: k}
		var more diag.List
		switch fence.Lang {
		case "timeline":
			var t struct {
				Timeline []Event `front:"timeline"`
			}
			_, more = doc.Decode(front.Options{Zone: o.Zone}, &t)
			b.Timeline = t.Timeline
			start := front.Time{}
			if i, ok := n.Fields.(*Incident); ok {
				start = i.StartedAt
			}
			for e := range b.Timeline {
				settle(&b.Timeline[e].At, start)
			}
			checkEvents(n, report, b.Timeline, func(e int, field string) diag.Pos {
				p, _ := doc.Span("timeline", e, field)
				return p
			})
		case "decision":
			b.Tree = new(Tree)
			_, more = doc.Decode(front.Options{}, b.Tree)
			b.Tree.check(n, report, func(at ...any) diag.Pos {
				if len(at) == 0 {
					return fence.Pos
				}
				p, _ := doc.Span(at...)
				return p
			})
		default:
			continue
		}
		failed := false
		for _, f := range append(found, more...) {
			f.Path = n.Path
			report(f)
			failed = failed || f.Rule == "bad-front-matter" && f.Severity == diag.Error
		}
		if !failed && (len(b.Timeline) > 0 || b.Tree != nil && len(b.Tree.Nodes) > 0) {
			n.Blocks = append(n.Blocks, b)
		}
	}
}

// wrap gives a timeline fence that is a bare list the key it would have in
// front matter.
func wrap(fence prose.Fence) []byte {
	text := strings.TrimRight(fence.Text, "\n")
	if isBareList(fence) {
		return []byte("timeline:\n" + text)
	}
	return []byte(text)
}

func isBareList(fence prose.Fence) bool {
	return fence.Lang == "timeline" && strings.HasPrefix(strings.TrimLeft(fence.Text, " \n"), "-")
}

// findUnfilled finds the placeholders that `debrief new` left in the text.
func (n *Note) findUnfilled(body []byte, first int, report func(diag.Finding)) {
	if !bytes.Contains(body, []byte("ill me")) { // most notes: one look is enough
		return
	}
	for i, line := range strings.Split(string(body), "\n") {
		text := strings.TrimLeft(line, " >-*[]x1234567890.")
		before := strings.TrimSuffix(line, text)
		if cell := strings.Index(text, "| fill me"); cell >= 0 && text[0] == '|' { // one in a row says it for all
			before += text[:cell+2]
			text, _, _ = strings.Cut(text[cell+2:], "|")
			text = strings.TrimRight(text, " ")
		}
		if front.FillMe(text) {
			column := len([]rune(before)) + 1
			report(n.FindAt("fill-me", diag.Info, diag.Pos{Line: first + i, Column: column}, len([]rune(text)), "this is still to be filled in"))
		}
	}
}

var (
	tomlFence = regexp.MustCompile(`^\+\+\+[ \t]*\n`)
	unclosed  = regexp.MustCompile(`^---[ \t]*\n[A-Za-z_][\w-]*:`)
)

var plainKey = regexp.MustCompile(`(?m)^[a-z_]+:(\s|$)`)

// matterLine is a key at the beginning of a line, as far as broken front
// matter still has one.
var matterLine = regexp.MustCompile(`^([\pL\pN_$@<"'][^:\n]{0,80}:(\s|$)|[{?&%])`)

func titleFromPath(file string) string {
	name := strings.TrimSuffix(path.Base(file), path.Ext(file))
	if isIndex(file) {
		if dir := path.Dir(file); dir != "." {
			name = path.Base(dir)
		}
	}
	return Words(name)
}

func firstOf(words ...string) string {
	for _, w := range words {
		if strings.TrimSpace(w) != "" {
			return strings.TrimSpace(w)
		}
	}
	return ""
}
