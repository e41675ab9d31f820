package prose

import (
	"slices"
	"strings"
)

// A codeWriter writes code with a span around each stretch of one class, and
// one around each marked line.
type codeWriter struct {
	out    []byte
	class  class // of the span open, 0 outside of one
	marks  []lineRange
	line   int
	marked bool // the line's own span is open
	inLine bool // something of the line has been written
}

// text writes text of one class.
func (w *codeWriter) text(c class, s string) {
	if w.marks == nil {
		w.run(c, s)
		return
	}
	for s != "" {
		line, rest, more := strings.Cut(s, "\n")
		if !w.inLine && slices.ContainsFunc(w.marks, func(m lineRange) bool { return m.from <= w.line && w.line <= m.to }) {
			w.close()
			w.out = append(w.out, `<span class="hl">`...)
			w.marked = true
		}
		w.inLine = true
		w.run(c, line)
		if more {
			w.run(c, "\n")
			w.endLine()
		}
		s = rest
	}
}

func (w *codeWriter) endLine() {
	w.line++
	w.inLine = false
	if w.marked {
		w.close()
		w.out = append(w.out, "</span>"...)
		w.marked = false
	}
}

func (w *codeWriter) end() {
	w.endLine()
	w.close()
}

func (w *codeWriter) run(c class, s string) {
	if s == "" {
		return
	}
	// White space has no colour: it never needs a span of its own.
	if c != w.class && !isBlank(s) {
		w.close()
		if c != 0 {
			w.out = append(w.out, `<span class="`...)
			w.out = append(w.out, c.name()...)
			w.out = append(w.out, `">`...)
		}
		w.class = c
	}
	w.out = appendEscaped(w.out, s)
}

func (w *codeWriter) close() {
	if w.class != 0 {
		w.out = append(w.out, "</span>"...)
		w.class = 0
	}
}

func isBlank(s string) bool {
	for i := 0; i < len(s); i++ {
		if !isSpaceByte(s[i]) {
			return false
		}
	}
	return true
}
