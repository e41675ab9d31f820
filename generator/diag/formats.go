package diag

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"
)

// A Report is the findings of one run for programs to read.
type Report struct {
	Version  string // of debrief
	Findings List
	Notes    int // read
	Pages    int // of the site, 0 when none was planned
	// Prefix is put before paths where a format counts them from the root of
	// the repository (GitHub, SARIF). JSON has them from the content root.
	Prefix string
	// Summary says in one line what a rule finds; used by SARIF, may be nil.
	Summary func(rule string) string
}

// WriteJSON writes the report as one JSON document of schema 1. Fields are
// only ever added to it, and their order stays.
func WriteJSON(w io.Writer, r Report) error {
	findings := r.Findings
	if findings == nil {
		findings = List{} // a list, also when there is nothing in it
	}
	return encode(w, struct {
		Schema   int    `json:"schema"`
		Tool     string `json:"tool"`
		Version  string `json:"version"`
		Findings List   `json:"findings"`
		Counts   Counts `json:"counts"`
		Notes    int    `json:"notes"`
		Pages    int    `json:"pages"`
	}{1, "debrief", r.Version, findings, findings.Count(), r.Notes, r.Pages})
}

func encode(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

// WriteGitHub writes the findings as workflow commands, which GitHub Actions
// shows beside the lines of a change.
func WriteGitHub(w io.Writer, r Report) error {
	out := bufio.NewWriter(w)
	for _, f := range r.Findings {
		level := f.Severity.String()
		if f.Severity == Info {
			level = "notice"
		}
		var properties []string
		add := func(name, value string) { properties = append(properties, name+"="+commandProperty(value)) }
		if f.Path != "" {
			add("file", r.Prefix+f.Path)
		}
		if f.Line > 0 {
			add("line", fmt.Sprint(f.Line))
			if f.Column > 0 {
				add("col", fmt.Sprint(f.Column))
			}
		}
		add("title", f.Rule)
		lines := []string{Visible(f.Message)}
		for _, hint := range f.Hints {
			lines = append(lines, Visible(hint))
		}
		fmt.Fprintf(out, "::%s %s::%s\n", level, strings.Join(properties, ","), commandText(strings.Join(lines, "\n")))
	}
	return out.Flush()
}

// The two escapes of workflow commands (actions/toolkit, command.ts).
var (
	textEscapes     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	propertyEscapes = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

func commandText(s string) string     { return textEscapes.Replace(s) }
func commandProperty(s string) string { return propertyEscapes.Replace(Visible(s)) }

type (
	sarifText struct {
		Text string `json:"text"`
	}
	sarifRule struct {
		ID          string     `json:"id"`
		Description *sarifText `json:"shortDescription,omitempty"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn,omitempty"`
		EndLine     int `json:"endLine,omitempty"`
		EndColumn   int `json:"endColumn,omitempty"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   *sarifRegion  `json:"region,omitempty"`
	}
	sarifLocation struct {
		Physical sarifPhysical `json:"physicalLocation"`
	}
	sarifResult struct {
		RuleID    string          `json:"ruleId"`
		RuleIndex int             `json:"ruleIndex"`
		Level     string          `json:"level"`
		Message   sarifText       `json:"message"`
		Locations []sarifLocation `json:"locations,omitempty"`
	}
	sarifDriver struct {
		Name    string      `json:"name"`
		Version string      `json:"version,omitempty"`
		Rules   []sarifRule `json:"rules"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifRun struct {
		Tool       sarifTool     `json:"tool"`
		ColumnKind string        `json:"columnKind"`
		Results    []sarifResult `json:"results"`
	}
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
)

// WriteSARIF writes the findings as a SARIF 2.1.0 log with one run (OASIS
// standard, March 2020), as code scanning services read it.
func WriteSARIF(w io.Writer, r Report) error {
	var names []string
	for _, f := range r.Findings {
		names = append(names, f.Rule)
	}
	slices.Sort(names)
	names = slices.Compact(names)
	rules := make([]sarifRule, len(names))
	for i, name := range names {
		rules[i].ID = name
		if r.Summary == nil {
			continue
		}
		if s := r.Summary(name); s != "" {
			rules[i].Description = &sarifText{s}
		}
	}
	results := make([]sarifResult, 0, len(r.Findings))
	for _, f := range r.Findings {
		index, _ := slices.BinarySearch(names, f.Rule)
		result := sarifResult{RuleID: f.Rule, RuleIndex: index, Level: sarifLevel(f.Severity),
			Message: sarifText{strings.Join(append([]string{f.Message}, f.Hints...), "\n")}}
		if f.Path != "" {
			at := sarifPhysical{Artifact: sarifArtifact{(&url.URL{Path: r.Prefix + f.Path}).String()}}
			if f.Line > 0 {
				at.Region = &sarifRegion{StartLine: f.Line}
				if f.Column > 0 {
					at.Region = &sarifRegion{f.Line, f.Column, max(f.EndLine, f.Line), max(f.EndColumn, f.Column)}
				}
			}
			result.Locations = []sarifLocation{{at}}
		}
		results = append(results, result)
	}
	return encode(w, sarifLog{
		Schema: "https://json.schemastore.org/sarif-2.1.0.json", Version: "2.1.0",
		Runs: []sarifRun{{
			Tool:       sarifTool{sarifDriver{"debrief", r.Version, rules}},
			ColumnKind: "unicodeCodePoints",
			Results:    results,
		}},
	})
}

func sarifLevel(s Severity) string {
	if s == Info {
		return "note"
	}
	return s.String()
}
