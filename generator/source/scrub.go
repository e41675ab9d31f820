package source

import (
	"bytes"
	"encoding/binary"
	"path"
	"regexp"
	"strings"
)

// Scrub returns an attachment without what its picture does not need: EXIF,
// XMP and comments of JPEG, text and EXIF chunks of PNG, active parts of SVG.
// Other files, and images it cannot read, come back as they are.
func Scrub(name string, raw []byte) []byte {
	switch strings.ToLower(path.Ext(name)) {
	case ".jpg", ".jpeg":
		return scrubJPEG(raw)
	case ".png":
		return scrubPNG(raw)
	case ".svg":
		return scrubSVG(raw)
	}
	return raw
}

// scrubJPEG drops the segments APP1 to APP15 but ICC profiles (APP2) and
// Adobe's colour transform (APP14), comments, and what follows the end of the
// image (ITU T.81, annex B).
func scrubJPEG(raw []byte) []byte {
	if !bytes.HasPrefix(raw, []byte{0xff, 0xd8}) {
		return raw
	}
	out := bytes.NewBuffer(make([]byte, 0, len(raw)))
	out.Write(raw[:2])
	at := 2
	for at+4 <= len(raw) {
		if raw[at] != 0xff {
			return raw
		}
		marker := raw[at+1]
		if marker == 0xff { // fill byte
			at++
			continue
		}
		if marker == 0xda { // the picture itself, to the end of the image
			end := bytes.LastIndex(raw[at:], []byte{0xff, 0xd9})
			if end < 0 {
				return append(out.Bytes(), raw[at:]...)
			}
			return append(out.Bytes(), raw[at:at+end+2]...)
		}
		size := int(binary.BigEndian.Uint16(raw[at+2:])) + 2
		if size < 4 || at+size > len(raw) {
			return raw
		}
		segment := raw[at : at+size]
		at += size
		isICC := marker == 0xe2 && bytes.HasPrefix(segment[4:], []byte("ICC_PROFILE"))
		if marker == 0xfe || marker >= 0xe1 && marker <= 0xef && !isICC && marker != 0xee {
			continue
		}
		out.Write(segment)
	}
	return raw
}

// pngKept are the chunks that a picture is drawn from (PNG specification, 3rd
// edition, chapter 11, and the animation chunks).
var pngKept = map[string]bool{
	"IHDR": true, "PLTE": true, "IDAT": true, "IEND": true, "tRNS": true, "cHRM": true, "gAMA": true, "iCCP": true, "sBIT": true,
	"sRGB": true, "cICP": true, "bKGD": true, "pHYs": true, "acTL": true, "fcTL": true, "fdAT": true,
}

func scrubPNG(raw []byte) []byte {
	const signature = "\x89PNG\r\n\x1a\n"
	if !bytes.HasPrefix(raw, []byte(signature)) {
		return raw
	}
	out := bytes.NewBuffer(make([]byte, 0, len(raw)))
	out.WriteString(signature)
	for at := len(signature); at+12 <= len(raw); {
		size := int(binary.BigEndian.Uint32(raw[at:]))
		if size < 0 || size > len(raw)-at-12 {
			return raw
		}
		name := string(raw[at+4 : at+8])
		if pngKept[name] {
			out.Write(raw[at : at+12+size])
		}
		at += 12 + size
		if name == "IEND" {
			return out.Bytes() // whatever is appended behind the picture goes
		}
	}
	return raw
}

var svgActive = []*regexp.Regexp{
	regexp.MustCompile(`(?is)<script\b.*?(</script\s*>|/>|$)`),
	regexp.MustCompile(`(?is)<foreignObject\b.*?(</foreignObject\s*>|$)`),
	regexp.MustCompile(`(?is)<(iframe|object|embed|handler|listener)\b.*?>`),
	regexp.MustCompile(`(?is)<!(DOCTYPE|ENTITY).*?(\]\s*>|>)`),
	regexp.MustCompile(`(?is)<metadata\b.*?(</metadata\s*>|$)`),
	regexp.MustCompile(`(?s)<!--.*?(-->|$)`),
	regexp.MustCompile(`(?is)[\s/"']on[a-z]+\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)`),
	regexp.MustCompile(`(?is)(xlink:)?href\s*=\s*["']?\s*(javascript|data:text|vbscript)[^"'>]*["']?`),
}

// scrubSVG takes out what could act: scripts, handlers, foreign content.
// Taking a part out may join two others, so it looks until nothing is left.
func scrubSVG(raw []byte) []byte {
	for range 20 {
		before := len(raw)
		for _, active := range svgActive {
			raw = active.ReplaceAll(raw, []byte(" "))
		}
		if len(raw) == before {
			return raw
		}
	}
	return []byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`) // it keeps growing new ones
}
