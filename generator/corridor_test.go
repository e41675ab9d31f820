package generator_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"debrief/generator/note"
	"debrief/generator/source"
)

// row is the corridor: data walks from left to right, and a package imports
// only what stands to its left.
var row = strings.Fields("workers ready diag measure source cover front cache lex prose note handbook claim check chart page sheet output render gate")

// beside is what stands outside the row, with the rooms it may enter.
var beside = map[string][]string{
	"watch":   {},
	"preview": {"diag", "output"},
	"publish": {"diag", "output"},

	"browsertest": {}, // imported by tests alone
}

// walls are the libraries that one folder hides from all others; those with
// none are for tests.
var walls = map[string][]string{
	"github.com/yuin/goldmark":     {"generator/prose"},
	"go.abhg.dev/goldmark":         {"generator/prose"},
	"github.com/alecthomas/chroma": {"generator/lex", "generator/prose"},
	"github.com/dlclark/regexp2":   {"generator/lex"},
	"go.yaml.in/yaml":              {"generator/front"},
	"github.com/fsnotify/fsnotify": {"generator/watch"},
	"github.com/gofrs/flock":       {"generator/output"},
	"github.com/ledongthuc/pdf":    {"generator/gate"},
	"github.com/spf13/cobra":       {"cmd/debrief"},
	"github.com/evanw/esbuild":     {"themes/client"},
	"golang.org/x/image":           {"generator/sheet/face"},
	"github.com/chromedp":          {"generator/browsertest"},
	"github.com/rogpeppe":          {},
	"github.com/google/go-cmp":     {},
	"pgregory.net/rapid":           {},

	// Nothing else asks the network or starts a program, whatever notes say.
	"net/http": {"generator/preview", "cmd/debrief"},
	"os/exec":  {"generator/publish", "generator/browsertest", "cmd/debrief"},
}

func TestImportsGoOnlyToTheLeft(t *testing.T) {
	for room, imports := range importsBelow(t, ".") {
		name, _, _ := strings.Cut(room, "/")
		at := slices.Index(row, name)
		mayEnter, isBeside := beside[name]
		switch {
		case room == ".": // the builder knows all rooms of the row
			for _, to := range ours(imports) {
				if to != "themes" && !slices.Contains(row, firstOf(strings.TrimPrefix(to, "generator/"))) {
					t.Errorf("generator imports %s, which is outside the row", to)
				}
			}
			continue
		case at >= 0:
			mayEnter = row[:at]
		case !isBeside:
			t.Errorf("generator/%s stands in no row: give it a place in DESIGN and here", room)
			continue
		}
		for _, to := range ours(imports) {
			room, inside := strings.CutPrefix(to, "generator/")
			if !inside || firstOf(room) != name && !slices.Contains(mayEnter, firstOf(room)) {
				t.Errorf("%s imports %s; it may import only %s", name, to, strings.Join(mayEnter, " "))
			}
		}
	}
}

func firstOf(p string) string {
	first, _, _ := strings.Cut(p, "/")
	return first
}

// TestNothingOfTheGeneratorNeedsTheCommand holds the other direction: the
// command stands at the end, and what is only data imports nothing of ours.
func TestNothingOfTheGeneratorNeedsTheCommand(t *testing.T) {
	for dir, may := range map[string][]string{
		"../cmd/debrief": {"generator", "content", "docs", "themes"},
		"../content":     {},
		"../docs":        {},
		"../themes":      {},
	} {
		if _, err := os.Stat(dir); err != nil {
			continue
		}
		for room, imports := range importsBelow(t, dir) {
			for _, to := range ours(imports) {
				if !slices.Contains(may, firstOf(to)) && !(room != "." && firstOf(to) == path.Base(dir)) {
					t.Errorf("%s imports %s; it may import only %v", path.Join(dir, room), to, may)
				}
			}
		}
	}
}

func TestLibrariesStayBehindTheirWalls(t *testing.T) {
	for _, top := range []string{".", "../cmd", "../content", "../docs", "../themes"} {
		if _, err := os.Stat(top); err != nil {
			continue
		}
		for room, imports := range importsBelow(t, top) {
			where := path.Join("generator", top, room)
			for _, to := range imports {
				for library, allowed := range walls {
					if (to == library || strings.HasPrefix(to, library+"/")) && !slices.Contains(allowed, where) {
						t.Errorf("%s imports %s, which only %v may know", where, to, allowed)
					}
				}
			}
		}
	}
}

// ours keeps the imports of this module, relative to it.
func ours(imports []string) []string {
	var kept []string
	for _, to := range imports {
		if own, ok := strings.CutPrefix(to, "debrief/"); ok {
			kept = append(kept, own)
		}
	}
	return kept
}

// importsBelow reads the imports of every package below dir, tests left out:
// a test may look from outside.
func importsBelow(t *testing.T, dir string) map[string][]string {
	t.Helper()
	found := make(map[string][]string)
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && p != dir && (d.Name() == "testdata" || d.Name() == "node_modules" || strings.HasPrefix(d.Name(), ".")) {
			return fs.SkipDir
		}
		if d.IsDir() || filepath.Ext(p) != ".go" || strings.HasSuffix(p, "_test.go") {
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), p, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, filepath.Dir(p))
		if err != nil {
			return err
		}
		room := filepath.ToSlash(rel)
		for _, spec := range file.Imports {
			to, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			if !slices.Contains(found[room], to) {
				found[room] = append(found[room], to)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// TestEveryKindHasAnExample holds the promise that a new kind of note comes
// with one to copy.
func TestEveryKindHasAnExample(t *testing.T) {
	folder, _, err := source.List(example(), source.Options{})
	if err != nil {
		t.Fatal(err)
	}
	examples := make(map[*note.Kind]int)
	for _, p := range folder.Notes {
		text, _, err := folder.Read(p)
		if err != nil {
			t.Fatal(err)
		}
		n, _ := note.Parse(p, text, note.Options{})
		examples[n.Kind]++
	}
	for _, kind := range note.Kinds {
		if examples[kind] == 0 {
			t.Errorf("content/ has no example of a %s", kind.Name)
		}
	}
}

// TestFewModules holds how many modules the program is made of, beside Go's
// own: whoever adds one says here that it is worth it.
func TestFewModules(t *testing.T) {
	const most = 17
	out, err := exec.Command("go", "list", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}}{{end}}{{end}}", "../cmd/debrief").Output()
	if err != nil {
		t.Skipf("no go here: %v", err)
	}
	modules := slices.Compact(slices.Sorted(strings.SplitSeq(strings.TrimSpace(string(out)), "\n")))
	modules = slices.DeleteFunc(modules, func(m string) bool { return m == "" })
	if len(modules) > most || len(modules) < 10 {
		t.Errorf("%d modules, want at most %d: %s", len(modules), most, strings.Join(modules, " "))
	}
}
