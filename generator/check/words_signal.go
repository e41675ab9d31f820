package check

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"debrief/generator/claim"
	"debrief/generator/diag"
	"debrief/generator/handbook"
	"debrief/generator/note"
	"debrief/generator/prose"
)

// redSignal finds where a note says a sentence that interviewers flag, by the
// pack's words for it. What another rule has said better is left to it.
func redSignal(t *told, _ *claim.Ledger) {
	for k := range t.blocks {
		b := &t.blocks[k]
		if b.kind == prose.Head || b.quoted || b.callout == "bad" || b.callout == "good" || b.callout == "quote" || b.callout == "example" {
			continue
		}
		for i, s := range b.sentences {
			if b.firstSays(s, "bad") || t.said[saidAt{k, i}] {
				continue
			}
			for _, h := range b.hits[s.firstHit:s.endHit] {
				if h.list != signalWords || b.denied(s, h.from) || b.wished(s, h.from) && !b.between(s, s.first, h.from, ownWords) ||
					!b.meansMe(s, h) || b.quotes(b.tokens[h.from].from) {
					continue
				}
				signal := t.book.Pack.RedSignals[h.signal]
				f := t.findIn(b, b.tokens[h.from].from, b.tokens[h.to-1].to, "red-signal", diag.Info, "says %q, which interviewers flag", b.words(h.from, h.to))
				if signal.Why != "" {
					f = f.Hint("%s", asHint(signal.Why))
				}
				if signal.Good != "" {
					f = f.Hint("better, with figures of your own: %s", asHint(signal.Good))
				}
				t.report(f)
				break
			}
		}
	}
}

// asHint puts a sentence of the pack behind an equals sign.
func asHint(text string) string { return strings.TrimRight(text, ".") }

func (b *block) firstSays(s sentence, word string) bool { return b.word(s, s.first) == word }

// meansMe reports whether a sentence speaks of its author: it says I or we, or
// begins with the words, as a line in a plan does.
func (b *block) meansMe(s sentence, h hit) bool {
	return h.from <= s.first+1 || b.between(s, s.first, s.last, ownWords) || b.tokens[h.from].text == "it"
}

// Said is a place where a note says the bad form of a red signal.
type Said struct {
	Note     *note.Note
	Signal   handbook.RedSignal
	Sentence string
	Words    string
}

// RedSignals says where the notes say the pack's bad forms, as far as the
// findings hold it: what the rules about prose found, signal by signal.
func RedSignals(book *handbook.Handbook, found diag.List) []Said {
	var out []Said
	for _, f := range found {
		n := book.At(f.Path)
		if n == nil || f.Rule != "red-signal" && !slices.ContainsFunc(book.Pack.RedSignals, func(s handbook.RedSignal) bool { return s.Rule == f.Rule }) {
			continue
		}
		sentence, words, ok := sentenceOf(n, f)
		if !ok {
			continue
		}
		for _, s := range book.Pack.RedSignals {
			if f.Rule == "red-signal" && s.Rule == "" && saysOne(s, words) || f.Rule == s.Rule && (len(s.Match) == 0 || saysOne(s, words)) {
				out = append(out, Said{n, s, sentence, words})
				break
			}
		}
	}
	return out
}

// saysOne reports whether words are one of the phrases of a signal.
func saysOne(s handbook.RedSignal, words string) bool {
	t := tokens(nil, words)
	return slices.ContainsFunc(s.Match, func(m string) bool {
		l := &lexicon{byFirst: make(map[string][]phrase)}
		l.add(m, signalWords, 0)
		return slices.ContainsFunc(l.in(nil, t, 0), func(h hit) bool { return h.from == 0 && h.to == len(t) })
	})
}

// sentenceOf returns the sentence that a finding points into, and its words.
func sentenceOf(n *note.Note, f diag.Finding) (sentence, words string, ok bool) {
	if s, isStory := note.Of[*note.Story](n); isStory && s.Headline != "" {
		if sentence, words, ok = sentenceIn(s.Headline, headlinePlace(n.Front, s.Headline), f); ok {
			return sentence, words, ok
		}
	}
	for i := range n.Body.Passages {
		p := &n.Body.Passages[i]
		if p.Pos(0).Line > f.Line || p.Pos(len(p.Text)).Line < f.Line {
			continue
		}
		if sentence, words, ok = sentenceIn(p.Text, p.Pos, f); ok {
			return sentence, words, ok
		}
	}
	return "", "", false
}

func sentenceIn(text string, pos func(int) diag.Pos, f diag.Finding) (sentence, words string, ok bool) {
	for _, cut := range prose.Sentences(text) {
		if end := pos(cut[1]); end.Line < f.Line || end.Line == f.Line && end.Column <= f.Column {
			continue
		}
		for at, r := range text[cut[0]:cut[1]] {
			at += cut[0]
			if p := pos(at); p.Line != f.Line || p.Column != f.Column || unicode.IsSpace(r) {
				continue
			}
			end := at
			for width := f.EndColumn - f.Column; width > 0 && end < len(text); width-- {
				_, size := utf8.DecodeRuneInString(text[end:])
				end += size
			}
			return text[cut[0]:cut[1]], text[at:end], true
		}
	}
	return "", "", false
}
