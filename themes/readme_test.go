package themes_test

import (
	"context"
	"maps"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"debrief/generator"
	"debrief/generator/render"
)

// TestReadmeKnowsEveryField holds README.md to what templates see: each field
// of each page's data has its line under its type's heading, and no line is
// left from a field that is gone.
func TestReadmeKnowsEveryField(t *testing.T) {
	r, err := (&generator.Builder{Content: os.DirFS("../content")}).Build(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	told := readme(t)
	seen := make(map[reflect.Type]bool)
	seeView(t, told)
	see(t, told, seen, reflect.TypeOf(r.Site))
	for _, p := range r.Site.Pages {
		see(t, told, seen, reflect.TypeOf(p))
		see(t, told, seen, reflect.TypeOf(p.Data()))
	}
	for of := range seen {
		for name := range told[of.Name()] {
			_, field := of.FieldByName(name)
			_, method := reflect.PointerTo(of).MethodByName(name)
			if !field && !method {
				t.Errorf("README.md tells of %s.%s, which is gone", of.Name(), name)
			}
		}
	}
}

// TestReadmeKnowsEveryToken holds the table of tokens to the style sheet.
func TestReadmeKnowsEveryToken(t *testing.T) {
	css, err := os.ReadFile("default/assets/css/00-tokens.css")
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(text), "| token | is |")
	table, _, _ = strings.Cut(table, "\n\n")
	told := make(map[string]bool)
	for _, m := range regexp.MustCompile("`([\\w-]+)`").FindAllStringSubmatch(table, -1) {
		told[m[1]] = true
	}
	has := make(map[string]bool)
	for _, m := range regexp.MustCompile(`--([\w-]+):`).FindAllSubmatch(css, -1) {
		has[string(m[1])] = true
	}
	if !maps.Equal(told, has) {
		t.Errorf("README.md tells of the tokens %v, the style sheet has %v", slices.Sorted(maps.Keys(told)), slices.Sorted(maps.Keys(has)))
	}
}

// TestReadmeKnowsEveryTemplate holds that each file one may replace is told of.
func TestReadmeKnowsEveryTemplate(t *testing.T) {
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	files, err := os.ReadDir("default/templates")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if !strings.Contains(string(text), f.Name()) {
			t.Errorf("README.md does not tell of %s", f.Name())
		}
	}
}

// see checks a type of package page or chart and those it leads to.
func see(t *testing.T, told map[string]map[string]bool, seen map[reflect.Type]bool, of reflect.Type) {
	for of.Kind() == reflect.Pointer || of.Kind() == reflect.Slice {
		of = of.Elem()
	}
	if of.Kind() != reflect.Struct || of.PkgPath() != "debrief/generator/page" && of.PkgPath() != "debrief/generator/chart" || seen[of] {
		return
	}
	seen[of] = true
	for i := range of.NumField() {
		f := of.Field(i)
		if !f.IsExported() {
			continue
		}
		if !told[of.Name()][f.Name] {
			t.Errorf("themes/README.md does not say what %s.%s is", of.Name(), f.Name)
		}
		see(t, told, seen, f.Type)
	}
}

func seeView(t *testing.T, told map[string]map[string]bool) {
	view := reflect.TypeFor[*render.View]()
	for i := range view.NumMethod() {
		if name := view.Method(i).Name; !told["View"][name] {
			t.Errorf("themes/README.md does not say what View.%s does", name)
		}
	}
	for name := range told["View"] {
		_, field := view.Elem().FieldByName(name)
		_, method := view.MethodByName(name)
		if !field && !method {
			t.Errorf("README.md tells of View.%s, which is gone", name)
		}
	}
}

var line = regexp.MustCompile("(?m)^(?:### (\\w+)|- `(\\w+)`: .+)$")

// readme returns the names listed under each heading.
func readme(t *testing.T) map[string]map[string]bool {
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	told := make(map[string]map[string]bool)
	under := ""
	for _, m := range line.FindAllStringSubmatch(string(text), -1) {
		if m[1] != "" {
			under = m[1]
			told[under] = make(map[string]bool)
			continue
		}
		told[under][m[2]] = true
	}
	return told
}
