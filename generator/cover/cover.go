// Package cover puts cover names in the place of real ones, in the text of a
// note before anything else reads it, and finds what must not be shown in any
// text there is.
//
// A name is found as a reader or a machine would put it together: in any case
// and Unicode form, split by emphasis, tags, links and line breaks, written
// with hyphens or in one word, in entities and escapes. What a text means, and
// which texts there are, is for others to know.
package cover

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"debrief/generator/measure"
)

// A Name is what others must not read, and what they read instead.
type Name struct {
	Original string
	Cover    string
	Slug     string // the cover as part of addresses, ids and tags
	Entry    string // the setting that says so, like "cover_names 2"
}

// A Pattern is a regular expression, in RE2's syntax and in any case, of what
// nobody may read. One without special signs is a name.
type Pattern struct{ Text, Entry string }

// What stands where something was taken out.
const (
	redacted     = "‹redacted›"
	redactedSlug = "redacted"
)

// Names are the names to be covered. A nil Names covers nothing.
type Names struct {
	terms  []term
	coarse measure.Coarse
}

// Coarsen returns the names with a rule for figures: those that it covers are
// told in round numbers, in running text and in values that hold more than the
// figure.
func (n *Names) Coarsen(c measure.Coarse) *Names {
	if n == nil {
		return nil
	}
	return &Names{n.terms, c}
}

// A term is one name or pattern, ready to be looked for.
type term struct {
	entry       string
	re          *regexp.Regexp
	folded      bool   // on a folded view, else on one that keeps letters as they are
	whole       bool   // counts only as a word of its own
	long        bool   // counts also inside the name of a host
	run         string // the letters of a short name whose joint may be left out, run together: "att"
	capitals    bool   // run counts in capitals
	cover, slug string
	original    string // folded; "" for a pattern
}

// shortName is the length up to which a name counts as a word of its own only:
// "Meta" would be found in every second page as "metadata", and in hosts too.
const shortName = 4

// shortRun is the length up to which initials count with their joint only: DB
// is seldom D&B, but ATT is AT&T.
const shortRun = 2

// New reads names and patterns, in the order in which they are to be looked
// for. The error names each pattern that cannot be read; the others count.
func New(names []Name, patterns []Pattern) (*Names, error) {
	n := &Names{}
	for _, name := range names {
		n.addName(name)
	}
	var wrong []string
	for _, p := range patterns {
		text := norm.NFC.String(strings.TrimSpace(p.Text))
		switch {
		case text == "":
		case regexp.QuoteMeta(text) == text:
			n.addName(Name{text, redacted, redactedSlug, p.Entry})
		default:
			re, err := regexp.Compile("(?i)" + text)
			if err != nil {
				wrong = append(wrong, fmt.Sprintf("%s cannot be read as a pattern", p.Entry))
				continue
			}
			n.terms = append(n.terms, term{entry: p.Entry, re: re, cover: redacted, slug: redactedSlug})
		}
	}
	if len(wrong) > 0 {
		return n, fmt.Errorf("%s, so nothing can be shown to others", strings.Join(wrong, ", "))
	}
	return n, nil
}

// String tells one set of names from another.
func (n *Names) String() string {
	if n.Empty() {
		return ""
	}
	var b strings.Builder
	fmt.Fprintln(&b, n.coarse)
	for _, t := range n.terms {
		fmt.Fprintf(&b, "%q %q %q\n", t.re, t.cover, t.slug)
	}
	return b.String()
}

// Empty reports whether there is nothing to cover.
func (n *Names) Empty() bool { return n == nil || len(n.terms) == 0 && n.coarse == measure.Coarse{} }

func (n *Names) addName(name Name) {
	if name.Cover == "" || name.Slug == "" {
		name.Cover, name.Slug = redacted, redactedSlug
	}
	folded := joining.Replace(fold(name.Original))
	words := wordsOf(folded)
	if len(words) == 0 {
		return
	}
	t := term{
		entry: name.Entry, re: regexp.MustCompile(namePattern(folded, words, wordsOf(joining.Replace(fold(spelled.Replace(norm.NFC.String(name.Original))))))), folded: true,
		cover: name.Cover, slug: name.Slug, original: fold(name.Original),
	}
	letters := lettersOf(words)
	t.long = letters > shortName
	t.whole = len(words) == 1 || !t.long
	if !t.long && slices.Contains(words[1:], "and") {
		t.run = strings.Join(slices.DeleteFunc(words, func(w string) bool { return w == "and" }), "")
		t.capitals = letters > shortRun && strings.ToUpper(name.Original) == name.Original
	}
	n.terms = append(n.terms, t)
}

// joining makes one word of what joins two halves of a name.
var joining = strings.NewReplacer("&", " and ", "+", " and ", " und ", " and ", " et ", " and ", " y ", " and ")

