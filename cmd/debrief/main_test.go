package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"debrief/generator/note"
)

// programs are what a test can run in a process of its own, by name.
var programs = map[string]func(){"debrief": main}

func TestMain(m *testing.M) {
	testscript.Main(elsewhere{m}, programs)
}

// elsewhere runs the tests with a cache folder that is not the user's.
type elsewhere struct{ *testing.M }

func (e elsewhere) Run() int {
	dir, err := os.MkdirTemp("", "debrief-cache-")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	os.Setenv("XDG_CACHE_HOME", dir)
	return e.M.Run()
}

// TestScripts tells stories of the command line: testdata/script/*.txtar. Each
// runs in an empty folder, with nothing of the machine's own settings.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		UpdateScripts:       os.Getenv("UPDATE_SCRIPTS") != "",
		Setup: func(e *testscript.Env) error {
			for _, name := range []string{"GITHUB_ACTIONS", "GITHUB_WORKSPACE", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "FORCE_COLOR", "COLUMNS", "LANG", "LC_ALL", "LC_CTYPE"} {
				e.Setenv(name, "")
			}
			e.Setenv("TERM", "xterm-256color")
			e.Setenv("GORACE", "atexit_sleep_ms=0") // else each run takes a second longer under the race detector
			e.Setenv("HOME", filepath.Join(e.WorkDir, "home"))
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"snapshot": snapshot,
			"alike":    alike,
			"lines":    lines,
			"exits":    exits,
			"spoil":    spoil,
		},
	})
}

// snapshot FILE DIR writes what a folder holds, with times, to a file: two
// snapshots are the same only when nothing has been touched in between.
func snapshot(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: snapshot FILE DIR")
	}
	var b strings.Builder
	dir := ts.MkAbs(args[1])
	ts.Check(filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(dir, p)
		fmt.Fprintf(&b, "%s %v %d %d\n", filepath.ToSlash(rel), info.Mode(), info.Size(), info.ModTime().UnixNano())
		return nil
	}))
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(b.String()), 0o666))
}

// alike DIR DIR holds that two folders have the same files with the same bytes.
func alike(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: alike DIR DIR")
	}
	one, two := bytesBelow(ts, args[0]), bytesBelow(ts, args[1])
	var differ []string
	for path, data := range one {
		if other, ok := two[path]; !ok || !bytes.Equal(data, other) {
			differ = append(differ, path)
		}
	}
	for path := range two {
		if _, ok := one[path]; !ok {
			differ = append(differ, path)
		}
	}
	slices.Sort(differ)
	if (len(differ) > 0) != neg {
		ts.Fatalf("%s and %s differ in %v", args[0], args[1], differ)
	}
}

func bytesBelow(ts *testscript.TestScript, dir string) map[string][]byte {
	found := make(map[string][]byte)
	root := ts.MkAbs(dir)
	ts.Check(filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, _ := filepath.Rel(root, p)
		found[rel], err = os.ReadFile(p)
		return err
	}))
	if len(found) == 0 {
		ts.Fatalf("%s is empty", dir)
	}
	return found
}

// exits CODE COMMAND… runs a command that fails with exactly that code.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND…")
	}
	err := ts.Exec(args[1], args[2:]...)
	var exit *exec.ExitError
	if !errors.As(err, &exit) || fmt.Sprint(exit.ExitCode()) != args[0] {
		ts.Fatalf("%v, want exit code %s", err, args[0])
	}
}

// spoil DIR changes one byte in every file of a folder.
func spoil(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: spoil DIR")
	}
	for path, data := range bytesBelow(ts, args[0]) {
		data[len(data)/2] ^= 1
		ts.Check(os.WriteFile(filepath.Join(ts.MkAbs(args[0]), path), data, 0o600))
	}
}

// lines FILE PATTERN COUNT counts the lines that match. FILE may be stdout or
// stderr.
func lines(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: lines FILE PATTERN COUNT")
	}
	re, err := regexp.Compile(args[1])
	ts.Check(err)
	n := 0
	for line := range strings.Lines(ts.ReadFile(args[0])) {
		if re.MatchString(strings.TrimRight(line, "\n")) {
			n++
		}
	}
	if got := fmt.Sprint(n); got != args[2] {
		ts.Fatalf("%s lines match %s, want %s, in:\n%s", got, args[1], args[2], ts.ReadFile(args[0]))
	}
}

