// Package prosetest holds texts that cost parsers of Markdown far more time than
// their size, for tests that must not take long on any of them.
package prosetest

import (
	"fmt"
	"strconv"
	"strings"
)

// A Shape is a text made of one motif over and over.
type Shape struct {
	Before, Motif, After string
	Numbered             bool // the motif holds № where each repetition has its number
}

// Name tells the shape apart from others.
func (s Shape) Name() string { return fmt.Sprintf("%.20q × %q", s.Before, s.Motif) }

// Times is the text with n repetitions, at least one.
func (s Shape) Times(n int) string {
	n = max(n, 1)
	if !s.Numbered {
		return s.Before + strings.Repeat(s.Motif, n) + s.After
	}
	var b strings.Builder
	b.WriteString(s.Before)
	for i := range n {
		b.WriteString(strings.ReplaceAll(s.Motif, "№", strconv.Itoa(i)))
	}
	b.WriteString(s.After)
	return b.String()
}

// Shapes are known from the bug trackers of parsers, or found here.
var Shapes = append(repeated(), numbered()...)

func repeated() []Shape {
	var all []Shape
	for _, s := range [][3]string{
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
		{"", "# a\n", ""}, {"", "# a {#a}\n", ""}, {"# ", "{a ", "}"}, {"", "a\n===\n", ""}, {"", "a\n", "==="}, {"", "#", ""}, {"", "# a-1\n# a\n", ""}, {"", "## Situation\n\n", ""}, {"", "## Situation\n\n### a\n\nI did. ", "\n\n"},
		{"", "a|", "\n" + strings.Repeat("-|", 20000) + "\n"}, {strings.Repeat("a|", 141) + "\n" + strings.Repeat("-|", 141) + "\n", "a\n", ""}, {"a|b\n-|-\n", "|", ""},
		{"a|b\n-|-\n", "`\\|`\n", ""}, {"a\n", "-|-\n", ""}, {"a|b\n-|-\n", "a|b\n", ""}, {"what|x\n-|-\n", "mitigated|12% to 2% in 38 min\n", ""}, {"a|\n-|\n", "12%|", ""}, {"", "|-", ""}, {"", "|a|\n|-|\n\n", ""},
		{"", "[a]: b\n", ""}, {"", "[a]: b '", ""}, {"", "[a]: <b\n", ""}, {"", "[\na]: b\n", ""}, {"", "[a]:\n", ""},
		{"", "a\n: b\n", ""}, {"", ": ", "a"}, {"a\n", ": ", "b"}, {"a\n", ": b\n", ""}, {"", "a\n\n: b\n\n", ""},
		{"", ":::note\n", ""}, {"", ":::note\n:::\n", ""}, {":::note\n", ":::\n", ""}, {"", ":::", ""}, {"", "!!! note\n    ", "a"}, {"", "!!! note\n", ""}, {"", "> [!note]\n", ""}, {"", "> [!note]\n\n", ""},
		{"", "%%", ""}, {"", "%% ", ""}, {"", "a %%\n\n", ""}, {"", "%%\n", ""}, {"", "%%a\n\n", ""},
		{"", "{{", ""}, {"", "{{a", ""}, {"", "{{a}}", ""}, {"", "#a", ""}, {"", "#a ", ""}, {"", "^a ", ""}, {"", "a ^a\n\n", ""},
		{"", "\n", ""}, {"", " ", "a"}, {"", "\t", "a"}, {"", "    a\n\n", ""}, {"", "a  \n", ""}, {"", "a\\\n", ""}, {"", "a\n\n", ""}, {"", "a", ""}, {"", "a ", ""}, {"", "é", ""},
		{"", "```\n", ""}, {"", "~~~\n\n", ""}, {"```a\n", "b\n", "```"}, {"", "---\n", ""}, {"", "- [ ] a\n", ""}, {"", "**a:** b\n\n", ""},
		{"", "a. b! [x](y) ", ""}, {"", "*a* ", ""}, {"", "`a` ", ""}, {"", "![[a]]\n", ""}, {"", "[a] ", "\n\n[a]: b"},
		{"[" + strings.Repeat("a", 900) + "]: b\n\n", "[" + strings.Repeat("a", 900) + "] ", ""}, {"", strings.Repeat("[", 400) + strings.Repeat("]", 400), ""},
	} {
		all = append(all, Shape{Before: s[0], Motif: s[1], After: s[2]})
	}
	return all
}

