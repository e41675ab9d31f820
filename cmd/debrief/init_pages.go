package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// workflowFile is where GitHub looks for it, from the root of a repository.
const workflowFile = ".github/workflows/debrief.yml"

// A workflow publishes a handbook from GitHub.
type workflow struct {
	name string // of the file, at the root of the repository
	text []byte
}

// workflowFor makes the workflow of the handbook in dir, which need not be
// there yet. Nothing is written; a file in its place stays.
func workflowFor(dir string) (*workflow, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("find the repository: %w", err)
	}
	root := repositoryOf(dir)
	if root == "" {
		root = dir // it is going to be one
	}
	content, err := filepath.Rel(root, dir)
	if err != nil {
		return nil, fmt.Errorf("find the repository: %w", err)
	}
	if strings.ContainsAny(content, "'\"#:$`\\\n") {
		return nil, misused("no workflow written: it cannot name the folder %s", content)
	}
	name := filepath.Join(root, filepath.FromSlash(workflowFile))
	text, err := initTexts.ReadFile("init/pages.yml")
	if err != nil {
		return nil, fmt.Errorf("write the workflow: %w", err)
	}
	commit := built().Commit
	if commit == "" || built().Modified {
		commit = "main" // this program was built from no commit that could be named
	}
	text = []byte(strings.NewReplacer("{{commit}}", commit, "{{content}}", "'"+filepath.ToSlash(content)+"'").Replace(string(text)))
	if _, err := os.Lstat(name); err == nil {
		return nil, misused("%s is there already and stays as it is", shown(name))
	}
	return &workflow{name, text}, nil
}

// addWorkflow writes a workflow.
func (a *app) addWorkflow(w *workflow) error {
	if err := os.MkdirAll(filepath.Dir(w.name), 0o777); err != nil {
		return fmt.Errorf("write the workflow: %w", err)
	}
	if err := os.WriteFile(w.name, w.text, 0o666); err != nil {
		return fmt.Errorf("write the workflow: %w", err)
	}
	a.say("wrote %s: each push publishes what says `visibility: public`", shown(w.name))
	a.say("do once: in it, say at DEBRIEF where debrief comes from; on GitHub, Settings, Pages, Source: GitHub Actions")
	a.say("anybody can read the site, also from a private repository; a public repository shows every note in it, whatever the note says")
	return nil
}
