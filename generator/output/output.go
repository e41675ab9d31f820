// Package output is a built site as files, and how they reach a disk.
//
// A site is a sorted list of files, each of which can be drawn when it is
// wanted. Write brings them to a folder in one step: the folder holds the old
// site or the new one, whatever happens in between, and nothing in it that
// debrief did not write is ever lost. What the files say, and which there are,
// belongs to packages page and render.
//
// How a write goes (write.go reads in this order):
//
//	target    is this a folder we may write to at all
//	lock      no other build is at it
//	tree      what lies there now, and which of it is ours (the manifest)
//	draw      every file, in parallel; what differs goes to a stage beside it
//	swap      the stage becomes the folder in one system call, or,
//	inplace   where there is no such call, file by file, index.html last
//	retire    the old tree is taken apart; only what we wrote is deleted
package output

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// A File is one file of a built site.
type File struct {
	// Path is slash-separated, relative and clean: "incidents/checkout.html".
	Path string
	// Draw returns the file's bytes, which nobody changes afterwards. It is a
	// pure function: safe to call concurrently and more than once, with the
	// same result each time.
	Draw func() ([]byte, error)
	// Lend, where there is one, lets somebody see the same bytes in memory that
	// is not theirs to keep. Most files are written and forgotten.
	Lend func(see func(data []byte) error) error
	// Last says that the file is made of what others say. Drawn after them it
	// need not draw them a second time.
	Last bool
}

// Bytes draws the file. A failure, even a panic of the drawing code, is an
// error that names the file: one broken page must not take the preview down.
func (f File) Bytes() (data []byte, err error) {
	defer func() {
		if p := recover(); p != nil {
			data, err = nil, fmt.Errorf("draw %s: %v", f.Path, p)
		}
	}()
	data, err = f.Draw()
	if err != nil {
		return nil, fmt.Errorf("draw %s: %w", f.Path, err)
	}
	return data, nil
}

// See draws the file for somebody who does not keep its bytes. It fails as
// Bytes does, and with the error of see.
func (f File) See(see func(data []byte) error) (err error) {
	if f.Lend == nil {
		data, err := f.Bytes()
		if err != nil {
			return err
		}
		return see(data)
	}
	var seen error
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("draw %s: %v", f.Path, p)
		}
	}()
	err = f.Lend(func(data []byte) error {
		seen = see(data)
		return seen
	})
	if err != nil && seen == nil {
		err = fmt.Errorf("draw %s: %w", f.Path, err)
	}
	return err
}

// Files is a site: its files, sorted by path, each path once.
type Files []File

// Sort brings the files into the order all functions here expect.
func (f Files) Sort() {
	slices.SortFunc(f, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
}

// With are the files and others, both sorted.
func (f Files) With(others Files) Files {
	if len(others) == 0 {
		return f
	}
	all := make(Files, 0, len(f)+len(others))
	for len(f) > 0 && len(others) > 0 {
		first := &f
		if strings.Compare(others[0].Path, f[0].Path) < 0 {
			first = &others
		}
		all, *first = append(all, (*first)[0]), (*first)[1:]
	}
	return append(append(all, f...), others...)
}

// drawing is the order in which to draw the files, as indices.
func (f Files) drawing() []int {
	order := make([]int, len(f))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case f[a].Last == f[b].Last:
			return 0
		case f[b].Last:
			return -1
		}
		return 1
	})
	return order
}

// Get returns the file at path.
func (f Files) Get(path string) (File, bool) {
	i, ok := slices.BinarySearchFunc(f, path, func(f File, path string) int {
		return strings.Compare(f.Path, path)
	})
	if !ok {
		return File{}, false
	}
	return f[i], true
}

// Check reports what would keep the files from living together in one folder
// on any file system: a path that leaves the folder, two paths that differ
// only by case or Unicode form, a file where another needs a folder.
func (f Files) Check() error {
	taken := make(map[string]string, len(f)) // folded path → path
	for i, file := range f {
		if err := checkPath(file.Path); err != nil {
			return err
		}
		if i > 0 && f[i-1].Path >= file.Path {
			if f[i-1].Path == file.Path {
				return fmt.Errorf("two files of the site are called %q", file.Path)
			}
			return fmt.Errorf("the files of the site are not sorted: %q comes after %q", file.Path, f[i-1].Path)
		}
		key := fold(file.Path)
		if other, ok := taken[key]; ok {
			return fmt.Errorf("%q and %q are one file on some systems", other, file.Path)
		}
		taken[key] = file.Path
	}
	for _, file := range f {
		for dir := range ancestors(file.Path) {
			if other, ok := taken[fold(dir)]; ok {
				return fmt.Errorf("%q is a file, and %q needs a folder of that name", other, file.Path)
			}
		}
	}
	return nil
}

// SamePaths reports whether both hold files of the same paths, whatever is in
// them: what Check found of one it would find of the other.
func (f Files) SamePaths(g Files) bool {
	return slices.EqualFunc(f, g, func(a, b File) bool { return a.Path == b.Path })
}

func checkPath(path string) error {
	switch {
	case !fs.ValidPath(path) || path == ".":
		return fmt.Errorf("%q is not a clean path inside the site", path)
	case strings.ContainsFunc(path, func(r rune) bool { return r == '\\' || r < ' ' || r == 0x7f }):
		return fmt.Errorf("%q holds a character that file names cannot have everywhere", path)
	case path == manifestName || strings.HasPrefix(path, stagePrefix):
		return fmt.Errorf("%q is a name kept for debrief itself", path)
	}
	for segment := range strings.SplitSeq(path, "/") {
		if strings.EqualFold(segment, ".git") {
			return fmt.Errorf("%q lies in a folder that belongs to git", path)
		}
	}
	return nil
}

var caseFold = cases.Fold()

// fold maps paths that some file system takes for the same to one key.
func fold(path string) string {
	if isASCII(path) {
		return strings.ToLower(path)
	}
	return norm.NFC.String(caseFold.String(norm.NFC.String(path)))
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// ancestors yields the folders above path, nearest first: "a/b/c" → "a/b", "a".
func ancestors(path string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for {
			i := strings.LastIndexByte(path, '/')
			if i < 0 {
				return
			}
			path = path[:i]
			if !yield(path) {
				return
			}
		}
	}
}
