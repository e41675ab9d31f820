package source

import (
	"bytes"
	"encoding/binary"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"debrief/generator/diag"
)

// Text makes bytes fit to read: see Read.
func Text(raw []byte) ([]byte, diag.List) {
	var found diag.List
	raw = withoutMarks(raw)
	if order := utf16Order(raw); order != nil {
		found = append(found, diag.At("bad-encoding", diag.Warning, "", diag.Pos{Line: 1, Column: 1}, 0, "this file is UTF-16").Hint("save it as UTF-8"))
		raw = withoutMarks(decodeUTF16(raw, order))
	}
	if bytes.IndexByte(raw, '\r') >= 0 {
		raw = bytes.ReplaceAll(raw, []byte("\r\n"), []byte("\n"))
		raw = bytes.ReplaceAll(raw, []byte("\r"), []byte("\n"))
	}
	if !utf8.Valid(raw) {
		at := 0
		for at < len(raw) {
			r, size := utf8.DecodeRune(raw[at:])
			if r == utf8.RuneError && size == 1 {
				break
			}
			at += size
		}
		line := 1 + bytes.Count(raw[:at], []byte("\n"))
		column := 1 + utf8.RuneCount(raw[bytes.LastIndexByte(raw[:at], '\n')+1:at])
		found = append(found, diag.At("bad-encoding", diag.Warning, "", diag.Pos{Line: line, Column: column}, 1,
			"this byte is not UTF-8; it is read as Windows-1252, %q", windows1252(raw[at])).Hint("save the file as UTF-8"))
		raw = mend(raw)
	}
	if bytes.IndexByte(raw, 0) >= 0 {
		raw = bytes.ReplaceAll(raw, []byte{0}, []byte("\uFFFD")) // as CommonMark wants
	}
	return raw, found
}

// mend reads the bytes that are not UTF-8 as Windows-1252, the encoding of
// most older files in the West: a Latin-1 note keeps its words, and a file
// with one bad byte all others.
func mend(raw []byte) []byte {
	out := make([]byte, 0, len(raw)+len(raw)/8)
	for len(raw) > 0 {
		r, size := utf8.DecodeRune(raw)
		if r == utf8.RuneError && size == 1 {
			r = windows1252(raw[0])
		}
		out = utf8.AppendRune(out, r)
		raw = raw[size:]
	}
	return out
}

func windows1252(b byte) rune {
	r := charmap.Windows1252.DecodeByte(b)
	if unicode.IsControl(r) {
		return utf8.RuneError // no letter there
	}
	return r
}

// utf16Order tells UTF-16 by its byte order mark or, without one, by every
// second byte being zero, as it is in the text of most languages' markup; nil
// for anything else.
func utf16Order(raw []byte) binary.ByteOrder {
	switch {
	case bytes.HasPrefix(raw, []byte("\xff\xfe")):
		return binary.LittleEndian
	case bytes.HasPrefix(raw, []byte("\xfe\xff")):
		return binary.BigEndian
	}
	head := raw[:min(len(raw), 256)&^1]
	even, odd := 0, 0
	for i := 0; i < len(head); i += 2 {
		if head[i] == 0 {
			even++
		}
		if head[i+1] == 0 {
			odd++
		}
	}
	most := len(head)/2 - len(head)/8
	switch {
	case len(head) < 4:
	case odd >= most && even == 0:
		return binary.LittleEndian
	case even >= most && odd == 0:
		return binary.BigEndian
	}
	return nil
}

func decodeUTF16(raw []byte, order binary.ByteOrder) []byte {
	units := make([]uint16, 0, len(raw)/2)
	for ; len(raw) >= 2; raw = raw[2:] {
		units = append(units, order.Uint16(raw))
	}
	return []byte(string(utf16.Decode(units)))
}

// withoutMarks leaves out byte order marks; files joined by tools have several.
func withoutMarks(raw []byte) []byte {
	mark := []byte("\xef\xbb\xbf")
	for bytes.HasPrefix(raw, mark) {
		raw = raw[len(mark):]
	}
	return raw
}
