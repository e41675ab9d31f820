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
