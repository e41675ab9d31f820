package page

import (
	"debrief/generator/front"
	"debrief/generator/measure"
	"debrief/generator/note"
)

// A Playbook is the data of playbook.html: what to do when a trigger fires.
type Playbook struct {
	Trigger     string
	Symptoms    []string
	Particulars []Term
	Drill       Drill
	Tree        *Tree
	Roles       []Term
	Incidents   []Used // that used it, newest first
	Stories     []Told // that stand on those
	Rounds      []Link // that may ask for it
	Steps       int    // of its checklist
	Contents    []Section
}

// A Drill is when a playbook was last tried, and when it should be again.
type Drill struct {
	Last  When
	Every string // "90 d"; "" when the author gave no rhythm
	Next  When   // last plus that rhythm
}

// A Used is an incident that used a playbook, with how it went.
type Used struct {
	Link
	When      When
	Mitigated string // time to mitigate
	Verdict   *Mark  // of the target to mitigate
}

func playbookData(s *Site, n *note.Note, f *note.Playbook) *Playbook {
	d := &Playbook{Trigger: f.Trigger, Symptoms: f.Symptoms, Drill: drillOf(f), Roles: rolesOf(f.Roles), Steps: len(n.Body.Tasks)}
	if f.DecisionTree != nil {
		t := s.Tree(f.DecisionTree, partID("tree"))
		d.Tree = &t
	}
	told := make(map[*note.Note]bool)
	for _, i := range s.Book.IncidentsUsing(n) {
		d.Incidents = append(d.Incidents, s.used(i))
		for _, story := range s.Book.StoriesOn(i) {
			if !told[story] {
				told[story] = true
				d.Stories = append(d.Stories, s.Told(story))
			}
		}
	}
	d.Rounds = s.LinksTo(s.Book.Naming(n, "round", "playbooks"))
	d.Particulars = terms(
		Term{Name: "Services", Text: andList(f.Services)},
		Term{Name: "Severity", Text: severity(f.Severity)},
		Term{Name: "Last drilled", When: d.Drill.Last},
		Term{Name: "Drill every", Text: d.Drill.Every},
		Term{Name: "Next drill", When: d.Drill.Next, Ahead: true},
		Term{Name: "Related", Links: s.LinksTo(s.Book.Named(n, "related"))},
		Term{Name: "Rounds", Links: d.Rounds},
	)
	d.Contents = d.contents(n)
	return d
}

func (d *Playbook) contents(n *note.Note) []Section {
	out := headings(n)
	if d.Tree != nil {
		out = append(out, Section{partID("tree"), "Decision tree", 2})
	}
	if len(d.Roles) > 0 {
		out = append(out, Section{partID("roles"), "Roles", 2})
	}
	if len(d.Incidents) > 0 {
		out = append(out, Section{partID("incidents"), "Incidents that used it", 2})
	}
	if len(d.Stories) > 0 {
		out = append(out, Section{partID("stories"), "Stories", 2})
	}
	return out
}

func drillOf(f *note.Playbook) Drill {
	d := Drill{Last: dayOf(f.LastDrilled)}
	if f.DrillEvery.Set {
		d.Every = measure.FormatDuration(f.DrillEvery.D)
		if f.LastDrilled.Set {
			d.Next = dayOf(front.Date{T: f.LastDrilled.T.Add(f.DrillEvery.D), Set: true})
		}
	}
	return d
}

func (s *Site) used(incident *note.Note) Used {
	u := Used{Link: s.LinkTo(incident), When: whenOf(incident)}
	if f, ok := s.figure(incident, "time_to_mitigate"); ok {
		u.Mitigated = f.Text
	}
	if f, ok := note.Of[*note.Incident](incident); ok {
		for _, v := range marks(f) {
			if v.Key == "targets.mitigate" {
				u.Verdict = &v
			}
		}
	}
	return u
}

// rolesOf lists who held which role.
func rolesOf(roles front.Map[note.People]) []Term {
	var out []Term
	for _, r := range roles {
		out = append(out, Term{Name: note.Words(r.Key), Text: andList(r.Value)})
	}
	return terms(out...)
}