// numbered are things that cost more when each has a name of its own: links,
// tags, headings, figures.
func numbered() []Shape {
	var all []Shape
	for _, motif := range []string{
		"#t№ ", "#a/b№/c№ ", "[[n№]] ", "[[n№]]\n\n", "[x](n№.md)\n\n", "![[n№]]\n\n", "![x](p№.png)\n\n", "[x№](#h№)\n\n", "[[#h№]]\n\n", "{{f№}} ", "{{f№.a}}\n\n",
		"# h№\n", "# h№\n\ntext\n\n", "## h№\n\n### g№\n\n", "a№ ^b№\n\n", "[^n№]\n\n[^n№]: x\n\n", "[^n№] ", "[^1] ",
		"[r№]: u№\n", "[r№]: u№\n\n", "[r№][r№]\n\n", "№% ", "it took № minutes. ", "$№M and ", "№ minutes to mitigate\n\n", "from №% to №%\n\n", "**S№:** text\n\n", "**Situation:** text №\n\n",
		"12% to 2% ", "we № ", "I №. ", "word№ ", "> [!bad]\n> b№\n\n> [!good]\n> g№\n\n", "> [!probe] q№?\n> a\n\n", "> [!judgment]\n> j№\n\n", "> [!private]\n> j№\n\n",
		"- [ ] task №\n", "1. item №\n", "```timeline\n- at: T+№m\n  what: x№\n```\n\n", "```decision\nstart: a№\n```\n\n", "```go\nfunc f№() {}\n```\n\n", "```x№\na\n```\n\n",
		"|a№|b|\n|-|-|\n|c|d|\n\n", "<details><summary>s№</summary>\n\nx\n\n</details>\n\n", "<a name=\"n№\"></a> ", "<img src=\"p№.png\"> ", "<a href=\"x№.md\">y</a> ", "https://a.b/№ ", "a№@b.cd ",
		"%% c№ %% ", "%% c№\n\n", "<!-- c№ --> ", "<!-- debrief-ignore r№: x -->\n\n", "<!-- debrief-ignore r№: x --> ", "<!--\n\nx№\n\n-->\n\n", ":::note t№\nx\n:::\n\n", "[x](javascript:№) ", "[x](javascript:№)\n\n", "==m№== ", "term№\n: def\n\n",
		"![](https://x.y/№.png)\n\n", "fill me №\n", "- fill me in №\n", "[[a|b№]]\n\n", "![[x]]\n\n", "![[index]]\n\n", "[[x#h№]]\n\n", "[x](x.md#h№)\n\n", "2024-01-01 10:№ ", "10:№:01 UTC ", "p99 was №ms\n\n", "№x ", "twice half a third ", "SEV№ ", "about № hours ", "one hundred and № ", "$№,000,000 ", "two thousand three hundred and forty five ", "№.№.№ ",
		"the team was paged by the team №. ", "mistakes were made №. ", "a very №, ", "MTTR № ", "— № ", "“q№” ", "(№ ", "a№; ", "e.g. № ", "Mr. № ", "A.B.№ ", "...№ ", "?!№ ", "T+№m: x\n", "  - x№\n", "`c№` ", "*e№* ", "http://№", "\\№ ", "&#№; ", "&#x41;№", "| № ", "^№ ", "$x_№$ ", ":e№: ", "{{< s№ >}} ", "{% x№ %}\n", "H~№~O ", "[ ] № ", "é№ ", "\u202e№ ", "\u200b№", "a\u0301\u0302№", "ﷺ№ ",
		"- a №\n\n\n", "* * * №\n", "--- №\n", "№\n===\n", "№\n---\n\n", "    code №\n\n", "\t- №\n", "> №\n", "> - №\n", "> ```\n> №\n\n", "<!-- №\n", "<pre>№\n\n", "<script>№</script>\n", "<x№>\n\n", "</x№> ", "<x№ ", "<kbd>№</kbd> ", "<mark>№ ",
		"I escalated to a senior №. ", "the root cause was human error №. ", "our SLO target was №.2% then ", "error_rate went from №% to 2%. ", "I saved $№M. ", "elite performers № ",
	} {
		all = append(all, Shape{Motif: motif, Numbered: true})
	}
	return all
}
