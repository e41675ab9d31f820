package publish

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"debrief/generator/output"
)

func siteOf(files map[string]string) output.Files {
	var site output.Files
	for path, content := range files {
		site = append(site, output.File{Path: path, Draw: func() ([]byte, error) { return []byte(content), nil }})
	}
	site.Sort()
	return site
}

var first = siteOf(map[string]string{
	".nojekyll": "", "index.html": "<main><h1>Home</h1></main>\n", "a b/ö \"q\" \\x.html": "<main><h1>Odd</h1>\r\n</main>", "empty.txt": "", "debrief/site.css": "a{}",
})

// A world is a user's repository with a remote, on a machine of its own.
type world struct {
	t            *testing.T
	home, remote string
	work         string // where the notes are
}

func newWorld(t *testing.T) *world {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("no git: this test must run in CI")
		}
		t.Skip("no git here")
	}
	top := t.TempDir()
	w := &world{t: t, remote: filepath.Join(top, "remote.git"), home: filepath.Join(top, "user", "home"), work: filepath.Join(top, "user", "work")}
	for _, dir := range []string{w.home, w.work, filepath.Join(top, "tmp")} {
		if err := os.MkdirAll(dir, 0o777); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range local {
		t.Setenv(name, "") // restored later
		os.Unsetenv(name)
	}
	for name, value := range map[string]string{
		"HOME": w.home, "XDG_CONFIG_HOME": w.home, "GIT_CONFIG_NOSYSTEM": "1", "GIT_TERMINAL_PROMPT": "0", "TMPDIR": filepath.Join(top, "tmp"),
		"GIT_AUTHOR_NAME": "Kim", "GIT_AUTHOR_EMAIL": "kim@example.com", "GIT_COMMITTER_NAME": "Kim", "GIT_COMMITTER_EMAIL": "kim@example.com",
	} {
		t.Setenv(name, value)
	}
	w.git(top, "init", "-q", "--bare", "-b", "main", w.remote)
	w.git(w.work, "init", "-q", "-b", "main")
	w.git(w.work, "remote", "add", "origin", w.remote)
	w.write("note.md", "# A note\n")
	w.git(w.work, "add", ".")
	w.git(w.work, "commit", "-q", "-m", "notes")
	w.git(w.work, "push", "-q", "origin", "main")
	return w
}