// do runs a command in this process, in dir.
func do(t *testing.T, dir string, args ...string) (exit int, stdout, stderr string) {
	t.Helper()
	t.Chdir(dir)
	var out, err bytes.Buffer
	exit = run(t.Context(), args, strings.NewReader(""), &out, &err)
	return exit, out.String(), err.String()
}

// commands is the tree as a user meets it.
func commands() []*cobra.Command {
	a := &app{out: newStream(&bytes.Buffer{}), err: newStream(&bytes.Buffer{})}
	root := a.root()
	return append([]*cobra.Command{root.Command}, root.Commands()...)
}

// TestHelpSaysEverything holds the help texts to the commands and flags that
// there are, in both directions.
func TestHelpSaysEverything(t *testing.T) {
	flag := regexp.MustCompile(`--[a-z][a-z-]*`)
	texts := make(map[string]string)
	for _, c := range commands() {
		text, err := helpTexts.ReadFile("help/" + c.Name() + ".txt")
		if err != nil {
			t.Errorf("%s has no help", c.Name())
			continue
		}
		texts[c.Name()] = string(text)
	}
	files, err := fs.Glob(helpTexts, "help/*.txt")
	if err != nil || len(files) != len(texts) {
		t.Errorf("there are %d help texts for %d commands (%v)", len(files), len(texts), err)
	}
	global := make(map[string]bool)
	commands()[0].PersistentFlags().VisitAll(func(f *pflag.Flag) { global["--"+f.Name] = true })
	global["--help"] = true

	for _, c := range commands() {
		text := texts[c.Name()]
		known := make(map[string]bool)
		holds := func(f *pflag.Flag) {
			known["--"+f.Name] = true
			want := "      --" + f.Name
			if f.Shorthand != "" {
				want = "  -" + f.Shorthand + ", --" + f.Name
			}
			if !slices.ContainsFunc(strings.Split(text, "\n"), func(line string) bool {
				rest, ok := strings.CutPrefix(line, want)
				return ok && rest != "" && strings.ContainsAny(rest[:1], " [")
			}) {
				t.Errorf("help of %s has no line that begins with %q", c.Name(), want)
			}
		}
		if c.HasParent() {
			c.LocalNonPersistentFlags().VisitAll(func(f *pflag.Flag) {
				if f.Name != "help" {
					holds(f)
				}
			})
		} else {
			c.PersistentFlags().VisitAll(holds)
		}
		for _, name := range flag.FindAllString(text, -1) {
			if !known[name] && !global[name] && !strings.Contains(text, "debrief init "+name) {
				t.Errorf("help of %s speaks of %s, which it does not have", c.Name(), name)
			}
		}
		if c.HasParent() && !strings.Contains(text, "Usage: debrief "+strings.ReplaceAll(c.Use, " SHELL", "")) {
			t.Errorf("help of %s does not show its usage, %q", c.Name(), c.Use)
		}
		if c.HasParent() && !strings.Contains(texts["debrief"], "\n  "+c.Use) {
			t.Errorf("`debrief help` does not list %q", c.Use)
		}
		for line := range strings.Lines(text) {
			if n := utf8.RuneCountInString(strings.TrimRight(line, "\n")); n > 80 {
				t.Errorf("help of %s has a line of %d columns: %s", c.Name(), n, line)
			}
			if strings.ContainsRune(line, '\t') || strings.TrimRight(line, " \n") != strings.TrimRight(line, "\n") {
				t.Errorf("help of %s: tab or space at the end: %q", c.Name(), line)
			}
		}
	}
}

// TestHelpDoesNotPromise holds that nothing is named that does not exist yet.
func TestHelpDoesNotPromise(t *testing.T) {
	command := regexp.MustCompile("`?debrief ([a-z]+)")
	var known []string
	for _, c := range commands() {
		known = append(known, c.Name())
	}
	known = append(known, "turns", "does", "this", "did", "is") // of sentences
	files, err := fs.Glob(helpTexts, "help/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		text, err := helpTexts.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range command.FindAllStringSubmatch(string(text), -1) {
			if !slices.Contains(known, m[1]) {
				t.Errorf("%s speaks of `debrief %s`", file, m[1])
			}
		}
	}
}

