package source

import (
	"bytes"
	"encoding/binary"
	"path"
	"slices"
	"strings"
)

// Scrub returns an attachment without what its picture does not need: EXIF,
// XMP and comments of JPEG, GIF and WebP, text and EXIF chunks of PNG, whatever
// an SVG holds beside its drawing. Other files, and photos it cannot read, come
// back as they are, and not as clean.
func Scrub(name string, raw []byte) (out []byte, clean bool) {
	switch strings.ToLower(path.Ext(name)) {
	case ".jpg", ".jpeg", ".jfif":
		out = scrubJPEG(raw)
	case ".png", ".apng":
		out = scrubPNG(raw)
	case ".gif":
		out = scrubGIF(raw)
	case ".webp":
		out = scrubWebP(raw)
	case ".svg":
		out = scrubSVG(raw)
	}
	if out == nil {
		return raw, false
	}
	return out, true
}

// scrubJPEG drops the segments of applications but JFIF's (APP0), ICC profiles
// (APP2) and Adobe's colour transform (APP14), comments, reserved segments, and
// what follows the end of the image (ITU T.81, annex B); nil when it is no JPEG.
// Of EXIF it keeps which way is up: a phone writes the picture as its sensor
// lies, and without that it would lie on its side.
func scrubJPEG(raw []byte) []byte {
	if !bytes.HasPrefix(raw, []byte{0xff, 0xd8}) {
		return nil
	}
	out := bytes.NewBuffer(make([]byte, 0, len(raw)))
	out.Write(raw[:2])
	at, drawn := 2, false
	for at+2 <= len(raw) {
		if raw[at] != 0xff {
			return nil
		}
		marker := raw[at+1]
		if marker == 0xff { // fill byte
			at++
			continue
		}
		if marker == 0xd9 { // the end; other pictures may follow, with their own EXIF
			return append(out.Bytes(), raw[at:at+2]...)
		}
		if at+4 > len(raw) {
			break
		}
		size := int(binary.BigEndian.Uint16(raw[at+2:])) + 2
		if size < 4 || at+size > len(raw) {
			return nil
		}
		segment := raw[at : at+size]
		at += size
		isICC := marker == 0xe2 && bytes.HasPrefix(segment[4:], []byte("ICC_PROFILE"))
		if marker == 0xe1 {
			if o := orientation(segment[4:]); o > 1 {
				out.Write(uprightOnly(o))
			}
		}
		switch {
		case marker == 0xe0:
			out.Write(withoutThumbnail(segment))
			continue
		case marker >= 0xf0 || marker > 0xe0 && marker <= 0xef && !isICC && marker != 0xee:
			continue
		}
		out.Write(segment)
		if marker == 0xda { // the picture itself, or a part of it, to the next marker
			from := at
			at = scanEnd(raw, at)
			out.Write(raw[from:at])
			drawn = true
		}
	}
	if !drawn {
		return nil
	}
	return out.Bytes() // cut short, and still a picture
}

// withoutThumbnail is an APP0 segment of JFIF (ITU T.871, section 10.1) without
// the smaller picture in it, which may be of what was cut off later; nothing for
// another's, JFXX among them, which is there for that picture alone.
func withoutThumbnail(segment []byte) []byte {
	const head = 4 + 12 // marker and size; name, version, density
	if len(segment) < head+2 || !bytes.HasPrefix(segment[4:], []byte("JFIF\x00")) {
		return nil
	}
	const size = 2 + 12 + 2 // itself, what is kept, a thumbnail of 0 by 0
	return slices.Concat(segment[:2], []byte{0, size}, segment[4:head], []byte{0, 0})
}

// scanEnd is where the picture data that begin at at end: at a marker that is
// neither a byte 0xff of the data nor a restart.
func scanEnd(raw []byte, at int) int {
	for ; at+1 < len(raw); at++ {
		if next := raw[at+1]; raw[at] == 0xff && next != 0 && next != 0xff && (next < 0xd0 || next > 0xd7) {
			return at
		}
	}
	return len(raw)
}

const exifHeader = "Exif\x00\x00"

// Orientation is which way up a JPEG is to be shown, 1 to 8 as in EXIF 2.32,
// section 4.6.4 (tag 0x0112): 1 as it is, from 5 on with width and height
// changed about. head is the beginning of the file; 1 when it does not say.
func Orientation(head []byte) int {
	if !bytes.HasPrefix(head, []byte{0xff, 0xd8}) {
		return 1
	}
	for at := 2; at+4 <= len(head) && head[at] == 0xff; {
		marker, size := head[at+1], int(binary.BigEndian.Uint16(head[at+2:]))+2
		if marker == 0xda || at+size > len(head) {
			break
		}
		if marker == 0xe1 {
			if o := orientation(head[at+4 : at+size]); o > 1 {
				return o
			}
		}
		at += size
	}
	return 1
}

// orientation reads tag 0x0112 of the first directory of an EXIF segment (TIFF
// 6.0, section 2); 1 when there is none.
func orientation(segment []byte) int {
	tiff, ok := bytes.CutPrefix(segment, []byte(exifHeader))
	if !ok || len(tiff) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.BigEndian
	if bytes.HasPrefix(tiff, []byte("II")) {
		order = binary.LittleEndian
	}
	at := int64(order.Uint32(tiff[4:]))
	if at+2 > int64(len(tiff)) {
		return 1
	}
	for n := int64(order.Uint16(tiff[at:])); n > 0; n-- {
		entry := at + 2 + (n-1)*12
		if entry+12 > int64(len(tiff)) {
			continue
		}
		if order.Uint16(tiff[entry:]) == 0x0112 {
			if o := int(order.Uint16(tiff[entry+8:])); o >= 1 && o <= 8 {
				return o
			}
		}
	}
	return 1
}

// uprightOnly is an EXIF segment that says which way is up and nothing else.
func uprightOnly(orientation int) []byte {
	const tiff = "MM\x00\x2a\x00\x00\x00\x08" + // big-endian; the directory follows
		"\x00\x01" + "\x01\x12\x00\x03\x00\x00\x00\x01\x00" // one entry: 0x0112, one SHORT
	body := exifHeader + tiff + string(rune(orientation)) + "\x00\x00" + "\x00\x00\x00\x00" // no other directory
	return append([]byte{0xff, 0xe1, 0, byte(len(body) + 2)}, body...)
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
		return nil
	}
	out := bytes.NewBuffer(make([]byte, 0, len(raw)))
	out.WriteString(signature)
	for at := len(signature); at+12 <= len(raw); {
		size := int(binary.BigEndian.Uint32(raw[at:]))
		if size < 0 || size > len(raw)-at-12 {
			return nil
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
	return nil
}
