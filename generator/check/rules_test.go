package check_test

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"debrief/docs"
	"debrief/generator"
	"debrief/generator/check"
	"debrief/generator/diag"
	"debrief/generator/note"
)

// A ruleCase is a handbook in which a rule fires, with the findings it must
// have, and one in which it stays silent.
type ruleCase struct {
	fires, silent fstest.MapFS
	want          []string        // "path:line: level: part of the message [rule]"
	profile       note.Visibility // from a first line "profile: public"; private without
}

// made are the cases that no text file can hold.
var made = map[string]ruleCase{
	"too-large": {
		fires:  fstest.MapFS{"big.md": {Data: bytes.Repeat([]byte("words "), 800_000)}},
		silent: fstest.MapFS{"big.md": {Data: bytes.Repeat([]byte("words\n\n"), 100_000)}},
		want:   []string{"big.md:0: error: larger than 4 MiB [too-large]"},
	},
	"bad-encoding": {
		fires:  fstest.MapFS{"a.md": {Data: []byte("# A\n\ncaf\xe9\n")}, "b.md": {Data: []byte("\xff\xfe#\x00 \x00B\x00")}},
		silent: fstest.MapFS{"a.md": {Data: []byte("\xef\xbb\xbf# A\r\n\r\ncafé\r\n")}},
		want:   []string{"a.md:3: warning: not UTF-8 [bad-encoding]", "b.md:1: warning: UTF-16 [bad-encoding]"},
	},
	"skipped-file": {
		fires: fstest.MapFS{
			"link.md":  {Data: []byte("../elsewhere.md"), Mode: fs.ModeSymlink | 0o777},
			"b\xe9.md": {Data: []byte("# A Latin-1 name\n")},
		},
		silent: fstest.MapFS{"plain.md": {Data: []byte("# Plain\n")}},
		want:   []string{"b\uFFFD.md:0: warning: not UTF-8 [skipped-file]", "link.md:0: info: symbolic link [skipped-file]"},
	},
	"too-complex": {
		fires:  fstest.MapFS{"deep.md": {Data: []byte(strings.Repeat("> ", 150) + "deep\n")}},
		silent: fstest.MapFS{"deep.md": {Data: []byte(strings.Repeat("> ", 12) + "deep\n")}},
		want:   []string{"deep.md:1: warning: too complex [too-complex]"},
	},
}

// unreachable are the rules that no handbook makes fire, with the reason.
var unreachable = map[string]string{
	"render-panic": "it reports a fault of our own; each known one is fixed",
}

func caseOf(t *testing.T, rule string) ruleCase {
	t.Helper()
	if c, ok := made[rule]; ok {
		return c
	}
	archive, err := txtar.ParseFile(filepath.Join("testdata", "rules", rule+".txtar"))
	if err != nil {
		t.Fatalf("the rule has no test: %v", err)
	}
	c := ruleCase{fires: fstest.MapFS{}, silent: fstest.MapFS{}}
	if name, ok := strings.CutPrefix(string(archive.Comment), "profile: "); ok {
		c.profile, _ = note.ParseVisibility(strings.TrimSpace(name))
	}
	for _, f := range archive.Files {
		folder, name, _ := strings.Cut(f.Name, "/")
		switch folder {
		case "want":
			c.want = strings.Split(strings.TrimSpace(string(f.Data)), "\n")
		case "fires":
			c.fires[name] = &fstest.MapFile{Data: f.Data}
		case "silent":
			c.silent[name] = &fstest.MapFile{Data: f.Data}
		default:
			t.Fatalf("a file %s is neither want nor in fires/ or silent/", f.Name)
		}
	}
	return c
}

// today is the day on which the cases are looked at.
var today = time.Date(2026, 11, 25, 0, 0, 0, 0, time.UTC)

func findings(t testing.TB, content fs.FS, profile note.Visibility) diag.List {
	t.Helper()
	r, err := (&generator.Builder{Content: content, Profile: profile, Today: today}).Build(context.Background())
	if err != nil {
		t.Fatalf("build: %v", err)
	}
	return r.Findings
}

