package main

import (
	"bytes"
	"context"
	"os"
	"regexp"
	"strings"
	"sync"
	"testing"
)

var consoleBlock = regexp.MustCompile("(?s)```console\n(.*?)```")

// TestREADME types what the README says one can type, in its order, in an
// empty folder.
func TestREADME(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	makefile, err := os.ReadFile("../../Makefile")
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	typed := 0
	for _, block := range consoleBlock.FindAllSubmatch(readme, -1) {
		for line := range strings.Lines(string(block[1])) {
			command, ok := strings.CutPrefix(strings.TrimSpace(line), "$ ")
			if !ok {
				continue
			}
			typed++
			words := shellWords(command)
			if words[0] == "cd" {
				t.Chdir(words[1])
				continue
			}
			ctx, stop := context.WithCancel(context.Background())
			said := &hearing{stop: func() {}}
			if words[1] == "serve" { // it ends when it is stopped
				words = append(words, "--port=0")
				said.stop = stop
			}
			if exit := run(ctx, words[1:], strings.NewReader(""), said, said); exit != 0 {
				t.Errorf("%s: exit %d\n%s", command, exit, said.text.String())
			}
			stop()
		}
	}
	if typed < 8 {
		t.Errorf("the README has %d commands to type; the test sees nothing", typed)
	}
	for _, m := range regexp.MustCompile("`?make ([a-z]+)").FindAllSubmatch(readme, -1) {
		if !bytes.Contains(makefile, append([]byte("\n"), append(m[1], ':')...)) {
			t.Errorf("the README says `make %s`, which the Makefile does not have", m[1])
		}
	}
}

// hearing keeps what a command says, and stops it once it has built pages.
type hearing struct {
	mu   sync.Mutex
	text bytes.Buffer
	stop func()
}

func (h *hearing) Write(p []byte) (int, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if bytes.Contains(p, []byte("built ")) {
		h.stop()
	}
	return h.text.Write(p)
}

// shellWords splits a command as a shell does, with double quotes only.
func shellWords(s string) []string {
	var words []string
	for i, part := range strings.Split(s, `"`) {
		if i%2 == 1 {
			words = append(words, part)
		} else {
			words = append(words, strings.Fields(part)...)
		}
	}
	return words
}
