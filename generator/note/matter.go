package note

import (
	"bytes"
	"slices"
	"strings"

	"debrief/generator/diag"
)

// split cuts src into front matter and body, with the file lines on which
// each begins.
func split(src []byte) (matter, body []byte, matterLine, bodyLine int, found diag.List) {
	if tomlFence.Match(src) {
		found = append(found, diag.At("bad-front-matter", diag.Error, "", diag.Pos{Line: 1, Column: 1}, 3,
			"TOML front matter (+++) is not read").Hint("write it as YAML between --- lines: title: My note"))
		if _, rest, after, ok := fenced(src, "+++", "+++"); ok {
			return nil, rest, 1, after, found
		}
		return nil, src, 1, 1, found
	}
	if !bytes.HasPrefix(src, []byte("---")) {
		return nil, src, 1, 1, nil
	}
	if inner, rest, after, ok := fenced(src, "---", "---", "..."); ok && isMatter(inner) {
		return inner, rest, 2, after, nil
	}
	if unclosed.Match(src) {
		found = append(found, diag.At("bad-front-matter", diag.Error, "", diag.Pos{Line: 1, Column: 1}, 3,
			"front matter is opened and not closed").Hint("add a line --- after the last key"))
	}
	return nil, src, 1, 1, found
}

// isMatter reports whether the text between two --- lines at the top is front
// matter. Notes also begin with a rule or an underlined heading, and what
// follows is then text that must not be lost. Matter begins with a key; below
// a rule stands a blank line, and then all lines must look the part.
func isMatter(inner []byte) bool {
	if len(bytes.TrimSpace(inner)) == 0 {
		return true
	}
	belowRule, keys := inner[0] == '\n', 0
	for line := range bytes.Lines(inner) {
		switch {
		case len(bytes.TrimSpace(line)) == 0:
		case line[0] == '#': // a comment, or a heading when no key comes
		case keys > 0 && bytes.IndexByte([]byte(" \t-]}"), line[0]) >= 0: // goes on with a value
		case belowRule && !matterLine.Match(line):
			return false
		case !belowRule:
			return matterLine.Match(bytes.TrimLeft(line, " \t")) || faultyMatter(inner)
		default:
			keys++
		}
	}
	return keys > 0
}

// faultyMatter reports whether text is front matter although its first line is
// none: a forgotten colon must not turn all the keys below it into prose.
func faultyMatter(inner []byte) bool {
	return len(plainKey.FindAll(inner, 2)) == 2 && !bytes.Contains(inner, []byte("\n\n"))
}

// fenced cuts src at a first line open and the next line that is one of ends.
func fenced(src []byte, open string, ends ...string) (inner, rest []byte, restLine int, ok bool) {
	first, after, cut := bytes.Cut(src, []byte("\n"))
	if !cut || strings.TrimRight(string(first), " \t") != open {
		return nil, nil, 0, false
	}
	at := 0
	for line := 2; at <= len(after); line++ {
		end := bytes.IndexByte(after[at:], '\n')
		last := end < 0
		if last {
			end = len(after) - at
		}
		if slices.Contains(ends, strings.TrimRight(string(after[at:at+end]), " \t")) {
			restAt := min(at+end+1, len(after))
			return after[:at], after[restAt:], line + 1, true
		}
		if last {
			break
		}
		at += end + 1
	}
	return nil, nil, 0, false
}
