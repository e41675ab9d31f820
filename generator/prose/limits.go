package prose

import (
	"bytes"
	"fmt"

	"debrief/generator/diag"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// goldmark takes more than linear time for some shapes of text: delimiters
// that do not match, brackets, nested containers, wide tables. So every block
// is weighed before the expensive work on it begins, by counting, never by the
// clock: the same bytes are refused on every machine. Over a limit the body is
// shown as plain text. Guards sit inside the parser, where the borders of the
// blocks are known exactly; a scan before it would have to guess them and
// refuse honest notes.
const (
	maxBody       = 4 << 20     // bytes
	maxOpenBlocks = 100         // blocks inside one another; a level of a list is two
	maxOpenLines  = 2_000_000   // blocks open, summed over all lines
	maxCells      = 100_000     // table cells of a body
	maxReferences = 10_000      // link definitions in one paragraph
	maxMarks      = 500_000     // characters of a body that may begin inline markup
	maxAddresses  = 2 * maxBody // bytes of the addresses and titles of all links: a definition is written once and used often
	maxWork       = 300         // estimated milliseconds of inline parsing that is more than linear
	maxNodes      = 300_000     // paragraphs, items, cells, links … of the finished tree
	maxNesting    = 200         // depth of the finished tree

	// MaxTitle is how many bytes a heading may have to be a title, which stands
	// on the pages of others too.
	MaxTitle = 300

	// What has far more bytes in the site than in the note: a page for each
	// tag, a chart for each fence. Beyond these a tag is text, a fence code.
	MaxTags    = 500
	maxFences  = 50
	maxFigures = 10_000
)

// weighAddress counts what a link or picture writes of its address and title.
func (r *reading) weighAddress(n ast.Node, address, title []byte) {
	if r.addresses += len(address) + len(title); r.addresses > maxAddresses {
		panic(refusal{"bytes in the addresses of links", r.addresses, maxAddresses, max(n.Pos(), 0)})
	}
}

// A plural limit does not refuse the body; what is over it is shown plainly.
type plural int

const (
	tagNames plural = iota
	fences
	figures
)

// tooMany says, once a body, that something at pos and all after it are shown
// plainly.
func (r *reading) tooMany(what plural, pos diag.Pos) {
	if r.over[what] {
		return
	}
	r.over[what] = true
	limit := [...]int{tagNames: MaxTags, fences: maxFences, figures: maxFigures}[what]
	said := [...]string{
		tagNames: "more than %d different tags in one note: from here on they are plain text",
		fences:   "more than %d timelines and decision trees in one note: from here on they are shown as code",
		figures:  "more than %d figures in one note: from here on they are not held against the facts",
	}[what]
	r.find(diag.At("too-complex", diag.Warning, "", pos, 1, said, limit).
		Hint("split the note"))
}

// A refusal stops the parser by way of panic.
type refusal struct {
	what     string
	n, limit int
	at       int // offset of the block, -1 if unknown
}

func (r *reading) refuse(ref refusal) diag.Finding {
	pos := diag.Pos{}
	if ref.at >= 0 {
		pos = r.pos(ref.at)
	}
	return diag.At("too-complex", diag.Warning, "", pos, 1,
		"too complex to read as Markdown: %d %s, the limit is %d", ref.n, ref.what, ref.limit).
		Hint("it is shown as plain text; split the note, or put machine-made text into a fenced code block")
}

// lineGuard counts the blocks open at each line: goldmark visits and remembers
// all of them, so that blank lines under a deep list cost far more than their
// bytes.
type lineGuard struct {
	text.Reader
	pc   parser.Context
	open int
}

func (g *lineGuard) AdvanceLine() {
	g.open += len(g.pc.OpenedBlocks())
	if g.open > maxOpenLines {
		_, seg := g.Position()
		panic(refusal{"open blocks over all lines", g.open, maxOpenLines, seg.Start})
	}
	g.Reader.AdvanceLine()
}

// depthGuard opens nothing; it sees every block that may hold others coming.
type depthGuard struct{ noBlock }

func (depthGuard) Trigger() []byte { return []byte(">-+*0123456789:!?[") }

func (depthGuard) Open(_ ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	if n := len(pc.OpenedBlocks()); n > maxOpenBlocks {
		_, seg := reader.Position()
		panic(refusal{"blocks inside one another", n, maxOpenBlocks, seg.Start})
	}
	return nil, parser.NoChildren
}

func (depthGuard) Continue(ast.Node, text.Reader, parser.Context) parser.State { return parser.Close }

// paragraphGuard weighs what a paragraph may turn into.
type paragraphGuard struct{}

func (paragraphGuard) Transform(p *ast.Paragraph, reader text.Reader, pc parser.Context) {
	lines := p.Lines()
	if lines.Len() < 2 {
		return
	}
	r, src := readingOf(pc), reader.Source()
	references, cells := 0, 0
	for i := range lines.Len() {
		seg := lines.At(i)
		line := util.TrimLeftSpace(src[seg.Start:seg.Stop])
		if len(line) == 0 {
			continue
		}
		switch c := line[0]; {
		case bytes.Contains(line, []byte("]:")): // the label may have begun on a line before
			references++
		case i > 0 && (c == '|' || c == '-' || c == ':') && isTableDelimiter(line):
			// A short row is padded to the width of the header.
			cells = max(cells, (bytes.Count(line, []byte("|"))+1)*(lines.Len()-i))
		}
	}
	if r.cells += cells; r.cells > maxCells {
		panic(refusal{"table cells", r.cells, maxCells, lines.At(0).Start})
	}
	if references > maxReferences {
		panic(refusal{"link definitions in one paragraph", references, maxReferences, lines.At(0).Start})
	}
}

func isTableDelimiter(line []byte) bool {
	for _, c := range line {
		if c != '-' && c != '|' && c != ':' && !util.IsSpace(c) {
			return false
		}
	}
	return bytes.IndexByte(line, '-') >= 0
}

// inlineGuard weighs a block at the first character in it that may begin
// markup, unless the whole body is light.
type inlineGuard struct{}

func (inlineGuard) Trigger() []byte { return []byte("*_~=[]!<`(") }

func (inlineGuard) Parse(parent ast.Node, _ text.Reader, pc parser.Context) ast.Node {
	r := readingOf(pc)
	if r.light || r.weighed == parent {
		return nil
	}
	r.weighed = parent
	marks, work := r.weigh(parent.Lines())
	r.marks += marks
	r.work += work
	if r.marks > maxMarks {
		panic(refusal{"characters that begin markup", r.marks, maxMarks, parent.Lines().At(0).Start})
	}
	if r.work > maxWork*1e6 {
		panic(refusal{"units of work for emphasis and links", r.work / 1e6, maxWork, parent.Lines().At(0).Start})
	}
	return nil
}

// isLight reports whether a body has so few characters that may begin markup
// that its blocks cannot reach the limits, whatever weigh would say of them:
// as it is of most.
func isLight(body []byte) bool {
	signs, lines, length := 0, bytes.Count(body, []byte("\n"))+1, len(body)+1
	for _, sign := range []string{"*", "_", "~", "=", "`", "(", "<", "!", "[", "]"} {
		signs += bytes.Count(body, []byte(sign))
	}
	if signs > maxMarks {
		return false
	}
	dearest := float64(runWork(1, 1, 0)) + float64(runWork(runReach, 0, 1))/runReach // of one sign, for each byte of its run
	work := float64(length)*dearest*float64(signs) +
		float64(signs)*float64(signs)*perPair + float64(signs)*float64(2*signs+lines)*perPair +
		float64(signs)*labelReach*perReach + float64(length)*tickLengths*perTicks
	return work <= maxWork*1e6
}

// What weigh charges, and isLight at most.
const (
	runReach    = 320 // bytes of a run that each beginning in it may be tried over
	perPair     = 4   // of runs, or of a bracket with a bracket, a run or a line
	labelReach  = 999 // bytes back to the bracket that another closes
	perReach    = 12  // for each of these
	tickLengths = 256 // of runs of backticks that are told apart
	perTicks    = 2   // for each length met, and each byte of the block
)

// weighs are the characters that weigh looks at.
var weighs = func() (set [256]bool) {
	for _, c := range " \t\n*_~=`(<![]" {
		set[c] = true
	}
	return set
}()

// runWork is what a run without white space may cost that holds so many
// addresses and beginnings of markup.
func runWork(length, targets, starts int) int {
	return length * (targets*4 + min(length, runReach)/32*starts)
}

// weigh counts the characters that may begin markup in a block, and estimates
// the nanoseconds that goldmark takes beyond a linear pass, in the worst case
// for such counts.
func (r *reading) weigh(lines *text.Segments) (marks, work int) {
	var (
		runs, brackets, total int
		lengths               [tickLengths / 64]uint64 // lengths of runs of backticks met, as bits
		distinct              int
		open                  = r.offsets[:0]
	)
	for i := range lines.Len() {
		seg := lines.At(i)
		line := r.src[seg.Start:seg.Stop]
		total += len(line)
		from, targets, starts := 0, 0, 0 // of the run without white space
		for j := 0; j < len(line); j++ {
			c := line[j]
			if !weighs[c] {
				continue
			}
			switch c {
			case ' ', '\t', '\n':
				if targets|starts != 0 {
					work += runWork(j+1-from, targets, starts)
				}
				from, targets, starts = j+1, 0, 0
			case '*', '_', '~', '=':
				marks++
				starts++
				if j == 0 || line[j-1] != c {
					runs++
				}
			case '`':
				marks++
				n := 1
				for j+n < len(line) && line[j+n] == '`' {
					n++
				}
				j += n - 1
				if n %= tickLengths; lengths[n/64]&(1<<(n%64)) == 0 {
					lengths[n/64] |= 1 << (n % 64)
					distinct++
				}
			case '(', '<', '!':
				marks++
				starts++
			case '[':
				marks++
				brackets++
				open = append(open, int32(seg.Start+j))
			case ']':
				marks++
				brackets++
				if n := len(open); n > 0 {
					work += min(seg.Start+j-int(open[n-1]), labelReach) * perReach
					open = open[:n-1]
				}
				if j+1 < len(line) && line[j+1] == '(' {
					targets++
				}
			}
		}
		work += runWork(len(line)-from, targets, starts)
	}
	r.offsets = open[:0]
	work += runs*runs*perPair + brackets*(brackets+runs+lines.Len())*perPair
	if distinct > 4 {
		work += distinct * total * perTicks
	}
	return marks, work
}

// tidy joins texts that parsers have cut in two without need (an entity may
// be torn by it), and refuses trees so deep that pages made of them would not
// be read back: browsers stop at 512 elements inside one another.
func (r *reading) tidy(n ast.Node, depth int) {
	if depth > maxNesting {
		panic(refusal{"levels of markup inside one another", depth, maxNesting, -1})
	}
	r.nodes++
	switch n.Kind() {
	case ast.KindHeading, ast.KindFencedCodeBlock: // what is shown, listed and looked up costs more
		r.nodes += 5
	}
	if r.nodes > maxNodes {
		panic(refusal{"paragraphs, items, links and other parts", r.nodes, maxNodes, -1})
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			for next := t.NextSibling(); next != nil && !t.Segment.IsEmpty() && !t.SoftLineBreak() && !t.HardLineBreak(); next = t.NextSibling() {
				if !t.Merge(next, r.src) {
					break
				}
				n.RemoveChild(n, next)
			}
			continue
		}
		r.tidy(c, depth+1)
	}
}

// recovered turns what stopped the parser into a finding.
func (r *reading) recovered(v any) diag.Finding {
	if ref, ok := v.(refusal); ok {
		return r.refuse(ref)
	}
	return diag.At("render-panic", diag.Error, "", diag.Pos{}, 0,
		"this note cannot be read as Markdown and is shown as plain text: %s", fmt.Sprint(v)).
		Hint("this is a fault in debrief, not in the note; please report it with the note")
}
