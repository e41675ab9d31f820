package lex

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/alecthomas/chroma/v2"
	"github.com/dlclark/regexp2/v2"
	"pgregory.net/rapid"
)

// matched is what a match is: where it ends, and its groups.
func matched(t interface{ Fatalf(string, ...any) }, pattern, s string, pos int) (ours, theirs string, left bool) {
	engine, err := regexp2.Compile(pattern)
	if err != nil {
		return "", "", true
	}
	n := len(engine.GetGroupNumbers())
	first, run, needs := compile(pattern, n)
	if run == nil {
		return "", "", true
	}
	m := &machine{text: []rune(s)}
	m.begin(pos, needs.slots, needs.groups)
	end := run(m, pos)
	if m.steps <= 0 {
		return "", "", true
	}
	ours, theirs = "none", "none"
	if end >= 0 {
		ours = fmt.Sprint(end)
		for _, g := range m.groups[1:n] {
			ours += fmt.Sprintf(" %q", string(m.text[g.from:g.to]))
		}
	}
	found, err := engine.FindRunesMatchStartingAt(m.text, pos)
	if err != nil {
		t.Fatalf("%q on %q: %v", pattern, s, err)
	}
	if found != nil {
		theirs = fmt.Sprint(found.RuneIndex + found.RuneLength)
		for _, g := range found.Groups()[1:] {
			theirs += fmt.Sprintf(" %q", g.String())
		}
		if pos < len(m.text) && m.text[pos] < 128 && !first.has(m.text[pos]) {
			t.Fatalf("%q matches %q, with which it cannot begin", pattern, s[pos:])
		}
	}
	return ours, theirs, false
}

// TestExpressions compares what is rare in lexers with the engine.
func TestExpressions(t *testing.T) {
	for _, c := range []struct{ pattern, text string }{
		{`(?>(a))b|(a)c`, "ac"}, {`(?:(a)?+|b)*c`, "abc"}, {`(?=(a))ab|a(c)`, "ac"}, {`(?!(a)b)a(c)`, "ac"}, {`((a)|b)*`, "aba"}, {`(a|b)*bc`, "abc"}, {`(a|ab)*c`, "abc"},
		{`(a*)*b`, "aab"}, {`(a*)+?b`, "aab"}, {`(?:a|ab){2,3}c`, "ababac"}, {`(?:a|ab){2,3}?c`, "aabc"}, {`(?:a?){3}b`, "ab"}, {`(?:a?){2,}?b`, "aab"},
		{`(a|b)\1`, "bb"}, {`(a)?\1b`, "b"}, {`(?i)(a)\1`, "aA"}, {`(?i)straße`, "STRASSE"}, {`(?i)k+`, "kKK"}, {`(?i:ab)c`, "ABc"},
		{`a(?<=a)b`, "ab"}, {`a(?<!b)b`, "ab"}, {`a(?<=ab|a)b`, "ab"}, {`^a$\n^b$`, "a\nb"}, {`(?m)^a$\n^b$`, "a\nb"}, {`a\Z`, "a\n"}, {`a\z`, "a\n"},
		{`(?s).*?b.`, "a\nb\n"}, {`[^a]*(a)`, "日本a"}, {`\w+\b.`, "aé日!"}, {`[\w-[a-c]]+`, "xyza"}, {`(?:)`, "a"}, {`(?<n>a)(b)`, "ab"}, {`a{0}b`, "b"}, {`(?:(a)|(b)|(c))+`, "cab"},
		{`(?:a|b|c|(d)){2,}?(d)`, "abdd"}, {`"(\\\\|\\"|[^"])*"`, `"a\"b\\"c`}, {`(a+|b)*?c`, "aabc"}, {`[[:alpha:]]`, "a"}, {`\p{Lu}+`, "ÀB"}, {`(?(a)b|c)`, "c"}, {`(?<a>x)(?<-a>y)`, "xy"},
	} {
		for pos := range len([]rune(c.text)) + 1 {
			if ours, theirs, _ := matched(t, `\G(?:`+c.pattern+`)`, c.text, pos); ours != theirs {
				t.Errorf("%s on %q at %d: %s, want %s", c.pattern, c.text, pos, ours, theirs)
			}
		}
	}
}

