package source

import (
	"encoding/base64"
	"net/url"
	"regexp"
	"strings"
)

var stillData = regexp.MustCompile(`(?i)^data:(?:image/(png|jpeg|gif|webp)|(?:application/(?:x-)?)?font[/-][a-z0-9.+-]+)((?:;[a-z0-9=-]+)*),`)

// carried is an address that holds its picture or font itself (RFC 2397), the
// picture scrubbed as one in a file of its own; ok is false when it is none, or
// cannot be scrubbed.
func carried(address string) (clean string, ok bool) {
	m := stillData.FindStringSubmatch(address)
	switch {
	case m == nil:
		return "", false
	case m[1] == "":
		return address, true // a font
	}
	data, err := url.PathUnescape(address[len(m[0]):])
	if err == nil && strings.HasSuffix(strings.ToLower(m[2]), ";base64") {
		var raw []byte
		raw, err = base64.RawStdEncoding.DecodeString(strings.TrimRight(strings.Join(strings.Fields(data), ""), "="))
		data = string(raw)
	}
	if err != nil {
		return "", false
	}
	kind := strings.ToLower(m[1])
	picture, ok := Scrub("."+kind, []byte(data))
	return "data:image/" + kind + ";base64," + base64.StdEncoding.EncodeToString(picture), ok
}
