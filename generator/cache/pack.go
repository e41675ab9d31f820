package cache

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"maps"
	"slices"
)

// A pack's file is a line that says what it is, the digest of the rest, and
// for each entry its key, the length of its value as a varint, and the value,
// in the order of keys.
const heading = "debrief cache 1\n"

// bytes is the pack's file.
func (p *pack) bytes() []byte {
	out := make([]byte, len(heading)+sha256.Size, len(heading)+sha256.Size+p.size)
	copy(out, heading)
	keys := slices.SortedFunc(maps.Keys(p.entries), func(a, b Key) int { return bytes.Compare(a[:], b[:]) })
	for _, k := range keys {
		value := p.entries[k].value
		out = append(out, k[:]...)
		out = binary.AppendUvarint(out, uint64(len(value)))
		out = append(out, value...)
	}
	sum := sha256.Sum256(out[len(heading)+sha256.Size:])
	copy(out[len(heading):], sum[:])
	return out
}

// take reads a pack's file, all of it or nothing.
func (p *pack) take(data []byte) {
	rest, ok := bytes.CutPrefix(data, []byte(heading))
	if !ok || len(rest) < sha256.Size {
		return
	}
	said, rest := rest[:sha256.Size], rest[sha256.Size:]
	if sum := sha256.Sum256(rest); !bytes.Equal(sum[:], said) {
		return
	}
	entries, size := make(map[Key]*entry), 0
	var last Key
	for len(rest) > 0 {
		var k Key
		if copy(k[:], rest) < len(k) || len(entries) > 0 && bytes.Compare(k[:], last[:]) <= 0 {
			return
		}
		last = k
		n, width := binary.Uvarint(rest[len(k):])
		rest = rest[min(len(k)+max(width, 0), len(rest)):]
		if width <= 0 || n > uint64(min(len(rest), maxKept)) {
			return
		}
		entries[k] = &entry{value: rest[:n:n]}
		rest = rest[n:]
		size += int(n) + perKept
	}
	if size > maxPack {
		return
	}
	p.entries, p.size = entries, size
}
