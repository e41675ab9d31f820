package search

import (
	"bytes"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// tokenize tells a reader of any page, however it is written.
func tokenize(page []byte, r *reader) {
	for z := html.NewTokenizer(bytes.NewReader(page)); ; {
		switch z.Next() {
		case html.ErrorToken:
			return // the end
		case html.TextToken:
			if r.keeps() {
				r.text = append(r.text, z.Text()...)
			}
		case html.StartTagToken:
			name, more := z.TagName()
			tag := atom.Lookup(name)
			var a attributes
			for more {
				var name, value []byte
				name, value, more = z.TagAttr()
				if kept := a.of(name); kept != nil {
					*kept = value
				}
			}
			r.startTag(tag, &a)
		case html.EndTagToken:
			name, _ := z.TagName()
			r.endTag(atom.Lookup(name))
		}
	}
}
