package prose

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
)

// privateMarks find what may be a private block in a body that could not be
// read. Any callout may be one: a misspelt word for it counts too, and how far
// it may be misspelt is not for a pattern to say.
var privateMarks = regexp.MustCompile(`\[!\w|:{3,} *["'{.]*\w|[!?]{3}\+? *["'{.]*\w`)

// plainDoc shows a body as it was typed. Where private blocks are to be left
// out nobody can tell where they end, so a body that may hold one is not shown
// at all.
func plainDoc(src []byte, o Options) *Doc {
	d := &Doc{Plain: true, Anchors: map[string]bool{}}
	var out strings.Builder
	if o.DropPrivate && privateMarks.Match(src) {
		out.WriteString("<p class=\"plain\">This note is too complex to be shown.</p>\n")
	} else {
		src = withoutComments(src)
		d.Says = holdsWord(string(src))
		out.WriteString(`<pre class="plain" tabindex="0">`)
		if len(src) > 0 && src[0] == '\n' {
			out.WriteByte('\n') // HTML drops the first line feed of a pre
		}
		out.Grow(len(src) + 3*(bytes.Count(src, []byte("<"))+bytes.Count(src, []byte(">"))) + 4*bytes.Count(src, []byte("&")) + 100)
		var escaped []byte
		for chunk := range slices.Chunk(src, 64<<10) { // the whole may be of many megabytes
			escaped = appendEscaped(escaped[:0], chunk)
			out.Write(escaped)
		}
		out.WriteString("</pre>\n")
	}
	d.html = out.String()
	d.parts = []part{{kind: literal, to: int32(len(d.html))}}
	d.intro = [2]int{0, 1}
	d.footnotes = [2]int{1, 1}
	return d
}

// withoutComments takes out comments, also where they stand in code: better to
// lose a line of a plain view than to show what was meant to vanish.
func withoutComments(src []byte) []byte {
	for _, signs := range [][2]string{{"<!--", "-->"}, {"%%", "%%"}} {
		if !bytes.Contains(src, []byte(signs[0])) {
			continue
		}
		var out []byte
		for {
			open := bytes.Index(src, []byte(signs[0]))
			if open < 0 {
				break
			}
			out = append(out, src[:open]...)
			src = src[open+len(signs[0]):]
			end := bytes.Index(src, []byte(signs[1]))
			if end < 0 {
				src = nil // unclosed: all the rest
				break
			}
			src = src[end+len(signs[1]):]
		}
		src = append(out, src...)
	}
	return src
}
