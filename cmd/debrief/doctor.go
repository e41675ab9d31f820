package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"debrief/generator/publish"
)

type doctorFlags struct {
	hook bool
	push string
}

func (a *app) doctorCommand() *cobra.Command {
	var f doctorFlags
	c := &cobra.Command{
		Use:  "doctor",
		Args: arguments(0, 0),
		RunE: func(c *cobra.Command, _ []string) error {
			err := a.doctor(c.Context(), f)
			if refusal := (publish.Refusal{}); errors.As(err, &refusal) {
				return failure{exitUsage, err}
			}
			return err
		},
	}
	c.Flags().BoolVar(&f.hook, "hook", false, "")
	c.Flags().StringVar(&f.push, "push", "", "")
	return c
}

// A checkup is what doctor knows of a handbook's repository.
type checkup struct {
	*publish.Repository
	prefix string      // of the notes, from the repository's root, with a final slash or empty
	known  *knownNotes // nil until they are wanted
	wrong  bool        // something is to be done
}

func (a *app) doctor(ctx context.Context, f doctorFlags) error {
	notes, err := a.open()
	if err != nil {
		return err
	}
	notes.Close()
	r, err := publish.Open(ctx, notes.dir)
	if err != nil {
		return err
	}
	c := &checkup{Repository: r}
	if c.prefix, err = prefixBelow(r.Top, notes.dir); err != nil {
		return err
	}
	switch {
	case f.hook:
		return a.addHook(ctx, c)
	case f.push != "":
		return a.checkPush(ctx, c, f.push)
	}
	remotes, err := r.Remotes(ctx)
	if err != nil {
		return err
	}
	if len(remotes) == 0 {
		a.say("fine: this repository has no remote, so nothing of it is elsewhere")
		return nil
	}
	for _, remote := range remotes {
		if err := a.checkRemote(ctx, c, remote); err != nil {
			return err
		}
	}
	a.checkPages(ctx, c, remotes)
	if c.wrong {
		return failure{exitFindings, nil}
	}
	return nil
}

// prefixBelow is a folder's path from the root of its repository, with a final
// slash; "" for the root itself. Links on the way lead to the same folder.
func prefixBelow(top, dir string) (string, error) {
	var real [2]string
	for i, p := range []string{top, dir} {
		abs, err := filepath.Abs(p)
		if err == nil {
			abs, err = filepath.EvalSymlinks(abs)
		}
		if err != nil {
			return "", fmt.Errorf("find the notes in their repository: %w", err)
		}
		real[i] = abs
	}
	rel, err := filepath.Rel(real[0], real[1])
	if err != nil || rel == "." {
		return "", err
	}
	return filepath.ToSlash(rel) + "/", nil
}

func (a *app) checkRemote(ctx context.Context, c *checkup, remote publish.Remote) error {
	open, known := askGitHub(ctx, remote.URL)
	has, err := c.private(ctx, publish.On(remote.Name))
	if err != nil {
		return err
	}
	will, err := c.private(ctx, publish.Before(remote.Name))
	if err != nil {
		return err
	}
	switch {
	case len(has)+len(will) == 0:
		fmt.Fprintf(a.out, "fine: no private note is in the history of %s, nor about to be pushed there\n", remote)
		return nil
	case known && !open, !known && remote.Private:
		fmt.Fprintf(a.out, "fine: only you and those you let in can read %s, which has %s\n", remote, privateNotes(has))
		return nil
	case known:
		fmt.Fprintf(a.out, "wrong: anybody can read %s\n", remote)
	default:
		fmt.Fprintf(a.out, "look: debrief cannot tell who can read %s\n", remote)
	}
	c.wrong = true
	if len(has) > 0 {
		fmt.Fprintf(a.out, "  its history has %s\n", privateNotes(has))
	}
	if len(will) > 0 {
		fmt.Fprintf(a.out, "  a push would bring it %s\n", privateNotes(will))
	}
	if known {
		fmt.Fprintln(a.out, "  make it private (on GitHub: Settings, Danger Zone); what somebody has copied stays copied")
		fmt.Fprintln(a.out, "  or take the notes out of the history, with git filter-repo, and keep them in another repository")
		return nil
	}
	fmt.Fprintf(a.out, "  if nobody else can, say so: %s\n", remote.PrivateCommand())
	fmt.Fprintln(a.out, "  if others can, make it private, or keep private notes in another repository")
	return nil
}

func privateNotes(paths []string) string {
	if len(paths) == 0 {
		return "no private note"
	}
	return fmt.Sprintf("%s (%s)", plural(len(paths), "private note"), some(paths, 3))
}

// askGitHub asks GitHub's own program, where it is installed and logged in,
// whether anybody can read a repository. debrief itself speaks to no host.
func askGitHub(ctx context.Context, url string) (open, known bool) {
	repository := publish.OnGitHub(url)
	if repository == "" {
		return false, false
	}
	out, err := gh(ctx, "repo", "view", repository, "--json", "visibility")
	var said struct {
		Visibility string `json:"visibility"`
	}
	if err != nil || json.Unmarshal(out, &said) != nil || said.Visibility == "" {
		return false, false
	}
	return strings.EqualFold(said.Visibility, "public"), true
}

