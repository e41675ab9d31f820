package prose

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// elements are all that a body may be made of.
var elements = strings.Fields(`p h1 h2 h3 h4 h5 h6 a span em strong code mark del ins sub sup kbd abbr br hr img
	ul ol li label input blockquote pre figure figcaption div details summary section table thead tbody tr th td dl dt dd
	b i u s small var samp`)

var attributes = strings.Fields(`id class href src alt title rel role tabindex aria-label type data-task data-lang
	checked start open width height`)

var voids = []string{"br", "hr", "img", "input"}

// checkHTML reports what no page may hold, whatever the note was: elements or
// attributes not of ours, addresses with other schemes, tags that do not pair
// or that a browser would put elsewhere, ids that repeat.
func checkHTML(body string) error {
	var stack, seen []string
	ids := map[string]bool{}
	z := html.NewTokenizer(strings.NewReader(body))
	for {
		switch z.Next() {
		case html.ErrorToken:
			if z.Err() != io.EOF {
				return z.Err()
			}
			if len(stack) > 0 {
				return fmt.Errorf("%v not closed", stack)
			}
			return checkTree(body, seen)
		case html.StartTagToken, html.SelfClosingTagToken:
			tok := z.Token()
			if !slices.Contains(elements, tok.Data) {
				return fmt.Errorf("element %s", tok.Data)
			}
			for _, a := range tok.Attr {
				if !slices.Contains(attributes, a.Key) {
					return fmt.Errorf("attribute %s of %s", a.Key, tok.Data)
				}
				switch a.Key {
				case "id":
					if ids[a.Val] {
						return fmt.Errorf("id %q twice", a.Val)
					}
					if a.Val == "" || strings.ContainsAny(a.Val, " \t\n") {
						return fmt.Errorf("id %q", a.Val)
					}
					ids[a.Val] = true
				case "href", "src":
					if classify(a.Val) == badAddress {
						return fmt.Errorf("address %q", a.Val)
					}
				}
			}
			seen = append(seen, tok.Data)
			if !slices.Contains(voids, tok.Data) {
				stack = append(stack, tok.Data)
			}
		case html.EndTagToken:
			tok := z.Token()
			if len(stack) == 0 || stack[len(stack)-1] != tok.Data {
				return fmt.Errorf("</%s> inside %v", tok.Data, stack)
			}
			stack = stack[:len(stack)-1]
			seen = append(seen, "/"+tok.Data)
		case html.CommentToken, html.DoctypeToken:
			return fmt.Errorf("%v", z.Token())
		}
	}
}

// checkTree compares the tree that a browser builds with the tags as written.
func checkTree(body string, want []string) error {
	nodes, err := html.ParseFragment(strings.NewReader(body), &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div})
	if err != nil {
		return err
	}
	var got []string
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.ElementNode {
			got = append(got, n.Data)
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
		if n.Type == html.ElementNode && !slices.Contains(voids, n.Data) {
			got = append(got, "/"+n.Data)
		}
	}
	for _, n := range nodes {
		walk(n)
	}
	if !slices.Equal(got, want) {
		for i := range got {
			if i >= len(want) || got[i] != want[i] {
				return fmt.Errorf("a browser builds %v where %v is written", got[i:min(i+5, len(got))], want[min(i, len(want)):min(i+5, len(want))])
			}
		}
		return fmt.Errorf("a browser builds %d tags, %d are written", len(got), len(want))
	}
	return nil
}

