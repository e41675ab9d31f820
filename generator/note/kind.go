package note

// A Kind is one sort of note: what its folder is called and which fields it
// has. The look of a kind is the template of the same name, else that of page.
type Kind struct {
	Name   string // as in `kind:`
	Dir    string // top folder whose notes are of this kind
	One    string // as a reader calls it
	Many   string
	Hidden bool // never leaves the machine, whatever the note says
	Claims bool // the figures that its text says are held against facts
	New    func() Fields
}

// Kinds is every kind, in the order the reader meets them. A new kind is one
// file beside this one and one line here.
var Kinds = []*Kind{
	incident,
	story,
	playbook,
	signal,
	round,
	principle,
	question,
	offer,
	followup,
	page,
}

// KindNamed returns the kind of that name, or nil.
func KindNamed(name string) *Kind {
	for _, k := range Kinds {
		if k.Name == name {
			return k
		}
	}
	return nil
}

// KindNames lists the names of all kinds.
func KindNames() []string {
	var names []string
	for _, k := range Kinds {
		names = append(names, k.Name)
	}
	return names
}

// Of returns the fields of a note of kind T, as in Of[*note.Incident](n).
func Of[T Fields](n *Note) (T, bool) {
	f, ok := n.Fields.(T)
	return f, ok
}
