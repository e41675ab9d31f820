package prose

import "debrief/generator/diag"

// A Doc is the body of one note, read: its HTML with holes, and what others
// need to know about it. A Doc never changes after Parse, so it may be kept
// between builds and drawn by many goroutines at once.
type Doc struct {
	Title       string   // text of the first h1, "" if there is none
	TitlePos    diag.Pos // where that h1 stands
	Outline     []Heading
	Links       []Link          // links, wikilinks, images, embeds and tags in order; a Filler is asked by index
	Facts       []FactRef       // {{…}} references in order
	Figures     []FigureRef     // quantities typed in running text in order, when Options ask for figures
	Tags        []string        // tags in running text in order of first use, without '#'
	Sections    []Section       // by headings and run-in heads, in order
	Callouts    []Callout       // in order of their first lines, nested ones too
	Tasks       []Task          // task list items in order
	Fences      []Fence         // timeline and decision fences in order
	Anchors     map[string]bool // every id in the body: headings, ^blocks, explicit ids, footnotes
	Description string          // plain text of the first paragraph, about 200 characters at most, cut at a word
	Says        bool            // running text holds a word, callouts included; code, tables and footnotes do not count
	Passages    []Passage       // running text with its places, in order, when Options ask for it
	Ignores     []Ignore        // <!-- debrief-ignore rule: reason --> comments in order
	Plain       bool            // the body was refused (too-complex, render-panic) and shows as plain text

	html      string // literal HTML, cut into parts
	parts     []part
	intro     [2]int            // parts before the first section
	footnotes [2]int            // parts of the list of footnotes
	blocks    map[string][2]int // parts of the section or block that an id names; the end is -1 for the title
	texts     map[string]string // wikiHeading of a heading's text → id of the first such heading
	loose     map[string]string // the same for fold
}

// A Heading is one heading of the body as it is shown.
type Heading struct {
	Level int    // 1–6 as shown; 0 for a run-in head
	ID    string // "" for a run-in head
	Text  string // plain text
	Pos   diag.Pos
}

// A LinkKind says how a link was written.
type LinkKind int

// The kinds of links.
const (
	LinkMarkdown LinkKind = iota // [text](target), [text][ref], <https://…>
	LinkWiki                     // [[target]]; also ![[target]] where a note cannot be embedded (in running text)
	LinkImage                    // ![alt](target)
	EmbedWiki                    // ![[target]], a note or an image (see Link.IsImage)
	LinkTag                      // #tag
)

// A Link is a reference from the body to something else.
type Link struct {
	Kind          LinkKind
	Target        string   // percent-decoded, without fragment and alias; "" for an anchor of this page; a tag's name
	Fragment      string   // decoded, without '#'; "^id" for a block; the last heading of [[n#A#B]]
	Text          string   // plain text shown
	HasText       bool     // a wikilink with an alias, a Markdown link with text
	Title         string   // title attribute
	Width, Height int      // from ![[img|300x200]], ![[img|300]] or ![alt|300](img); 0 if not given
	External      bool     // http, https or mailto: written as it is, no hole; Target is the whole address
	Pos           diag.Pos // of the target in the source
	Len           int      // code points from Pos

	around   string // the block of plain text that it stands in
	from, to int32  // where in that
}

// Context is the sentence around the link, as plain text.
func (l *Link) Context() string { return l.sentence().text(l.around) }

// SharesContext reports whether both links stand in one sentence, all of which
// is the context of each.
func (l *Link) SharesContext(other *Link) bool {
	return l == other || l.around == other.around && l.sentence() == other.sentence()
}

func (l *Link) sentence() stretch { return sentenceAround(l.around, int(l.from), int(l.to)) }

// A FactRef is a {{name}} in running text.
type FactRef struct {
	Name string
	Pos  diag.Pos // of the first brace
	Len  int      // code points, braces included
}

// A FigureRef is a quantity typed by hand in running text.
type FigureRef struct {
	Pos diag.Pos // of its first character
}

// A Section is the part of the body under one heading (up to the next heading
// of the same or a higher level, so it includes its sub-sections), or under
// one run-in head (up to the next run-in head or heading). Only headings
// outside quotes, lists and callouts make sections. What stands before the
// first heading is no section: see Doc.Intro.
type Section struct {
	Heading Heading // of a run-in head: level 0, no id, text without the colon
	RunIn   bool    // a paragraph that begins with **Name:** or **Name**:
	Text    string  // plain prose below the heading: no headings, code, tables, callouts or footnotes; blocks end in "\n"
	Items   []string

	HTMLFrom, HTMLTo int // parts, heading included

	headFrom, headTo int // the heading's own parts, left out without a heading
}

// A Callout is a highlighted block.
type Callout struct {
	Type             string // canonical, lower case: note, bad, probe, …
	Title            string // plain text, as typed or the type's own
	Text             string // plain text of its body
	Pos              diag.Pos
	HTMLFrom, HTMLTo int // parts of the body
	Pair             int // of a bad callout: index of the good one right after it; else -1
}

// A Task is an item of a task list.
type Task struct {
	Text string
	Done bool
	Pos  diag.Pos
	ID   string // its block id, "^rollback", stays whatever else changes; without one, stable while its heading and its text stay
}

// A Fence is a fenced block that the handbook may draw.
type Fence struct {
	Lang  string // "timeline" or "decision"
	Text  string
	Pos   diag.Pos // of the first line of its text
	Index int      // its hole among the parts
}

// An Ignore silences one rule for one line.
type Ignore struct {
	Rule, Reason string
	Line         int // the line it speaks of: its own if other text stands there, else the next line that is not blank
}
