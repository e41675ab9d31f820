package publish

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
)

// git is the user's git at work in one folder.
type git struct {
	dir   string
	flags []string // before every command
	env   []string
}

// local are the variables with which a git that has called us, as in a hook,
// would lead ours to its own repository (git rev-parse --local-env-vars).
var local = []string{
	"GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_COMMON_DIR", "GIT_DIR", "GIT_GRAFT_FILE", "GIT_IMPLICIT_WORK_TREE", "GIT_INDEX_FILE",
	"GIT_NAMESPACE", "GIT_NO_REPLACE_OBJECTS", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX", "GIT_QUARANTINE_PATH", "GIT_REPLACE_REF_BASE",
	"GIT_SHALLOW_FILE", "GIT_WORK_TREE", "GIT_INTERNAL_SUPER_PREFIX",
}

// gitIn is git as it works in dir.
func gitIn(dir string) git {
	var env []string
	for _, v := range os.Environ() {
		if name, _, _ := strings.Cut(v, "="); !slices.Contains(local, name) {
			env = append(env, v)
		}
	}
	// Words that can be compared; no lock of the user's is taken for a look.
	return git{dir: dir, env: append(env, "LC_ALL=C", "GIT_OPTIONAL_LOCKS=0")}
}

// topOf is git as it works at the root of the repository that dir lies in, from
// where remotes given as paths count.
func topOf(ctx context.Context, dir string) (git, error) {
	g := gitIn(dir)
	top, err := g.run(ctx, "rev-parse", "--show-toplevel")
	var f failed
	if errors.As(err, &f) && strings.Contains(f.said, "must be run in a work tree") {
		top, err = g.run(ctx, "rev-parse", "--absolute-git-dir")
	}
	if errors.As(err, &f) && strings.Contains(f.said, "not a git repository") {
		return git{}, refuse("`git init` and `git remote add origin URL` make one; --to DIR publishes into a folder", "%s is in no git repository", dir)
	}
	g.dir = top
	return g, err
}

// A failed command, with what it said.
type failed struct {
	command string
	said    string
	err     error
}

func (f failed) Error() string {
	if f.said == "" {
		return fmt.Sprintf("git %s: %v", f.command, f.err)
	}
	return fmt.Sprintf("git %s: %s", f.command, Shown(f.said))
}

func (f failed) Unwrap() error { return f.err }

// run runs a command and returns what it wrote, without the last line feed.
func (g git) run(ctx context.Context, args ...string) (string, error) {
	var out bytes.Buffer
	err := g.pipe(ctx, nil, &out, args...)
	return strings.TrimSuffix(out.String(), "\n"), err
}

// pipe runs a command between a reader and a writer.
func (g git) pipe(ctx context.Context, in io.Reader, out io.Writer, args ...string) error {
	c := exec.CommandContext(ctx, "git", append(slices.Clone(g.flags), args...)...)
	var said bytes.Buffer
	c.Dir, c.Env, c.Stdin, c.Stdout, c.Stderr = g.dir, g.env, in, out, &said
	err := c.Run()
	switch {
	case err == nil:
		return nil
	case errors.Is(err, exec.ErrNotFound):
		return refuse("install it, or publish into a folder with --to DIR", "there is no git here")
	case ctx.Err() != nil:
		return ctx.Err()
	}
	return failed{args[0], strings.TrimSpace(said.String()), err}
}
