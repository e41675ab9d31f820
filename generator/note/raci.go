package note

import (
	"slices"
	"strings"

	"debrief/generator/diag"
)

// checkRACI holds each activity to one accountable, at least one responsible,
// and nobody both consulted and informed (PMI's responsibility assignment
// matrix).
func checkRACI(n *Note, report func(diag.Finding), rows []RACI) {
	for k, row := range rows {
		what := row.Activity
		if what == "" {
			report(n.Find("missing-field", diag.Warning, at("raci", k), "this row of raci names no activity"))
			what = "this row"
		}
		switch {
		case len(row.A) == 0:
			report(n.Find("raci-no-a", diag.Warning, at("raci", k), "nobody is accountable (A) for %s", what).
				Hint("name the one who answers for it; it may be one of the responsible"))
		case len(row.A) > 1:
			report(n.Find("raci-two-a", diag.Warning, at("raci", k, "A"), "%s are all accountable for %s", list(row.A), what).
				Hint("exactly one answers for it; the others are responsible or consulted"))
		}
		if len(row.R) == 0 {
			report(n.Find("raci-no-r", diag.Warning, at("raci", k), "nobody is responsible (R) for %s", what))
		}
		for _, who := range row.C {
			if slices.ContainsFunc(row.I, func(i string) bool { return strings.EqualFold(i, who) }) {
				report(n.Find("raci-c-and-i", diag.Warning, at("raci", k, "I"), "%s is both consulted and informed about %s", who, what).
					Hint("asked before (C) or told after (I), not both"))
			}
		}
	}
}
