package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestPrintWithoutABrowser holds that a sheet in a script that the fonts lack
// is not printed as boxes: who has no Chromium is told so.
func TestPrintWithoutABrowser(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, map[string]string{"incidents/a.md": "---\nkind: incident\ntitle: 障害の記録\nstarted_at: 2026-01-02T10:00:00Z\n---\n"})
	t.Setenv("PATH", t.TempDir())
	exit, _, said := do(t, dir, "print")
	if exit != exitIO || !strings.Contains(said, "there is no Chromium to print it") || !strings.Contains(said, "害") {
		t.Errorf("exit %d, %q", exit, said)
	}
	if _, err := os.Stat(filepath.Join(dir, "cheat-sheet.pdf")); err == nil {
		t.Error("something was printed all the same")
	}
}
