package search

import "golang.org/x/net/html/atom"

// element is the atom of a name. Those that pages are made of are known without
// a look into the table of all.
func element(name []byte) atom.Atom {
	switch string(name) {
	case "a":
		return atom.A
	case "b":
		return atom.B
	case "p":
		return atom.P
	case "h2":
		return atom.H2
	case "li":
		return atom.Li
	case "td":
		return atom.Td
	case "th":
		return atom.Th
	case "tr":
		return atom.Tr
	case "ul":
		return atom.Ul
	case "div":
		return atom.Div
	case "code":
		return atom.Code
	case "span":
		return atom.Span
	}
	return atom.Lookup(name)
}

// textless elements hold no text of the page; its title is known.
func textless(tag atom.Atom) bool {
	switch tag {
	case atom.Nav, atom.Svg, atom.H1, atom.Script, atom.Button, atom.Input:
		return true
	}
	return false
}

// endless elements have no end tag.
func endless(tag atom.Atom) bool {
	switch tag {
	case atom.Input, atom.Img, atom.Br, atom.Hr, atom.Wbr:
		return true
	}
	return false
}

// isHeading are the headings that hits can lead to.
func isHeading(tag atom.Atom) bool { return tag == atom.H2 || tag == atom.H3 }

// inline elements do not part words.
func inline(tag atom.Atom) bool {
	switch tag {
	case atom.A, atom.Abbr, atom.B, atom.Bdi, atom.Cite, atom.Code, atom.Data, atom.Del, atom.Em, atom.I, atom.Ins, atom.Kbd, atom.Label,
		atom.Mark, atom.Q, atom.S, atom.Samp, atom.Small, atom.Span, atom.Strong, atom.Sub, atom.Sup, atom.Time, atom.U, atom.Var, atom.Wbr:
		return true
	}
	return false
}

// raw elements hold what looks like tags and is none.
func raw(tag atom.Atom) bool {
	switch tag {
	case atom.Iframe, atom.Noembed, atom.Noframes, atom.Noscript, atom.Plaintext, atom.Script, atom.Style, atom.Textarea, atom.Title, atom.Xmp:
		return true
	}
	return false
}
