package search

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strconv"
	"unicode/utf8"
)

// Script is a call of a function with one value: what a page can load from a
// disk, where it may not fetch.
func Script(function string, value any) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString(function + "(")
	if err := encode(&b, value); err != nil {
		return nil, err
	}
	b.Truncate(b.Len() - 1) // a line feed
	b.WriteString(")\n")
	return b.Bytes(), nil
}

const callOf = "debriefSearch."

// written is the beginning of what Script, Index and Texts write.
var written = regexp.MustCompile(`^debrief[A-Za-z.]+\(`)

// encode writes JSON with nothing escaped that need not be, so that whoever
// looks for a name in the file finds it.
func encode(b *bytes.Buffer, value any) error {
	e := json.NewEncoder(b)
	e.SetEscapeHTML(false)
	return e.Encode(value)
}

// Strings returns every text in a file of those: what a reader may
// come to see of it.
func Strings(file []byte) (said []string, ok bool) {
	call := written.Find(file)
	value, whole := bytes.CutSuffix(file[len(call):], []byte(")\n"))
	if call == nil || !whole || !json.Valid(value) {
		return nil, false
	}
	for d := json.NewDecoder(bytes.NewReader(value)); ; {
		t, err := d.Token()
		if err != nil {
			return said, true // the end
		}
		if s, ok := t.(string); ok {
			said = append(said, s)
		}
	}
}

// A script is what is written of one, as encode would write it and several
// times faster: the texts of all pages are in such files.
type script []byte

func (s *script) write(text string) { *s = append(*s, text...) }

func (s *script) int(n int) { *s = strconv.AppendInt(*s, int64(n), 10) }

// list writes a list with what writes one of its elements.
func list[E any](s *script, of []E, write func(E)) {
	s.write("[")
	for i, e := range of {
		if i > 0 {
			s.write(",")
		}
		write(e)
	}
	s.write("]")
}

// string writes a text in quotes.
func (s *script) string(text string) {
	out := append(*s, '"')
	from := 0
	for i := 0; i < len(text); {
		if looks[text[i]]&(wide|escaped) == 0 {
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		if escape := escapeOf(r, size); escape != "" {
			out = append(append(out, text[from:i]...), escape...)
			from = i + size
		}
		i += size
	}
	*s = append(append(out, text[from:]...), '"')
}

// escapeOf is how a rune is written in a text, "" when as it is.
func escapeOf(r rune, size int) string {
	switch {
	case r == '"':
		return `\"`
	case r == '\\':
		return `\\`
	case r == utf8.RuneError && size == 1:
		return `\ufffd`
	case r < ' ' || r == '\u2028' || r == '\u2029':
		quoted, _ := json.Marshal(string(r)) // never fails
		return string(quoted[1 : len(quoted)-1])
	}
	return ""
}
