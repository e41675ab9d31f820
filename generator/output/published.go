package output

import (
	"crypto/sha256"
	"fmt"
)

// Manifest is the file by which a site is known again as ours: it lists the
// others. Write keeps it in every folder; whoever brings a site elsewhere adds
// it.
func (f Files) Manifest() (File, error) {
	m := manifest{files: make(map[string]sum, len(f))}
	for _, file := range f {
		data, err := file.Bytes()
		if err != nil {
			return File{}, err
		}
		m.files[file.Path] = sha256.Sum256(data)
	}
	listing := m.encode()
	return File{Path: manifestName, Draw: func() ([]byte, error) { return listing, nil }}, nil
}

// IsManifest reports whether a path of a site is that of its manifest.
func IsManifest(path string) bool { return path == manifestName }

// Supersedes tells which of the files in a place the site takes the place of,
// as Write does in a folder: those that the manifest among them lists. What
// somebody else put there stays, and so does what somebody has changed and the
// site no longer has. known is false when there is no manifest to be read.
func (f Files) Supersedes(there map[string][]byte) (old map[string][]byte, known bool) {
	listing, ok := there[manifestName]
	if !ok {
		return nil, false
	}
	m, err := decodeManifest(listing)
	if err != nil {
		return nil, false
	}
	old = make(map[string][]byte)
	for path, data := range there {
		_, stays := f.Get(path)
		if m.wrote(path, sha256.Sum256(data)) || stays && m.lists(path) {
			old[path] = data
		}
	}
	return old, true
}

// Beside reports whether the site can lie in a place beside other files that
// are not its own. The error names two of which one would have to be a folder.
func (f Files) Beside(others []string) error {
	folders := make(map[string]string) // and a file in each
	for _, file := range f {
		for dir := range ancestors(file.Path) {
			folders[dir] = file.Path
		}
	}
	for _, other := range others {
		if path, ok := folders[other]; ok {
			return fmt.Errorf("holds %q, which debrief did not write, where the site needs a folder for %q", other, path)
		}
		for dir := range ancestors(other) {
			if _, ok := f.Get(dir); ok {
				return fmt.Errorf("holds %q, which debrief did not write, where the site needs the file %q", other, dir)
			}
		}
	}
	return nil
}
