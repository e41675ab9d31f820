package diag

import "strings"

// Near returns the known name that word most likely meant, or "". It looks
// past case, spaces, hyphens and underscores, allows one edit for every three
// letters, and gives up when two names are equally near.
func Near(word string, known []string) string {
	w := []rune(foldName(word))
	if len(w) == 0 {
		return ""
	}
	best, tie, bestAt := "", false, len(w)/3+1
	if len(w) < 3 {
		bestAt = 1
	}
	limit := bestAt
	for _, k := range known {
		f := []rune(foldName(k))
		d := distance(w, f, limit)
		if d > limit || d >= max(len(w), len(f)) {
			continue
		}
		switch {
		case best == "" || d < bestAt:
			best, bestAt, tie = k, d, false
		case d == bestAt && foldName(best) != string(f):
			tie = true
		}
	}
	if tie {
		return ""
	}
	return best
}

var unspaced = strings.NewReplacer(" ", "", "-", "", "_", "")

func foldName(s string) string { return unspaced.Replace(strings.ToLower(s)) }

// distance is the optimal string alignment distance (insert, delete, replace,
// swap of neighbours), or limit+1 as soon as it must exceed limit.
func distance(a, b []rune, limit int) int {
	if len(a)-len(b) > limit || len(b)-len(a) > limit {
		return limit + 1
	}
	before := make([]int, len(b)+1)
	last := make([]int, len(b)+1)
	now := make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		now[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			now[j] = min(last[j]+1, now[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				now[j] = min(now[j], before[j-2]+1)
			}
			least = min(least, now[j])
		}
		if least > limit {
			return limit + 1
		}
		before, last, now = last, now, before
	}
	return last[len(b)]
}
