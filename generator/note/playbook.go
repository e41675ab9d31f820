package note

import (
	"debrief/generator/diag"
	"debrief/generator/front"
)

var playbook = &Kind{
	Name: "playbook", Dir: "playbooks", One: "Playbook", Many: "Playbooks",
	New: func() Fields { return new(Playbook) },
}

// A Playbook is what to do when a trigger fires; its steps are the text's
// task list.
type Playbook struct {
	Services     []string          `front:"services,service"`
	Trigger      string            `front:"trigger"`
	Severity     string            `front:"severity"`
	Symptoms     []string          `front:"symptoms"`
	DecisionTree *Tree             `front:"decision_tree"`
	Roles        front.Map[People] `front:"roles"`
	LastDrilled  front.Date        `front:"last_drilled"`
	DrillEvery   front.Duration    `front:"drill_every"`
	Related      []front.Ref       `front:"related"`
}

// Refs returns the related notes.
func (p *Playbook) Refs() []Reference { return references("related", p.Related) }

// Check holds the decision tree together.
func (p *Playbook) Check(n *Note, report func(diag.Finding)) {
	if p.DecisionTree != nil {
		p.DecisionTree.check(n, report, func(path ...any) diag.Pos {
			pos, _ := n.Front.Span(append(at("decision_tree"), path...)...)
			return pos
		})
	}
}
