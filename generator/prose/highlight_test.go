package prose

import (
	"testing"

	"github.com/alecthomas/chroma/v2/lexers"
)

// TestLexerNames holds that the lexers we judged exist: chroma renames one
// now and then, and a name that matches nothing judges nothing.
func TestLexerNames(t *testing.T) {
	names := make(map[string]bool)
	for _, l := range lexers.GlobalLexerRegistry.Lexers {
		names[l.Config().Name] = true
	}
	for _, judged := range []map[string]bool{steady, unsteady} {
		for name := range judged {
			if !names[name] {
				t.Errorf("chroma has no lexer called %q", name)
			}
		}
	}
	for _, lang := range []string{"go", "sh", "bash", "js", "ts", "py", "yml", "yaml", "json", "sql", "hcl", "dockerfile", "promql", "diff"} {
		if lexerFor(lang) == nil {
			t.Errorf("no lexer reads ```%s", lang)
		}
	}
}

// TestColours holds that words get the class of what they are, and marked
// lines a span of their own.
func TestColours(t *testing.T) {
	got, fault := highlight(nil, nil, "go", codeOptions{marks: []lineRange{{2, 2}}}, "// c\nreturn 1\n")
	const want = `<span class="c">// c` + "\n" + `</span><span class="hl"><span class="k">return </span><span class="m">1` + "\n" + `</span></span>`
	if fault != nil || string(got) != want {
		t.Errorf("%s (%v), want %s", got, fault, want)
	}
}
