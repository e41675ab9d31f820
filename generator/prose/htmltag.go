package prose

import (
	"bytes"
	"html"
	"slices"
	"strconv"
	"strings"

	"debrief/generator/source"

	"github.com/yuin/goldmark/util"
)

// Raw HTML is text, but for a few tags that cannot do harm, and those only in
// pairs under one parent, so that a page is well formed whatever a note holds.
// Here tags are read and paired; rawhtml.go writes them.

// phrasing tags may stand in running text. Links and pictures are among them
// because a link that works where the notes are kept has to work in the site;
// they go the way of [text](address) and ![alt](address).
var phrasing = map[string]bool{
	"kbd": true, "sub": true, "sup": true, "br": true, "mark": true, "abbr": true, "ins": true, "del": true,
	"b": true, "i": true, "u": true, "s": true, "em": true, "strong": true, "small": true, "code": true, "var": true, "samp": true,
	"a": true, "img": true,
}

// structure tags may stand around blocks.
var structure = map[string]bool{"details": true, "summary": true, "dl": true, "dt": true, "dd": true}

// maxTags is how deep kept tags may stand inside one another in one run.
const maxTags = 16

// tagName reads a tag's name in lower case.
func tagName(s []byte) string {
	n := 0
	for n < len(s) && (s[n]|0x20 >= 'a' && s[n]|0x20 <= 'z' || n > 0 && (s[n] >= '0' && s[n] <= '9' || s[n] == '-')) {
		n++
	}
	return strings.ToLower(string(s[:n]))
}

// A htmlToken is a tag, a comment or a stretch of text in raw HTML.
type htmlToken struct {
	kind htmlKind
	name string // of a tag
	attr string // the one attribute kept, ready to write
	text []byte // as typed
	at   int    // its offset in its block
	src  int    // its offset in the source
	mate int    // of a tag: index of its partner, -1 without one
	kept bool   // the tag is written as a tag

	address       string // href of a link, src of a picture
	id            string // of an anchor
	alt, title    string
	width, height int
}

type htmlKind uint8

const (
	htmlText htmlKind = iota
	htmlOpen
	htmlClose
	htmlComment
	htmlBreak // <br>
	htmlImage // <img>
	htmlEnd   // the HTML block ends here; other blocks may follow before the next
)

// appendTokens splits raw HTML into tags of our lists, comments and text.
func appendTokens(tokens []htmlToken, s []byte) []htmlToken {
	textFrom, noComment := 0, false
	for i := 0; i < len(s); {
		if s[i] != '<' && s[i] != '%' {
			i++
			continue
		}
		var t htmlToken
		n := 0
		if s[i] == '%' {
			n = percentLength(s[i:], i == 0 || s[i-1] == '\n')
			t.kind = htmlComment
		} else if bytes.HasPrefix(s[i:], []byte("<!--")) {
			if !noComment {
				n = commentLength(s[i:])
				noComment = n == 0
				t.kind = htmlComment
			}
		} else {
			t, n = readTag(s[i:])
		}
		if n == 0 {
			i++
			continue
		}
		if textFrom < i {
			tokens = append(tokens, htmlToken{text: s[textFrom:i]})
		}
		t.text, t.at, t.mate = s[i:i+n], i, -1
		tokens = append(tokens, t)
		i += n
		textFrom = i
	}
	if textFrom < len(s) {
		tokens = append(tokens, htmlToken{text: s[textFrom:]})
	}
	return tokens
}

// commentLength is how long the comment at the beginning of s is, 0 if it has
// no end.
func commentLength(s []byte) int {
	for _, empty := range []string{"<!-->", "<!--->"} {
		if bytes.HasPrefix(s, []byte(empty)) {
			return len(empty)
		}
	}
	if end := bytes.Index(s[4:], []byte("-->")); end >= 0 {
		return 4 + end + 3
	}
	return 0
}

// percentLength is how long the %% comment %% at the beginning of s is, 0 if
// there is none. One that begins a line and has no end hides all the rest.
func percentLength(s []byte, beginsLine bool) int {
	if !bytes.HasPrefix(s, percents) {
		return 0
	}
	if end := bytes.Index(s[2:], percents); end >= 0 {
		return 2 + end + 2
	}
	if beginsLine {
		return len(s)
	}
	return 0
}

// readTag reads a tag of our lists at the beginning of s and returns its
// length, 0 if there is none.
func readTag(s []byte) (t htmlToken, n int) {
	t.kind = htmlOpen
	i := 1
	if i < len(s) && s[i] == '/' {
		t.kind = htmlClose
		i++
	}
	t.name = tagName(s[i:min(len(s), i+12)])
	if !phrasing[t.name] && !structure[t.name] {
		return t, 0
	}
	i += len(t.name)
	if t.kind == htmlClose {
		i += util.TrimLeftSpaceLength(s[i:])
		if i >= len(s) || s[i] != '>' || t.name == "br" || t.name == "img" {
			return t, 0
		}
		return t, i + 1
	}
	switch t.name {
	case "br":
		t.kind = htmlBreak
	case "img":
		t.kind = htmlImage
	}
	for {
		spaces := i
		for i < len(s) && util.IsSpace(s[i]) {
			i++
		}
		switch {
		case i >= len(s):
			return t, 0
		case s[i] == '>':
			return t, i + 1
		case s[i] == '/' && i+1 < len(s) && s[i+1] == '>' && (t.kind != htmlOpen || t.name == "a"):
			return t, i + 2
		case i == spaces:
			return t, 0
		}
		name, value, length := readAttribute(s[i:])
		if length == 0 {
			return t, 0
		}
		i += length
		switch {
		case t.name == "details" && name == "open":
			t.attr = " open"
		case t.name == "abbr" && name == "title" && t.attr == "":
			t.attr = ` title="` + string(appendEscaped(nil, source.Uncommented(html.UnescapeString(string(value))))) + `"`
		case t.name == "a" || t.name == "img":
			t.linkAttribute(name, html.UnescapeString(string(value)))
		}
	}
}

