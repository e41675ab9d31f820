// Bench builds the same notes with debrief, with the least that its libraries
// can do, and with other generators where they can be had, in turn, and prints
// what each took and the ratios. It is a module of its own, so that what it
// needs is no dependency of the program.
//
//	make bench
//	make bench BENCH='-sizes 1000 -rounds 3 -edits 0 -without eleventy'
package main

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"log"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
)

// root is the repository, seen from this folder, where `go run -C` runs it.
const root = "../.."

// A bench is one run of everything.
type bench struct {
	work     string // where programs, notes and sites lie
	rounds   int
	edits    int
	moved    int // folders put aside
	programs []program
}

func main() {
	log.SetFlags(0)
	log.SetPrefix("bench: ")
	if len(os.Args) == 4 && os.Args[1] == "notes" { // see writeNotes
		if err := notes(os.Args[2], os.Args[3]); err != nil {
			log.Fatal(err)
		}
		return
	}
	sizes := flag.String("sizes", "100,1000,10000", "how many notes, by commas")
	rounds := flag.Int("rounds", 5, "how often each is built")
	edits := flag.Int("edits", 12, "how many edits each preview sees; 0 leaves previews out")
	without := flag.String("without", "", "what to leave out: hugo, eleventy, floor, by commas")
	work := flag.String("work", filepath.Join(root, "dist", "bench"), "the folder to work in")
	flag.Parse()
	if err := run(*sizes, *rounds, *edits, *without, *work); err != nil {
		log.Fatal(err)
	}
}

func run(sizes string, rounds, edits int, without, work string) error {
	work, err := filepath.Abs(work)
	if err != nil {
		return err
	}
	b := &bench{work: work, rounds: rounds, edits: edits}
	if err := os.RemoveAll(b.path("aside")); err != nil { // of a run that was killed
		return err
	}
	if err := os.MkdirAll(b.path("aside"), 0o755); err != nil {
		return err
	}
	defer os.RemoveAll(b.path("aside"))
	if err := b.get(strings.Split(without, ",")); err != nil {
		return err
	}
	fmt.Printf("%d processors, %s/%s, %s, %d rounds in turn; medians, (lowest–highest)\n", runtime.NumCPU(), runtime.GOOS, runtime.GOARCH, runtime.Version(), rounds)
	if err := b.start(); err != nil {
		return err
	}
	cold := make(map[int]table)
	for _, field := range strings.Split(sizes, ",") {
		n, err := strconv.Atoi(field)
		if err != nil {
			return fmt.Errorf("-sizes: %w", err)
		}
		if cold[n], err = b.size(n); err != nil {
			return fmt.Errorf("%d notes: %w", n, err)
		}
	}
	b.growth(cold)
	return nil
}

// size measures everything there is to measure with n notes.
func (b *bench) size(n int) (table, error) {
	if err := b.writeNotes(n); err != nil {
		return nil, err
	}
	fmt.Printf("\n%d notes\n", n)
	cold, err := b.builds(n)
	if err != nil || b.edits == 0 {
		return cold, err
	}
	return cold, b.previews(n)
}

// aside moves a folder out of the way until the end of the run. ext4 looks
// through all that was deleted within the last minute whenever it makes a file,
// so that who builds after a large site was deleted pays for that.
func (b *bench) aside(dir string) error {
	b.moved++
	err := os.Rename(dir, filepath.Join(b.path("aside"), strconv.Itoa(b.moved)))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
