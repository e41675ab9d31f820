package prosetest

import (
	"fmt"
	"maps"
	"strconv"
	"strings"
)

// OnIncident is front matter by which a note's figures are held against facts.
const OnIncident = `---
kind: incident
title: Checkout
severity: SEV1
started_at: 2024-01-01T10:00:00Z
detected_at: T+4m
mitigated_at: T+38m
resolved_at: T+2h
slo: {target: 99.9%, window: 30d}
metrics:
  - {name: error_rate, before: 12%, after: 2%}
---
`

const inStory = "---\nkind: story\ntitle: Told\nincident: checkout\nprinciples: [ownership]\n---\n## Situation\n\n"

// Kinds is a text as a page, as an incident and as a story: each reads it in
// another way.
func Kinds(name, text string) map[string]string {
	return map[string]string{
		name + ".md":                text,
		"incidents/" + name + ".md": OnIncident + text,
		"stories/" + name + ".md":   inStory + text,
		"incidents/checkout.md":     OnIncident + "Text.\n",
	}
}

// Handbook is all that means harm in one: each shape as each kind of note, a
// few hundred bytes long, every front matter, every language of code.
func Handbook() map[string]string {
	all := make(map[string]string)
	for i, s := range Shapes {
		maps.Copy(all, Kinds(fmt.Sprintf("shape-%03d", i), s.Times(200/len(s.Motif))))
	}
	for name, text := range FrontMatters() {
		all["front/"+name+".md"] = text
	}
	for name, text := range Fences(2000) {
		all["fences/"+name+".md"] = text
	}
	return all
}

