package main

import (
	"encoding/json"
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

// A release is what this program was built from.
type release struct {
	Version  string `json:"version"`
	Commit   string `json:"commit,omitempty"`
	Modified bool   `json:"modified,omitempty"` // built from more than the commit
	Go       string `json:"go"`
	Platform string `json:"platform"`
}

// built reads what the Go toolchain wrote into the program.
func built() release {
	r := release{Version: "devel", Go: runtime.Version(), Platform: runtime.GOOS + "/" + runtime.GOARCH}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return r
	}
	if v := info.Main.Version; v != "" && v != "(devel)" {
		r.Version = v
	}
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			r.Commit = s.Value
		case "vcs.modified":
			r.Modified = s.Value == "true"
		}
	}
	return r
}

func (a *app) versionCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:  "version",
		Args: arguments(0, 0),
		RunE: func(*cobra.Command, []string) error {
			r := built()
			if asJSON {
				return writeJSON(a.out, r)
			}
			fmt.Fprintf(a.out, "debrief %s\n", r.Version)
			if r.Commit != "" {
				note := ""
				if r.Modified {
					note = " and changes since"
				}
				fmt.Fprintf(a.out, "commit %s%s\n", r.Commit, note)
			}
			fmt.Fprintf(a.out, "%s %s\n", r.Go, r.Platform)
			return nil
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "")
	return c
}

// writeJSON writes one indented document.
func writeJSON(w *stream, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}
