package check

import (
	"strings"

	"debrief/generator/handbook"
)

// A list is one of the word lists.
type list uint8

const (
	vagueWords list = iota
	vaguePhrases
	degreeWords
	amountWords
	loweringWords
	raisingWords
	lowerIsBetter
	higherIsBetter
	runbookWords
	toolWords
	outcomeWords
	weakWords
	passiveWords
	calmWords
	heroWords
	blameWords
	missedWords
	breachWords
	budgetWords
	levelWords
	savedWords
	signalWords
)

// A lexicon is the pack's word lists, by the first word of each phrase.
type lexicon struct {
	byFirst map[string][]phrase
	first   sieve
	alone   sieve // first words of phrases that any word may follow
	pairs   sieve // the first two words of all others
}

// A phrase is words in a row; "*" stands for up to three words.
type phrase struct {
	rest   []string
	list   list
	signal int
}

func wordsOf(p *handbook.Pack) *lexicon {
	l := &lexicon{byFirst: make(map[string][]phrase)}
	w := &p.Words
	for _, from := range []struct {
		list  list
		words []string
	}{
		{vagueWords, w.Vague}, {vaguePhrases, w.VaguePhrases}, {degreeWords, w.Degree}, {amountWords, w.Amount},
		{loweringWords, w.Lowering}, {raisingWords, w.Raising}, {lowerIsBetter, w.LowerIsBetter}, {higherIsBetter, w.HigherIsBetter},
		{runbookWords, w.Runbook}, {toolWords, w.Tools}, {outcomeWords, w.Outcome}, {weakWords, w.WeakSubject}, {passiveWords, w.Passive},
		{calmWords, w.Calm}, {heroWords, w.Hero}, {blameWords, w.Blame}, {missedWords, w.Missed}, {breachWords, w.Breach}, {budgetWords, w.BudgetRestored}, {levelWords, w.DORALevel}, {savedWords, w.Saved},
	} {
		for _, text := range from.words {
			l.add(text, from.list, 0)
		}
	}
	for k, s := range p.RedSignals {
		if s.Rule == "" { // else that rule reads it better than a search for words
			for _, text := range s.Match {
				l.add(text, signalWords, k)
			}
		}
	}
	return l
}

func (l *lexicon) add(text string, to list, signal int) {
	var words []string
	for i, piece := range strings.Split(text, "*") {
		if i > 0 {
			words = append(words, "*")
		}
		for _, t := range tokens(nil, piece) {
			words = append(words, t.text)
		}
	}
	if len(words) > 0 && words[0] != "*" {
		l.byFirst[words[0]] = append(l.byFirst[words[0]], phrase{words[1:], to, signal})
		first := sieveAt(words[0])
		l.first.addAt(first)
		if len(words) == 1 || words[1] == "*" {
			l.alone.addAt(first)
		} else {
			l.pairs.addAt(pairAt(first, sieveAt(words[1])))
		}
	}
}

// in adds the phrases among the tokens from the given one on, in order.
func (l *lexicon) in(hits []hit, tokens []token, from int) []hit {
	for i := from; i < len(tokens); i++ {
		word := tokens[i].text
		first := sieveAt(word)
		if !l.first.mayHoldAt(first) {
			continue
		}
		if !l.alone.mayHoldAt(first) && (i+1 == len(tokens) || !l.pairs.mayHoldAt(pairAt(first, sieveAt(tokens[i+1].text)))) {
			continue
		}
		for _, p := range l.byFirst[word] {
			if end := follow(tokens, i+1, p.rest); end > 0 {
				hits = append(hits, hit{p.list, i, end, p.signal})
			}
		}
	}
	return hits
}

// follow returns the token after the words, 0 when they do not stand there.
func follow(tokens []token, at int, words []string) int {
	for k, w := range words {
		if w == "*" {
			for skip := 0; skip <= 3; skip++ {
				if end := follow(tokens, at+skip, words[k+1:]); end > 0 {
					return end
				}
			}
			return 0
		}
		if at >= len(tokens) || tokens[at].text != w {
			return 0
		}
		at++
	}
	return at
}
