package main

import (
	"os"
	"regexp"
	"slices"
	"testing"

	"go.yaml.in/yaml/v4"
)

// TestWorkflow holds that the workflow which users get may do no more than it
// must, and runs the very actions that our own site is published with.
func TestWorkflow(t *testing.T) {
	text, err := initTexts.ReadFile("init/pages.yml")
	if err != nil {
		t.Fatal(err)
	}
	type job struct {
		Permissions map[string]string `yaml:"permissions"`
		Timeout     int               `yaml:"timeout-minutes"`
		Steps       []struct {
			Uses string            `yaml:"uses"`
			Run  string            `yaml:"run"`
			With map[string]string `yaml:"with"`
		} `yaml:"steps"`
	}
	var w struct {
		Permissions map[string]string `yaml:"permissions"`
		Concurrency map[string]any    `yaml:"concurrency"`
		Jobs        map[string]job    `yaml:"jobs"`
	}
	if err := yaml.Unmarshal(text, &w); err != nil {
		t.Fatal(err)
	}
	own, err := os.ReadFile("../../.github/workflows/pages.yml")
	if err != nil {
		t.Fatal(err)
	}
	uses := regexp.MustCompile(`uses: (\S+)`)
	var ours []string
	for _, m := range uses.FindAllStringSubmatch(string(own), -1) {
		ours = append(ours, m[1])
	}
	if w.Permissions == nil || len(w.Permissions) > 0 || w.Concurrency["group"] != "pages" {
		t.Errorf("permissions %v, concurrency %v; want none to begin with, and one group", w.Permissions, w.Concurrency)
	}
	for name, allowed := range map[string]map[string]string{"build": {"contents": "read"}, "deploy": {"pages": "write", "id-token": "write"}} {
		j := w.Jobs[name]
		if j.Timeout == 0 || len(j.Permissions) != len(allowed) {
			t.Errorf("job %s: permissions %v, want %v; timeout %d", name, j.Permissions, allowed, j.Timeout)
		}
		for scope, level := range allowed {
			if j.Permissions[scope] != level {
				t.Errorf("job %s: %s is %q, want %q", name, scope, j.Permissions[scope], level)
			}
		}
		for _, step := range j.Steps {
			if step.Uses != "" && (!slices.Contains(ours, step.Uses) || !regexp.MustCompile(`@[0-9a-f]{40}$`).MatchString(step.Uses)) {
				t.Errorf("job %s uses %s; our own site uses %v", name, step.Uses, ours)
			}
			if regexp.MustCompile(`checkout@`).MatchString(step.Uses) && step.With["persist-credentials"] != "false" {
				t.Errorf("job %s keeps credentials", name)
			}
			if regexp.MustCompile(`\$\{\{`).MatchString(step.Run) {
				t.Errorf("job %s: %q puts an expression into a shell", name, step.Run)
			}
		}
	}
	if len(w.Jobs) != 2 {
		t.Errorf("%d jobs", len(w.Jobs))
	}
}
