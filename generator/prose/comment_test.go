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
