package sheet

import "slices"

// A tie says what a column's end before a piece would tear apart.
type tie uint8

const (
	between tie = iota // cards
	within             // a card
	inside             // a paragraph
	never              // stays with what stands before it
)

// A piece is what no column's end divides: a line, a row, a strip. It has no
// pointers, for drafts copy pieces by the hundred.
type piece struct {
	gap    float64 // to the piece before it; none at the head of a column
	height float64
	em     float64 // size of the line that it is, as high as the leading says; 0 when its height is its own
	card   int32   // or noCard
	ink    int32   // of those in the inkwell, from 1; 0 when it was only measured
	tie    tie
	loose  bool // its gap may widen
}

// An ink is what is drawn of a piece. Its places count from the piece's upper
// left corner.
type ink struct {
	lines []setLine
	rules []Rule
}

// An inkwell is room for the inks of a sheet.
type inkwell struct {
	inks  []ink
	lines []setLine
}

// blank is the number of an ink without anything in it yet.
func (w *inkwell) blank() int32 {
	w.inks = append(w.inks, ink{})
	return int32(len(w.inks))
}

// ink is what is drawn of a piece, until the next blank one.
func (w *inkwell) ink(p piece) *ink { return &w.inks[p.ink-1] }

// count is how many lines are drawn of pieces.
func (w *inkwell) count(groups ...[]piece) int {
	n := 0
	for _, pieces := range groups {
		for i := range pieces {
			n += len(w.ink(pieces[i]).lines)
		}
	}
	return n
}

// empty keeps nothing but the room.
func (w *inkwell) empty() {
	clear(w.inks)
	clear(w.lines)
	w.inks, w.lines = w.inks[:0], w.lines[:0]
}

// of are lines that lie in the room.
func (w *inkwell) of(lines ...setLine) []setLine {
	from := len(w.lines)
	w.lines = append(w.lines, lines...)
	return slices.Clip(w.lines[from:])
}

// noCard is the card of what stands on the sheet beside the cards.
const noCard = -1

// A setLine is a line whose letters are not put together yet.
type setLine struct {
	x, y, size float64
	rtl        bool
	letters    []letter
}

// at is the line at its place, for a piece whose corner lies at x and y.
func (l setLine) at(x, y float64) Line {
	return Line{X: l.x + x, Y: l.y + y, Width: points(widthOf(l.letters), l.size), RTL: l.rtl, Size: l.size, Runs: runs(l.letters, l.size)}
}

// tied ties the lines of a paragraph, so that neither its first nor its last
// stands alone.
func tied(lines []piece) {
	for i := range lines {
		switch {
		case i == 0:
			lines[i].tie = within
		case i == 1 || i == len(lines)-1:
			lines[i].tie = never
		default:
			lines[i].tie = inside
		}
	}
}

// tops appends the heights above each piece, all in one column, and that of all
// of them.
func tops(out []float64, pieces []piece) []float64 {
	end := 0.0
	out = append(out, end)
	for i := range pieces {
		end = end + pieces[i].gap + pieces[i].height
		out = append(out, end)
	}
	return out
}

// sum is the height of pieces below each other.
func sum(pieces []piece) float64 {
	end := 0.0
	for i := range pieces {
		end = end + pieces[i].gap + pieces[i].height
	}
	return end
}

func maxGap(pieces []piece) float64 {
	most := 0.0
	for i := range pieces {
		most = max(most, pieces[i].gap)
	}
	return most
}
