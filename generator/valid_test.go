package generator_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"debrief/generator"
	"debrief/generator/note"
)

// TestValidHTML holds every page of the example to the standard, by
// html-validate.
func TestValidHTML(t *testing.T) {
	program := filepath.Join(tool(t, "html-validate"), "bin", "html-validate.mjs")
	if testing.Short() {
		t.Skip("-short")
	}
	dir, r := onDisk(t, &generator.Builder{Content: example()})
	arguments := []string{program, "--config", "../themes/client/.htmlvalidate.json", "--formatter", "text"}
	for _, p := range r.Site.Pages {
		arguments = append(arguments, filepath.Join(dir, filepath.FromSlash(p.File)))
	}
	if out, err := exec.Command("node", arguments...).CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, strings.ReplaceAll(string(out), dir+"/", ""))
	}
}

// TestNuChecker holds every page of the example, for its author and for all,
// to the standard by the checker that the W3C runs.
func TestNuChecker(t *testing.T) {
	checker := filepath.Join(tool(t, "vnu-jar"), "build", "dist", "vnu.jar")
	if testing.Short() {
		t.Skip("-short")
	}
	java, err := exec.LookPath("java")
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("no Java: this test must run in CI; `make test` installs it")
		}
		t.Skip("no Java; `make test` installs it")
	}
	top := t.TempDir()
	for _, profile := range []note.Visibility{note.Private, note.Public} {
		dir, r := onDisk(t, &generator.Builder{Content: example(), Profile: profile})
		if len(r.Site.Pages) < 100 {
			t.Fatalf("only %d pages", len(r.Site.Pages))
		}
		if err := os.Rename(dir, filepath.Join(top, profile.String())); err != nil {
			t.Fatal(err)
		}
	}
	// A page on a disk has no origin, so it warns that 'self' lets nothing in.
	out, err := exec.Command(java, "-jar", checker, "--skip-non-html", "--filterpattern", `.*violates Content Security Policy.*`, top).CombinedOutput()
	if said := strings.ReplaceAll(string(out), "file:"+top+"/", ""); err != nil || said != "" {
		t.Errorf("%v\n%s", err, said)
	}
}
