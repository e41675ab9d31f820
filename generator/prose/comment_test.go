package prose

import (
	"strings"
	"testing"
)

// TestCommentsInRawHTMLVanish holds that a comment is gone also where raw HTML
// stands around it.
func TestCommentsInRawHTMLVanish(t *testing.T) {
	for _, body := range []string{
		"<!-- a --> shown %% secret %% shown\n",
		"<details>\n%% secret %%\n<summary>shown</summary>\nshown %% secret %%\n</details>\n",
		"<details><summary>shown %% secret %%</summary>\n<!-- secret -->\n</details>\n",
		"<details>\nshown\n%% secret\nsecret\n",
		"<pre>\nshown <!-- secret --> %% secret %%\n</pre>\n",
	} {
		doc, _ := Parse([]byte(body), Options{})
		if strings.Contains(doc.html, "secret") || !strings.Contains(doc.html, "shown") {
			t.Errorf("%q becomes %q", body, doc.html)
		}
	}
	doc, _ := Parse([]byte("<!-- a --> up 100%% this time\n"), Options{})
	if !strings.Contains(doc.html, "100%% this time") {
		t.Errorf("a percent sign written twice hides text: %q", doc.html)
	}
}

// TestCommentsAcrossBlocksVanish holds that what stands between two %% in
// different blocks is gone, block by block, and nothing else is.
func TestCommentsAcrossBlocksVanish(t *testing.T) {
	doc, found := Parse([]byte("seen one %% gone\n\n- gone\n\n```go\ngone\n```\n\n> gone %% seen two\n\n```go {1}\n// seen three\nx := 1\n```\n\n100%% seen\n\nfour\n"), Options{})
	for _, want := range []string{"seen one", "seen two", "seen three", "100%% seen", "four"} {
		if !strings.Contains(doc.html, want) {
			t.Errorf("%q is lost: %s", want, doc.html)
		}
	}
	if strings.Contains(doc.html, "gone") || len(found) > 0 {
		t.Errorf("%v: %s", found, doc.html)
	}
}

// TestCommentsWithoutAnEnd holds that each way to leave a comment open is
// reported where it opens.
func TestCommentsWithoutAnEnd(t *testing.T) {
	for _, c := range []struct {
		src  string
		line int
	}{
		{"a\n\n%% gone\n\ngone\n", 3},
		{"a <!-- b\n", 1},
		{"a\n\n<!-- gone\n\ngone\n", 3},
	} {
		_, found := Parse([]byte(c.src), Options{})
		if len(found) != 1 || found[0].Rule != "unclosed-comment" || found[0].Line != c.line {
			t.Errorf("%q: %v, want an unclosed-comment in line %d", c.src, found, c.line)
		}
	}
}
