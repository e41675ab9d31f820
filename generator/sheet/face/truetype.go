package face

import (
	"encoding/binary"
	"maps"
	"slices"
)

// fontTables are the tables of a TrueType file by their tags. The files are our
// own, compiled in: what they hold is known, and reading them does not fail.
type fontTables map[string][]byte

func tablesOf(file []byte) fontTables {
	f := make(fontTables)
	for i := range int(binary.BigEndian.Uint16(file[4:])) {
		entry := file[12+16*i:]
		from, size := binary.BigEndian.Uint32(entry[8:]), binary.BigEndian.Uint32(entry[12:])
		f[string(entry[:4])] = file[from : from+size]
	}
	return f
}

// glyph is a glyph's outline, empty for a space.
func (f fontTables) glyph(g uint16) []byte {
	loca := f["loca"]
	if binary.BigEndian.Uint16(f["head"][50:]) == 0 {
		return f["glyf"][2*int(binary.BigEndian.Uint16(loca[2*int(g):])) : 2*int(binary.BigEndian.Uint16(loca[2*int(g)+2:]))]
	}
	return f["glyf"][binary.BigEndian.Uint32(loca[4*int(g):]):binary.BigEndian.Uint32(loca[4*int(g)+4:])]
}

// metrics are a glyph's advance and left side bearing.
func (f fontTables) metrics(g uint16) (advance, bearing uint16) {
	hmtx, n := f["hmtx"], binary.BigEndian.Uint16(f["hhea"][34:])
	if g < n {
		return binary.BigEndian.Uint16(hmtx[4*int(g):]), binary.BigEndian.Uint16(hmtx[4*int(g)+2:])
	}
	return binary.BigEndian.Uint16(hmtx[4*int(n)-4:]), binary.BigEndian.Uint16(hmtx[4*int(n)+2*int(g-n):])
}

// The flags of a part of a composed glyph.
const (
	wordArguments   = 1 << 0
	oneScale        = 1 << 3
	moreParts       = 1 << 5
	twoScales       = 1 << 6
	matrix          = 1 << 7
	hasInstructions = 1 << 8
)

// unhinted returns a glyph without its instructions. A composed glyph's parts
// get the numbers that keep gives them.
func unhinted(g []byte, keep func(uint16) uint16) []byte {
	if len(g) == 0 {
		return nil
	}
	contours := int(int16(binary.BigEndian.Uint16(g)))
	if contours >= 0 {
		at := 10 + 2*contours
		instructions := int(binary.BigEndian.Uint16(g[at:]))
		out := append(slices.Clone(g[:at]), 0, 0)
		return append(out, g[at+2+instructions:]...)
	}
	out := slices.Clone(g)
	for at := 10; ; {
		flags := binary.BigEndian.Uint16(out[at:])
		binary.BigEndian.PutUint16(out[at:], flags&^hasInstructions)
		binary.BigEndian.PutUint16(out[at+2:], keep(binary.BigEndian.Uint16(out[at+2:])))
		at += 6
		if flags&wordArguments != 0 {
			at += 2
		}
		switch {
		case flags&oneScale != 0:
			at += 2
		case flags&twoScales != 0:
			at += 4
		case flags&matrix != 0:
			at += 8
		}
		if flags&moreParts == 0 {
			return out[:at]
		}
	}
}

// file puts tables together, with the checksums that readers may want.
func file(tables map[string][]byte) []byte {
	tags := slices.Sorted(maps.Keys(tables))
	n := uint16(len(tags))
	power, log := uint16(1), uint16(0)
	for power*2 <= n {
		power, log = power*2, log+1
	}
	b := binary.BigEndian
	out := b.AppendUint32(nil, 0x00010000)
	out = b.AppendUint16(out, n)
	out = b.AppendUint16(out, 16*power)
	out = b.AppendUint16(out, log)
	out = b.AppendUint16(out, 16*(n-power))
	at, head := 12+16*len(tags), 0
	for _, tag := range tags {
		if tag == "head" {
			head = at
		}
		out = append(out, tag...)
		out = b.AppendUint32(out, checksum(tables[tag]))
		out = b.AppendUint32(out, uint32(at))
		out = b.AppendUint32(out, uint32(len(tables[tag])))
		at += (len(tables[tag]) + 3) &^ 3
	}
	for _, tag := range tags {
		out = append(out, tables[tag]...)
		for len(out)%4 != 0 {
			out = append(out, 0)
		}
	}
	b.PutUint32(out[head+8:], 0xB1B0AFBA-checksum(out))
	return out
}

func checksum(data []byte) uint32 {
	var sum uint32
	for i := 0; i < len(data); i += 4 {
		var word [4]byte
		copy(word[:], data[i:])
		sum += binary.BigEndian.Uint32(word[:])
	}
	return sum
}
