package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"

	"debrief/generator/diag"
)

// A baseline is what a handbook's author has decided to live with: findings
// that `debrief check --baseline` leaves out. A finding is known by its rule,
// its note and its words; lines move.
type baseline struct {
	Schema   int             `json:"schema"`
	Findings []knownFindings `json:"findings"`
}

// knownFindings are findings that only their lines tell apart.
type knownFindings struct {
	Rule    string `json:"rule"`
	Path    string `json:"path"`
	Message string `json:"message"`
	Count   int    `json:"count"`
}

func known(f diag.Finding) knownFindings {
	return knownFindings{Rule: f.Rule, Path: f.Path, Message: f.Message}
}

// newBaseline knows all of found.
func newBaseline(found diag.List) baseline {
	counted := make(map[knownFindings]int)
	for _, f := range found {
		counted[known(f)]++
	}
	b := baseline{Schema: 1, Findings: []knownFindings{}}
	for k, n := range counted {
		k.Count = n
		b.Findings = append(b.Findings, k)
	}
	slices.SortFunc(b.Findings, func(x, y knownFindings) int {
		return cmp.Or(cmp.Compare(x.Path, y.Path), cmp.Compare(x.Rule, y.Rule), cmp.Compare(x.Message, y.Message))
	})
	return b
}

// without leaves out of found what the baseline knows. left is how many known
// findings no longer come.
func (b baseline) without(found diag.List) (rest diag.List, left int) {
	counted := make(map[knownFindings]int)
	for _, k := range b.Findings {
		n := k.Count
		k.Count = 0
		counted[k] += n
	}
	for _, f := range found {
		if k := known(f); counted[k] > 0 {
			counted[k]--
		} else {
			rest = append(rest, f)
		}
	}
	for _, n := range counted {
		left += n
	}
	return rest, left
}

func readBaseline(file string) (baseline, error) {
	text, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return baseline{}, misused("there is no baseline %s; --update writes one", file)
	}
	if err != nil {
		return baseline{}, fmt.Errorf("read the baseline: %w", err)
	}
	var b baseline
	if err := json.Unmarshal(text, &b); err != nil || b.Schema != 1 {
		return baseline{}, misused("%s is no baseline of `debrief check`; --update writes one", file)
	}
	return b, nil
}

func writeBaseline(file string, b baseline) error {
	var text bytes.Buffer
	e := json.NewEncoder(&text)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(b); err != nil {
		return fmt.Errorf("write the baseline: %w", err)
	}
	if err := os.WriteFile(file, text.Bytes(), 0o666); err != nil {
		return fmt.Errorf("write the baseline: %w", err)
	}
	return nil
}
