package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// killer stands in for git: after one of its calls it kills whoever called.
const killer = `#!/bin/sh
n=$(($(cat "$CALLS") + 1))
echo $n >"$CALLS"
"$REAL_GIT" "$@"
code=$?
if [ "$n" = "$KILL_AFTER" ]; then kill -9 $PPID; fi
exit $code
`

// TestPublishKilledHalfWay kills debrief after every call of git: the branch then
// holds the old site or the new one, and the next time it is published as if
// nothing had happened.
func TestPublishKilledHalfWay(t *testing.T) {
	git, err := exec.LookPath("git")
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("no git: this test must run in CI")
		}
		t.Skip("no git here")
	}
	if testing.Short() {
		t.Skip("-short")
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	top := t.TempDir()
	debrief := filepath.Join(top, "debrief")
	if err := os.Symlink(self, debrief); err != nil { // testscript.Main runs the program under this name
		t.Skip(err)
	}
	put(t, top, map[string]string{"bin/git": killer, "user/a.md": "---\nvisibility: public\n---\n# First\n", "user/mine.md": "# Mine\n", "tmp/x": ""})
	if err := os.Chmod(filepath.Join(top, "bin", "git"), 0o777); err != nil {
		t.Fatal(err)
	}
	user, remote := filepath.Join(top, "user"), filepath.Join(top, "remote.git")
	env := append(os.Environ(), "HOME="+top, "XDG_CONFIG_HOME="+top, "GIT_CONFIG_NOSYSTEM=1", "TMPDIR="+filepath.Join(top, "tmp"), "GORACE=atexit_sleep_ms=0",
		"GIT_AUTHOR_NAME=Kim", "GIT_AUTHOR_EMAIL=k@example.com", "GIT_COMMITTER_NAME=Kim", "GIT_COMMITTER_EMAIL=k@example.com")
	run := func(program string, args ...string) (string, error) {
		c := exec.Command(program, args...)
		c.Dir, c.Env = user, env
		out, err := c.CombinedOutput()
		return strings.TrimSpace(string(out)), err
	}
	for _, args := range [][]string{{"init", "-q", "--bare", "-b", "main", remote}, {"init", "-q", "-b", "main"}, {"remote", "add", "origin", remote}} {
		if out, err := run(git, args...); err != nil {
			t.Fatal(out)
		}
	}
	if out, err := run(debrief, "publish", "--yes"); err != nil {
		t.Fatal(out)
	}
	old, _ := run(git, "--git-dir="+remote, "rev-parse", "gh-pages")
	put(t, user, map[string]string{"a.md": "---\nvisibility: public\n---\n# Second\n"})
	mine, _ := run("tar", "cf", "-", ".")

	calls := filepath.Join(top, "calls")
	for n := 1; ; n++ {
		if out, err := run(git, "--git-dir="+remote, "update-ref", "refs/heads/gh-pages", old); err != nil {
			t.Fatal(out)
		}
		put(t, top, map[string]string{"calls": "0"})
		c := exec.Command(debrief, "publish", "--yes")
		c.Dir = user
		c.Env = append(env, "PATH="+filepath.Join(top, "bin")+string(os.PathListSeparator)+os.Getenv("PATH"),
			"CALLS="+calls, "REAL_GIT="+git, "KILL_AFTER="+strconv.Itoa(n))
		killed := c.Run() != nil
		now, _ := run(git, "--git-dir="+remote, "rev-parse", "gh-pages")
		parent, _ := run(git, "--git-dir="+remote, "rev-parse", "gh-pages^")
		if now != old && parent != old {
			t.Fatalf("call %d: the branch is at %s, which does not follow %s", n, now, old)
		}
		if page, _ := run(git, "--git-dir="+remote, "show", "gh-pages:a.html"); now == old != strings.Contains(page, "First") || now != old != strings.Contains(page, "Second") {
			t.Fatalf("call %d: the branch holds half a site", n)
		}
		if after, _ := run("tar", "cf", "-", "."); after != mine {
			t.Fatalf("call %d: the user's side has changed", n)
		}
		if !killed {
			if n < 8 || now == old {
				t.Fatalf("published after %d calls of git, at %s: the test kills nothing", n, now)
			}
			return
		}
	}
}
