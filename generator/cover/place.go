package cover

import (
	"bytes"
	"regexp"
)

// What follows says where in Markdown a text ends, so that a cover is written
// as that place wants it. A name may stand in a note as often as its letters
// fit in: each of these reads its text a few times at most, and no expression
// is tried at every place in it.

const space = " \t\n\f\r"

// inTarget reports a line that ends in the target of a link: "[x](", "[x](<a b".
func inTarget(line []byte) bool {
	rest, ok := behindLast(line, "](")
	if ok && !bytes.ContainsAny(rest, space+"()") {
		return true
	}
	rest, ok = behindLast(line, "](<")
	return ok && bytes.IndexByte(rest, '>') < 0
}

// inDefined reports a line that ends in the target of a definition: "[x]: ".
func inDefined(line []byte) bool {
	line = bytes.TrimLeft(line, " >")
	name, rest, ok := bytes.Cut(line, []byte("]:"))
	if !ok || len(name) < 2 || name[0] != '[' || bytes.IndexByte(name, ']') >= 0 {
		return false
	}
	rest = bytes.TrimLeft(rest, " \t")
	return bytes.HasPrefix(rest, []byte("<")) && bytes.IndexByte(rest, '>') < 0 || !bytes.ContainsAny(rest, space)
}

// inWiki reports a line that ends in the target of a "[[target|text]]".
func inWiki(line []byte) bool {
	rest, ok := behindLast(line, "[[")
	return ok && !bytes.ContainsAny(rest, "]|")
}

// inFact reports a line that ends in the name of a fact: "{{a.b".
func inFact(line []byte) bool {
	rest, ok := behindLast(line, "{{")
	return ok && bytes.IndexByte(rest, '}') < 0
}

// inID reports a text that ends in the id of a heading or a block: "{#a", " ^a".
func inID(before []byte) bool {
	word := lastWord(before)
	if rest, ok := behindLast(word, "{#"); ok && bytes.IndexByte(rest, '}') < 0 {
		return true
	}
	return bytes.HasPrefix(word, []byte("^")) && bytes.IndexByte(word, '}') < 0
}

// inTag reports a text that ends in a tag: "#a".
func inTag(before []byte) bool {
	word := lastWord(before)
	at := bytes.LastIndexByte(word, '#')
	return at == 0 || at > 0 && word[at-1] == '('
}

// longValue is how much of an attribute is looked at.
const longValue = 300

var link = regexp.MustCompile(`\b(?:href|src|id|name)\s*=\s*["']?[^"'\s<>]*$`)

// inHref reports a text that ends in the value of an attribute that holds an
// address or an id.
func inHref(before []byte) bool {
	tag := openTag(before)
	return bytes.IndexByte(tag, '=') >= 0 && link.Match(tag[max(0, len(tag)-longValue):])
}

// inValue reports a text that ends in the value of an attribute.
func inValue(before []byte) bool {
	tag := openTag(before)
	if len(tag) < 2 || !isLetter(tag[1]) {
		return false
	}
	quote := bytes.LastIndexAny(tag, `"'`)
	return bytes.IndexByte(tag[quote+1:], '=') >= 0 || quote > 0 && bytes.HasSuffix(bytes.TrimRight(tag[:quote], space), []byte("="))
}

// openTag is the tag that a text ends in, from its < on.
func openTag(before []byte) []byte {
	at := bytes.LastIndexByte(before, '<')
	if at < 0 || bytes.IndexByte(before[at:], '>') >= 0 {
		return nil
	}
	return before[at:]
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// lastWord is what follows the last white space.
func lastWord(text []byte) []byte { return text[bytes.LastIndexAny(text, space)+1:] }

// behindLast is what follows the last of a sign. That there is none, as nearly
// everywhere, is found many times faster from the front.
func behindLast(text []byte, sign string) (rest []byte, ok bool) {
	if !bytes.Contains(text, []byte(sign)) {
		return nil, false
	}
	return text[bytes.LastIndex(text, []byte(sign))+len(sign):], true
}
