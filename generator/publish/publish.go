// Package publish brings a built site to where others read it: a branch of a
// git repository, and says beforehand what is new to them.
//
// It works through the user's own git, and in a repository of its own: of the
// user's it reads the configuration and touches nothing, so that whatever it
// holds (work not yet committed, a detached head, hooks, other work trees)
// cannot be harmed. A branch is only ever added to. What may be shown at all
// is decided before.
package publish

import (
	"fmt"
	"strings"
)

// A Refusal is a state in which nothing is published, and what to do about it.
// Nothing has been changed anywhere.
type Refusal struct{ Why, Advice string }

func (r Refusal) Error() string {
	if r.Advice == "" {
		return r.Why
	}
	return r.Why + "; " + r.Advice
}

func refuse(advice, format string, args ...any) error {
	return Refusal{fmt.Sprintf(format, args...), advice}
}

// OnGitHub is the owner and name of a remote's repository on GitHub, like
// "kim/loop", or "" when it is elsewhere.
func OnGitHub(remote string) string {
	rest, ok := strings.CutPrefix(remote, "git@github.com:")
	if !ok {
		_, rest, _ = strings.Cut(remote, "github.com/")
	}
	rest = strings.TrimSuffix(strings.TrimSuffix(rest, "/"), ".git")
	owner, name, ok := strings.Cut(rest, "/")
	if !ok || owner == "" || name == "" || strings.Contains(name, "/") {
		return ""
	}
	return rest
}

// Address is where GitHub Pages shows the site of a repository, "" when that
// is not one of GitHub's.
func Address(remote string) string {
	owner, name, ok := strings.Cut(OnGitHub(remote), "/")
	if !ok {
		return ""
	}
	host := strings.ToLower(owner) + ".github.io"
	if strings.EqualFold(name, host) {
		return "https://" + host + "/"
	}
	return "https://" + host + "/" + name + "/"
}
