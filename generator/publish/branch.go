package publish

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
)

// DefaultBranch is where GitHub Pages looks for a site.
const DefaultBranch = "gh-pages"

// Options say which branch of which repository.
type Options struct {
	Remote string // "" takes origin, or the only one there is
	Branch string
}

// A Branch is a branch of a remote repository as it was when it was looked at.
// It holds a folder of its own, which Close removes.
type Branch struct {
	Remote string // as the user knows it
	URL    string
	Name   string
	Exists bool
	Ours   bool // what lies there was published by debrief

	// Kept is what stays there because debrief did not write it, or somebody
	// has changed it and the site no longer has it. Commit finds it.
	Kept []string

	user, own git
	dir       string // of our own repository
	who       string // commits, as git writes it; "" until it is asked
	tip       string // the last commit, "" when there is none
	there     []entry
	next      string // the commit to be pushed
}

// In our own repository.
const (
	tipRef  = "refs/debrief/tip"
	nextRef = "refs/debrief/next"
)

// Look finds the branch that a folder's repository publishes to and reads what
// lies there. Nothing of the user's is changed.
func Look(ctx context.Context, dir string, o Options) (*Branch, error) {
	user, err := topOf(ctx, dir)
	if err != nil {
		return nil, err
	}
	b := &Branch{Name: o.Branch, user: user}
	err = b.findRemote(ctx, o.Remote)
	for _, step := range []func(context.Context) error{b.checkName, b.begin, b.fetch} {
		if err == nil {
			err = step(ctx)
		}
	}
	if err != nil {
		b.Close()
		return nil, err
	}
	return b, nil
}

// Close removes what Look needed.
func (b *Branch) Close() {
	if b.dir != "" {
		os.RemoveAll(b.dir)
	}
}

func (b *Branch) findRemote(ctx context.Context, wanted string) error {
	list, err := b.user.run(ctx, "remote")
	if err != nil {
		return err
	}
	remotes := strings.Fields(list)
	switch {
	case wanted != "" && !slices.Contains(remotes, wanted):
		return refuse("`git remote -v` lists them", "there is no remote called %s", wanted)
	case wanted != "":
		b.Remote = wanted
	case slices.Contains(remotes, "origin"):
		b.Remote = "origin"
	case len(remotes) == 1:
		b.Remote = remotes[0]
	case len(remotes) == 0:
		return refuse("`git remote add origin URL` names one; --to DIR publishes into a folder", "this repository has no remote to publish to")
	default:
		return refuse("choose one with --remote NAME", "none of the remotes (%s) is called origin", strings.Join(remotes, ", "))
	}
	b.URL, err = b.user.run(ctx, "remote", "get-url", "--push", b.Remote)
	return err
}

func (b *Branch) checkName(ctx context.Context) error {
	var f failed
	if _, err := b.user.run(ctx, "check-ref-format", "refs/heads/"+b.Name); errors.As(err, &f) || strings.HasPrefix(b.Name, "-") {
		return refuse("", "%q cannot be the name of a branch", b.Name)
	}
	head, err := b.user.run(ctx, "symbolic-ref", "--quiet", "HEAD") // fails when it is detached
	if err == nil && head == "refs/heads/"+b.Name {
		return refuse("publish to a branch that holds nothing else, such as --branch "+DefaultBranch, "%s is the branch you are working on; a site would take the place of your notes", b.Name)
	}
	return nil
}

// fetch learns where the branch stands, and gets its last commit.
func (b *Branch) fetch(ctx context.Context) error {
	ref := "refs/heads/" + b.Name
	list, err := b.own.run(ctx, "ls-remote", "--symref", b.URL, "HEAD", ref)
	if err != nil {
		return b.unreachable(err)
	}
	isDefault := false
	for line := range strings.Lines(list) {
		id, name, _ := strings.Cut(strings.TrimSpace(line), "\t")
		switch {
		case name == ref:
			b.tip = id
		case name == "HEAD" && id == "ref: "+ref:
			isDefault = true
		}
	}
	if b.tip == "" {
		return nil
	}
	b.Exists = true
	if _, err := b.own.run(ctx, "fetch", "--quiet", "--depth=1", "--no-tags", b.URL, "+"+ref+":"+tipRef); err != nil {
		return b.unreachable(err)
	}
	if b.tip, err = b.own.run(ctx, "rev-parse", "--verify", "--quiet", tipRef+"^{commit}"); err != nil {
		return err
	}
	if err := b.readTree(ctx); err != nil {
		return err
	}
	if isDefault && !b.Ours {
		return refuse("publish to a branch that holds nothing else, such as --branch "+DefaultBranch,
			"%s is the main branch of %s; a site would take the place of what others find there", b.Name, b.Remote)
	}
	return nil
}

func (b *Branch) unreachable(err error) error {
	var f failed
	if !errors.As(err, &f) {
		return err
	}
	return fmt.Errorf("%s cannot be reached: %w", b.Remote, f)
}

// Push leads the branch to the commit that Commit made. It is never forced:
// when the branch has moved meanwhile, it stays where it is.
func (b *Branch) Push(ctx context.Context) error {
	_, err := b.own.run(ctx, "push", b.URL, b.next+":refs/heads/"+b.Name)
	var f failed
	if !errors.As(err, &f) {
		return err
	}
	now, lookErr := b.own.run(ctx, "ls-remote", b.URL, "refs/heads/"+b.Name)
	id, _, _ := strings.Cut(now, "\t")
	switch {
	case lookErr == nil && id == b.next:
		return nil // the answer was lost, not the push
	case lookErr == nil && id != b.tip:
		return refuse("somebody else published; look at what is there and publish again", "%s has moved meanwhile on %s and stays as it is", b.Name, b.Remote)
	}
	return fmt.Errorf("%s did not take it and stays as it is: %w", b.Remote, f)
}