// FrontMatters are what front matter has been found to hold: bombs, what takes
// readers of YAML long, and what is no front matter at all.
func FrontMatters() map[string]string {
	repeat := strings.Repeat
	numbered := func(format string, n int) string {
		var b strings.Builder
		for i := range n {
			b.WriteString(strings.ReplaceAll(format, "№", strconv.Itoa(i)))
		}
		return b.String()
	}
	bomb := "a: &a [x, x, x, x, x, x, x, x, x]\n"
	for c := 'b'; c <= 'i'; c++ {
		bomb += fmt.Sprintf("%c: &%c [%s]\n", c, c, strings.TrimSuffix(repeat(fmt.Sprintf("*%c, ", c-1), 9), ", "))
	}
	merges := "k0: &k0 {a: 1}\n"
	for i := range 400 {
		merges += fmt.Sprintf("k%d: &k%d\n  <<: [*k%d, *k%d]\n", i+1, i+1, i, i)
	}
	texts := map[string]string{
		"a bomb of aliases": bomb, "a chain of merges": merges, "an alias of itself": "a: &a [*a]\n", "an alias to nothing": "a: *b\n",
		"one key, 5,000 times": repeat("title: t\n", 5_000), "5,000 keys": numbered("k№: v\n", 5_000), "60 kB of one key": repeat("title: t\n", 6_500), "keys in braces": "{" + numbered("k№: v, ", 5_000) + "}\n",
		"600 levels of lists": repeat("- ", 600) + "x\n", "600 levels of keys": numbered("a: {", 600) + repeat("}", 600) + "\n", "10,000 brackets": "a: " + repeat("[", 10_000) + "\n", "10,000 braces": "a: " + repeat("{", 10_000) + "\n", "brackets that close": "a: " + repeat("[", 10_000) + repeat("]", 10_000) + "\n",
		"5,000 question marks": repeat("? ", 5_000) + "\n", "5,000 dashes": repeat("-", 5_000) + "\n", "colons": "a" + repeat(":", 20_000) + "\n", "colons apart": repeat(": ", 20_000) + "\n", "anchors": repeat("&a ", 5_000) + "x\n", "tags": repeat("!a ", 5_000) + "x\n",
		"quotes": "a: " + repeat("\"", 20_000) + "\n", "one quote": "a: \"" + repeat("x ", 20_000) + "\n", "one apostrophe": "a: '" + repeat("''", 20_000) + "\n", "escapes": "a: \"" + repeat("\\u0041", 9_000) + "\"\n", "a bad escape": "a: \"" + repeat("\\x", 9_000) + "\"\n", "a folded text": "a: >\n" + repeat("  x\n", 15_000), "a literal text": "a: |\n" + repeat("  x\n\n", 10_000),
		"spaces": repeat(" ", 60_000) + "a: b\n", "tabs": repeat("\t", 60_000) + "a: b\n", "blank lines": repeat("\n", 60_000) + "a: b\n", "comments": repeat("# x\n", 15_000), "comments behind values": repeat("a: b # x\n", 7_000), "broken lines": repeat("a: [x\n", 10_000), "other broken lines": repeat("a: b: c\n", 8_000),
		"a tag that runs code": "a: !!python/object/apply:os.system [id]\n", "a tag of binary": "a: !!binary " + repeat("A", 20_000) + "\n", "a tag of a set": "a: !!set {x, y}\n", "a date that is none": "started_at: 99999999-99-99T99:99:99Z\n", "a number that is none": "a: 1e999999999\nb: 0x" + repeat("f", 10_000) + "\nc: .inf\nd: .nan\n", "a number of 60 kB": "a: " + repeat("9", 60_000) + "\n", "numbers by colons": "a: " + repeat("9:", 10_000) + "9\n",
		"NUL": "a: \x00b\n", "a mark inside": "\ufeffa: b\n", "line separators": "a: b\u2028c: d\u0085e: f\n", "directives": repeat("%YAML 1.2\n", 1_000) + "a: b\n", "documents": repeat("--- a\n", 5_000), "too large": "a: " + repeat("x", 70_000) + "\n", "a megabyte": repeat("a: b\n", 200_000), "long keys": repeat("k", 60_000) + ": v\n", "a key that is a list": repeat("? [a, b]\n: c\n", 2_000),
		"a timeline of all that fits": "kind: incident\nstarted_at: 2024-01-01T00:00:00Z\ntimeline:\n" + numbered("  - {at: T+№m, event: e№}\n", 240), "a tree in a circle": "kind: incident\ndecision_tree:\n  start: a\n  nodes:\n    a: {check: x, yes: b, no: a}\n    b: {check: y, yes: a, no: b}\n", "a tree of all that fits": "kind: incident\ndecision_tree:\n  start: n0\n  nodes:\n" + numbered("    n№: {check: c, yes: n№, no: m№}\n", 100),
		"years apart": "kind: incident\nstarted_at: 0001-01-01T00:00:00Z\nmitigated_at: 9999-12-31T23:59:59Z\ntimeline: [{at: 5000-01-01T00:00:00Z, event: x}]\n", "durations": "kind: incident\nslo: {target: 99.999999999999999%, window: 9999999999999999d}\nsla: -1h\ntargets: {mitigate: 1e300h}\n", "money": "kind: offer\nversions: [{base: USD 1e400, bonus: USD -1, equity: 99999999999999999999 units}]\n",
	}
	for name, text := range texts {
		texts[name] = "---\n" + text + "---\nWords of the body.\n"
	}
	texts["no end"] = "---\ntitle: x\n" + repeat("a: b\n", 10_000)
	texts["only the beginning"] = "---\n"
	texts["fences"] = repeat("---\n", 20_000)
	texts["TOML"] = "+++\n" + repeat("a = 1\n", 20_000) + "+++\nWords of the body.\n"
	texts["JSON"] = "{\"a\": " + repeat("[", 20_000) + "}\n\nWords of the body.\n"
	return texts
}

// Fences are blocks of code of so many bytes in fifteen languages, each of ten
// things that lexers have taken long for.
func Fences(size int) map[string]string {
	languages := strings.Fields("go java python javascript typescript bash yaml json sql make ruby kotlin rust hcl markdown")
	motifs := []string{"a", " ", "\n", "\"", "'", "`", "{[(", "/* ", "$( ", "\\\n# @ - : < "}
	texts := make(map[string]string)
	for _, language := range languages {
		for i, motif := range motifs {
			texts[fmt.Sprintf("%s-%d", language, i)] = "```" + language + "\n" + strings.Repeat(motif, size/len(motif)) + "\n```\n"
		}
	}
	return texts
}
