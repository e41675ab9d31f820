// Package face knows the type that sheets are set in: how wide each character
// is, and how to hand a part of a font on to a browser or into a PDF.
//
// The faces are Go Regular, Go Bold and Go Mono. They have no kerning and no
// ligatures, so a line is exactly as wide as its characters together, in every
// program that draws it; a test holds the fonts to that.
package face

import (
	"encoding/binary"
	"fmt"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/gomono"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// PerEm is how many units a face is high.
const PerEm = 2048

// A Face is one cut of the type.
type Face uint8

// The faces there are.
const (
	Regular Face = iota
	Bold
	Mono
)

// Faces is every face, in order.
var Faces = []Face{Regular, Bold, Mono}

// String is the face's short name, as file names and style classes have it.
func (f Face) String() string { return [...]string{"regular", "bold", "mono"}[f] }

// TTF is the whole font.
func (f Face) TTF() []byte {
	return [...][]byte{goregular.TTF, gobold.TTF, gomono.TTF}[f]
}

// last is the first character above all that the faces have, but for a few
// ligatures that nobody types.
const last = 0x3000

// A table is a face's measures, read once.
type table struct {
	glyphs [last]uint16
	widths [last]uint16 // in units
}

var tables = [...]func() *table{
	sync.OnceValue(func() *table { return read(Regular) }),
	sync.OnceValue(func() *table { return read(Bold) }),
	sync.OnceValue(func() *table { return read(Mono) }),
}

func read(f Face) *table {
	parsed, err := sfnt.Parse(f.TTF())
	if err != nil || parsed.UnitsPerEm() != PerEm {
		panic(fmt.Sprintf("face: Go %v is not the font this was written for: %v", f, err))
	}
	var t table
	var b sfnt.Buffer
	for r := range rune(last) {
		g, err := parsed.GlyphIndex(&b, r)
		if err != nil || g == 0 {
			continue
		}
		wide, err := parsed.GlyphAdvance(&b, g, fixed.I(PerEm), font.HintingNone)
		if err != nil {
			continue
		}
		t.glyphs[r], t.widths[r] = uint16(g), uint16(wide.Round())
	}
	return &t
}

// Has reports whether the face can show r.
func (f Face) Has(r rune) bool { return r >= 0 && r < last && tables[f]().glyphs[r] != 0 }

// Width is the width of r in units of the em. A character that the face lacks
// will be shown in some other font: its width is a guess on the safe side.
func (f Face) Width(r rune) int {
	if r >= 0 && r < last {
		if t := tables[f](); t.glyphs[r] != 0 {
			return int(t.widths[r])
		}
	}
	wide := guess(r)
	if f == Bold {
		wide += wide / 16
	}
	return wide
}

// A Box is how far a face's characters reach, in units of the em.
type Box struct {
	Left, Bottom, Right, Top   int // of all of them
	Ascent, Descent, CapHeight int // of the line
}

// Box returns the measures of the face as a whole.
func (f Face) Box() Box {
	t := tablesOf(f.TTF())
	at := func(table string, offset int) int { return int(int16(binary.BigEndian.Uint16(t[table][offset:]))) }
	return Box{
		Left: at("head", 36), Bottom: at("head", 38), Right: at("head", 40), Top: at("head", 42),
		Ascent: at("hhea", 4), Descent: at("hhea", 6), CapHeight: at("OS/2", 88),
	}
}
