package publish

import (
	"regexp"
	"strings"
)

// login is what stands before the host of an address. A password may hold
// another @; git takes the last one too.
var login = regexp.MustCompile(`(?i)\b([a-z][a-z0-9+.-]*://)([^\s/?#]*)@`)

// Shown is a text in which addresses are without the passwords and tokens that
// stand in them: what is printed ends in logs and on shared screens. Whoever
// logs in by name alone, as with SSH, stays.
func Shown(text string) string {
	return login.ReplaceAllStringFunc(text, func(found string) string {
		parts := login.FindStringSubmatch(found)
		if name, _, _ := strings.Cut(parts[2], ":"); strings.Contains(strings.ToLower(parts[1]), "ssh") && name != "" {
			return parts[1] + name + "@"
		}
		return parts[1]
	})
}

// String is the remote as it can be shown to anybody.
func (r Remote) String() string {
	if r.Name == r.URL {
		return Shown(r.Name)
	}
	return r.Name + " (" + Shown(r.URL) + ")"
}

// String is the branch as it can be shown to anybody.
func (b *Branch) String() string {
	return b.Name + " of " + Remote{Name: b.Remote, URL: b.URL}.String()
}