func only(found diag.List, rule string) []string {
	var lines []string
	for _, f := range found {
		if f.Rule == rule {
			line := fmt.Sprintf("%s:%d: %s: %s [%s]", f.Path, f.Line, f.Severity, f.Message, f.Rule)
			lines = append(lines, strings.ReplaceAll(line, "\u00a0", " "))
		}
	}
	return lines
}

// matches reports whether a finding's line is the wanted one, of which the
// message may be a part.
func matches(got, want string) bool {
	parts := regexp.MustCompile(`^(\S+:\d+: \w+: )(.*)( \[.+\])$`).FindStringSubmatch(want)
	return parts != nil && strings.HasPrefix(got, parts[1]) && strings.HasSuffix(got, parts[3]) && strings.Contains(got, parts[2])
}

// TestEveryRule holds each rule of the table to its page and its cases.
func TestEveryRule(t *testing.T) {
	for _, rule := range check.Rules() {
		t.Run(rule.Name, func(t *testing.T) {
			page, ok := docs.Rule(rule.Name)
			if !ok {
				t.Errorf("the rule has no page in docs/rules")
			} else if want := "\nLevel: " + rule.Level() + ".\n"; !strings.Contains(page, want) {
				t.Errorf("its page does not say %q", strings.TrimSpace(want))
			}
			if why := unreachable[rule.Name]; why != "" {
				t.Skip(why)
			}
			c := caseOf(t, rule.Name)
			found := findings(t, c.fires, c.profile)
			if got := only(found, rule.Name); !slices.EqualFunc(got, c.want, matches) {
				t.Errorf("found\n\t%s\nwant\n\t%s", strings.Join(got, "\n\t"), strings.Join(c.want, "\n\t"))
			}
			for _, level := range rule.Levels {
				if !slices.ContainsFunc(c.want, func(w string) bool { return strings.Contains(w, ": "+level.String()+": ") }) {
					t.Errorf("no case shows it as %s", level)
				}
			}
			for _, f := range found {
				checkWording(t, f)
				if f.Rule == rule.Name && !slices.Contains(rule.Levels, f.Severity) {
					t.Errorf("found as %s, the table says %s", f.Severity, rule.Level())
				}
			}
			if len(c.silent) == 0 {
				t.Error("no case in which it stays silent")
			}
			for _, line := range only(findings(t, c.silent, c.profile), rule.Name) {
				t.Errorf("in the silent case: %s", line)
			}
		})
	}
}

// checkWording holds a finding to how debrief speaks.
func checkWording(t *testing.T, f diag.Finding) {
	t.Helper()
	for _, said := range append([]string{f.Message}, f.Hints...) {
		switch {
		case said == "", strings.HasSuffix(said, "."), strings.Contains(said, "\n"), strings.Contains(said, "%!"), strings.Contains(said, "*note."):
			t.Errorf("the finding says %q [%s]", said, f.Rule)
		}
	}
	if first := strings.Fields(f.Message)[0]; first != strings.ToUpper(first) && first[0] >= 'A' && first[0] <= 'Z' {
		// Names keep their capital.
		if !regexp.MustCompile(`^(Situation|Task|Action|Result|Learning|Context|Obstacle|Product)\b`).MatchString(f.Message) {
			t.Errorf("the message begins with a capital: %q [%s]", f.Message, f.Rule)
		}
	}
	if _, ok := check.Named(f.Rule); !ok {
		t.Errorf("the table has no rule %s", f.Rule)
	}
}

