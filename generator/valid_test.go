package generator_test

import (
	"io/fs"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"debrief/generator"
)

// TestValidHTML holds every page of the example to the standard, by
// html-validate.
func TestValidHTML(t *testing.T) {
	program := filepath.Join(tool(t, "html-validate"), "bin", "html-validate.mjs")
	if testing.Short() {
		t.Skip("-short")
	}
	dir, _ := onDisk(t, &generator.Builder{Content: example()})
	arguments := []string{program, "--config", "../themes/client/.htmlvalidate.json", "--formatter", "text"}
	err := filepath.WalkDir(dir, func(file string, _ fs.DirEntry, err error) error {
		if strings.HasSuffix(file, ".html") {
			arguments = append(arguments, file)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("node", arguments...).CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, strings.ReplaceAll(string(out), dir+"/", ""))
	}
}
