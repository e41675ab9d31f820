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
			r.text = appendText(r.text, text)
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
	var a attributes
	if s.next() != '>' && !s.attributes(&a) {
		return false
	}
	if ended := s.skips('/'); !s.skips('>') {
		return false
	} else if !ended {
		s.reader.startTag(tag, &a)
	}
	return !raw(tag) || s.raw(tag, name)
}

// name reads the name of a tag.
func (s *scanner) name() (tag atom.Atom, ok bool) {
	name := s.page[s.at:]
	end := 0
	for end < len(name) && chars[name[end]]&ofName != 0 {
		end++
	}
	if end == 0 || end == len(name) || !isLetter(name[0]) {
		return 0, false
	}
	s.at += end
	return element(name[:end]), chars[name[end]]&(space|ofTag) != 0
}

// attributes reads what stands behind the name of a tag, up to its / or >.
func (s *scanner) attributes(a *attributes) bool {
	listens := s.listens()
	for {
		s.skipSpace()
		if c := s.next(); c == '>' || c == '/' {
			return true
		}
		name, value, ok := s.attribute()
		if !ok {
			return false
		}
		if !listens {
			continue
		}
		if kept := a.of(name); kept != nil && *kept == nil { // only the first counts
			for _, c := range value {
				if chars[c]&escape != 0 {
					return false
				}
			}
			*kept = value
		}
	}
}

// attribute reads a name with a value in quotes, or a name alone: its value is
// empty and not nil.
func (s *scanner) attribute() (name, value []byte, ok bool) {
	rest := s.page[s.at:]
	end := 0
	for end < len(rest) && chars[rest[end]]&(space|ofTag|equals) == 0 {
		end++
	}
	name, rest = rest[:end], rest[end:]
	s.at += end
	if len(rest) == 0 || rest[0] != '=' {
		s.skipSpace()
		return name, name[end:], s.next() != '=' && s.at < len(s.page)
	}
	if len(rest) < 2 || len(name) == 0 || rest[1] != '"' && rest[1] != '\'' {
		return nil, nil, false
	}
	quote, rest := rest[1], rest[2:]
	end = bytes.IndexByte(rest, quote)
	if end < 0 {
		return nil, nil, false
	}
	s.at += len("=''") + end
	return name, rest[:end], true
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

// chars are what a character can be in a tag.
var chars = func() (chars [256]uint8) {
	for _, c := range "abcdefghijklmnopqrstuvwxyz" {
		chars[c] = ofName | letter
	}
	for _, c := range "0123456789-" {
		chars[c] = ofName
	}
	for _, c := range " \n\t\r\f" {
		chars[c] = space
	}
	chars['/'], chars['>'], chars['='] = ofTag, ofTag, equals
	for _, c := range "&\r\x00" {
		chars[c] |= escape
	}
	return chars
}()

const (
	letter uint8 = 1 << iota
	ofName       // letters and what may follow them
	space
	ofTag // ends one, or comes before its end
	equals
	escape // what is not what it looks like in a value
)

func isSpace(c byte) bool  { return chars[c]&space != 0 }
func isLetter(c byte) bool { return chars[c]&letter != 0 }

// appendText appends what an escaped text says.
func appendText(to, text []byte) []byte {
	if escape := bytes.IndexByte(text, '&'); escape >= 0 {
		to = append(to, text[:escape]...)
		return append(to, html.UnescapeString(string(text[escape:]))...)
	}
	return append(to, text...)
}
