package corpus

import (
	"fmt"
	"strings"
)

var languages = []string{"go", "sql", "bash", "yaml", "python"}

// code is what notes of incidents quote, some 480 bytes a block.
var code = map[string]string{
	"go": `// retry calls until it succeeds, the budget is spent or the caller gives up.
func retry(ctx context.Context, budget *Budget, call func(context.Context) error) error {
	for attempt := 0; ; attempt++ {
		limited, cancel := context.WithTimeout(ctx, 250*time.Millisecond)
		err := call(limited)
		cancel()
		if err == nil {
			return nil
		}
		if !budget.Take(1) || errors.Is(err, ErrFinal) {
			return fmt.Errorf("attempt %d: %w", attempt, err) // no budget, no retry
		}
		wait := min(10<<attempt, 2000) + rand.IntN(50)
		select {
		case <-time.After(time.Duration(wait) * time.Millisecond):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
`,
	"sql": `-- Which share of the failures of ten minutes came from each cell?
SELECT cell, count(*) AS failed, 100.0 * count(*) / sum(count(*)) OVER () AS share,
       percentile_cont(0.99) WITHIN GROUP (ORDER BY took_ms) AS p99
FROM requests r
JOIN deployments d ON d.id = r.deployment_id AND d.version <> 'v41'
WHERE status >= 500 AND at >= now() - interval '10 minutes'
GROUP BY cell
HAVING count(*) > 10
ORDER BY failed DESC
LIMIT 20;
`,
	"bash": `set -euo pipefail
for cell in a b c d e f; do
  echo "rolling back $cell at $(date -u +%T)"
  kubectl --context "$cell" rollout undo deployment/checkout
  kubectl --context "$cell" rollout status deployment/checkout --timeout=120s
  sleep 20 # one cell at a time
  curl -fsS "https://$cell.example/health" | jq -e '.ready == true' || break
done
`,
	"yaml": `groups:
  - name: checkout-cell
    rules:
      - alert: CacheConnectionWait
        expr: histogram_quantile(0.99, sum by (cell, le) (rate(wait_seconds_bucket[2m]))) > 0.02
        for: 2m
        labels: {severity: page, team: checkout}
        annotations:
          summary: requests wait for a connection
          runbook: "https://runbooks.example/cache-wait"
          description: p99 wait is above 20 ms, so the pool is too small
`,
	"python": `def budget_spent(spans, target=0.999, window=30 * 24 * 60):
    """Share of the error budget that spans of (minutes, ratio) spend."""
    budget = (1 - target) * window
    if budget <= 0:
        raise ValueError(f"a target of {target} leaves no budget")
    spent = sum(minutes * ratio for minutes, ratio in spans)
    return {
        "share": round(spent / budget, 3),
        "left": max(budget - spent, 0.0),
        "pages": [r for r in (14.4, 6, 1) if spent > r * budget / 720],
    }
`,
}

// distinct returns code that no other block is.
func distinct(text string, n int) string {
	return strings.NewReplacer("cell", fmt.Sprint("cell", n), "budget", fmt.Sprint("budget", n)).Replace(text)
}