func (w *world) git(dir string, args ...string) string {
	w.t.Helper()
	c := exec.Command("git", args...)
	c.Dir = dir
	out, err := c.CombinedOutput()
	if err != nil {
		w.t.Fatalf("git %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return strings.TrimSpace(string(out))
}

func (w *world) write(path, content string) {
	w.t.Helper()
	path = filepath.Join(w.work, path)
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		w.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o666); err != nil {
		w.t.Fatal(err)
	}
}

// publish does what the command does, from a folder of the user's.
func (w *world) publish(dir string, site output.Files, o Options) (changed bool, err error) {
	ctx := context.Background()
	if o.Branch == "" {
		o.Branch = DefaultBranch
	}
	b, err := Look(ctx, dir, o)
	if err != nil {
		return false, err
	}
	defer b.Close()
	if changed, err = b.Commit(ctx, site, "Publish"); err != nil || !changed {
		return changed, err
	}
	return true, b.Push(ctx)
}

func (w *world) mustPublish(site output.Files) {
	w.t.Helper()
	if _, err := w.publish(w.work, site, Options{}); err != nil {
		w.t.Fatal(err)
	}
}

// side is every file of a folder with its mode, its time and its bytes.
func side(t *testing.T, dir string) (files []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		var data []byte
		if info.Mode().IsRegular() {
			if data, err = os.ReadFile(p); err != nil {
				return err
			}
		}
		rel, _ := filepath.Rel(dir, p)
		files = append(files, fmt.Sprintf("%s %v %v %x", rel, info.Mode(), info.ModTime().UnixNano(), sha256.Sum256(data)))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// differences are the files that are not as they were.
func differences(before, after []string) (changed []string) {
	for _, f := range after {
		if !slices.Contains(before, f) {
			changed = append(changed, "now "+f)
		}
	}
	for _, f := range before {
		if !slices.Contains(after, f) {
			changed = append(changed, "was "+f)
		}
	}
	return changed
}

// holds reports what is wrong with a branch of the remote that should hold
// exactly a site with its manifest, and what others have put there.
func (w *world) holds(branch string, site, others output.Files) error {
	listing, err := site.Manifest()
	if err != nil {
		return err
	}
	site = slices.Concat(site, others, output.Files{listing})
	site.Sort()
	list := exec.Command("git", "--git-dir="+w.remote, "ls-tree", "-r", "-z", "--name-only", branch)
	out, err := list.Output()
	if err != nil {
		return fmt.Errorf("ls-tree: %w", err)
	}
	var want strings.Builder
	for _, f := range site {
		want.WriteString(f.Path + "\x00")
	}
	if string(out) != want.String() {
		return fmt.Errorf("the branch holds %q, want %q", out, want.String())
	}
	for _, f := range site {
		got, err := exec.Command("git", "--git-dir="+w.remote, "cat-file", "blob", branch+":"+f.Path).Output()
		data, _ := f.Bytes()
		if err != nil || !bytes.Equal(got, data) {
			return fmt.Errorf("%s holds %q, want %q (%v)", f.Path, got, data, err)
		}
	}
	return nil
}

func (w *world) tip(branch string) string {
	out, err := exec.Command("git", "--git-dir="+w.remote, "rev-parse", "--verify", "--quiet", "refs/heads/"+branch).Output()
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(out))
}

// TestPublishedFromAnyState holds that whatever a user's repository is in the
// middle of, the branch gets exactly the site and the user's side stays as it
// is, to the byte and the time of each file.
func TestPublishedFromAnyState(t *testing.T) {
	for _, c := range []struct {
		name  string
		state func(w *world) (dir string)
	}{
		{"clean", func(w *world) string { return w.work }},
		{"dirty, staged and stashed", func(w *world) string {
			w.write("note.md", "stashed")
			w.git(w.work, "stash", "-q")
			w.write("staged.md", "staged")
			w.git(w.work, "add", "staged.md")
			w.write("note.md", "dirty")
			w.write("new.md", "untracked")
			return w.work
		}},
		{"a detached head", func(w *world) string { w.git(w.work, "checkout", "-q", "--detach"); return w.work }},
		{"no commit yet", func(w *world) string {
			fresh := filepath.Join(filepath.Dir(w.work), "fresh")
			w.git(w.home, "init", "-q", fresh)
			w.git(fresh, "remote", "add", "origin", w.remote)
			return fresh
		}},
		{"in the middle of a merge", func(w *world) string {
			w.git(w.work, "checkout", "-q", "-b", "other")
			w.write("note.md", "theirs")
			w.git(w.work, "commit", "-q", "-a", "-m", "theirs")
			w.git(w.work, "checkout", "-q", "main")
			w.write("note.md", "ours")
			w.git(w.work, "commit", "-q", "-a", "-m", "ours")
			if exec.Command("git", "-C", w.work, "merge", "-q", "other").Run() == nil {
				w.t.Fatal("the merge had no conflict")
			}
			return w.work
		}},
		{"a shallow clone", func(w *world) string {
			w.write("note.md", "second")
			w.git(w.work, "commit", "-q", "-a", "-m", "second")
			w.git(w.work, "push", "-q", "origin", "main")
			shallow := filepath.Join(filepath.Dir(w.work), "shallow")
			w.git(w.home, "clone", "-q", "--depth=1", "file://"+w.remote, shallow)
			return shallow
		}},
		{"a work tree beside it", func(w *world) string {
			other := filepath.Join(filepath.Dir(w.work), "other")
			w.git(w.work, "worktree", "add", "-q", "-b", "draft", other)
			return other
		}},
		{"a folder inside it, with a remote beside it", func(w *world) string {
			w.git(w.work, "remote", "set-url", "origin", "../../remote.git")
			w.write("notes/deep/a.md", "x")
			return filepath.Join(w.work, "notes", "deep")
		}},
		{"hooks that would do harm", func(w *world) string {
			for _, hook := range []string{"pre-commit", "commit-msg", "post-commit", "pre-push", "reference-transaction", "post-checkout"} {
				path := filepath.Join(w.work, ".git", "hooks", hook)
				os.MkdirAll(filepath.Dir(path), 0o777)
				if err := os.WriteFile(path, []byte("#!/bin/sh\ntouch \"$HOME/"+hook+"\"\nexit 1\n"), 0o777); err != nil {
					w.t.Fatal(err)
				}
			}
			return w.work
		}},
		{"hooks in a folder that the settings name", func(w *world) string {
			path := filepath.Join(w.home, "hooks", "pre-push")
			os.MkdirAll(filepath.Dir(path), 0o777)
			if err := os.WriteFile(path, []byte("#!/bin/sh\nexit 1\n"), 0o777); err != nil {
				w.t.Fatal(err)
			}
			w.git(w.work, "config", "core.hooksPath", filepath.Dir(path))
			return w.work
		}},
		{"a submodule", func(w *world) string {
			w.git(w.work, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", w.remote, "sub")
			w.git(w.work, "commit", "-q", "-m", "sub")
			return filepath.Join(w.work, "sub")
		}},
		{"line ends that git would change", func(w *world) string {
			w.git(w.work, "config", "core.autocrlf", "true")
			w.git(w.work, "config", "core.safecrlf", "true")
			w.write(".gitattributes", "* text=auto eol=crlf filter=none\n")
			return w.work
		}},
		{"settings that sign, follow tags and push elsewhere", func(w *world) string {
			for _, set := range []string{"commit.gpgSign=true", "push.gpgSign=if-asked", "push.followTags=true", "push.default=matching", "fetch.prune=true", "gc.auto=1", "core.bare=false", "push.recurseSubmodules=check"} {
				key, value, _ := strings.Cut(set, "=")
				w.git(w.work, "config", key, value)
			}
			w.git(w.work, "tag", "-a", "v1", "-m", "v1")
			return w.work
		}},
		{"a git that called us", func(w *world) string {
			w.t.Setenv("GIT_DIR", filepath.Join(w.home, "nowhere"))
			w.t.Setenv("GIT_INDEX_FILE", filepath.Join(w.home, "index"))
			return w.work
		}},
		{"its branch checked out elsewhere", func(w *world) string {
			w.mustPublish(siteOf(map[string]string{"old.html": "old"}))
			w.git(w.work, "fetch", "-q", "origin", "gh-pages:gh-pages")
			w.git(w.work, "worktree", "add", "-q", filepath.Join(filepath.Dir(w.work), "pages"), "gh-pages")
			return w.work
		}},
		{"a bare repository of its own", func(w *world) string {
			bare := filepath.Join(filepath.Dir(w.work), "bare.git")
			w.git(w.home, "clone", "-q", "--bare", w.remote, bare)
			return bare
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			dir := c.state(w)
			before := side(t, filepath.Dir(w.work))
			main := w.tip("main")
			for _, name := range []string{"GIT_DIR", "GIT_INDEX_FILE"} {
				if v := os.Getenv(name); v != "" {
					defer os.Setenv(name, v)
				}
			}
			changed, err := w.publish(dir, first, Options{})
			for _, name := range []string{"GIT_DIR", "GIT_INDEX_FILE"} {
				os.Unsetenv(name)
			}
			if err != nil || !changed {
				t.Fatalf("changed %v: %v", changed, err)
			}
			if err := w.holds(DefaultBranch, first, nil); err != nil {
				t.Error(err)
			}
			if w.tip("main") != main {
				t.Error("another branch of the remote has moved")
			}
			if tags := w.git(w.remote, "tag"); tags != "" {
				t.Errorf("tags went out: %s", tags)
			}
			if now := differences(before, side(t, filepath.Dir(w.work))); len(now) > 0 {
				t.Errorf("the user's side has changed:\n%s", strings.Join(now, "\n"))
			}
			if left, _ := os.ReadDir(os.Getenv("TMPDIR")); len(left) > 0 {
				t.Errorf("%s is left over", left[0].Name())
			}
		})
	}
}

// TestRefusals holds that where nothing can be published nothing is changed,
// and that each refusal says what to do.
func TestRefusals(t *testing.T) {
	for _, c := range []struct {
		name    string
		state   func(w *world) (dir string)
		options Options
		want    string
	}{
		{"no repository", func(w *world) string { return w.home }, Options{}, "in no git repository; `git init`"},
		{"no remote", func(w *world) string { w.git(w.work, "remote", "remove", "origin"); return w.work }, Options{}, "no remote to publish to; `git remote add"},
		{"several remotes", func(w *world) string {
			w.git(w.work, "remote", "rename", "origin", "one")
			w.git(w.work, "remote", "add", "two", w.remote)
			return w.work
		}, Options{}, "none of the remotes (one, two) is called origin; choose one"},
		{"an unknown remote", func(w *world) string { return w.work }, Options{Remote: "upstream"}, "no remote called upstream; `git remote -v`"},
		{"the current branch", func(w *world) string { return w.work }, Options{Branch: "main"}, "main is the branch you are working on"},
		{"the main branch of the remote", func(w *world) string { w.git(w.work, "checkout", "-q", "-b", "draft"); return w.work }, Options{Branch: "main"}, "main is the main branch of origin"},
		{"no branch's name", func(w *world) string { return w.work }, Options{Branch: "a..b"}, "cannot be the name of a branch"},
		{"an option for a name", func(w *world) string { return w.work }, Options{Branch: "--all"}, "cannot be the name of a branch"},
		{"nobody", func(w *world) string {
			for _, name := range []string{"GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL", "EMAIL"} {
				w.t.Setenv(name, "")
				os.Unsetenv(name)
			}
			w.git(w.work, "config", "user.useConfigOnly", "true")
			return w.work
		}, Options{}, "does not know who you are; `git config user.name"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			dir := c.state(w)
			before := side(t, filepath.Dir(w.work))
			_, err := w.publish(dir, first, c.options)
			if !errors.As(err, new(Refusal)) || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want a refusal: %s", err, c.want)
			}
			if now := differences(before, side(t, filepath.Dir(w.work))); len(now) > 0 {
				t.Errorf("something has changed:\n%s", strings.Join(now, "\n"))
			}
		})
	}
}

