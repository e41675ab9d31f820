package lex

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/lexers"
)

// A sample is a text in the language of a lexer.
type sample struct {
	lexer chroma.Lexer
	name  string
	text  string
}

// samples are chroma's own test data.
func samples(t testing.TB) []sample {
	t.Helper()
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/alecthomas/chroma/v2").Output()
	if err != nil {
		t.Fatal(err)
	}
	data := filepath.Join(strings.TrimSpace(string(dir)), "lexers", "testdata")
	var found []sample
	for _, pattern := range []string{"*.actual", "*/*.actual"} {
		paths, err := filepath.Glob(filepath.Join(data, pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range paths {
			rel, _ := filepath.Rel(data, path)
			folder, _, nested := strings.Cut(filepath.ToSlash(rel), "/")
			if folder == "analysis" {
				continue
			}
			language, _, _ := strings.Cut(filepath.Base(path), ".")
			if nested {
				language = folder
			}
			l := lexers.Get(language)
			if l == nil {
				t.Errorf("chroma has no lexer for its sample %s", rel)
				continue
			}
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			found = append(found, sample{l, rel, string(text)})
		}
	}
	if len(found) < 300 {
		t.Fatalf("chroma has only %d samples in %s", len(found), data)
	}
	return found
}

var root = &chroma.TokeniseOptions{State: "root"}

// endless is the fault of a lexer with a rule that matches nothing and changes
// nothing. chroma's goes on for ever, ours says so.
const endless = "endless"

// tokens returns what a lexer says, and what it panics with.
func tokens(l chroma.Lexer, o *chroma.TokeniseOptions, text string) (found []chroma.Token, fault string) {
	defer func() {
		if v := recover(); v != nil {
			if fault = fmt.Sprint(v); strings.HasSuffix(fault, "go round without end") {
				fault = endless
			}
		}
	}()
	next, err := l.Tokenise(o, text)
	if err != nil {
		return nil, err.Error()
	}
	for t := next(); t != chroma.EOF; t = next() {
		if found = append(found, t); len(found) > 10*len(text)+2000 {
			return found, endless
		}
	}
	return found, ""
}

// same holds our tokens of a text against chroma's.
func same(t testing.TB, l chroma.Lexer, text string) bool {
	t.Helper()
	want, wantFault := tokens(l, root, text)
	got, gotFault := tokens(Faster(l, lexers.GlobalLexerRegistry), root, text)
	if gotFault != wantFault {
		t.Errorf("%s: %q, want %q, for %q", l.Config().Name, gotFault, wantFault, text)
		return false
	}
	if gotFault == endless {
		n := min(len(got), len(want))
		got, want = got[:n], want[:n]
	}
	for i := range max(len(got), len(want)) {
		if i >= len(got) || i >= len(want) || got[i] != want[i] {
			from := max(0, i-2)
			t.Errorf("%s: token %d differs:\n got %v\nwant %v\n for %.2000q", l.Config().Name, i,
				got[from:min(len(got), i+3)], want[from:min(len(want), i+3)], text)
			return false
		}
	}
	return true
}

// TestSamples lexes chroma's samples.
func TestSamples(t *testing.T) {
	for _, s := range samples(t) {
		t.Run(s.name, func(t *testing.T) {
			if fast := Faster(s.lexer, lexers.GlobalLexerRegistry); fast == s.lexer {
				if _, ok := s.lexer.(*chroma.RegexLexer); ok {
					t.Error("is left to chroma")
				}
			}
			same(t, s.lexer, s.text)
		})
	}
}

// TestMutated gives every lexer pieces of samples after things have happened
// to them: its own samples if there are any, and those of others.
func TestMutated(t *testing.T) {
	all := samples(t)
	own := make(map[chroma.Lexer][]string)
	for _, s := range all {
		own[s.lexer] = append(own[s.lexer], s.text)
	}
	rounds := 8
	if testing.Short() {
		rounds = 2
	}
	for _, l := range lexers.GlobalLexerRegistry.Lexers {
		t.Run(l.Config().Name, func(t *testing.T) {
			r := rand.New(rand.NewPCG(1, uint64(len(l.Config().Name))))
			other := func() string { return all[r.IntN(len(all))].text }
			for range rounds {
				text := other()
				if texts := own[l]; len(texts) > 0 && r.IntN(4) > 0 {
					text = texts[r.IntN(len(texts))]
				}
				if !same(t, l, mutated(r, text, other())) {
					return
				}
			}
		})
	}
}

// mutated returns a piece of a text with some of another in it, characters
// changed, taken out, doubled and put in.
func mutated(r *rand.Rand, text, other string) string {
	piece := func(s string, n int) []rune {
		runes := []rune(strings.ToValidUTF8(s, "?"))
		if len(runes) > n {
			at := r.IntN(len(runes) - n)
			runes = runes[at : at+n]
		}
		return runes
	}
	runes := append(piece(text, 300+r.IntN(500)), piece(other, r.IntN(100))...)
	signs := []rune("\"'`\\/*#<>(){}[]-+=.,:;!?$%&|@~^_ \n\t\r0aZéſK\u200dİ日\U0001f600")
	for range r.IntN(30) {
		if len(runes) == 0 {
			break
		}
		at := r.IntN(len(runes))
		sign := signs[r.IntN(len(signs))]
		switch r.IntN(4) {
		case 0:
			runes[at] = sign
		case 1:
			runes = append(runes[:at], runes[min(len(runes), at+1+r.IntN(4)):]...)
		case 2:
			runes = append(runes[:at:at], append([]rune{sign}, runes[at:]...)...)
		case 3:
			to := min(len(runes), at+1+r.IntN(20))
			runes = append(runes[:to:to], runes[at:]...)
		}
	}
	return string(runes)
}

// TestRules holds every rule against the engine by itself, at places all over
// the samples: where its match ends, and what is in its groups.
func TestRules(t *testing.T) {
	rules, engines := 0, 0
	for _, s := range samples(t) {
		l, ok := Faster(s.lexer, lexers.GlobalLexerRegistry).(*Lexer)
		if !ok {
			continue
		}
		table, err := l.prepare()
		if err != nil {
			continue // left to chroma
		}
		for name := range table.states {
			table.state(name)
		}
		r := rand.New(rand.NewPCG(2, uint64(len(s.text))))
		text := mutated(r, s.text, s.text)
		run := newRun(l, table, root, text)
		for _, rule := range table.compiled {
			if rules++; rule.matcher == nil {
				engines++
				continue
			}
			for range 8 {
				pos := r.IntN(len(run.state.Text) + 1)
				if first := rule.first; pos < len(run.state.Text) && !first.has(run.state.Text[pos]) && (run.state.Text[pos] < 128 || !first.other) && r.IntN(4) > 0 {
					continue
				}
				heldToEngine(t, run, rule, pos)
			}
		}
	}
	if rules < 5000 || engines > rules/20 {
		t.Errorf("%d of %d rules are left to the engine", engines, rules)
	}
}

func heldToEngine(t *testing.T, run *run, rule *rule, pos int) {
	t.Helper()
	byEngine := *rule
	byEngine.matcher = nil
	want, wantOK := byEngine.match(run, pos)
	wantGroups := slices.Clone(run.m.groups[:min(rule.groups, len(run.m.groups))])
	got, gotOK := rule.match(run, pos)
	name := run.lexer.Config().Name
	if got != want && (gotOK || wantOK) || gotOK != wantOK {
		t.Errorf("%s: %q at %d ends at %d %v, want %d %v, in %q", name, rule.Pattern, pos, got, gotOK, want, wantOK, run.text.s)
		return
	}
	if wantOK && rule.groups > 1 && !slices.Equal(run.m.groups[1:rule.groups], wantGroups[1:]) {
		for i := 1; i < rule.groups; i++ { // an empty group is empty anywhere
			if g, w := run.m.groups[i], wantGroups[i]; g != w && (g.from < g.to || w.from < w.to) {
				t.Errorf("%s: %q at %d has in group %d %v, want %v, in %q", name, rule.Pattern, pos, i, g, w, run.text.s)
			}
		}
	}
	if first := rule.first; wantOK && pos < len(run.state.Text) {
		if c := run.state.Text[pos]; c < 128 && !first.has(c) || c >= 128 && !first.other {
			t.Errorf("%s: %q matches at %q, with which it cannot begin", name, rule.Pattern, c)
		}
	}
}

// FuzzLexer lexes any text by any lexer.
func FuzzLexer(f *testing.F) {
	all := lexers.GlobalLexerRegistry.Lexers
	for i, l := range all {
		if slices.Contains([]string{"Go", "Bash", "Ruby", "YAML", "HTML", "Perl"}, l.Config().Name) {
			f.Add(i, "x := `a` + \"b\" // <c>\n$(d) <<E\nE\n")
		}
	}
	f.Fuzz(func(t *testing.T, i int, text string) {
		if len(text) < 1000 { // chroma's clock would decide
			same(t, all[uint(i)%uint(len(all))], text)
		}
	})
}
