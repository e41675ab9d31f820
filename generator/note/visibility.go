package note

import (
	"slices"
	"strings"

	"debrief/generator/diag"
	"debrief/generator/front"
)

type visibility struct {
	v        Visibility
	set, bad bool
}

// UnmarshalFront reads a visibility; what is none counts as private.
func (v *visibility) UnmarshalFront(val front.Value) {
	got, ok := ParseVisibility(strings.ToLower(val.Text()))
	v.v, v.set, v.bad = got, true, !ok
	if ok {
		return
	}
	hint := "it is one of private, shared and public"
	if near := diag.Near(val.Text(), []string{"private", "shared", "public"}); near != "" {
		hint = "did you mean " + near + "?"
	}
	val.FaultHint("bad-value", diag.Error, hint, "visibility: %q is not known; the note counts as private", val.Text())
}

// visibilityOf takes the safest of what the author said. A draft, an offer
// and a follow-up are private whatever else they say.
func visibilityOf(c common, k *Kind) Visibility {
	switch {
	case k.Hidden, c.Draft.B, c.Draft.Bad, c.Publish.Bad, c.Visibility.bad:
		return Private
	case c.Publish.Set && !c.Publish.B:
		return Private
	case c.Visibility.set:
		return c.Visibility.v
	case c.Publish.B:
		return Public
	}
	return Private
}

// hiding returns the first unknown key by which an author may mean to hide a
// note: a slip in one of ours, or what other tools call it.
func hiding(extra []front.Field) (key front.Field, hides bool) {
	ours := []string{"draft", "publish", "visibility"}
	i := slices.IndexFunc(extra, func(f front.Field) bool {
		name, value := strings.ToLower(f.Key), strings.ToLower(f.Value)
		switch name {
		case "private", "hidden", "secret", "confidential", "internal":
			return value != "false" && value != "no"
		case "public", "published", "share", "shared":
			return value == "false" || value == "no"
		}
		near := diag.Near(name, ours)
		return near != "" && (near == name || !strings.HasPrefix(name, near)) // publisher is none
	})
	if i < 0 {
		return front.Field{}, false
	}
	return extra[i], true
}

// checkHidden says that a kind which never leaves the machine cannot be shown
// to others: whoever wrote so believes that it is.
func (n *Note) checkHidden(c common, report func(diag.Finding)) {
	key := ""
	switch {
	case !n.Kind.Hidden:
	case c.Visibility.v > Private:
		key = "visibility"
	case c.Publish.B:
		key = "publish"
	}
	if key != "" {
		report(n.Find("bad-value", diag.Warning, at(key), "%s: every %s stays private, so this changes nothing", key, n.Kind.Name))
	}
}