// TestAnyExpression compares expressions that nobody would write.
func TestAnyExpression(t *testing.T) {
	leaf := rapid.SampledFrom([]string{"a", "b", "ab", "ba", ".", "[ab]", "[^a]", `\w`, `\s`, "^", "$", `\b`, `\B`, "é", `\1`, "", "(?i:A)", "(?i:aB)", "(?s:.)", `\A`, `\z`})
	quantifier := rapid.SampledFrom([]string{"", "", "", "*", "+", "?", "*?", "+?", "??", "{2}", "{1,2}", "{0,2}?", "{2,}", "{2,}?"})
	group := rapid.SampledFrom([]string{"(?:", "(", "(", "(?=", "(?!", "(?>", "(?<=", "(?<!"})
	var expression func(t *rapid.T, depth int) string
	expression = func(t *rapid.T, depth int) string {
		var b strings.Builder
		for range rapid.IntRange(1, 3).Draw(t, "length") {
			if depth == 0 || rapid.IntRange(0, 2).Draw(t, "leaf") == 0 {
				b.WriteString(leaf.Draw(t, "is"))
			} else {
				b.WriteString(group.Draw(t, "group") + expression(t, depth-1) + ")")
			}
			if rapid.Bool().Draw(t, "repeated") {
				b.WriteString(quantifier.Draw(t, "times"))
			}
			if rapid.IntRange(0, 5).Draw(t, "or") == 0 {
				b.WriteString("|")
			}
		}
		return b.String()
	}
	compared, all := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		pattern := rapid.SampledFrom([]string{`\G(?:`, `\G(?m)(?:`, `\G(?mi)(?:`}).Draw(t, "flags") + expression(t, 3) + ")"
		text := rapid.StringOfN(rapid.RuneFrom([]rune("aaabbAé\n ")), 0, 8, -1).Draw(t, "text")
		for pos := range len([]rune(text)) + 1 {
			ours, theirs, left := matched(t, pattern, text, pos)
			if ours != theirs {
				t.Fatalf("%s on %q at %d: %s, want %s", pattern, text, pos, ours, theirs)
			}
			if all++; !left {
				compared++
			}
		}
	})
	if compared == 0 { // what is left has a lookbehind that repeats, a \1 of nothing, or does not compile
		t.Errorf("all of %d matches are left to the engine", all)
	}
}

