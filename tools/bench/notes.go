package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"

	"debrief/tools/corpus"
)

// notesDir is where n notes lie.
func (b *bench) notesDir(n int) string { return filepath.Join(b.work, fmt.Sprint("notes-", n)) }

// writeNotes writes the notes anew, in a process of its own: Linux counts what
// a program held before it became another one, so this one has to stay small.
func (b *bench) writeNotes(n int) error {
	if err := b.aside(b.notesDir(n)); err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	c := exec.Command(self, "notes", b.notesDir(n), strconv.Itoa(n))
	c.Stderr = os.Stderr
	return c.Run()
}

func notes(dir, many string) error {
	n, err := strconv.Atoi(many)
	if err != nil {
		return err
	}
	for path, text := range corpus.Notes(n) {
		name := filepath.Join(dir, filepath.FromSlash(path))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(name, text, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// edited is the note that is changed.
const edited = "pages/note-2.md"

// An edit adds a sentence to a note that no other edit added.
type edit struct {
	file string
	text []byte
}

func (b *bench) edit(n int) (edit, error) {
	file := filepath.Join(b.notesDir(n), filepath.FromSlash(edited))
	text, err := os.ReadFile(file)
	return edit{file, text}, err
}

// sentence is what the i-th edit adds.
func sentence(i int) string { return fmt.Sprintf("Edit number %d was made.", i) }

func (e edit) make(i int) error {
	return os.WriteFile(e.file, append(e.text[:len(e.text):len(e.text)], "\n"+sentence(i)+"\n"...), 0o644)
}

func (e edit) undo() error { return os.WriteFile(e.file, e.text, 0o644) }
