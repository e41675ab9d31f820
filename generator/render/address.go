package render

import (
	"net/url"
	"strings"
)

// Relative returns the address of the file to as written on the page from,
// both output paths. It always names a file, so that the site opens from a
// disk.
func Relative(from, to string) string {
	if isPlain(to) {
		common := 0 // up to behind the last folder that both lie in
		for i := 0; i < min(len(from), len(to)) && from[i] == to[i]; i++ {
			if to[i] == '/' {
				common = i + 1
			}
		}
		return strings.Repeat("../", strings.Count(from[common:], "/")) + to[common:]
	}
	return escapedRelative(from, to)
}

func escapedRelative(from, to string) string {
	a, b := strings.Split(from, "/"), strings.Split(to, "/")
	same := 0
	for same < len(a)-1 && same < len(b)-1 && a[same] == b[same] {
		same++
	}
	var parts []string
	for range len(a) - 1 - same {
		parts = append(parts, "..")
	}
	for _, s := range b[same:] {
		parts = append(parts, escapePath(s))
	}
	href := strings.Join(parts, "/")
	if first, _, _ := strings.Cut(href, "/"); strings.Contains(first, ":") {
		return "./" + href // a:b would read as a scheme
	}
	return href
}

// isPlain reports a path that is written in an address as it is.
func isPlain(path string) bool {
	for i := range len(path) {
		switch c := path[i]; {
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9', c == '-', c == '/', c == '.', c == '_':
		default:
			return false
		}
	}
	return true
}

func escapePath(p string) string {
	return (&url.URL{Path: p}).EscapedPath()
}

func escapeFragment(f string) string {
	return (&url.URL{Fragment: f}).EscapedFragment()
}
