package source

import (
	"bytes"
	"encoding/binary"
	"slices"
)

// scrubGIF drops comments, plain text and applications' blocks, but for the
// one that says how often an animation repeats, and what follows the end (GIF
// 89a, sections 23 to 27); nil when it is no GIF.
func scrubGIF(raw []byte) []byte {
	if len(raw) < 13 || !bytes.HasPrefix(raw, []byte("GIF8")) {
		return nil
	}
	at := 13 + colours(raw[10])
	if at > len(raw) {
		return nil
	}
	out := bytes.NewBuffer(append(make([]byte, 0, len(raw)), raw[:at]...))
	for at < len(raw) {
		from := at
		switch raw[at] {
		case 0x3b: // the end
			out.WriteByte(0x3b)
			return out.Bytes()
		case 0x2c: // a picture
			if at+10 > len(raw) {
				return nil
			}
			at = subBlocks(raw, at+10+colours(raw[at+9])+1)
		case 0x21: // an extension
			if at+2 > len(raw) {
				return nil
			}
			kind := raw[at+1]
			at = subBlocks(raw, at+2)
			repeats := kind == 0xff && at > 0 && (bytes.HasPrefix(raw[from+3:at], []byte("NETSCAPE2.0")) || bytes.HasPrefix(raw[from+3:at], []byte("ANIMEXTS1.0")))
			if kind != 0xf9 && !repeats { // all but what is needed to show the next picture
				if at < 0 {
					return nil
				}
				continue
			}
		default:
			return nil
		}
		if at < 0 {
			return nil
		}
		out.Write(raw[from:at])
	}
	return nil
}

// colours is the size of the table of colours that flags announce.
func colours(flags byte) int {
	if flags&0x80 == 0 {
		return 0
	}
	return 3 << (flags&7 + 1)
}

// subBlocks is where the blocks that begin at at end, -1 when they do not.
func subBlocks(raw []byte, at int) int {
	for at >= 0 && at < len(raw) {
		size := int(raw[at])
		at += 1 + size
		if size == 0 {
			return at
		}
	}
	return -1
}

// scrubWebP drops the chunks that no picture is drawn from, such as EXIF and
// XMP (RFC 9649, section 2.7); nil when it is no WebP.
func scrubWebP(raw []byte) []byte {
	if len(raw) < 12 || !bytes.HasPrefix(raw, []byte("RIFF")) || string(raw[8:12]) != "WEBP" {
		return nil
	}
	kept, ok := webpChunks(raw[12:], "VP8X", "VP8 ", "VP8L", "ALPH", "ANIM", "ANMF", "ICCP")
	if !ok {
		return nil
	}
	out := append(append(make([]byte, 0, len(raw)), raw[:12]...), kept...)
	binary.LittleEndian.PutUint32(out[4:], uint32(len(out)-8))
	return out
}

// webpChunks keeps the chunks of some names; ok is false when raw is not made
// of whole chunks.
func webpChunks(raw []byte, names ...string) (kept []byte, ok bool) {
	for at := 0; at < len(raw); {
		if at+8 > len(raw) {
			return nil, false
		}
		name, size := string(raw[at:at+4]), int(binary.LittleEndian.Uint32(raw[at+4:]))
		end := at + 8 + size + size&1
		if size < 0 || end > len(raw) {
			return nil, false
		}
		from := len(kept)
		switch {
		case !slices.Contains(names, name):
		case name == "VP8X" && size < 10:
			return nil, false
		case name == "ANMF":
			const head = 16 // where the frame stands, and for how long
			if size < head {
				return nil, false
			}
			frame, ok := webpChunks(raw[at+8+head:end], "VP8 ", "VP8L", "ALPH")
			if !ok {
				return nil, false
			}
			kept = append(append(kept, raw[at:at+8+head]...), frame...)
			binary.LittleEndian.PutUint32(kept[from+4:], uint32(head+len(frame)))
		default:
			kept = append(kept, raw[at:end]...)
		}
		if name == "VP8X" {
			kept[from+8] &^= 0x0c // that there were EXIF and XMP
		}
		at = end
	}
	return kept, true
}
