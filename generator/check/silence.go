package check

import (
	"slices"

	"debrief/generator/claim"
	"debrief/generator/diag"
	"debrief/generator/handbook"
	"debrief/generator/note"
	"debrief/generator/prose"
)

// Silence leaves out what authors have silenced: a rule for a whole note by
// `lint_ignore: [rule]`, or for a line by `<!-- debrief-ignore rule: reason -->`.
// The order stays. A loud error (see Rule) keeps its voice for the note as a
// whole; on a line that the author looked at, the author decides.
func Silence(found diag.List, notes []*note.Note) diag.List {
	silent := make(map[string]*note.Note)
	for _, n := range notes {
		if len(n.LintIgnore) > 0 || len(n.Body.Ignores) > 0 {
			silent[n.Path] = n
		}
	}
	if len(silent) == 0 {
		return found
	}
	return slices.DeleteFunc(slices.Clone(found), func(f diag.Finding) bool {
		n := silent[f.Path]
		return n != nil && (ignoresInNote(n, f) || ignoresInLine(n, f))
	})
}

func ignoresInNote(n *note.Note, f diag.Finding) bool {
	if r, ok := Named(f.Rule); ok && r.Loud && f.Severity == diag.Error {
		return false
	}
	return slices.Contains(n.LintIgnore, f.Rule)
}

func ignoresInLine(n *note.Note, f diag.Finding) bool {
	return slices.ContainsFunc(n.Body.Ignores, func(i prose.Ignore) bool { return i.Line == f.Line && i.Rule == f.Rule })
}

// unknownRules finds ignores that silence nothing, because no rule has that
// name.
func unknownRules(book *handbook.Handbook, _ *claim.Ledger) diag.List {
	var found diag.List
	for _, n := range book.Notes {
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
