package prose

import (
	"bytes"
	"testing"
)

// TestHTMLLinks holds that links, anchors and pictures written in HTML work,
// and that nothing else of their tags gets through.
func TestHTMLLinks(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{`<a href="x.md#part" onclick="y()">see *this*</a>`, `<p><a href="x.md#part">see <em>this</em></a></p>`},
		{`<A HREF='a&amp;b.md' title="t">x</A>`, `<p><a href="a&amp;b.md" title="t">x</a></p>`},
		{`<a href="https://a.bc/?d=1&e">x</a>`, `<p><a href="https://a.bc/?d=1&amp;e" rel="noopener noreferrer" class="external">x</a></p>`},
		{`[x](https://a.bc/d)`, `<p><a href="https://a.bc/d" rel="noopener noreferrer" class="external">x</a></p>`},
		{`see https://a.bc/d`, `<p>see <a href="https://a.bc/d" rel="noopener noreferrer" class="external bare">https://a.bc/d</a></p>`}, // paper need not repeat it
		{`<a href="x.md"></a>`, `<p><a href="x.md">x.md</a></p>`},
		{`<a href="x.md"><img src="p.png" alt="P" width="30" height="20px"></a>`, `<p><a href="x.md"><img src="p.png" alt="P" width="30" height="20"></a></p>`},
		{`<img src="p.png" style="x" onerror=y width="50%"/>`, `<p><img src="p.png" alt=""></p>`},
		{`<img src="https://a.bc/p.svg">`, `<p><a href="https://a.bc/p.svg" rel="noopener noreferrer" class="external">p.svg</a></p>`},
		{`<a name="old"></a>text <a id="other"/>more`, `<p><span id="old"></span>text <span id="other"></span>more</p>`},
		{`<a id="a b">x</a> <a id="fn:1">y</a>`, `<p>x y</p>`},
		{`<a href="x.md">a [b](y.md) c</a>`, `<p><a href="x.md">a b c</a></p>`},
		{`[a <a href="y.md">b</a>](x.md)`, `<p><a href="x.md">a &lt;a href=&quot;y.md&quot;&gt;b&lt;/a&gt;</a></p>`},
		{`<a href="javascript:x">a</a> <img src="data:image/png,x">`, `<p>&lt;a href=&quot;javascript:x&quot;&gt;a&lt;/a&gt; &lt;img src=&quot;data:image/png,x&quot;&gt;</p>`},
		{`<a href="x.md">never closed`, `<p>&lt;a href=&quot;x.md&quot;&gt;never closed</p>`},
		{`<b>bold</b> and <i>alone`, `<p><b>bold</b> and &lt;i&gt;alone</p>`},
		{"<details><summary>S</summary>\n<a href=\"x.md\">in a block</a>\n</details>", "<details>\n<summary>S</summary>\n<p><a href=\"x.md\">in a block</a>\n</p>\n</details>"},
		{"## <a name=\"x\"></a>Part", `<h2 id="part"><span id="x"></span>Part<a class="anchor" href="#part" aria-label="Link to this section: Part">#</a></h2>`},
		{"# <a name=\"top\"></a>Title\n\n[up](#top)", "<span id=\"title\"></span><span id=\"top\"></span><p><a href=\"#top\">up</a></p>"},
	} {
		d, _ := Parse([]byte(c.in), Options{})
		var w bytes.Buffer
		d.Write(&w, asTyped{d})
		if got := string(bytes.TrimSpace(w.Bytes())); got != c.want {
			t.Errorf("%s\ngot  %s\nwant %s", c.in, got, c.want)
		}
	}
}

// TestMediaAreLinks holds that what pages cannot show is at least reached.
func TestMediaAreLinks(t *testing.T) {
	for _, in := range []string{"![](a.mp4)", "![film](a.mp4)", "![[a.pdf#page=3]]", "![[a.mp3]]", "text ![[a.pdf]] text"} {
		d, _ := Parse([]byte(in), Options{})
		var w bytes.Buffer
		d.Write(&w, asTyped{d})
		if !bytes.Contains(w.Bytes(), []byte(`<a href="a.`)) || bytes.Contains(w.Bytes(), []byte("<img")) {
			t.Errorf("%s: %s", in, w.Bytes())
		}
	}
}

// TestTasksAndLinks holds that a link called X is no task.
func TestTasksAndLinks(t *testing.T) {
	d, _ := Parse([]byte("- [X](https://x.com)\n- [x][r]\n- [x] done\n- [ ] open\n- [ ]\n- [x]y\n\n[r]: a.md\n"), Options{})
	if len(d.Links) != 2 || len(d.Tasks) != 3 {
		t.Errorf("%d links and %d tasks, want 2 and 3", len(d.Links), len(d.Tasks))
	}
}

// TestFindingsComeOnce holds that one cause in a note is one finding.
func TestFindingsComeOnce(t *testing.T) {
	_, found := Parse(bytes.Repeat([]byte("![a](https://a.bc/x.png) <img src=https://a.bc/y.png>\n\n> [!my-own]\n> x\n\n"), 50), Options{})
	if len(found) != 1 || found[0].Rule != "external-image" {
		t.Errorf("%d findings: %+v", len(found), found[:min(len(found), 3)])
	}
}

// TestTooLarge holds that a body too large to be read shows all its words.
func TestTooLarge(t *testing.T) {
	d, found := Parse(append(bytes.Repeat([]byte("*word* "), maxBody/7+1), "the end"...), Options{})
	if len(found) != 1 || found[0].Rule != "too-large" || !d.Plain || !bytes.HasSuffix([]byte(d.html), []byte("the end</pre>\n")) {
		t.Errorf("%+v, plain %v", found, d.Plain)
	}
}
