package prose

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"
)

// shapes are texts that parsers of Markdown, or of the languages in its code
// blocks, are known to take more than linear time for: a beginning, what is
// repeated, and an end.
var shapes = [][3]string{
	{"", "_a* ", ""}, {"", "*a_ ", ""}, {"", "*a **a ", ""}, {"", "**a *a", ""}, {"", "_a _b", ""},
	{"", "a**b", "c* "}, {"", "*", "a"}, {"", "_", ""}, {"", "* _ ", ""}, {"", "*a", "*"},
	{"", "~~a ", ""}, {"", "~a~~", ""}, {"", "==a ", ""}, {"", "a==b", ""}, {"", "==a *b _c ~d ", ""},
	{"", "[a](", ""}, {"", "![a](", ""}, {"", "](", ""}, {"", "[", "]("}, {"", "[", ""}, {"", "]", ""}, {"", "![", ""},
	{"", "[a", "]"}, {"", "[", strings.Repeat("]", 20000)}, {"", "[a][", ""}, {"", "[a]: ", ""}, {"", "[*a*](b) ", ""},
	{"", "[a](b \"", ""}, {"", "[a](b '", ""}, {"", "[a](<b", ""}, {"", "[a](b (", ""}, {"", "[[a](b)](c) ", ""}, {"", "[a](b)\n", ""},
	{"", "[[", ""}, {"", "[[a|", "]]"}, {"", "![[", ""}, {"", "[[a]] ", ""}, {"", "[[[", "]]"}, {"", "!", ""},
	{"", "[^", ""}, {"", "[^a]", "\n\n[^a]: x"}, {"", "[^a]: ", ""}, {"[^a]: x\n\n", "[^a] ", ""}, {"", "![^a]", ""},
	{"", "> ", "a"}, {"", ">", "a\n"}, {"", "> - ", "a"}, {"", "- ", "a"}, {"", "* ", "a"}, {"", "1. ", "a"}, {"", "- > ", ""},
	{"", "> a\n", ""}, {"", "- a\n", ""}, {"", "- a\n\n", ""}, {"", "1) a\n", ""}, {"", "-\n", ""}, {"", "- \n\n", ""},
	{strings.Repeat("- ", 45) + "a\n", "\n", "a"}, {strings.Repeat("> ", 90) + "a\n", "a\n", ""}, {strings.Repeat("- ", 45) + "a\n", "\n" + strings.Repeat(" ", 90) + "b\n", ""},
	{"", "`", ""}, {"", "` ", ""}, {"", "`a``b```c````d", ""}, {"", "``a` ", ""},
	{"", "<", ""}, {"", "<a ", ""}, {"", "<a b=\"", ""}, {"", "<!--", ""}, {"", "<!-- ", "-->"}, {"", "<?", ""}, {"", "<![CDATA[", ""}, {"", "<!A ", ""},
	{"", "<a href='", ">"}, {"", "<a:", ""}, {"", "<a@b.", ""}, {"<details>\n", "<summary>", ""}, {"<details>\n", "<!-- ", ""}, {"", "<details>\n\n", ""},
	{"<details>", "<kbd>", "</kbd>"}, {"<details>", "<kbd></sub>", ""}, {"", "<kbd>", ""}, {"", "<kbd></sub>", ""}, {"a ", "<details a='", ""}, {"<details>\n", "<details a ", ""},
	{"", "a@", ""}, {"", "_a@b.c", ""}, {"", "a_a", "@"}, {"", "_www.", ""}, {"", "_http://", ""}, {"", "(http://a.b", ""}, {"", " www.a.b", ""}, {"", "*http://a.b", ""},
	{"", "&", ""}, {"", "&a;", ""}, {"", "&#", ""}, {"", "\\", ""}, {"", "\\*", ""},
	{"", "# a\n", ""}, {"", "# a {#a}\n", ""}, {"# ", "{a ", "}"}, {"", "a\n===\n", ""}, {"", "a\n", "==="}, {"", "#", ""}, {"", "# a-1\n# a\n", ""},
	{"", "a|", "\n" + strings.Repeat("-|", 20000) + "\n"}, {strings.Repeat("a|", 141) + "\n" + strings.Repeat("-|", 141) + "\n", "a\n", ""}, {"a|b\n-|-\n", "|", ""},
	{"a|b\n-|-\n", "`\\|`\n", ""}, {"a\n", "-|-\n", ""}, {"a|b\n-|-\n", "a|b\n", ""}, {"", "|-", ""}, {"", "|a|\n|-|\n\n", ""},
	{"", "[a]: b\n", ""}, {"", "[a]: b '", ""}, {"", "[a]: <b\n", ""}, {"", "[\na]: b\n", ""}, {"", "[a]:\n", ""},
	{"", "a\n: b\n", ""}, {"", ": ", "a"}, {"a\n", ": ", "b"}, {"a\n", ": b\n", ""}, {"", "a\n\n: b\n\n", ""},
	{"", ":::note\n", ""}, {"", ":::note\n:::\n", ""}, {":::note\n", ":::\n", ""}, {"", ":::", ""}, {"", "!!! note\n    ", "a"}, {"", "!!! note\n", ""}, {"", "> [!note]\n", ""}, {"", "> [!note]\n\n", ""},
	{"", "%%", ""}, {"", "%% ", ""}, {"", "a %%\n\n", ""}, {"", "%%\n", ""}, {"", "%%a\n\n", ""},
	{"", "{{", ""}, {"", "{{a", ""}, {"", "{{a}}", ""}, {"", "#a", ""}, {"", "#a ", ""}, {"", "^a ", ""}, {"", "a ^a\n\n", ""},
	{"", "\n", ""}, {"", " ", "a"}, {"", "\t", "a"}, {"", "    a\n\n", ""}, {"", "a  \n", ""}, {"", "a\\\n", ""}, {"", "a\n\n", ""}, {"", "a", ""}, {"", "a ", ""}, {"", "é", ""},
	{"", "```\n", ""}, {"", "~~~\n\n", ""}, {"```a\n", "b\n", "```"}, {"", "---\n", ""}, {"", "- [ ] a\n", ""}, {"", "**a:** b\n\n", ""},
	{"", "a. b! [x](y) ", ""}, {"", "*a* ", ""}, {"", "`a` ", ""}, {"", "![[a]]\n", ""}, {"", "[a] ", "\n\n[a]: b"},
	{"[" + strings.Repeat("a", 900) + "]: b\n\n", "[" + strings.Repeat("a", 900) + "] ", ""}, {"", strings.Repeat("[", 400) + strings.Repeat("]", 400), ""},
}

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
	for _, s := range shapes {
		n := max(1, size/len(s[1]))
		notes[fmt.Sprintf("%.20q × %q", s[0], s[1])] = s[0] + strings.Repeat(s[1], n) + s[2]
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
