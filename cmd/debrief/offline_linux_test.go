package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"

	"debrief/content"
)

// TestOfflineAsOnline builds the example and asks for its figures where there is no network
// at all, not even the machine's own, and finds nothing different.
func TestOfflineAsOnline(t *testing.T) {
	dir := t.TempDir()
	notes, program := filepath.Join(dir, "content"), itself(t)
	if err := os.CopyFS(notes, content.Files()); err != nil {
		t.Fatal(err)
	}
	run := func(offline bool, args ...string) string {
		t.Helper()
		c := exec.Command(program, args...)
		c.Dir = dir
		if offline {
			c.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNET}
			if os.Geteuid() != 0 {
				c.SysProcAttr.Cloneflags |= syscall.CLONE_NEWUSER
			}
		}
		out, err := c.Output()
		if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
			t.Skipf("no network of its own can be made here: %v", err)
		}
		return string(out)
	}
	run(false, "build", "--no-cache", "-d", "online")
	run(true, "build", "--no-cache", "-d", "offline")
	if got, want := run(true, "figures"), run(false, "figures"); got != want || want == "" {
		t.Errorf("offline it says\n%s\nonline\n%s", got, want)
	}
	if _, err := os.Stat(filepath.Join(dir, "offline", "index.html")); err != nil {
		t.Error(err)
	}
	if out, err := exec.Command("diff", "-r", filepath.Join(dir, "online"), filepath.Join(dir, "offline")).CombinedOutput(); err != nil {
		t.Errorf("%v\n%.2000s", err, out)
	}
}