// TestNothingIsLeftOver holds that pages and cases belong to a rule.
func TestNothingIsLeftOver(t *testing.T) {
	for _, name := range docs.Rules() {
		if _, ok := check.Named(name); !ok {
			t.Errorf("docs/rules/%s.md is about no rule", name)
		}
		if docs.Summary(name) == "" {
			t.Errorf("docs/rules/%s.md says nothing in one line", name)
		}
	}
	files, err := filepath.Glob(filepath.Join("testdata", "rules", "*"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, file := range files {
		if _, ok := check.Named(strings.TrimSuffix(filepath.Base(file), ".txtar")); !ok {
			t.Errorf("%s is about no rule", file)
		}
	}
}

// TestEveryNameInUseIsInTheTable reads our own code for rule names, so that a
// finding cannot come without a page and a test.
func TestEveryNameInUseIsInTheTable(t *testing.T) {
	named := regexp.MustCompile(`"([a-z]+(?:-[a-z]+)+)", (?:diag\.(?:Error|Warning|Info)|severity|hint)\b`)
	seen := 0
	err := filepath.WalkDir("..", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(p, ".go") || strings.HasSuffix(p, "_test.go") {
			return err
		}
		text, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		for _, m := range named.FindAllStringSubmatch(string(text), -1) {
			seen++
			if _, ok := check.Named(m[1]); !ok {
				t.Errorf("%s reports %s, which the table of package check does not have", p, m[1])
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if seen < 60 {
		t.Errorf("only %d names found in the code; does the pattern still fit?", seen)
	}
}

// TestTheArticleAsTold holds that the contradictions of the article are found,
// each once and at its line, and nothing else: see its README-expected.txt.
func TestTheArticleAsTold(t *testing.T) {
	want := []string{
		"incidents/prime-day-outage.md:25 still-burning",
		"incidents/prime-day-outage.md:60 phase-sum",
		"incidents/prime-day-outage.md:64 percent-or-points",
		"incidents/prime-day-outage.md:66 vague-metric",
		"offers/first-offer.md:13 implausible-equity",
		"pages/between-rounds.md:7 red-signal",
		"stories/one-fetch.md:23 tool-without-outcome",
		"stories/one-fetch.md:25 sla-wording",
		"stories/one-fetch.md:29 contradicts-fact",
		"stories/one-fetch.md:30 percent-or-points",
		"stories/peak-rollback.md:18 target-missed-unsaid",
		"stories/peak-rollback.md:23 cadence",
		"stories/peak-rollback.md:28 no-counterfactual",
	}
	var got []string
	for _, f := range findings(t, os.DirFS("../../testdata/article-as-told"), note.Private) {
		switch f.Rule {
		case "principle-without-story", "one-story-per-incident": // coverage; two stories cannot cover sixteen principles
		default:
			got = append(got, fmt.Sprintf("%s:%d %s", f.Path, f.Line, f.Rule))
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("found\n\t%s\nwant\n\t%s", strings.Join(got, "\n\t"), strings.Join(want, "\n\t"))
	}
}

// TestOnlyTheAuthorIsCounted holds that a build which hides notes says nothing
// of what is missing: its counts are low, and would say that there is more.
func TestOnlyTheAuthorIsCounted(t *testing.T) {
	for _, rule := range check.Rules() {
		c, err := txtar.ParseFile(filepath.Join("testdata", "rules", rule.Name+".txtar"))
		if err != nil {
			continue
		}
		content := fstest.MapFS{}
		for _, f := range c.Files {
			text := string(f.Data)
			if name, ok := strings.CutPrefix(f.Name, "fires/"); ok && strings.HasPrefix(text, "---\n") {
				content[name] = &fstest.MapFile{Data: []byte("---\nvisibility: public\n" + text[4:])}
			}
		}
		for _, f := range findings(t, content, note.Public) {
			switch f.Rule {
			case "principle-without-story", "asked-not-told", "round-under-two-stories", "story-without-principle", "story-overused",
				"question-unanswered", "one-story-per-incident", "unknown-fact":
				t.Errorf("in a public build of the case of %s: %s:%d: %s [%s]", rule.Name, f.Path, f.Line, f.Message, f.Rule)
			}
		}
	}
}

func TestAPlainFolderIsNotCounted(t *testing.T) {
	plain := fstest.MapFS{
		"index.md":             {Data: []byte("# Notes\n\n{{date}} {{ page.title }} {{some_name}}\n")},
		"principles/mine.md":   {Data: []byte("# Be kind\n")},
		"playbooks/restart.md": {Data: []byte("# Restart\n\n- [ ] restart\n")},
		"offers/discount.md":   {Data: []byte("---\nkind: page\n---\n# A discount\n")},
	}
	for _, f := range findings(t, plain, note.Private) {
		t.Errorf("%s:%d: %s [%s]", f.Path, f.Line, f.Message, f.Rule)
	}
}