func TestARemoteThatIsNotThere(t *testing.T) {
	w := newWorld(t)
	w.git(w.work, "remote", "set-url", "origin", filepath.Join(w.home, "gone.git"))
	_, err := w.publish(w.work, first, Options{})
	if err == nil || errors.As(err, new(Refusal)) || !strings.Contains(err.Error(), "origin cannot be reached") {
		t.Errorf("error %v, want: origin cannot be reached", err)
	}
}

func TestARemoteThatTakesNothing(t *testing.T) {
	w := newWorld(t)
	w.mustPublish(first)
	was := w.tip(DefaultBranch)
	hook := filepath.Join(w.remote, "hooks", "pre-receive")
	os.MkdirAll(filepath.Dir(hook), 0o777)
	if err := os.WriteFile(hook, []byte("#!/bin/sh\necho protected >&2\nexit 1\n"), 0o777); err != nil {
		t.Fatal(err)
	}
	_, err := w.publish(w.work, siteOf(map[string]string{"index.html": "new"}), Options{})
	if err == nil || !strings.Contains(err.Error(), "protected") || w.tip(DefaultBranch) != was {
		t.Errorf("error %v, want the remote's own words; the branch is at %s, was %s", err, w.tip(DefaultBranch), was)
	}
}

// TestTheBranchIsOnlyAddedTo holds that history stays, that a site published
// twice makes no commit, and that its CNAME stays while all else is replaced.
func TestTheBranchIsOnlyAddedTo(t *testing.T) {
	w := newWorld(t)
	w.mustPublish(first)
	one := w.tip(DefaultBranch)
	if changed, err := w.publish(w.work, first, Options{}); changed || err != nil || w.tip(DefaultBranch) != one {
		t.Errorf("published twice: changed %v (%v), %s, want %s", changed, err, w.tip(DefaultBranch), one)
	}

	// The user sets a domain in the settings of Pages: GitHub commits CNAME.
	pages := filepath.Join(w.home, "pages")
	w.git(w.home, "clone", "-q", "-b", DefaultBranch, w.remote, pages)
	os.WriteFile(filepath.Join(pages, "CNAME"), []byte("loop.example.com\n"), 0o666)
	w.git(pages, "add", "CNAME")
	w.git(pages, "commit", "-q", "-m", "Create CNAME")
	w.git(pages, "push", "-q", "origin", DefaultBranch)
	two := w.tip(DefaultBranch)
	if b, err := Look(context.Background(), w.work, Options{Branch: DefaultBranch}); err != nil || !b.Ours {
		t.Errorf("a site with a CNAME is no longer called ours (%v)", err)
	} else {
		b.Close()
	}

	second := siteOf(map[string]string{".nojekyll": "", "index.html": "second"})
	w.mustPublish(second)
	if err := w.holds(DefaultBranch, second, siteOf(map[string]string{"CNAME": "loop.example.com\n"})); err != nil {
		t.Error(err)
	}
	if log := w.git(w.remote, "log", "--format=%H", DefaultBranch); !strings.HasSuffix(log, two+"\n"+one) {
		t.Errorf("history is\n%s\nwant it to end with %s, %s", log, two, one)
	}
	b, err := Look(context.Background(), w.work, Options{Branch: DefaultBranch})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	if files := b.Replaced(nil); !b.Ours || len(files) != 2 || string(files["index.html"]) != "second" {
		t.Errorf("ours %v, files %q", b.Ours, files)
	}
}

