package main

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/spf13/cobra"

	"debrief/generator/diag"
	"debrief/generator/note"
)

//go:embed new
var newTexts embed.FS

func (a *app) newCommand() *cobra.Command {
	return &cobra.Command{
		Use:  "new KIND TITLE",
		Args: arguments(2, -1),
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			var kinds []string
			for _, k := range note.Kinds {
				kinds = append(kinds, k.Name+"\t"+k.One)
			}
			return kinds, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, args []string) error {
			return a.newNote(args[0], strings.Join(args[1:], " "))
		},
	}
}

// newNote writes a note to fill in. It never writes over one.
func (a *app) newNote(kindName, title string) error {
	kind := note.KindNamed(strings.ToLower(kindName))
	if kind == nil {
		if near := diag.Near(kindName, note.KindNames()); near != "" {
			return misused("no kind of note is called %q; did you mean %q?", kindName, near)
		}
		return misused("no kind of note is called %q; kinds are %s", kindName, either(note.KindNames()))
	}
	title = strings.Join(strings.Fields(title), " ")
	name := fileName(title)
	if name == "" {
		return misused("%q holds no letter or digit, so there is no name for the file", title)
	}
	f, err := a.open()
	if err != nil {
		return err
	}
	defer f.Close()
	at := path.Join(kind.Dir, name)
	shown := filepath.FromSlash(f.prefix() + at)
	switch err := f.write(at, starter(kind, title)); {
	case errors.Is(err, fs.ErrExist):
		return misused("%s is there already; choose another title", shown)
	case err != nil:
		return fmt.Errorf("write the note: %w", err)
	}
	fmt.Fprintln(a.out, shown)
	a.say("fill in what says \"fill me\"; `debrief check %s` lists what is left", shown)
	return nil
}

// fileName is the file that a note of that title is written to, or "". A note
// called index or readme would become the page of its folder.
func fileName(title string) string {
	slug := note.Slug(title)
	switch slug {
	case "":
		return ""
	case "index", "_index", "readme":
		slug += "-note"
	}
	return slug + ".md"
}

// write makes a new file in the folder, and the folders it lies in.
func (f *folder) write(at string, text []byte) error {
	name := filepath.FromSlash(at)
	if err := f.root.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		return err
	}
	file, err := f.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	_, err = file.Write(text)
	if err = errors.Join(err, file.Close()); err != nil {
		f.root.Remove(name) // half a note would stand in the way of the next try
	}
	return err
}

var keyOf = regexp.MustCompile(`(?m)^#?([a-z_]+):`)

// starter is the text of a new note: its kind's template in new/, with the
// fields that any note may have, unless the kind has its own of that name.
func starter(kind *note.Kind, title string) []byte {
	text := template(kind.Name + ".md")
	own := make(map[string]bool)
	for _, m := range keyOf.FindAllStringSubmatch(text, -1) {
		own[m[1]] = true
	}
	var common strings.Builder
	for line := range strings.Lines(template("common.txt")) {
		if m := keyOf.FindStringSubmatch(line); m == nil || !own[m[1]] {
			common.WriteString(line)
		}
	}
	quoted, err := json.Marshal(title) // what JSON quotes, YAML reads
	if err != nil {
		panic(err) // a string always can
	}
	return []byte(strings.NewReplacer("{{title}}", string(quoted), "{{common}}", common.String()).Replace(text))
}

func template(name string) string {
	text, err := newTexts.ReadFile("new/" + name)
	if err != nil {
		panic(fmt.Sprintf("no template for a new note: %v", err)) // a test holds that each kind has one
	}
	return string(text)
}
