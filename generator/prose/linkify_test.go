package prose

import (
	"bytes"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/yuin/goldmark/ast"
)

func TestMayLinkAddress(t *testing.T) {
	for body, want := range map[string]bool{
		"no address":                               false,
		"see http://a.bc":                          true,
		"a@b.cd":                                   true,
		"```\nhttp://a.bc\n```\nx\n":               false,
		"````go\n```\nhttp://a.bc\n````\n":         true, // who knows
		"```\nx\n```\nhttp://a.bc\n":               true,
		"```\nx\n``` y\nhttp://a.bc\n```\n":        true,
		"```\nhttp://a.bc\n":                       false,
		"``` `\nhttp://a.bc\n```\n":                true,
		"- ```\n  http://a.bc\n  ```\n":            true,
		"<pre>\n```\nhttp://a.bc\n```\n</pre>\n":   true,
		":::note\n```\n:::\nhttp://a.bc\n```\n":    true,
		"%% a\n```\n%%\nhttp://a.bc\n":             true,
		"~~~\n```\n~~~\nhttp://a.bc\n```\n":        true,
		"latency < 2 s\n\n```\nhttp://a.bc\n```\n": false,
	} {
		if got := mayLinkAddress([]byte(body)); got != want {
			t.Errorf("mayLinkAddress(%q) = %v, want %v", body, got, want)
		}
	}
}

// checkAddresses holds that a body which is read without looking for bare
// addresses has none.
func checkAddresses(t *testing.T, body []byte) {
	body = clean(body)
	if !mayHoldAddress(body) || mayLinkAddress(body) {
		return
	}
	r := &reading{}
	r.reset()
	r.src = bytes.Clone(body)
	defer func() {
		if v := recover(); v != nil {
			if _, tooComplex := v.(refusal); !tooComplex { // then it is plain text
				panic(v)
			}
		}
	}()
	_ = ast.Walk(r.treeBy(markdown()), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if link, ok := n.(*ast.AutoLink); ok && entering && r.src[link.Pos()] != '<' {
			t.Errorf("%q has the address %q", body, link.URL(r.src))
		}
		return ast.WalkContinue, nil
	})
}

func TestAddressesInSoup(t *testing.T) {
	pieces := strings.Split("\n|\n|\n|\n\n|```|```\n|```\n|\n```|\n```\n|\n````\n|~~~\n|    |  |> |- |1. |<pre>|</pre>|<b>\n|<!--|-->|%%|\n:::\n|\n::: note\n|!!! note\n    |[^1]: |: |[r]: /u |word |\t|`|http://a.bc |a@b.cd |www.a.bc |# |\n---\n|\n| a |\n|---|\n| ", "|")
	n := 20_000
	if s := os.Getenv("SOUP"); s != "" {
		n, _ = strconv.Atoi(s)
	}
	for seed := range n {
		rng := rand.New(rand.NewPCG(uint64(seed), 11))
		var b strings.Builder
		soup := func() {
			for range rng.IntN(6) {
				b.WriteString(pieces[rng.IntN(len(pieces))])
			}
		}
		soup()
		b.WriteString("\n```\n")
		soup()
		b.WriteString("http://a.bc\n")
		soup()
		checkAddresses(t, []byte(b.String()))
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
}
