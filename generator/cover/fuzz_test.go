package cover_test

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"debrief/generator/cover"
	"debrief/generator/diag"
)

// holdBody holds of a note's text that no name is left, that lines keep their
// number, that every place in it leads to one in the author's text, and that
// covering twice changes nothing more.
func holdBody(t interface{ Errorf(string, ...any) }, n *cover.Names, src string) {
	got, edits := n.Body([]byte(src))
	holdPlaces(t, src, string(got), edits)
	holdCovered(t, n, src, string(got), func(s string) string { again, _ := n.Body([]byte(s)); return string(again) })
}

func holdCovered(t interface{ Errorf(string, ...any) }, n *cover.Names, src, got string, again func(string) string) {
	if left := n.Find(got); len(left) > 0 {
		t.Errorf("%q becomes %q: %q is left", src, got, left[0].Text)
	}
	if twice := again(got); twice != got {
		t.Errorf("%q becomes %q, and then %q", src, got, twice)
	}
}

func holdPlaces(t interface{ Errorf(string, ...any) }, src, got string, edits cover.Edits) {
	lines := strings.Split(src, "\n")
	if strings.Count(got, "\n") != strings.Count(src, "\n") {
		t.Errorf("%q becomes %q: another number of lines", src, got)
		return
	}
	for line, text := range strings.Split(got, "\n") {
		for column := range len([]rune(text)) + 1 {
			back := edits.Original(diag.Pos{Line: line + 1, Column: column + 1}, 1, false)
			if back.Column < 1 || back.Column > len([]rune(lines[line]))+1 {
				t.Errorf("%q: %d:%d leads to column %d, which is not there", src, line+1, column+1, back.Column)
			}
		}
	}
}

// written are names as strangers' texts may hold them.
var written = []string{
	"", "Contoso was down.", "at Con**to**so, Con<b>to</b>so and [Con](x.md)toso", "M\u00fcller und S\u00f6hne, M&uuml;ller &amp; S\u00f6hne", "Project\nFalcon", "> Project\n> Falcon INC-47**11**",
	"https://x.org/?q=%43ontoso#meta", "`CONTOSO_URL` \\u0043ontoso &#67;ontoso", "```js\nx = \"\\u0043ontoso\"\n```\n", "[[Contoso down|H&M]] #projectfalcon {#contoso}",
	"\\u004Contoso %4Contoso \\network\\Meta", "Con\u00adtoso C\u0327ontoso \uff23ontoso", "globalities\xff\xfe Meta\x00s", "a\\\nContoso<!-- x -->Contoso %% Meta %%", strings.Repeat("Con*", 200) + "toso",
}

// aWord is the name as a word of its own: inside another it is left.
var aWord = regexp.MustCompile(`(?i)(?:^|[\s.,;])contoso(?:[\s.,;]|$)`)

// FuzzCover covers names in any text there is, as a note's, a value's, a
// key's, a path's and a file's.
func FuzzCover(f *testing.F) {
	for _, text := range written {
		f.Add(text)
	}
	n := names(f)
	f.Fuzz(func(t *testing.T, src string) {
		holdBody(t, n, src)
		file := func(s string) string { return string(n.File([]byte(s))) }
		for i, of := range []func(string) string{n.Value, n.Key, n.Path, file} {
			if i == 3 && (!utf8.ValidString(src) || strings.Contains(src, "\x00")) {
				break // no text: the gate does not let it out
			}
			got := of(src)
			holdCovered(t, n, src, got, of)
			if aWord.MatchString(got) { // whatever Find makes of it
				t.Errorf("%q becomes %q", src, got)
			}
		}
		if got := n.Path(src); strings.Count(got, "/") != strings.Count(src, "/") {
			t.Errorf("the path %q becomes %q: other folders", src, got)
		}
	})
}

// FuzzCoverAnyName takes the names from strangers as well. Some cannot be
// covered, such as one that its own cover holds; none may break anything.
func FuzzCoverAnyName(f *testing.F) {
	for i, text := range written {
		f.Add(written[len(written)-1-i], `INC-\d+`, text)
		f.Add("redacted", ".", text)
		f.Add("& \u00e9 -", `(?s)^.*$|\n`, text)
	}
	f.Fuzz(func(t *testing.T, name, pattern, src string) {
		n, _ := cover.New([]cover.Name{{Original: name, Cover: "a \"shop\" (Swiss) & Co", Slug: "a-shop", Entry: "name"}}, []cover.Pattern{{Text: pattern, Entry: "pattern"}})
		got, edits := n.Body([]byte(src))
		holdPlaces(t, src, string(got), edits)
		n.Value(src)
		n.Key(src)
		n.File([]byte(src))
		if got := n.Path(src); strings.Count(got, "/") != strings.Count(src, "/") {
			t.Errorf("the path %q becomes %q: other folders", src, got)
		}
	})
}
