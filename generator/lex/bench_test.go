package lex

import (
	"slices"
	"testing"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/lexers"
)

// BenchmarkLexers lexes samples by chroma's lexers and by ours.
func BenchmarkLexers(b *testing.B) {
	common := []string{"Go", "Python", "Bash", "YAML", "JSON", "JavaScript", "TypeScript", "Java", "Rust", "Ruby", "CSS", "Terraform", "PromQL", "Diff"}
	texts := make(map[string]string)
	for _, s := range samples(b) {
		name := s.lexer.Config().Name
		if slices.Contains(common, name) && len(texts[name]) < 2000 {
			texts[name] += s.text
		}
	}
	for _, name := range common {
		l := lexers.Get(name)
		if texts[name] == "" {
			b.Fatalf("chroma has no sample of %s", name)
		}
		for _, c := range []struct {
			name string
			l    chroma.Lexer
		}{{"chroma", l}, {"lex", Faster(l, lexers.GlobalLexerRegistry)}} {
			b.Run(name+"/"+c.name, func(b *testing.B) {
				b.SetBytes(int64(len(texts[name])))
				b.ReportAllocs()
				for b.Loop() {
					next, err := c.l.Tokenise(root, texts[name])
					if err != nil {
						b.Fatal(err)
					}
					for t := next(); t != chroma.EOF; t = next() {
					}
				}
			})
		}
	}
}
