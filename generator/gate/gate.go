// Package gate reads every byte of a built site before others do, in the forms
// in which a reader or a machine would meet it, and says where something stands
// that must not be shown.
//
// It trusts nobody: what notes meant to say, and whether names were covered on
// the way, is not its business. It repairs nothing, for that would hide that
// something before it failed.
package gate

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"debrief/generator/cover"
	"debrief/generator/output"
	"debrief/generator/source"
	"debrief/generator/workers"
)

// Rules say what must not be shown, and what need not be read.
type Rules struct {
	Names   *cover.Names
	Canary  string                 // stands in every hidden note and part of a note; "" for none
	Own     func(output.File) bool // files that no note or theme of the author's reaches
	Allowed func(path string) bool // binary files that the author lets out by name
}

// A Leak is a place in a built file that shows what must not be shown, or a
// file of which nobody knows what it shows.
type Leak struct {
	File   string // of the site
	Note   string // the author's file that File is made of, where whoever asked knows; the gate does not
	Form   string // how it stands there: "as written", "as text", "in its name"
	Masked string // what was found, all but its first letter hidden; "" for a file that was not let through as a whole
	Entry  string // what forbids it, like "redact 2"
}

func (l Leak) String() string {
	place := l.File
	if l.Note != "" {
		place += " from " + l.Note
	}
	if l.Masked == "" {
		return fmt.Sprintf("%s: %s (%s)", place, l.Form, l.Entry)
	}
	return fmt.Sprintf("%s: holds %s %s (%s)", place, l.Masked, l.Form, l.Entry)
}

// Read reads every file and returns what it shows, by file; each thing once a
// file. A file that cannot be drawn is an error.
func Read(ctx context.Context, files output.Files, rules Rules) ([]Leak, error) {
	leaks := make([][]Leak, len(files))
	err := workers.Each(ctx, 0, len(files), func(i int) (err error) {
		leaks[i], err = rules.read(files[i])
		return err
	})
	if err != nil {
		return nil, err
	}
	return slices.Concat(leaks...), nil
}

func (r Rules) read(f output.File) ([]Leak, error) {
	if r.Own != nil && r.Own(f) {
		return nil, nil
	}
	data, err := f.Bytes()
	if err != nil {
		return nil, err
	}
	if len(data) > pieceSize {
		large.Lock() // each of them takes several times its size
		defer large.Unlock()
	}
	var leaks []Leak
	seen := make(map[string]bool)
	look := func(form form) {
		for _, found := range r.find(form.text) {
			if !seen[found.Entry] {
				seen[found.Entry] = true
				leaks = append(leaks, Leak{File: f.Path, Form: form.name, Masked: mask(found.Text), Entry: found.Entry})
			}
		}
	}
	if !isText(data) && !cleaned(f.Path, data) && (r.Allowed == nil || !r.Allowed(f.Path)) {
		leaks = append(leaks, Leak{File: f.Path, Form: "nobody can say what stands in it beside what it shows", Entry: "allow_attachments would let it out"})
		data = nil
	}
	look(form{"in its name", f.Path})
	for form := range formsOf(f.Path, data) {
		look(form)
	}
	return leaks, nil
}

var large sync.Mutex

// find is what a text shows that it must not.
func (r Rules) find(text string) []cover.Found {
	found := append(r.Names.Find(text), secretsIn(text)...)
	if r.Canary != "" && strings.Contains(strings.ToLower(text), r.Canary) {
		found = append(found, cover.Found{Text: r.Canary, Entry: "something hidden"})
	}
	return found
}

// cleaned reports a picture in which nothing but the picture is left.
func cleaned(name string, data []byte) bool {
	clean, ok := source.Scrub(name, data)
	return ok && bytes.Equal(clean, data)
}

func isText(data []byte) bool { return utf8.Valid(data) && bytes.IndexByte(data, 0) < 0 }

// mask hides a term but for its first letter: the message may end in a log
// that more people read than the site.
func mask(s string) string {
	first, _ := utf8.DecodeRuneInString(s)
	return fmt.Sprintf("%c… (%d characters)", first, utf8.RuneCountInString(s))
}
