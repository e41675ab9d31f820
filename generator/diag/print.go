package diag

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"strings"
)

// PrintOptions say how findings are shown to people.
type PrintOptions struct {
	// Source gives a note's text as it was read, so that a finding can show
	// its line; nil, or a nil answer, shows none.
	Source func(path string) []byte
	Prefix string // put before every path, like "content/", so that editors find the file
	Color  bool
	Width  int // columns of the terminal; 0 when that is not known
}

// unknownWidth is how wide source lines may get where nobody told: wide
// enough for prose, short enough for a log.
const unknownWidth = 120

// Print writes findings as editors and terminals link them,
//
//	path:line:col: severity: message [rule]
//
// each with its line of source, a caret under what is meant, and the ways out.
// Whatever notes hold, no control character of theirs reaches the terminal.
func Print(w io.Writer, l List, o PrintOptions) error {
	p := &printer{w: bufio.NewWriter(w), PrintOptions: o}
	for _, f := range l {
		p.finding(f)
	}
	return p.w.Flush()
}

type printer struct {
	PrintOptions
	w     *bufio.Writer
	path  string // whose text is in lines
	lines [][]byte
}

// ANSI codes; written out rather than taken from a library whose switch is a
// global variable.
const (
	reset  = "\x1b[0m"
	bold   = "\x1b[1m"
	dim    = "\x1b[2m"
	red    = "\x1b[1;31m"
	yellow = "\x1b[1;33m"
	cyan   = "\x1b[1;36m"
)

func severityColor(s Severity) string {
	switch s {
	case Error:
		return red
	case Warning:
		return yellow
	}
	return cyan
}

func (p *printer) put(color, text string) {
	if p.Color && color != "" {
		p.w.WriteString(color + text + reset)
		return
	}
	p.w.WriteString(text)
}

func (p *printer) finding(f Finding) {
	if place := place(p.Prefix, f); place != "" {
		p.put(bold, Visible(place)+":")
		p.w.WriteByte(' ')
	}
	p.put(severityColor(f.Severity), f.Severity.String()+":")
	p.w.WriteString(" " + Visible(f.Message) + " ")
	p.put(dim, "["+Visible(f.Rule)+"]")
	p.w.WriteByte('\n')

	number := ""
	if f.Line > 0 {
		number = fmt.Sprint(f.Line)
	}
	gutter := max(5, len(number))
	p.excerpt(f, number, gutter)
	for _, hint := range f.Hints {
		p.put(dim, strings.Repeat(" ", gutter+1)+"=")
		p.w.WriteString(" " + Visible(hint) + "\n")
	}
}

// place is the finding's path with line and column, as far as it has them.
func place(prefix string, f Finding) string {
	switch {
	case f.Path == "":
		return ""
	case f.Line <= 0:
		return prefix + f.Path
	case f.Column <= 0:
		return fmt.Sprintf("%s%s:%d", prefix, f.Path, f.Line)
	}
	return fmt.Sprintf("%s%s:%d:%d", prefix, f.Path, f.Line, f.Column)
}

// excerpt shows the line of source with carets under the finding's span.
func (p *printer) excerpt(f Finding, number string, gutter int) {
	line, ok := p.line(f.Path, f.Line)
	if !ok {
		return
	}
	width := p.Width
	if width <= 0 {
		width = unknownWidth
	}
	text, indent, carets := excerpt(line, f.Column, f.EndColumn, width-gutter-3)
	p.put(dim, fmt.Sprintf("%*s |", gutter, number))
	p.w.WriteString(strings.TrimRight(" "+text, " ") + "\n")
	if carets == 0 {
		return
	}
	p.put(dim, strings.Repeat(" ", gutter)+" |")
	p.w.WriteString(strings.Repeat(" ", indent+1))
	p.put(severityColor(f.Severity), strings.Repeat("^", carets))
	p.w.WriteByte('\n')
}

// line returns a line of a note; ok is false when there is nothing to show.
func (p *printer) line(path string, n int) (line []byte, ok bool) {
	if p.Source == nil || path == "" || n <= 0 {
		return nil, false
	}
	if path != p.path || p.lines == nil {
		p.path, p.lines = path, bytes.Split(p.Source(path), []byte("\n"))
	}
	if n > len(p.lines) {
		return nil, false
	}
	line = bytes.TrimSuffix(p.lines[n-1], []byte("\r"))
	return line, len(bytes.TrimSpace(line)) > 0
}
