package output

import (
	"errors"
	"strings"
	"testing"
)

func TestFilesCheck(t *testing.T) {
	tests := []struct {
		paths []string
		want  string // part of the error; "" for none
	}{
		{[]string{"404.html", "a/b.html", "a/c.html", "ä.html", "日本/語.html"}, ""},
		{[]string{".nojekyll", "index.html"}, ""},
		{[]string{"a.html", "a.html"}, "two files"},
		{[]string{"b.html", "a.html"}, "not sorted"},
		{[]string{"About.html", "about.html"}, `"About.html" and "about.html" are one file`},
		{[]string{"STRASSE.html", "straße.html"}, "are one file"},
		{[]string{"e\u0301.html", "\u00e9.html"}, "are one file"},
		{[]string{"E\u0301/x.html", "\u00e9/x.html"}, "are one file"},
		{[]string{"a", "a/b.html"}, "needs a folder"},
		{[]string{"A", "a/b.html"}, "needs a folder"},
		{[]string{""}, "not a clean path"},
		{[]string{"."}, "not a clean path"},
		{[]string{"/etc/passwd"}, "not a clean path"},
		{[]string{"../x"}, "not a clean path"},
		{[]string{"a/../x"}, "not a clean path"},
		{[]string{"a//x"}, "not a clean path"},
		{[]string{"a/"}, "not a clean path"},
		{[]string{`a\b`}, "cannot have"},
		{[]string{"a\x00b"}, "cannot have"},
		{[]string{"a\nb"}, "cannot have"},
		{[]string{"\xff.html"}, "not a clean path"},
		{[]string{".git/config"}, "belongs to git"},
		{[]string{"x/.GIT/hooks/post-commit"}, "belongs to git"},
		{[]string{manifestName}, "kept for debrief"},
		{[]string{stagePrefix + "x/y"}, "kept for debrief"},
	}
	for _, test := range tests {
		var files Files
		for _, path := range test.paths {
			files = append(files, page(path, "x"))
		}
		err := files.Check()
		switch {
		case test.want == "" && err != nil:
			t.Errorf("Check(%q) = %v, want no error", test.paths, err)
		case test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)):
			t.Errorf("Check(%q) = %v, want an error that says %q", test.paths, err, test.want)
		}
	}
}

func TestFilesGet(t *testing.T) {
	files := site("a.html", "1", "b/c.html", "2", "b.html", "3")
	for _, path := range []string{"a.html", "b.html", "b/c.html"} {
		if f, ok := files.Get(path); !ok || f.Path != path {
			t.Errorf("Get(%q) = %q, %v, want the file", path, f.Path, ok)
		}
	}
	for _, path := range []string{"", "b", "b/", "c.html", "A.html"} {
		if f, ok := files.Get(path); ok {
			t.Errorf("Get(%q) = %q, want none", path, f.Path)
		}
	}
}

func TestBytesNamesTheFileThatCannotBeDrawn(t *testing.T) {
	failure := errors.New("no such template")
	for _, f := range []File{
		{Path: "stories/x.html", Draw: func() ([]byte, error) { return nil, failure }},
		{Path: "stories/x.html", Draw: func() ([]byte, error) { panic("index out of range") }},
	} {
		data, err := f.Bytes()
		if data != nil || err == nil || !strings.HasPrefix(err.Error(), "draw stories/x.html: ") {
			t.Errorf("Bytes() = %q, %v, want an error that names the file", data, err)
		}
	}
}

// page is a file with the given text.
func page(path, text string) File {
	return File{Path: path, Draw: func() ([]byte, error) { return []byte(text), nil }}
}

// site is the files of path, text, path, text, ….
func site(pairs ...string) Files {
	var files Files
	for i := 0; i < len(pairs); i += 2 {
		files = append(files, page(pairs[i], pairs[i+1]))
	}
	files.Sort()
	return files
}

func FuzzManifest(f *testing.F) {
	f.Add(manifest{files: map[string]sum{"a.html": {1}}, pending: map[string]sum{"b/c.html": {2}}}.encode())
	f.Add([]byte(`{"schema":1,"files":[{"path":"../x","sha256":""}]}`))
	f.Add([]byte(`{"schema":2}`))
	f.Add([]byte(`{`))
	f.Fuzz(func(t *testing.T, b []byte) {
		m, err := decodeManifest(b)
		if err != nil {
			return
		}
		again, err := decodeManifest(m.encode())
		if err != nil || string(again.encode()) != string(m.encode()) {
			t.Errorf("decode(encode(decode(%q))) = %v, want the same manifest", b, err)
		}
		for path := range m.files {
			if strings.HasPrefix(path, "/") || strings.Contains("/"+path+"/", "/../") {
				t.Errorf("a manifest may list %q", path)
			}
		}
	})
}
