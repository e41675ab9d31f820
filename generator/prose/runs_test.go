package prose

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"os"
	"strings"
	"testing"

	"debrief/generator/cache"

	"github.com/alecthomas/chroma/v2"
	"pgregory.net/rapid"
)

const goCode = "// héllo\nfunc add(a, b int) string { return `<b>` + \"\\n\" }\n\n"

// TestKeptColours holds that code looks the same when its colours come from a
// cache, and that they do come from it.
func TestKeptColours(t *testing.T) {
	marks := codeOptions{marks: []lineRange{{2, 2}}}
	for _, o := range []codeOptions{{}, marks} {
		kept := cache.New()
		fresh, _ := highlight(nil, nil, "go", o, goCode)
		for _, when := range []string{"cold", "warm"} {
			if got, fault := highlight(nil, kept, "golang", o, goCode); fault != nil || !bytes.Equal(got, fresh) {
				t.Errorf("%s: %s (%v), want %s", when, got, fault, fresh)
			}
		}
		key := runsKey("Go", goCode)
		if kept.Get(key) == nil {
			t.Fatal("nothing was kept")
		}
		// Were it lexed again, this would not show.
		all := runs{1, byte(len(goCode))}
		kept.Put(key, all)
		if got, _ := highlight(nil, kept, "go", codeOptions{}, goCode); !strings.HasPrefix(string(got), `<span class="k">// h`) {
			t.Errorf("what is kept is not used: %s", got)
		}
	}
}

// TestHostileColours puts anything into the cache: the code stays the code,
// and the page gets no markup but spans of known classes.
func TestHostileColours(t *testing.T) {
	key := runsKey("Go", goCode)
	want, _ := highlight(nil, nil, "go", codeOptions{}, goCode)
	n := byte(len(goCode))
	for _, bad := range []runs{
		nil, {}, {0}, {0, n - 1}, {0, n + 1}, {0, n, 0}, {0, 5, 0, n - 5}, {0, 0, 1, n}, {99, n},
		{1, 5, 2, n - 5}, // in the middle of é
		{1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01}, {1, 0x80},
		runs("<script>alert(1)</script>"), []byte(goCode), want,
	} {
		kept := cache.New()
		kept.Put(key, bad)
		if got, fault := highlight(nil, kept, "go", codeOptions{}, goCode); fault != nil || !bytes.Equal(got, want) {
			t.Errorf("with %q kept: %s (%v)", []byte(bad), got, fault)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		kept := cache.New()
		kept.Put(key, rapid.SliceOf(rapid.Byte()).Draw(t, "kept"))
		got, fault := highlight(nil, kept, "go", codeOptions{}, goCode)
		if fault != nil || string(appendEscaped(nil, goCode)) != withoutSpans(string(got)) {
			t.Fatalf("the code has become %s (%v)", got, fault)
		}
	})
}

// withoutSpans takes spans of known classes away.
func withoutSpans(html string) string {
	for _, c := range colours {
		html = strings.ReplaceAll(html, fmt.Sprintf(`<span class="%s">`, c.class), "")
	}
	return strings.ReplaceAll(html, "</span>", "")
}

// A changing lexer gives tokens that are not the code.
type changing struct {
	chroma.Lexer
	tokens []chroma.Token
}

func (c changing) Tokenise(*chroma.TokeniseOptions, string) (chroma.Iterator, error) {
	return chroma.Literator(c.tokens...), nil
}

// TestColoursChangeNoCode holds that a lexer which loses or invents text gives
// no colours.
func TestColoursChangeNoCode(t *testing.T) {
	token := func(s string) chroma.Token { return chroma.Token{Type: chroma.Keyword, Value: s} }
	for _, c := range []struct {
		tokens []chroma.Token
		ok     bool
	}{
		{[]chroma.Token{token("ab"), token("cd")}, true},
		{[]chroma.Token{token("ab"), token("cd\n")}, true},
		{[]chroma.Token{token("ab")}, false},
		{[]chroma.Token{token("ab"), token("cd"), token("e")}, false},
		{[]chroma.Token{token("xb"), token("cd")}, false},
	} {
		found, fault := lexed(changing{lexerFor("go"), c.tokens}, "abcd")
		if fault != nil || (len(found) > 0) != c.ok || c.ok && !found.fit("abcd") {
			t.Errorf("%q: %v %v", c.tokens, found, fault)
		}
	}
}

// TestVersions holds the versions that keys of the cache are made of to those
// that the program is made of.
func TestVersions(t *testing.T) {
	file, err := os.ReadFile("../../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	mod := string(file)
	for module, version := range map[string]string{
		"github.com/alecthomas/chroma/v2": chromaVersion,
		"github.com/dlclark/regexp2/v2":   regexpVersion,
	} {
		if !strings.Contains(mod, "\t"+module+" "+version) {
			t.Errorf("go.mod has another version of %s than %s", module, version)
		}
	}
	if strings.Contains(mod, "replace") {
		t.Error("go.mod replaces a module: versions do not say any more what they stand for")
	}
	if len(decided()) != sha256.Size {
		t.Error("keys are not made of what decides")
	}
}
