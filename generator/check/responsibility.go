package check

import (
	"slices"
	"strings"

	"debrief/generator/diag"
	"debrief/generator/note"
)

// absentAuthor finds incidents whose RACI gives the author nothing to do or
// to answer for: such an incident is somebody else's story.
func absentAuthor(n *note.Note, i *note.Incident, report func(diag.Finding)) {
	me := authorOf(i)
	named := false
	for _, row := range i.RACI {
		named = named || len(row.R)+len(row.A) > 0
		if slices.ContainsFunc(slices.Concat(row.R, row.A), func(who string) bool { return slices.Contains(me, role(who)) }) {
			return
		}
	}
	if named {
		report(n.Find("raci-candidate-absent", diag.Info, at("raci"), "you are neither responsible nor accountable for anything here").
			Hint("write me where you did the work (R) or answered for it (A)").
			Hint("interviewers ask what you did; if it was others, tell another incident"))
	}
}

// authorOf is what the incident calls its author: me, the role, and the roles
// that me held.
func authorOf(i *note.Incident) []string {
	me := []string{"me", "i", "myself"}
	if i.Role != "" {
		me = append(me, role(i.Role))
	}
	for _, e := range i.Roles {
		if slices.ContainsFunc(e.Value, func(who string) bool { return slices.Contains(me[:3], role(who)) }) {
			me = append(me, role(e.Key))
		}
	}
	return me
}

// role makes the ways to write a role comparable.
func role(s string) string {
	return strings.Join(strings.Fields(strings.NewReplacer("_", " ", "-", " ").Replace(strings.ToLower(s))), " ")
}

// deliveryMetrics finds DORA metrics beside an incident that no change caused,
// and metrics under their old names.
func deliveryMetrics(n *note.Note, i *note.Incident, report func(diag.Finding)) {
	if len(i.DORA) > 0 && !i.ChangeRelated.B && !i.ChangeRelated.Bad {
		report(n.Find("dora-misuse", diag.Warning, at("dora"), "delivery metrics stand beside an incident that no change caused").
			Hint("if a deployment or a flag caused it, say change_related: true").
			Hint("else leave dora: out; time to mitigate and budget spent are the figures of an outage"))
	}
	for k, row := range i.DORA {
		if now := note.DORAMetric(row.Metric); now != "" && !note.SameMetric(row.Metric, now) {
			report(n.Find("dora-misuse", diag.Info, at("dora", k, "metric"), "%q is an old name of %s", row.Metric, now))
		}
	}
}
