package output

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// manifestName is the list of what debrief wrote, kept in the site itself so
// that a moved or cloned site is still known as ours.
const manifestName = ".debrief-manifest.json"

// maxManifest bounds what is read as a manifest; ten thousand files need 1.5 MB.
const maxManifest = 64 << 20

type sum [sha256.Size]byte

// A manifest lists path and hash of what we wrote. Only such paths are ever
// deleted, and only while the hash matches.
type manifest struct {
	files   map[string]sum
	pending map[string]sum // a write in place is under way: these may be there already
}

type manifestJSON struct {
	Schema  int            `json:"schema"`
	Files   []manifestLine `json:"files"`
	Pending []manifestLine `json:"pending,omitempty"`
}

type manifestLine struct {
	Path   string `json:"path"`
	SHA256 string `json:"sha256"`
}

// lists reports whether the file at path, whatever it holds now, is one we wrote.
func (m manifest) lists(path string) bool {
	_, ok := m.files[path]
	if !ok {
		_, ok = m.pending[path]
	}
	return ok
}

// wrote reports whether these very bytes at path are ours.
func (m manifest) wrote(path string, s sum) bool {
	if was, ok := m.files[path]; ok && was == s {
		return true
	}
	was, ok := m.pending[path]
	return ok && was == s
}

// encode gives the manifest's bytes: the same for the same files, whoever
// built them, when and where.
func (m manifest) encode() []byte {
	lines := func(files map[string]sum) []manifestLine {
		list := make([]manifestLine, 0, len(files))
		for path, s := range files {
			list = append(list, manifestLine{path, hex.EncodeToString(s[:])})
		}
		slices.SortFunc(list, func(a, b manifestLine) int { return strings.Compare(a.Path, b.Path) })
		return list
	}
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ") // a line a fact: readable in a diff when the site is under version control
	if err := enc.Encode(manifestJSON{1, lines(m.files), lines(m.pending)}); err != nil {
		panic(err) // strings and numbers only
	}
	return []byte(b.String())
}

// readManifest reads the manifest of the site in dir. Without one the error is
// fs.ErrNotExist. What it lists is checked, for the folder may come from
// somebody else.
func readManifest(dir string) (manifest, error) {
	name := filepath.Join(dir, manifestName)
	info, err := os.Lstat(name)
	if err != nil {
		return manifest{}, err
	}
	if !info.Mode().IsRegular() {
		return manifest{}, fmt.Errorf("it is not a plain file")
	}
	f, err := os.Open(name)
	if err != nil {
		return manifest{}, err
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, maxManifest+1))
	if err != nil {
		return manifest{}, err
	}
	if len(b) > maxManifest {
		return manifest{}, fmt.Errorf("it is larger than %d MiB", maxManifest>>20)
	}
	return decodeManifest(b)
}

func decodeManifest(b []byte) (manifest, error) {
	var in manifestJSON
	if err := json.Unmarshal(b, &in); err != nil {
		return manifest{}, fmt.Errorf("it is damaged: %w", err)
	}
	if in.Schema != 1 {
		return manifest{}, fmt.Errorf("schema %d was written by another version of debrief", in.Schema)
	}
	index := func(lines []manifestLine) (map[string]sum, error) {
		files := make(map[string]sum, len(lines))
		for _, line := range lines {
			raw, err := hex.DecodeString(line.SHA256)
			if err != nil || len(raw) != sha256.Size || !fs.ValidPath(line.Path) || line.Path == "." {
				return nil, fmt.Errorf("it is damaged: %q", line.Path)
			}
			files[line.Path] = sum(raw)
		}
		return files, nil
	}
	files, err := index(in.Files)
	if err != nil {
		return manifest{}, err
	}
	pending, err := index(in.Pending)
	if err != nil {
		return manifest{}, err
	}
	return manifest{files, pending}, nil
}
