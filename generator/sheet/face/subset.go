package face

import (
	"encoding/binary"
	"fmt"
	"slices"
	"sync"

	"debrief/generator/ready"
)

// A Subset is a font file with some of a face's characters, and what it knows
// of them. Glyph 0 is the box for what is missing.
type Subset struct {
	File   []byte
	Runes  []rune // sorted
	Widths []int  // by glyph, in units of the em
	glyphs map[rune]uint16
}

// Glyph is the number of r's glyph in the subset, 0 when it has none.
func (s *Subset) Glyph(r rune) uint16 { return s.glyphs[r] }

// Subset returns the face with the characters of text alone, without hinting:
// paper needs none, and it is half of the file.
func (f Face) Subset(text []rune) *Subset {
	runes := slices.DeleteFunc(slices.Compact(slices.Sorted(slices.Values(text))), func(r rune) bool { return !f.Has(r) })
	src := tablesOf(f.TTF())
	s := &Subset{Runes: runes, glyphs: make(map[rune]uint16, len(runes))}

	old := []uint16{0} // of each new glyph, its number in the whole font
	renumbered := map[uint16]uint16{0: 0}
	keep := func(g uint16) uint16 {
		n, ok := renumbered[g]
		if !ok {
			n = uint16(len(old))
			old = append(old, g)
			renumbered[g] = n
		}
		return n
	}
	for _, r := range runes {
		s.glyphs[r] = keep(tables[f]().glyphs[r])
	}
	var glyf, loca, hmtx []byte
	for i := 0; i < len(old); i++ { // parts of composed glyphs join at the end
		loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
		glyf = append(glyf, unhinted(src.glyph(old[i]), keep)...)
		for len(glyf)%4 != 0 {
			glyf = append(glyf, 0)
		}
		advance, bearing := src.metrics(old[i])
		s.Widths = append(s.Widths, int(advance))
		hmtx = binary.BigEndian.AppendUint16(hmtx, advance)
		hmtx = binary.BigEndian.AppendUint16(hmtx, bearing)
	}
	loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))

	head := slices.Clone(src["head"])
	binary.BigEndian.PutUint32(head[8:], 0)                                      // the file's checksum, filled in below
	binary.BigEndian.PutUint16(head[16:], binary.BigEndian.Uint16(head[16:])&^4) // advances do not depend on instructions
	binary.BigEndian.PutUint16(head[50:], 1)                                     // loca in 32 bits
	hhea := slices.Clone(src["hhea"])
	binary.BigEndian.PutUint16(hhea[34:], uint16(len(old)))
	maxp := slices.Clone(src["maxp"])
	binary.BigEndian.PutUint16(maxp[4:], uint16(len(old)))
	clear(maxp[14:30]) // nothing of instructions is left
	binary.BigEndian.PutUint16(maxp[14:], 1)
	post := slices.Clone(src["post"][:32])
	binary.BigEndian.PutUint32(post, 0x00030000) // without names of glyphs

	s.File = file(map[string][]byte{
		"OS/2": src["OS/2"], "cmap": s.cmap(), "glyf": glyf, "head": head, "hhea": hhea,
		"hmtx": hmtx, "loca": loca, "maxp": maxp, "name": src["name"], "post": post,
	})
	return s
}

// A Part is one of the two files that a site ships of each face.
type Part int

// The parts: the letters of most sheets, and the rest. The style sheet of the
// cheat sheet names their ranges; a test holds the two to each other.
const (
	Common Part = iota
	More
)

// Ranges are the characters of a part, first and last.
func (p Part) Ranges() [][2]rune {
	if p == Common {
		return [][2]rune{{0x20, 0x17F}, {0x2000, 0x206F}, {0x20A0, 0x20BF}, {0x2190, 0x22FF}, {0x25A0, 0x25FF}}
	}
	return [][2]rune{{0x180, 0x1FFF}, {0x2070, 0x209F}, {0x20C0, 0x218F}, {0x2300, 0x259F}, {0x2600, 0xFFFF}}
}

// Web is a part of the face as a site ships it.
func (f Face) Web(p Part) []byte { return web[2*int(f)+int(p)]() }

var web = func() (out [6]func() []byte) {
	for _, f := range Faces {
		for _, p := range []Part{Common, More} {
			out[2*int(f)+int(p)] = sync.OnceValue(func() []byte {
				return ready.Or(f.readyAs(p), func() []byte { return f.cut(p) })
			})
		}
	}
	return out
}()

// readyAs names a part of the face.
func (f Face) readyAs(p Part) string { return fmt.Sprintf("%v-%d.ttf", f, p) }

// cut makes a part of the face.
func (f Face) cut(p Part) []byte {
	var all []rune
	for _, r := range p.Ranges() {
		for c := r[0]; c <= r[1]; c++ {
			if f.Has(c) { // few of them: sorting the others would take longer than all the rest
				all = append(all, c)
			}
		}
	}
	return f.Subset(all).File
}

// cmap maps characters to glyphs (format 4, for the basic plane, which is all
// that the faces have).
func (s *Subset) cmap() []byte {
	type segment struct{ from, to, delta uint16 }
	var segments []segment
	for _, r := range s.Runes {
		code, glyph := uint16(r), s.glyphs[r]
		if n := len(segments); n > 0 && segments[n-1].to+1 == code && segments[n-1].delta == glyph-code {
			segments[n-1].to = code
			continue
		}
		segments = append(segments, segment{code, code, glyph - code})
	}
	segments = append(segments, segment{0xFFFF, 0xFFFF, 1})
	n := uint16(len(segments))
	power, log := uint16(1), uint16(0)
	for power*2 <= n {
		power, log = power*2, log+1
	}
	b := binary.BigEndian
	out := b.AppendUint16(nil, 0) // version
	out = b.AppendUint16(out, 1)  // one subtable
	out = b.AppendUint16(out, 3)  // Windows
	out = b.AppendUint16(out, 1)  // Unicode
	out = b.AppendUint32(out, 12) // where it begins
	out = b.AppendUint16(out, 4)  // format
	out = b.AppendUint16(out, 16+8*n)
	out = b.AppendUint16(out, 0) // any language
	out = b.AppendUint16(out, 2*n)
	out = b.AppendUint16(out, 2*power)
	out = b.AppendUint16(out, log)
	out = b.AppendUint16(out, 2*n-2*power)
	for _, g := range segments {
		out = b.AppendUint16(out, g.to)
	}
	out = b.AppendUint16(out, 0)
	for _, g := range segments {
		out = b.AppendUint16(out, g.from)
	}
	for _, g := range segments {
		out = b.AppendUint16(out, g.delta)
	}
	for range segments {
		out = b.AppendUint16(out, 0)
	}
	return out
}
