package search

import (
	"bytes"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// scan tells a reader of a page as templates and prose write it, many times
// faster than tokenize does. It reports false where it meets what they do not
// write, such as a comment, a tag in capitals or a value without quotes; what
// the reader was told until then is of no use.
func scan(page []byte, r *reader) bool {
	s := scanner{reader: r, page: page}
	for {
		text := s.page[s.at:]
		if tag := bytes.IndexByte(text, '<'); tag >= 0 {
			text = text[:tag]
		}
		s.at += len(text)
		if len(text) > 0 && r.keeps() {
			r.say(unescaped(text))
		}
		if s.at == len(s.page) {
			return true
		}
		s.at++ // the <
		if !s.tag() {
			return false
		}
	}
}

// A scanner stands somewhere in a page. Its methods move it on behind what
// they read, and report false where that is written in no usual way.
type scanner struct {
	*reader
	page []byte
	at   int
}

// next is the byte where the scanner stands, 0 at the end.
func (s *scanner) next() byte {
	if s.at < len(s.page) {
		return s.page[s.at]
	}
	return 0
}

// skips moves on behind a byte if it comes next.
func (s *scanner) skips(c byte) bool {
	if s.next() != c {
		return false
	}
	s.at++
	return true
}

// skipsTo moves on behind the next such byte.
func (s *scanner) skipsTo(c byte) bool {
	i := bytes.IndexByte(s.page[s.at:], c)
	s.at += i + 1
	return i >= 0
}

func (s *scanner) skipSpace() {
	for isSpace(s.next()) {
		s.at++
	}
}

// tag reads a tag or a doctype behind its <.
func (s *scanner) tag() bool {
	switch {
	case s.skips('/'):
		tag, ok := s.name()
		s.skipSpace()
		if !ok || !s.skips('>') {
			return false
		}
		s.endTag(tag)
		return true
	case s.skips('!'):
		return isLetter(s.next()) && s.skipsTo('>')
	}
	return s.startTag()
}

func (s *scanner) startTag() bool {
	from := s.at
	tag, ok := s.name()
	if !ok {
		return false
	}
	name := s.page[from:s.at]
	a, ok := s.attributes()
	if !ok {
		return false
	}
	if ended := s.skips('/'); !s.skips('>') {
		return false
	} else if !ended {
		s.reader.startTag(tag, a)
	}
	return !raw(tag) || s.raw(tag, name)
}

// name reads the name of a tag.
func (s *scanner) name() (tag atom.Atom, ok bool) {
	from, at := s.at, s.at
	for at < len(s.page) && inName(s.page[at], at > from) {
		at++
	}
	if at == from {
		return 0, false
	}
	s.at = at
	c := s.next()
	return tagOf(s.page[from:at]), c == '>' || isSpace(c) || c == '/'
}

// inName reports whether c may stand in a tag's name as templates write it:
// letters, then also digits and hyphens.
func inName(c byte, later bool) bool {
	return isLetter(c) || later && (c == '-' || '0' <= c && c <= '9')
}

// tagOf looks a name up, the most frequent ones at once.
func tagOf(name []byte) atom.Atom {
	switch string(name) {
	case "a":
		return atom.A
	case "code":
		return atom.Code
	case "div":
		return atom.Div
	case "li":
		return atom.Li
	case "p":
		return atom.P
	case "span":
		return atom.Span
	case "td":
		return atom.Td
	case "tr":
		return atom.Tr
	}
	return atom.Lookup(name)
}

// attributes reads what stands behind the name of a tag, up to its / or >.
func (s *scanner) attributes() (a attributes, ok bool) {
	for {
		s.skipSpace()
		if c := s.next(); c == '>' || c == '/' {
			return a, true
		}
		name, value, ok := s.attribute()
		if !ok {
			return a, false
		}
		if !s.listens() {
			continue
		}
		if kept := a.of(name); kept != nil && *kept == nil { // only the first counts
			if bytes.ContainsAny(value, "&\r\x00") {
				return a, false
			}
			*kept = value
		}
	}
}

// attribute reads a name with a value in quotes, or a name alone: its value is
// empty and not nil.
func (s *scanner) attribute() (name, value []byte, ok bool) {
	from, at := s.at, s.at
	for ; ; at++ {
		if at == len(s.page) {
			return nil, nil, false
		}
		if c := s.page[at]; c == '=' || c == '/' || c == '>' || isSpace(c) {
			break
		}
	}
	s.at = at
	name = s.page[from:at]
	if !s.skips('=') {
		s.skipSpace()
		return name, s.page[from:from], s.next() != '='
	}
	quote := s.next()
	if len(name) == 0 || quote != '"' && quote != '\'' {
		return nil, nil, false
	}
	s.at++
	from = s.at
	if !s.skipsTo(quote) {
		return nil, nil, false
	}
	return name, s.page[from : s.at-1], true
}

// raw reads what a raw element holds, which must be nothing that is read and
// nothing that looks like a tag.
func (s *scanner) raw(tag atom.Atom, name []byte) bool {
	text := s.page[s.at:]
	end := bytes.IndexByte(text, '<')
	if end < 0 || tag == atom.Plaintext || end > 0 && s.listens() {
		return false
	}
	s.at += end
	after, ok := bytes.CutPrefix(text[end:], []byte("</"))
	if !ok {
		return false
	}
	after, ok = bytes.CutPrefix(after, name)
	return ok && len(after) > 0 && (isSpace(after[0]) || after[0] == '>')
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' }

func isLetter(c byte) bool { return 'a' <= c && c <= 'z' }

// unescaped is what an escaped text says.
func unescaped(text []byte) []byte {
	if bytes.IndexByte(text, '&') < 0 {
		return text
	}
	return []byte(html.UnescapeString(string(text)))
}
