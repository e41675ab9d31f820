// Package diag is what debrief says to the author of the notes: findings
// with a place, a rule, what is wrong and the way out.
//
// It knows neither notes nor pages. Whoever finds something builds a Finding;
// whoever speaks to people prints the list. Broken machines (a folder that
// cannot be read) are errors, not findings.
package diag

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// A Severity says how much a finding matters: it decides the exit code.
type Severity int

// The severities, least first.
const (
	Info Severity = iota
	Warning
	Error
)

func (s Severity) String() string {
	switch s {
	case Error:
		return "error"
	case Warning:
		return "warning"
	}
	return "info"
}

// MarshalText gives the severity's name in JSON.
func (s Severity) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads a severity's name.
func (s *Severity) UnmarshalText(text []byte) error {
	for _, known := range []Severity{Info, Warning, Error} {
		if known.String() == string(text) {
			*s = known
			return nil
		}
	}
	return fmt.Errorf("there is no severity %q", text)
}

// A Pos is a place in a note: 1-based line and column, the column counted in
// Unicode code points as editors do. The zero Pos means the note as a whole.
type Pos struct {
	Line, Column int
}

// IsZero reports whether p names no place.
func (p Pos) IsZero() bool { return p.Line == 0 }

// A Finding is one mistake, or one thing to think of, in the author's notes.
type Finding struct {
	Rule      string   `json:"rule"` // stable kebab-case name
	Severity  Severity `json:"severity"`
	Path      string   `json:"path"` // slash-separated, relative to the content root
	Line      int      `json:"line"` // 1-based; 0 when the note as a whole is meant
	Column    int      `json:"column"`
	EndLine   int      `json:"end_line"`
	EndColumn int      `json:"end_column"` // exclusive
	Message   string   `json:"message"`    // lower case, no full stop
	Hints     []string `json:"hints,omitempty"`
}

// At returns a finding at pos, spanning width code points of that line.
func At(rule string, severity Severity, path string, pos Pos, width int, format string, args ...any) Finding {
	return Finding{
		Rule: rule, Severity: severity, Path: path,
		Line: pos.Line, Column: pos.Column,
		EndLine: pos.Line, EndColumn: pos.Column + max(width, 0),
		Message: fmt.Sprintf(format, args...),
	}
}

// Hint returns the finding with one more way out.
func (f Finding) Hint(format string, args ...any) Finding {
	f.Hints = append(slices.Clone(f.Hints), fmt.Sprintf(format, args...))
	return f
}

// Catch turns a panic into a finding about a file: a fault of ours in one note
// must not take the handbook down. It is for defer alone. what says what could
// not be done, like "the figures of this note cannot be read".
func Catch(found *List, path, what string) {
	if v := recover(); v != nil {
		*found = append(*found, At("render-panic", Error, path, Pos{}, 0, "%s: %v", what, v).
			Hint("this is a fault in debrief, not in the note; please report it with the note"))
	}
}

// A List is findings in the order of Sort.
type List []Finding

// Sort orders findings by file, place and rule and drops exact repeats, so
// that one cause is said once and two runs say the same.
func (l *List) Sort() {
	*l = l.sorted()
	*l = slices.CompactFunc(*l, func(a, b Finding) bool { return compare(&a, &b) == 0 })
}

// sorted merges what is sorted already: each rule reports in order. A finding
// is large, so places are merged.
func (l List) sorted() List {
	var runs [][]int32
	order := make([]int32, len(l))
	from := 0
	for i := range l {
		order[i] = int32(i)
		if i+1 == len(l) || compare(&l[i], &l[i+1]) > 0 {
			runs, from = append(runs, order[from:i+1]), i+1
		}
	}
	if len(runs) < 2 {
		return l
	}
	for room := make([]int32, len(l)); len(runs) > 1; order, room = room, order {
		var merged [][]int32
		to := room[:0]
		for ; len(runs) > 0; runs = runs[min(2, len(runs)):] {
			start := len(to)
			a := runs[0]
			if len(runs) > 1 {
				for b := runs[1]; len(b) > 0; b = b[1:] {
					for len(a) > 0 && compare(&l[a[0]], &l[b[0]]) <= 0 {
						to, a = append(to, a[0]), a[1:]
					}
					to = append(to, b[0])
				}
			}
			to = append(to, a...)
			merged = append(merged, to[start:])
		}
		runs = merged
	}
	out := make(List, len(l))
	for i, k := range runs[0] {
		out[i] = l[k]
	}
	return out
}

func compare(a, b *Finding) int {
	if c := strings.Compare(a.Path, b.Path); c != 0 {
		return c
	}
	return cmp.Or(
		cmp.Compare(a.Line, b.Line),
		cmp.Compare(a.Column, b.Column),
		strings.Compare(a.Rule, b.Rule),
		strings.Compare(a.Message, b.Message),
	)
}

// AtMost leaves each rule its first n findings in a file; the last of them says
// how many more there are. Nobody reads the others, and a file of one mistake
// over and over must not fill the disk with what is said of it. The list is in
// the order of Sort and stays so.
func (l List) AtMost(n int) List {
	if !l.crowded(n) {
		return l
	}
	type kind struct{ path, rule string }
	seen := make(map[kind]int)
	for _, f := range l {
		seen[kind{f.Path, f.Rule}]++
	}
	kept := make(List, 0, len(l))
	said := make(map[kind]int, len(seen))
	for _, f := range l {
		k := kind{f.Path, f.Rule}
		said[k]++
		switch more := seen[k] - n; {
		case said[k] > n:
			continue
		case said[k] == n && more > 0:
			f = f.Hint("and %d more like it in this file", more)
		}
		kept = append(kept, f)
	}
	return kept
}

// crowded reports whether a file has more than n findings, of any rule.
func (l List) crowded(n int) bool {
	for i := n; i < len(l); i++ {
		if l[i].Path == l[i-n].Path {
			return true
		}
	}
	return false
}

// Counts is how many findings there are of each severity.
type Counts struct {
	Error   int `json:"error"`
	Warning int `json:"warning"`
	Info    int `json:"info"`
}

// Count counts the findings of each severity.
func (l List) Count() Counts {
	var c Counts
	for _, f := range l {
		switch f.Severity {
		case Error:
			c.Error++
		case Warning:
			c.Warning++
		default:
			c.Info++
		}
	}
	return c
}

// Fails reports whether the list holds a finding at the failing level:
// errors, and with strict warnings too.
func (l List) Fails(strict bool) bool {
	return slices.ContainsFunc(l, func(f Finding) bool {
		return f.Severity == Error || strict && f.Severity == Warning
	})
}
