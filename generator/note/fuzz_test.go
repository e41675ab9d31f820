package note

import (
	"bytes"
	"debrief/generator/prose"
	"strings"
	"testing"
	"time"
	"unicode"

	"golang.org/x/net/html"

	"debrief/generator/source"
)

// active are the elements that can do something by themselves or load it.
var active = map[string]bool{
	"script": true, "iframe": true, "object": true, "embed": true, "form": true, "style": true, "link": true, "meta": true,
	"base": true, "svg": true, "math": true, "template": true, "video": true, "audio": true, "frame": true, "portal": true, "button": true,
}

// asWritten fills links and pictures with what the note says, the worst that
// could ever be put there.
type asWritten struct{ n *Note }

func (f asWritten) Href(i int) (string, bool)            { return f.n.Body.Links[i].Target, true }
func (f asWritten) Label(int) string                     { return "" }
func (f asWritten) Image(i int) (string, int, int, bool) { return f.n.Body.Links[i].Target, 0, 0, true }
func (f asWritten) Embed(w *bytes.Buffer, i int) {
	w.WriteString(html.EscapeString(f.n.Body.Links[i].Text))
}
func (f asWritten) Fact(int) (text string, s prose.Source, ok bool) { return "", s, false }
func (f asWritten) Figure(int) (s prose.Source, ok bool)            { return s, false }
func (f asWritten) Fence(*bytes.Buffer, int) bool                   { return false }

// FuzzParse holds what must be true of any file at all: it becomes a note with
// a title, nothing in its page acts, no plain word is lost, and every finding
// has its place.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"---\ntitle: x\n---\n# x\n\nwords [a](javascript:alert(1)) <script>x</script> <img src=x onerror=y>\n",
		"---\nkind: incident\nstarted_at: 2024-01-01T00:00:00Z\ntimeline:\n  - {at: T+1m, what: x}\n---\n```timeline\n- at: 1\n```\n",
		"---\nkind: offer\ntotal: {base: USD 1}\n---\n", "---\nkind: round\norder: x\nprinciples: [a, b]\n---\n", "---\nkind: story\nincident: [[x]]\n---\n**Situation:** y\n",
		"+++\ntitle = 'x'\n+++\nbody", "---\n---\n---\nx", "---\ntitle: {{x}}\n", "<a href=\"jav&#x09;ascript:x\">y</a> <a href='data:text/html,x' name=\"z\">y</a>", "[a]: vbscript:x\n[a] ![a][a] [[javascript:x|y]] ![[data:x.png]]",
		"```\"><script>\nx\n```\n", "> [!x\"><img src=x>]\n", "!!! note \"<b onmouseover=x>\"\n    y", "<details ontoggle=x open><summary>s</summary></details>", "\ufeff# \u2028x\x00\xff\r\ny",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		src, _ := source.Text(raw)
		n, found := Parse("stories/x.md", src, Options{Zone: time.UTC})
		if strings.TrimSpace(n.Title) == "" {
			t.Fatalf("%q has no title", src)
		}
		lines := bytes.Count(src, []byte("\n")) + 1
		for _, f := range found {
			if f.Path != "stories/x.md" || f.Line < 0 || f.Line > lines+1 {
				t.Fatalf("%q: found %+v", src, f)
			}
			if f.Rule == "render-panic" {
				t.Fatalf("%q: %s", src, f.Message)
			}
		}
		var w bytes.Buffer
		n.Body.Write(&w, asWritten{n})
		doc, err := html.Parse(bytes.NewReader(w.Bytes()))
		if err != nil {
			t.Fatal(err)
		}
		shown := n.Title + " "
		for e := range doc.Descendants() {
			if e.Type == html.TextNode {
				shown += e.Data + " "
			}
			if e.Type != html.ElementNode {
				continue
			}
			if active[e.Data] {
				t.Fatalf("%q: <%s> in %s", src, e.Data, w.Bytes())
			}
			for _, a := range e.Attr {
				value := strings.ToLower(strings.Map(func(r rune) rune {
					if r <= ' ' {
						return -1
					}
					return r
				}, a.Val))
				if strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "srcset" || a.Key == "formaction" ||
					(a.Key == "href" || a.Key == "src") && (strings.HasPrefix(value, "javascript:") || strings.HasPrefix(value, "data:") || strings.HasPrefix(value, "vbscript:") || strings.HasPrefix(value, "//")) {
					t.Fatalf("%q: <%s %s=%q>", src, e.Data, a.Key, a.Val)
				}
			}
		}
		if strings.ContainsAny(string(src), "%<[]{}^!:?`~&\\|#+-._*=") {
			return // signs of markup, which has ways to hide words; what follows is for all the rest
		}
		for _, word := range strings.FieldsFunc(string(src), func(r rune) bool { return !unicode.IsLetter(r) }) {
			if !strings.Contains(shown, word) {
				t.Fatalf("%q lost %q: %s", src, word, w.Bytes())
			}
		}
	})
}
