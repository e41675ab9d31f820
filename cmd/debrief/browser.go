package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// errNoBrowser is said when no Chromium is installed.
var errNoBrowser = errors.New("no Chromium found")

// printByBrowser has Chromium print files as PDF; index.html is the page.
// Everything it writes stays in a folder of its own.
func printByBrowser(ctx context.Context, files map[string][]byte) ([]byte, error) {
	var program string
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"} {
		if found, err := exec.LookPath(name); err == nil {
			program = found
			break
		}
	}
	if program == "" {
		return nil, errNoBrowser
	}
	dir, err := os.MkdirTemp("", "debrief-print-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			return nil, err
		}
	}
	out := filepath.Join(dir, "sheet.pdf")
	args := []string{
		"--headless", "--disable-gpu", "--disable-extensions", "--disable-background-networking", "--no-first-run",
		"--user-data-dir=" + filepath.Join(dir, "profile"), "--no-pdf-header-footer", "--print-to-pdf=" + out,
	}
	if os.Geteuid() == 0 { // as in a container, where its sandbox refuses to start
		args = append(args, "--no-sandbox")
	}
	ctx, stop := context.WithTimeout(ctx, time.Minute)
	defer stop()
	said, err := exec.CommandContext(ctx, program, append(args, (&url.URL{Scheme: "file", Path: filepath.Join(dir, "index.html")}).String())...).CombinedOutput()
	if err != nil {
		return nil, fmt.Errorf("%w: %.200s", err, said)
	}
	return os.ReadFile(out)
}
