package main

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// What other generators are held against, by exact version.
const (
	hugoModule  = "github.com/gohugoio/hugo@v0.165.0"
	eleventyNPM = "@11ty/eleventy@3.1.8"
	prismNPM    = "@11ty/eleventy-plugin-syntaxhighlight@5.0.2"
)

// peers are themes that give what debrief gives as far as the others can: a
// page a note, coloured code, contents, tags and lists.
//
//go:embed all:peers
var peers embed.FS

// A program builds a site of the notes in one folder into another.
type program struct {
	name  string
	build func(notes, out string) *exec.Cmd
	serve func(notes, port string) *exec.Cmd // or nil
}

func (b *bench) path(parts ...string) string {
	return filepath.Join(append([]string{b.work}, parts...)...)
}

// get makes the programs ready. What cannot be had is said and left out.
func (b *bench) get(without []string) error {
	if err := goBuild(root, b.path("debrief"), "./cmd/debrief"); err != nil {
		return err
	}
	b.programs = []program{b.debrief()}
	for _, other := range []struct {
		name string
		get  func() (program, error)
	}{{"floor", b.floor}, {"hugo", b.hugo}, {"eleventy", b.eleventy}} {
		if slices.Contains(without, other.name) {
			continue
		}
		p, err := other.get()
		if err != nil {
			fmt.Printf("no %s: %v\n", other.name, err)
			continue
		}
		b.programs = append(b.programs, p)
	}
	return nil
}

func goBuild(dir, binary, what string) error {
	c := exec.Command("go", "build", "-trimpath", "-o", binary, what)
	c.Dir, c.Stderr = dir, os.Stderr
	c.Env = append(os.Environ(), "CGO_ENABLED=0")
	if err := c.Run(); err != nil {
		return fmt.Errorf("build %s: %w", what, err)
	}
	return nil
}

// debrief as it is without a cache; see warm.
func (b *bench) debrief() program {
	return program{"debrief", func(notes, out string) *exec.Cmd {
		return exec.Command(b.path("debrief"), "build", "-q", "--no-cache", "--content", notes, "--out", out)
	}, func(notes, port string) *exec.Cmd {
		return b.cached(exec.Command(b.path("debrief"), "serve", "--content", notes, "--port", port))
	}}
}

// warm is debrief with its cache.
func (b *bench) warm(notes, out string) *exec.Cmd {
	return b.cached(exec.Command(b.path("debrief"), "build", "-q", "--content", notes, "--out", out))
}

// cached keeps what debrief remembers apart from the user's.
func (b *bench) cached(c *exec.Cmd) *exec.Cmd {
	c.Env = append(os.Environ(), "XDG_CACHE_HOME="+b.path("cache"))
	return c
}

func (b *bench) floor() (program, error) {
	return program{name: "floor", build: func(notes, out string) *exec.Cmd {
		return exec.Command(b.path("floor"), notes, out)
	}}, goBuild(".", b.path("floor"), "./floor")
}

// hugo is the one that is installed, or the one that can be.
func (b *bench) hugo() (program, error) {
	binary, err := exec.LookPath("hugo")
	if err != nil {
		binary = b.path("hugo")
		if _, err := os.Stat(binary); err != nil {
			c := exec.Command("go", "install", hugoModule)
			c.Env = append(os.Environ(), "CGO_ENABLED=0", "GOFLAGS=-mod=mod", "GOBIN="+b.work)
			if said, err := c.CombinedOutput(); err != nil {
				return program{}, fmt.Errorf("not installed, and go install %s: %s", hugoModule, lastLine(said, err))
			}
		}
	}
	if said, err := exec.Command(binary, "version").Output(); err == nil {
		fmt.Print(string(said))
	}
	site := b.path("hugo-site")
	run := func(notes string, args ...string) *exec.Cmd {
		return exec.Command(binary, append(args, "--source", site, "--contentDir", notes, "--cacheDir", b.path("hugo-cache"), "--noBuildLock")...)
	}
	return program{"hugo", func(notes, out string) *exec.Cmd {
		return run(notes, "--quiet", "--destination", out)
	}, func(notes, port string) *exec.Cmd {
		return run(notes, "server", "--port", port, "--bind", "127.0.0.1", "--renderToMemory")
	}}, unpack("peers/hugo", site)
}

func (b *bench) eleventy() (program, error) {
	site := b.path("eleventy-site")
	if err := unpack("peers/eleventy", site); err != nil {
		return program{}, err
	}
	binary := filepath.Join(site, "node_modules", "@11ty", "eleventy", "cmd.cjs")
	if _, err := os.Stat(binary); err != nil {
		c := exec.Command("npm", "install", "--no-audit", "--no-fund", "--no-save", eleventyNPM, prismNPM)
		c.Dir = site
		if said, err := c.CombinedOutput(); err != nil {
			return program{}, fmt.Errorf("npm install %s: %s", eleventyNPM, lastLine(said, err))
		}
	}
	return program{name: "eleventy", build: func(notes, out string) *exec.Cmd {
		c := exec.Command("node", binary, "--quiet")
		c.Dir = site
		// It takes no absolute paths.
		c.Env = append(os.Environ(), "NOTES="+relative(site, notes), "OUT="+relative(site, out))
		return c
	}}, nil
}

func relative(from, to string) string {
	rel, err := filepath.Rel(from, to)
	if err != nil {
		return to
	}
	return rel
}

func lastLine(said []byte, err error) string {
	lines := strings.Split(strings.TrimSpace(string(said)), "\n")
	if last := lines[len(lines)-1]; last != "" {
		return last
	}
	return err.Error()
}

// unpack writes a peer's theme to a disk. What was installed there stays.
func unpack(from, to string) error {
	sub, err := fs.Sub(peers, from)
	if err != nil {
		return err
	}
	return fs.WalkDir(sub, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := filepath.Join(to, filepath.FromSlash(p))
		if d.IsDir() {
			return os.MkdirAll(name, 0o755)
		}
		data, err := fs.ReadFile(sub, p)
		return errors.Join(err, os.WriteFile(name, data, 0o644))
	})
}
