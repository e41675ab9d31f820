package prose

import (
	"fmt"
	"strings"
	"testing"
)

// TestPassagesKnowTheirPlaces marks words with § in many kinds of blocks and
// wants each found again at the line and column where it was typed.
func TestPassagesKnowTheirPlaces(t *testing.T) {
	body := strings.Join([]string{
		"# Title",
		"Intro with §one, *§two* and",
		"a second line: §three after \\* and &amp; §four.",
		"",
		"## Situation in §five",
		"- item [§six](https://example.com) `§code` §seven",
		"  - [ ] §eight",
		"",
		"> quoted §nine",
		"",
		"> [!probe] Why §ten?",
		"> Because **日本 §eleven**.",
		"",
		"| a | b |",
		"| --- | --- |",
		"| §twelve | §thirteen |",
		"",
		"**Task:** §fourteen",
		"",
		"Text[^1] with {{fact}} §fifteen.",
		"",
		"[^1]: A note of §sixteen.",
	}, "\n")
	d, _ := Parse([]byte(body), Options{Passages: true, Figures: true, FirstLine: 10})
	got := make(map[string]string)
	where := make(map[string]string)
	for _, p := range d.Passages {
		for at := 0; ; {
			i := strings.Index(p.Text[at:], "§")
			if i < 0 {
				break
			}
			at += i
			word, _, _ := strings.Cut(p.Text[at+len("§"):], " ")
			word = strings.Trim(word, ",.?*\n")
			pos := p.Pos(at)
			got[word] = fmt.Sprint(pos.Line, ":", pos.Column)
			section := ""
			if p.Section >= 0 {
				section = d.Sections[p.Section].Heading.Text
			}
			where[word] = strings.TrimSpace(fmt.Sprint(p.Kind, section, p.Callout, p.Quoted))
			at += len("§")
		}
	}
	for i, line := range strings.Split(body, "\n") {
		column := 1
		rest := []rune(line)
		for k, c := range rest {
			if c == '§' {
				word := strings.Trim(strings.FieldsFunc(string(rest[k+1:]), func(r rune) bool { return strings.ContainsRune(" ,.?*](`", r) })[0], "")
				want := fmt.Sprint(10+i, ":", column)
				if word == "code" {
					if got[word] != "" {
						t.Errorf("code is in a passage, at %s", got[word])
					}
				} else if got[word] != want {
					t.Errorf("§%s stands at %q, want %q", word, got[word], want)
				}
			}
			column++
		}
	}
	for word, want := range map[string]string{
		"one": "0 false", "five": "1Situation in §fivefalse", "six": "0Situation in §fivefalse", "nine": "0Situation in §fivetrue",
		"ten": "1Situation in §fiveprobefalse", "eleven": "0Situation in §fiveprobefalse", "twelve": "2Situation in §fivefalse", "fourteen": "0Taskfalse",
	} {
		if strings.ReplaceAll(where[word], " ", "") != strings.ReplaceAll(want, " ", "") {
			t.Errorf("§%s is %q, want %q", word, where[word], want)
		}
	}
}

func TestNoPassagesUnlessAsked(t *testing.T) {
	if d, _ := Parse([]byte("text\n"), Options{}); d.Passages != nil {
		t.Errorf("passages were kept: %v", d.Passages)
	}
}
