package check

import (
	"slices"

	"debrief/generator/claim"
	"debrief/generator/diag"
	"debrief/generator/handbook"
	"debrief/generator/note"
)

// Silence leaves out what authors have silenced: a rule for a whole note by
// `lint_ignore: [rule]`, or for a line by `<!-- debrief-ignore rule: reason -->`.
// The order stays. A loud error (see Rule) keeps its voice for the note as a
// whole; on a line that the author looked at, the author decides.
func Silence(found diag.List, notes []*note.Note) diag.List {
	if s := silenceOf(notes); len(s.notes) > 0 || len(s.lines) > 0 {
		return slices.DeleteFunc(slices.Clone(found), s.hides)
	}
	return found
}

// A silence is what authors do not want to hear.
type silence struct {
	notes map[string]*note.Note // those with lint_ignore, by path
	lines map[ignored]bool
}

// ignored is a rule that the author silenced in a line.
type ignored struct {
	path, rule string
	line       int
}

func silenceOf(notes []*note.Note) silence {
	s := silence{make(map[string]*note.Note), make(map[ignored]bool)}
	for _, n := range notes {
		if len(n.LintIgnore) > 0 {
			s.notes[n.Path] = n
		}
		for _, i := range n.Body.Ignores {
			s.lines[ignored{n.Path, i.Rule, i.Line}] = true
		}
	}
	return s
}

func (s silence) hides(f diag.Finding) bool {
	n := s.notes[f.Path]
	return n != nil && ignoresInNote(n, f) || s.lines[ignored{f.Path, f.Rule, f.Line}]
}

func ignoresInNote(n *note.Note, f diag.Finding) bool {
	if r, ok := Named(f.Rule); ok && r.Loud && f.Severity == diag.Error {
		return false
	}
	return slices.Contains(n.LintIgnore, f.Rule)
}

// unknownRules finds ignores that silence nothing, because no rule has that
// name.
func unknownRules(n *note.Note, _ *handbook.Handbook, _ *claim.Ledger) diag.List {
	var found diag.List
	for k, name := range n.LintIgnore {
		if _, ok := Named(name); !ok && name != "" {
			found = append(found, unknownRule(n.Find("unknown-rule", diag.Warning, at("lint_ignore", k), "no rule is called %q; lint_ignore has no effect", name), name))
		}
	}
	for _, i := range n.Body.Ignores {
		if _, ok := Named(i.Rule); !ok {
			pos := diag.Pos{Line: i.Line, Column: 1}
			found = append(found, unknownRule(n.FindAt("unknown-rule", diag.Warning, pos, 0, "no rule is called %q; the debrief-ignore comment on this line has no effect", i.Rule), i.Rule))
		}
	}
	return found
}

func unknownRule(f diag.Finding, name string) diag.Finding {
	known := make([]string, len(rules))
	for i, r := range rules {
		known[i] = r.Name
	}
	if near := diag.Near(name, known); near != "" {
		return f.Hint("did you mean %q?", near)
	}
	return f.Hint("rules are silenced one by one, by the name in brackets behind a finding")
}
