package render

import (
	"bytes"
	"io/fs"
	"os"
	"path"
	"strings"
	"testing"
	"testing/fstest"

	"debrief/generator/ready"
	"debrief/themes"
)

// TestAThemeIsLoadedOnce holds that a theme whose files are as they were is not
// read again; nor may reading it change what was read.
func TestAThemeIsLoadedOnce(t *testing.T) {
	var m Memory
	first, err := m.Load(themes.Default(), themes.Client())
	if err != nil {
		t.Fatal(err)
	}
	if second, err := m.Load(themes.Default(), themes.Client()); err != nil || second != first {
		t.Errorf("the same files gave another theme, %v", err)
	}
	own := fstest.MapFS{"assets/site.js": {Data: []byte("one()")}}
	third, err := m.Load(themes.Default(), own)
	if err != nil || third == first || string(third.assets["site.js"]()) != "one()" {
		t.Errorf("another file did not count: %v", err)
	}
}

// TestStylesAreReady holds the styles and scripts that were made before the
// program was compiled to what would be made of them now.
func TestStylesAreReady(t *testing.T) {
	files, err := filesOf([]fs.FS{themes.Default(), themes.Client()})
	if err != nil {
		t.Fatal(err)
	}
	assets := assetsOf(files)
	for name, content := range assets {
		if ext := path.Ext(name); ext != ".css" && ext != ".js" {
			continue
		}
		want := lightened(name, content)
		got := ready.Or(readyAs(name, content), func() []byte {
			if os.Getenv("CI") != "" {
				t.Errorf("%s is not ready; make ready", name)
			}
			return want
		})
		if !bytes.Equal(got, want) {
			t.Errorf("%s is ready as it was made of something else; make ready", name)
		}
	}
}

// TestLoadFindsBrokenTemplates holds that a broken theme is refused with the
// place of its fault before anything is drawn.
func TestLoadFindsBrokenTemplates(t *testing.T) {
	sound := fstest.MapFS{
		"templates/base.html": {Data: []byte(`<h1>{{.Title}}</h1>{{template "main" .}}`)},
		"templates/page.html": {Data: []byte(`{{define "main"}}text{{end}}`)},
	}
	if _, err := Load(sound); err != nil {
		t.Fatalf("a sound theme: %v", err)
	}
	for name, c := range map[string]struct{ file, text, want string }{
		"syntax":           {"templates/page.html", "{{define \"main\"}}\n{{if}}{{end}}", "page.html:2"},
		"unknown function": {"templates/page.html", `{{define "main"}}{{shout .Title}}{{end}}`, "shout"},
		"unknown template": {"templates/page.html", "{{define \"main\"}}\n{{with .Note}}{{template \"portrait\" .}}{{end}}{{end}}", `page.html:2:25: there is no template "portrait"`},
	} {
		_, err := Load(sound, fstest.MapFS{c.file: {Data: []byte(c.text)}})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q in it", name, err, c.want)
		}
	}
	if _, err := Load(fstest.MapFS{}); err == nil {
		t.Error("a theme without templates was taken")
	}
	// A theme comes from anybody: it shows what it is given, and there is no
	// way to ask for more.
	for _, name := range []string{"exec", "shell", "env", "getenv", "expandenv", "readFile", "readDir", "include", "file", "glob", "open", "import", "fetch", "getJSON", "http", "resources", "now", "safeHTML", "safeJS", "safeURL", "htmlSafe", "raw"} {
		_, err := Load(sound, fstest.MapFS{"templates/page.html": {Data: []byte(`{{define "main"}}{{` + name + ` "../x"}}{{end}}`)}})
		if err == nil || !strings.Contains(err.Error(), "not defined") {
			t.Errorf("templates can call %s: %v", name, err)
		}
	}
}
