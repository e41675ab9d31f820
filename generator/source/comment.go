package source

import "strings"

// Uncommented is a line of an author's without its comments, <!-- … --> and
// %% … %%, for places that hold text and no blocks: values of front matter,
// titles, the words of a link. A sign without its other half stays.
func Uncommented(s string) string {
	for _, signs := range [][2]string{{"<!--", "-->"}, {"%%", "%%"}} {
		for from := 0; ; {
			open := strings.Index(s[from:], signs[0])
			if open < 0 {
				break
			}
			open += from
			end := strings.Index(s[open+len(signs[0]):], signs[1])
			if end < 0 {
				break
			}
			rest := s[open+len(signs[0])+end+len(signs[1]):]
			s, from = s[:open]+rest, open
			if open > 0 && s[open-1] == ' ' && (rest == "" || rest[0] == ' ') {
				s, from = s[:open-1]+rest, open-1 // no two spaces where one was meant
			}
		}
	}
	return s
}