// joinedBy is any way to write that word, or none, as addresses do.
const joinedBy = `(?:(?:and|und|et|y|&|\+)|)`

// wordsOf are the words of a name, folded. A name without letters and digits,
// such as an emoji, is one word.
func wordsOf(folded string) []string {
	words := strings.FieldsFunc(folded, func(r rune) bool { return !isWord(r) })
	if len(words) == 0 && strings.TrimSpace(folded) != "" {
		words = []string{strings.TrimSpace(folded)}
	}
	return words
}

// What may stand between the words of a name: nothing, a space, or a few signs
// that join, quote or point. One sign that ends a sentence ends the name too
// when a space stands behind it, unless the name itself is written so.
const (
	sign    = `[^\pL\pN\pM\s\x00-\x1f.!?。]`
	between = `(?: ?(?:` + sign + ` ?){0,3}|[.!?。]` + sign + `{0,2}| ?\.{2,4} ?` + sign + `?)`
	stopped = `(?:[.!?。] ?|` + between + `)`
)

// lettersOf is how long a name is in its shortest form.
func lettersOf(words []string) int {
	n := 0
	for i, w := range words {
		if w != "and" || i == 0 {
			n += utf8.RuneCountInString(w)
		}
	}
	return n
}

// namePattern finds a folded name in folded text; spelled are its words with
// letters written as two.
func namePattern(name string, words, spelled []string) string {
	var b strings.Builder
	last := len(words) - 1
	for i, w := range words {
		_, name, _ = strings.Cut(name, w)
		switch {
		case w == "and" && i > 0:
			b.WriteString(joinedBy)
		case spelled[i] != w:
			b.WriteString("(?:" + wordPattern(w, i == last) + "|" + wordPattern(spelled[i], i == last) + ")")
		default:
			b.WriteString(wordPattern(w, i == last))
		}
		switch {
		case i == last:
		case strings.ContainsAny(name[:min(len(name), 1)], ".!?"):
			b.WriteString(stopped)
		default:
			b.WriteString(between)
		}
	}
	return b.String()
}

// wordPattern finds a word of a name. The last, in -y, has its plural.
func wordPattern(word string, last bool) string {
	if stem, ok := strings.CutSuffix(word, "y"); ok && last && utf8.RuneCountInString(stem) > 2 {
		return regexp.QuoteMeta(stem) + "(?:y|ies)"
	}
	return regexp.QuoteMeta(word)
}

// closers are what closes what opened.
var closers = map[rune]rune{'"': '"', '\'': '\'', '(': ')', '[': ']', '{': '}', '“': '”', '„': '“', '‘': '’', '«': '»', '»': '«', '‹': '›', '<': '>'}

// closed is where a name ends that ends at to, with what closes the quotation
// or bracket that stands between its words: Project "Falcon".
func closed(text []byte, from, to int) int {
	next, size := utf8.DecodeRune(text[to:])
	var open rune // what is open still
	for _, r := range string(text[from:to]) {
		switch closer, opens := closers[r]; {
		case open != 0 && r == closers[open]:
			open = 0
		case opens && open == 0 && closer != 0:
			open = r
		}
	}
	if open != 0 && next == closers[open] {
		return to + size
	}
	return to
}

// A match is a term found in a view, by bytes of the view.
type match struct {
	term     *term
	from, to int
}

// find returns what the term matches in a view.
func (t *term) find(v *view) []match {
	var found []match
	for _, at := range t.re.FindAllIndex(v.text, -1) {
		if at[0] == at[1] || t.folded && !t.counts(v, at[0], at[1]) {
			continue
		}
		to := at[1]
		if t.folded {
			to = closed(v.text, at[0], to)
		}
		found = append(found, match{t, at[0], to})
	}
	return found
}

// views are what the term is looked for in. A pattern may speak of the signs
// of markup themselves, so the source as it stands is among them.
func (t *term) views(of *views, through bool) []*view {
	all := of.get(t.folded, false)
	if through {
		all = append(all, of.get(t.folded, true)...)
	}
	if !t.folded {
		all = append(all, of.asWritten())
	}
	return all
}

// A Found is something that must not be shown, in a text.
type Found struct {
	Text  string // as it was read, folded
	Entry string
}

// Find returns what a text shows of each name and pattern, once each. The text
// is taken as it is: tags and links in it are text.
func (n *Names) Find(text string) []Found {
	if n.Empty() || text == "" {
		return nil
	}
	views := &views{src: []byte(text), bare: true}
	var found []Found
	for i := range n.terms {
		t := &n.terms[i]
		for _, v := range t.views(views, false) {
			if m := t.find(v); len(m) > 0 {
				found = append(found, Found{string(v.text[m[0].from:m[0].to]), t.entry})
				break
			}
		}
	}
	return found
}
