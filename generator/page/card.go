package page

// A Sheet is what shall stand on one side of paper, before anybody measured
// whether it fits.
type Sheet struct {
	Title    string // of the handbook
	Subtitle string // what it prepares for
	Cards    []Card // in reading order
}

// A Card is one box of a sheet with what may stand in its place when paper is
// short. Which cards there are and why is decided here; package sheet lays
// them out.
type Card struct {
	Name     string // as the `sheet` key calls it: "decision"
	Title    string // "" has no heading
	Why      string // the rule that put it on the sheet, for --explain
	Place    Place
	Must     bool // shortened at most, never left out
	Priority int  // the higher, the longer it stays; below Filler it only fills what is free
	Keep     int  // blocks that stay when its end is cut off; 0 when it cannot be cut
	More     int  // entries that are not even in Full: more than fit on any sheet
	Full     []Block
	Short    []Block // nil when there is none
	Least    []Block // a line or two; nil when there is none
}

// Filler is the priority below which a card is there for the room that others
// leave: type is not made smaller for it.
const Filler = 30

// A Place is where on the paper a card stands.
type Place int

// The places.
const (
	InColumn Place = iota
	OnTop          // across the paper, above the columns
	AtBottom       // across the paper, below them
)

// A BlockKind tells blocks apart.
type BlockKind int

// The kinds of blocks.
const (
	Paragraph BlockKind = iota
	Item                // with a label that hangs before it
	Row                 // of a table; rows that follow each other share their columns
	Strip               // moments along a line
	Headline            // a few figures in large type
	Subhead             // stays with what follows
)

// A Block is one piece of a card.
type Block struct {
	Kind    BlockKind
	Label   string   // of an item: "1", "A", "Not"; "" is a bullet
	Text    []Span   // of a paragraph, an item, a subhead
	Cells   [][]Span // of a row
	Tied    bool     // stays with the block before it
	Fine    bool     // in the smallest type
	Lines   int      // at most so many, the rest is cut off; 0 is any number
	Moments []Moment // of a strip
	Figures []Figure // of a headline
}

// IsSubhead reports a heading within a card.
func (b Block) IsSubhead() bool { return b.Kind == Subhead }

// A Span is text in one style.
type Span struct {
	Text string
	Bold bool
	Mono bool
}

// A Moment is a place on a strip.
type Moment struct {
	Name  string  // "mitigated"
	Stamp string  // "10:40:00", with its day where there are several
	ISO   string  // for <time datetime>
	Since string  // from the start: "T+38:00"
	Took  string  // since the moment before: "17 min 30 s"
	At    float64 // from 0 at the first to 1 at the last
}

// PlainText is the text of spans without their styles.
func PlainText(spans []Span) string {
	text := ""
	for _, s := range spans {
		text += s.Text
	}
	return text
}

func plainSpan(text string) []Span { return []Span{{Text: text}} }
func boldSpan(text string) []Span  { return []Span{{Text: text, Bold: true}} }