func gh(ctx context.Context, args ...string) ([]byte, error) {
	ctx, stop := context.WithTimeout(ctx, 20*time.Second)
	defer stop()
	return exec.CommandContext(ctx, "gh", args...).Output()
}

// checkPages looks whether what publishes the site and what GitHub shows are
// the same.
func (a *app) checkPages(ctx context.Context, c *checkup, remotes []publish.Remote) {
	_, err := os.Stat(filepath.Join(c.Top, filepath.FromSlash(workflowFile)))
	workflow := err == nil
	for _, remote := range remotes {
		repository := publish.OnGitHub(remote.URL)
		if repository == "" {
			continue
		}
		want := "Deploy from a branch, " + publish.DefaultBranch + ", / (root)"
		if workflow {
			want = "GitHub Actions"
		}
		out, err := gh(ctx, "api", "repos/"+repository+"/pages")
		var pages struct {
			Type   string `json:"build_type"`
			Source struct {
				Branch string `json:"branch"`
				Path   string `json:"path"`
			} `json:"source"`
		}
		if err != nil || json.Unmarshal(out, &pages) != nil || pages.Type == "" {
			fmt.Fprintf(a.out, "look: on GitHub, Settings, Pages, Source of %s should say: %s\n", repository, want)
			continue
		}
		has := "GitHub Actions"
		if pages.Type != "workflow" {
			has = "Deploy from a branch, " + pages.Source.Branch + ", " + pages.Source.Path
			if pages.Source.Path == "/" {
				has += " (root)"
			}
		}
		if has == want {
			fmt.Fprintf(a.out, "fine: Pages of %s shows what debrief publishes (%s)\n", repository, want)
			continue
		}
		c.wrong = true
		fmt.Fprintf(a.out, "wrong: Pages of %s shows something else: its source is %s\n", repository, has)
		fmt.Fprintf(a.out, "  on GitHub, Settings, Pages, Source: %s\n", want)
	}
}

// hookMark stands in a hook of ours.
const hookMark = "# Written by `debrief doctor --hook`."

// addHook writes a pre-push hook that asks before private notes go to a remote
// which others may read. A hook that is there stays.
func (a *app) addHook(ctx context.Context, c *checkup) error {
	dir, err := c.HooksDir(ctx)
	if err != nil {
		return err
	}
	name := filepath.Join(dir, "pre-push")
	content := path.Clean(c.prefix)
	text := fmt.Sprintf("#!/bin/sh\n%s It keeps private notes from a remote that\n# others may read; `git push --no-verify` pushes without it.\nexec debrief doctor --content %s --push \"$1\"\n", hookMark, shellQuoted(content))
	old, err := os.ReadFile(name)
	switch {
	case err == nil && string(old) == text:
		a.say("%s is there already", shown(name))
		return nil
	case err == nil && !strings.Contains(string(old), hookMark):
		return misused("there is a pre-push hook already; add to it: debrief doctor --content %s --push \"$1\"", shellQuoted(content))
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("write the hook: %w", err)
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return fmt.Errorf("write the hook: %w", err)
	}
	if err := os.WriteFile(name, []byte(text), 0o777); err != nil {
		return fmt.Errorf("write the hook: %w", err)
	}
	a.say("wrote %s: a push that would show private notes to others is refused", shown(name))
	return nil
}

// checkPush is what the hook asks: git tells on its input which commits go.
func (a *app) checkPush(ctx context.Context, c *checkup, name string) error {
	remotes, err := c.Remotes(ctx)
	if err != nil {
		return err
	}
	remote := publish.Remote{Name: name, URL: name}
	revisions := []string{"--not", "--remotes"}
	if i := slices.IndexFunc(remotes, func(r publish.Remote) bool { return r.Name == name }); i >= 0 {
		remote = remotes[i]
		revisions = []string{"--not", "--remotes=" + name}
	}
	if remote.Private {
		return nil
	}
	if open, known := askGitHub(ctx, remote.URL); known && !open {
		return nil
	}
	var goes []string
	lines := bufio.NewScanner(a.stdin)
	for lines.Scan() { // local ref, local object, remote ref, remote object
		if f := strings.Fields(lines.Text()); len(f) == 4 && strings.Trim(f[1], "0") != "" {
			goes = append(goes, f[1])
		}
	}
	if len(goes) == 0 {
		return nil
	}
	private, err := c.private(ctx, append(goes, revisions...))
	if err != nil || len(private) == 0 {
		return err
	}
	fmt.Fprintf(a.err, "this push would bring %s %s\n", publish.Shown(name), privateNotes(private))
	if remote.Name == remote.URL {
		fmt.Fprintln(a.err, "a remote with a name can be called private: `git remote add NAME URL`")
	} else {
		fmt.Fprintf(a.err, "if nobody else can read it, say so once: %s\n", remote.PrivateCommand())
	}
	return failure{exitFindings, fmt.Errorf("nothing pushed; git push --no-verify pushes all the same")}
}
