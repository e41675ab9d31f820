package main

import (
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
)

func (b *bench) out(name string) string { return b.path("site-" + name) }

// start measures what does not depend on notes: a program that only says its
// version, and a handbook of nothing.
func (b *bench) start() error {
	empty := b.path("empty")
	if err := os.MkdirAll(empty, 0o755); err != nil {
		return err
	}
	t := make(table)
	for range max(b.rounds, 9) {
		for _, p := range []struct {
			name string
			cmd  *exec.Cmd
		}{
			{"debrief version", exec.Command(b.path("debrief"), "version")},
			{"an empty folder", b.programs[0].build(empty, b.out("empty"))},
		} {
			if err := os.RemoveAll(b.out("empty")); err != nil {
				return err
			}
			c, err := measured(p.cmd)
			if err != nil {
				return err
			}
			t[p.name] = append(t[p.name], c)
		}
	}
	for _, name := range []string{"debrief version", "an empty folder"} {
		fmt.Printf("%-18s  %.1f ms, %.1f ms CPU, %.1f MiB\n", name, 1000*t.median(name, columns[0].of), 1000*t.median(name, columns[1].of), t.median(name, columns[2].of))
	}
	return nil
}

// builds builds n notes with every program, first from nothing, then over the
// site that is there, then with one note changed.
func (b *bench) builds(n int) (table, error) {
	notes := b.notesDir(n)
	cold, err := b.round("cold", func(p program, _ int) (*exec.Cmd, error) {
		return p.build(notes, b.out(p.name)), b.aside(b.out(p.name))
	})
	if err != nil {
		return nil, err
	}
	b.print("from nothing, without a cache", cold, true)

	over := func(p program) *exec.Cmd {
		if p.name == "debrief" {
			return b.warm(notes, b.out(p.name))
		}
		return p.build(notes, b.out(p.name))
	}
	if err := os.RemoveAll(b.path("cache")); err != nil {
		return nil, err
	}
	if _, err := measured(b.warm(notes, b.out("debrief"))); err != nil { // fills the cache
		return nil, err
	}
	warm, err := b.round("warm", func(p program, _ int) (*exec.Cmd, error) { return over(p), nil })
	if err != nil {
		return nil, err
	}
	b.print("nothing changed", warm, false)

	e, err := b.edit(n)
	if err != nil {
		return nil, err
	}
	defer e.undo()
	changed, err := b.round("edit", func(p program, round int) (*exec.Cmd, error) { return over(p), e.make(round) })
	if err != nil {
		return nil, err
	}
	b.print("one note changed", changed, false)
	return cold, b.asFromNothing(notes)
}

// asFromNothing holds that the site after all that is the one that a build
// from nothing makes.
func (b *bench) asFromNothing(notes string) error {
	fresh := b.out("fresh")
	if err := b.aside(fresh); err != nil {
		return err
	}
	if _, err := measured(b.programs[0].build(notes, fresh)); err != nil {
		return err
	}
	if err := same(b.out("debrief"), fresh); err != nil {
		return err
	}
	fmt.Println("  debrief's bytes are those of a build from nothing")
	return nil
}

// round runs every program as often as there are rounds, in turn: A B C A B C.
// Each round makes the same edit for all; a command that finds the note as it
// is would have nothing to do, so debrief comes first and the others read the
// same bytes.
func (b *bench) round(what string, command func(p program, round int) (*exec.Cmd, error)) (table, error) {
	t := make(table)
	for i := range b.rounds {
		for _, p := range b.programs {
			if what != "cold" && p.name != "debrief" && p.name != "hugo" {
				continue // they know no other build
			}
			cmd, err := command(p, i)
			if err != nil {
				return nil, err
			}
			c, err := measured(cmd)
			if err != nil {
				return nil, err
			}
			t[p.name] = append(t[p.name], c)
		}
	}
	return t, nil
}

// print shows a table, with what was written, and debrief's ratios.
func (b *bench) print(title string, t table, written bool) {
	fmt.Println(" " + title)
	for _, p := range b.programs {
		if len(t[p.name]) == 0 {
			continue
		}
		line := fmt.Sprintf("  %-10s", p.name)
		for i, unit := range []string{"s", "s", "MiB"} {
			line += fmt.Sprintf("  %s %.3f %s", columns[i].name, t.median(p.name, columns[i].of), unit)
		}
		if written {
			if site, err := readTree(b.out(p.name)); err == nil {
				line += fmt.Sprintf("  %d files, %.1f MB", len(site.files), float64(site.bytes)/1e6)
			}
		}
		fmt.Println(line)
	}
	for _, p := range b.programs[1:] {
		if len(t[p.name]) > 0 {
			fmt.Println(t.ratio("debrief", p.name))
		}
	}
}

// growth prints how CPU grows from one size to the next: 1 is linear.
func (b *bench) growth(cold map[int]table) {
	var sizes []int
	for n := range cold {
		sizes = append(sizes, n)
	}
	slices.Sort(sizes)
	for i := 1; i < len(sizes); i++ {
		small, large := sizes[i-1], sizes[i]
		fmt.Printf("\nexponent of CPU from %d to %d notes:", small, large)
		for _, p := range b.programs {
			cpu := func(n int) float64 { return cold[n].median(p.name, columns[1].of) }
			fmt.Printf("  %s %.2f", p.name, math.Log(cpu(large)/cpu(small))/math.Log(float64(large)/float64(small)))
		}
		fmt.Println()
	}
}

// page is where a program shows the note that is edited.
func page(p program) string {
	if p.name == "debrief" {
		return "/" + edited[:len(edited)-len(filepath.Ext(edited))] + ".html"
	}
	return "/" + edited[:len(edited)-len(filepath.Ext(edited))] + "/"
}
