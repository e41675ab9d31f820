package check

import (
	"iter"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"debrief/generator/claim"
	"debrief/generator/diag"
	"debrief/generator/front"
	"debrief/generator/handbook"
	"debrief/generator/note"
	"debrief/generator/prose"
)

// A told is a note's running text, cut into words and sentences once for all
// the rules that read words.
type told struct {
	book     *handbook.Handbook
	note     *note.Note
	story    *note.Story    // nil when the note is none
	incident *note.Incident // the note's own, or that of the story
	parts    []note.Part
	blocks   []block
	room     *room

	found  diag.List
	result *bool           // whether the result holds a figure, once somebody asked
	said   map[saidAt]bool // sentences that a rule has spoken about
}

// A saidAt is a sentence by its place.
type saidAt struct{ block, sentence int }

// A block is a passage, or a story's headline.
type block struct {
	text      string
	part      string // of the story, in lower case; "headline", or "" outside the parts
	section   int
	callout   string
	kind      prose.PassageKind
	quoted    bool
	pos       func(at int) diag.Pos
	tokens    []token
	hits      []hit // in order
	sentences []sentence
	marks     bool // it holds quotation marks at all
}

// A hit is a phrase of a word list in a block.
type hit struct {
	list     list
	from, to int // tokens
	signal   int // index into the pack's red signals
}

// A sentence is a stretch of a block.
type sentence struct {
	from, to         int // bytes
	first, last      int // tokens; last is exclusive
	firstHit, endHit int
}

// talk runs the rules that read words over every note.
func talk(book *handbook.Handbook, ledger *claim.Ledger, memory *Memory) diag.List {
	if lang := strings.ToLower(book.Settings.Language); lang != "" && lang != "en" && !strings.HasPrefix(lang, "en-") && !strings.HasPrefix(lang, "en_") {
		return nil // the lists are English
	}
	if !book.Prepares() {
		return nil // nobody will tell these notes to an interviewer
	}
	return memory.hear(book, ledger)
}

// silentKinds are notes whose words are not the author's own: a pair shows the
// bad form on purpose, a question is the interviewer's.
var silentKinds = map[string]bool{"signal": true, "question": true, "principle": true}

// tell reads a note; nil when it says nothing of its own.
func tell(book *handbook.Handbook, n *note.Note, words *lexicon) *told {
	if silentKinds[n.Kind.Name] || n.Body == nil || n.Body.Plain {
		return nil
	}
	t := &told{book: book, note: n, room: rooms.Get().(*room)}
	t.blocks = slices.Grow(t.room.blocks, len(n.Body.Passages)+1)
	t.story, _ = note.Of[*note.Story](n)
	t.incident, _ = note.Of[*note.Incident](n)
	var partOf []string
	if t.story != nil {
		if i := book.IncidentOf(n); i != nil {
			t.incident, _ = note.Of[*note.Incident](i)
		}
		t.parts = note.Parts(n)
		partOf = partsOfSections(n, t.parts)
		if t.story.Headline != "" {
			t.blocks = append(t.blocks, block{text: t.story.Headline, part: "headline", section: -1, pos: headlinePlace(n.Front, t.story.Headline)})
		}
	}
	for i := range n.Body.Passages {
		p := &n.Body.Passages[i]
		b := block{text: p.Text, section: p.Section, callout: p.Callout, kind: p.Kind, quoted: p.Quoted, pos: p.Pos}
		if partOf != nil && p.Section >= 0 && p.Callout == "" && p.Kind == prose.Running && !p.Quoted {
			b.part = partOf[p.Section]
		}
		t.blocks = append(t.blocks, b)
	}
	for i := range t.blocks {
		t.blocks[i].read(words, t.room)
	}
	return t
}

// A room holds what a note's blocks are cut into, which nobody needs once all
// rules have looked at it.
type room struct {
	blocks    []block
	tokens    []token
	hits      []hit
	sentences []sentence
	cuts      [][2]int // of one block
}

var rooms = sync.Pool{New: func() any { return new(room) }}

// forget ends the use of a told.
func (t *told) forget() {
	clear(t.blocks) // they hold on to texts
	t.room.blocks, t.blocks = t.blocks[:0], nil
	t.room.tokens, t.room.hits, t.room.sentences = t.room.tokens[:0], t.room.hits[:0], t.room.sentences[:0]
	rooms.Put(t.room)
}

// partsOfSections says for each section of a story which part it belongs to.
func partsOfSections(n *note.Note, parts []note.Part) []string {
	of := make([]string, len(n.Body.Sections))
	for _, p := range parts {
		if p.Section < 0 {
			continue
		}
		whole := n.Body.Sections[p.Section]
		for k, s := range n.Body.Sections {
			if k == p.Section || of[k] == "" && s.HTMLFrom >= whole.HTMLFrom && s.HTMLTo <= whole.HTMLTo {
				of[k] = strings.ToLower(p.Name)
			}
		}
	}
	return of
}

