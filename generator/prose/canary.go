package prose

import "github.com/yuin/goldmark/ast"

// A canary is text that stands only in what is left out. Whoever reads the
// finished site for it finds out when something was not left out after all.
type canary struct {
	ast.BaseInline
	text string
}

var kindCanary = ast.NewNodeKind("Canary")

func (n *canary) Kind() ast.NodeKind            { return kindCanary }
func (n *canary) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// plant puts the canary into every private callout and every comment of the
// tree.
func (r *reading) plant(root ast.Node) {
	if r.opts.Canary == "" {
		return
	}
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		private := false
		if h := headOf(n); h != nil {
			typ, _ := h.canonical()
			private = typ == "private"
		}
		switch {
		case n.Kind() == kindComment:
			n.AppendChild(n, &canary{text: r.opts.Canary})
		case n.Kind() == kindCommentBlock || private:
			p := ast.NewParagraph()
			p.AppendChild(p, &canary{text: r.opts.Canary})
			n.AppendChild(n, p)
		default:
			return ast.WalkContinue, nil
		}
		return ast.WalkSkipChildren, nil
	})
}