// TestASiteOfOthersIsKnownAsSuch holds that a branch which debrief did not
// write is called so, and read whatever it holds.
func TestASiteOfOthersIsKnownAsSuch(t *testing.T) {
	w := newWorld(t)
	w.git(w.work, "checkout", "-q", "--orphan", DefaultBranch)
	w.write("old.html", "theirs")
	if err := os.Symlink("old.html", filepath.Join(w.work, "link")); err != nil {
		t.Fatal(err)
	}
	w.git(w.work, "add", ".")
	w.git(w.work, "commit", "-q", "-m", "by hand")
	w.git(w.work, "push", "-q", "origin", DefaultBranch)
	w.git(w.work, "checkout", "-q", "main")
	b, err := Look(context.Background(), w.work, Options{Branch: DefaultBranch})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	if files := b.Replaced(first); b.Ours || !b.Exists || string(files["old.html"]) != "theirs" || files["link"] != nil {
		t.Errorf("ours %v, exists %v, files %q", b.Ours, b.Exists, files)
	}
	w.mustPublish(first)
	if err := w.holds(DefaultBranch, first, nil); err != nil {
		t.Error(err)
	}
}

// TestWhatOthersPutThereStays holds that a site lies among the files of others
// on its branch as it does in a folder: theirs stay, ours come and go.
func TestWhatOthersPutThereStays(t *testing.T) {
	w := newWorld(t)
	w.mustPublish(siteOf(map[string]string{"index.html": "first", "gone.html": "gone", "changed.html": "ours", "edited.html": "ours"}))
	pages := filepath.Join(w.home, "pages")
	w.git(w.home, "clone", "-q", "-b", DefaultBranch, w.remote, pages)
	by := func(files map[string]string) {
		for path, content := range files {
			name := filepath.Join(pages, path)
			os.MkdirAll(filepath.Dir(name), 0o777)
			if err := os.WriteFile(name, []byte(content), 0o666); err != nil {
				t.Fatal(err)
			}
		}
		w.git(pages, "pull", "-q", "--rebase", "--autostash")
		w.git(pages, "add", ".")
		w.git(pages, "commit", "-q", "-m", "by hand")
		w.git(pages, "push", "-q")
	}
	if err := os.Symlink("index.html", filepath.Join(pages, "link")); err != nil {
		t.Fatal(err)
	}
	by(map[string]string{"google123.html": "google", ".well-known/security.txt": "mail", "robots.txt": "theirs", "same.txt": "same", "changed.html": "theirs", "edited.html": "theirs", "odd \"\\ö.txt": "odd"})

	second := siteOf(map[string]string{"index.html": "second", "edited.html": "ours anew", "same.txt": "same"})
	withRobots := slices.Concat(second, siteOf(map[string]string{"robots.txt": "ours"}))
	withRobots.Sort()
	w.mustPublish(withRobots)
	theirs := siteOf(map[string]string{
		"google123.html": "google", ".well-known/security.txt": "mail", "robots.txt": "theirs", "changed.html": "theirs", "link": "index.html", "odd \"\\ö.txt": "odd",
	})
	if err := w.holds(DefaultBranch, second, theirs); err != nil {
		t.Error(err)
	}
	if mode := w.git(w.remote, "ls-tree", DefaultBranch, "link"); !strings.HasPrefix(mode, "120000 ") {
		t.Errorf("a link of theirs has become %q", mode)
	}
	if changed, err := w.publish(w.work, withRobots, Options{}); changed || err != nil {
		t.Errorf("published twice: changed %v (%v)", changed, err)
	}

	// What was found to be the same is ours from then on.
	w.mustPublish(siteOf(map[string]string{"index.html": "third"}))
	if err := w.holds(DefaultBranch, siteOf(map[string]string{"index.html": "third"}), theirs); err != nil {
		t.Error(err)
	}

	// Where one of two would have to be a folder, nothing is published.
	was := w.tip(DefaultBranch)
	for _, path := range []string{"google123.html/page.html", ".well-known"} {
		_, err := w.publish(w.work, siteOf(map[string]string{path: "x"}), Options{})
		if !errors.As(err, new(Refusal)) || !strings.Contains(err.Error(), "which debrief did not write") || w.tip(DefaultBranch) != was {
			t.Errorf("%s: error %v, want a refusal", path, err)
		}
	}
}

