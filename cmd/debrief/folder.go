package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"debrief/generator/diag"
	"debrief/generator/source"
)

// defaultOut is where a site is built when nobody says where.
const defaultOut = "site"

// A folder is a folder of the user's, opened so that nothing outside it can
// be read, whatever a symbolic link inside it says.
type folder struct {
	dir  string // as the user would say it
	root *os.Root
}

func (f *folder) Close()       { f.root.Close() }
func (f *folder) files() fs.FS { return plainFiles{f.root} }

// plainFiles are the folders and the plain files below a root. Reading a pipe
// would wait for whoever writes to it, and a device may have no end.
type plainFiles struct{ root *os.Root }

// Open opens a file or a folder.
func (p plainFiles) Open(name string) (fs.File, error) {
	refuse := func(err error) error { return &fs.PathError{Op: "open", Path: name, Err: err} }
	if !fs.ValidPath(name) {
		return nil, refuse(fs.ErrInvalid)
	}
	f, err := p.root.OpenFile(filepath.FromSlash(name), os.O_RDONLY|dontWait, 0)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err == nil && !info.IsDir() && !info.Mode().IsRegular() {
		err = refuse(errNoPlainFile)
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

var errNoPlainFile = errors.New("it is no plain file")

// Stat says what a name leads to, without opening it.
func (p plainFiles) Stat(name string) (fs.FileInfo, error) { return fs.Stat(p.root.FS(), name) }

// Lstat says what a name is, be it a link.
func (p plainFiles) Lstat(name string) (fs.FileInfo, error) {
	return p.root.Lstat(filepath.FromSlash(name))
}

// ReadLink belongs to Lstat: package fs asks for both or follows links.
func (p plainFiles) ReadLink(name string) (string, error) {
	return p.root.Readlink(filepath.FromSlash(name))
}

var _ fs.ReadLinkFS = plainFiles{}

// prefix stands before the paths of notes, so that a click opens them.
func (f *folder) prefix() string {
	if f.dir == "." {
		return ""
	}
	return filepath.ToSlash(f.dir) + "/"
}

// open opens the folder of the notes.
func (a *app) open() (*folder, error) {
	dir := a.content
	if dir == "" {
		dir = "."
		if info, err := os.Stat("content"); err == nil && info.IsDir() {
			dir = "content"
		}
	}
	return openFolder(dir, "content")
}

// openFolder opens dir, which flag names.
func openFolder(dir, flag string) (*folder, error) {
	dir = filepath.Clean(dir)
	info, err := os.Stat(dir)
	switch {
	case err == nil && !info.IsDir():
		return nil, misused("%s is a file; --%s wants a folder", dir, flag)
	case isMissing(err):
		if near := nearFile(dir); near != "" {
			return nil, misused("there is no folder %s; did you mean %s?", dir, near)
		}
		return nil, misused("there is no folder %s", dir)
	case err != nil:
		return nil, fmt.Errorf("open the folder: %w", err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("open the folder: %w", err)
	}
	return &folder{dir, root}, nil
}

// hasNotes reports whether a folder is a handbook already.
func hasNotes(dir string) bool {
	f, err := openFolder(dir, "content")
	if err != nil {
		return false
	}
	defer f.Close()
	found, _, err := source.List(f.files(), source.Options{})
	return err == nil && len(found.Notes) > 0
}

// nearFile is what beside a missing path was most likely meant, or "".
func nearFile(name string) string {
	dir, base := filepath.Split(name)
	entries, err := os.ReadDir(filepath.Join(".", dir))
	if err != nil {
		return ""
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	if near := diag.Near(base, names); near != "" {
		return dir + near
	}
	return ""
}

// inside returns the path of name within the folder, slash-separated, or ""
// when it lies elsewhere. It need not exist. Folders are compared by identity,
// so that a symbolic link or another spelling leads to the same answer.
func (f *folder) inside(name string) (string, error) {
	want, err := f.root.Stat(".")
	if err != nil {
		return "", fmt.Errorf("look at the folder: %w", err)
	}
	at, err := filepath.Abs(name)
	if err != nil {
		return "", fmt.Errorf("find %s: %w", name, err)
	}
	for rest := ""; ; {
		if info, err := os.Stat(at); err == nil && os.SameFile(info, want) {
			if rest == "" {
				return ".", nil
			}
			return rest, nil
		}
		up := filepath.Dir(at)
		if up == at {
			return "", nil
		}
		rest = path.Join(filepath.Base(at), rest)
		at = up
	}
}

// note returns the path within the folder of a note or folder that the user
// named: from where they stand, or from the content root.
func (f *folder) note(name string) (string, error) {
	if _, err := os.Stat(name); err == nil {
		if p, err := f.inside(name); err != nil || p != "" {
			return p, err
		}
	}
	p := path.Clean(filepath.ToSlash(name))
	if fs.ValidPath(p) {
		if _, err := f.root.Stat(filepath.FromSlash(p)); err == nil {
			return p, nil
		}
	}
	if _, err := os.Stat(name); err == nil {
		return "", misused("%s is not one of the notes in %s", name, f.dir)
	} else if !errors.Is(err, fs.ErrNotExist) && !isMissing(err) {
		return "", fmt.Errorf("look at the note: %w", err)
	}
	near := nearFile(name)
	if near == "" {
		near = nearFile(filepath.Join(f.dir, name))
	}
	if near != "" {
		return "", misused("there is no note or folder %s; did you mean %s?", name, near)
	}
	return "", misused("there is no note or folder %s", name)
}

// repositoryPrefix is what stands before paths of notes when they are counted
// from the root of the repository, as code hosts do.
func (f *folder) repositoryPrefix() string {
	dir, err := filepath.Abs(f.dir)
	if err != nil {
		return f.prefix()
	}
	top := os.Getenv("GITHUB_WORKSPACE")
	if top == "" {
		if top = repositoryOf(dir); top == "" {
			return f.prefix()
		}
	}
	rel, err := filepath.Rel(top, dir)
	if err != nil || rel == ".." || strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
		return f.prefix()
	}
	if rel == "." {
		return ""
	}
	return filepath.ToSlash(rel) + "/"
}

// repositoryOf is the root of the git repository that a folder lies in, "" when
// it lies in none. dir is absolute.
func repositoryOf(dir string) string {
	for p := dir; ; p = filepath.Dir(p) {
		if _, err := os.Stat(filepath.Join(p, ".git")); err == nil {
			return p
		}
		if p == filepath.Dir(p) {
			return ""
		}
	}
}