// linkAttribute takes what counts of a link, an anchor or a picture.
func (t *htmlToken) linkAttribute(name, value string) {
	switch {
	case t.name == "a" && name == "href", t.name == "img" && name == "src":
		t.address = strings.TrimSpace(value)
	case t.name == "a" && (name == "id" || name == "name") && t.id == "":
		t.id = value
	case name == "title":
		t.title = source.Uncommented(value)
	case name == "alt":
		t.alt = source.Uncommented(value)
	case name == "width":
		t.width = pixels(value)
	case name == "height":
		t.height = pixels(value)
	}
}

// pixels reads 300 and 300px; shares of a page that we cannot know are 0.
func pixels(s string) int {
	n, err := strconv.Atoi(strings.TrimSuffix(s, "px"))
	if err != nil || n < 0 || n > 10000 {
		return 0
	}
	return n
}

// works reports whether a link or a picture leads anywhere a page may go, or
// whether an anchor has a name.
func (t *htmlToken) works() bool {
	switch {
	case t.name == "a" && t.address == "":
		return t.id != ""
	case t.name == "a", t.name == "img":
		return t.address != "" && classify(t.address) != badAddress
	}
	return true
}

// readAttribute reads one attribute at the beginning of s.
func readAttribute(s []byte) (name string, value []byte, n int) {
	for n < len(s) && (s[n]|0x20 >= 'a' && s[n]|0x20 <= 'z' || n > 0 && (s[n] >= '0' && s[n] <= '9' || s[n] == '-' || s[n] == ':' || s[n] == '_')) {
		n++
	}
	name = strings.ToLower(string(s[:n]))
	i := n
	for i < len(s) && util.IsSpace(s[i]) {
		i++
	}
	if n == 0 || i >= len(s) || s[i] != '=' {
		return name, nil, n
	}
	i++
	for i < len(s) && util.IsSpace(s[i]) {
		i++
	}
	if i >= len(s) {
		return "", nil, 0
	}
	if q := s[i]; q == '"' || q == '\'' {
		end := bytes.IndexByte(s[i+1:], q)
		if end < 0 {
			return "", nil, 0
		}
		return name, s[i+1 : i+1+end], i + end + 2
	}
	from := i
	for i < len(s) && !util.IsSpace(s[i]) && strings.IndexByte("\"'=<>`", s[i]) < 0 {
		i++
	}
	if i == from {
		return "", nil, 0
	}
	return name, s[from:i], i
}

// match finds the partners of tags. A tag that is in the way of a pair stays
// alone, so pairs never cross. Phrasing tags pair only within one run of text:
// they cannot stand around blocks.
func match(tokens []htmlToken) {
	var stack []int
	for i := range tokens {
		t := &tokens[i]
		if t.kind == htmlEnd || (t.kind == htmlOpen || t.kind == htmlClose) && structure[t.name] {
			for len(stack) > 0 && phrasing[tokens[stack[len(stack)-1]].name] {
				stack = stack[:len(stack)-1]
			}
		}
		switch t.kind {
		case htmlOpen:
			stack = append(stack, i)
		case htmlClose:
			for j := len(stack) - 1; j >= max(0, len(stack)-maxTags); j-- {
				if tokens[stack[j]].name == t.name {
					t.mate, tokens[stack[j]].mate = stack[j], i
					stack = stack[:j]
					break
				}
			}
		}
	}
}

// keep decides which pairs are written as tags: those that stand where HTML
// allows them, so that a browser builds the tree that was meant.
func keep(tokens []htmlToken) {
	var open []int // kept ones around the token
	for i := range tokens {
		t := &tokens[i]
		switch {
		case t.kind == htmlBreak, t.kind == htmlImage:
			t.kept = t.works()
		case t.kind == htmlOpen && t.name == "a" && t.mate < 0:
			t.kept = t.address == "" && t.works() // an anchor needs no end
		case t.mate < 0 || !t.works() && t.kind == htmlOpen:
		case t.kind == htmlOpen:
			around := ""
			if len(open) > 0 {
				around = tokens[open[len(open)-1]].name
			}
			if len(open) < maxTags && allowedIn(t.name, around) && !(t.name == "summary" && holdsBlocks(tokens[i:t.mate])) &&
				!(t.address != "" && slices.ContainsFunc(open, func(j int) bool { return tokens[j].address != "" })) {
				t.kept, tokens[t.mate].kept = true, true
				tokens[t.mate].address = t.address // a link has an end, an anchor none
				open = append(open, i)
			}
		case t.kind == htmlClose && t.kept:
			open = open[:len(open)-1]
		}
	}
}

func allowedIn(name, around string) bool {
	switch name {
	case "details", "dl":
		return around == "" || around == "details" || around == "dd"
	case "summary":
		return around == "details"
	case "dt", "dd":
		return around == "dl"
	}
	return true
}

func holdsBlocks(tokens []htmlToken) bool {
	for i := range tokens {
		if tokens[i].kind == htmlEnd {
			return true
		}
	}
	return false
}