// TestAMovedBranchStays holds that what others publish between our look and
// our push is never lost, whichever way the branch has moved.
func TestAMovedBranchStays(t *testing.T) {
	second := siteOf(map[string]string{"index.html": "second"})
	for _, c := range []struct {
		name string
		move func(w *world)
	}{
		{"on", func(w *world) { w.mustPublish(siteOf(map[string]string{"index.html": "theirs"})) }},
		{"away", func(w *world) { w.git(w.remote, "update-ref", "-d", "refs/heads/"+DefaultBranch) }},
		{"to another history", func(w *world) { w.git(w.remote, "update-ref", "refs/heads/"+DefaultBranch, "refs/heads/main") }},
	} {
		for _, published := range []bool{true, false} {
			t.Run(fmt.Sprintf("%s, published before %v", c.name, published), func(t *testing.T) {
				w := newWorld(t)
				if published {
					w.mustPublish(first)
				} else if c.name == "away" {
					t.Skip("there is nothing to take away")
				}
				ctx := context.Background()
				b, err := Look(ctx, w.work, Options{Branch: DefaultBranch})
				if err != nil {
					t.Fatal(err)
				}
				defer b.Close()
				if _, err := b.Commit(ctx, second, "Publish"); err != nil {
					t.Fatal(err)
				}
				c.move(w)
				moved := w.tip(DefaultBranch)
				err = b.Push(ctx)
				if c.name == "away" {
					// Nothing is lost by putting it back, with its history.
					if err == nil {
						err = w.holds(DefaultBranch, second, nil)
					}
					if err != nil && w.tip(DefaultBranch) != "" {
						t.Error(err)
					}
					return
				}
				if !errors.As(err, new(Refusal)) || !strings.Contains(err.Error(), "has moved meanwhile") || w.tip(DefaultBranch) != moved {
					t.Errorf("error %v; the branch is at %s, want %s", err, w.tip(DefaultBranch), moved)
				}
				if c.name == "on" {
					w.mustPublish(second)
					if err := w.holds(DefaultBranch, second, nil); err != nil {
						t.Errorf("published again: %v", err)
					}
				}
			})
		}
	}
}

