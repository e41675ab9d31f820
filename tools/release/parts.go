package main

import (
	"bytes"
	"debug/buildinfo"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/google/licensecheck"
)

// A part is a module in the program, Go's own library, or an npm package.
type part struct {
	path, version, sum string
	npm                bool
	licences           []string // SPDX identifiers, the module's own first
	texts              [][]byte // of its licences and notices
}

// partsOf reads what a program was built from, out of the program itself.
func partsOf(binary string) ([]part, error) {
	info, err := buildinfo.ReadFile(binary)
	if err != nil {
		return nil, err
	}
	goroot, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return nil, fmt.Errorf("find Go: %w", err)
	}
	parts := []part{{path: "std", version: strings.TrimPrefix(info.GoVersion, "go")}}
	if err := parts[0].read(strings.TrimSpace(string(goroot))); err != nil {
		return nil, err
	}
	for _, m := range info.Deps {
		if m.Replace != nil {
			m = m.Replace
		}
		p := part{path: m.Path, version: m.Version, sum: m.Sum}
		c := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", m.Path)
		c.Dir = root
		dir, err := c.Output()
		if err != nil {
			return nil, fmt.Errorf("find %s: %w", m.Path, err)
		}
		if err := p.read(strings.TrimSpace(string(dir))); err != nil {
			return nil, err
		}
		parts = append(parts, p)
	}
	scripts, err := scriptsOf(root + "/themes/client")
	return append(parts, scripts...), err
}

// scriptsOf are the npm packages that are bundled into the theme; none when
// the program was built without them.
func scriptsOf(client string) ([]part, error) {
	if bundles, err := filepath.Glob(client + "/dist/assets/*.js"); err != nil || len(bundles) == 0 {
		return nil, err
	}
	data, err := os.ReadFile(client + "/package-lock.json")
	if err != nil {
		return nil, err
	}
	var lock struct {
		Packages map[string]struct {
			Version, Integrity string
			Dev                bool
		}
	}
	if err := json.Unmarshal(data, &lock); err != nil {
		return nil, fmt.Errorf("read package-lock.json: %w", err)
	}
	var parts []part
	for _, dir := range slices.Sorted(maps.Keys(lock.Packages)) {
		l := lock.Packages[dir]
		name, ok := strings.CutPrefix(dir, "node_modules/")
		if !ok || l.Dev {
			continue
		}
		p := part{path: name, version: l.Version, sum: l.Integrity, npm: true}
		if err := p.read(filepath.Join(client, dir)); err != nil {
			return nil, err
		}
		parts = append(parts, p)
	}
	return parts, nil
}

var licenceFile = regexp.MustCompile(`(?i)^(licen[cs]e|copying|notice|patents)([.-].*)?$`)

// read finds the licences of a module in its folder. A module whose licence is
// not known cannot be handed out.
func (p *part) read(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if e.IsDir() || !licenceFile.MatchString(e.Name()) {
			continue
		}
		text, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			return err
		}
		p.texts = append(p.texts, text)
		for _, m := range licensecheck.Scan(text).Match {
			if !slices.Contains(p.licences, m.ID) && m.ID != "GooglePatentsFile" { // a grant beside the licence, and no name of SPDX's
				p.licences = append(p.licences, m.ID)
			}
		}
	}
	if len(p.licences) == 0 {
		return fmt.Errorf("the licence of %s in %s is not known", p.path, dir)
	}
	return nil
}

// list prints the parts with their licences.
func list(w io.Writer, parts []part) {
	for _, p := range parts {
		fmt.Fprintf(w, "%-40s  %-10s  %s\n", p.path, p.version, strings.Join(p.licences, ", "))
	}
}

// texts are the licences of all parts, as they ask to be handed on.
func texts(parts []part) []byte {
	var b bytes.Buffer
	b.WriteString("debrief contains the following works of others under their licences.\n\n")
	list(&b, parts)
	for _, p := range parts {
		for _, text := range p.texts {
			fmt.Fprintf(&b, "\n%s\n%s %s\n\n%s\n", strings.Repeat("=", 80), p.path, p.version, bytes.TrimSpace(text))
		}
	}
	return b.Bytes()
}

// writeSBOM writes a bill of materials, CycloneDX 1.6 (ECMA-424).
func writeSBOM(file, version string, parts []part) error {
	type licence struct {
		License struct {
			ID string `json:"id"`
		} `json:"license"`
	}
	type property struct {
		Name  string `json:"name"`
		Value string `json:"value"`
	}
	type component struct {
		Type       string     `json:"type"`
		Ref        string     `json:"bom-ref"`
		Name       string     `json:"name"`
		Version    string     `json:"version"`
		PURL       string     `json:"purl,omitempty"`
		Licenses   []licence  `json:"licenses,omitempty"`
		Properties []property `json:"properties,omitempty"`
	}
	type dependency struct {
		Ref       string   `json:"ref"`
		DependsOn []string `json:"dependsOn,omitempty"`
	}
	own := component{Type: "application", Ref: "debrief", Name: "debrief", Version: version}
	var all []component
	uses := dependency{Ref: own.Ref}
	for _, p := range parts {
		purl := "pkg:golang/" + p.path + "@" + p.version
		sum := property{"go.sum", p.sum}
		if p.npm {
			purl, sum.Name = "pkg:npm/"+strings.Replace(p.path, "@", "%40", 1)+"@"+p.version, "npm.integrity"
		}
		c := component{Type: "library", Ref: purl, Name: p.path, Version: p.version, PURL: purl}
		for _, id := range p.licences {
			l := licence{}
			l.License.ID = id
			c.Licenses = append(c.Licenses, l)
		}
		if p.sum != "" {
			c.Properties = []property{sum}
		}
		all = append(all, c)
		uses.DependsOn = append(uses.DependsOn, purl)
	}
	data, err := json.MarshalIndent(map[string]any{
		"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
		"metadata":     map[string]any{"component": own},
		"components":   all,
		"dependencies": []dependency{uses},
	}, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(file, append(data, '\n'), 0o644)
}
