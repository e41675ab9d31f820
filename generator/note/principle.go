package note

import (
	"debrief/generator/diag"
)

var principle = &Kind{
	Name: "principle", Dir: "principles", One: "Principle", Many: "Principles",
	New: func() Fields { return new(Principle) },
}

// A Principle adds the author's own to a leadership principle of the pack, or
// is one that no pack has. The stories that show it are backlinks, never
// typed here.
type Principle struct {
	Order    int      `front:"order"`
	Name     string   `front:"name"`
	Since    string   `front:"since"`
	Summary  string   `front:"summary"`
	Asks     []string `front:"asks"`
	LooksFor []string `front:"looks_for"`
	Traps    []string `front:"traps"`
}

// Refs returns nothing.
func (p *Principle) Refs() []Reference { return nil }

// Check has nothing that one principle alone can get wrong.
func (p *Principle) Check(*Note, func(diag.Finding)) {}
