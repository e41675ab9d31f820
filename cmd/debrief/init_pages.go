package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// workflowFile is where GitHub looks for it, from the root of a repository.
const workflowFile = ".github/workflows/debrief.yml"

// addWorkflow writes the workflow that publishes the handbook in dir, to the
// root of its repository. One that is there stays.
func (a *app) addWorkflow(dir string) error {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return fmt.Errorf("find the repository: %w", err)
	}
	root := repositoryOf(dir)
	if root == "" {
		root = dir // it is going to be one
	}
	content, err := filepath.Rel(root, dir)
	if err != nil {
		return fmt.Errorf("find the repository: %w", err)
	}
	if strings.ContainsAny(content, "'\"#:$`\\\n") {
		return misused("no workflow written: it cannot name the folder %s", content)
	}
	name := filepath.Join(root, filepath.FromSlash(workflowFile))
	text, err := initTexts.ReadFile("init/pages.yml")
	if err != nil {
		return fmt.Errorf("write the workflow: %w", err)
	}
	commit := built().Commit
	if commit == "" || built().Modified {
		commit = "main" // this program was built from no commit that could be named
	}
	text = []byte(strings.NewReplacer("{{commit}}", commit, "{{content}}", "'"+filepath.ToSlash(content)+"'").Replace(string(text)))
	if _, err := os.Lstat(name); err == nil {
		return misused("%s is there already and stays as it is", shown(name))
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		return fmt.Errorf("write the workflow: %w", err)
	}
	if err := os.WriteFile(name, text, 0o666); err != nil {
		return fmt.Errorf("write the workflow: %w", err)
	}
	a.say("wrote %s: each push publishes what says `visibility: public`", shown(name))
	a.say("do once: in it, say at DEBRIEF where debrief comes from; on GitHub, Settings, Pages, Source: GitHub Actions")
	a.say("anybody can read the site, also from a private repository; a public repository shows every note in it, whatever the note says")
	return nil
}
