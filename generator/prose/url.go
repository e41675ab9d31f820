package prose

import (
	"bytes"
	"html"
	"net/url"
	"strings"

	"github.com/yuin/goldmark/util"
)

// allowedSchemes are all that may reach a page. goldmark's own filter is a
// list of what is forbidden and has failed before (CVE-2026-5160); this is a
// list of what is allowed, looked at again after every way of writing a colon
// differently has been undone.
var allowedSchemes = []string{"http", "https", "mailto"}

// addressKind is what an address leads to.
type addressKind int

const (
	badAddress addressKind = iota
	external               // http, https, mailto
	internal               // relative, root-absolute or a fragment
)

// destination undoes what Markdown does to a link's address: backslashes
// before punctuation and entities.
func destination(raw []byte) string {
	if bytes.IndexByte(raw, '\\') >= 0 {
		raw = util.UnescapePunctuations(raw)
	}
	if bytes.IndexByte(raw, '&') >= 0 {
		raw = util.ResolveNumericReferences(raw)
		raw = util.ResolveEntityNames(raw)
	}
	return string(raw)
}

// classify says what an address leads to.
func classify(address string) addressKind {
	kind := classifyOnce(address)
	if kind == badAddress {
		return badAddress
	}
	// What is harmless as written must be harmless however often it is decoded
	// on its way to a browser.
	for s, i := address, 0; i < 3; i++ {
		decoded := html.UnescapeString(percentDecode(s))
		if decoded == s {
			break
		}
		if k := classifyOnce(decoded); k == badAddress || kind == internal && k == external {
			return badAddress
		}
		s = decoded
	}
	return kind
}

func classifyOnce(address string) addressKind {
	// Browsers drop control characters and take backslashes for slashes.
	clean := strings.Map(func(r rune) rune {
		switch {
		case r <= ' ' || r >= 0x7f && r <= 0xa0 || r == 0xad || r >= 0x200b && r <= 0x200f || r == 0x2028 || r == 0x2029 || r == 0xfeff:
			return -1
		case r == '\\':
			return '/'
		}
		return r
	}, address)
	if strings.HasPrefix(clean, "//") {
		return badAddress // the scheme of the page, which may be file:
	}
	colon := strings.IndexByte(clean, ':')
	if colon < 0 || strings.ContainsAny(clean[:colon], "/?#") {
		return internal
	}
	scheme := strings.ToLower(clean[:colon])
	for _, ok := range allowedSchemes {
		if scheme == ok && strings.EqualFold(strings.TrimSpace(address[:min(len(scheme), len(address))]), scheme) {
			return external
		}
	}
	if !isScheme(scheme) {
		return internal // "10:30.md": no browser takes it for a scheme
	}
	return badAddress
}

// isScheme reports whether s is a scheme by RFC 3986.
func isScheme(s string) bool {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if !(c >= 'a' && c <= 'z' || i > 0 && (c >= '0' && c <= '9' || c == '+' || c == '-' || c == '.')) {
			return false
		}
	}
	return s != ""
}

// percentDecode undoes %41 where it can and leaves the rest.
func percentDecode(s string) string {
	if !strings.Contains(s, "%") {
		return s
	}
	if out, err := url.PathUnescape(s); err == nil {
		return out
	}
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) && util.IsHexDecimal(s[i+1]) && util.IsHexDecimal(s[i+2]) {
			b = append(b, unhex(s[i+1])<<4|unhex(s[i+2]))
			i += 2
			continue
		}
		b = append(b, s[i])
	}
	return string(b)
}

func unhex(c byte) byte {
	switch {
	case c >= 'a':
		return c - 'a' + 10
	case c >= 'A':
		return c - 'A' + 10
	}
	return c - '0'
}

// splitTarget cuts an internal address into target and fragment, both decoded.
// A query means nothing to files and goes.
func splitTarget(address string) (target, fragment string) {
	target, fragment, _ = strings.Cut(address, "#")
	target, _, _ = strings.Cut(target, "?")
	target = strings.ReplaceAll(target, `\`, "/")
	return strings.ToValidUTF8(percentDecode(target), "\uFFFD"), strings.ToValidUTF8(percentDecode(fragment), "\uFFFD")
}

// appendURL appends an address for an attribute: what URLs cannot hold is
// percent-encoded, what HTML cannot is escaped.
func appendURL(b []byte, address string) []byte {
	return appendEscaped(b, util.URLEscape([]byte(address), false))
}
