// Package note turns one source file into one typed note.
//
// A note depends on the bytes of its own file and the options, and on nothing
// else, so a parsed note may be kept between builds and shared freely.
// Whatever needs a second note belongs to package handbook.
package note

import (
	"debrief/generator/cover"
	"debrief/generator/diag"
	"debrief/generator/front"
	"debrief/generator/measure"
	"debrief/generator/prose"
)

// A Note is one Markdown file, read. It is immutable once parsed.
type Note struct {
	Path        string // slash-separated, relative to the content root
	Kind        *Kind
	ID          string // as given, or the slug of the file name
	GivenID     bool   // the author chose the id, so it must be unique
	Title       string
	Date        front.Date
	Updated     front.Date
	Tags        []string // front matter's, then those in the text, each once
	Aliases     []string
	Description string
	Weight      int
	HasWeight   bool
	Company     string
	Visibility  Visibility
	Anonymized  bool
	LintIgnore  []string

	Fields Fields        // the typed fields of the kind
	Extra  []front.Field // keys that no kind knows, kept for the author; none in a build that others may read
	Front  *front.Doc
	Unread bool // parts of the front matter could not be read: what it lacks, nobody knows
	Body   *prose.Doc
	Blocks []Block // the `timeline` and `decision` fences that could be read

	edits    cover.Edits // what names were covered in the body
	bodyLine int         // on which the body begins
}

// A Block is a fence of ours in the text, read.
type Block struct {
	Fence    int // index into Body.Fences
	Timeline []Event
	Tree     *Tree
}

// Fields are the typed front matter of one kind of note.
type Fields interface {
	// Refs returns the notes this one names in its front matter.
	Refs() []Reference
	// Check reports what this note alone can get wrong.
	Check(n *Note, report func(diag.Finding))
}

// A Reference is a Ref with the field it stands in and the kinds that may
// stand there (none: any kind).
type Reference struct {
	Field string
	Ref   front.Ref
	Kinds []string
}

func references(field string, refs []front.Ref, kinds ...string) []Reference {
	out := make([]Reference, 0, len(refs))
	for _, r := range refs {
		if r.Name != "" {
			out = append(out, Reference{field, r, kinds})
		}
	}
	return out
}

// A Visibility says who may see a note, least first.
type Visibility int

// The visibilities. Nothing leaves the machine unless it says so.
const (
	Private Visibility = iota
	Shared             // a mock partner
	Public
)

// ParseVisibility reads a visibility or a profile by its name.
func ParseVisibility(s string) (v Visibility, ok bool) {
	switch s {
	case "private":
		return Private, true
	case "shared", "shareable":
		return Shared, true
	case "public":
		return Public, true
	}
	return Private, false
}

func (v Visibility) String() string { return [...]string{"private", "shared", "public"}[v] }

// Find returns a finding at the front-matter value that at leads to, or at
// the note's first line when there is no such key.
func (n *Note) Find(rule string, severity diag.Severity, at []any, format string, args ...any) diag.Finding {
	pos, width := n.Front.Span(at...)
	if pos.IsZero() {
		pos = diag.Pos{Line: 1, Column: 1}
	}
	return diag.At(rule, severity, n.Path, pos, width, format, args...)
}

// FindAt returns a finding at a place in the note.
func (n *Note) FindAt(rule string, severity diag.Severity, pos diag.Pos, width int, format string, args ...any) diag.Finding {
	if pos.IsZero() {
		pos = diag.Pos{Line: 1, Column: 1}
	}
	return diag.At(rule, severity, n.Path, pos, width, format, args...)
}

// Original returns a finding in the note at its place in the author's file,
// which may hold other names than the note.
func (n *Note) Original(f diag.Finding) diag.Finding {
	from := n.edits.Original(diag.Pos{Line: f.Line, Column: f.Column}, n.bodyLine, false)
	to := n.edits.Original(diag.Pos{Line: f.EndLine, Column: f.EndColumn}, n.bodyLine, true)
	f.Column, f.EndColumn = from.Column, to.Column
	return f
}

// at spells a front-matter path: at("error_rate", 0, "from").
func at(path ...any) []any { return path }

// choice finds a value that is none of the known ones.
func choice(n *Note, report func(diag.Finding), path []any, value string, known ...string) {
	if value == "" {
		return
	}
	for _, k := range known {
		if value == k {
			return
		}
	}
	f := n.Find("bad-value", diag.Warning, path, "%v: %q is not one of the known values", lastKey(path), value)
	if near := diag.Near(value, known); near != "" {
		report(f.Hint("did you mean %q?", near))
		return
	}
	report(f.Hint("known are %s", list(known)))
}

// lastKey is the key that a path leads to, or the list that it leads into.
func lastKey(path []any) any {
	for i := len(path) - 1; i > 0; i-- {
		if key, ok := path[i].(string); ok {
			return key
		}
	}
	return path[0]
}

func list(words []string) string {
	s := ""
	for i, w := range words {
		switch {
		case i > 0 && i == len(words)-1:
			s += " and "
		case i > 0:
			s += ", "
		}
		s += w
	}
	return s
}

// counted finds a number of things that is less than none.
func counted(n *Note, report func(diag.Finding), number front.Number, path ...any) {
	if number.Set && number.F < 0 {
		report(n.Find("bad-value", diag.Error, path, "%v: there are no fewer than 0, not %s", path[len(path)-1], measure.FormatNumber(number.F, 2)))
	}
}

// required finds a field that its kind cannot do without.
func required(n *Note, report func(diag.Finding), key string, set bool, why string) {
	if set || n.Unread || n.Front.Has(key) { // a faulty or unfilled value has its own finding
		return
	}
	report(n.Find("missing-field", diag.Warning, at("kind"), "this %s has no %s", n.Kind.Name, key).Hint("%s", why))
}
