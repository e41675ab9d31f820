//go:build unix

package main

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"unicode"
)

// TestOnlyPlainFilesOfTheFolderAreRead builds a folder of pipes, sockets,
// devices and links that lead out of it: nothing waits, and nothing from
// elsewhere is on a page.
func TestOnlyPlainFilesOfTheFolderAreRead(t *testing.T) {
	top := t.TempDir()
	dir := filepath.Join(top, "notes")
	put(t, top, map[string]string{
		"notes/a.md": "![x](linked.png) ![y](secret/pic.png) [z](plain.png) [p](pipe.txt)\n", "notes/sub/b.md": "Text.\n", "notes/plain.png": "\x89PNG\r\n\x1a\n",
		"outside/secret.md": "# secret words\n", "outside/pic.png": "secret picture", "outside/debrief.yaml": "title: secret title\n", "outside/templates/page.html": "secret template",
	})
	link := func(to, name string) {
		if err := os.Symlink(to, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	link("../outside/secret.md", "linked.md")
	link(filepath.Join(top, "outside", "secret.md"), "absolute.md")
	link("../outside", "secret")
	link("../outside/pic.png", "linked.png")
	link("/etc/passwd", "passwd.txt")
	link("/dev/zero", "zero.md")
	link("loop.md", "loop.md")
	for _, name := range []string{"pipe.md", "pipe.txt", "sub/pipe.md"} {
		if err := syscall.Mkfifo(filepath.Join(dir, name), 0o600); err != nil {
			t.Skip("no pipes here:", err)
		}
	}
	if err := syscall.Mknod(filepath.Join(dir, "device.md"), syscall.S_IFCHR|0o600, 1<<8|5); err != nil { // like /dev/zero
		t.Log("no device can be made here:", err)
	}
	exit, _, said := do(t, top, "build", "--content", "notes", "--out", "site", "-v")
	if exit != 0 || !strings.Contains(said, "from 2 notes") {
		t.Errorf("exit %d, %s", exit, said)
	}
	for _, name := range []string{"linked.md", "absolute.md", "secret", "zero.md", "loop.md", "pipe.md", "sub/pipe.md"} {
		if !strings.Contains(said, "notes/"+name+": info: only plain files are read") {
			t.Errorf("nothing is said of %s:\n%s", name, said)
		}
	}
	err := filepath.WalkDir(filepath.Join(top, "site"), func(p string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(p)
		if strings.Contains(string(text), "secret ") || strings.Contains(string(text), "root:x:") {
			t.Errorf("%s holds what is not in the notes", p)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}

	// What is asked for by name is opened no more than what is found.
	for name, c := range map[string]struct {
		settings string
		make     func(p string) error
		want     string
	}{
		"settings that are a pipe":     {"debrief.yaml", func(p string) error { return syscall.Mkfifo(p, 0o600) }, "read settings: open debrief.yaml: it is no plain file"},
		"settings from elsewhere":      {"debrief.yaml", func(p string) error { return os.Symlink("../outside/debrief.yaml", p) }, "path escapes from parent"},
		"a pack that is a pipe":        {"pack.yaml", func(p string) error { return syscall.Mkfifo(p, 0o600) }, `no pack is called "pack.yaml"`},
		"a theme with a pipe in it":    {"theme/templates/page.html", func(p string) error { return syscall.Mkfifo(p, 0o600) }, "it is no plain file"},
		"a theme that is elsewhere":    {"theme", func(p string) error { return os.Symlink("../outside", p) }, "path escapes from parent"},
		"a template that is elsewhere": {"theme/templates/page.html", func(p string) error { return os.Symlink("../../../outside/templates/page.html", p) }, "path escapes from parent"},
	} {
		notes := filepath.Join(t.TempDir(), "notes")
		put(t, notes, map[string]string{"a.md": "x", "../outside/debrief.yaml": "title: secret title\n", "../outside/templates/page.html": "secret template"})
		if c.settings != "debrief.yaml" {
			put(t, notes, map[string]string{"debrief.yaml": "theme: theme\npacks: [pack.yaml]\n"})
		}
		p := filepath.Join(notes, c.settings)
		if err := os.MkdirAll(filepath.Dir(p), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := c.make(p); err != nil {
			t.Fatal(err)
		}
		if _, out, said := do(t, notes, "build", "--out", "../site"); !strings.Contains(said, c.want) || strings.Contains(out+said, "secret t") {
			t.Errorf("%s: %s, want %s", name, said, c.want)
		}
	}
}

// TestNothingOfNotesActsOnATerminal runs the commands that read over notes and
// names full of escape sequences: they are shown, not obeyed.
func TestNothingOfNotesActsOnATerminal(t *testing.T) {
	const evil = "\x1b]0;owned\x07\x1b[2J\x9b31m\r\u202e\u2066"
	dir := t.TempDir()
	quoted := `"` + strings.NewReplacer("\x1b", `\e`, "\x07", `\a`, "\r", `\r`, "\u202e", `\u202e`, "\u2066", `\u2066`, "\x9b", `\x9b`).Replace(evil) + `"`
	name := "evil" + strings.ReplaceAll(evil, "\x9b", "")
	put(t, dir, map[string]string{
		"incidents/" + name + ".md": "---\ntitle: " + quoted + "\nid: " + quoted + "\nstarted_at: 2024-01-01T10:00:00Z\nmitigated_at: T+38m\nseverity: " + quoted + "\nkind: incident\n" + quoted + ": x\nmetrics:\n  - {name: " + quoted + ", label: " + quoted + ", before: 1%, after: 2%}\n---\nIt took 40 minutes to mitigate. [[" + evil + "]] {{" + evil + "}} [x](javascript:" + evil + ")\n",
		"stories/" + name + ".md":   "---\nincident: " + quoted + "\nheadline: " + quoted + "\n---\n" + evil + " 40 minutes\n",
		name + "/" + name + ".md":   evil,
		"debrief.yaml":              "title: " + quoted + "\ntheme: " + quoted + "\npacks: [" + quoted + "]\n" + quoted + ": x\ncover_names: {" + quoted + ": y, a: b}\nredact: [" + quoted + ", \"(\", a]\n",
	})
	for _, args := range []string{
		"build", "build -v", "build --verify", "build --strict", "build --profile public", "build --theme gone", "check", "check -v", "check --strict", "check --format github",
		"figures", "figures -v", "explain broken-link", "explain time_to_mitigate", "explain 38", "print", "print --explain", "print nothing", "check incidents", "new story x", "check --format json",
	} {
		put(t, dir, map[string]string{"site/" + name: "mine", "site/a.html": "mine"})
		_, out, said := do(t, dir, append(strings.Fields(args), "--color", "never")...)
		if strings.HasSuffix(args, "json") {
			out = strings.ReplaceAll(strings.ReplaceAll(out, "\u202e", ""), "\u2066", "") // for programs: the text is exact
		}
		for _, r := range out + said {
			if r != '\n' && (unicode.IsControl(r) || r == '\u202e' || r == '\u2066') {
				t.Errorf("%s: %U reaches the terminal in %q", args, r, out+said)
				break
			}
		}
	}
	// Colours of ours stay.
	if _, out, _ := do(t, dir, "figures", "--color", "always"); !strings.Contains(out, "\x1b[1m") || strings.Contains(out, "\x1b]0;") {
		t.Errorf("figures in colour: %q", out)
	}
}