// headlinePlace finds the words of a headline in the front matter. One that
// was folded over lines is pointed at as a whole.
func headlinePlace(d *front.Doc, headline string) func(int) diag.Pos {
	pos, width := d.Span("headline")
	runes := utf8.RuneCountInString(headline)
	quotes := 0
	if width == runes+2 {
		quotes = 1
	}
	return func(at int) diag.Pos {
		if width != runes+2*quotes {
			return pos
		}
		return diag.Pos{Line: pos.Line, Column: pos.Column + quotes + utf8.RuneCountInString(headline[:at])}
	}
}

// read cuts a block into sentences and tokens and looks its phrases up.
func (b *block) read(words *lexicon, r *room) {
	from := [3]int{len(r.tokens), len(r.hits), len(r.sentences)}
	r.tokens = tokens(r.tokens, b.text)
	b.tokens, b.hits = slices.Clip(r.tokens[from[0]:]), r.hits[from[1]:]
	b.marks = strings.Contains(b.text, `"`) || strings.Contains(b.text, "“") || strings.Contains(b.text, "„") || strings.Contains(b.text, "«")
	tok := 0
	r.cuts = prose.AppendSentences(r.cuts[:0], b.text)
	for _, s := range r.cuts {
		one := sentence{from: s[0], to: s[1], first: tok, firstHit: len(b.hits)}
		for tok < len(b.tokens) && b.tokens[tok].from < s[1] {
			tok++
		}
		one.last = tok
		b.hits = words.in(b.hits, b.tokens[:tok], one.first)
		b.hits = b.hits[:one.firstHit+len(slices.DeleteFunc(b.hits[one.firstHit:], b.isName))]
		one.endHit = len(b.hits)
		r.sentences = append(r.sentences, one)
	}
	r.hits = append(r.hits[:from[1]], b.hits...)
	b.hits, b.sentences = slices.Clip(r.hits[from[1]:]), slices.Clip(r.sentences[from[2]:])
}

// isName reports whether a phrase of three words and more is written as one,
// as in the name of a note: escalated-to-a-senior.
func (b *block) isName(h hit) bool {
	return h.to-h.from > 2 && !strings.ContainsAny(b.text[b.tokens[h.from].from:b.tokens[h.to-1].to], " \u00a0")
}

// own reports whether a block is the author speaking in running text: the
// parts and the headline of a story, the text of an incident.
func (t *told) own(b *block) bool {
	if t.story != nil {
		return b.part != ""
	}
	if t.note.Kind.Name != "incident" || b.kind != prose.Running || b.quoted {
		return false
	}
	switch b.callout {
	case "bad", "good", "quote", "example", "question", "probe", "todo":
		return false
	}
	return true
}

// ownSentences yields each sentence in which the author speaks, with the
// block that holds it.
func (t *told) ownSentences() iter.Seq2[saidAt, *block] {
	return func(yield func(saidAt, *block) bool) {
		for k := range t.blocks {
			b := &t.blocks[k]
			if !t.own(b) {
				continue
			}
			for i := range b.sentences {
				if !yield(saidAt{k, i}, b) {
					return
				}
			}
		}
	}
}

// mark remembers that a rule spoke about a sentence; another that would only
// repeat it is silent.
func (t *told) mark(at saidAt) {
	if t.said == nil {
		t.said = make(map[saidAt]bool)
	}
	t.said[at] = true
}

// findIn returns a finding at bytes from to to of a block.
func (t *told) findIn(b *block, from, to int, rule string, severity diag.Severity, format string, args ...any) diag.Finding {
	pos := b.pos(from)
	return t.note.FindAt(rule, severity, pos, utf8.RuneCountInString(b.text[from:to]), format, args...)
}

func (t *told) report(f diag.Finding) { t.found = append(t.found, f) }

// words quotes the tokens from to to as the author wrote them.
func (b *block) words(from, to int) string {
	return strings.Join(strings.Fields(b.text[b.tokens[from].from:b.tokens[to-1].to]), " ")
}

// word is the token at i, "" outside the sentence.
func (b *block) word(s sentence, i int) string {
	if i < s.first || i >= s.last {
		return ""
	}
	return b.tokens[i].text
}

// between reports whether one of the words stands among the tokens from to to
// of the sentence.
func (b *block) between(s sentence, from, to int, words map[string]bool) bool {
	for i := max(from, s.first); i < min(to, s.last); i++ {
		if words[b.tokens[i].text] {
			return true
		}
	}
	return false
}

// has reports whether a phrase of the list stands in the sentence.
func (b *block) has(s sentence, l list) bool {
	for _, h := range b.hits[s.firstHit:s.endHit] {
		if h.list == l {
			return true
		}
	}
	return false
}

// quotes reports whether the byte at stands between quotation marks: then the
// author speaks about the words, not with them.
func (b *block) quotes(at int) bool {
	if !b.marks {
		return false
	}
	before := b.text[:at]
	if open := strings.LastIndexAny(before, "“„«"); open >= 0 && !strings.ContainsAny(before[open:], "”»") {
		return true
	}
	return strings.Count(before, `"`)%2 == 1
}

// outcome reports whether a sentence or the one after it says what came of
// it, by a quantity or by a word.
func (b *block) outcome(k int) bool {
	for i := k; i < min(k+2, len(b.sentences)); i++ {
		if s := b.sentences[i]; b.has(s, outcomeWords) || b.holdsFigure(s) {
			return true
		}
	}
	return false
}
