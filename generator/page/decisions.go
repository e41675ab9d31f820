package page

import (
	"cmp"
	"fmt"

	"debrief/generator/note"
)

// Decisions is the data of decisions.html: every decision tree with the way
// that was taken.
type Decisions struct {
	Groups []DecisionGroup
	Count  int
	Taken  int // trees that say which way was taken
}

// A DecisionGroup is the trees of one sort of note.
type DecisionGroup struct {
	ID    string
	Title string
	Trees []Decision
}

// A Decision is one tree and the note it stands in.
type Decision struct {
	ID     string
	From   Link
	When   When
	Title  string // the tree's own, "" when it has none
	Tree   Tree
	Gauges []Gauge
}

// A Gauge is a threshold on the way taken and what was measured against it.
type Gauge struct {
	Question, Threshold, Measured string
}

// Contents are the trees under their groups.
func (d *Decisions) Contents() []Section {
	var out []Section
	for _, g := range d.Groups {
		out = append(out, Section{g.ID, g.Title, 2})
		for _, t := range g.Trees {
			out = append(out, Section{t.ID, cmp.Or(t.Title, t.From.Text), 3})
		}
	}
	return out
}

// eachTree calls do for every decision tree with its group, until it says no.
func eachTree(s *Site, do func(group int, n *note.Note, t *note.Tree) bool) {
	said := func(group int, n *note.Note, t *note.Tree) bool {
		return t == nil || len(t.Nodes) == 0 || do(group, n, t)
	}
	for _, n := range s.Book.OfKind("incident") {
		if f, _ := note.Of[*note.Incident](n); !said(0, n, f.DecisionTree) {
			return
		}
	}
	for _, n := range s.Book.OfKind("playbook") {
		if f, _ := note.Of[*note.Playbook](n); !said(1, n, f.DecisionTree) {
			return
		}
	}
	for _, n := range s.Book.Notes {
		group := 2
		switch n.Kind.Name {
		case "incident":
			group = 0
		case "playbook":
			group = 1
		}
		for _, b := range n.Blocks {
			if !said(group, n, b.Tree) {
				return
			}
		}
	}
}

func hasDecisions(s *Site) (has bool) {
	eachTree(s, func(int, *note.Note, *note.Tree) bool {
		has = true
		return false
	})
	return has
}

func decisionsData(s *Site) any {
	groups := []DecisionGroup{{ID: partID("incidents"), Title: "Decided in an incident"}, {ID: partID("playbooks"), Title: "Prepared in a playbook"}, {ID: partID("notes"), Title: "Drawn in a note"}}
	d := &Decisions{}
	eachTree(s, func(g int, n *note.Note, t *note.Tree) bool {
		d.Count++
		if len(t.Taken) > 0 {
			d.Taken++
		}
		id := fmt.Sprintf("%s.%d", groups[g].ID, len(groups[g].Trees)+1)
		groups[g].Trees = append(groups[g].Trees, Decision{
			ID: id, From: s.LinkTo(n), When: whenOf(n), Title: t.Title, Tree: s.Tree(t, id+".tree"), Gauges: gauges(t),
		})
		return true
	})
	for _, g := range groups {
		if len(g.Trees) > 0 {
			d.Groups = append(d.Groups, g)
		}
	}
	return d
}

// gauges are the questions on the way taken that had a threshold.
func gauges(t *note.Tree) []Gauge {
	var out []Gauge
	for _, id := range t.Taken {
		if n, ok := t.Node(id); ok && n.Threshold != "" && n.Measured != "" {
			out = append(out, Gauge{n.Text(), spoken(n.Threshold), spoken(n.Measured)})
		}
	}
	return out
}
