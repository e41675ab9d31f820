package prose

import (
	"sync"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// The two parsers of all notes: goldmark keeps what belongs to one body in a
// Context, so they serve every goroutine. The one that looks for bare addresses
// stops at each space.
var (
	markdown         = sync.OnceValue(func() parser.Parser { return newMarkdown(linkify{extension.NewLinkifyParser()}) })
	withoutAddresses = sync.OnceValue(func() parser.Parser { return newMarkdown() })
)

func newMarkdown(last ...parser.InlineParser) parser.Parser {
	p := parser.NewParser(
		parser.WithBlockParsers(
			util.Prioritized(depthGuard{}, 1),
			util.Prioritized(directiveParser{}, 90),
			util.Prioritized(explicitID{parser.NewSetextHeadingParser()}, 100),
			util.Prioritized(extension.NewDefinitionListParser(), 101),
			util.Prioritized(extension.NewDefinitionDescriptionParser(), 102),
			util.Prioritized(parser.NewThematicBreakParser(), 200),
			util.Prioritized(parser.NewListParser(), 300),
			util.Prioritized(parser.NewListItemParser(), 400),
			util.Prioritized(parser.NewCodeBlockParser(), 500),
			util.Prioritized(explicitID{parser.NewATXHeadingParser()}, 600),
			util.Prioritized(admonitionParser{}, 650),
			util.Prioritized(parser.NewFencedCodeBlockParser(), 700),
			util.Prioritized(parser.NewBlockquoteParser(), 800),
			util.Prioritized(commentBlockParser{}, 850),
			util.Prioritized(safeHTMLBlocks{parser.NewHTMLBlockParser()}, 900),
			util.Prioritized(footnoteBlockParser{}, 950),
			util.Prioritized(parser.NewParagraphParser(), 1000),
		),
		parser.WithInlineParsers(
			util.Prioritized(taskParser{extension.NewTaskCheckBoxParser()}, 0),
			util.Prioritized(inlineGuard{}, 1),
			util.Prioritized(commentParser{}, 50),
			util.Prioritized(parser.NewCodeSpanParser(), 100),
			util.Prioritized(footnoteParser{}, 101),
			util.Prioritized(factParser{}, 110),
			util.Prioritized(tagParser{}, 110),
			util.Prioritized(wikilinkParser{}, 199),
			util.Prioritized(parser.NewLinkParser(), 200),
			util.Prioritized(parser.NewAutoLinkParser(), 300),
			util.Prioritized(parser.NewRawHTMLParser(), 400),
			util.Prioritized(parser.NewEmphasisParser(), 500),
			util.Prioritized(extension.NewStrikethroughParser(), 500),
			util.Prioritized(markParser{}, 500),
		),
		parser.WithParagraphTransformers(
			util.Prioritized(paragraphGuard{}, 1),
			util.Prioritized(calloutTransformer{}, 50),
			util.Prioritized(parser.LinkReferenceParagraphTransformer, 100),
			util.Prioritized(extension.NewTableParagraphTransformer(), 200),
		),
	)
	for _, l := range last {
		p.AddOptions(parser.WithInlineParsers(util.Prioritized(l, 999)))
	}
	return p
}

// readingKey finds the reading in goldmark's Context.
var readingKey = parser.NewContextKey()

func readingOf(pc parser.Context) *reading { return pc.Get(readingKey).(*reading) }

// parseTree runs goldmark over r.src.
func (r *reading) parseTree() ast.Node {
	if mayLinkAddress(r.src) {
		return r.treeBy(markdown())
	}
	return r.treeBy(withoutAddresses())
}

func (r *reading) treeBy(p parser.Parser) ast.Node {
	pc := parser.NewContext()
	pc.Set(readingKey, r)
	lines := &lineGuard{Reader: text.NewReader(r.src), pc: pc}
	return p.Parse(lines, parser.WithContext(pc))
}

// noBlock is what block parsers of ours have in common.
type noBlock struct{}

func (noBlock) Close(ast.Node, text.Reader, parser.Context) {}
func (noBlock) CanInterruptParagraph() bool                 { return true }
func (noBlock) CanAcceptIndentedLine() bool                 { return false }