// checkDoc reports what must hold for every Doc.
func checkDoc(src []byte, o Options) error {
	d, findings := Parse(src, o)
	var w bytes.Buffer
	f := asTyped{d}
	d.Write(&w, f)
	whole := w.String()
	if o.Canary != "" && strings.Contains(fmt.Sprintf("%s %+v", whole, *d), o.Canary) {
		return fmt.Errorf("something hidden comes out again:\n%s", whole)
	}
	if err := checkHTML(whole); err != nil {
		return fmt.Errorf("%w\n%s", err, whole)
	}
	written := map[string]bool{}
	z := html.NewTokenizer(strings.NewReader(whole))
	for z.Next() != html.ErrorToken {
		for _, a := range z.Token().Attr {
			if a.Key == "id" {
				written[a.Val] = true
			}
		}
	}
	for id := range d.Anchors {
		if !written[id] {
			return fmt.Errorf("anchor %q is not in the page\n%s", id, whole)
		}
	}
	for id := range written {
		if !d.Anchors[id] {
			return fmt.Errorf("id %q is not among the anchors\n%s", id, whole)
		}
		w.Reset()
		if !strings.HasPrefix(id, "fn:") && !strings.HasPrefix(id, "fnref:") && !d.WriteEmbed(&w, id, f) {
			return fmt.Errorf("%q cannot be embedded", id)
		}
		if err := checkEmbed(w.String()); err != nil {
			return fmt.Errorf("embed of %q: %w\n%s", id, err, w.String())
		}
	}
	w.Reset()
	d.WriteEmbed(&w, "", f)
	if err := checkEmbed(w.String()); err != nil {
		return fmt.Errorf("embed: %w\n%s", err, w.String())
	}
	w.Reset()
	d.Write(&w, nil)
	if err := checkHTML(w.String()); err != nil {
		return fmt.Errorf("with nothing filled in: %w\n%s", err, w.String())
	}
	end := 0
	for i, s := range d.Sections {
		for _, heading := range []bool{true, false} {
			w.Reset()
			d.WriteSection(&w, i, f, heading)
			if err := checkHTML(w.String()); err != nil {
				return fmt.Errorf("section %d: %w\n%s", i, err, w.String())
			}
		}
		end = max(end, s.HTMLTo)
	}
	// Introduction, outermost sections and footnotes are the whole.
	w.Reset()
	from, to := d.Intro()
	d.WriteRange(&w, from, to, f)
	next := to
	for i, s := range d.Sections {
		if s.HTMLFrom >= next {
			d.WriteSection(&w, i, f, true)
			next = s.HTMLTo
		}
	}
	from, to = d.Footnotes()
	d.WriteRange(&w, from, to, f)
	if !d.Plain && w.String() != whole {
		return fmt.Errorf("introduction, sections and footnotes are not the whole:\n%s\n--- whole:\n%s", w.String(), whole)
	}
	for i, c := range d.Callouts {
		w.Reset()
		d.WriteRange(&w, c.HTMLFrom, c.HTMLTo, f)
		if err := checkHTML(w.String()); err != nil {
			return fmt.Errorf("callout %d: %w\n%s", i, err, w.String())
		}
	}
	lines := bytes.Split(clean(src), []byte("\n"))
	first := max(o.FirstLine, 1)
	check := func(what string, line, column, width int) error {
		if line < first || line-first >= len(lines) || column < 1 || column-1 > len(bytes.Runes(lines[line-first])) {
			return fmt.Errorf("%s at %d:%d, outside the note", what, line, column)
		}
		return nil
	}
	for _, l := range d.Links {
		if err := check("link", l.Pos.Line, l.Pos.Column, l.Len); err != nil {
			return err
		}
	}
	for _, f := range findings {
		if f.Rule == "render-panic" {
			return fmt.Errorf("%s", f.Message)
		}
		if f.Line != 0 {
			if err := check(f.Rule, f.Line, f.Column, 0); err != nil {
				return err
			}
		}
	}
	for _, h := range d.Outline {
		if err := check("heading", h.Pos.Line, h.Pos.Column, 0); err != nil {
			return err
		}
	}
	return nil
}

func checkEmbed(body string) error {
	if strings.Contains(body, ` id="`) {
		return fmt.Errorf("an id")
	}
	return checkHTML(body)
}

func FuzzParse(f *testing.F) {
	for _, seed := range seeds {
		f.Add([]byte(seed), false)
		f.Add([]byte(seed), true)
	}
	f.Fuzz(func(t *testing.T, src []byte, drop bool) {
		if err := checkDoc(src, Options{DropPrivate: drop, FirstLine: 5}); err != nil {
			t.Fatalf("%q: %v", src, err)
		}
	})
}