// TestPublishersTakeTurns lets two people publish to one branch, their steps in
// 50 random orders: who is told that it is published finds it in the branch's
// history ever after, and who is not is told to look again.
func TestPublishersTakeTurns(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	seed := uint64(time.Now().UnixNano())
	r := rand.New(rand.NewPCG(seed, 0))
	other := filepath.Join(filepath.Dir(w.work), "other")
	w.git(w.home, "clone", "-q", w.remote, other)
	var published []string
	refused := 0
	for round := range 50 {
		var branches [2]*Branch
		steps := make([]int, 2) // done by each
		for steps[0] < 3 || steps[1] < 3 {
			who := r.IntN(2)
			var err error
			switch b := branches[who]; steps[who] {
			case 0:
				branches[who], err = Look(ctx, []string{w.work, other}[who], Options{Branch: DefaultBranch})
			case 1:
				_, err = b.Commit(ctx, siteOf(map[string]string{"index.html": fmt.Sprint(round, who)}), "Publish")
			case 2:
				switch err = b.Push(ctx); {
				case err == nil:
					published = append(published, w.tip(DefaultBranch))
				case errors.As(err, new(Refusal)) && strings.Contains(err.Error(), "has moved meanwhile"):
					refused, err = refused+1, nil
				}
				b.Close()
			default:
				continue
			}
			if err != nil {
				t.Fatalf("seed %d, round %d: %v", seed, round, err)
			}
			steps[who]++
		}
	}
	history := strings.Fields(w.git(w.remote, "rev-list", DefaultBranch))
	for _, commit := range published {
		if !slices.Contains(history, commit) {
			t.Errorf("seed %d: %s was published and is lost", seed, commit)
		}
	}
	if len(published) < 50 || len(history) != len(published) || refused == 0 {
		t.Errorf("seed %d: %d published, %d refused, %d in the history", seed, len(published), refused, len(history))
	}
}

