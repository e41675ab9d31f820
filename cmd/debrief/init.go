package main

import (
	"bytes"
	"embed"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"debrief/content"
	"debrief/generator/note"
)

//go:embed init/debrief.yaml init/index.md init/pages.yml
var initTexts embed.FS

func (a *app) initCommand() *cobra.Command {
	var demo, pages bool
	c := &cobra.Command{
		Use:  "init [DIR]",
		Args: arguments(0, 1),
		RunE: func(_ *cobra.Command, args []string) error {
			dir := "."
			if len(args) == 1 {
				dir = args[0]
			} else if a.content != "" {
				dir = a.content
			}
			if !pages {
				return a.init(dir, demo)
			}
			w, err := workflowFor(dir)
			if err != nil {
				return err
			}
			if demo || !hasNotes(dir) {
				if err := a.init(dir, demo); err != nil {
					return err
				}
			}
			return a.addWorkflow(w)
		},
	}
	c.Flags().BoolVar(&demo, "demo", false, "")
	c.Flags().BoolVar(&pages, "github-pages", false, "")
	return c
}

// starters are the notes that a new handbook begins with: one of each kind
// that the others hang on.
var starters = []struct{ kind, title string }{
	{"incident", "The outage I know best"},
	{"story", "How I told it first"},
	{"playbook", "What I do when errors rise"},
	{"round", "Round 1"},
}

// init begins a handbook in dir. Nothing is written when any file of it is
// there already.
func (a *app) init(dir string, demo bool) error {
	dir = filepath.Clean(dir)
	files, err := newHandbook(demo)
	if err != nil {
		return err
	}
	if info, err := os.Stat(dir); err == nil && !info.IsDir() {
		return misused("%s is a file; `debrief init` wants a folder", dir)
	}
	var there []string
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if _, err := os.Lstat(filepath.Join(dir, filepath.FromSlash(name))); err == nil {
			there = append(there, name)
		}
	}
	if len(there) > 0 {
		return misused("nothing written: %s already has %s", dir, some(there, 5))
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return fmt.Errorf("begin the handbook: %w", err)
	}
	f, err := openFolder(dir, "content")
	if err != nil {
		return err
	}
	defer f.Close()
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if err := f.write(name, files[name]); err != nil {
			return fmt.Errorf("begin the handbook: %w", err)
		}
	}
	what := "a new handbook"
	if demo {
		what = "the example handbook"
	}
	a.say("wrote %s to %s (%s)", what, dir, plural(len(files), "file"))
	if dir == "." {
		a.say("next: `debrief serve`, then edit index.md")
	} else {
		a.say("next: `cd %s`, `debrief serve`, then edit index.md", shellQuoted(dir))
	}
	return nil
}

func newHandbook(demo bool) (map[string][]byte, error) {
	files := map[string][]byte{".gitignore": []byte("/" + defaultOut + "/\n")}
	if demo {
		return files, addDemo(files)
	}
	for _, name := range []string{"debrief.yaml", "index.md"} {
		text, err := initTexts.ReadFile("init/" + name)
		if err != nil {
			return nil, fmt.Errorf("begin the handbook: %w", err)
		}
		files[name] = text
	}
	for _, s := range starters {
		kind := note.KindNamed(s.kind)
		files[path.Join(kind.Dir, fileName(s.title))] = starter(kind, s.title)
	}
	return files, nil
}

var publicLine = regexp.MustCompile(`(?m)^visibility:[ \t]*(public|shared)[ \t]*\n`)

// addDemo adds the example handbook. Its notes are public, as our own site
// shows them; the copy is not: whoever writes their own outage over ours must
// not publish it by a line they never saw.
func addDemo(files map[string][]byte) error {
	return fs.WalkDir(content.Files(), ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := fs.ReadFile(content.Files(), p)
		if path.Ext(p) == ".md" {
			text = withoutVisibility(text)
		}
		files[p] = text
		return err
	})
}

// withoutVisibility drops the line from front matter; the same words in a
// note's text stay.
func withoutVisibility(text []byte) []byte {
	rest, ok := bytes.CutPrefix(text, []byte("---\n"))
	end := bytes.Index(rest, []byte("\n---\n"))
	if !ok || end < 0 {
		return text
	}
	front := publicLine.ReplaceAll(slices.Clone(rest[:end+1]), nil)
	return slices.Concat([]byte("---\n"), front, rest[end+1:])
}

// some names the first few of many.
func some(names []string, most int) string {
	if len(names) <= most {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), len(names)-most)
}

// shellQuoted is a path as one types it into a shell.
func shellQuoted(s string) string {
	if !strings.ContainsAny(s, " \t\"'\\$`&;|<>()*?[]#~!{}") {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}
