package handbook

import (
	"slices"
	"strings"

	"debrief/generator/diag"
	"debrief/generator/front"
	"debrief/generator/note"
)

// A Named is a reference from front matter, resolved to a note or to a
// principle.
type Named struct {
	Field     string
	Ref       front.Ref // as the author wrote it
	Note      *note.Note
	Principle *Principle
}

// naming is a Named seen from the other side.
type naming struct {
	field string
	from  int // the note's number
}

// references is what the front matter of one note names.
type references struct {
	named []Named
	found diag.List
	asked []string // names that no path and no id has
}

// resolveRefs looks up what a note names in its front matter.
func (h *Handbook) resolveRefs(n *note.Note) (r references) {
	h.names.asked = nil
	refs := n.Fields.Refs()
	for i := 0; i < len(refs); i++ {
		ref := refs[i]
		if slices.Contains(ref.Kinds, "principle") {
			p, used := h.resolvePrinciple(n, refs[i:], &r.found)
			i += used - 1
			if p != nil {
				r.named = append(r.named, Named{Field: ref.Field, Ref: ref.Ref, Principle: p})
			}
			continue
		}
		if target := h.resolveRef(n, ref, &r.found); target != nil {
			r.named = append(r.named, Named{Field: ref.Field, Ref: ref.Ref, Note: target})
		}
	}
	r.asked = h.names.asked
	return r
}

// takeRefs makes what a note names part of the handbook.
func (h *Handbook) takeRefs(number int, r references) {
	h.refs[number] = r.named
	for _, r := range r.named {
		if r.Principle != nil {
			h.asking[r.Principle] = append(h.asking[r.Principle], naming{r.Field, number})
		} else {
			to := h.Number(r.Note)
			h.naming[to] = append(h.naming[to], naming{r.Field, number})
		}
	}
}

func (h *Handbook) resolveRef(n *note.Note, r note.Reference, found *diag.List) *note.Note {
	candidates := h.lookup(r.Ref.Name)
	fitting := candidates
	if len(r.Kinds) > 0 {
		fitting = nil
		for _, c := range candidates {
			if slices.Contains(r.Kinds, c.Kind.Name) {
				fitting = append(fitting, c)
			}
		}
	}
	at := func(format string, args ...any) diag.Finding {
		return n.FindAt("bad-reference", diag.Error, r.Ref.Pos, r.Ref.Len, format, args...)
	}
	switch {
	case len(candidates) == 0:
		if h.Profile > note.Private {
			return nil // it may be a note that this build must not know of
		}
		what := "note"
		if len(r.Kinds) == 1 {
			what = r.Kinds[0]
		}
		f := at("no %s is called %q", what, r.Ref.Name)
		if near := h.near(r.Ref.Name); near != "" {
			f = f.Hint("did you mean %q?", near)
		}
		*found = append(*found, f)
		return nil
	case len(fitting) == 0:
		*found = append(*found, at("%s wants %s; %s is %s", r.Field, article(strings.Join(r.Kinds, " or ")), candidates[0].Path, article(candidates[0].Kind.Name)))
		return nil
	}
	target, sure := choose(n, r.Ref.Name, fitting)
	if !sure {
		*found = append(*found, n.FindAt("ambiguous-link", diag.Warning, r.Ref.Pos, r.Ref.Len, "%q may mean %s", r.Ref.Name, paths(fitting)).
			Hint("the first was taken; write the path, or give the note an id"))
	}
	return target
}

func article(noun string) string {
	if noun != "" && strings.ContainsRune("aeiou", rune(noun[0])) {
		return "an " + noun
	}
	return "a " + noun
}

// resolvePrinciple reads a principle's name: its slug, its name in any case
// and with either apostrophe. `[Are Right, A Lot]` without quotes is two
// items to YAML; used says how many references the name took.
func (h *Handbook) resolvePrinciple(n *note.Note, refs []note.Reference, found *diag.List) (p *Principle, used int) {
	r := refs[0]
	if p := h.principle(r.Ref.Name); p != nil {
		if fold(strings.ReplaceAll(r.Ref.Name, "’", "'")) != fold(p.Name) && r.Ref.Name != p.Slug && note.Slug(r.Ref.Name) != p.Slug {
			*found = append(*found, n.FindAt("bad-reference", diag.Warning, r.Ref.Pos, r.Ref.Len, "the principle is called %q", p.Name))
		}
		return p, 1
	}
	if len(refs) > 1 && refs[1].Field == r.Field {
		for _, sep := range []string{", ", "; "} {
			if p := h.principle(r.Ref.Name + sep + refs[1].Ref.Name); p != nil {
				*found = append(*found, n.FindAt("bad-reference", diag.Warning, r.Ref.Pos, r.Ref.Len,
					"%q and %q were read as one principle", r.Ref.Name, refs[1].Ref.Name).
					Hint("in a [list] a name with a comma needs quotes: %q, or write %s", p.Name, p.Slug))
				return p, 2
			}
		}
	}
	if h.Profile > note.Private {
		return nil, 1 // it may be a note of the author's that this build must not know of
	}
	f := n.FindAt("bad-reference", diag.Error, r.Ref.Pos, r.Ref.Len, "no principle is called %q", r.Ref.Name)
	var known []string
	for _, p := range h.Principles {
		known = append(known, p.Slug)
	}
	if near := diag.Near(r.Ref.Name, known); near != "" {
		f = f.Hint("did you mean %q?", near)
	}
	*found = append(*found, f)
	return nil, 1
}

func (h *Handbook) principle(name string) *Principle {
	if p := h.principleOf[name]; p != nil {
		return p
	}
	return h.principleBy[foldPrinciple(name)]
}

// References returns what n names in its front matter and could be resolved,
// field by field in the author's order.
func (h *Handbook) References(n *note.Note) []Named {
	if i := h.Number(n); i >= 0 {
		return h.refs[i]
	}
	return nil
}

// Named returns the notes that n names in a field of its front matter, in
// the author's order.
func (h *Handbook) Named(n *note.Note, field string) []*note.Note { return h.named(h.Number(n), field) }

func (h *Handbook) named(number int, field string) []*note.Note {
	if number < 0 {
		return nil
	}
	var out []*note.Note
	for _, r := range h.refs[number] {
		if r.Field == field && r.Note != nil && !slices.Contains(out, r.Note) {
			out = append(out, r.Note)
		}
	}
	return out
}

// Naming returns the notes of a kind that name n in that field, in reading
// order.
func (h *Handbook) Naming(n *note.Note, kind, field string) []*note.Note {
	if i := h.Number(n); i >= 0 {
		return h.collect(h.naming[i], kind, field)
	}
	return nil
}

func (h *Handbook) collect(all []naming, kind, field string) []*note.Note {
	var out []*note.Note
	for _, r := range all {
		from := h.Notes[r.from]
		// What one note names stands together, so a repeat follows at once.
		if r.field == field && from.Kind.Name == kind && (len(out) == 0 || out[len(out)-1] != from) {
			out = append(out, from)
		}
	}
	Order(out)
	return out
}

// PrinciplesOf returns the principles that a note names, in its order.
func (h *Handbook) PrinciplesOf(n *note.Note) []*Principle {
	var out []*Principle
	for _, r := range h.References(n) {
		if r.Principle != nil && !slices.Contains(out, r.Principle) {
			out = append(out, r.Principle)
		}
	}
	return out
}

// About returns the notes of a kind that name the principle, in reading
// order.
func (h *Handbook) About(p *Principle, kind string) []*note.Note {
	return h.collect(h.asking[p], kind, "principles")
}
