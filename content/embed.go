// Package content is the example handbook, for `debrief init --demo`.
//
// To read, to serve and to publish the example, use the folder; this is only
// the copy inside the program.
package content

import (
	"embed"
	"io/fs"
	"path"
)

//go:embed *
var embedded embed.FS

// Files returns the example handbook's files: notes, settings, attachments.
func Files() fs.FS { return noCode{embedded} }

// noCode is a folder without this file.
type noCode struct{ embed.FS }

func (n noCode) Open(name string) (fs.File, error) {
	if path.Ext(name) == ".go" {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return n.FS.Open(name)
}

func (n noCode) ReadFile(name string) ([]byte, error) {
	if path.Ext(name) == ".go" {
		return nil, &fs.PathError{Op: "read", Path: name, Err: fs.ErrNotExist}
	}
	return n.FS.ReadFile(name)
}

func (n noCode) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := n.FS.ReadDir(name)
	kept := entries[:0:0]
	for _, e := range entries {
		if path.Ext(e.Name()) != ".go" {
			kept = append(kept, e)
		}
	}
	return kept, err
}
