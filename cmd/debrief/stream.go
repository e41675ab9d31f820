package main

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"

	"github.com/mattn/go-isatty"

	"debrief/generator/diag"
)

// A stream is standard output or standard error: where it leads decides about
// colour and width.
type stream struct {
	w        io.Writer
	terminal bool
	color    bool
	width    int   // columns; 0 when nobody reads along
	failed   error // the first failed write; a reader who left is none
}

func newStream(w io.Writer) *stream {
	s := &stream{w: w}
	if f, ok := w.(*os.File); ok {
		s.terminal = isatty.IsTerminal(f.Fd()) || isatty.IsCygwinTerminal(f.Fd())
		if s.terminal {
			s.width = terminalWidth(f)
		}
	}
	if n, err := strconv.Atoi(os.Getenv("COLUMNS")); err == nil && n > 0 {
		s.width = n
	}
	return s
}

// Write writes all of p and never fails: a command does not end in the middle
// because nobody reads what it says. What went wrong is told at the end.
func (s *stream) Write(p []byte) (int, error) {
	if s.failed == nil {
		if _, err := s.w.Write(p); err != nil && !errors.Is(err, syscall.EPIPE) && !errors.Is(err, io.ErrClosedPipe) {
			s.failed = err
		}
	}
	return len(p), nil
}

// decideColor sets whether the stream is coloured: by --color, else by the
// environment (NO_COLOR, then CLICOLOR_FORCE and FORCE_COLOR, then CLICOLOR
// and TERM), else by whether it leads to a terminal.
func (s *stream) decideColor(when string) {
	env := os.Getenv
	forced := func(name string) bool { v := env(name); return v != "" && v != "0" }
	switch {
	case when == "always":
		s.color = true
	case when == "never", env("NO_COLOR") != "":
		s.color = false
	case forced("CLICOLOR_FORCE"), forced("FORCE_COLOR"):
		s.color = true
	case env("CLICOLOR") == "0", env("FORCE_COLOR") == "0", env("TERM") == "dumb":
		s.color = false
	default:
		s.color = s.terminal
	}
}

// The colours in use; meaning never rests on them alone.
const (
	bold = "1"
	dim  = "2"
	red  = "1;31"
	cyan = "36"
)

func (s *stream) paint(code, text string) string {
	text = diag.Visible(text)
	if !s.color || text == "" {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}

// plainASCII reports a locale that says it cannot show more than ASCII. One
// that says nothing is taken for today's usual.
func plainASCII() bool {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if v := os.Getenv(name); v != "" {
			v = strings.ToLower(v)
			return !strings.Contains(v, "utf-8") && !strings.Contains(v, "utf8")
		}
	}
	return false
}

// arrow leads from a build to its place.
func arrow() string {
	if plainASCII() {
		return "->"
	}
	return "→"
}

// shown is a path from where the user stands.
func shown(name string) string {
	here, err := os.Getwd()
	if err != nil {
		return name
	}
	rel, err := filepath.Rel(here, name)
	if err != nil {
		return name
	}
	return rel
}
