// Package docs is what debrief says about its own rules: one page a rule,
// under the rule's name in rules/.
//
// The pages are for people, so nothing here knows how a rule works; that every
// rule has a page, and every page a rule, is held by a test of package check.
package docs

import (
	"embed"
	"io/fs"
	"path"
	"strings"
)

//go:embed rules/*.md
var pages embed.FS

// Rules returns the names of the rules that have a page, sorted.
func Rules() []string {
	files, err := fs.Glob(pages, "rules/*.md")
	if err != nil {
		panic(err) // the pattern is ours
	}
	names := make([]string, len(files))
	for i, file := range files {
		names[i] = strings.TrimSuffix(path.Base(file), ".md")
	}
	return names
}

// Rule returns the page about a rule; ok is false when there is none.
func Rule(name string) (page string, ok bool) {
	text, err := pages.ReadFile("rules/" + name + ".md")
	return string(text), err == nil
}

// Summary returns what a rule finds in one line, or "".
func Summary(name string) string {
	page, _ := Rule(name)
	for _, line := range strings.Split(page, "\n") {
		if line != "" && !strings.HasPrefix(line, "#") {
			return line
		}
	}
	return ""
}
