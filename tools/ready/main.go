// Command ready writes into a folder what package ready embeds: all that a
// build of an empty handbook makes and that follows from the program alone.
// It must be compiled while nothing is ready.
package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing/fstest"

	"debrief/generator"
	"debrief/generator/ready"
)

func main() {
	if err := fill(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "ready:", err)
		os.Exit(1)
	}
}

func fill(dir string) error {
	made := make(map[string][]byte)
	var mu sync.Mutex
	ready.Keep = func(name string, content []byte) {
		mu.Lock()
		defer mu.Unlock()
		made[name] = content
	}
	r, err := (&generator.Builder{Content: fstest.MapFS{}}).Build(context.Background())
	if err != nil {
		return err
	}
	for _, f := range r.Files {
		if err := f.See(func([]byte) error { return nil }); err != nil {
			return err
		}
	}
	for name, content := range made {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o644); err != nil {
			return err
		}
	}
	return nil
}