func TestAddress(t *testing.T) {
	for remote, want := range map[string]string{
		"git@github.com:kim/loop.git":            "https://kim.github.io/loop/",
		"https://github.com/Kim/loop":            "https://kim.github.io/loop/",
		"https://user@github.com/kim/loop.git/":  "https://kim.github.io/loop/",
		"ssh://git@github.com/kim/kim.github.io": "https://kim.github.io/",
		"https://gitlab.com/kim/loop.git":        "",
		"../remote.git":                          "",
		"git@github.com:kim":                     "",
	} {
		if got := Address(remote); got != want {
			t.Errorf("Address(%q) = %q, want %q", remote, got, want)
		}
	}
}

// TestShown holds that no password or token that stands in an address is
// printed, in our words or in git's.
func TestShown(t *testing.T) {
	for text, want := range map[string]string{
		"https://kim:ghp_1@github.com/kim/loop.git": "https://github.com/kim/loop.git",
		"https://ghp_1@github.com/kim/loop":         "https://github.com/kim/loop",
		"HTTPS://kim:a@b:c@host:8443/x@y":           "HTTPS://host:8443/x@y",
		"fatal: unable to access 'https://kim:ghp_1@host/x.git/': 403; see https://host/help, https://a:b@c": "fatal: unable to access 'https://host/x.git/': 403; see https://host/help, https://c",
		"ssh://git@github.com/kim/loop":    "ssh://git@github.com/kim/loop",
		"git+ssh://git:pw@github.com/loop": "git+ssh://git@github.com/loop",
		"git@github.com:kim/loop.git":      "git@github.com:kim/loop.git",
		"../remote.git":                    "../remote.git",
		"file:///srv/a@b.git":              "file:///srv/a@b.git",
	} {
		if got := Shown(text); got != want {
			t.Errorf("Shown(%q) = %q, want %q", text, got, want)
		}
	}
	b := &Branch{Remote: "origin", URL: "https://kim:pw@host/loop.git", Name: "gh-pages"}
	if got, want := b.String(), "gh-pages of origin (https://host/loop.git)"; got != want {
		t.Errorf("the branch is shown as %q, want %q", got, want)
	}
	if got := (failed{"push", "remote: no\nfatal: 'https://kim:pw@host/'", nil}).Error(); strings.Contains(got, "pw") {
		t.Errorf("git's own words show a password: %s", got)
	}
}

