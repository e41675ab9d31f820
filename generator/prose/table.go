package prose

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

// table writes a table in a box of its own, which scrolls instead of the page.
func (r *reading) table(n *east.Table) {
	defer r.toAside()()
	r.inTable = true
	r.pass.tables++
	r.put(`<div class="table" role="region" tabindex="0" aria-label="`)
	r.putEscaped(r.tableLabel(n))
	r.put(`"`)
	r.nodeID(n)
	r.put("><table>\n")
	body := false
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		header := c.Kind() == east.KindTableHeader
		switch {
		case header:
			r.put("<thead>\n")
		case !body:
			r.put("<tbody>\n")
			body = true
		}
		r.put("<tr>\n")
		r.pass.top, r.pass.cells = header, r.pass.cells[:0]
		for cell := c.FirstChild(); cell != nil; cell = cell.NextSibling() {
			r.cell(cell.(*east.TableCell), header)
		}
		r.endBlock() // the context of a link is its row
		r.put("</tr>\n")
		if header {
			r.put("</thead>\n")
		}
	}
	if body {
		r.put("</tbody>\n")
	}
	r.put("</table></div>\n")
	r.inTable = false
}

func (r *reading) cell(n *east.TableCell, header bool) {
	tag := "td"
	if header && n.FirstChild() != nil { // an empty corner heads nothing
		tag = "th"
	}
	r.put("<")
	r.put(tag)
	switch n.Alignment {
	case east.AlignLeft:
		r.put(` class="left"`)
	case east.AlignRight:
		r.put(` class="right"`)
	case east.AlignCenter:
		r.put(` class="center"`)
	}
	r.put(">")
	from := r.textLen()
	r.inlines(n)
	r.pass.cells = append(r.pass.cells, [2]int{from, r.textLen()})
	if r.textLen() > from && n.NextSibling() != nil {
		*r.text = append(*r.text, " · "...)
	}
	r.put("</")
	r.put(tag)
	r.put(">\n")
}

// tableLabel names a table by its first column heads.
func (r *reading) tableLabel(n *east.Table) string {
	var heads []string
	length := 0
	for c := n.FirstChild().FirstChild(); c != nil && length < 60; c = c.NextSibling() {
		if text := foldSpace(r.plainOf(c)); text != "" {
			heads = append(heads, text)
			length += len(text)
		}
	}
	if len(heads) == 0 {
		return "Table"
	}
	return "Table: " + firstWords(strings.Join(heads, ", "), 80)
}

// unescapePipes undoes \| in code in a table.
func unescapePipes(code []byte) []byte {
	if !bytes.Contains(code, []byte(`\|`)) {
		return code
	}
	return bytes.ReplaceAll(code, []byte(`\|`), []byte(`|`))
}

// tableBlockID takes a last row that is nothing but ^id off a table: without a
// blank line before it, that is what the line has become.
func (r *reading) tableBlockID(n *east.Table) string {
	row := n.LastChild()
	if row == nil || row.Kind() != east.KindTableRow {
		return ""
	}
	for c := row.FirstChild(); c != nil; c = c.NextSibling() {
		if c != row.FirstChild() && c.HasChildren() {
			return ""
		}
	}
	first := row.FirstChild()
	if first == nil || first.FirstChild() == nil || first.FirstChild() != first.LastChild() {
		return ""
	}
	t, ok := first.FirstChild().(*ast.Text)
	if !ok {
		return ""
	}
	id, at := blockID(t.Segment.Value(r.src))
	if id == "" || at != 0 {
		return ""
	}
	n.RemoveChild(n, row)
	return id
}