// TestEveryEmitter runs a lexer that has each kind of emitter and mutator.
func TestEveryEmitter(t *testing.T) {
	inner := chroma.MustNewLexer(&chroma.Config{Name: "inner", EnsureNL: true}, func() chroma.Rules {
		return chroma.Rules{"root": {{Pattern: `\d+`, Type: chroma.Number}, {Pattern: `\s+`, Type: chroma.Ignore}, {Pattern: `b+`, Type: chroma.Name}}}
	})
	outer := chroma.MustNewLexer(&chroma.Config{Name: "outer", EnsureNL: true}, func() chroma.Rules {
		upper := chroma.EmitterFunc(func(groups []string, s *chroma.LexerState) chroma.Iterator {
			return chroma.Literator(chroma.Token{Type: chroma.Generic, Value: strings.ToUpper(groups[0]) + s.State + s.NamedGroups["1"]})
		})
		return chroma.Rules{
			"root": {
				chroma.Include("blank"),
				{Pattern: `(?<key>\w+)(?<sign>=)(?<value>\d*)`, Type: chroma.ByGroupNames(map[string]chroma.Emitter{"key": chroma.NameTag, "value": chroma.Number})},
				{Pattern: `(<)([^>]*)(>)`, Type: chroma.ByGroups(chroma.Punctuation, chroma.Using("inner"), nil)},
				{Pattern: `(\()([^)]*)(\))`, Type: chroma.ByGroups(chroma.Punctuation, chroma.UsingSelf("deep"), chroma.Punctuation)},
				{Pattern: `(\[)([^\]]*)\]`, Type: chroma.ByGroups(chroma.Punctuation, chroma.UsingLexer(inner))},
				{Pattern: `#(\w+)\n([^#]*)#`, Type: chroma.UsingByGroup(1, 2, chroma.Name, chroma.Text)},
				{Pattern: `!(\w)`, Type: upper},
				{Pattern: `"`, Type: chroma.String, Mutator: chroma.Combined("text", "blank")},
				{Pattern: `\{`, Type: chroma.Punctuation, Mutator: chroma.Push("deep", "deep")},
				{Pattern: `;`, Mutator: chroma.Push()},
			},
			"blank": {{Pattern: `\s+`, Type: chroma.Whitespace}},
			"text":  {{Pattern: `[^"\s]+`, Type: chroma.String}, {Pattern: `"`, Type: chroma.String, Mutator: chroma.Pop(1)}},
			"deep":  {{Pattern: `\}`, Type: chroma.Punctuation, Mutator: chroma.Pop(1)}, {Pattern: `é+`, Type: chroma.Name}, chroma.Default(chroma.Push("text"))},
		}
	})
	registry := chroma.NewLexerRegistry()
	registry.Register(inner)
	registry.Register(outer)
	texts := []string{
		"key=12 a= <12 bb> <x> (é}) [b 1] #inner\nb 12#\n!x !y \"a b\" {é}} ; x", "#nobody\nx#", "{\"", "(", "é日\n\n", "", "\n", "a\r\n",
		"((é))", "{a}", "<>", "!", "{}}}}}", strings.Repeat("{", 50), strings.Repeat(";", 50) + "x=1",
	}
	for _, text := range texts {
		for _, o := range []*chroma.TokeniseOptions{root, {State: "root", Nested: true}, {State: "deep"}, {State: "text"}, {State: "nowhere"}, {State: "root", EnsureLF: true}, nil} {
			if o != nil && o.State == "deep" && strings.Contains(text, "\n") {
				continue // chroma goes round without end
			}
			want, wantFault := tokens(outer, o, text)
			got, gotFault := tokens(Faster(outer, registry), o, text)
			if !slices.Equal(got, want) || gotFault != wantFault {
				t.Errorf("%q in %v:\n got %v %s\nwant %v %s", text, o, got, gotFault, want, wantFault)
			}
		}
	}
	if _, fault := tokens(Faster(outer, registry), &chroma.TokeniseOptions{State: "deep"}, "a\n"); fault != endless {
		t.Errorf("rules that go round without end: %q", fault)
	}
	if _, ok := Faster(outer, registry).(*Lexer); !ok || Faster(outer, registry) != Faster(outer, registry) {
		t.Error("a table of rules is left to chroma, or made anew each time")
	}
	for _, l := range []chroma.Lexer{chroma.Coalesce(outer), Faster(outer, registry)} {
		if Faster(l, registry) != l {
			t.Errorf("%T is no table of rules", l)
		}
	}
}

// TestChangingRules holds that a lexer whose rules change while it runs is
// left to chroma.
func TestChangingRules(t *testing.T) {
	l := chroma.MustNewLexer(&chroma.Config{Name: "changing"}, func() chroma.Rules {
		return chroma.Rules{
			"root": {
				{Pattern: `a`, Type: chroma.Name, Mutator: chroma.MutatorFunc(func(s *chroma.LexerState) error {
					s.Rules["root"] = s.Rules["other"]
					return nil
				})},
			},
			"other": {{Pattern: `a`, Type: chroma.Keyword}},
		}
	})
	got, _ := tokens(Faster(l, nil), root, "aa")
	if want := []chroma.Token{{Type: chroma.Name, Value: "a"}, {Type: chroma.Keyword, Value: "a"}}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// TestTogether lexes by one lexer in several goroutines, from its first use on.
func TestTogether(t *testing.T) {
	l := chroma.MustNewLexer(&chroma.Config{Name: "together"}, func() chroma.Rules {
		return chroma.Rules{
			"root": {{Pattern: `(\w+)(=)`, Type: chroma.ByGroups(chroma.Name, chroma.UsingSelf("in"))}, {Pattern: `"`, Type: chroma.String, Mutator: chroma.Push("in")}},
			"in":   {{Pattern: `"`, Type: chroma.String, Mutator: chroma.Pop(1)}, {Pattern: `(?<=a+)[^"]`, Type: chroma.String}, {Pattern: `[^"]`, Type: chroma.Text}},
		}
	})
	text := strings.Repeat(`a="aab"`, 20)
	want, _ := tokens(l, root, text)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 20 {
				if got, fault := tokens(Faster(l, nil), root, text); !slices.Equal(got, want) {
					t.Errorf("got %v %s, want %v", got, fault, want)
					return
				}
			}
		})
	}
	wg.Wait()
}
