package search

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestRead takes a page apart: parts by heading, nothing of the frame, nothing
// that other pages say.
func TestRead(t *testing.T) {
	got := Read([]byte(`<header>Brand</header><main id="part.main"><nav><ol><li>Home</li></ol></nav>
<h1>Checkout</h1><p>Errors&nbsp;rose to <b>12</b>%.</p><svg><text>drawn</text></svg>
<h2 id="times">Times <a class="anchor" href="#times">#</a></h2><table><tr><td>38 min</td><td>met</td></tr></table>
<span aria-hidden="true">●●</span><h3 id="why">Why</h3><p>A fl<em>ag</em>.</p><h4>Deeper</h4><p>Still here.</p>
<aside class="embed"><p>Of another</p><aside>nested</aside></aside><p>Last.</p>
<section class="part backlinks"><h2 id="part.backlinks">Mentioned in</h2></section></main><footer>Foot</footer>`))
	want := []Part{
		{"", "", "Errors rose to 12%."},
		{"times", "Times", "38 min met"},
		{"why", "Why", "A flag. Deeper Still here. Last."},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestSpaced holds texts with all kinds of white space, and bytes that are none
// though they are part of some, to what fields are.
func TestSpaced(t *testing.T) {
	for _, text := range []string{
		"", " ", "\n\t", "a", "a b", " a  b ", "a \n b\n\nc\n", "a\vb\fc\rd", "\x00a\x00 \x01",
		"Müller’s  façade – naïve", "38\u00a0min", "\u00a0a\u2003\u3000 b\u0085", "\u2009 \u00a0", "\xa0a\x85\xc2 \xe2\x80", "a\xc2", "ü ", "ü\u00a0",
	} {
		if got, want := string(spaced([]byte(text))), strings.Join(strings.Fields(text), " "); got != want {
			t.Errorf("spaced(%q) = %q, want %q", text, got, want)
		}
	}
}

// TestIndex holds what the script reads: where each word stands, packed.
func TestIndex(t *testing.T) {
	pages := []Page{
		{File: "a.html", Title: "Retry", Kind: "Note", Parts: []Part{{Text: "retry, then retry"}, {ID: "x", Heading: "Budget", Text: "none"}}},
		{File: "b/c.html", Title: "Two", Kind: "Story", Trail: []string{"Stories"}, Principles: []string{"Ownership"}, Parts: []Part{{Text: "retry"}}},
		{File: "d.html", Title: "Three", Kind: "Note", Parts: []Part{{Text: "then retry </script> & \"retry\""}}},
	}
	index := Index(pages)
	want := `debriefSearch.index({"pages":[["a.html","Retry",0,0,[]],["b/c.html","Two",1,1,[0]],["d.html","Three",0,0,[]]],` +
		`"kinds":["Note","Story"],"trails":["","Stories"],"principles":["Ownership"],"lengths":[[1,1,4],[2,0,1],[1,0,4]],` +
		`"words":["budget","none","retry","script","stories","then","three","two"],` +
		// retry: once in the title of page 0; in texts twice on page 0 (-0-1, 2), once a page on, twice one more on
		`"where":[[1,1,0],[2,1,0],[0,1,0,2,3,-1,2,1,-2,2],[2,1,2],[0,1,1],[2,2,0,2],[0,1,2],[0,1,1]],"perTexts":16})` + "\n"
	if diff := cmp.Diff(want, string(index)); diff != "" {
		t.Error(diff)
	}
	texts := Texts(nil, 3, pages[:1])
	want = `debriefSearch.texts({"n":3,"texts":[[["","","retry, then retry"],["x","Budget","none"]]]})` + "\n"
	if diff := cmp.Diff(want, string(texts)); diff != "" {
		t.Error(diff)
	}
}

// TestQuoted holds how texts are written to how encoding/json writes them.
func TestQuoted(t *testing.T) {
	texts := []string{"", "plain", `"a" \ </b> & 'c'`, "Müller’s — 障害 🙂", "\u2027\u2028\u2029x", "a\xc2", "\xff\xe2\x80", "\ufffd"}
	for c := range rune(0x180) {
		texts = append(texts, "a"+string(c)+"b", "a"+string([]byte{byte(c)}))
	}
	for _, text := range texts {
		var got script
		got.string(text)
		var want bytes.Buffer
		if err := encode(&want, text); err != nil {
			t.Fatal(err)
		}
		if string(got)+"\n" != want.String() {
			t.Errorf("%q is written %s, want %s", text, got, want.String())
		}
	}
}

// TestStrings reads back what a reader may see, and no number: a pattern that
// forbids some must not meet those that count words.
func TestStrings(t *testing.T) {
	texts := Texts(nil, 4711, []Page{{Parts: []Part{{"x", "Project \"Falcon\"", "It flew."}}}})
	got, ok := Strings(texts)
	if want := "n|texts|x|Project \"Falcon\"|It flew."; !ok || strings.Join(got, "|") != want {
		t.Errorf("Strings = %q, %v, want %q", got, ok, want)
	}
	if _, ok := Strings([]byte("body { margin: 0 }")); ok {
		t.Error("a style sheet was taken for a file of the search")
	}
}
