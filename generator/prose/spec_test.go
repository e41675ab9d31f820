package prose

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// differences are the examples of the CommonMark specification that read
// otherwise here, and why. Examples with raw HTML are not among them: there the
// rule is that the text stays (TestSpecRawHTML).
var differences = map[int]string{
	64:  "#hashtag is a tag",
	484: "a link without text shows its address",
	548: "[[foo]] is a wikilink",
	559: "[[foo]] is a wikilink",
	590: "![[foo]] embeds a note",
	596: "irc: is no scheme a page links to",
	598: "a+b+c: is no scheme a page links to",
	599: "made-up-scheme: is no scheme a page links to",
	601: "localhost: is no scheme a page links to",
}

type specExample struct {
	Markdown string `json:"markdown"`
	Number   int    `json:"example"`
	Section  string `json:"section"`
}

func spec(t *testing.T) []specExample {
	t.Helper()
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/yuin/goldmark").Output()
	if err != nil {
		t.Skip("the go command cannot say where goldmark's examples are:", err)
	}
	file, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(dir)), "_test", "spec.json"))
	if err != nil {
		t.Skip("no examples:", err)
	}
	var examples []specExample
	if err := json.Unmarshal(file, &examples); err != nil {
		t.Fatal(err)
	}
	return examples
}

// asTyped fills holes with what the note says.
type asTyped struct{ d *Doc }

func (f asTyped) Href(i int) (string, bool) {
	l := f.d.Links[i]
	if l.Fragment != "" {
		return l.Target + "#" + l.Fragment, true
	}
	return l.Target, true
}
func (f asTyped) Label(int) string                     { return "" }
func (f asTyped) Image(i int) (string, int, int, bool) { return f.d.Links[i].Target, 0, 0, true }
func (f asTyped) Embed(w *bytes.Buffer, i int)         {}
func (f asTyped) Fact(i int) (string, Source, bool)    { return "", Source{}, false }
func (f asTyped) Figure(i int) (Source, bool)          { return Source{}, false }
func (f asTyped) Fence(w *bytes.Buffer, i int) bool    { return false }

func TestCommonMark(t *testing.T) {
	// Looking for addresses, goldmark keeps spaces at the end of a line.
	references := map[bool]goldmark.Markdown{
		false: goldmark.New(goldmark.WithExtensions(extension.Table, extension.Strikethrough, extension.TaskList, extension.DefinitionList)),
		true:  goldmark.New(goldmark.WithExtensions(extension.GFM, extension.DefinitionList)),
	}
	compared := 0
	for _, example := range spec(t) {
		var want bytes.Buffer
		if err := references[mayHoldAddress([]byte(example.Markdown))].Convert([]byte(example.Markdown), &want); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(want.String(), "raw HTML omitted") {
			continue
		}
		d, _ := Parse([]byte(example.Markdown), Options{Title: "No heading has this text"})
		var got bytes.Buffer
		d.Write(&got, asTyped{d})
		a, b := canonical(t, got.String()), canonical(t, shifted(want.String()))
		reason, differs := differences[example.Number]
		switch {
		case a != b && !differs:
			t.Errorf("example %d (%s)\n%s\ngot:  %s\nwant: %s", example.Number, example.Section, example.Markdown, a, b)
		case a == b && differs:
			t.Errorf("example %d (%s) no longer differs, but the table says: %s", example.Number, example.Section, reason)
		}
		compared++
	}
	t.Logf("%d examples compared, %d of them differ on purpose", compared, len(differences))
}

var headingTag = regexp.MustCompile(`(</?h)([1-5])>`)

// shifted moves headings one level down if one of them is an h1, as a page
// with a title of its own needs.
func shifted(s string) string {
	if !strings.Contains(s, "<h1>") {
		return s
	}
	return headingTag.ReplaceAllStringFunc(s, func(tag string) string {
		b := []byte(tag)
		b[len(b)-2]++
		return string(b)
	})
}

// canonical writes HTML without what we add to goldmark's, and without white
// space that does not show.
func canonical(t *testing.T, s string) string {
	t.Helper()
	body := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	nodes, err := html.ParseFragment(strings.NewReader(s), body)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, n := range nodes {
		writeCanonical(&b, n, "", false)
	}
	return strings.TrimSpace(b.String())
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func writeCanonical(b *strings.Builder, n *html.Node, lang string, pre bool) {
	children := func(lang string, pre bool) {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			writeCanonical(b, c, lang, pre)
		}
	}
	switch n.Type {
	case html.TextNode:
		if pre {
			b.WriteString(html.EscapeString(n.Data))
			return
		}
		text := n.Data
		if strings.TrimSpace(text) == "" && strings.Contains(text, "\n") {
			return
		}
		b.WriteString(html.EscapeString(strings.Join(strings.Split(text, "\n"), "⏎")))
		return
	case html.CommentNode:
		return
	}
	switch class := attr(n, "class"); {
	case n.Data == "a" && class == "anchor":
		return
	case n.Data == "figure" && class == "code":
		children(attr(n, "data-lang"), pre)
		return
	case n.Data == "div" && class == "table", n.Data == "span":
		children(lang, pre)
		return
	}
	b.WriteString("<" + n.Data)
	for _, name := range []string{"href", "src", "alt", "title", "start", "type", "checked"} {
		v := attr(n, name)
		if name == "href" || name == "src" {
			// Relative addresses are written by others, who get them decoded.
			v = percentDecode(v)
			if !strings.Contains(v, ":") {
				v, _, _ = strings.Cut(v, "?")
			}
			v = strings.ReplaceAll(v, `\`, "/")
		}
		if v != "" {
			b.WriteString(" " + name + "=" + html.EscapeString(v))
		}
	}
	if n.Data == "code" && lang == "" {
		lang, _ = strings.CutPrefix(attr(n, "class"), "language-")
		if lang == "chroma" {
			lang = ""
		}
	}
	if n.Data == "code" && lang != "" {
		b.WriteString(" lang=" + strings.ToLower(lang))
	}
	b.WriteString(">")
	if slices.Contains([]string{"img", "br", "hr", "input"}, n.Data) {
		return
	}
	children(lang, pre || n.Data == "pre")
	b.WriteString("</" + n.Data + ">")
}
