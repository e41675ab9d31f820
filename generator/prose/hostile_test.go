package prose

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"debrief/generator/prose/prosetest"
)

// languages with lexers that take some texts long, and the texts.
var codeShapes = map[string][]string{
	"make": {"a", "a ", "$("}, "java": {"\n", " ", "@"}, "yaml": {"@", "'", "- ", "a: ", "\""}, "markdown": {"*", "[", "`"},
	"ruby": {"a", "%", "<<", "/"}, "kotlin": {"a", "`", "$"}, "go": {"`", "/*", "a"}, "python": {"'", "f'", "\\"}, "bash": {"$(", "`", "<<"},
	"sql": {"'", "a", "--"}, "json": {"[", "\"", "{"}, "javascript": {"`${", "/", "<"}, "typescript": {"<", "a<"}, "html": {"<", "<a", "<!--"},
	"css": {"a{", ":"}, "rust": {"r#", "'", "/*"}, "c": {"/*", "#", "\\\n"}, "perl": {"s/", "q(", "$"}, "php": {"<?php ", "<?"}, "diff": {"+", "@@"},
	"hcl": {"${", "\""}, "dockerfile": {"RUN ", "\\\n"}, "ini": {"[", "a="}, "toml": {"[", "\"\"\""}, "xml": {"<", "<a "}, "http": {"a: ", "\n"},
	"powershell": {"$(", "@'"}, "scala": {"\"\"\"", "["}, "swift": {"\"\\(", "/*"}, "haskell": {"{-", "("}, "console": {"$ ", "> "},
}

func hostile(size int) map[string]string {
	notes := map[string]string{}
	for _, s := range prosetest.Shapes {
		notes[s.Name()] = s.Times(size / len(s.Motif))
	}
	for lang, texts := range codeShapes {
		for _, text := range texts {
			notes[fmt.Sprintf("```%s × %q", lang, text)] = "```" + lang + "\n" + strings.Repeat(text, max(1, size/len(text))) + "\n```\n"
		}
	}
	return notes
}

// TestHostile reads every shape; it would run for minutes without the limits.
// HOSTILE=bytes and HOSTILE_SLOW=milliseconds print what takes long.
func TestHostile(t *testing.T) {
	size, slow := 20_000, time.Hour
	if s := os.Getenv("HOSTILE"); s != "" {
		size, _ = strconv.Atoi(s)
		ms, _ := strconv.Atoi(os.Getenv("HOSTILE_SLOW"))
		slow = time.Duration(ms) * time.Millisecond
	}
	for name, note := range hostile(size) {
		start := time.Now()
		d, findings := Parse([]byte(note), Options{})
		took := time.Since(start)
		if took > slow {
			t.Logf("%8v  %s plain=%v %d bytes of HTML", took.Round(time.Millisecond), name, d.Plain, len(d.html))
		}
		for _, f := range findings {
			if f.Rule == "render-panic" {
				t.Errorf("%s: %s", name, f.Message)
			}
		}
	}
}
