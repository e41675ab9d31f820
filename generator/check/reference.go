package check

import (
	"slices"
	"strings"

	"debrief/generator/claim"
	"debrief/generator/diag"
	"debrief/generator/front"
	"debrief/generator/handbook"
	"debrief/generator/note"
	"debrief/generator/prose"
)

// distinct counts the different names in a list of references.
func distinct(refs []front.Ref) int {
	n := 0
	for i, r := range refs {
		if r.Name != "" && !slices.ContainsFunc(refs[:i], func(o front.Ref) bool { return strings.EqualFold(o.Name, r.Name) }) {
			n++
		}
	}
	return n
}

// unknownFacts finds {{references}} to figures that the ledger does not hold.
// Braces belong to many: Hugo, Jinja, Helm and Obsidian's own templates use
// them too, and a note may quote those. So a name must give itself away as
// ours. In a shared or public build its home may be hidden, and saying more
// would say that it exists.
func unknownFacts(book *handbook.Handbook, ledger *claim.Ledger) diag.List {
	if book.Profile > note.Private {
		return nil
	}
	homes := &homes{ledger: ledger}
	var found diag.List
	for _, n := range book.Notes {
		for _, ref := range n.Body.Facts {
			if _, near, ok := ledger.Find(n, ref.Name); !ok {
				found = append(found, unknownFact(homes, n, ref, near)...)
			}
		}
	}
	return found
}

func unknownFact(homes *homes, n *note.Note, ref prose.FactRef, near string) diag.List {
	at := func(s diag.Severity) diag.Finding {
		return n.FindAt("unknown-fact", s, ref.Pos, ref.Len, "no figure is called %q", ref.Name)
	}
	id, key, dotted := strings.Cut(ref.Name, ".")
	switch {
	case slices.Contains(foreign, ref.Name):
		return nil
	case near != "" && (strings.ContainsAny(ref.Name, "._") || len(ref.Name) > 5):
		if dotted && homes.named(id) {
			near = id + "." + near
		}
		return diag.List{at(diag.Warning).Hint("did you mean {{%s}}?", near)}
	case dotted && homes.named(id):
		return diag.List{at(diag.Warning).Hint("%s has no %s; `debrief figures` lists what it has", id, key)}
	case timeNamed(ref.Name) != nil:
		return diag.List{missingTime(at(diag.Warning), n, timeNamed(ref.Name))}
	case dotted && homes.near(id, key) != "":
		return diag.List{at(diag.Warning).Hint("did you mean {{%s.%s}}?", homes.near(id, key), key)}
	case hasFacts(n) && strings.ContainsAny(ref.Name, "._"):
		return diag.List{at(diag.Info).Hint("`debrief figures` lists all; braces that are not debrief's can stand in code")}
	}
	return nil
}

// foreign are the names that other programs' templates fill in.
var foreign = []string{"date", "time", "title"}

// hasFacts reports whether notes of this kind have figures of their own or of
// the incident they tell.
func hasFacts(n *note.Note) bool {
	return n.Kind.Name == "incident" || n.Kind.Name == "story" || n.Kind.Name == "offer"
}

func timeNamed(key string) *claim.Between {
	for _, t := range claim.Times(new(note.Incident)) {
		if t.Key == key {
			return &t
		}
	}
	return nil
}

// missingTime says why a time that debrief derives is not there.
func missingTime(f diag.Finding, n *note.Note, t *claim.Between) diag.Finding {
	switch n.Kind.Name {
	case "incident":
		return f.Hint("it follows from %s; give both", t.Formula)
	case "story":
		return f.Hint("it is the incident's: name it in incident:, and give it %s and %s", t.From, t.To)
	}
	return f.Hint("write the incident's id in front, like {{checkout-outage.%s}}", t.Key)
}

// homes are the notes that have figures, by id. They are listed when the first
// unknown name wants them, and what each id may have meant is remembered:
// templates of other programs repeat theirs in every note.
type homes struct {
	ledger *claim.Ledger
	of     map[string]*note.Note
	ids    []string
	meant  map[string]string
}

func (h *homes) load() {
	if h.of != nil {
		return
	}
	h.of, h.meant = make(map[string]*note.Note), make(map[string]string)
	for _, f := range h.ledger.Facts() {
		if h.of[f.Note.ID] == nil {
			h.of[f.Note.ID] = f.Note
			h.ids = append(h.ids, f.Note.ID)
		}
	}
}

func (h *homes) named(id string) bool {
	h.load()
	return h.of[id] != nil
}

// near is the id that was meant, if the note of that id has the key.
func (h *homes) near(id, key string) string {
	h.load()
	near, known := h.meant[id]
	if !known {
		near = diag.Near(id, h.ids)
		h.meant[id] = near
	}
	if near == "" {
		return ""
	}
	if _, ok := h.ledger.Fact(h.of[near], key); !ok {
		return ""
	}
	return near
}
