// Release makes what is handed out of debrief: archives for every system with
// their checksums, the licences of what is in the program, and a bill of
// materials. It is a module of its own, so that what it needs is no dependency
// of the program.
package main

import (
	"crypto/sha256"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// root is the repository, seen from this folder, where `go run -C` runs it.
const root = "../.."

// dist is where everything goes.
const dist = root + "/dist"

// platforms are the systems that archives are made for.
var platforms = []string{"linux/amd64", "linux/arm64", "darwin/amd64", "darwin/arm64", "windows/amd64", "windows/arm64"}

func main() {
	log.SetFlags(0)
	log.SetPrefix("release: ")
	if len(os.Args) != 2 {
		log.Fatal("usage: release all | sbom | licences")
	}
	if err := run(os.Args[1]); err != nil {
		log.Fatal(err)
	}
}

func run(what string) error {
	switch what {
	case "all":
		return all()
	case "sbom", "licences":
		binary := filepath.Join(dist, "debrief")
		if err := build(binary, "", ""); err != nil {
			return err
		}
		defer os.Remove(binary)
		parts, err := partsOf(binary)
		if err != nil {
			return err
		}
		if what == "licences" {
			list(os.Stdout, parts)
			return nil
		}
		return writeSBOM(filepath.Join(dist, "debrief.cdx.json"), version(), parts)
	}
	return fmt.Errorf("there is no %q; all, sbom and licences are", what)
}

// all builds every platform and writes archives, checksums and the bill of
// materials. The same commit gives the same bytes.
func all() error {
	if err := os.RemoveAll(dist); err != nil {
		return err
	}
	v := version()
	var sums strings.Builder
	for i, platform := range platforms {
		system, machine, _ := strings.Cut(platform, "/")
		name := "debrief"
		if system == "windows" {
			name += ".exe"
		}
		binary := filepath.Join(dist, system+"-"+machine, name)
		if err := build(binary, system, machine); err != nil {
			return err
		}
		parts, err := partsOf(binary)
		if err != nil {
			return err
		}
		if i == 0 {
			if err := writeSBOM(filepath.Join(dist, "debrief.cdx.json"), v, parts); err != nil {
				return err
			}
		}
		archive, err := pack(fmt.Sprintf("debrief-%s-%s-%s", v, system, machine), system == "windows", map[string]string{
			name: binary, "README.md": root + "/README.md", "LICENSE": root + "/LICENSE", "CHANGELOG.md": root + "/CHANGELOG.md",
		}, texts(parts))
		if err != nil {
			return err
		}
		if err := os.RemoveAll(filepath.Dir(binary)); err != nil {
			return err
		}
		data, err := os.ReadFile(archive)
		if err != nil {
			return err
		}
		fmt.Fprintf(&sums, "%x  %s\n", sha256.Sum256(data), filepath.Base(archive))
		fmt.Printf("%s  %.1f MB\n", filepath.Base(archive), float64(len(data))/1e6)
	}
	return os.WriteFile(filepath.Join(dist, "SHA256SUMS"), []byte(sums.String()), 0o644)
}

// build compiles the program; an empty system means this one. Nothing of this
// machine is in the result.
func build(binary, system, machine string) error {
	out, err := filepath.Abs(binary)
	if err != nil {
		return err
	}
	c := exec.Command("go", "build", "-trimpath", "-ldflags", "-buildid=", "-o", out, "./cmd/debrief")
	c.Dir = root
	c.Env = append(os.Environ(), "CGO_ENABLED=0", "GOFLAGS=", "GOWORK=off")
	if system != "" {
		c.Env = append(c.Env, "GOOS="+system, "GOARCH="+machine)
	}
	c.Stderr = os.Stderr
	if err := c.Run(); err != nil {
		return fmt.Errorf("build for %s/%s: %w", system, machine, err)
	}
	return nil
}

// version is the tag of this commit, or the commit.
func version() string {
	out, err := exec.Command("git", "-C", root, "describe", "--tags", "--always", "--dirty").Output()
	if err != nil {
		return "devel"
	}
	return strings.TrimSpace(string(out))
}