// seeds hold every construct of the dialect, and shapes that have broken it.
var seeds = []string{
	"# Title\n\ntext *em* **strong** `code` ~~del~~ ==mark== [link](x.md#a \"t\") ![alt|20x30](p.png)\n\n## Next {#id .x}\n",
	"> [!bad]- Title *x*\n> body\n> > [!note]\n> > nested\n\n> [!good]\n> body ^blk\n",
	"> [!private]\n> secret [^1]\n\ntext [^1] [^2]\n\n[^1]: one [^2]\n\n    more\n[^2]: two\n",
	"::::note A\n:::tip[B]\nx\n:::\n::::\n\n!!! warning \"T\"\n    x\n\n??? note\n    y\n\n???+ probe\n    z\n",
	"| a | | c |\n|:-:|--:|---|\n| [[x\\|y]] | `a\\|b` | {{f}} |\n^tbl\n",
	"- [ ] one\n- [x] two\n  - [ ] three ^it\n\n1. a\n\n   b\n3. c\n",
	"%%\ncomment\n%% rest\n\na %%b%% c\n\nstart %% of\n\nhidden\n\nend %% of it\n<!-- c --> text <!-- debrief-ignore a: b -->\n",
	"<details open>\n<summary>S <kbd>x</kbd></summary>\n\ntext <sup>1</sup> <br> <abbr title='a&quot;b'>A</abbr>\n\n</details>\n<script>alert(1)</script>\n<dl><dt>a</dt><dd>b</dd></dl>\n",
	"<details><summary><details></summary></details><kbd>a<summary></kbd>\n\n<dd>\n\n</summary>\n<p>\n<ins>\n\n</ins>\n",
	"a<kbd>*b</kbd>*<sup><sub>x</sup></sub> <details> <br/> </br> <img src=x onerror=alert(1)>\n",
	"[a](javascript:alert(1)) [b](&#106;avascript:x) [c](//evil) <javascript:x> [d](java\\script:x) [e](%6aavascript%3ax)\n",
	"```go title=\"a<b\" {1,3-4}\nx := 1\n\ny\n```\n\n~~~timeline\n- at: 1\n~~~\n\n```\"><script>\nx\n```\n    indented\n",
	"**Situation:** a [[n#H|t]] #tag\n\n**Task**: b\n![[note]]\n\n![[a]]\n![[p.png|300]]\n\n[[a]](b) [x [[y]]](z) [![i](i.png)](l.md)\n",
	"Setext\n===\n\nOther {#o}\n---\n\n# # #\n\n#\n\n## {#x}\n\n## `<b>` & \"q\"\n\n# H <em>\n\n## a\n## a\n## a-1\n",
	"term\n: def\n: def2\n\n    more\n\nt2\n:   - a\n    - b\n",
	"{{a.b}} {{ x }} {{< s >}} {{ .Site }} {{{a}}} \\{{a}}\n\n$x_1$ :smile: a==b==c 1^2^ ~x~\n",
	"- > - > 1. x\n\t- y\n\n\t\tcode\n> ```\n> x\n\nlazy\n> a\nb\n",
	"\xff\x00\r\na\rb\r\n\u00a0\u2028[x]:\u3000y\n",
	"^id\n\n![[x]] ^e\n\n> q\n\n^q\n\n# h ^h\n",
	"[^1]\n\n# [^1] title\n\n[^1]: x\n",
	"# <a name=\"top\"></a>T\n\n<a href=\"x.md#a\" title='t'>a *b* <img src=i.png alt=x width=30></a> <a id=\"h\">\n\n## <a name=h2/>H\n\n<a href=x>[y](z) <a href=w>v</a></a>\n",
	"<a href=javascript:x>a</a> <img src=\"data:x\"> <a href='x'>[^1]</a> <a href=x></a> [<a href=y>z</a>](w) <b>*a</b>*\n\n[^1]: <a name=n>n</a>\n<details><a href=x>y <img src=https://a.b/c></a></details>\n",
	"![](a.mp4) ![[b.pdf#page=3]]\n\n![[c.mp3]]\n",
}

func TestInvariants(t *testing.T) {
	for _, example := range spec(t) {
		if err := checkDoc([]byte(example.Markdown), Options{FirstLine: 3}); err != nil {
			t.Errorf("example %d %q: %v", example.Number, example.Markdown, err)
		}
	}
	for _, seed := range seeds {
		for _, drop := range []bool{false, true} {
			if err := checkDoc([]byte(seed), Options{DropPrivate: drop, Canary: "zqcanary", Passages: true, Figures: true}); err != nil {
				t.Errorf("%q: %v", seed, err)
			}
		}
	}
}

// pieces are what Markdown breaks at.
var pieces = strings.Split("\n|\n|\n\n|\n\n| |    |> |> [!bad]\n> |> [!good]+ t\n> |- |- [ ] |1. |# |## |a|word|Word: |**|*|_|~~|==|`|``|```\n|```go {1}\n|~~~timeline\n|[|]|](|)|(x.md)|![|[[|]]|![[|\\||[^1]|\n[^1]: |[r]: /u\n|<details>|</details>|<summary>|</summary>|<kbd>|</kbd>|<ins>|</ins>|<dl>|</dl>|<dt>|</dt>|<dd>|</dd>|<br>|<a href=x>|<a name=x>|</a>|<img src=y>|<b>|</b>|<pod>|<script>|<!--|-->|%%|%%|{{f}}|#tag|^blk|\n^blk2\n|:::note T\n|\n:::\n|::::tip\n|!!! note\n    |: |&amp;|&#35;|\\|http://a.bc|a@b.cd|\t|{#id}|===\n|---\n|a:b|\n| a | b |\n|---|:-:|\n|javascript:x|<a+b:c>|é|漢字|$", "|")

func TestSoup(t *testing.T) {
	n := 3000
	if s := os.Getenv("SOUP"); s != "" {
		n, _ = strconv.Atoi(s)
	}
	for seed := range n {
		rng := rand.New(rand.NewPCG(uint64(seed), 7))
		var b strings.Builder
		for range 1 + rng.IntN(40) {
			b.WriteString(pieces[rng.IntN(len(pieces))])
		}
		if err := checkDoc([]byte(b.String()), Options{DropPrivate: seed%2 == 0, Canary: "zqcanary", Passages: true, Figures: true, FirstLine: 2}); err != nil {
			t.Fatalf("seed %d: %q: %v", seed, b.String(), err)
		}
	}
}
