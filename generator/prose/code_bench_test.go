package prose

import (
	"testing"

	"debrief/generator/cache"

	"github.com/alecthomas/chroma/v2/lexers"
)

// BenchmarkCode finds the colours of a block of code: by chroma's lexer, by
// ours, and in a cache.
func BenchmarkCode(b *testing.B) {
	blocks := map[string]string{
		"go":     "func retry(ctx context.Context, budget *Budget, call func() error) error {\n\tfor attempt := 0; ; attempt++ {\n\t\terr := call()\n\t\tif err == nil || !budget.Take(1) {\n\t\t\treturn err // no budget, no retry\n\t\t}\n\t}\n}\n",
		"sql":    "SELECT cell, count(*) AS failed, 100.0 * count(*) / sum(count(*)) OVER () AS share\nFROM requests\nWHERE status >= 500 AND at >= now() - interval '10 minutes'\nGROUP BY cell\nORDER BY failed DESC;\n",
		"bash":   "for cell in a b c d e f; do\n  kubectl --context \"$cell\" rollout undo deployment/checkout\n  sleep 20 # one cell at a time\n  curl -fsS \"https://$cell.example/health\" || break\ndone\n",
		"yaml":   "alert: CacheConnectionWait\nexpr: histogram_quantile(0.99, sum by (cell, le) (rate(wait_seconds_bucket[2m]))) > 0.02\nfor: 2m\nlabels: {severity: page}\n",
		"python": "def budget_spent(spans, target, window):\n    \"\"\"Share of the error budget that spans of (minutes, ratio) spend.\"\"\"\n    budget = (1 - target) * window\n    return sum(minutes * ratio for minutes, ratio in spans) / budget\n",
	}
	for _, lang := range []string{"go", "sql", "bash", "yaml", "python"} {
		code := blocks[lang]
		kept := cache.New()
		for _, c := range []struct {
			name string
			find func() (runs, any)
		}{
			{"chroma", func() (runs, any) { return lexed(lexers.Get(lang), code) }},
			{"lex", func() (runs, any) { return lexed(lexerFor(lang), code) }},
			{"kept", func() (runs, any) { return runsFor(kept, lexerFor(lang), code) }},
		} {
			b.Run(lang+"/"+c.name, func(b *testing.B) {
				for b.Loop() {
					if found, fault := c.find(); fault != nil || len(found) == 0 {
						b.Fatal(fault)
					}
				}
			})
		}
	}
}