// TestNewOfEveryKind writes a note of each kind: nothing is wrong with it but
// what is still to be filled in, and what it says about its fields is true.
func TestNewOfEveryKind(t *testing.T) {
	dir := t.TempDir()
	for _, kind := range note.Kinds {
		exit, out, said := do(t, dir, "new", kind.Name, "My", "first:", `"`+kind.Name+`"`)
		want := filepath.Join(kind.Dir, "my-first-"+kind.Name+".md")
		if exit != 0 || out != want+"\n" {
			t.Errorf("new %s: exit %d, %q %q, want %q", kind.Name, exit, out, said, want)
		}
		text, err := os.ReadFile(filepath.Join(dir, want))
		if err != nil {
			t.Fatal(err)
		}
		if again, _, said := do(t, dir, "new", kind.Name, "My first "+kind.Name); again != exitUsage || !strings.Contains(said, "is there already") {
			t.Errorf("new %s again: exit %d %q", kind.Name, again, said)
		}
		if now, _ := os.ReadFile(filepath.Join(dir, want)); !bytes.Equal(text, now) {
			t.Errorf("new %s again changed the note", kind.Name)
		}
		n, found := note.Parse(filepath.ToSlash(want), text, note.Options{})
		if n.Kind != kind || n.Title != `My first: "`+kind.Name+`"` {
			t.Errorf("a new %s reads as %s %q", kind.Name, n.Kind.Name, n.Title)
		}
		for _, f := range found {
			if f.Rule != "fill-me" {
				t.Errorf("a new %s: line %d: %s [%s]", kind.Name, f.Line, f.Message, f.Rule)
			}
		}

		// What is optional must be right too: take the # away.
		optional := regexp.MustCompile(`(?m)^#([a-z_]+:|  +\S)`).ReplaceAll(text, []byte("$1"))
		if bytes.Equal(optional, text) {
			t.Errorf("a new %s has nothing optional", kind.Name)
		}
		_, found = note.Parse(filepath.ToSlash(want), optional, note.Options{})
		for _, f := range found {
			if f.Rule != "fill-me" {
				t.Errorf("a new %s, all used: line %d: %s [%s]", kind.Name, f.Line, f.Message, f.Rule)
			}
		}
	}
	exit, out, said := do(t, dir, "check", "--strict", "--json")
	if exit != 0 && exit != exitFindings || !strings.Contains(out, `"fill-me"`) || strings.Contains(out, `"severity": "error"`) {
		t.Errorf("check of new notes: exit %d, %s %s", exit, out, said)
	}
}

// TestInterrupted holds the exit code of Ctrl-C.
func TestInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	t.Chdir(t.TempDir())
	if err := os.WriteFile("a.md", []byte("text"), 0o666); err != nil {
		t.Fatal(err)
	}
	var out, err bytes.Buffer
	if exit := run(ctx, []string{"build"}, nil, &out, &err); exit != exitInterrupted || err.String() != "" {
		t.Errorf("exit %d, %q", exit, err.String())
	}
	if _, err := os.Stat("site"); err == nil {
		t.Error("an interrupted build wrote a site")
	}
}

// A fullDisk takes nothing.
type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, syscall.ENOSPC }

// TestAnswersThatCannotBeWritten holds that nobody takes half a list for all
// of it, and that a reader who has seen enough is no failure.
func TestAnswersThatCannotBeWritten(t *testing.T) {
	t.Chdir(t.TempDir())
	put(t, ".", map[string]string{"a.md": "[x](gone.md)"})
	for _, args := range []string{"check", "check --json", "figures --json", "version", "help", "explain"} {
		var said bytes.Buffer
		exit := run(t.Context(), strings.Fields(args), nil, fullDisk{}, &said)
		if exit != exitIO || !strings.Contains(said.String(), "debrief: write to the terminal or file: no space left on device\n") {
			t.Errorf("%s: exit %d, %q", args, exit, said.String())
		}
	}
	r, w := io.Pipe()
	r.Close()
	if exit := run(t.Context(), []string{"version"}, nil, w, io.Discard); exit != 0 {
		t.Errorf("with nobody reading: exit %d", exit)
	}
}
