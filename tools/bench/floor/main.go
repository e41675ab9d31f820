// Floor is the least that a generator on debrief's libraries can do: read
// every note, goldmark, chroma as it comes, write. No templates, no links, no
// lists.
package main

import (
	"bytes"
	"io/fs"
	"log"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/formatters/html"
	"github.com/alecthomas/chroma/v2/lexers"
	"github.com/alecthomas/chroma/v2/styles"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("floor: ")
	if len(os.Args) != 3 {
		log.Fatal("usage: floor NOTES OUT")
	}
	var names []string
	err := filepath.WalkDir(os.Args[1], func(name string, d fs.DirEntry, err error) error {
		if err == nil && filepath.Ext(name) == ".md" {
			names = append(names, name)
		}
		return err
	})
	if err != nil {
		log.Fatal(err)
	}
	next := make(chan string)
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			var b bytes.Buffer
			for name := range next {
				if err := build(&b, name); err != nil {
					log.Fatal(err)
				}
			}
		})
	}
	for _, name := range names {
		next <- name
	}
	close(next)
	wg.Wait()
}

var md = goldmark.New(
	goldmark.WithExtensions(extension.GFM, extension.Footnote),
	goldmark.WithParserOptions(parser.WithAutoHeadingID()),
	goldmark.WithRendererOptions(renderer.WithNodeRenderers(util.Prioritized(coloured{}, 1))),
)

func build(b *bytes.Buffer, name string) error {
	text, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	if matter, ok := bytes.CutPrefix(text, []byte("---\n")); ok {
		_, text, _ = bytes.Cut(matter, []byte("\n---\n"))
	}
	b.Reset()
	b.WriteString("<!doctype html><meta charset=\"utf-8\">")
	if err := md.Convert(text, b); err != nil {
		return err
	}
	rel, err := filepath.Rel(os.Args[1], name)
	if err != nil {
		return err
	}
	out := filepath.Join(os.Args[2], strings.TrimSuffix(rel, ".md"), "index.html")
	if err := os.MkdirAll(filepath.Dir(out), 0o755); err != nil {
		return err
	}
	return os.WriteFile(out, b.Bytes(), 0o644)
}

// coloured draws blocks of code with chroma. Lexers and the formatter are kept.
type coloured struct{}

var (
	formatter = html.New(html.WithClasses(true))
	known     sync.Map // of language → lexer
)

func (coloured) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(ast.KindFencedCodeBlock, func(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		block := n.(*ast.FencedCodeBlock)
		tokens, err := lexer(string(block.Language(source))).Tokenise(nil, string(block.Lines().Value(source)))
		if err != nil {
			return ast.WalkStop, err
		}
		return ast.WalkSkipChildren, formatter.Format(w, styles.Fallback, tokens)
	})
}

func lexer(language string) chroma.Lexer {
	if l, ok := known.Load(language); ok {
		return l.(chroma.Lexer)
	}
	l := lexers.Get(language)
	if l == nil {
		l = lexers.Fallback
	}
	l = chroma.Coalesce(l)
	known.Store(language, l)
	return l
}