// TestConditionalSettings holds that settings which count only for the user's
// folder, as for a second account, count for the push as well, and that those
// which may be given several times are not given twice.
func TestConditionalSettings(t *testing.T) {
	w := newWorld(t)
	script := filepath.Join(w.home, "ssh")
	os.WriteFile(script, []byte("#!/bin/sh\necho \"$1\" >>\"$HOME/hosts\"\nexec sh -c \"$2\"\n"), 0o777)
	for file, text := range map[string]string{
		".gitconfig": "[http]\n\textraHeader = everywhere\n[includeIf \"gitdir:" + w.work + "/\"]\n\tpath = second\n[ssh]\n\tvariant = simple\n",
		"second": "[core]\n\tsshCommand = " + script + "\n\tbare = true\n\tworktree = /nowhere\n[http]\n\textraHeader = here\n[ssh]\n\tvariant = ssh\n" +
			"[url \"ssh://second.example/\"]\n\tinsteadOf = ssh://git.example/\n",
	} {
		if err := os.WriteFile(filepath.Join(w.home, file), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	w.git(w.work, "config", "http.extraHeader", "local")
	w.git(w.work, "config", "core.bare", "false")
	w.git(w.work, "config", "core.worktree", w.work)
	w.git(w.work, "remote", "set-url", "origin", "ssh://git.example"+filepath.ToSlash(w.remote))
	if changed, err := w.publish(w.work, first, Options{}); err != nil || !changed {
		t.Fatalf("changed %v: %v", changed, err)
	}
	if err := w.holds(DefaultBranch, first, nil); err != nil {
		t.Error(err)
	}
	if hosts, err := os.ReadFile(filepath.Join(w.home, "hosts")); err != nil || !strings.HasPrefix(string(hosts), "second.example\n") {
		t.Errorf("went through %q (%v), want second.example", hosts, err)
	}
	b, err := Look(context.Background(), w.work, Options{Branch: DefaultBranch})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	for key, want := range map[string]string{"http.extraHeader": "everywhere\nhere\nlocal", "ssh.variant": "simple", "core.bare": "true", "core.sshCommand": script} {
		if got, err := b.own.run(context.Background(), "config", "--get-all", key); err != nil || got != want {
			t.Errorf("%s is %q (%v), want %q", key, got, err, want)
		}
	}
}
