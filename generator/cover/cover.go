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
	"strings"
	"unicode"
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
	folded      bool // on a folded view, else on one that keeps letters as they are
	whole       bool // counts only as a word of its own
	cover, slug string
	original    string // folded; "" for a pattern
}

// shortName is the length up to which a name counts only as a word of its
// own: "Meta" would be found in every second page as "metadata".
const shortName = 4

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
	words := wordsOf(joining.Replace(fold(name.Original)))
	if len(words) == 0 {
		return
	}
	n.terms = append(n.terms, term{
		entry: name.Entry, re: regexp.MustCompile(namePattern(words)), folded: true,
		whole: lettersOf(words) <= shortName,
		cover: name.Cover, slug: name.Slug, original: fold(name.Original),
	})
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

// between is what may stand between the words of a name: nothing, a space, or
// a sign that joins. A full stop with a space behind it ends a sentence.
const between = `(?: ?[-_+/&,'’|–—] ?|[.:]| |)`

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

// namePattern finds a name in folded text. A last word in -y has its plural.
func namePattern(words []string) string {
	quoted := make([]string, len(words))
	for i, w := range words {
		quoted[i] = regexp.QuoteMeta(w)
		if w == "and" && i > 0 {
			quoted[i] = joinedBy
		}
	}
	last := len(words) - 1
	if stem, ok := strings.CutSuffix(words[last], "y"); ok && utf8.RuneCountInString(stem) > 2 {
		quoted[last] = regexp.QuoteMeta(stem) + "(?:y|ies)"
	}
	return strings.Join(quoted, between)
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
		if at[0] == at[1] || t.whole && !aloneAt(v.text, at[0], at[1]) {
			continue
		}
		found = append(found, match{t, at[0], at[1]})
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

// aloneAt reports whether text[from:to] is a word of its own, be it in the
// plural or the genitive.
func aloneAt(text []byte, from, to int) bool {
	if before, _ := utf8.DecodeLastRune(text[:from]); unicode.IsLetter(before) {
		return false
	}
	rest := text[to:]
	for _, ending := range []string{"'s", "’s", "es", "s", ""} {
		after, ok := strings.CutPrefix(string(rest[:min(len(rest), 8)]), ending)
		if !ok {
			continue
		}
		if r, _ := utf8.DecodeRuneInString(after); !unicode.IsLetter(r) {
			return true
		}
	}
	return false
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
